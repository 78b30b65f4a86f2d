"""Ratios and rates worked out from the latency list of 2012."""

# --8<-- [start:ratios]
MEMORY, SSD, DISK = "memory", "SSD", "disk"
RANDOM = {MEMORY: 100, SSD: 150_000, DISK: 10_000_000}  # nanoseconds
MEGABYTE = {MEMORY: 250_000, SSD: 1_000_000, DISK: 20_000_000}


def main() -> None:
    print(RANDOM[SSD] / RANDOM[MEMORY], MEGABYTE[SSD] / MEGABYTE[MEMORY])
    #> 1500.0 4.0
    print(round(RANDOM[DISK] / RANDOM[SSD]), MEGABYTE[DISK] / MEGABYTE[SSD])
    #> 67 20.0
    print({name: 1e9 / took for name, took in MEGABYTE.items()})  # (1)!
    #> {'memory': 4000.0, 'SSD': 1000.0, 'disk': 50.0}
    # --8<-- [end:ratios]


if __name__ == "__main__":
    main()
