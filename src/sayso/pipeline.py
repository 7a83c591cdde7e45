"""The wiring: which stage runs after which. No decision about the news is made here."""

from __future__ import annotations

from sayso.extract.attribution import find_claims
from sayso.extract.events import find_events
from sayso.extract.labels import find_labels
from sayso.extract.mentions import find_mentions
from sayso.extract.times import find_times
from sayso.extract.tolls import find_tolls
from sayso.model import Analysis, Parsed
from sayso.ports import Gazetteer
from sayso.resolve.actors import resolve_actors
from sayso.resolve.bind import Drafts, bind
from sayso.resolve.places import resolve_places
from sayso.resolve.times import resolve_times


def analyse(parsed: Parsed, gazetteer: Gazetteer) -> Analysis:
    """One article's parse to its analysis: extract, resolve, bind."""
    mentions = find_mentions(parsed)
    timexes = find_times(parsed)
    events = find_events(parsed, mentions, timexes)
    drafts = Drafts(
        claims=find_claims(parsed, mentions),
        events=events,
        tolls=find_tolls(parsed),
        labels=find_labels(parsed, mentions, events),
    )
    return bind(
        parsed,
        drafts,
        resolve_actors(parsed, mentions, gazetteer),
        resolve_places(parsed, mentions, gazetteer),
        resolve_times(parsed, timexes),
    )
