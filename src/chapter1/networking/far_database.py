"""Fifty queries one after the other, and one query for all fifty, to a database far away."""

import asyncio
import os
from asyncio import StreamReader as In
from asyncio import StreamWriter as Out
from time import perf_counter
from urllib.parse import urlsplit

import asyncpg
from asyncpg import Connection

URL = urlsplit(os.environ["DATABASE_URL"])


# --8<-- [start:road]
class Road:
    def __init__(self) -> None:
        self.round_trips, self.asking = 0, False
        self.closed = asyncio.Event()

    async def carry(self, start: In, end: Out, *, asking: bool) -> None:
        while data := await start.read(65_536):
            self.round_trips += asking and not self.asking  # (1)!
            self.asking = asking
            await asyncio.sleep(0.010)
            end.write(data)
        end.close()

    async def open(self, program: In, reply: Out) -> None:
        answers, ask = await asyncio.open_connection(URL.hostname, URL.port)
        there = self.carry(program, ask, asking=True)
        await asyncio.gather(there, self.carry(answers, reply, asking=False))
        self.closed.set()
        # --8<-- [end:road]


# --8<-- [start:fifty]
QUERY = "SELECT name FROM customers WHERE id = $1"  # (1)!


async def fifty(database: Connection) -> float:
    started = perf_counter()
    for customer in range(50):
        await database.fetch(QUERY, customer)
    return perf_counter() - started


async def compare(near: Connection, far: Connection, road: Road) -> None:
    print("near, under half a second:", await fifty(near) < 0.5)
    #> near, under half a second: True
    await far.fetch(QUERY, 1)  # (2)!
    road.round_trips = 0
    one_by_one = await fifty(far)
    print("far, over a second:", one_by_one > 1)
    #> far, over a second: True
    print("round trips:", road.round_trips)
    #> round trips: 50
    # --8<-- [end:fifty]
    # --8<-- [start:at_once]
    query = "SELECT name FROM customers WHERE id = ANY($1)"  # (1)!
    await far.fetch(query, [1])
    road.round_trips = 0
    started = perf_counter()
    await far.fetch(query, list(range(50)))
    at_once = perf_counter() - started
    print("round trips:", road.round_trips)
    #> round trips: 1
    print("a fifth of the time, or less:", at_once < one_by_one / 5)
    #> a fifth of the time, or less: True
    # --8<-- [end:at_once]


async def main() -> None:
    road = Road()
    entrance = await asyncio.start_server(road.open, "127.0.0.1")
    host, port = entrance.sockets[0].getsockname()
    near = await asyncpg.connect(URL.geturl())
    far = await asyncpg.connect(URL.geturl(), host=host, port=port)
    await near.execute("CREATE TABLE customers (id integer PRIMARY KEY, name text)")
    await near.execute("INSERT INTO customers SELECT n, 'c' || n FROM generate_series(0, 49) n")
    await compare(near, far, road)
    await near.close()
    await far.close()
    entrance.close()
    await road.closed.wait()


if __name__ == "__main__":
    asyncio.run(main())
