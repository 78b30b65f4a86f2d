"""The typeface of the site: Source Sans and Source Code, cut down to what the pages need.

The fonts come from npm by a lock file. What is written is not committed; a page loads the upright
ones, and the italic only where it has a word in italics.
"""
