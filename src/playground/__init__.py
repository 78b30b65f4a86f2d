"""The playground: CPython, PostgreSQL and Valkey in the reader's tab, and what builds them.

`python -m playground` writes `docs/assets/playground/`. The folders: `page/` is what the reader
sees, `runtime/` joins the workers, `database/` is PostgreSQL and Valkey, `tab/` is Python that
runs inside the tab.
"""
