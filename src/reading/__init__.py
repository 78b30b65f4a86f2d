"""What a page offers its reader beside text and listings.

- `checks` reads the quick checks of a page from its Markdown, `faults` says what is wrong with
  them, `extension` turns them into HTML,
- `glossary` marks the glossary's words on the other pages, `times` says how long a page takes;
  `hooks` lets MkDocs call both.
"""
