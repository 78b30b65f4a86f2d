"""The exercises of the book: where each begins, how it is checked, and its hints."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

SOLUTIONS = "my_exercises"  # ignored by git: what a reader writes stays the reader's
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


@dataclass(frozen=True)
class Exercise:
    """One exercise.

    Attributes:
        folder: where its starting point and its check are, `src/chapter1/exercises/e1_crud`.
        root: the project's folder.
    """

    folder: Path
    root: Path

    @property
    def number(self) -> int:
        """The number in the folder's name; it is unique in the book."""
        return int(self.folder.name[1:].partition("_")[0])

    @property
    def start(self) -> Path:
        """The starting point."""
        return self.folder / "start.py"

    @property
    def check(self) -> Path:
        """The pytest file with a test for each criterion."""
        return self.folder / "check.py"

    @property
    def title(self) -> str:
        """The first line of the starting point: `Exercise 1: a users API in memory`."""
        return self.start.read_text("utf-8").splitlines()[0].strip('".')

    @property
    def solution(self) -> Path:
        """Where the reader works."""
        return self.root / SOLUTIONS / f"{self.folder.name}.py"

    @property
    def docs(self) -> Path:
        """The pages of its chapter."""
        return self.root / "docs" / self.folder.parents[1].name

    @property
    def section(self) -> str:
        """Its part of the page, below the heading `## 1. …`.

        Raises:
            ValueError: the page has no such heading.
        """
        page = self.docs / "exercises.md"
        text = page.read_text("utf-8")
        found = re.search(rf"(?ms)^## {self.number}\. .*?(?=^## |\Z)", text)
        if not found:
            raise ValueError(f"{page} has no heading that begins with '## {self.number}. '")
        return found[0]

    def hint(self, number: int) -> str:
        """Return a hint as plain text.

        Raises:
            ValueError: the page has no such hint.
        """
        folded = rf'(?m)^\?\?\? question "Hint {number}"\n((?:    .*\n|\n)+)'
        found = re.search(folded, self.section + "\n")
        if not found:
            raise ValueError(f"Exercise {self.number} has no hint {number}: there are 1, 2 and 3.")
        return LINK.sub(r"\1", dedent(found[1]).strip())

    def begin(self) -> bool:
        """Copy the starting point to where the reader works; False if a file is there already."""
        if self.solution.exists():
            return False
        self.solution.parent.mkdir(exist_ok=True)
        shutil.copyfile(self.start, self.solution)
        return True


def find_exercises(root: Path) -> dict[int, Exercise]:
    """Return the exercises of all chapters by number."""
    folders = (root / "src").glob("chapter*/exercises/e[0-9]*_*")
    found = [Exercise(folder, root) for folder in folders if folder.is_dir()]
    return {exercise.number: exercise for exercise in sorted(found, key=lambda one: one.number)}
