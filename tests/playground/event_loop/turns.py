"""Who runs when: callbacks, sleep(0), timers, locks, queues, events."""

import asyncio
import time
from collections.abc import Awaitable, Callable


async def callbacks_run_in_order() -> None:
    loop = asyncio.get_running_loop()
    for number in range(3):
        loop.call_soon(print, "soon", number)
    loop.call_soon(loop.call_soon, print, "one turn later")
    print("not yet")
    await asyncio.sleep(0)
    print("after one turn")
    await asyncio.sleep(0)


async def tasks_take_turns() -> None:
    async def count(name: str) -> None:
        for number in range(3):
            print(name, number)
            await asyncio.sleep(0)

    await asyncio.gather(*(count(name) for name in "abc"))


async def timers_run_in_the_order_of_their_times() -> None:
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    now = loop.time()
    loop.call_at(now + 0.03, done.set)
    for number in (3, 1, 2):
        loop.call_at(now + number / 200, print, "timer", number)
    cancelled = loop.call_later(0.01, print, "never")
    cancelled.cancel()
    print(cancelled.cancelled(), cancelled.when() > now)
    await done.wait()


async def timers_of_the_same_time_all_run() -> None:
    loop = asyncio.get_running_loop()
    ran: list[int] = []
    when = loop.time() + 0.01
    for number in range(5):
        loop.call_at(when, ran.append, number)
    await asyncio.sleep(0.03)
    print(sorted(ran))


async def a_lock_is_fair() -> None:
    lock = asyncio.Lock()

    async def worker(name: str) -> None:
        for _ in range(2):
            async with lock:
                print(name, "has it")
                await asyncio.sleep(0)

    await asyncio.gather(*(worker(name) for name in "abc"))


async def a_semaphore_lets_two_in() -> None:
    semaphore, inside = asyncio.Semaphore(2), 0

    async def worker(number: int) -> None:
        nonlocal inside
        async with semaphore:
            inside += 1
            print(number, "inside", inside)
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(worker(number) for number in range(4)))


async def a_queue_holds_back_its_producer() -> None:
    queue: asyncio.Queue[int | None] = asyncio.Queue(2)

    async def produce() -> None:
        for number in range(5):
            await queue.put(number)
            print("put", number, queue.qsize())
        await queue.put(None)

    async def consume() -> None:
        while (number := await queue.get()) is not None:
            print("got", number)
            await asyncio.sleep(0)
            queue.task_done()

    await asyncio.gather(produce(), consume())


async def a_condition_wakes_its_waiters_in_order() -> None:
    condition = asyncio.Condition()

    async def wait(name: str) -> None:
        async with condition:
            await condition.wait()
            print("woken", name)

    tasks = [asyncio.create_task(wait(name)) for name in "abc"]
    await asyncio.sleep(0)
    async with condition:
        condition.notify(2)
    await asyncio.sleep(0.01)
    print([task.done() for task in tasks])
    async with condition:
        condition.notify_all()
    await asyncio.gather(*tasks)


async def a_blocking_sleep_holds_up_everybody() -> None:
    async def tick() -> None:
        for number in range(3):
            print("tick", number)
            await asyncio.sleep(0.005)

    task = asyncio.create_task(tick())
    await asyncio.sleep(0)
    before = time.monotonic()
    time.sleep(0.05)  # noqa: ASYNC251 — that is the point
    print("slept", time.monotonic() - before >= 0.049)
    await task


async def time_passes_while_all_wait() -> None:
    loop = asyncio.get_running_loop()
    before = loop.time()
    await asyncio.gather(*(asyncio.sleep(0.05) for _ in range(20)))
    print(0.05 <= loop.time() - before < 0.5)


async def first_come_first_served() -> None:
    async def after(seconds: float) -> float:
        await asyncio.sleep(seconds)
        return seconds

    times = [0.06, 0.02, 0.04]
    print([await one for one in asyncio.as_completed([after(time) for time in times])])
    print(await asyncio.gather(*map(after, times)))
    tasks = [asyncio.create_task(after(time)) for time in times]
    done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print(len(done), len(waiting), await asyncio.wait_for(tasks[0], 1))


CHECKS: list[Callable[[], Awaitable[None]]] = [
    callbacks_run_in_order,
    tasks_take_turns,
    timers_run_in_the_order_of_their_times,
    timers_of_the_same_time_all_run,
    a_lock_is_fair,
    a_semaphore_lets_two_in,
    a_queue_holds_back_its_producer,
    a_condition_wakes_its_waiters_in_order,
    a_blocking_sleep_holds_up_everybody,
    time_passes_while_all_wait,
    first_come_first_served,
]


async def main() -> None:
    for check in CHECKS:
        print("#", check.__name__)
        await check()


asyncio.run(main())
