"""A hundred tasks wait together about as long as one."""

import asyncio
import time


# --8<-- [start:waits]
async def query(number: int) -> int:
    await asyncio.sleep(0.2)  # (1)!
    return number


async def main() -> None:
    began = time.perf_counter()  # (2)!
    answers = await asyncio.gather(*(query(n) for n in range(100)))
    took = time.perf_counter() - began
    print(len(answers), took < 2)
    #> 100 True
    # --8<-- [end:waits]


if __name__ == "__main__":
    asyncio.run(main())
