"""Percentiles of two servers cannot be averaged; their counts can be added."""

import math
from collections import Counter

# --8<-- [start:merge]
quiet = Counter({905: 10})  # milliseconds: how many requests took that long
busy = Counter({5: 990})


def percentile(counts: Counter[int], p: int) -> int:
    rank = math.ceil(p * counts.total() / 100)
    return sorted(counts.elements())[rank - 1]


def main() -> None:
    print(percentile(quiet, 99), percentile(busy, 99))
    #> 905 5
    print((percentile(quiet, 99) + percentile(busy, 99)) / 2)
    #> 455.0
    print(percentile(quiet + busy, 99))
    #> 5
    # --8<-- [end:merge]


if __name__ == "__main__":
    main()
