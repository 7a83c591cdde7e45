"""Reads what the text says about each toponym: its name, the word for its kind, the state named after it, its site.

A toponym here still has every candidate of the gazetteer; `places` chooses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sayso.knowledge import rows
from sayso.model import Level, Mention, Parsed, Span
from sayso.ports import Candidate, Gazetteer
from sayso.text import fold

KEPT = 25  # candidates that are weighed, the most populous; and those that the words around name

FAMOUS = {Level.PROVINCE: 700_000, Level.CITY: 400_000}  # people; below, a lone name is too often a surname
TOWN = 20_000  # people; enough after "to" or "from"
_PREPOSITIONS = frozenset("in at to from near outside around across towards toward".split())
_KINDS = {
    "province": Level.PROVINCE, "region": Level.PROVINCE, "oblast": Level.PROVINCE, "state": Level.PROVINCE,
    "governorate": Level.PROVINCE, "prefecture": Level.PROVINCE, "republic": Level.COUNTRY, "county": Level.DISTRICT,
    "district": Level.DISTRICT, "township": Level.CITY, "city": Level.CITY, "town": Level.CITY, "village": Level.CITY,
}  # fmt: skip
_KIND_AFTER = re.compile(rf"\s+({'|'.join(_KINDS)})\b", re.IGNORECASE)
_KIND_BEFORE = re.compile(rf"\b({'|'.join(_KINDS)})\s+of\s+(?:the\s+)?$", re.IGNORECASE)
_PART = re.compile(
    r"(?:(?:north|south|east|west|central|northeast|northwest|southeast|southwest)(?:ern)?"
    r"|north-eastern|north-western|south-eastern|south-western|upper|lower|greater|downtown|mainland|outer|inner)[ -]+",
    re.IGNORECASE,
)
FACILITY = re.compile(
    r"\b(?:street|road|avenue|boulevard|lane|drive|square|park|bridge|hospital|church|cathedral|mosque|temple|airport"
    r"|university|college|school|stadium|building|hall|house|highway|route|interstate|station|museum|hotel|palace|prison"
    r"|embassy|mall|market|center|centre|court|courthouse|arena|theatre|theater|base|port|camp|tower|gate|cemetery)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?:\s+(?:in|of|near|outside|at)\s+(?:the\s+)?|\s*,\s*(?:in\s+)?|\s*\()")
_COMMA = re.compile(r"\s*(?:,|\()\s*")
_SHORT = re.compile(r"(?:[A-Z]\.\s?){2,3}|[A-Z][A-Za-z]{1,4}\.|[A-Z]{2,3}\b")
# What a town or country has its name put before: the name is a place there too ("Almaty Police Department").
_INSTITUTIONS = frozenset(
    "police city county council department sheriff court hospital school schools university college airport "
    "mayor government parliament ministry fire district board senate legislature supreme national state high".split()
)
# Names that stand for any place of the kind: a direction or a word for a part of the world.
_EMPTY = frozenset(
    "north south east west northern southern eastern western central center centre the state city town country capital "
    "downtown main street river lake park island bay valley mountain county union republic".split()
)


@dataclass(frozen=True, slots=True)
class Toponym:
    """A mention of a place with what its name may stand for and what the words around it say."""

    span: Span
    name: str  # as written, without what the gazetteer does not know of
    key: str  # folded: toponyms with one key have one sense in an article
    options: tuple[Candidate, ...]
    qualifiers: tuple[Candidate, ...] = ()  # the state or country named right after it
    kind: Level | None = None  # what a word beside it says it is
    site_of: Span | None = None  # the toponym that it lies in, where it is a site that no gazetteer knows
    part: bool = False  # "northern Mali": located with Mali
    hidden: bool = False  # the dateline of the metadata: counts as context, has no characters


def find_toponyms(parsed: Parsed, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> list[Toponym]:
    """The place mentions in order, one a span, with candidates and context."""
    spans = {mention.span: mention.label for mention in mentions if mention.kind == "place"}
    spans |= dict.fromkeys(missed_names(parsed, list(spans), gazetteer), "GPE")
    text = parsed.article.text
    order = sorted((span for span in spans if span.end <= len(text)), key=lambda span: (span.start, -span.end))
    persons = person_words(parsed)
    found = []
    for number, span in enumerate(order):
        following = order[number + 1] if number + 1 < len(order) else None
        name = text[span.start : span.end]
        if _names_people(name, gazetteer):
            continue
        if name in persons and not _famous(name, gazetteer):
            found.append(Toponym(span, name, "", ()))
            continue
        found.append(_read(text, span, spans[span], following, gazetteer))
    dateline = parsed.article.dateline
    if dateline is not None and dateline.place and dateline.span is None:
        options = gazetteer.candidates(dateline.place)[:KEPT]
        found.append(Toponym(Span(parsed.article.id, 0, 1), dateline.place, fold(dateline.place), options, hidden=True))
    return found


def _names_people(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is a people's or a language's ("Kazakh"), though some town bears it in another tongue."""
    if gazetteer.country(name) is None or gazetteer.capital_of(name) is not None:
        return False
    found = gazetteer.candidates(name)
    return bool(found) and not any(c.level is Level.COUNTRY or fold(c.name) == fold(name) for c in found)


