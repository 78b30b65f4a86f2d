"""Checks a reader's solution of an exercise, and answers a wrong one with its misconception.

An exercise is a folder `eN_name` in a chapter's `exercises/`: `start.py`, where the reader
begins, and `check.py`, a pytest file with one test for each acceptance criterion, whose docstring
is the criterion. Its hints stand on the page `exercises.md` of the chapter, under the heading that
begins with its number. A test says what is wrong by raising `Wrong`:

    COUNT = Misconception("The number of users is not the next id.", "It falls …", "page.md")

    async def test_ids(solution: ModuleType) -> None:
        '''An id is never used a second time.'''
        async with running(solution.app) as client:
            ...
            if alan == grace:
                raise Wrong(COUNT, done="Created three users.", came="Two have id 2.")

A test may be `async`, and may ask for the fixtures `solution` (the reader's module, loaded anew),
`fresh` (an empty PostgreSQL and Valkey, in the environment too) and `redis_refused`. A criterion
that begins with "Star: " is one whose failure is no failure. `exercises.running` starts an app.
"""

from exercises.wrong import Misconception, Wrong

__all__ = ["Misconception", "Wrong"]
