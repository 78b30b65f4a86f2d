"""When one of several coroutines fails, gather lets the others go on; a task group cancels them."""

import asyncio

# --8<-- [start:gather]
stored: list[int] = []


async def upload(photo: int) -> None:
    if photo == 3:
        raise ConnectionError("photo 3 was refused")
    await asyncio.sleep(0.02)
    stored.append(photo)


async def main() -> None:
    photos = range(1, 11)  # (1)!
    try:
        await asyncio.gather(*[upload(photo) for photo in photos])  # (2)!
    except ConnectionError as error:
        print(error)
        #> photo 3 was refused
    print(len(stored))
    #> 0
    await asyncio.sleep(0.1)
    print(len(stored))
    #> 9
    # --8<-- [end:gather]

    # --8<-- [start:group]
    stored.clear()
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(upload(photo)) for photo in photos]
    except* ConnectionError as errors:  # (1)!
        print(errors.exceptions[0])
        #> photo 3 was refused
    print(sum(task.cancelled() for task in tasks))
    #> 9
    await asyncio.sleep(0.1)
    print(len(stored))
    #> 0
    # --8<-- [end:group]

    # --8<-- [start:outcomes]
    uploads = [upload(photo) for photo in photos]
    outcomes = await asyncio.gather(*uploads, return_exceptions=True)
    print([outcome for outcome in outcomes if outcome is not None])
    #> [ConnectionError('photo 3 was refused')]
    print(len(stored))
    #> 9
    # --8<-- [end:outcomes]


if __name__ == "__main__":
    asyncio.run(main())
