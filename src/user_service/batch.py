"""What is asked at the same time travels together: many questions become one exchange."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

Value = bytes | None
Command = tuple[tuple[Any, ...], dict[str, Any]]
"""The words of a command, and how redis-py should read its answer."""
Exchange = Callable[[list[Command]], Awaitable[list[Any]]]
Waiters = list[asyncio.Future[Any]]


class Batch:
    """Collects questions while an exchange is under way, and puts all of them in the next.

    Reads become one `MGET`, in which a key stands once. Nobody joins an exchange that has begun:
    what a caller gets was read after it asked.

    Args:
        exchange: sends commands and returns their answers; a refusal is an exception among them.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._reads: dict[str, Waiters] = {}
        self._commands: list[tuple[Command, Waiters]] = []
        self._task: asyncio.Task[None] | None = None

    async def get(self, key: str) -> Value:
        """Return a key's value; what is no string counts as nothing.

        Args:
            key: what to read.

        Raises:
            Exception: the refusal, or what the exchange raises for everyone who waits for it.
        """
        answer: asyncio.Future[Value] = asyncio.get_running_loop().create_future()
        self._reads.setdefault(key, []).append(answer)
        self._begin()
        return await answer

    async def run(self, *words: Any, **options: Any) -> Any:  # noqa: ANN401
        """Return the answer to a command; it travels even if its caller is cancelled.

        Args:
            words: the command.
            options: how redis-py should read the answer.

        Raises:
            Exception: as in `get`.
        """
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._commands.append(((words, options), [answer]))
        self._begin()
        return await answer

    def _begin(self) -> None:
        if self._task is None:
            self._task = asyncio.create_task(self._ask())

    async def _ask(self) -> None:
        try:
            while self._reads or self._commands:
                reads, self._reads = self._reads, {}
                commands, self._commands = self._commands, []
                sent = [command for command, _ in commands]
                try:
                    if reads:
                        values, *answers = await self._exchange([(("MGET", *reads), {}), *sent])
                    else:
                        values, answers = [], await self._exchange(sent)
                except Exception as error:  # noqa: BLE001 — it belongs to those who wait
                    values, answers = error, [error] * len(sent)
                if isinstance(values, Exception):
                    values = [values] * len(reads)
                waiters = [*reads.values(), *(answer for _, answer in commands)]
                for told, what in zip(waiters, [*values, *answers], strict=True):
                    _tell(told, what)
        finally:
            self._task = None


def _tell(waiters: Waiters, what: object) -> None:
    for answer in waiters:
        if answer.done():  # its caller was cancelled
            continue
        if isinstance(what, Exception):
            answer.set_exception(what)
        else:
            answer.set_result(what)
