"""Checks exercise 5: an open-loop sender. No time passes: the event loop's clock is virtual."""

import asyncio
import math
import selectors
from types import ModuleType

from exercises import Misconception, Wrong

MEASURING = "networking/measuring_latency.md"
RATE, COUNT = 100, 300

CLOSED = Misconception(
    "Your users do not wait for each other.",
    "This sender waits for an answer before it sends again. While the server stalls it sends"
    " nothing, so the requests that would have suffered are never made. Start each request as a"
    " task of its own.",
    MEASURING,
)
BURST = Misconception(
    "A rate is a schedule, not a crowd.",
    "All requests were started at once. That measures how the server copes with a crowd, not with"
    " so many requests in a second.",
    MEASURING,
)
DRIFTS = Misconception(
    "Sleeping between two requests is not a schedule.",
    "Every delay is added to all requests that follow, and the rate sinks unnoticed. Compute when"
    " a request is due, start + i / rate, and sleep until then. Whoever is late catches up.",
    MEASURING,
)
FROM_SENDING = Misconception(
    "A user waits from the moment the request was due.",
    "The latencies begin when the sender got round to sending. If the sender itself is late, these"
    " requests look quick. Count from the time in the schedule.",
    MEASURING,
)
INCOMPLETE = Misconception(
    "A test is over when the last answer is here.",
    "Return one latency for every request, in the order of their numbers. The slowest are still on"
    " their way when the last one is sent, and they are what you came for.",
    MEASURING,
)
OTHER_CLOCK = Misconception(
    "asyncio sleeps by the loop's clock, so measure by it.",
    "time.perf_counter() and time.time() do not know the virtual clock of the check. With"
    " get_running_loop().time(), the same code works on a real clock and on this one.",
    MEASURING,
)
STUCK = Misconception(
    "Nobody will wake this sender up.",
    "It waits for something, and nothing is due any more. Usually it waits for an event that"
    " nobody sets, or for its own task.",
    "python/fail_limit_block.md",
)


class Jumping(selectors.DefaultSelector):
    """Where an event loop waits for its next timer, this one moves the clock instead."""

    clock = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Let `timeout` seconds pass at once."""
        if timeout is None and not (ready := super().select(0.5)):
            done = "Ran the sender on a virtual clock"
            raise Wrong(STUCK, done=done, came="No task can go on, and no sleep is under way.")
        self.clock += timeout or 0
        return ready if timeout is None else super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop in which sleeping takes no time."""

    def __init__(self) -> None:
        self.jumping = Jumping()
        super().__init__(self.jumping)

    def time(self) -> float:
        """Return the virtual time in seconds."""
        return self.jumping.clock


class Server:
    """Answers after 5 ms, and not at all during one second."""

    def __init__(self, loop: VirtualLoop, *, stall: bool, pause: float = 0) -> None:
        self.loop = loop
        self.stall = stall
        self.pause = pause
        self.sent: dict[int, float] = {}

    async def send(self, number: int) -> None:
        """Answer a request."""
        self.sent[number] = arrived = self.loop.time()
        if number == 20 and self.pause:
            self.loop.jumping.clock += self.pause  # the sender's own process stands still
        if self.stall and 1 <= arrived < 2:
            await asyncio.sleep(2 - arrived)
        await asyncio.sleep(0.005)


def test_schedule(solution: ModuleType) -> None:
    """Request i is sent i / rate seconds after the first, also while the server stalls."""
    server, _ = run(solution, stall=True)
    late = {number: sent - number / RATE for number, sent in sorted(server.sent.items())}
    done = f"Sent {COUNT} requests, {RATE} in a second; from 1 s to 2 s the server was silent."
    if len(late) == COUNT and all(abs(seconds) < 0.001 for seconds in late.values()):
        return
    if len(late) == COUNT and server.sent[COUNT - 1] < 0.001:
        raise Wrong(BURST, done=done, came="All of them were sent in the same moment.")
    silent = sum(1 <= sent < 2 for sent in server.sent.values())
    came = f"Of the {RATE} requests that were due in that second, {silent} were sent."
    raise Wrong(CLOSED if silent < RATE / 2 else DRIFTS, done=done, came=came)


def test_complete(solution: ModuleType) -> None:
    """It returns the latency of every request, by number, once the last answer is here."""
    server, came = run(solution, stall=True)
    wanted = [wait(number) for number in range(COUNT)]
    done = f"Sent {COUNT} requests; from 1 s to 2 s the server was silent."
    if not isinstance(came, list) or len(came) != COUNT:
        number = f"{len(came)} latencies" if isinstance(came, list) else repr(came)
        raise Wrong(INCOMPLETE, done=done, came=f"It returned {number}.")
    if equal(came, wanted):
        return
    slow = f"The median is {sorted(came)[COUNT // 2]:.3f} s, the longest {max(came):.3f} s"
    if max(came) < 0.004 or min(came) < 0 or max(came) > 1000:
        raise Wrong(OTHER_CLOCK, done=done, came=f"{slow}; it took 0.005 s or more.")
    if equal(sorted(came), sorted(wanted)):
        raise Wrong(INCOMPLETE, done=done, came="The latencies are in another order.")
    first, last = server.sent.get(0, 0), server.sent.get(COUNT - 1, 0)
    came_ = f"{slow}, not 1.005 s; the requests took {last - first:.2f} s to send."
    raise Wrong(CLOSED, done=done, came=came_)


def test_intended(solution: ModuleType) -> None:
    """A latency counts from when its request was due, also if the sender was late."""
    server, came = run(solution, stall=False, pause=0.3)
    done = "After request 20, the sender's process stood still for 0.3 s."
    overtaken = server.sent.get(COUNT - 1, 0) - (COUNT - 1) / RATE
    if overtaken > 0.001:
        late = f"The last request was sent {overtaken:.2f} s late."
        raise Wrong(DRIFTS, done=done, came=late)
    if not isinstance(came, list) or len(came) != COUNT:
        raise Wrong(INCOMPLETE, done=done, came="Not every request has a latency.")
    wanted = [0.005 + max(0.0, server.sent[number] - number / RATE) for number in range(COUNT)]
    wanted[20] = 0.305
    if not equal(came, wanted):
        late = f"Request 21 was due at 0.21 s and sent at {server.sent[21]:.2f} s."
        raise Wrong(FROM_SENDING, done=done, came=f"{late} Its latency: {came[21]:.3f} s.")


def run(
    solution: ModuleType, *, stall: bool, pause: float = 0
) -> tuple[Server, list[float] | None]:
    """Run the sender against a server of the virtual loop."""

    async def main() -> tuple[Server, list[float] | None]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)  # noqa: S101 — for mypy
        server = Server(loop, stall=stall, pause=pause)
        return server, await solution.load(server.send, RATE, COUNT)

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(main())


def wait(number: int) -> float:
    """Return how long a request with this number waits for its answer."""
    due = number / RATE
    return (2 - due if 1 <= due < 2 else 0) + 0.005


def equal(ones: list[float], others: list[float]) -> bool:
    """Compare two lists of times, to a millisecond."""
    return all(
        math.isclose(one, other, abs_tol=0.001) for one, other in zip(ones, others, strict=True)
    )
