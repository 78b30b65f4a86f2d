"""One event loop and a report that takes long: the same program in Python and in JavaScript."""
