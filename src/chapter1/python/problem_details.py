"""Errors in the form of RFC 9457, from one handler for the whole app."""

import asyncio
from http import HTTPStatus

import httpx
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as AnyHTTPException

app = FastAPI()


# --8<-- [start:problem]
@app.exception_handler(AnyHTTPException)  # (1)!
async def problem(_: Request, error: AnyHTTPException) -> JSONResponse:
    body = {
        "title": HTTPStatus(error.status_code).phrase,
        "status": error.status_code,
        "detail": error.detail,
    }
    kind = "application/problem+json"
    return JSONResponse(body, error.status_code, error.headers, media_type=kind)


@app.get("/users/{user_id}")
async def read_user(user_id: int) -> None:
    raise HTTPException(404, f"user {user_id} is gone or never was")


async def main() -> None:
    async with connect() as client:
        answer = await client.get("/users/7")
        print(answer.status_code, answer.headers["content-type"])
        #> 404 application/problem+json
        print(answer.json()["title"], "|", answer.json()["detail"])
        #> Not Found | user 7 is gone or never was
        # --8<-- [end:problem]


def connect() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service")


if __name__ == "__main__":
    asyncio.run(main())
