"""Reads what the text says about each toponym: its name, the word for its kind, the state named after it, its site.

A toponym here still has every candidate of the gazetteer; `places` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.knowledge import rows
from sayso.model import Level, Mention, Parsed, Span, Use
from sayso.ports import Candidate, Gazetteer
from sayso.resolve.overlooked import Named, find_overlooked, is_empty, is_famous, person_words
from sayso.resolve.uses import names_of_else, use_of
from sayso.text import fold

PARTED = 20_000  # people; parts of smaller towns are rarely told
KEPT = 25  # candidates that are weighed, the most populous; and those that the words around name

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
_STREET = re.compile(r"\b(?:street|road|avenue|boulevard|lane|drive|square|park|bridge|highway)$", re.IGNORECASE)
_INSIDE = re.compile(r"(?:\s+(?:in|of|near|outside|at)\s+(?:the\s+)?|\s*,\s*(?:in\s+)?|\s*\()")
_COMMA = re.compile(r"\s*(?:,|\()\s*")
_SHORT = re.compile(r"(?:[A-Z]\.\s?){2,3}|[A-Z]\.?\s?[A-Z]?[A-Za-z]{1,4}\.|[A-Z]{2,3}\b")
_COMPOUND_BEFORE = re.compile(r"(?<!\w)[A-Z]\w+-$")
_COMPOUND_AFTER = re.compile(r"-[A-Z]\w+")
_TAIL = re.compile(r"(?:\s+[a-z]+)+$")  # "Aceh province"
_BESIDE = re.compile(
    r"(?:\b(?:near|nearby|outside|close\s+to|adjacent\s+to|bordering|(?:on|in|at)?\s*the\s+(?:outskirts|edge|vicinity"
    r"|border|suburbs|approaches)\s+(?:of|with|to)|(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)?\s+of"
    r"|(?:k(?:ilo)?m(?:et(?:er|re)s?)?|miles?)\s+(?:away\s+)?(?:from|off|outside)|(?:road|highway|way)\s+(?:to|towards?)"
    r"|off\s+the\s+coast\s+of|off))\s+(?:the\s+)?(?:(?:city|town|village|port|capital)\s+of\s+)?$",
    re.IGNORECASE,
)
_RELATION = re.compile(
    r"\b(?:the\s+)?(?:outskirts|edge|vicinity|entrance|gates?|foot|centre|center|middle|heart|surroundings|suburbs)"
    r"\s+(?:of|to)\s+(?:the\s+)?$"
)
_IN = re.compile(r"\b[Ii]n\s+$")
_BEFORE_PART = re.compile(_PART.pattern + "$", re.IGNORECASE)
_WAY = re.compile(r"\s+(?:road|highway|motorway|railway|line|axis|border|front|corridor)\b")


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
    use: Use = Use.LOCATION
    beside: str = ""  # the words that say that only its surroundings are meant: "north of"


def find_toponyms(parsed: Parsed, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> list[Toponym]:
    """The place mentions in order, one a span, with candidates and context."""
    text = parsed.article.text
    names = _names_of(parsed, mentions, gazetteer)
    order = sorted(names.values(), key=lambda named: (named.span.start, -named.span.end))
    persons = person_words(parsed)
    spans = [named.span for named in order]
    placed = {text[s.start : s.end] for s in spans if _IN.search(text, max(0, s.start - 8), s.start)}
    found = []
    for number, named in enumerate(order):
        following = order[number + 1].span if number + 1 < len(order) else None
        span, name = named.span, text[named.span.start : named.span.end]
        if named.use is Use.DEMONYM:
            homeland = gazetteer.homeland(name)
            found.append(Toponym(span, name, fold(homeland.name), (homeland,), use=named.use)) if homeland else None
        elif name in persons and name not in placed and not is_famous(name, gazetteer) and named.use is Use.LOCATION:
            found.append(Toponym(span, name, "", ()))
        else:
            toponym = _read(text, span, named.label, following, gazetteer)
            part = toponym.part or _BEFORE_PART.search(text, max(0, span.start - 20), span.start) is not None
            found.append(replace(toponym, use=named.use, part=part, beside=toponym.beside or _beside(text, span)))
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


def _names_of(parsed: Parsed, mentions: tuple[Mention, ...], gazetteer: Gazetteer) -> Mapping[Span, Named]:
    """The names that the article's mentions of places are, cut to the name proper, and those overlooked."""
    text = parsed.article.text
    found = {}
    for mention in mentions:
        if mention.kind == "place" and mention.span.end <= len(text):
            span = _cut_name(text, mention.span, gazetteer)
            name = text[span.start : span.end]
            if not _names_people(name, gazetteer):
                found[span] = Named(span, mention.label)
    overlooked = find_overlooked(parsed, list(found), gazetteer)
    names = found | {named.span: named for named in overlooked}
    others = names_of_else(text, names, gazetteer)
    return {
        span: replace(named, use=use_of(parsed, named, gazetteer))
        for span, named in names.items()
        if span not in others
    }


