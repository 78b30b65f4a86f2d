"""httpx raises for no status, follows no redirect and speaks HTTP/1.1, unless it is asked to."""

import asyncio

import httpx
from fastapi import FastAPI, HTTPException
from fastapi.responses import RedirectResponse

app = FastAPI()


@app.get("/users/7")
async def broken() -> None:
    raise HTTPException(500, "the database is away")


@app.get("/members/7")
async def moved() -> RedirectResponse:
    return RedirectResponse("/users/8", status_code=301)


@app.get("/users/8")
async def user() -> dict[str, str]:
    return {"name": "Grace"}


async def main() -> None:
    transport = httpx.ASGITransport(app)
    # --8<-- [start:status]
    async with httpx.AsyncClient(
        base_url="http://service",
        timeout=2.0,
        transport=transport,  # (1)!
    ) as client:
        response = await client.get("/users/7")
        print(response.json())
        #> {'detail': 'the database is away'}
        try:
            response.raise_for_status()
        except httpx.HTTPStatusError as error:
            print(error.response.status_code)
            #> 500

        response = await client.get("/members/7")
        print(response.status_code, response.headers["location"])
        #> 301 /users/8
        response = await client.get("/members/7", follow_redirects=True)
        print(response.json())
        #> {'name': 'Grace'}
        # --8<-- [end:status]


if __name__ == "__main__":
    asyncio.run(main())
