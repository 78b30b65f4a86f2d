"""What a page offers its reader beside text and listings: quick checks, the glossary's words.

- `checks` reads the quick checks of a page from its Markdown and finds their faults,
- `extension` turns them into HTML when the site is built.
"""