def missed_names(parsed: Parsed, found: list[Span], gazetteer: Gazetteer) -> Iterator[Span]:
    """Whole runs of proper nouns that the parser took for something else, but that surely name a place."""
    taken = [False] * len(parsed)
    for span in found:
        token = parsed.token_at(span.start)
        while token is not None and token < len(parsed) and parsed.start[token] < span.end:
            taken[token] = True
            token += 1
    persons = person_words(parsed)
    known = {fold(parsed.article.text[span.start : span.end]) for span in found}
    for first, last in _proper_runs(parsed):
        for end in _ends(parsed, first, last):
            span = parsed.span(first, end)
            name = parsed.article.text[span.start : span.end]
            sure = fold(name) in known or _after_preposition(parsed, first, name, gazetteer)
            sure = sure or (parsed.text[first] not in persons and _famous(name, gazetteer))
            if sure and not any(taken[first : end + 1]):
                yield span
                break


def _ends(parsed: Parsed, first: int, last: int) -> Iterator[int]:
    """Where a place name may end in a run of proper nouns: with it, or before "Police", "City Council"."""
    yield last
    for token in range(first + 1, last + 1):
        if parsed.text[token].lower() in _INSTITUTIONS:
            yield token - 1
            return


def person_words(parsed: Parsed) -> frozenset[str]:
    """The words of persons' names of two words and more: a lone "Jordan" may be one of them."""
    named = (range(first, last) for first, last, label in parsed.entities() if label == "PERSON" and last - first > 1)
    return frozenset(parsed.text[token] for tokens in named for token in tokens)


