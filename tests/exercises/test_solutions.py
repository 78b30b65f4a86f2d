"""The reference passes, and every wrong solution gets the answer its docstring names.

Exercise N has its solutions in the folder here that is named like its own. To add an exercise,
add that folder: `reference.py`, and two or more `wrong_*.py` with "Feedback: " in the docstring.
"""

import ast
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest

from exercises.exercise import find_exercises

Ask = Callable[..., tuple[int, str]]
Answers = dict[Path, Future[tuple[int, str]]]
HERE = Path(__file__).parent
EXERCISES = find_exercises(HERE.parents[1])
NUMBERS = list(EXERCISES)
WRONG = sorted(HERE.glob("e*/wrong_*.py"))


def folder(number: int) -> Path:
    return HERE / EXERCISES[number].folder.name


def number_of(solution: Path) -> int:
    return int(solution.parent.name[1:].partition("_")[0])


def feedback(solution: Path) -> str:
    said = ast.get_docstring(ast.parse(solution.read_text("utf-8"))) or ""
    return said.partition("Feedback: ")[2]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_reference_passes(number: int, answers: Answers) -> None:
    status, said = answers[folder(number) / "reference.py"].result()
    assert status == 0, said
    assert said.endswith("Every criterion holds.")
    assert "✗" not in said
    assert ("★" in said) == ("Star: " in said)


@pytest.mark.parametrize("solution", WRONG, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_wrong_solution_gets_its_own_feedback(solution: Path, answers: Answers) -> None:
    status, said = answers[solution].result()
    assert status == 1
    assert f"Usually {feedback(solution)}" in said
    assert "(docs/chapter1/" in said
    assert f"Stuck? make exercise N={number_of(solution)} HINT=1" in said


@pytest.mark.parametrize("number", NUMBERS)
def test_two_wrong_solutions_differ_in_their_feedback(number: int) -> None:
    expected = [feedback(solution) for solution in WRONG if number_of(solution) == number]
    assert all(expected)
    assert len(set(expected)) == len(expected) >= 2


START = {
    1: "Not written yet: create_user. Begin here.",
    2: "A request borrows a connection; it does not open one.",
    3: "A copy is looked for before the database is asked.",
    4: "Not written yet: percentile. Begin here.",
    5: "Your users do not wait for each other.",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_the_untouched_starting_point_gets_a_helpful_answer(
    number: int, ask: Ask, tmp_path: Path
) -> None:
    copy = tmp_path / "mine.py"
    copy.write_bytes(EXERCISES[number].start.read_bytes())
    status, said = ask(number, "--solution", copy)
    assert status == 1
    assert "the starting point, unchanged. Look for TODO" in said
    assert START[number] in said


def test_the_star_is_open_without_a_lease_and_that_is_no_failure(answers: Answers) -> None:
    status, said = answers[HERE / "e3_cache" / "without_star.py"].result()
    assert status == 0
    assert "Every criterion holds. The star is still open" in said
    assert "A reader may be slower than a change." in said
