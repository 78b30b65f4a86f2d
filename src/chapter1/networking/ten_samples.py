"""The P99 of ten measurements, as Python's statistics module extrapolates it."""

import statistics


def main() -> None:
    # --8<-- [start:bet]
    took = [12, 14, 11, 13, 12, 15, 13, 12, 14, 98]  # milliseconds
    print(round(statistics.quantiles(took, n=100)[98], 2))  # (1)!
    #> 171.87
    # --8<-- [end:bet]

    # --8<-- [start:formula]
    second, largest = sorted(took)[-2:]
    print(round(largest + 0.89 * (largest - second), 2))
    #> 171.87
    tie = [1, 2, 3, 4, 5, 6, 7, 8, 9, 9]
    print(statistics.quantiles(tie, n=100)[98])
    #> 9.0
    inclusive = statistics.quantiles(took, n=100, method="inclusive")
    print(round(inclusive[98], 2))
    #> 90.53
    # --8<-- [end:formula]


if __name__ == "__main__":
    main()
