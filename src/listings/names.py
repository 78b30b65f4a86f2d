"""The full dotted names of what a Python program imports and calls, whatever it calls them."""

import ast
from collections.abc import Iterable

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.GeneratorExp)


def imported(tree: ast.AST) -> list[str]:
    """Return the full names of what is imported: `asyncio`, `asyncio.to_thread`."""
    return [full for _, full in imports(tree)]


def imports(tree: ast.AST) -> list[tuple[str, str]]:
    """Return pairs of the local and the full name of each import."""
    pairs = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                pairs.append((local, alias.name if alias.asname else local))
                pairs.append(("", alias.name))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            pairs += [(one.asname or one.name, f"{node.module}.{one.name}") for one in node.names]
    return pairs


def called(nodes: Iterable[ast.AST], tree: ast.AST) -> list[str]:
    """Return the full names of all calls among `nodes`, one for each place that calls.

    A method of an object that is no import keeps the object's name: `loop.run_in_executor`.

    Args:
        nodes: the pieces of the program to look at.
        tree: the program, whose imports tell what its names mean.
    """
    local_names = dict(imports(tree))
    names = []
    for node in nodes:
        if isinstance(node, ast.Call):
            first, dot, rest = ast.unparse(node.func).partition(".")
            names.append(local_names.get(first, first) + dot + rest)
    return names


def repeated(tree: ast.AST) -> list[ast.AST]:
    """Return what stands in loops and comprehensions, except what a `return` leaves them with."""
    waiting = [*filter(lambda node: isinstance(node, LOOPS), ast.walk(tree))]
    found = list[ast.AST]()
    while waiting:
        inside = [
            one for one in ast.iter_child_nodes(waiting.pop()) if not isinstance(one, ast.Return)
        ]
        found += inside
        waiting += inside
    return found
