"""A Protocol asks for methods, not for a base class; the checker compares shapes."""

from typing import Protocol


# --8<-- [start:protocol]
class Store(Protocol):
    def get(self, key: str) -> str | None: ...


class InMemory:
    def __init__(self) -> None:
        self.values = {"ada": "Ada Lovelace"}

    def get(self, key: str) -> str | None:
        return self.values.get(key)


def greeting(store: Store, key: str) -> str:  # (1)!
    return f"Hello, {store.get(key) or 'stranger'}"


print(greeting(InMemory(), "ada"))
#> Hello, Ada Lovelace
print(greeting({"grace": "Grace Hopper"}, "grace"))  # (2)!
#> Hello, Grace Hopper
# --8<-- [end:protocol]
