"""What MkDocs calls for each page: the glossary's words and the reading time go into its HTML."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from reading import glossary, times

GLOSSARY = "chapter1/glossary.md"
WITH_WORDS = ("chapter1/", "running/")
TO_LOOK_UP = {GLOSSARY, "chapter1/summary.md", "chapter1/exercises.md", "chapter1/next.md"}


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Return the article's HTML with what a reader is given along."""
    name = page.file.src_uri
    if name.startswith(WITH_WORDS) and name != GLOSSARY:
        text = (Path(config.docs_dir) / GLOSSARY).read_text("utf-8")
        words = glossary.terms(text, "chapter1")
        html = glossary.explained(html, name, words)
        if name not in TO_LOOK_UP:
            html = times.stated(html)
    return html
