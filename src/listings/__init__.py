"""Listings: the pieces of code that a page shows and that have just been run.

A *listing* is a file of a chapter package (`src/chapter1/…`). A *section* of it stands between
two marker comments and is what a page shows. This package knows

- what a listing is and what it needs (`listing`, `requirements`, `outputs`),
- where pages include one, read from the Markdown (`pages`) and, independently, from the built
  HTML (`site`),
- how to run one plainly and record what it prints (`running`, `records`),
- how a page marks one as runnable (`extension`), what the finished site tells of them
  (`manifest`) and what it allows (`policy`).
"""
