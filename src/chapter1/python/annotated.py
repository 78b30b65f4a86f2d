"""Annotated hangs a note on a type, for whoever wants to read it."""

# --8<-- [start:note]
from typing import Annotated, get_type_hints


def list_users(limit: Annotated[int, "at most 100"] = 10) -> list[str]:
    return ["ada", "grace", "charles"][:limit]


print(list_users(2), list_users(5000))
#> ['ada', 'grace'] ['ada', 'grace', 'charles']
hint = get_type_hints(list_users, include_extras=True)["limit"]
print(hint.__origin__.__name__, hint.__metadata__)
#> int ('at most 100',)
# --8<-- [end:note]
