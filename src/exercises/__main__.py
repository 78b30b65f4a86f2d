"""Do an exercise: `python -m exercises 1` checks your solution, `--hint 1` gives a hint."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from exercises.exercise import Exercise, find_exercises
from exercises.limit import STUCK
from exercises.report import BROKEN, HOLDS, OPEN

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Read the command line; begin the exercise, print a hint, or check the solution."""
    parser = argparse.ArgumentParser(prog="python -m exercises", description=__doc__)
    parser.add_argument("number", help="which exercise")
    parser.add_argument("--hint", help="1, 2 or 3: print this hint and do nothing else")
    parser.add_argument("--solution", type=Path, help="a file elsewhere than in my_exercises/")
    parser.add_argument("--seconds", type=float, default=10, help="the time a criterion has")
    given = parser.parse_args()
    exercises = find_exercises(ROOT)
    known = {str(number): exercise for number, exercise in exercises.items()}
    exercise = known.get(given.number)
    if exercise is None:
        names = "".join(f"\n  make exercise N={n}   {known[n].title}" for n in known)
        print(f"Which exercise?{names}")
        return BROKEN
    print(exercise.title)
    if given.hint:
        return hint(exercise, given.hint)
    solution = given.solution or exercise.solution
    if given.solution is None and exercise.begin():
        print("Here is a starting point. It is yours: git does not see it, and it is kept.")
    return answer(exercise, solution.resolve(), given.seconds)


def hint(exercise: Exercise, number: str) -> int:
    """Print a hint."""
    try:
        print(f"\n{exercise.hint(int(number) if number.isdecimal() else 0)}")
    except ValueError as problem:
        print(problem)
        return BROKEN
    return 0


def answer(exercise: Exercise, solution: Path, seconds: float) -> int:
    """Check a solution in a process that can be stopped, and print what it says."""
    if not solution.is_file():
        print(f"There is no file {solution}.")
        return BROKEN
    if solution != exercise.start and solution.read_bytes() == exercise.start.read_bytes():
        print("Your file is the starting point, unchanged. Look for TODO in it.")
    print(f"Your file: {solution.relative_to(ROOT) if ROOT in solution.parents else solution}\n")
    with tempfile.TemporaryDirectory() as folder:
        text, log = Path(folder) / "text", Path(folder) / "log"
        status = check(exercise, solution, seconds, text, log)
        if text.is_file():
            print(text.read_text("utf-8"))
        elif status in (None, STUCK):
            print("✗ Your program did not end, and could not be interrupted: it was stopped.")
            print("  A bare `except:` in a loop catches even that. Name the exceptions you mean.")
        else:
            print(f"✗ Your program ended the whole process, with status {status}.")
            print("  A check cannot go on then. Leave out calls such as os._exit().")
            print(*log.read_text("utf-8", "replace").splitlines()[-5:], sep="\n")
        if status == BROKEN or (status == HOLDS and text.is_file()):
            return status
    print(f"\nStuck? make exercise N={exercise.number} HINT=1 (then 2, then 3)")
    return OPEN


def check(exercise: Exercise, solution: Path, seconds: float, text: Path, log: Path) -> int | None:
    """Run the check and return its exit status; None if it had to be stopped."""
    files = [exercise.check, solution, exercise.docs, text]
    command = [sys.executable, "-m", "exercises.checking", *map(str, files), str(seconds)]
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            # The servers may take their time to start; every criterion may use its own time up.
            return process.wait(60 + 10 * seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return None


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
