"""What a page carries about a listing: enough to run it, once a page, and harmless as HTML."""

import ast
import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from markdown import Markdown

from listings import embedded, records, sources
from listings.listing import Listing, find_listings
from listings.names import imported
from listings.requirements import runs
from listings.running import Run

Make = Callable[[str, str], Listing]
TWO_SECTIONS = (
    "# --8<-- [start:first]\nprint(1)\n# --8<-- [end:first]\n"
    "# --8<-- [start:second]\n\nif True:\n    # --8<-- [start:inner]\n    print(2)\n"
    "    # --8<-- [end:inner]\n    print(3)\n\n# --8<-- [end:second]\n"
)


class Scripts(HTMLParser):
    """Collects the data scripts of a page, as a browser would find them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inside = False
        self.found: list[dict[str, Any]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and ("class", "listing-data") in attrs

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found.append(json.loads(data))
            self.inside = False


def rendered(source: Path, *includes: str) -> str:
    """Return the HTML of a page that includes sections of listings below `source`."""
    extensions = ["attr_list", "listings.extension", "pymdownx.snippets", "pymdownx.superfences"]
    settings: dict[str, dict[str, Any]] = {
        "listings.extension": {"source": str(source)},
        "pymdownx.snippets": {"base_path": [str(source)], "dedent_subsections": True},
    }
    page = "\n\n".join(f'```python\n--8<-- "{include}"\n```' for include in includes)
    return Markdown(extensions=extensions, extension_configs=settings).convert(page)


def test_a_module_is_embedded_once_a_page(listing: Make) -> None:
    source = listing("two.py", TWO_SECTIONS).source
    listing("other.py", "# --8<-- [start:x]\nprint(4)\n# --8<-- [end:x]\n")
    includes = ["chapter9/two.py:first", "chapter9/two.py:second", "chapter9/other.py:x"]
    found = Scripts(rendered(source, *includes)).found
    assert [one["module"] for one in found] == ["chapter9.two", "chapter9.other"]


def test_each_page_carries_its_own(listing: Make) -> None:
    source = listing("two.py", TWO_SECTIONS).source
    for _ in range(2):
        assert len(Scripts(rendered(source, "chapter9/two.py:first")).found) == 1


def test_sections_are_lines_without_markers_and_blank_ends(listing: Make) -> None:
    sections = embedded.data(listing("two.py", TWO_SECTIONS))["sections"]
    assert sections == {"first": [(2, 2)], "second": [(6, 6), (8, 8), (10, 10)], "inner": [(8, 8)]}


def test_what_it_imports_of_ours_comes_with_it(listing: Make) -> None:
    listing("shop/__init__.py", "")
    listing("shop/store.py", "from chapter9.shop import prices\n")
    listing("shop/prices.py", "PRICE = 1\n")
    listing("shop/tables/1.sql", "SELECT 1;\n")
    listing("unrelated.py", "")
    one = listing("one.py", "from chapter9.shop.store import prices\n")
    assert set(embedded.files(one)) == {
        "chapter9/one.py",
        "chapter9/shop/__init__.py",
        "chapter9/shop/prices.py",
        "chapter9/shop/store.py",
        "chapter9/shop/tables/1.sql",
    }


def test_a_recorded_listing_carries_its_own_file_only(listing: Make) -> None:
    listing("helper.py", "")
    one = listing("one.py", "import threading\nfrom chapter9.helper import start\n")
    assert list(embedded.files(one)) == ["chapter9/one.py"]


def test_the_record_comes_with_its_timing(listing: Make) -> None:
    one = listing("one.py", "print(1)\n")
    assert embedded.data(one)["record"] is None
    records.write(one, Run(["1"], [0.5]))
    assert embedded.data(one)["record"] == [[0.5, "1"]]


def test_what_has_not_been_verified_is_not_called_verified(listing: Make) -> None:
    assert embedded.data(listing("one.py", "print(1)\n"))["verified"] is None


@pytest.mark.parametrize(
    "text", ["</script><b>", "<!-- <script>", "</SCRIPT >", "&amp; 'é' \u2028"]
)
def test_no_code_ends_the_script_early(listing: Make, text: str) -> None:
    one = listing("one.py", f"# {text}\n")
    after = embedded.script(one) + "<p>after</p>"
    (found,) = Scripts(after).found
    assert found["files"]["chapter9/one.py"] == f"# {text}\n"
    assert embedded.script(one).count("</") == 1
    assert "<!" not in embedded.script(one)


def test_what_neither_runs_nor_replays_carries_nothing(listing: Make) -> None:
    source = listing("a.sh", "# --8<-- [start:x]\nls\n# --8<-- [end:x]\n").source
    html = rendered(source, "chapter9/a.sh:x")
    assert 'data-runs="no"' in html
    assert Scripts(html).found == []


def test_every_listing_of_the_book_carries_all_that_it_imports_of_ours(root: Path) -> None:
    for one in find_listings(root):
        carried = embedded.files(one) if runs(one).where == "tab" else {}
        for path, text in carried.items():
            for name in imported(ast.parse(text)) if path.endswith(".py") else ():
                file = f"{name.replace('.', '/')}.py"
                assert file in carried or not (root / "src" / file).exists(), f"{path}: {name}"


def test_the_user_service_carries_its_migrations(root: Path) -> None:
    paths = embedded.program(Listing(root / "src/user_service/app.py", root / "src"))
    assert root / "src/user_service/migrations/0001_users.sql" in paths


def test_the_finished_site_keeps_imports_beside_its_pages(listing: Make, tmp_path: Path) -> None:
    source = listing("helper.py", "PRICE = '</script>'\n").source
    listing(
        "one.py",
        "# --8<-- [start:x]\nfrom chapter9.helper import PRICE\n\nprint(PRICE)\n# --8<-- [end:x]\n",
    )
    (tmp_path / "built" / "assets").mkdir(parents=True)
    page = tmp_path / "built" / "page.html"
    page.write_text(rendered(source, "chapter9/one.py:x"), "utf-8")
    sources.move_out(tmp_path / "built")
    (found,) = Scripts(page.read_text("utf-8")).found
    assert list(found["files"]) == ["chapter9/one.py"]
    assert found["imports"]["paths"] == ["chapter9/helper.py"]
    beside = tmp_path / "built" / "assets" / found["imports"]["from"]
    assert json.loads(beside.read_text("utf-8")) == {"chapter9/helper.py": "PRICE = '</script>'\n"}
