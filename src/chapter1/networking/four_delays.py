"""What distance, size, work and queues add to the time of one reply, in milliseconds."""

# --8<-- [start:parts]
GLASS = 200  # kilometres that light covers in a millisecond


def propagation(kilometres: float) -> float:
    return kilometres / GLASS


def transmission(size: float, megabits_per_second: float) -> float:
    return size * 8 / (megabits_per_second * 1000)  # (1)!


def main() -> None:
    print(propagation(4_000), 2 * propagation(4_000))
    #> 20.0 40.0
    print(transmission(1_000_000, 100), transmission(1_000_000, 1_000))
    #> 80.0 8.0
    print(transmission(1_000, 100), transmission(1_000, 1_000))
    #> 0.08 0.008
    # --8<-- [end:parts]

    # --8<-- [start:sum]
    queuing, processing = 6, 4  # (1)!
    rest = 2 * propagation(4_000) + queuing + processing
    print(rest + transmission(1_000_000, 1_000))
    #> 58.0
    print(rest + transmission(1_000_000, 10_000))
    #> 50.8
    # --8<-- [end:sum]

    # --8<-- [start:trips]
    trips = {"TCP handshake": 1, "TLS 1.3 handshake": 1, "GET and reply": 1}
    print(sum(trips.values()) * 2 * propagation(4_000))
    #> 120.0
    # --8<-- [end:trips]


if __name__ == "__main__":
    main()
