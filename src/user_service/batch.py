"""Reads that are asked for together travel together: many GETs become one MGET."""

import asyncio
from collections.abc import Awaitable, Callable

Value = bytes | None
Read = Callable[[list[str]], Awaitable[list[Value]]]


class Batch:
    """Collects keys while the last question is under way, and asks for all of them at once.

    A caller never joins a question that has been sent: what it gets was read after it asked.

    Args:
        read: asks for the values of several keys.
    """

    def __init__(self, read: Read) -> None:
        self._read = read
        self._waiting: dict[str, list[asyncio.Future[Value]]] = {}
        self._task: asyncio.Task[None] | None = None

    async def get(self, key: str) -> Value:
        """Return a key's value.

        Args:
            key: what to ask for.

        Raises:
            Exception: whatever `read` raises, for everyone who waits for its answer.
        """
        future = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(key, []).append(future)
        if self._task is None:
            self._task = asyncio.create_task(self._ask())
        value: Value = await future
        return value

    async def _ask(self) -> None:
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, {}
                try:
                    values = await self._read(list(asked))
                except Exception as error:  # noqa: BLE001 — it belongs to those who wait
                    _fail(asked, error)
                    continue
                for waiters, value in zip(asked.values(), values, strict=True):
                    for future in waiters:
                        if not future.done():  # its caller may have been cancelled
                            future.set_result(value)
        finally:
            self._task = None


def _fail(asked: dict[str, list[asyncio.Future[Value]]], error: Exception) -> None:
    for waiters in asked.values():
        for future in waiters:
            if not future.done():
                future.set_exception(error)
