"""A server that stalls for a second, measured by one patient client and by a fixed schedule."""

import math


def percentile(values: list[int], p: int) -> int:
    return sorted(values)[math.ceil(p * len(values) / 100) - 1]


# --8<-- [start:loops]
STALL = range(5_000, 6_000)  # milliseconds, on a clock of our own


def answered_at(sent: int) -> int:
    return (STALL.stop if sent in STALL else sent) + 5


def main() -> None:
    in_turn, clock = [], 0
    while clock < 10_000:
        answered = answered_at(clock)
        in_turn.append(answered - clock)
        clock = max(answered, clock + 10)  # (1)!
    print(len(in_turn), percentile(in_turn, 99), max(in_turn))
    #> 901 5 1005

    on_time = [answered_at(due) - due for due in range(0, 10_000, 10)]  # (2)!
    print(len(on_time), percentile(on_time, 99), max(on_time))
    #> 1000 905 1005
    # --8<-- [end:loops]


if __name__ == "__main__":
    main()
