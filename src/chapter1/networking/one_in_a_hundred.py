"""How likely at least one of n measurements, or of n calls, is among the slowest hundredth."""

from itertools import count


# --8<-- [start:samples]
def at_least_one_slow(n: int) -> float:
    return 1 - 0.99**n  # (1)!


def main() -> None:
    print(round(at_least_one_slow(10), 2))
    #> 0.1
    print(next(n for n in count(1) if at_least_one_slow(n) >= 0.95))
    #> 299
    # --8<-- [end:samples]

    # --8<-- [start:calls]
    print([round(at_least_one_slow(calls), 2) for calls in (1, 5, 20, 100)])
    #> [0.01, 0.05, 0.18, 0.63]
    # --8<-- [end:calls]


if __name__ == "__main__":
    main()
