"""A default value is made once, when the function is defined, and kept."""


# --8<-- [start:kept]
def add_tag(tag: str, tags: list[str] = []) -> list[str]:  # noqa: B006  # (1)!
    tags.append(tag)
    return tags


print(add_tag("new"))
#> ['new']
print(add_tag("paid"))
#> ['new', 'paid']
# --8<-- [end:kept]


# --8<-- [start:fresh]
def with_tag(tag: str, tags: list[str] | None = None) -> list[str]:
    tags = [] if tags is None else tags
    return [*tags, tag]


print(with_tag("new"), with_tag("paid"))
#> ['new'] ['paid']
# --8<-- [end:fresh]
