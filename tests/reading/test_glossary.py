"""The glossary's words: one source, first use, and nowhere but in prose."""

from pathlib import Path

import pytest

from reading.glossary import AMBIGUOUS, ENTRY, Term, explained, terms

LEASE = Term("Lease", "service/cache.md", 'A right that "ends".')
LAW = Term("N+1", "databases/sql.md", "One query more.")
PROBLEM = Term("N+1 problem", "databases/sql.md", "One query more for each.")
WORDS = (LEASE, LAW, PROBLEM)
MARKED = '<abbr title="A right that &quot;ends&quot;." tabindex="0">'


@pytest.fixture(scope="module")
def glossary(root: Path) -> str:
    return (root / "docs" / "chapter1" / "glossary.md").read_text("utf-8")


def test_every_entry_of_the_glossary_is_a_term_or_named_as_ambiguous(glossary: str) -> None:
    entries = {entry["term"] for entry in ENTRY.finditer(glossary)}
    assert len(entries) == glossary.count("\n[") > 80
    assert entries >= AMBIGUOUS
    left_out = {name for name in entries if "(" in name} | AMBIGUOUS
    assert {term.name for term in terms(glossary, "chapter1")} == entries - left_out


def test_a_term_knows_the_page_that_explains_it(glossary: str, root: Path) -> None:
    for term in terms(glossary, "chapter1"):
        assert (root / "docs" / term.page).is_file(), term
        assert not {"`", "*"} & set(term.means), term


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>A lease, and a lease.</p>", f"<p>A {MARKED}lease</abbr>, and a lease.</p>"),
        ("<p>Leases end.</p>", f"<p>{MARKED}Leases</abbr> end.</p>"),
        ("<p>Released, lease-like.</p>", None),
        ("<p><code>lease</code> <a href='x'>lease</a></p><h2>Lease</h2>", None),
        ("<pre><span>lease</span></pre><svg><text>lease</text></svg>", None),
        ('<div class="admonition check"><p>x</p><div>lease</div></div>', None),
        ("<details><summary>lease</summary></details>", None),
        (
            '<div class="check"><br /><img src="x" /><p>a</p></div><p>lease</p>',
            f'<div class="check"><br /><img src="x" /><p>a</p></div><p>{MARKED}lease</abbr></p>',
        ),
    ],
)
def test_a_first_use_in_prose_is_marked(html: str, wanted: str | None) -> None:
    assert explained(html, "other.md", WORDS) == (wanted or html)


def test_the_longer_term_wins() -> None:
    html = explained("<p>The N+1 problem.</p>", "other.md", WORDS)
    assert ">N+1 problem</abbr>" in html
    assert PROBLEM.means in html


def test_the_page_that_explains_a_term_does_not_mark_it() -> None:
    html = "<p>A lease, N+1.</p>"
    assert "lease</abbr>" not in explained(html, LEASE.page, WORDS)
    assert "N+1</abbr>" in explained(html, LEASE.page, WORDS)
