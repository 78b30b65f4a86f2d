"""Quick checks: well-formed, predictions true to the records, and nothing to guess by."""

from collections import Counter
from pathlib import Path

import pytest

from listings import records
from listings.listing import Listing
from listings.pages import sources
from reading import checks, faults

RACE = "chapter1/databases/double_withdrawal.py"
SOUND = f"""
!!! check "What is left?"
    prints: {RACE}:race 3

    - [ ] `20`

        Why not.

    - [x] `-60`

        Why.

    - [ ] `100`

        Why not.

```python
--8<-- "{RACE}:race"
```
"""


@pytest.fixture(scope="module")
def book(root: Path) -> list[checks.Check]:
    return checks.find(root)


def told(root: Path, page: str) -> list[str]:
    """What is said of a page with this Markdown, in a book with the real listings."""
    known = sources(root)
    return [
        f"{what}: {remedy}"
        for check in checks.read("page.md", page)
        for what, remedy in [*faults.unfit(check), *faults.unlike(check, known)]
    ]


def test_the_book_has_no_fault(root: Path) -> None:
    if problems := faults.problems(root):
        pytest.fail("\n".join(map(str, problems)), pytrace=False)


def test_a_sound_check_has_no_fault(root: Path) -> None:
    assert told(root, SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (' "What is left?"', "", "without its question"),
        ("- [ ] `20`", "- [x] `20`", "2 right answers"),
        ("- [x] `-60`", "- [ ] `-60`", "0 right answers"),
        ("        Why.\n", "", "the answer '`-60`' has no explanation"),
        ("    - [ ] `100`\n\n        Why not.\n", "", "2 answers, too few"),
        ("`-60`", "`-61`", "the listing printed '-60', and the right answer is '`-61`'"),
        ("`100`", "`-60`", "the listing printed '-60', and the wrong answer is '`-60`'"),
        ("race 3", "race 9", "states 4 lines of output"),
        (":race 3", ":rice 2", "there is no listing"),
        (f'"{RACE}:race"', f'"{RACE}:other"', "is not the next listing"),
    ],
)
def test_a_fault_is_named(root: Path, old: str, new: str, said: str) -> None:
    assert old in SOUND
    assert said in "\n".join(told(root, SOUND.replace(old, new)))


def test_a_prediction_fails_when_its_listing_prints_something_else(copy: Path) -> None:
    check = next(one for one in checks.find(copy) if one.prints)
    assert faults.problems(copy) == []
    path, name, number = check.prints or ("", "", None)
    listing = Listing(copy / "src" / path, copy / "src")
    line = faults.printed(sources(copy), path, name, number)
    record = records.path_of(listing)
    record.write_text(record.read_text("utf-8").replace(line, "something else"), "utf-8")
    (problem,) = {problem.place for problem in faults.problems(copy)}
    assert problem == check.place


def test_there_are_predictions_in_every_section_that_has_listings(book: list[checks.Check]) -> None:
    pages = [Path(check.page) for check in book if check.prints]
    predicted = Counter(page.parent.name for page in pages)
    assert set(predicted) >= {"python", "networking", "processes", "databases", "service"}
    assert predicted.total() >= 10


def test_the_place_of_the_right_answer_tells_nothing(book: list[checks.Check]) -> None:
    places = [[choice.right for choice in check.choices].index(True) for check in book]
    counted = Counter(places)
    for place in range(faults.FEWEST):
        assert counted[place] > len(places) / 5, (counted, "shuffle some answers")
    runs = zip(places, places[1:], places[2:], places[3:], strict=False)
    assert all(len(set(four)) > 1 for four in runs), "four in a row at one place"


def test_the_length_of_the_right_answer_tells_nothing(book: list[checks.Check]) -> None:
    longest = [max(check.choices, key=lambda choice: len(choice.text)).right for check in book]
    assert sum(longest) < len(book) / 2, "the longest answer is the right one too often"


def test_no_explanation_is_given_twice(book: list[checks.Check]) -> None:
    texts = Counter(" ".join(choice.why) for check in book for choice in check.choices)
    assert [text for text, count in texts.items() if count > 1] == []
