"""After a lost reply, the status of the retry tells what the first request did."""

import asyncio
from contextlib import suppress

import httpx
from httpx import AsyncBaseTransport as Network
from httpx import Request, Response

from user_service.app import in_process
from user_service.settings import from_environment

ADA = {"username": "ada", "email": "ada@example.com"}


# --8<-- [start:loses]
class LosesFirstReply(Network):
    def __init__(self, network: Network) -> None:
        self.network, self.lost = network, False

    async def handle_async_request(self, request: Request, /) -> Response:
        answer = await self.network.handle_async_request(request)
        if not self.lost:
            self.lost = True
            raise httpx.ReadTimeout("no answer")
        return answer


# --8<-- [end:loses]


# --8<-- [start:retry]
async def send_twice(network: Network, request: Request) -> int:
    losing = LosesFirstReply(network)
    async with httpx.AsyncClient(transport=losing) as client:
        with suppress(httpx.ReadTimeout):
            await client.send(request)
        return (await client.send(request)).status_code


async def main() -> None:
    user = "http://service/users/1"
    post = Request("POST", "http://service/users", json=ADA)
    put = Request("PUT", user, json=ADA)
    delete = Request("DELETE", user)
    async with in_process(from_environment(cache_timeout=10)) as app:
        network = httpx.ASGITransport(app)
        print("POST again:", await send_twice(network, post))
        #> POST again: 409
        print("PUT again:", await send_twice(network, put))
        #> PUT again: 200
        print("DELETE again:", await send_twice(network, delete))
        #> DELETE again: 404
        # --8<-- [end:retry]


if __name__ == "__main__":
    asyncio.run(main())
