"""How a record becomes text and the same record again: the only truth of an archive, in memory and in SQL alike.

An article is its text and a head (everything else of it); an analysis is a body that refers to the article. All go
through `sayso.record`, so that what a database gives back is what a line of `sayso code` would.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from sayso.model import (
    Analysis,
    Article,
    Change,
    ChangeKind,
    Copy,
    CopyKind,
    EventType,
    Harm,
    Incident,
    Links,
    Origin,
    Reason,
    Span,
    Story,
    TollEstimate,
    TollStep,
    Turn,
    content_id,
)
from sayso.record import SCHEMA, from_json, to_json

Json = dict[str, Any]
_PARTS = ("actors", "places", "times", "claims", "events", "tolls", "labels", "observations")


class Packed(NamedTuple):
    """An article and what it tells, as three texts; `body` None: kept without an analysis."""

    text: str
    head: str
    body: str | None


def dumps(value: object) -> str:
    """Compact JSON that people can read, escaped only where UTF-8 has no way to write it."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return line if plain(line) == line else json.dumps(value, separators=(",", ":"))


def plain(text: str) -> str:
    """The text with halves of surrogate pairs (odd file names have them) spelt out, since UTF-8 cannot hold them."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


# --------------------------------------------------------------------------- articles and analyses


def pack(analysis: Analysis, coded: bool = True) -> Packed:
    """An analysis as text; `coded` False packs the article alone."""
    line = to_json(analysis)
    head = line.pop("article")
    text = head.pop("text")
    dateline = head["dateline"]
    line["dateline_place"] = dateline.pop("place") if dateline else None
    return Packed(text, dumps(head), dumps(line) if coded else None)


def unpack(packed: Packed) -> Analysis:
    """The analysis as it was put; an empty one for an article kept without."""
    head: Json = json.loads(packed.head)
    body: Json = json.loads(packed.body) if packed.body else {"schema": SCHEMA, **{part: [] for part in _PARTS}}
    place = body.pop("dateline_place", None)
    if head["dateline"] is not None:
        head["dateline"]["place"] = place
    return from_json({**body, "article": {**head, "text": packed.text}}, about=f"article {head['id']}")


def unpack_article(text: str, head: str) -> Article:
    """The article alone, without reading its analysis."""
    return unpack(Packed(text, head, None)).article


def same_article(old: Packed | None, new: Packed) -> bool:
    """Whether an analysis of the very same article is there: it outranks the article alone, whichever came first."""
    return old is not None and old.body is not None and (old.text, old.head) == (new.text, new.head)


# --------------------------------------------------------------------------- links


def pack_links(links: Links) -> list[tuple[str, str, str]]:
    """(kind, id, JSON) of every link record; the first of those with one id."""
    found: dict[tuple[str, str], str] = {}
    for copy in links.copies:
        found.setdefault(("copy", copy_id(copy.article, copy.of)), dumps(asdict(copy)))
    kinds: tuple[tuple[str, Sequence[Origin | Incident | Story]], ...] = (
        ("incident", links.incidents),
        ("origin", links.origins),
        ("story", links.stories),
    )
    for kind, records in kinds:
        for each in records:
            found.setdefault((kind, each.id), dumps(asdict(each)))
    return [(kind, id, line) for (kind, id), line in found.items()]


def copy_id(article: str, of: str) -> str:
    """A copy has no id of its own: it is its two articles."""
    return content_id("copy", article, of)


def unpack_links(packed: Iterable[tuple[str, str]]) -> Links:
    """The links of (kind, JSON) pairs: copies in order of their articles, the others of their ids."""
    found: dict[str, list[Json]] = {"copy": [], "incident": [], "origin": [], "story": []}
    for kind, line in packed:
        found[kind].append(json.loads(line))
    for kind in ("incident", "origin", "story"):
        found[kind].sort(key=lambda record: str(record["id"]))
    return Links(
        copies=tuple(sorted(map(_copy, found["copy"]), key=lambda copy: (copy.article, copy.of))),
        origins=tuple(map(_origin, found["origin"])),
        incidents=tuple(map(_incident, found["incident"])),
        stories=tuple(map(_story, found["story"])),
    )


def _reasons(given: Sequence[Mapping[str, Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(**reason) for reason in given)


def _copy(given: Json) -> Copy:
    evidence = tuple((Span(**copied), Span(**original)) for copied, original in given["evidence"])
    changed = {
        "kind": CopyKind(given["kind"]),
        "evidence": evidence,
        "reasons": _reasons(given["reasons"]),
        "changes": tuple(map(_change, given.get("changes", ()))),  # older archives have none
    }
    return Copy(**{**given, **changed})


def _change(given: Json) -> Change:
    spans = {side: Span(**given[side]) if given[side] else None for side in ("before", "after")}
    return Change(**{**given, **spans, "kind": ChangeKind(given["kind"])})


def _origin(given: Json) -> Origin:
    return Origin(**{**given, "articles": tuple(given["articles"]), "reasons": _reasons(given["reasons"])})


def _incident(given: Json) -> Incident:
    lists = {name: tuple(given[name]) for name in ("events", "articles", "origins")}
    tolls = tuple(map(_estimate, given["tolls"]))
    changed = {"type": EventType(given["type"]), "tolls": tolls, "reasons": _reasons(given["reasons"])}
    return Incident(**{**given, **lists, **changed})


def _estimate(given: Json) -> TollEstimate:
    lists = {name: tuple(given.get(name, ())) for name in ("basis", "dissent", "withdrawn", "superseded", "origins")}
    pairs = tuple((wrong, right) for wrong, right in given.get("corrected", ()))
    steps = tuple(map(_step, given.get("steps", ())))
    reasons = _reasons(given.get("reasons", ()))
    more = {"harm": Harm(given["harm"]), "corrected": pairs, "steps": steps, "reasons": reasons}
    return TollEstimate(**{**given, **lists, **more})


def _step(given: Json) -> TollStep:
    lists = {name: tuple(given[name]) for name in ("tolls", "origins")}
    return TollStep(**{**given, **lists, "kind": Turn(given["kind"])})


def _story(given: Json) -> Story:
    return Story(**{**given, "incidents": tuple(given["incidents"]), "articles": tuple(given["articles"])})
