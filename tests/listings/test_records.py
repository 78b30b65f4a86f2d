"""Records hold what was printed and when; the timing alone never rewrites one."""

import json
from collections.abc import Callable
from pathlib import Path

from listings import records, verified
from listings.listing import Listing
from listings.running import Run

Make = Callable[[str, str], Listing]


def test_a_record_is_rewritten_only_when_the_lines_differ(listing: Make) -> None:
    one = listing("part/one.py", "")
    records.write(one, Run(["é", "b"], [0.1, 0.2]))
    path = one.source / "chapter9" / "records" / "part" / "one.json"
    assert json.loads(path.read_text("utf-8")) == [[0.1, "é"], [0.2, "b"]]
    records.write(one, Run(["é", "b"], [0.3, 0.4]))
    assert json.loads(path.read_text("utf-8"))[0][0] == 0.1
    records.write(one, Run(["c"], [0.3]))
    assert records.printed(one) == ["c"]


def test_a_record_whose_listing_is_gone_is_found(listing: Make, tmp_path: Path) -> None:
    one = listing("gone.py", "")
    records.write(one, Run(["a"], [0.1]))
    assert records.orphans(tmp_path) == []
    one.path.unlink()
    (problem,) = records.orphans(tmp_path)
    assert problem.place == "src/chapter9/records/gone.json"


def test_a_verification_lapses_when_listing_or_lock_changes(listing: Make, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1")
    one = listing("one.py", "import asyncpg")
    assert [problem.place for problem in verified.problems(tmp_path)] == ["src/chapter9/one.py"]
    verified.write(tmp_path, one, {"postgresql": "18.6", "valkey": "9"})
    assert verified.problems(tmp_path) == []
    assert (verified.verified_on(tmp_path, one) or {})["postgresql"] == "18.6"
    assert "valkey" not in (verified.verified_on(tmp_path, one) or {})
    lock.write_text("a==2")
    assert verified.verified_on(tmp_path, one) is None
