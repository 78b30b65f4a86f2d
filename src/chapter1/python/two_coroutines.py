"""Two coroutines awaited in turn run in turn; two tasks run together."""

import asyncio

# --8<-- [start:in_turn]
events: list[str] = []


async def load(name: str) -> None:
    events.append(f"{name} asked")
    await asyncio.sleep(0.02)  # (1)!
    events.append(f"{name} answered")


async def main() -> None:
    profile = load("profile")  # (2)!
    orders = load("orders")
    await profile
    await orders
    print(", ".join(events))
    #> profile asked, profile answered, orders asked, orders answered
    # --8<-- [end:in_turn]

    # --8<-- [start:tasks]
    events.clear()
    profile_task = asyncio.create_task(load("profile"))
    orders_task = asyncio.create_task(load("orders"))
    print(events)  # (1)!
    #> []
    await profile_task
    await orders_task
    print(", ".join(events))
    #> profile asked, orders asked, profile answered, orders answered
    # --8<-- [end:tasks]

    # --8<-- [start:twice]
    await profile_task  # (1)!
    once = load("basket")
    await once
    try:
        await once
    except RuntimeError as error:
        print(error)
        #> cannot reuse already awaited coroutine
    # --8<-- [end:twice]


if __name__ == "__main__":
    asyncio.run(main())
