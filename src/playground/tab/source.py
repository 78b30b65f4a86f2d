"""Read a program before it runs: what it imports, and its main module, compiled."""

import ast
import dis
import warnings
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType

OWN = "/listing/src/"  # where a program's files are
# Functions that import what a string names.
BY_NAME = {"import_module", "importlib.import_module", "files", "importlib.resources.files"}
HARD = ("import_module(", "files(", "from .")  # what byte code does not tell: a string, a level
IMPORT = dis.opmap["IMPORT_NAME"]
TOP_LEVEL_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
AWAITED = "__awaited_run__"  # what stands in for asyncio.run where it can be awaited


def imported(files: dict[str, str]) -> list[str]:
    """Return the names that the files import, wherever in them; a file with a mistake has none."""
    python = [(OWN + path, text) for path, text in files.items() if path.endswith(".py")]
    return sorted({name for path, text in python for name in names_in(path, text)})


@lru_cache(maxsize=256)
def code_of(path: str, text: str) -> CodeType | None:
    """Compile a module; return None if it has a mistake, or is to be warned of when it is imported.

    Args:
        path: of its file, for tracebacks.
        text: its source.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return compile(text, path, "exec", dont_inherit=True)
        except (SyntaxError, SyntaxWarning, ValueError):
            return None


@lru_cache(maxsize=256)
def names_in(path: str, text: str) -> frozenset[str]:
    """Return the names that one file imports."""
    code = code_of(path, text)
    if code and not any(hard in text for hard in HARD):
        return frozenset(names_of(code))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return frozenset(names_in_tree(ast.parse(text)))
        except (SyntaxError, ValueError):
            return frozenset()


def names_of(code: CodeType) -> Iterator[str]:
    """Yield the names that byte code imports: a quarter of the time that the syntax tree takes."""
    operations = code.co_code[::2]
    at = operations.find(IMPORT)
    while at >= 0:
        more = code.co_code[2 * at - 1] if at and operations[at - 1] == dis.EXTENDED_ARG else 0
        yield code.co_names[more << 8 | code.co_code[2 * at + 1]]
        at = operations.find(IMPORT, at + 1)
    for inside in code.co_consts:
        if isinstance(inside, CodeType):
            yield from names_of(inside)


def names_in_tree(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a syntax tree imports, by functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call) and dotted(node.func) in BY_NAME:
            yield from (text for one in node.args if (text := literal(one)))


def literal(node: ast.expr) -> str:
    """Return the text of a string literal; of any other expression an empty string."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def dotted(node: ast.expr) -> str:
    """Return a name with its dots; of any other expression an empty string."""
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return owner and f"{owner}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


class AwaitRun(ast.NodeTransformer):
    """Turns `asyncio.run(main())` outside of functions into `await …`: see `stepping`."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """Leave what happens in functions as it is."""
        return node

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        """Leave what happens in functions as it is."""
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Await the call, if it is one of `asyncio.run`."""
        self.generic_visit(node)
        if dotted(node.func) == "asyncio.run":
            node.func = ast.copy_location(ast.Name(AWAITED, ast.Load()), node.func)
            return ast.copy_location(ast.Await(node), node)
        return node


def compiled(name: str, text: str, *, in_steps: bool) -> CodeType:
    """Compile the main module.

    Args:
        name: its file, for tracebacks.
        text: its source.
        in_steps: for a browser without JSPI, see `stepping`.

    Raises:
        SyntaxError: the reader has made a mistake.
    """
    code = code_of(name, text) or compile(text, name, "exec", dont_inherit=True)
    if not in_steps:
        return code
    tree = ast.fix_missing_locations(AwaitRun().visit(ast.parse(text, name)))
    stepping: CodeType = compile(tree, name, "exec", flags=TOP_LEVEL_AWAIT, dont_inherit=True)
    return stepping
