"""What no schema can say about a request, said to Schemathesis."""

import re
import uuid
from typing import Any

import schemathesis

KEY = "Idempotency-Key"
# Names that stand for no host on the Internet: email-validator refuses them (RFC 6761 and others).
RESERVED = re.compile(r"[@.](alt|arpa|invalid|local|localhost|onion|test)\.?$", re.IGNORECASE)


@schemathesis.hook
def before_call(_: Any, case: Any, __: Any) -> None:
    """Use a key once, since another body under it is refused, and no reserved names."""
    if case.headers and KEY in case.headers and case.method == "POST":
        case.headers[KEY] = str(uuid.uuid4())
    if case.headers and case.headers.get("If-Match") == "0":
        case.headers["If-Match"] = '"1"'  # it takes 0 for a match of our pattern
    email = case.body.get("email") if isinstance(case.body, dict) else None
    if isinstance(email, str) and RESERVED.search(email):
        case.body["email"] = f"{uuid.uuid4().hex}@example.com"
