"""A page with nothing but the playground's runtime, and programs that are run in it."""

import textwrap
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

PROGRAM = "program.py"
PATIENCE = 60.0  # seconds: a machine with two busy cores


@dataclass(frozen=True)
class Site:
    """Where the bare page is served, and the paths that were asked for there."""

    origin: str
    page: str
    asked: list[str]


@dataclass(frozen=True)
class Outcome:
    """How a program ended, and what it printed."""

    state: str
    error: dict[str, Any] | None
    chunks: list[tuple[str, str]] = field(default_factory=list)
    waited: bool = False

    @property
    def printed(self) -> str:
        """All that was printed, in the order in which it came."""
        return "".join(text for _, text in self.chunks)

    @property
    def lines(self) -> list[str]:
        return self.printed.splitlines()

    def on(self, stream: str) -> str:
        return "".join(text for name, text in self.chunks if name == stream)

    @property
    def mistake(self) -> dict[str, Any]:
        assert self.error is not None, f"{self.state}: {self.printed[-2000:]}"
        return self.error

    @property
    def done(self) -> str:
        """What was printed; the program must have ended well."""
        assert self.state == "done", f"{self.state}: {self.error}\n{self.printed[-2000:]}"
        return self.printed


@dataclass(frozen=True)
class Tab:
    """The runtime of one page."""

    page: Page

    def start(
        self,
        text: str,
        *needs: str,
        files: dict[str, str] | None = None,
        keep: bool = False,
        language: str = "python",
    ) -> int:
        """Start a program; return its number."""
        program = {
            "language": language,
            "path": PROGRAM,
            "files": {PROGRAM: textwrap.dedent(text), **(files or {})},
            "needs": list(needs),
            "keep": keep,
        }
        return int(self.page.evaluate("program => start(program)", program))

    def outcome(self, number: int, seconds: float = PATIENCE) -> Outcome:
        """Wait until a program has ended."""
        told = self.page.evaluate(
            "([number, time]) => outcome(number, time)", [number, seconds * 1000]
        )
        return Outcome(
            told["state"], told["error"], [(a, b) for a, b in told["chunks"]], told["waited"]
        )

    def run(self, text: str, *needs: str, seconds: float = PATIENCE, **more: Any) -> Outcome:
        """Run a program to its end."""
        return self.outcome(self.start(text, *needs, **more), seconds)

    def wait_for(self, number: int, text: str) -> None:
        """Wait until a program has printed `text`."""
        late = "new Promise((_, reject) => setTimeout(reject, time, new Error('not printed')))"
        self.page.evaluate(
            f"([number, text, time]) => Promise.race([printedBy(number, text), {late}])",
            [number, text, PATIENCE * 1000],
        )

    def stop(self) -> None:
        self.page.evaluate("runtime.stop()")

    def reset(self) -> None:
        self.page.evaluate("runtime.reset()")

    def psql(self, text: str) -> str:
        return str(self.page.evaluate("text => runtime.psql(text)", text))

    def valkey(self, line: str) -> str:
        return str(self.page.evaluate("line => runtime.valkey(line)", line))
