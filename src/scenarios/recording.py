"""Recordings: what was seen when a scenario was played, as files that figures load."""

import asyncio
import json
from pathlib import Path
from typing import Any

from local_servers import Addresses, scratch, versions
from scenarios.exploring import explore, merged
from scenarios.player import playing
from scenarios.scenario import Party, Scenario

FOLDER = Path("docs/assets/figures/recordings")
SCENARIOS = Path(__file__).parent


def scenarios() -> list[Path]:
    """Return the files of all scenarios."""
    return sorted(SCENARIOS.glob("*/*.toml"))


def place(root: Path, path: Path, variant: str) -> Path:
    """Return where the recording of one variant stands."""
    name = "-".join([path.stem, *variant.split()])
    return root / FOLDER / path.parent.name / f"{name}.json"


def record(path: Path, variant: str, addresses: Addresses) -> dict[str, Any]:
    """Play every order of a scenario's steps and return what a figure needs.

    Args:
        path: the scenario's file.
        variant: one of its variants.
        addresses: of servers that are running.
    """
    scenario = Scenario.read(path)
    server = versions(addresses)

    async def states() -> list[dict[str, Any]]:
        async with playing(scenario, variant, empty) as player:
            return merged(await explore(player))

    with scratch(addresses) as empty:
        return {
            "title": scenario.title,
            "rule": scenario.rule,
            "broken": scenario.broken,
            "variant": variant,
            "servers": {name: version.split(".")[0] for name, version in server.items()},
            "story": [name for name, _ in scenario.stories[0].steps],
            "parties": {party.name: told(party) for party in scenario.parties},
            "states": asyncio.run(states()),
        }


def told(party: Party) -> list[dict[str, str]]:
    """Return what a figure shows of a party's steps."""
    return [{"text": step.text, "label": step.label, "hold": step.hold} for step in party.steps]


def tell(path: Path, addresses: Addresses) -> list[str]:
    """Play a scenario's stories and return the differences from what they expect."""
    scenario = Scenario.read(path)

    async def wrong() -> list[str]:
        found = []
        for story in scenario.stories:
            async with playing(scenario, story.variant, empty) as player:
                found += [
                    f"{path.name}, {story.variant}: {one}" for one in await player.tell(story)
                ]
        return found

    with scratch(addresses) as empty:
        return asyncio.run(wrong())


def written(recording: dict[str, Any]) -> str:
    """Return the text of a recording's file: one state to a line."""
    head = {key: value for key, value in recording.items() if key != "states"}
    states = ",\n".join(compact(state) for state in recording["states"])
    return f'{compact(head)[:-1]},"states":[\n{states}\n]}}\n'


def compact(value: object) -> str:
    """Return JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
