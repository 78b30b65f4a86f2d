"""How things end: cancellation, timeouts, task groups, errors, generators."""

import asyncio
import contextvars
from collections.abc import AsyncIterator, Awaitable, Callable

name: contextvars.ContextVar[str] = contextvars.ContextVar("name", default="nobody")


async def forever(label: str) -> None:
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError as cancelled:
        print(label, "cancelled", cancelled.args)
        raise
    finally:
        print(label, "cleaned up")


async def a_cancelled_task_cleans_up() -> None:
    task = asyncio.create_task(forever("a"))
    await asyncio.sleep(0)
    print(task.cancel("enough"), task.cancelling(), task.done())
    try:
        await task
    except asyncio.CancelledError:
        print("seen", task.cancelled())


async def a_timeout_cancels_what_it_holds() -> None:
    try:
        async with asyncio.timeout(0.02) as limit:
            await forever("b")
    except TimeoutError:
        print("too late", limit.expired())
    async with asyncio.timeout(1) as limit:
        await asyncio.sleep(0)
    print("in time", limit.expired())
    try:
        await asyncio.wait_for(forever("c"), 0.02)
    except TimeoutError as error:
        print(type(error).__name__)


async def nested_timeouts_tell_themselves_apart() -> None:
    try:
        async with asyncio.timeout(0.02):
            try:
                async with asyncio.timeout(5):
                    await forever("inner")
            except TimeoutError:
                print("not this one")
    except TimeoutError:
        print("the outer one")


async def a_group_cancels_the_rest() -> None:
    async def fail() -> None:
        await asyncio.sleep(0.01)
        raise ValueError("broken")

    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(forever("d"))
            group.create_task(fail())
    except ExceptionGroup as several:
        print(several.message, [repr(one) for one in several.exceptions])


async def a_shielded_task_goes_on() -> None:
    async def slow() -> str:
        await asyncio.sleep(0.03)
        return "finished"

    task = asyncio.create_task(slow())
    try:
        await asyncio.wait_for(asyncio.shield(task), 0.01)
    except TimeoutError:
        print("gave up", task.done())
    print(await task)


async def gather_returns_errors_when_asked() -> None:
    async def fail(number: int) -> None:
        raise ValueError(number)

    print(await asyncio.gather(fail(1), asyncio.sleep(0, "fine"), fail(2), return_exceptions=True))


async def each_task_has_its_own_context() -> None:
    async def rename(other: str) -> None:
        name.set(other)
        await asyncio.sleep(0)
        print(name.get())

    await asyncio.gather(rename("ada"), rename("bob"))
    print(name.get())


async def a_generator_is_closed() -> None:
    async def numbers() -> AsyncIterator[int]:
        try:
            for number in range(10):
                yield number
                await asyncio.sleep(0)
        finally:
            print("generator closed")

    generator = numbers()
    async for number in generator:
        print(number)
        if number == 2:
            break
    await generator.aclose()  # type: ignore[attr-defined]


async def errors_of_callbacks_reach_the_handler() -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: print("handled", repr(context["exception"])))

    def fail() -> None:
        raise ValueError("in a callback")

    loop.call_soon(fail)
    await asyncio.sleep(0)
    loop.set_exception_handler(None)


async def futures_tell_their_state() -> None:
    future = asyncio.get_running_loop().create_future()
    future.add_done_callback(lambda one: print("called back", one.result()))
    print(future.done())
    future.set_result(42)
    print(future.done(), await future)
    try:
        future.set_result(43)
    except asyncio.InvalidStateError as error:
        print(type(error).__name__)
    await asyncio.sleep(0)


CHECKS: list[Callable[[], Awaitable[None]]] = [
    a_cancelled_task_cleans_up,
    a_timeout_cancels_what_it_holds,
    nested_timeouts_tell_themselves_apart,
    a_group_cancels_the_rest,
    a_shielded_task_goes_on,
    gather_returns_errors_when_asked,
    each_task_has_its_own_context,
    a_generator_is_closed,
    errors_of_callbacks_reach_the_handler,
    futures_tell_their_state,
]


async def main() -> None:
    for check in CHECKS:
        print("#", check.__name__)
        await check()


asyncio.run(main())
