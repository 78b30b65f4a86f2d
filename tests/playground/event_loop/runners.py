"""Loops of one's own: asyncio.Runner, new_event_loop, run_until_complete, nesting."""

import asyncio


async def inner() -> int:
    await asyncio.sleep(0.01)
    return 1


async def loop_of_mine() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


async def outer() -> None:
    coroutine = inner()
    try:
        asyncio.run(coroutine)
    except RuntimeError as error:
        print(error)
    coroutine.close()


def calls_run() -> int:
    return asyncio.run(inner())


with asyncio.Runner() as runner:
    print(runner.run(inner()), runner.run(inner()))
    print(runner.run(loop_of_mine()) is runner.get_loop())
with asyncio.Runner(debug=True) as runner:
    print(runner.get_loop().get_debug())
asyncio.run(outer())
print(calls_run() + calls_run())
loop = asyncio.new_event_loop()
print(loop.run_until_complete(inner()), loop.is_closed())
loop.call_later(0.01, loop.stop)
loop.run_forever()
print("stopped", loop.is_running())
loop.close()
print(loop.is_closed())
try:
    loop.call_soon(print)
except RuntimeError as error:
    print(error)
