"""Percentiles by counting: the nearest rank."""

import math
import statistics


# --8<-- [start:rank]
def percentile(values: list[int], p: int) -> int:
    rank = math.ceil(p * len(values) / 100)  # (1)!
    return sorted(values)[rank - 1]


def main() -> None:
    took = [12, 14, 11, 13, 12, 15, 13, 12, 14, 98]
    print([percentile(took, p) for p in (50, 90, 99)])
    #> [13, 15, 98]
    print(statistics.mean(took))
    #> 21.4
    # --8<-- [end:rank]


if __name__ == "__main__":
    main()
