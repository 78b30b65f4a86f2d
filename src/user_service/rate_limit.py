"""So many requests a client may send in so many seconds; more are answered 429, with Retry-After.

The count is kept in Valkey, so all copies of the service share it. When Valkey is away there is
no limit: the service would rather answer too much than nothing. What is kept is a hash of the
client's network, for as long as the window lasts. Behind a proxy, tell uvicorn to trust it
(FORWARDED_ALLOW_IPS): otherwise the whole world is one client.
"""

import hashlib
import ipaddress
from contextlib import suppress

from redis.exceptions import ResponseError
from starlette.types import ASGIApp, Receive, Scope, Send

from user_service.errors import TooManyRequests
from user_service.problems import told
from user_service.store import Store, StoreAway

COUNT = """
local n = redis.call('INCR', KEYS[1])
if n == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return {n, redis.call('TTL', KEYS[1])}
"""


class RateLimit:
    """Counts requests to /users by client, in a window that begins with the first one.

    Args:
        app: what answers.
        rule: requests/seconds, such as 100/60.
    """

    def __init__(self, app: ASGIApp, rule: str) -> None:
        self._app, self._rule = app, rule
        self._most, self._seconds = map(int, rule.split("/"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http" and scope["path"].startswith("/users"):
            try:
                await self._check(scope["state"]["cache"].store, network(scope))
            except TooManyRequests as error:
                await told(error)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _check(self, store: Store, client: str) -> None:
        key = "rate:" + hashlib.sha256(client.encode()).hexdigest()[:16]
        with suppress(StoreAway, ResponseError):
            count, left = await store.ask("EVAL", COUNT, 1, key, self._seconds)
            if count > self._most:
                detail = f"At most {self._most} requests in {self._seconds} s."
                raise TooManyRequests(detail, retry_after=max(left, 1))


def network(scope: Scope) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 of an IPv6 address.

    Args:
        scope: the request.
    """
    host = (scope.get("client") or ("unknown", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False))
