"""Read a program before it runs: what it imports, and its main module, compiled."""

import ast
import contextlib
from functools import lru_cache
from types import CodeType

# Functions that import what a string names.
BY_NAME = {"import_module", "importlib.import_module", "files", "importlib.resources.files"}
TOP_LEVEL_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
AWAITED = "__awaited_run__"  # what stands in for asyncio.run where it can be awaited


def imported(files: dict[str, str]) -> list[str]:
    """Return the names that the files import, wherever in them; a file with a mistake has none."""
    names = {name for path in files if path.endswith(".py") for name in names_in(files[path])}
    return sorted({name.partition(".")[0] for name in names} | names)


@lru_cache(maxsize=256)
def names_in(text: str) -> frozenset[str]:
    """Return the names that one file imports."""
    names = set()
    with contextlib.suppress(SyntaxError, ValueError):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names.add(node.module)
            elif isinstance(node, ast.Call) and dotted(node.func) in BY_NAME:
                names |= {text for one in node.args if (text := literal(one))}
    return frozenset(names)


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
    code = compile(text, name, "exec", dont_inherit=True)
    if not in_steps:
        return code
    tree = ast.fix_missing_locations(AwaitRun().visit(ast.parse(text, name)))
    stepping: CodeType = compile(tree, name, "exec", flags=TOP_LEVEL_AWAIT, dont_inherit=True)
    return stepping
