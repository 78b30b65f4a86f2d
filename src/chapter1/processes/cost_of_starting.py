"""Starting a process costs far more than starting a thread."""

import time
from multiprocessing import get_context
from threading import Thread
from typing import Protocol


class Worker(Protocol):
    def start(self) -> None: ...
    def join(self) -> None: ...


def seconds(worker: Worker) -> float:
    began = time.perf_counter()
    worker.start()
    worker.join()
    return time.perf_counter() - began


# --8<-- [start:cost]
def nothing() -> None:
    pass


def main() -> None:
    process = get_context("spawn").Process
    slow = min(seconds(process(target=nothing)) for _ in range(3))
    quick = min(seconds(Thread(target=nothing)) for _ in range(20))
    print(slow > 10 * quick)
    #> True
    # --8<-- [end:cost]


if __name__ == "__main__":
    main()
