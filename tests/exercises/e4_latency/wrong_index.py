"""Takes the rank for an index.

Feedback: Ranks count from 1, indexes from 0.
"""

import math
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
    rank = math.ceil(percent * len(samples) / 100)
    return sorted(samples)[rank]


def measure(send: Callable[[], int], now: Callable[[], float], count: int) -> Report:
    """Send `count` requests, one after another.

    Args:
        send: sends a request and returns its status; 500 and above is a failure. It raises
            OSError when there is no answer: a failure, too.
        now: the clock: seconds since some moment.
        count: how many requests, the first (cold) one included.
    """
    cold, failed, warm = 0.0, list[float](), list[float]()
    for number in range(count):
        started = now()
        try:
            succeeded = send() < 500
        except OSError:
            succeeded = False
        seconds = now() - started
        if number == 0:
            cold = seconds
        elif succeeded:
            warm.append(seconds)
        else:
            failed.append(seconds)
    return Report(
        cold,
        failed,
        p50=percentile(warm, 50) if warm else None,
        p95=percentile(warm, 95) if warm else None,
        p99=percentile(warm, 99) if len(warm) >= 300 else None,
    )
