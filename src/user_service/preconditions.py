"""If-Match: a change of the version that the client has seen, and of no other (lost updates)."""

import re
from typing import Annotated

from fastapi import Depends, Header

TAG = r'(W/)?"[!#-~]*"'
TAGS = rf"^(\*|{TAG}( *, *{TAG})*)$"
STRONG = re.compile(r'(?<!/)"(\d{1,18})"', re.ASCII)

IfMatch = Annotated[
    str,
    Header(
        default_factory=str,  # an empty one stands for "not sent", and is refused if it was
        alias="If-Match",
        pattern=TAGS,
        description="The ETag of the version to change; without it, any version is changed.",
        examples=['"1"'],
    ),
]


async def wanted(if_match: IfMatch) -> list[int] | None:
    """Return the versions that may be changed, or None for any.

    A weak tag never matches (RFC 9110, section 13.1.1), and neither does one we never made.

    Args:
        if_match: the header: `*`, or entity tags with commas between.
    """
    if if_match in {"", "*"}:
        return None
    return [int(tag) for tag in STRONG.findall(if_match)]


Versions = Annotated[list[int] | None, Depends(wanted)]