def _proper_runs(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """First and last token of each maximal run of capitalised proper nouns, six at most."""
    first = 0
    for first_of_sentence, end in parsed.sents:
        first = first_of_sentence
        while first < end:
            last = first
            while last < end and parsed.pos[last] == "PROPN" and parsed.text[last][:1].isupper():
                last += 1
            if 0 < last - first <= 6:
                yield first, last - 1
            first = max(last, first + 1)


def _famous(name: str, gazetteer: Gazetteer) -> bool:
    """A country, a large province, a capital or a city of a million, by its main name or a country's code."""
    if _empty(name):
        return False
    if sum(letter.isalpha() for letter in name) < 2:
        return False
    return gazetteer.capital_of(name) is not None or any(
        _known(c, name, gazetteer) for c in gazetteer.candidates(name)[:5]
    )


def _known(candidate: Candidate, name: str, gazetteer: Gazetteer) -> bool:
    if candidate.level is Level.COUNTRY:
        return gazetteer.country(name) == candidate.country
    large = candidate.population >= FAMOUS.get(candidate.level, math.inf)
    return large and fold(candidate.name) == fold(name)


def _after_preposition(parsed: Parsed, first: int, name: str, gazetteer: Gazetteer) -> bool:
    """A town of some size right after "to" or "from" that bears no other label: "spread to Zhanaozen"."""
    if first == 0 or parsed.ent[first] or parsed.text[first - 1].lower() not in _PREPOSITIONS:
        return False
    towns = (c for c in gazetteer.candidates(name)[:5] if c.level is Level.CITY and c.population >= TOWN)
    return not _empty(name) and any(fold(c.name) == fold(name) for c in towns)


def _read(text: str, span: Span, label: str, following: Span | None, gazetteer: Gazetteer) -> Toponym:
    """One mention with all that its surroundings tell."""
    name = " ".join(text[span.start : span.end].split())
    kind = _kind(text, span, name)
    facility = label == "FAC" or FACILITY.search(name) is not None
    options = () if _empty(name) else gazetteer.candidates(name)
    if facility:
        options = tuple(
            c for c in options if fold(c.name) == fold(name) and (not FACILITY.search(name) or c.level is Level.SITE)
        )
    if options:
        qualifiers = tuple(_qualifiers(text, span, following, gazetteer))
        return Toponym(span, name, fold(name), _cut(options, qualifiers), qualifiers, kind)
    host = following if following is not None and _lies_in(text, span, following) else None
    if facility and host is not None:
        return Toponym(span, name, fold(name), (), site_of=host, kind=Level.SITE)
    rest = _inner_name(name, facility, gazetteer)
    if rest is not None:
        part = not facility
        level = None if part else Level.SITE
        return Toponym(span, rest, fold(rest), _cut(gazetteer.candidates(rest), ()), kind=level, part=part)
    return Toponym(span, name, fold(name), (), site_of=host, kind=kind or (Level.SITE if facility else None))


def _empty(name: str) -> bool:
    return fold(name).removeprefix("the ") in _EMPTY


def _kind(text: str, span: Span, name: str) -> Level | None:
    """The level that a word says: in the name, right after it, or "city of" before it."""
    last = name.rpartition(" ")[2].lower()
    if last in _KINDS and last != "city":
        return _KINDS[last]
    after = _KIND_AFTER.match(text, span.end)
    before = _KIND_BEFORE.search(text, max(0, span.start - 24), span.start)
    word = after or before
    return _KINDS[word.group(1).lower()] if word is not None else None


def _lies_in(text: str, span: Span, following: Span) -> bool:
    """Whether "in", "of" or a comma alone stands between two toponyms."""
    return following.start >= span.end and _INSIDE.fullmatch(text, span.end, following.start) is not None


def _inner_name(name: str, facility: bool, gazetteer: Gazetteer) -> str | None:
    """The known name inside an unknown one: "northern Mali", "Manila Cathedral", "Almaty Region"."""
    part = _PART.match(name)
    if part is not None and gazetteer.candidates(name[part.end() :]):
        return name[part.end() :]
    words = name.split()
    if len(words) > 1 and words[-1].lower() in _KINDS and gazetteer.candidates(" ".join(words[:-1])):
        return " ".join(words[:-1])
    for length in range(len(words) - 1, 0, -1) if facility else ():
        head = " ".join(words[:length])
        known = gazetteer.candidates(head) if not _empty(head) and not FACILITY.search(head) else ()
        if known and known[0].population >= 100_000 and fold(known[0].name) == fold(head):
            return head
    return None


def _qualifiers(text: str, span: Span, following: Span | None, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The state, province or country after a comma or in brackets: "Springfield, Ill.", "Hagåtña (Guam)"."""
    comma = _COMMA.match(text, span.end)
    if comma is None:
        return
    if following is not None and following.start == comma.end():
        yield from _wide(gazetteer.candidates(text[following.start : following.end]))
    short = _SHORT.match(text, comma.end())
    if short is not None:
        iso3, name = short_forms().get(short.group().replace(" ", ""), ("", ""))
        yield from (c for c in _wide(gazetteer.candidates(name)) if c.country == iso3)


def _wide(candidates: tuple[Candidate, ...]) -> list[Candidate]:
    return [c for c in candidates if c.level in (Level.PROVINCE, Level.COUNTRY, Level.DISTRICT)][:4]


@lru_cache(maxsize=1)
def short_forms() -> dict[str, tuple[str, str]]:
    """Postal codes and press abbreviations of states: to country and name."""
    found: dict[str, tuple[str, str]] = {}
    for iso3, name, postal, press in rows("divisions.tsv"):
        for form in (postal, press):
            if form:
                found[form] = (iso3, name)
    return found


def lies_within(inner: Candidate, outer: Candidate) -> bool:
    """Whether a candidate belongs to a country, province or district by the gazetteer's own records."""
    if inner.country != outer.country or inner == outer:
        return False
    if outer.level is Level.COUNTRY:
        return inner.level is not Level.COUNTRY
    return inner.admin1 == (outer.name if outer.level is Level.PROVINCE else outer.admin1) and inner.admin1 is not None


def _cut(options: tuple[Candidate, ...], qualifiers: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates worth weighing: the most populous and those that a qualifier names."""
    rest = (c for c in options[KEPT:] if any(lies_within(c, q) for q in qualifiers))
    return (*options[:KEPT], *rest)
