"""What the name of a place does in its sentence: tell where, stand for those who act, or be part of another name.

Only a location may become the place of an event. "Moscow said" tells who; "Bank of Ghana" tells which bank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from sayso.knowledge import table
from sayso.model import Level, Parsed, Span, Use
from sayso.ports import Gazetteer
from sayso.resolve.overlooked import Named, is_famous

_ILLNESS = re.compile(r"\s+(?:ha?emorrhagic\s+)?(?:virus|ebolavirus|[Ff]lu|influenza|fever|disease|syndrome)\b")
_STATES = frozenset("be have see face suffer remain become lie lack border need know fall burn erupt witness".split())
_OF_PLACES = frozenset(
    "city town village province state republic district county region governorate island port coast battle siege fall "
    "capital streets outskirts north south east west people kingdom emirate commonwealth union".split()
)


@cache
def agency_names() -> frozenset[str]:
    """What news agencies are called: "Xinhua" is a town as well."""
    return frozenset(name for row in table("agencies.toml")["agency"] for name in (row["name"], *row["aliases"]))


def names_of_else(text: str, spans: Iterable[Span], gazetteer: Gazetteer) -> frozenset[Span]:
    """Names of places that illnesses and news agencies bear: "West Nile virus", and then "West Nile" alone."""
    spans = list(spans)
    ills = {text[span.start : span.end] for span in spans if _ILLNESS.match(text, span.end)}
    ills = {name for name in ills if not is_famous(name, gazetteer)}
    return frozenset(
        span for span in spans if text[span.start : span.end] in ills | agency_names() or _ILLNESS.match(text, span.end)
    )


def use_of(parsed: Parsed, named: Named, gazetteer: Gazetteer) -> Use:
    """What a name does: stand for those who act ("Moscow said"), end a name ("Bank of Ghana"), or tell where."""
    token = parsed.token_at(named.span.start)
    if named.use is not Use.LOCATION or token is None or _files(parsed, named.span):
        return named.use
    last = parsed.token_at(named.span.end - 1)
    if _completes_name(parsed, token):
        return Use.NAME
    name = parsed.article.quote(named.span)
    states = gazetteer.country(name) is not None or gazetteer.capital_of(name) is not None
    wide = states or any(c.level in (Level.PROVINCE, Level.REGION) for c in gazetteer.candidates(name)[:1])
    return Use.METONYM if wide and _acts(parsed, token if last is None else last) else Use.LOCATION


def _files(parsed: Parsed, span: Span) -> bool:
    """Whether it says where the report was filed: the parse of a dateline tells nothing."""
    filed = parsed.article.dateline.span if parsed.article.dateline else None
    return filed is not None and span.start < filed[1] and filed[0] < span.end


def _completes_name(parsed: Parsed, token: int) -> bool:
    """Whether a name of something else ends in it: "University of Texas", not "City of Oxford" or "Battle of Mosul"."""
    before = token - 1
    if before > 0 and parsed.text[before].lower() == "the":
        before -= 1
    if before < 1 or parsed.text[before] != "of" or parsed.pos[before - 1] != "PROPN":
        return False
    return parsed.text[before - 1].lower() not in _OF_PLACES


def _acts(parsed: Parsed, head: int) -> bool:
    """Whether it is the subject of a deed, or after "by": "Moscow said", "backed by Iran"; not "Syria has seen war"."""
    for _ in range(6):
        if parsed.dep[head] not in ("conj", "appos"):
            break
        head = parsed.head[head]
    verb = parsed.head[head]
    if parsed.dep[head] == "pobj":
        return parsed.dep[verb] == "agent"
    return parsed.dep[head] == "nsubj" and parsed.lemma[verb] not in _STATES and parsed.pos[verb] == "VERB"
