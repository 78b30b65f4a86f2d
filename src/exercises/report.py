"""The reader's report: which criteria hold, and an answer to the first that does not."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import TextWrapper

from exercises.answer import Rows

WIDTH = 88
HOLDS, OPEN, BROKEN = 0, 1, 2  # exit statuses; BROKEN is not the reader's doing


@dataclass(frozen=True)
class Verdict:
    """What a check found about one criterion.

    Attributes:
        criterion: one sentence.
        star: a failure is no failure.
        rows: the answer; empty if the criterion holds.
        printed: what the reader's program printed meanwhile.
    """

    criterion: str
    star: bool = False
    rows: Rows = field(default_factory=list)
    printed: str = ""

    @property
    def failed(self) -> bool:
        """Whether the criterion must hold and does not."""
        return bool(self.rows) and not self.star

    @property
    def mark(self) -> str:
        """One sign for its line in the list."""
        return ("☆" if self.rows else "★") if self.star else ("✗" if self.rows else "✓")


def report(criteria: Sequence[str], verdicts: Sequence[Verdict], warned: Sequence[str]) -> str:
    """Return the text: every criterion with its sign, then the first answer that is due."""
    lines = [f"  {verdict.mark} {verdict.criterion}" for verdict in verdicts]
    lines += [f"  · {criterion} (not tried)" for criterion in criteria[len(verdicts) :]]
    due = [verdict for verdict in verdicts if verdict.rows]
    if not any(verdict.failed for verdict in verdicts):
        lines += ["", "Every criterion holds." + (" The star is still open:" if due else "")]
    if due:
        lines += ["", f"{due[0].mark} {due[0].criterion}", *table(due[0], warned)]
    return "\n".join(lines)


def table(verdict: Verdict, warned: Sequence[str]) -> list[str]:
    """Return the rows of an answer, wrapped, with what was printed and what Python warned of."""
    rows = list(verdict.rows)
    rows += [("Python", f"{text}. An await is missing.") for text in dict.fromkeys(warned)]
    lines = []
    for label, text in rows:
        wrap = TextWrapper(WIDTH, initial_indent=f"  {label:<9}", subsequent_indent=" " * 11)
        wrap.break_on_hyphens = wrap.break_long_words = False
        lines += wrap.wrap(text)
    printed = verdict.printed.splitlines()
    lines += [f"  {'Printed' if at == 0 else '':<9}{line}" for at, line in enumerate(printed[:10])]
    return lines
