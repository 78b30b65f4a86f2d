"""What can go wrong with the servers."""


class CannotStart(RuntimeError):
    """A server cannot be started; the message holds its last log lines and what to do."""


class NoEmptyDatabase(RuntimeError):
    """All logical databases of the Valkey hold data, or are taken by another scratch."""
