"""Two workers append to the same list: as processes, as threads, as coroutines."""

import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

# --8<-- [start:processes]
users: list[str] = []


def sign_up(name: str) -> list[str]:
    users.append(name)
    return users


def two_processes() -> None:
    fresh = get_context("spawn")  # (1)!
    with (
        ProcessPoolExecutor(1, fresh) as first,  # (2)!
        ProcessPoolExecutor(1, fresh) as second,
    ):
        print(first.submit(sign_up, "ada").result())
        #> ['ada']
        print(second.submit(sign_up, "grace").result())
        #> ['grace']
        print(users)
        #> []
        # --8<-- [end:processes]


# --8<-- [start:threads]
def two_threads() -> None:
    with (
        ThreadPoolExecutor(1) as first,
        ThreadPoolExecutor(1) as second,
    ):
        print(first.submit(sign_up, "ada").result())
        #> ['ada']
        print(second.submit(sign_up, "grace").result())
        #> ['ada', 'grace']
        print(users)
        #> ['ada', 'grace']


async def sign_up_later(name: str) -> list[str]:
    return sign_up(name)


async def two_coroutines() -> None:
    await asyncio.gather(sign_up_later("charles"), sign_up_later("dorothy"))
    print(users)
    #> ['ada', 'grace', 'charles', 'dorothy']
    # --8<-- [end:threads]


if __name__ == "__main__":
    two_processes()
    two_threads()
    asyncio.run(two_coroutines())
