"""Zero is falsy, so `if limit` treats a limit of none as no limit."""


# --8<-- [start:zero]
def by_truth(names: list[str], limit: int | None = None) -> list[str]:
    return names[:limit] if limit else names  # (1)!


def by_none(names: list[str], limit: int | None = None) -> list[str]:
    return names if limit is None else names[:limit]


team = ["Ada", "Grace", "Charles"]
print(by_truth(team, limit=0))
#> ['Ada', 'Grace', 'Charles']
print(by_none(team, limit=0))
#> []
print(by_none(team))
#> ['Ada', 'Grace', 'Charles']
# --8<-- [end:zero]

# --8<-- [start:negative]
print(by_none(team, limit=-1))
#> ['Ada', 'Grace']
# --8<-- [end:negative]
