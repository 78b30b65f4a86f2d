"""Four threads that compute in Python keep no more than one core busy."""

import time
from concurrent.futures import ThreadPoolExecutor


# --8<-- [start:four]
def squares(n: int) -> int:
    return sum(i * i for i in range(n))


def main() -> None:
    wall, cpu = time.perf_counter(), time.process_time()  # (1)!
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(squares, [2_000_000] * 4))
    wall = time.perf_counter() - wall
    cpu = time.process_time() - cpu

    print(cpu / wall < 1.3)
    #> True
    # --8<-- [end:four]


if __name__ == "__main__":
    main()
