"""What a program imports, read from its byte code: the same as its syntax tree says."""

import ast
from pathlib import Path

import pytest

from playground.tab import source

SRC = Path(__file__).parents[2] / "src"
CASES = {
    "import a, b.c as d": {"a", "b.c"},
    "from e.f import g": {"e.f"},
    "from . import h\nfrom .i import j\nimport k": {"k"},
    "def f():\n    import l\n    return lambda: __import__('m')": {"l"},
    "try:\n    import o\nexcept ImportError:\n    import p": {"o", "p"},
    "from importlib import import_module\nimport_module('q.r')": {"importlib", "q.r"},
    "from importlib.resources import files\nfiles('s')": {"importlib.resources", "s"},
    "import": set(),
    "import t\nx = '\\d' is 1": {"t"},
    "\n".join(f"import m{number}" for number in range(300)): {f"m{n}" for n in range(300)},
}


@pytest.mark.parametrize("text", CASES)
def test_the_names_that_a_program_imports_are_found(text: str) -> None:
    assert source.names_in("a.py", text) == CASES[text]


def test_byte_code_tells_of_every_module_here_what_its_syntax_tree_tells() -> None:
    paths = sorted(
        path for folder in ("chapter1", "user_service") for path in (SRC / folder).rglob("*.py")
    )
    assert len(paths) > 100
    for path in paths:
        text = path.read_text("utf-8")
        assert source.names_in(str(path), text) == {*source.names_in_tree(ast.parse(text))}, path
