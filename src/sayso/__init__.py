"""sayso: every event in the news, and on whose say-so.

`sayso.open("sayso.db")` is a `Project`, an archive to add to and ask; it answers with a `Table` of records, or with
those of `sayso.model`. Names load when they are first used, so that `import sayso` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "sayso.api": ("Asked", "Project", "Summary", "analyse_sources", "open"),
    "sayso.config": ("Config", "load_config"),
    "sayso.errors": ("ConfigError", "InputError", "ModelMissing", "SaysoError", "StoreError"),
    "sayso.model": (
        "Actor", "Analysis", "Article", "Cause", "Claim", "Copy", "Dateline", "Event", "Incident", "Judgement", "Label",
        "Link", "Links", "Origin", "Place", "Reason", "Rejected", "Run", "Span", "Story", "Time", "Toll",
        "TollEstimate",
    ),
    "sayso.record": ("from_json", "to_json"),
    "sayso.record_schema": ("schema",),
    "sayso.table": ("Table",),
}  # fmt: skip
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = ["__version__", *sorted(_HOME_OF)]


def __getattr__(name: str) -> Any:
    """A public name, from the module it lives in."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