def _cut_name(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    """A name without the common nouns after it ("Aceh province"), and with the point of its abbreviation."""
    name = text[span.start : span.end]
    tail = _TAIL.search(name)
    if tail is not None and gazetteer.candidates(name[: tail.start()]):
        return Span(span.article, span.start, span.start + tail.start())
    whole = _COMPOUND_BEFORE.search(text, max(0, span.start - 20), span.start)
    start = span.start if whole is None else whole.start()
    rest = _COMPOUND_AFTER.match(text, span.end)
    end = span.end if rest is None else rest.end()
    if (start, end) != (span.start, span.end) and any(gazetteer.candidates(text[start:end])):
        return Span(span.article, start, end)  # "Guinea-Bissau", of which the parser made two
    if text[span.end : span.end + 1] == "." and f"{name}." in short_forms():
        return Span(span.article, span.start, span.end + 1)
    return span


def _beside(text: str, span: Span) -> str:
    """The words before a name that say "near it": "10 km north of", "on the outskirts of"."""
    found = _BESIDE.search(text, max(0, span.start - 60), span.start)
    return " ".join(found.group().split()) if found is not None else ""


def _read(text: str, span: Span, label: str, following: Span | None, gazetteer: Gazetteer) -> Toponym:
    """One mention with all that its surroundings tell."""
    name = " ".join(text[span.start : span.end].split())
    kind = _kind(text, span, name)
    options = () if is_empty(name) or _is_acronym(name) else gazetteer.candidates(name)
    facility = label == "FAC" or (FACILITY.search(name) is not None and not _is_town(name, label, options))
    if facility:
        options = tuple(
            c for c in options if fold(c.name) == fold(name) and (not FACILITY.search(name) or c.level is Level.SITE)
        )
    if options:
        qualifiers = tuple(_qualifiers(text, span, following, gazetteer))
        return Toponym(span, name, fold(name), _cut(options, qualifiers), qualifiers, kind)
    host = following if following is not None and _lies_in(text, span, following, facility) else None
    if facility and host is not None:
        related = _RELATION.search(text, max(0, span.start - 40), span.start)
        phrase = " ".join(text[related.start() if related else span.start : span.end].split()).removeprefix("the ")
        return Toponym(span, phrase, fold(name), (), site_of=host, kind=Level.SITE)
    ends = [half for half in re.split(r"\s?[-–—]\s?", name) if gazetteer.candidates(half)]
    if len(ends) == 2 and _WAY.match(text, span.end):
        options = _cut(gazetteer.candidates(ends[0]), ())
        return Toponym(span, ends[0], fold(ends[0]), options, beside=f"between {ends[0]} and {ends[1]}")
    rest = _inner_name(name, facility, gazetteer)
    if rest is not None:
        part = not facility
        level = None if part else Level.SITE
        return Toponym(span, rest, fold(rest), _cut(gazetteer.candidates(rest), ()), kind=level, part=part)
    return Toponym(span, name, fold(name), (), site_of=host, kind=kind or (Level.SITE if facility else None))


def _is_acronym(name: str) -> bool:
    """Whether a short word has a capital inside: "MoD" is not the town of Mod."""
    return len(name) <= 4 and not name.isupper() and any(letter.isupper() for letter in name[1:])


def _is_town(name: str, label: str, options: tuple[Candidate, ...]) -> bool:
    """Whether a name with a word such as "Port" or "Park" is itself that of a town: "Port Said"."""
    return label == "GPE" and any(fold(c.name) == fold(name) and c.level is not Level.SITE for c in options)


def _kind(text: str, span: Span, name: str) -> Level | None:
    """The level that a word says: in the name, right after it, or "city of" before it."""
    last = name.rpartition(" ")[2].lower()
    if last in _KINDS and last != "city":
        return _KINDS[last]
    after = _KIND_AFTER.match(text, span.end)
    before = _KIND_BEFORE.search(text, max(0, span.start - 24), span.start)
    word = after or before
    return _KINDS[word.group(1).lower()] if word is not None else None


def _lies_in(text: str, span: Span, following: Span, facility: bool) -> bool:
    """Whether "in", "of" or a comma alone stands between two toponyms; not "H5N1 in Turkey", "Envoy of Armenia"."""
    if following.start < span.end or _INSIDE.fullmatch(text, span.end, following.start) is None:
        return False
    odd = any(map(str.isdigit, text[span.start : span.end])) or " of " in text[span.end : following.start]
    return facility or not odd


def _inner_name(name: str, facility: bool, gazetteer: Gazetteer) -> str | None:
    """The known name inside an unknown one: "northern Mali", "Manila Cathedral", "Almaty Region"."""
    part = _PART.match(name)
    if part is not None and _is_sizable(name[part.end() :], gazetteer):
        return name[part.end() :]
    words = name.split()
    if len(words) > 1 and words[-1].lower() in _KINDS and gazetteer.candidates(" ".join(words[:-1])):
        return " ".join(words[:-1])
    for length in range(len(words) - 1, 0, -1) if facility and not _STREET.search(name) else ():
        head = " ".join(words[:length])
        known = gazetteer.candidates(head) if not is_empty(head) and not FACILITY.search(head) else ()
        if known and known[0].population >= 100_000 and fold(known[0].name) == fold(head):
            return head
    return None


def _is_sizable(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a name is that of a town or land of which parts are told: "northern Mali", not the "West" of Wing."""
    return any(c.level is not Level.CITY or c.population >= PARTED for c in gazetteer.candidates(name)[:5])


def _qualifiers(text: str, span: Span, following: Span | None, gazetteer: Gazetteer) -> Iterator[Candidate]:
    """The state, province or country after a comma or in brackets: "Springfield, Ill.", "Hagåtña (Guam)"."""
    comma = _COMMA.match(text, span.end)
    if comma is None:
        return
    if following is not None and following.start == comma.end() and not _is_list(text, span, following, gazetteer):
        yield from _wide(gazetteer.candidates(text[following.start : following.end]))
    short = _SHORT.match(text, comma.end())
    if short is not None:
        iso3, name = short_forms().get(short.group().replace(" ", ""), ("", ""))
        yield from (c for c in _wide(gazetteer.candidates(name)) if c.country == iso3)


def _is_list(text: str, span: Span, following: Span, gazetteer: Gazetteer) -> bool:
    """Whether two names of one level stand side by side: "Benin, Mali and Niger" is no town of Benin in Mali."""
    first = {c.level for c in gazetteer.candidates(text[span.start : span.end])[:2]}
    second = {c.level for c in gazetteer.candidates(text[following.start : following.end])[:1]}
    return bool(first & second & {Level.COUNTRY, Level.PROVINCE}) and text[following.end : following.end + 1] != ")"


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
