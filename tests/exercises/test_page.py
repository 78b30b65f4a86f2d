"""The page and the checks say the same; hints are printed as they stand on the page."""

import importlib.util
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from exercises import Misconception
from exercises.exercise import Exercise, find_exercises

Ask = Callable[..., tuple[int, str]]
EXERCISES = list(find_exercises(Path(__file__).parents[2]).values())
each_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.folder.name)


def loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"{path.parent.name}_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@each_exercise
def test_the_page_lists_the_criteria_of_the_check(exercise: Exercise) -> None:
    tests = [
        (inspect.getdoc(value) or "").splitlines()[0]
        for name, value in vars(loaded(exercise.check)).items()
        if name.startswith("test_")
    ]
    listed = re.findall(r"(?m)^- (.+)", exercise.section)
    assert [line.replace("`", "") for line in listed] == tests


@each_exercise
def test_every_misconception_names_a_page_and_has_its_own_title(exercise: Exercise) -> None:
    values = vars(loaded(exercise.check)).values()
    found = [value for value in values if isinstance(value, Misconception)]
    assert len(found) >= 2
    assert len({one.title for one in found}) == len(found)
    for misconception in found:
        assert (exercise.docs / misconception.page).is_file()


@each_exercise
@pytest.mark.parametrize("number", [1, 2, 3])
def test_every_exercise_has_three_hints(exercise: Exercise, number: int) -> None:
    hint = exercise.hint(number)
    assert 20 < len(hint.split()) < 100
    assert "](" not in hint
    assert "???" not in hint


def test_a_hint_is_printed(ask: Ask) -> None:
    status, said = ask(1, "--hint", 2)
    assert status == 0
    assert "For ids: `itertools.count`." in said
    assert "✗" not in said


@pytest.mark.parametrize("number", ["0", "4", "two"])
def test_an_unknown_hint_is_refused(number: str, ask: Ask) -> None:
    status, said = ask(1, "--hint", number)
    assert status == 2
    assert "there are 1, 2 and 3" in said


def test_what_a_reader_wrote_is_never_overwritten(root: Path, tmp_path: Path) -> None:
    exercise = Exercise(EXERCISES[0].folder, tmp_path)
    assert exercise.begin()
    assert exercise.solution.read_bytes() == exercise.start.read_bytes()
    exercise.solution.write_text("mine")
    assert not exercise.begin()
    assert exercise.solution.read_text() == "mine"
    assert f"/{exercise.solution.parent.name}/" in (root / ".gitignore").read_text("utf-8").split()
