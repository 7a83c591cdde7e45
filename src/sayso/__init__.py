"""sayso: every event in the news, and on whose say-so.

`Project` is an archive to add to and ask; the records it answers with are those of `sayso.model`.
"""

from __future__ import annotations

__version__ = "0.1.0"

from sayso.api import Project, Summary, analyse_sources
from sayso.config import Config, load_config
from sayso.errors import ConfigError, InputError, ModelMissing, SaysoError, StoreError
from sayso.model import (
    Actor,
    Analysis,
    Article,
    Claim,
    Copy,
    Event,
    Incident,
    Judgement,
    Label,
    Link,
    Links,
    Origin,
    Place,
    Reason,
    Rejected,
    Span,
    Story,
    Time,
    Toll,
    TollEstimate,
)
from sayso.record import from_json, to_json
from sayso.schema import schema

__all__ = [
    "Actor",
    "Analysis",
    "Article",
    "Claim",
    "Config",
    "ConfigError",
    "Copy",
    "Event",
    "Incident",
    "InputError",
    "Judgement",
    "Label",
    "Link",
    "Links",
    "ModelMissing",
    "Origin",
    "Place",
    "Project",
    "Reason",
    "Rejected",
    "SaysoError",
    "Span",
    "StoreError",
    "Story",
    "Summary",
    "Time",
    "Toll",
    "TollEstimate",
    "__version__",
    "analyse_sources",
    "from_json",
    "load_config",
    "schema",
    "to_json",
]
