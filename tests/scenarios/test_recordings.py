"""The recordings that figures show: played again, the same comes out, order for order."""

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from local_servers import Addresses
from scenarios import crash, exploring, keeping, ladder, lanes, plans, recording, stream, workers
from scenarios.scenario import BadScenario, Scenario

pytestmark = pytest.mark.timeout(180)
FILES = recording.scenarios()
RECORDED = [(path, variant) for path in FILES for variant in Scenario.read(path).variants]
LIMIT = 25_000  # bytes, even before they are compressed


def recorded(root: Path, path: Path, variant: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(recording.place(root, path, variant).read_text("utf-8"))
    return found


@pytest.mark.parametrize(("path", "variant"), RECORDED, ids=lambda one: getattr(one, "stem", one))
def test_every_order_gives_what_was_recorded(
    root: Path, servers: Addresses, path: Path, variant: str
) -> None:
    seen = recording.record(path, variant, servers)
    before = recorded(root, path, variant)
    del seen["servers"], before["servers"]
    assert seen == before, "if this is right, run make update"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_stories_come_out_as_told(servers: Addresses, path: Path) -> None:
    assert recording.tell(path, servers) == []


def test_a_story_told_wrongly_is_reported(servers: Addresses, tmp_path: Path) -> None:
    (path,) = (path for path in FILES if path.stem == "dirty_read")
    wrong = tmp_path / path.name
    wrong.write_text(path.read_text("utf-8").replace('["report", "100"]', '["report", "999"]', 1))
    (difference,) = recording.tell(wrong, servers)
    assert "expected [('report', '999')], seen [('report', '100')]" in difference


def test_no_recording_is_left_over_or_large(root: Path) -> None:
    places = {recording.place(root, path, variant) for path, variant in RECORDED}
    assert places <= set((root / recording.FOLDER).glob("*/*.json"))
    folders = {path.parent.name for path in FILES}
    found = {one for name in folders for one in (root / recording.FOLDER / name).glob("*")}
    assert found == places
    assert all(place.stat().st_size < LIMIT for place in places)


def test_all_orders_of_four_and_four_steps_that_never_wait_are_seventy(root: Path) -> None:
    (path,) = (path for path in FILES if path.stem == "write_skew")
    graph = recorded(root, path, "repeatable read")
    assert exploring.orders(graph["states"]) == 70


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('if = "seen >= 80"', 'if = "seen > 80"'),
        ('{ sql = "BEGIN" },', '{ sql = "BEGIN" }, { sql = "SELECT 1" },'),
        ('["laptop", "100"]', '["tablet", "100"]'),
        ("rule = ", "rules = "),
        ('variant = "read committed"', 'variant = "chaos"'),
    ],
)
def test_a_scenario_with_a_mistake_is_refused(tmp_path: Path, old: str, new: str) -> None:
    (path,) = (path for path in FILES if path.stem == "overdraft")
    text = path.read_text("utf-8")
    assert old in text
    (tmp_path / path.name).write_text(text.replace(old, new, 1))
    with pytest.raises(BadScenario, match=r"overdraft\.toml"):
        Scenario.read(tmp_path / path.name)


def same_facts(root: Path, one: Any, new: object) -> Any:
    """Compare what was recorded now with what stands there; return the facts of both."""
    facts = one.facts(keeping.read(root, one.PLACE))
    assert one.facts(new) == facts, "if this is right, run make update"
    return facts


def test_the_event_loop_gives_what_was_recorded(root: Path) -> None:
    facts = same_facts(root, lanes, lanes.record())
    assert facts["Python, blocks"] == {
        "turns": {"ada": 9, "grace": 9, "health check": 9, "report": 2},
        "served during the report": False,
    }


def test_the_planner_chooses_as_it_was_recorded(root: Path, servers: Addresses) -> None:
    facts = same_facts(root, plans, plans.record(servers))
    assert [uses_index for _, uses_index, _, _ in facts] == [True] * 6 + [False] * 2


def test_a_read_is_not_a_send(root: Path) -> None:
    facts = same_facts(root, stream, stream.record())
    assert facts["late"] == {"writes": ["pay 30", "pay 5"], "reads": ["pay 30pay 5"]}
    assert facts["long"]["reads"]["several"]


def test_only_processes_compute_at_once_and_all_wait_at_once(root: Path) -> None:
    facts = same_facts(root, workers, workers.record())
    assert list(facts["computes"].values()) == ["at once", "in turns", "one after the other"]
    assert set(facts["waits"].values()) == {"at once"}


def test_answered_payments_are_lost_only_if_commit_does_not_wait(root: Path) -> None:
    facts = same_facts(root, crash, crash.record())
    assert facts["before"]["some missing"]
    assert not facts["after"]["some missing"]


def test_a_recording_is_kept_while_its_facts_hold(tmp_path: Path) -> None:
    place = Path("folder", "one.json")
    assert keeping.keep(tmp_path, place, [1, 2], len).endswith("written")
    assert keeping.keep(tmp_path, place, [3, 4], len).endswith("as it was")
    assert keeping.read(tmp_path, place) == [1, 2]
    keeping.keep(tmp_path, place, [3], len)
    assert keeping.read(tmp_path, place) == [3]


def test_the_ladder_stands_in_the_order_of_what_is_measured(root: Path) -> None:
    recorded = keeping.read(root, ladder.PLACE)
    times = {rung["name"]: rung["nanoseconds"] for rung in recorded["rungs"]}
    assert list(times.values()) == sorted(times.values())
    assert (root / ladder.STILL).read_text("utf-8") == ladder.still(recorded)
    bench = runpy.run_path(str(root / "tests" / "benchmarks" / "latency.py"))
    assert 10 * bench["lock_and_unlock"]() < bench["loopback"]()
    assert 10 * times["a lock, taken and given back"] < times["a round trip on one machine"]
    page = bench["PAGE"].read_text("utf-8")
    for row, name in ladder.RUNGS.items():
        if name in times:  # measured, and not taken from the list of 2012
            assert re.search(rf"\| {row} .*\| {bench['shown'](times[name])} \|", page), row
