"""A dependency runs before the endpoint, fills its parameter, and may refuse the request."""

import asyncio
from typing import Annotated

import httpx
from fastapi import Depends, FastAPI, Header, HTTPException

app = FastAPI()


# --8<-- [start:depends]
async def signed_in(authorization: Annotated[str, Header()] = "") -> str:
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or token != "ada-s-token":  # (1)!
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})
    return "ada"


@app.get("/me")
async def me(username: Annotated[str, Depends(signed_in)]) -> str:
    return username


async def main() -> None:
    async with connect() as client:
        print((await client.get("/me")).json())
        #> {'detail': 'Unauthorized'}
        client.headers["Authorization"] = "Bearer ada-s-token"
        print((await client.get("/me")).json())
        #> ada
        app.dependency_overrides[signed_in] = lambda: "grace"  # (2)!
        print((await client.get("/me")).json())
        #> grace
        # --8<-- [end:depends]


def connect() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


if __name__ == "__main__":
    asyncio.run(main())
