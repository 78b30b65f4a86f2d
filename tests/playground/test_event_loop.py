"""asyncio in the tab is asyncio: the same programs print the same there and under this Python."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.playground.support import Tab

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

PROGRAMS = sorted((Path(__file__).parent / "event_loop").glob("*.py"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.stem)
def test_a_program_prints_the_same_in_both_worlds(tab: Tab, program: Path) -> None:
    native = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    in_the_tab = tab.run(program.read_text("utf-8"))
    assert in_the_tab.done.splitlines() == native.stdout.splitlines()
    assert in_the_tab.on("stderr") == native.stderr == ""
