"""A scenario as its TOML file tells it."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CONDITION = re.compile(r"(?P<name>\w+) (?P<operator>>=|is not|is) (?P<value>\w+)")
MOST_STEPS = 4
Kept = dict[str, str]


class BadScenario(ValueError):
    """The file is no scenario; the message says why."""


@dataclass(frozen=True)
class Step:
    """One statement of a party: SQL, or a command for the cache.

    Attributes:
        text: the statement; `{name}` stands for a value the party has kept.
        label: the statement in a word or two.
        store: "database" or "cache".
        keep: the name under which the party keeps the first value of the answer.
        condition: `name >= number` or `name is [not] nothing`; where it does not hold, the party
            leaves the statement out.
        hold: the party can be kept waiting before this step, and figures name the place so.
    """

    text: str
    label: str
    store: str
    keep: str = ""
    condition: str = ""
    hold: str = ""

    def wanted(self, kept: Kept) -> bool:
        """Say whether the condition holds for what the party has kept."""
        if not (match := CONDITION.fullmatch(self.condition)):
            return True
        seen = kept[match["name"]]
        if match["operator"].startswith("is"):
            return (seen == match["value"]) == (match["operator"] == "is")
        return int(seen) >= int(match["value"])


@dataclass(frozen=True)
class Party:
    """Somebody with a connection of its own.

    Attributes:
        name: what figures call it.
        steps: what it does, in this order.
        after: it begins when all the others have ended.
    """

    name: str
    steps: tuple[Step, ...]
    after: bool = False


@dataclass(frozen=True)
class Story:
    """One order of the steps, with what must come of each.

    Attributes:
        variant: the isolation level it is about, or "" where there is one variant.
        steps: pairs of a party and the fact expected when it has taken its next step.
        end: what the stores hold at the end.
    """

    variant: str
    steps: tuple[tuple[str, str], ...]
    end: dict[str, list[str]]


@dataclass(frozen=True)
class Scenario:
    """Parties, their steps and the stores they share.

    Attributes:
        name: the file's name without its ending.
        title: what happens, in a few words.
        rule: what holds if the parties act one after the other.
        broken: how to see that it was broken: `ends`, a content of the database; `reads`, a value
            that a party sees; or `differs`, the party that sees two different values.
        variants: isolation levels, one recording each; `("",)` if there is one.
        setup: SQL that makes the tables.
        watch: a query for each store, whose rows figures show.
        parties: who takes part.
        stories: orders whose facts are known beforehand; the first is shown first.
    """

    name: str
    title: str
    rule: str
    broken: dict[str, str]
    variants: tuple[str, ...]
    setup: str
    watch: dict[str, str]
    parties: tuple[Party, ...]
    stories: tuple[Story, ...]

    @classmethod
    def read(cls, path: Path) -> "Scenario":
        """Read a file.

        Raises:
            BadScenario: something in it is missing, too much or misspelt.
        """
        try:
            data = tomllib.loads(path.read_text("utf-8"))
            parties = tuple(party(entry) for entry in data.pop("party"))
            stories = tuple(story(entry) for entry in data.pop("story"))
            variants = tuple(data.pop("variants", [""]))
            found = cls(path.stem, variants=variants, parties=parties, stories=stories, **data)
        except (KeyError, TypeError, ValueError) as problem:
            raise BadScenario(f"{path.name}: {problem}") from problem
        for told in found.stories:
            names = {name for name, _ in told.steps} - {one.name for one in parties}
            if names or told.variant not in variants:
                raise BadScenario(f"{path.name}: a story of {names or told.variant!r}")
        return found


def party(entry: dict[str, Any]) -> Party:
    """Read a `[[party]]`."""
    steps = tuple(step(one) for one in entry.pop("steps"))
    if len(steps) > MOST_STEPS:
        raise BadScenario(f"{entry['name']} has more than {MOST_STEPS} steps")
    for one in steps:
        if one.condition and not CONDITION.fullmatch(one.condition):
            raise BadScenario(f"a condition nobody understands: {one.condition}")
    return Party(steps=steps, **entry)


def step(entry: dict[str, str]) -> Step:
    """Read one step: `sql` or `cache`, and what else `Step` has."""
    store = "cache" if "cache" in entry else "database"
    text = entry.pop("cache" if store == "cache" else "sql")
    label = entry.pop("label", text)
    return Step(text, label, store, condition=entry.pop("if", ""), **entry)


def story(entry: dict[str, Any]) -> Story:
    """Read a `[[story]]`."""
    steps = tuple(map(tuple, entry.pop("steps")))
    return Story(entry.pop("variant", ""), steps, **entry)
