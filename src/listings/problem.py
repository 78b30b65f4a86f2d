"""What is wrong with the book, said so that an author can put it right."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One fault: where it is, what it is, what to do.

    Attributes:
        place: a page with its line (`docs/chapter1/python/x.md:12`) or a file of `src`.
        what: the fault, in one sentence.
        remedy: what the author can do about it.
    """

    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}\n    {self.remedy}"
