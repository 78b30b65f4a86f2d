"""A server that needs 10 ms a request, at random arrivals: waiting time and requests inside."""

import random
from bisect import bisect
from math import log

# --8<-- [start:queue]
WORK = 0.010  # seconds that a request occupies the server


def serve(per_second: int) -> tuple[list[float], list[float]]:
    dice = random.Random(7)
    clock = free = 0.0
    arrivals, departures = [], []
    for _ in range(200_000):
        clock -= log(1 - dice.random()) / per_second  # (1)!
        free = max(clock, free) + WORK
        arrivals.append(clock)
        departures.append(free)
    return arrivals, departures


def milliseconds(per_second: int) -> int:
    arrivals, departures = serve(per_second)
    return round((sum(departures) - sum(arrivals)) / len(arrivals) * 1000)


def main() -> None:
    print([milliseconds(rate) for rate in (50, 80, 90, 95)])
    #> [15, 30, 56, 108]
    # --8<-- [end:queue]

    # --8<-- [start:formula]
    print([round(10 + 10 * p / (100 - p) / 2) for p in (50, 80, 90, 95)])
    #> [15, 30, 55, 105]
    # --8<-- [end:formula]

    # --8<-- [start:little]
    arrivals, departures = serve(90)
    step = departures[-1] / 10_000
    inside = 0
    for look in range(10_000):
        now = look * step
        inside += bisect(arrivals, now) - bisect(departures, now)
    print(round(inside / 10_000))
    #> 5
    print(round(90 * milliseconds(90) / 1000))
    #> 5
    # --8<-- [end:little]


if __name__ == "__main__":
    main()
