"""What a JavaScript reader meets on every page: blocks, records, lists, truth."""

# --8<-- [start:shapes]
user = {"name": "Ada", "email": "ada@example.com"}


def greet(name: str, *, polite: bool = True) -> str:  # (1)!
    if polite:
        return f"Dear {name}"  # (2)!
    return f"Hi {name}"


print(greet(user["name"]), "/", greet("Ada", polite=False))
#> Dear Ada / Hi Ada
lengths = [len(tag) for tag in ["new", "paid", ""] if tag]  # (3)!
print(lengths)
#> [3, 4]
first, *others = ["ada", "grace", "charles"]  # (4)!
print(first, others, {**user, "name": "Ada L."}["name"])
#> ada ['grace', 'charles'] Ada L.
# --8<-- [end:shapes]

# --8<-- [start:truth]
print(bool([]), bool({}), bool(""), bool("0"), bool(0))
#> False False False True False
print([1, 2] == [1, 2], {"id": 1} == {"id": 1})
#> True True
print(7 / 2, 7 // 2, -7 // 2, 2**53 + 1)
#> 3.5 3 -4 9007199254740993
# --8<-- [end:truth]
