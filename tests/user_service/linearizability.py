"""Does one order of the operations explain everything that was seen?

A history of a single key is linearizable if its operations can be put in an order in which each
takes effect at one moment between its call and its return, and each read returns what the write
before it wrote (Herlihy and Wing, 1990). The search is that of Wing and Gong (1993), with the
states that were tried remembered, as Lowe (2017) proposes. It decides; it does not guess.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

Value = str | None
ABSENT: Value = None


@dataclass(frozen=True)
class Operation:
    """One call: a write of a value (None deletes), or a read that returned it.

    Attributes:
        kind: `read` or `write`.
        value: what was written or read.
        called: when it was called.
        returned: when it returned; infinity when nobody knows whether it took effect.
    """

    kind: str
    value: Value
    called: float
    returned: float = math.inf


def is_linearizable(history: Iterable[Operation], initial: Value = ABSENT) -> bool:
    """Tell whether some order explains the history of one key.

    Args:
        history: the operations, in any order.
        initial: the value before the first of them.
    """
    operations = sorted(history, key=lambda operation: operation.called)
    tried: set[tuple[int, Value]] = set()
    everything = (1 << len(operations)) - 1
    unfinished = sum(
        1 << place
        for place, operation in enumerate(operations)
        if operation.kind == "write" and operation.returned == math.inf
    )
    stack = [(0, initial)]
    while stack:
        done, value = stack.pop()
        if (done | unfinished) == everything:
            return True
        if (done, value) in tried:
            continue
        tried.add((done, value))
        stack += _next(operations, done, value)
    return False


def _next(operations: list[Operation], done: int, value: Value) -> list[tuple[int, Value]]:
    """Return the states after each operation that may take effect now.

    One may if it was called before the first return among those that are left.
    """
    left = [place for place in range(len(operations)) if not done >> place & 1]
    limit = min(operations[place].returned for place in left)
    states: list[tuple[int, Value]] = []
    for place in left:
        operation = operations[place]
        if operation.called > limit:
            break
        if operation.kind == "write":
            states.append((done | 1 << place, operation.value))
        elif operation.value == value:
            return [(done | 1 << place, value)]  # a read changes nothing: take it at once
    return states
