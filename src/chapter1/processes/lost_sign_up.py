"""Two threads add one each and arrive at one; a lock makes it two."""

import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Guard = AbstractContextManager[object]

# --8<-- [start:race]
counter = {"users": 0}


def add_one(guard: Guard, between: Callable[[], object]) -> None:
    with guard:
        seen = counter["users"]
        between()  # (1)!
        counter["users"] = seen + 1
        # --8<-- [end:race]


def in_two_threads(guard: Guard, between: Callable[[], object]) -> int:
    counter["users"] = 0
    threads = [threading.Thread(target=add_one, args=(guard, between)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return counter["users"]


def main() -> None:
    # --8<-- [start:counted]
    both_have_read = threading.Barrier(2)
    print(in_two_threads(nullcontext(), both_have_read.wait))
    #> 1
    print(in_two_threads(threading.Lock(), lambda: time.sleep(0.05)))
    #> 2
    # --8<-- [end:counted]


if __name__ == "__main__":
    main()
