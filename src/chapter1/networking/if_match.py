"""An ETag saves a download, and lets a write succeed only on the state it was made for."""

import asyncio
from typing import Annotated

import httpx
from fastapi import FastAPI, Header, Response

URL = "http://service"

# --8<-- [start:server]
app = FastAPI()
Tag = Annotated[str, Header()]
versions = ["Ada"]  # a real service keeps a number in the row


@app.get("/users/7")
async def read(response: Response, if_none_match: Tag = "") -> str | None:
    response.headers["ETag"] = f'"{len(versions)}"'
    if if_none_match == response.headers["ETag"]:
        response.status_code = 304
        return None
    return versions[-1]


@app.put("/users/7")
async def write(name: str, response: Response, if_match: Tag) -> None:
    if if_match != f'"{len(versions)}"':
        response.status_code = 412
        return
    versions.append(name)
    # --8<-- [end:server]


async def main() -> None:
    service = httpx.ASGITransport(app)
    # --8<-- [start:client]
    async with httpx.AsyncClient(transport=service, base_url=URL) as client:
        tag = (await client.get("/users/7")).headers["ETag"]
        again = await client.get("/users/7", headers={"If-None-Match": tag})
        print(again.status_code, again.content)
        #> 304 b''

        match = {"If-Match": tag}
        mine = await client.put("/users/7?name=Ada+L.", headers=match)
        late = await client.put("/users/7?name=Ada+B.", headers=match)
        print(mine.status_code, late.status_code, versions)
        #> 200 412 ['Ada', 'Ada L.']
    # --8<-- [end:client]


if __name__ == "__main__":
    asyncio.run(main())
