"""Tellings as JSON and back, as far as comparing them needs: what a neighbour is known by without its analysis.

A telling that comes back so has its events, but no evidence and no reasons: it can be compared, not written down.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sayso.link.tellings import Telling
from sayso.model import Event, EventType, Level, Place, Span, Status

PARTS = 100  # that weights are counted in


def pack_tellings(tellings: Sequence[Telling]) -> str:
    """One line of JSON."""
    return json.dumps([_packed(telling) for telling in tellings], separators=(",", ":"))


def unpack_tellings(line: str, article: str, published: int | None) -> tuple[Telling, ...]:
    """The tellings of an article, comparable with others."""
    return tuple(_unpacked(packed, article, published) for packed in json.loads(line))


def _packed(telling: Telling) -> list[Any]:
    place = telling.place
    return [
        telling.id,
        sorted(telling.types),
        sorted(telling.modes),
        [place.name, place.lat, place.lon, place.country, place.geonameid, place.level] if place else None,
        telling.filed,
        telling.weak_country,
        telling.days,
        [list(telling.who), [round(weight * PARTS) for weight in telling.who.values()]],
        [" ".join(telling.words), [round(weight * PARTS) for weight in telling.words.values()]],
        sorted(telling.tolls),
        telling.main,
        telling.total,
        sorted(telling.keys),
    ]


def _unpacked(packed: Sequence[Any], article: str, published: int | None) -> Telling:
    id, types, modes, place, filed, country, days, who, words, tolls, main, total, keys = packed
    trigger = Span(article, 0, 1)
    kinds = frozenset(map(EventType, types))
    return Telling(
        events=(Event(id, min(kinds), None, (), (), (), None, None, Status.OCCURRED, trigger, ()),),
        types=kinds,
        modes=frozenset(modes),
        article=article,
        origin="",
        place=_place(place, trigger) if place else None,
        filed=filed,
        weak_country=country,
        days=tuple(days) if days else None,
        published=published,
        time=None,
        who=dict(zip(who[0], (weight / PARTS for weight in who[1]), strict=True)),
        words=dict(zip(words[0].split(), (weight / PARTS for weight in words[1]), strict=True)),
        acts=frozenset(),
        tolls=frozenset((harm, count) for harm, count in tolls),
        evidence=(),
        main=main,
        total=total,
        keys=frozenset(tuple(key) for key in keys),
    )


def _place(packed: Sequence[Any], span: Span) -> Place:
    name, lat, lon, country, geonameid, level = packed
    return Place("", name, lat, lon, country, geonameid, Level(level) if level else None, span)
