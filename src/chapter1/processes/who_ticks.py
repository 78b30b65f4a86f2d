"""One call into C lets the other threads run, another holds the GIL to its end."""

import random
import re
import threading
import time
import zlib
from collections.abc import Callable

# --8<-- [start:ticks]
ticks: list[float] = []


def clock() -> None:
    while True:
        time.sleep(0.001)
        ticks.append(time.monotonic())


def ticks_during(call: Callable[[], object]) -> int:
    before = len(ticks)
    call()
    return len(ticks) - before


def main() -> None:
    threading.Thread(target=clock, daemon=True).start()
    nasty = "a" * 24 + "b"
    photo = random.randbytes(20_000_000)
    print(ticks_during(lambda: zlib.compress(photo)) > 20)
    #> True
    print(ticks_during(lambda: re.match("(a+)+$", nasty)) > 20)  # (1)!
    #> False
    # --8<-- [end:ticks]


if __name__ == "__main__":
    main()
