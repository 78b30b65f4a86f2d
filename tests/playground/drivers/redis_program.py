"""What redis-py does, a line for each check: run natively and in the tab, they are compared."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from typing import Any

import redis.asyncio as redis
from redis import exceptions

Check = Callable[[Any], Awaitable[object]]
CHECKS: list[Check] = []
DATABASE = 9


def check(function: Check) -> Check:
    CHECKS.append(function)
    return function


def client(**settings: Any) -> Any:
    address = os.environ["REDIS_URL"].rpartition("/")[0]
    return redis.from_url(f"{address}/{DATABASE}", **({"decode_responses": True} | settings))


async def refused(awaitable: Awaitable[object]) -> tuple[object, ...]:
    try:
        return ("accepted", await awaitable)
    except (exceptions.RedisError, ValueError, TypeError, TimeoutError) as error:
        return (type(error).__name__, str(error))


@check
async def strings(c: Any) -> object:
    return [
        await c.set("a", "1"),
        await c.set("a", "2", nx=True),
        await c.set("a", "ä漢🎉", get=True),
        await c.get("a"),
        await c.get("nothing"),
        await c.append("a", "x"),
        await c.strlen("a"),
        await c.getdel("a"),
        await c.exists("a"),
        await c.mset({"b": 1, "c": 2.5}),
        await c.mget("b", "nothing", "c"),
    ]


@check
async def bytes_(_: Any) -> object:
    async with client(decode_responses=False) as raw:
        await raw.set(b"\x00key", bytes(range(256)))
        return await raw.get(b"\x00key") == bytes(range(256)), await raw.keys("*")


@check
async def a_large_value(c: Any) -> object:
    await c.set("large", "x" * 3_000_000)
    return len(await c.get("large")), await c.strlen("large")


@check
async def counters(c: Any) -> object:
    return [
        await c.incr("n"),
        await c.incrby("n", 41),
        await c.decr("n"),
        await c.incrbyfloat("f", 0.5),
    ]


@check
async def hashes(c: Any) -> object:
    return [
        await c.hset("h", mapping={"a": 1, "b": "two"}),
        await c.hget("h", "b"),
        await c.hgetall("h"),
        await c.hmget("h", "a", "nothing"),
        await c.hincrby("h", "a", 5),
        await c.hdel("h", "b"),
        await c.hlen("h"),
        await c.hgetall("nothing"),
    ]


@check
async def lists(c: Any) -> object:
    return [
        await c.rpush("l", "a", "b", "c"),
        await c.lpush("l", "z"),
        await c.lrange("l", 0, -1),
        await c.lpop("l", 2),
        await c.lmove("l", "m", "LEFT", "RIGHT"),
        await c.llen("l"),
        await c.lpos("l", "c"),
        await c.lpop("nothing"),
    ]


@check
async def sets(c: Any) -> object:
    await c.sadd("s", "a", "b")
    await c.sadd("t", "b", "c")
    members = await c.smembers("s")
    return (
        type(members).__name__,
        sorted(members),
        sorted(await c.sunion("s", "t")),
        await c.sinter("s", "t"),
        await c.sismember("s", "a"),
    )


@check
async def sorted_sets(c: Any) -> object:
    return [
        await c.zadd("z", {"a": 1, "b": 2.5, "c": float("inf")}),
        await c.zrange("z", 0, -1, withscores=True),
        await c.zscore("z", "b"),
        await c.zscore("z", "nothing"),
        await c.zincrby("z", 2, "a"),
        await c.zrank("z", "a", withscore=True),
        await c.zrangebyscore("z", "(2", "+inf"),
        await c.zpopmin("z"),
        await c.zmscore("z", ["b", "nothing"]),
    ]


@check
async def expiry(c: Any) -> object:
    await c.set("short", 1, px=60)
    await c.set("long", 1, ex=100)
    before = (
        await c.get("short"),
        0 < await c.pttl("short") <= 60,
        await c.ttl("long"),
        await c.ttl("nothing"),
    )
    await asyncio.sleep(0.12)
    after = await c.get("short"), await c.ttl("short"), await c.persist("long"), await c.ttl("long")
    return (
        before,
        after,
        await c.expire("long", 5, nx=True),
        await c.getex("long", ex=7),
        await c.ttl("long"),
    )


@check
async def scanning(c: Any) -> object:
    await c.mset({f"user:{number}": number for number in range(250)} | {"other": 1})
    found = [key async for key in c.scan_iter("user:*", count=50)]
    await c.hset("h", mapping={f"f{number}": number for number in range(200)})
    return (
        len(found),
        len(set(found)),
        len([pair async for pair in c.hscan_iter("h")]),
        await c.dbsize(),
    )


@check
async def types(c: Any) -> object:
    await c.set("a", 1)
    await c.rpush("b", 1)
    return (
        await c.type("a"),
        await c.type("b"),
        await c.type("nothing"),
        await c.object("encoding", "a"),
    )


@check
async def wrong_types(c: Any) -> object:
    await c.set("a", "text")
    return [
        await refused(c.lpush("a", 1)),
        await refused(c.incr("a")),
        await refused(c.execute_command("NOSUCH")),
        await refused(c.execute_command("GET")),
        await refused(c.set("a", {})),
        await refused(c.set("a", None)),
        await refused(c.set("a", 1, ex=0)),
    ]


@check
async def pipelines(c: Any) -> object:
    async with c.pipeline(transaction=False) as pipe:
        for number in range(500):
            pipe.incrby("total", number)
        results = await pipe.execute()
    return len(results), results[-1]


@check
async def a_transaction(c: Any) -> object:
    async with c.pipeline(transaction=True) as pipe:
        return await pipe.set("a", 1).incr("a").get("a").execute()


@check
async def a_transaction_with_a_mistake(c: Any) -> object:
    await c.set("a", "text")
    async with c.pipeline() as pipe:
        told = await refused(pipe.set("b", 1).incr("a").set("c", 1).execute())
    async with c.pipeline() as pipe:
        results = await pipe.incr("a").get("b").execute(raise_on_error=False)
    async with c.pipeline() as pipe:
        broken = await refused(pipe.execute_command("NOSUCH").set("d", 1).execute())
    return told, [type(one).__name__ for one in results], broken, await c.mget("b", "c", "d")


@check
async def watching(c: Any) -> object:
    await c.set("stock", 5)
    async with c.pipeline() as pipe:
        await pipe.watch("stock")
        before = await pipe.get("stock")
        await c.set("stock", 4)
        pipe.multi()
        pipe.set("stock", 1)
        told = await refused(pipe.execute())
    async with c.pipeline() as pipe:
        await pipe.watch("stock")
        pipe.multi()
        pipe.decr("stock")
        return before, told, await pipe.execute()


@check
async def a_transaction_as_a_function(c: Any) -> object:
    async def double(pipe: Any) -> None:
        value = int(await pipe.get("n") or 1)
        pipe.multi()
        pipe.set("n", value * 2)

    return await c.transaction(double, "n"), await c.get("n")


@check
async def publishing(c: Any) -> object:
    heard: list[object] = []
    async with c.pubsub() as hearing:
        await hearing.subscribe("news")
        await hearing.psubscribe("ev*")
        heard += [await hearing.get_message(timeout=5) for _ in range(2)]
        counts = [
            await c.publish("news", "first"),
            await c.publish("events", "second"),
            await c.publish("none", 1),
        ]
        heard += [await hearing.get_message(timeout=5) for _ in range(2)]
        nothing = await hearing.get_message(timeout=0.05)
        subscribed = await c.pubsub_numsub("news")
        await hearing.unsubscribe("news")
    return heard, counts, nothing, subscribed


@check
async def listening(c: Any) -> object:
    heard = []
    async with c.pubsub(ignore_subscribe_messages=True) as hearing:
        await hearing.subscribe("news")

        async def publish() -> None:
            for word in ("one", "two", "stop"):
                while not await c.publish("news", word):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)

        task = asyncio.create_task(publish())
        async for message in hearing.listen():
            heard.append(message["data"])
            if message["data"] == "stop":
                break
        await task
    return heard


@check
async def scripts(c: Any) -> object:
    double = c.register_script("return redis.call('INCRBY', KEYS[1], ARGV[1] * 2)")
    return [
        await c.eval("return {KEYS[1], ARGV[1], 7, {1, 'x'}, false}", 1, "key", "argument"),
        await double(keys=["n"], args=[21]),
        await double(keys=["n"], args=[1]),
        await c.script_exists(double.sha, "0" * 40),
        await refused(c.evalsha("0" * 40, 0)),
        (await refused(c.eval("return redis.call('LPUSH', 'n', 1)", 0)))[0],
        await refused(c.eval("return redis.error_reply('MINE no')", 0)),
        await c.eval("return cjson.encode({a = 1})", 0),
    ]


@check
async def a_script_that_is_wrong(c: Any) -> object:
    return (await refused(c.eval("return nothing.here", 0)))[0], (
        await refused(c.eval("return (", 0))
    )[0]


@check
async def a_blocking_pop(c: Any) -> object:
    async def push() -> None:
        await asyncio.sleep(0.05)
        await c.rpush("queue", "job")

    task = asyncio.create_task(push())
    got = await c.blpop("queue", timeout=5)
    await task
    loop = asyncio.get_running_loop()
    before = loop.time()
    nothing = await c.blpop("queue", timeout=0.1)
    return (
        got,
        nothing,
        0.09 <= loop.time() - before < 2,
        await c.brpoplpush("queue", "done", timeout=0.05),
    )


@check
async def streams(c: Any) -> object:
    first = await c.xadd("s", {"a": 1}, id="1-1")
    await c.xadd("s", {"a": 2}, id="1-2")
    await c.xgroup_create("s", "workers", id="0")
    read = await c.xreadgroup("workers", "w1", {"s": ">"}, count=1)
    return [
        first,
        await c.xlen("s"),
        await c.xrange("s"),
        read,
        await c.xpending("s", "workers"),
        await c.xack("s", "workers", "1-1"),
        await refused(c.xgroup_create("s", "workers")),
        await refused(c.xadd("s", {"a": 1}, id="1-1")),
        await c.xread({"s": "1-1"}),
    ]


@check
async def a_blocking_read_of_a_stream(c: Any) -> object:
    async def add() -> None:
        await asyncio.sleep(0.05)
        await c.xadd("s", {"a": 1}, id="5-1")

    task = asyncio.create_task(add())
    got = await c.xread({"s": "$"}, block=5000)
    await task
    return got, await c.xread({"s": "$"}, block=50)


@check
async def protocol_3_and_2(_: Any) -> object:
    shapes = []
    for protocol in (3, 2):
        async with client(protocol=protocol) as one:
            await one.hset("h", mapping={"a": "1"})
            await one.zadd("z", {"a": 1.5})
            shapes.append(
                [
                    await one.execute_command("HGETALL", "h"),
                    await one.zscore("z", "a"),
                    (await one.execute_command("HELLO"))["proto"] if protocol == 3 else None,
                ]
            )
    return shapes


@check
async def many_clients_at_once(c: Any) -> object:
    results = await asyncio.gather(*(c.incr("n") for _ in range(50)))
    return sorted(results) == list(range(1, 51))


@check
async def a_pool_with_none_left(_: Any) -> object:
    async with client(max_connections=1) as one:
        waiting = asyncio.create_task(one.blpop("queue", timeout=0.2))
        await asyncio.sleep(0.05)
        told = (await refused(one.ping()))[0]
        return told, await waiting, await one.ping()


@check
async def a_timeout_of_the_socket(_: Any) -> object:
    async with client(socket_timeout=0.1, retry=None) as one:
        told = await refused(one.blpop("queue", timeout=1))
        return told[0], await one.ping()


@check
async def a_task_that_is_cancelled(c: Any) -> object:
    task = asyncio.create_task(c.blpop("queue", timeout=5))
    await asyncio.sleep(0.05)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return "cancelled", await c.ping()
    return "not cancelled"


@check
async def databases(c: Any) -> object:
    await c.set("a", "nine")
    address = os.environ["REDIS_URL"].rpartition("/")[0]
    async with redis.from_url(f"{address}/8", decode_responses=True) as other:
        return await other.get("a"), await c.move("a", 8), await c.get("a"), await other.getdel("a")


@check
async def what_the_server_says_of_itself(c: Any) -> object:
    info = await c.info("server")
    return (
        int(info["redis_version"].split(".")[0]) >= 7,
        await c.echo("hi"),
        (await c.time())[0] > 1.6e9,
    )


@check
async def clients_have_names(_: Any) -> object:
    async with client(client_name="check", single_connection_client=True) as one:
        return await one.client_getname(), (await one.client_info())["name"]


@check
async def configuration(c: Any) -> object:
    return await c.config_get("maxmemory"), await c.memory_usage("nothing")


@check
async def bitmaps_and_logs(c: Any) -> object:
    await c.setbit("bits", 7, 1)
    await c.pfadd("seen", "a", "b", "a")
    await c.geoadd("places", (13.4, 52.5, "Berlin"))
    return (
        await c.bitcount("bits"),
        await c.get("bits"),
        await c.pfcount("seen"),
        await c.geodist("places", "Berlin", "Berlin"),
    )


async def main() -> None:
    async with client() as one:
        for each in CHECKS:
            await one.flushdb()
            try:
                result = await asyncio.wait_for(each(one), 20)
            except Exception as error:  # noqa: BLE001 — the line says it
                result = f"raised {type(error).__name__}: {error}"
            print(f"{each.__name__}: {result!r}")
        await one.flushdb()


asyncio.run(main())
