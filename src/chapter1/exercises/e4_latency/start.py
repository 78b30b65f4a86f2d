"""Exercise 4: latency without self-deception.

Write the two functions, so that every criterion on the page "Exercises" holds. Look for TODO.

Check it with: make exercise N=4
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """What came of some requests. Times are in seconds.

    Attributes:
        cold: how long the first request took.
        failed: how long each failed request took.
        p50: half of the warm, successful requests took this time or less; None without any.
        p95: the same for 95 percent.
        p99: the same for 99 percent; None if there were fewer than 300 of them.
    """

    cold: float
    failed: list[float]
    p50: float | None
    p95: float | None
    p99: float | None


def percentile(samples: Sequence[float], percent: int) -> float:
    """Return the nearest-rank percentile: a sample that `percent` of all samples do not exceed."""
    # TODO: sort, and take the one with the right rank
    raise NotImplementedError("percentile")


def measure(send: Callable[[], int], now: Callable[[], float], count: int) -> Report:
    """Send `count` requests, one after another.

    Args:
        send: sends a request and returns its status; 500 and above is a failure. It raises
            OSError when there is no answer: a failure, too.
        now: the clock: seconds since some moment.
        count: how many requests, the first (cold) one included.
    """
    # TODO: keep the first request and the failed ones apart from the others
    raise NotImplementedError("measure")
