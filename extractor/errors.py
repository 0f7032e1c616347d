"""Errors that a user can do something about: one base, each kind with its exit code."""


class ItemoneError(Exception):
    """What every documented failure descends from; the message is one line that says what is wrong and what to do."""

    exit_code = 3


class UsageError(ItemoneError):
    """An option or argument that cannot be used as given."""

    exit_code = 2


class InputError(ItemoneError):
    """A file that cannot be read or used, or an output that cannot be written."""

    exit_code = 3


class ModelError(ItemoneError):
    """A language model or its server that gave nothing usable: unreachable, refusing, or answering in another shape."""

    exit_code = 4


class RunStoppedError(ModelError):
    """What ends a run of many filings: no other would fare better, as where the key is refused."""


class RunLimitError(RunStoppedError):
    """The next request would take more tokens than the user allows the run; those under way may still be answered."""


class NetworkError(ItemoneError):
    """EDGAR cannot be reached, refuses, or does not have what was asked for."""

    exit_code = 4
