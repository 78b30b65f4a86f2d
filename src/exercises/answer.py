"""What the reader is told about a problem: short rows, each with a label, and no traceback."""

import linecache
import traceback
from pathlib import Path

from exercises.limit import TimeLimit
from exercises.wrong import Wrong

Rows = list[tuple[str, str]]
ASYNC = "python/start_and_await.md"
BASICS = "python/for_javascript_readers.md"
FROM_JAVASCRIPT = {
    "null": "None",
    "undefined": "None",
    "true": "True",
    "false": "False",
    "this": "self",
    "console": "print(…)",
    "JSON": "json",
    "Math": "math",
}


def answer(problem: BaseException, solution: Path, docs: Path) -> Rows:
    """Explain a problem in the reader's words, with the line of the reader's file."""
    while isinstance(problem, BaseExceptionGroup):
        problem = problem.exceptions[0]
    match problem:
        case Wrong():
            return wrong(problem, solution, docs)
        case TimeLimit():
            return late(problem, solution, docs)
        case SyntaxError(filename=str(file)) if Path(file) == solution:
            came = f"Python cannot read it: {problem.msg}."
            return [("Line", shown(solution, problem.lineno)), ("Came", came)]
        case NotImplementedError() if line_of(problem, solution):
            said = str(problem) or "this part raises NotImplementedError"
            where = shown(solution, line_of(problem, solution))
            return [("Line", where), ("Came", f"Not written yet: {said}. Begin here.")]
        case AttributeError(name=str(name), obj=object(__file__=str(file))) if (
            Path(file) == solution
        ):
            came = f"Your file has no `{name}`. The check needs it, under exactly that name."
            return [("Came", came)]
        case _:
            return raised(problem, solution, docs)


def wrong(problem: Wrong, solution: Path, docs: Path) -> Rows:
    """Say what was done, what came, what is usually believed, and where to read."""
    found = problem.misconception
    rows = [("Done", problem.done), ("Came", problem.came)]
    if problem.__cause__ and (line := line_of(problem.__cause__, solution)):
        rows.append(("Line", shown(solution, line)))
    return [*rows, ("Usually", f"{found.title} {found.truth}"), ("Read", reading(docs, found.page))]


def late(problem: TimeLimit, solution: Path, docs: Path) -> Rows:
    """Say where the program was when its time was up."""
    came = f"It was not done after {problem.seconds:g} seconds, and was stopped."
    rows = [("Line", shown(solution, problem.line))] if problem.line else []
    usual = "A loop that never ends, or an await for something that nobody ever does."
    return [*rows, ("Came", came), ("Usually", usual), ("Read", reading(docs, ASYNC))]


def raised(problem: BaseException, solution: Path, docs: Path) -> Rows:
    """Name an exception the check did not expect, and what it means if you know JavaScript."""
    line, name = line_of(problem, solution), type(problem).__name__
    said = " ".join(str(problem).split())
    rows = [("Line", shown(solution, line))] if line else []
    if isinstance(problem, SystemExit):
        return [*rows, ("Came", "Your program asks Python to exit. A check cannot go on then.")]
    rows.append(("Came", f"{name}: {said}" if said else name))
    if isinstance(problem, NameError) and problem.name in FROM_JAVASCRIPT:
        usual = f"`{problem.name}` is JavaScript. Python says `{FROM_JAVASCRIPT[problem.name]}`."
        return [*rows, ("Usually", usual), ("Read", reading(docs, BASICS))]
    if "coroutine" in said:
        usual = "A missing await: this is the coroutine, not yet its result."
        return [*rows, ("Usually", usual), ("Read", reading(docs, ASYNC))]
    return rows


def line_of(problem: BaseException, solution: Path) -> int | None:
    """Return the innermost line of the reader's file that an exception passed through."""
    frames = traceback.extract_tb(problem.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(solution)]
    return lines[-1] if lines else None


def shown(solution: Path, line: int | None) -> str:
    """Return a line of the reader's file with its number."""
    return f"{line}: {linecache.getline(str(solution), line or 0).strip()}"


def reading(docs: Path, page: str) -> str:
    """Return a page's heading and file."""
    lines = (docs / page).read_text("utf-8").splitlines()
    heading = next(line[2:] for line in lines if line.startswith("# "))
    return f"{heading} (docs/{docs.name}/{page})"
