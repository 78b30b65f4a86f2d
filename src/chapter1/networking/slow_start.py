"""How many round trips a fresh TCP connection needs for a megabyte."""


# --8<-- [start:rounds]
def main() -> None:
    print(1_000_000 // 1460 + 1)
    #> 685
    segments, window, rounds = 685, 10, 0  # (1)!
    while segments > 0:
        segments, window, rounds = segments - window, window * 2, rounds + 1
    print(rounds, rounds * 40)
    #> 7 280
    # --8<-- [end:rounds]

    # --8<-- [start:in_flight]
    print(1e9 * 0.040 / 8)  # bytes under way
    #> 5000000.0
    print(65_535 * 8 / 0.040 / 1e6)  # megabits a second
    #> 13.107
    # --8<-- [end:in_flight]


if __name__ == "__main__":
    main()
