"""A decorator is a function that is called with the function below it."""

# --8<-- [start:registry]
from collections.abc import Callable

Handler = Callable[[int], str]
routes: dict[str, Handler] = {}


def get(path: str) -> Callable[[Handler], Handler]:
    def register(handler: Handler) -> Handler:
        routes[path] = handler
        return handler

    return register


@get("/users")  # (1)!
def read_user(user_id: int) -> str:
    return f"user {user_id}"


print(list(routes), routes["/users"](7))
#> ['/users'] user 7
# --8<-- [end:registry]
