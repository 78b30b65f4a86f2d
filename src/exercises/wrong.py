"""What a check says about a wrong solution."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Misconception:
    """A belief that leads to a wrong solution.

    Attributes:
        title: what is true instead, in one sentence; no two misconceptions share it.
        truth: two or three sentences that explain it.
        page: the page that treats it, relative to the chapter's folder in `docs`.
    """

    title: str
    truth: str
    page: str


class Wrong(Exception):
    """A solution that misses a criterion.

    Args:
        misconception: what its author probably believes.
        done: what the check did.
        came: what came of it.
    """

    def __init__(self, misconception: Misconception, *, done: str, came: str) -> None:
        super().__init__(misconception.title)
        self.misconception = misconception
        self.done = done
        self.came = came
