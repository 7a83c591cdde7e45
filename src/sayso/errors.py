"""What can go wrong, as one tree.

SaysoError
├── InputError       a file, line or URL that cannot be used at all
├── ConfigError      a setting that makes no sense
├── ModelMissing     a pipeline, table or gazetteer that is not installed
└── StoreError       the archive cannot be opened, read or written

Bad input inside a run is a `Rejected` record, not an exception; these are for what stops a command.
Each names what it is about and the way out.
"""

from __future__ import annotations


class SaysoError(Exception):
    """Base of everything sayso raises on purpose; `about` is the file, URL, setting or table concerned."""

    def __init__(self, message: str, *, about: str | None = None, way_out: str | None = None) -> None:
        self.about = about
        self.way_out = way_out
        super().__init__(": ".join(part for part in (about, message) if part) + (f" ({way_out})" if way_out else ""))


class InputError(SaysoError):
    """A source the user named cannot be read at all."""


class ConfigError(SaysoError):
    """A setting, variable or flag has a value that makes no sense."""


class ModelMissing(SaysoError):
    """A language pipeline, data table or gazetteer is not there."""


class StoreError(SaysoError):
    """The archive cannot be opened, read or written."""
