"""Finds the place names that the parser took for something else, or left inside a longer name.

"Kiev said" (a person), "the Kenya Medical Union" (an organisation), "Suba, Migori and Homa Bay" (persons, in a list
with a town), "Chechen fighters" (an adjective of origin). What is found has a use, so that only locations become the
places of events.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sayso.model import Level, Parsed, Span, Use
from sayso.ports import Candidate, Gazetteer
from sayso.resolve.spelling import spelt_alike
from sayso.text import fold

FAMOUS = {Level.PROVINCE: 700_000, Level.CITY: 400_000}  # people; below, a lone name is too often a surname
TOWN = 20_000  # people; enough after "to" or "from"
_AFTER = frozenset("in at to from near outside around across towards toward of for between off".split())
_UPON = frozenset(
    "attack shell bomb bombard leave enter reach capture recapture seize storm besiege raid hit strike liberate retake "
    "flee visit occupy surround encircle pound overrun control hold defend evacuate target".split()
)  # verbs that are done to towns
_LINKS = frozenset([",", "and", "or", "&", ";"])
_NOT_NAMES = frozenset("DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL LANGUAGE".split())
# What a town, province or country has its name put before: "Almaty Police Department", "Ohio House".
_INSTITUTIONS = frozenset(
    "police city county council department sheriff court hospital school schools college airport mayor government "
    "parliament ministry fire district board senate legislature supreme national state high coroner detention chamber "
    "commissioner commissioners circuit community army navy embassy census".split()
)
# What names its own site rather than what belongs to the town; and what a newspaper or a weapon is called.
_SITES = frozenset(
    "university street road avenue ave drive lane boulevard highway bridge park square zoo gallery stadium hotel "
    "castle palace island river lake bay mountain creek school academy college club fc united times daily".split()
)
# Names that stand for any place of the kind: a direction or a word for a part of the world.
_EMPTY = frozenset(
    "north south east west northern southern eastern western central center centre the state city town country capital "
    "downtown main street river lake park island bay valley mountain county union republic region province".split()
)

_DIRECTIONS = frozenset(
    f"{side}{end}"
    for side in "north south east west northeast northwest southeast southwest".split()
    for end in ("", "ern")
) | {"central"}
_NO_NAMES = _EMPTY | _INSTITUTIONS | _SITES

Lands = frozenset[str | None]  # countries of the places that the article surely names
_KINDS = frozenset("city town village district province island port region governorate oblast prefecture state".split())
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer autumn fall winter easter christmas ramadan eid".split()
)
Taken = list[bool]  # by token: whether a name found before has it


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch that names a place, with the parser's label and what the name does there."""

    span: Span
    label: str
    use: Use = Use.LOCATION


@dataclass(frozen=True, slots=True)
class Scene:
    """What the finders look at: an article, the names found in it, and what its words are."""

    parsed: Parsed
    gazetteer: Gazetteer
    known: frozenset[str]  # folded names of places found before
    lands: Lands
    persons: frozenset[str]
    runs: tuple[tuple[int, int], ...]  # of capitalised proper nouns


def find_overlooked(parsed: Parsed, found: list[Span], gazetteer: Gazetteer) -> list[Named]:
    """All place names besides those `found`, none overlapping."""
    taken = taken_tokens(parsed, found)
    names: list[Named] = []
    known = {fold(parsed.article.text[span.start : span.end]) for span in found}
    known = {name for name in known if gazetteer.candidates(name) and not is_empty(name)}
    lands = frozenset(gazetteer.candidates(name)[0].country for name in known)
    scene = Scene(parsed, gazetteer, frozenset(known), lands, person_words(parsed), tuple(proper_runs(parsed)))
    for find in FINDERS:
        for first, last, use in find(replace(scene, known=frozenset(known)), taken):
            if not any(taken[first : last + 1]):
                taken[first : last + 1] = [True] * (last + 1 - first)
                span = parsed.span(first, last)
                names.append(Named(span, "GPE", use))
                if use is Use.LOCATION:
                    known.add(fold(parsed.article.text[span.start : span.end]))
    return names


def taken_tokens(parsed: Parsed, found: list[Span]) -> Taken:
    taken = [False] * len(parsed)
    for span in found:
        token = parsed.token_at(span.start)
        while token is not None and token < len(parsed) and parsed.start[token] < span.end:
            taken[token] = True
            token += 1
    return taken


def person_words(parsed: Parsed) -> frozenset[str]:
    """The words of persons' names of two words and more: a lone "Jordan" may be one of them."""
    named = (range(first, last) for first, last, label in parsed.entities() if label == "PERSON" and last - first > 1)
    return frozenset(parsed.text[token] for tokens in named for token in tokens)


def is_empty(name: str) -> bool:
    """Whether a name is a bare direction or word for a kind: "North", "the University"."""
    return fold(name).removeprefix("the ") in _NO_NAMES


# --------------------------------------------------------------------------- finders

_Found = Iterator[tuple[int, int, Use]]
_Finder = Callable[[Scene, Taken], _Found]


def whole_names(scene: Scene, taken: Taken) -> _Found:
    """Runs of proper nouns that are a place's name as a whole, or up to "Police", "City Council"."""
    parsed, gazetteer = scene.parsed, scene.gazetteer
    for first, last in scene.runs:
        for end in _ends(parsed, first, last):
            name = _text(parsed, first, end)
            sure = fold(name) in scene.known or _after_preposition(scene, first, end)
            sure = sure or _is_object(scene, first, end)
            sure = sure or _beside_kind(parsed, first, end, gazetteer)
            sure = sure or _is_part_of(parsed, first, end, gazetteer) or _is_land(parsed, first, end, gazetteer)
            if sure or (parsed.text[first] not in scene.persons and is_famous(name, gazetteer)):
                yield first, end, Use.LOCATION if end == last else Use.NAME
                break


def parts_of_names(scene: Scene, taken: Taken) -> _Found:
    """The country, county or place named elsewhere that begins or ends the name of an organisation."""
    parsed, gazetteer = scene.parsed, scene.gazetteer
    for first, last in scene.runs:
        if last == first or parsed.text[first] in scene.persons or parsed.ent[first] in ("PERSON", *_NOT_NAMES):
            continue
        for end in range(min(last - 1, first + 2), first - 1, -1):
            name = _text(parsed, first, end)
            following = parsed.text[end + 1].lower()
            if following not in _SITES and _opens_name(scene, first, end, name, following):
                yield first, end, Use.NAME
                break
        else:
            name = parsed.text[last]
            state = gazetteer.country(name) and any(c.level is Level.COUNTRY for c in gazetteer.candidates(name)[:3])
            if (fold(name) in scene.known or state) and parsed.ent[last] == "ORG":
                yield last, last, Use.NAME


def listed_names(scene: Scene, taken: Taken) -> _Found:
    """Names in a list with a place: "Suba, Migori and Homa Bay"; those found so join the list themselves."""
    parsed, gazetteer = scene.parsed, scene.gazetteer
    runs = [(a, b) for a, b in scene.runs if not any(taken[a : b + 1]) and parsed.ent[a] not in _NOT_NAMES]
    joined = list(taken)
    for first, last in [*runs, *reversed(runs)]:
        if joined[first] or not any(_beside(parsed, token, step, joined) for token, step in ((first, -1), (last, 1))):
            continue
        name = _text(parsed, first, last)
        options = gazetteer.candidates(name)[:8]
        large = any(c.population >= TOWN and spelt_alike(c.name, name) for c in options)
        if not is_empty(name) and len(name) > 2 and (large or any(fold(c.name) == fold(name) for c in options)):
            joined[first : last + 1] = [True] * (last + 1 - first)
            yield first, last, Use.LOCATION


def adjectives(scene: Scene, taken: Taken) -> _Found:
    """Adjectives of nationality and origin, the longest first: "South Korean", "European"."""
    parsed, gazetteer = scene.parsed, scene.gazetteer
    free = 0  # the first token past the last adjective
    for token, word in enumerate(parsed.text):
        if token >= free and word[:1].isupper() and not taken[token]:
            last = next((end for end in (token + 1, token) if _is_adjective(parsed, token, end, gazetteer)), None)
            if last is not None:
                free = last + 1
                yield token, last, Use.DEMONYM


FINDERS: tuple[_Finder, ...] = (whole_names, parts_of_names, listed_names, adjectives)  # earlier ones take first


# --------------------------------------------------------------------------- what makes a name one


def proper_runs(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """First and last token of each maximal run of capitalised proper nouns, six at most."""
    for first, end in parsed.sents:
        while first < end:
            last = first
            while last < end and parsed.pos[last] == "PROPN" and parsed.text[last][:1].isupper():
                last += 1
            if 0 < last - first <= 6:
                yield first, last - 1
            first = max(last, first + 1)


def _ends(parsed: Parsed, first: int, last: int) -> Iterator[int]:
    """Where a place name may end in a run of proper nouns: with it, or before "Police", "City Council"."""
    yield last
    for token in range(first + 1, last + 1):
        if parsed.text[token].lower() in _INSTITUTIONS:
            yield token - 1
            return


def is_famous(name: str, gazetteer: Gazetteer) -> bool:
    """A country, a large province, a capital or a city of a million, by its main name or a country's code."""
    if is_empty(name) or sum(letter.isalpha() for letter in name) < 2:
        return False
    return gazetteer.capital_of(name) is not None or any(
        _known(c, name, gazetteer) for c in gazetteer.candidates(name)[:5]
    )


def _known(candidate: Candidate, name: str, gazetteer: Gazetteer) -> bool:
    if candidate.level is Level.COUNTRY:
        return gazetteer.country(name) == candidate.country
    if candidate.level is Level.REGION:
        return not name.isalpha() or name.isupper()  # "Middle East", "EU"; a lone word may be a surname
    if candidate.population < FAMOUS.get(candidate.level, math.inf):
        return False
    told = candidate.level is Level.PROVINCE and (" " in name or name.isupper())  # "Central Java", "NSW"
    return told or fold(candidate.name) == fold(name)


def _after_preposition(scene: Scene, first: int, last: int) -> bool:
    """A town of some size right after "to" or "from" that is no date and no person: "spread to Zhanaozen"."""
    parsed, gazetteer, lands = scene.parsed, scene.gazetteer, scene.lands
    if first == 0 or parsed.ent[first] in _NOT_NAMES - {"DATE"} or parsed.text[first - 1].lower() not in _AFTER:
        return False
    name = _text(parsed, first, last)
    if name.isupper() or is_empty(name) or fold(parsed.text[first]) in _CALENDAR:
        return False
    towns = [c for c in gazetteer.candidates(name)[:5] if c.level is Level.CITY and c.population >= TOWN]
    if parsed.ent[first] == "PERSON" and parsed.text[first] in scene.persons:  # "fled for Khan Younis"
        return last > first and any(_bears(c, name, lands) and c.country in lands for c in towns)
    return any(_bears(c, name, lands) for c in towns)


def _bears(candidate: Candidate, name: str, lands: Lands) -> bool:
    """Whether a place has a name for its own; in a country that the article names, also otherwise spelt."""
    return fold(candidate.name) == fold(name) or (candidate.country in lands and spelt_alike(candidate.name, name))


def _beside_kind(parsed: Parsed, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """A known name with a word for its kind: "town of Pulawy", "Puno region"."""
    before = first > 1 and parsed.text[first - 1] == "of" and parsed.text[first - 2] in _KINDS
    after = last + 1 < len(parsed) and parsed.text[last + 1] in _KINDS - {"state"}
    name = _text(parsed, first, last)
    if not (before or after) or is_empty(name) or parsed.ent[first] in _NOT_NAMES:
        return False
    options = gazetteer.candidates(name)[:5]
    wide = (Level.PROVINCE, Level.DISTRICT)
    return any(fold(c.name) == fold(name) or spelt_alike(c.name, name) or (after and c.level in wide) for c in options)


def _is_part_of(parsed: Parsed, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """A known name after a direction in small letters: "eastern Ghouta"."""
    if first == 0 or parsed.text[first - 1] not in _DIRECTIONS:
        return False
    name = _text(parsed, first, last)
    options = gazetteer.candidates(name)[:5]
    return not is_empty(name) and any(fold(c.name) == fold(name) or c.geonameid is None for c in options)


def _is_land(parsed: Parsed, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """A country or large province of two words and more, whatever the parser made of it: "Burkina Faso"."""
    name = _text(parsed, first, last)
    wide = (Level.COUNTRY, Level.PROVINCE)
    options = [c for c in gazetteer.candidates(name)[:3] if c.level in wide] if last > first else []
    return any(_known(c, name, gazetteer) for c in options) and parsed.ent[first] not in _NOT_NAMES


def _is_object(scene: Scene, first: int, last: int) -> bool:
    """A town to which something is done, in a country that the article names: "left El Fasher"."""
    parsed, gazetteer, lands = scene.parsed, scene.gazetteer, scene.lands
    if parsed.dep[last] != "dobj" or parsed.lemma[parsed.head[last]] not in _UPON or parsed.ent[last] in _NOT_NAMES:
        return False
    name = _text(parsed, first, last)
    towns = (c for c in gazetteer.candidates(name)[:3] if c.population >= TOWN and c.country in lands)
    return not is_empty(name) and any(True for _ in towns) and parsed.text[first] not in scene.persons


def _opens_name(scene: Scene, first: int, last: int, name: str, following: str) -> bool:
    """Whether the first words of a longer name are the name of a place."""
    if is_empty(name):
        return False
    if fold(name) in scene.known:
        return True
    parsed, gazetteer = scene.parsed, scene.gazetteer
    options = gazetteer.candidates(name)[:5]
    if name.endswith((" County", " Parish", " Province", " Oblast")) and options:
        return True
    if any(c.level is Level.COUNTRY and gazetteer.country(name) == c.country for c in options):
        return parsed.ent[first] == "ORG"
    main = [c for c in options if fold(c.name) == fold(name)]
    if any(c.level is Level.PROVINCE and c.population >= FAMOUS[Level.PROVINCE] for c in main):
        return parsed.ent[first] == "ORG"
    return following in _INSTITUTIONS and any(c.population >= TOWN for c in main)


def _beside(parsed: Parsed, token: int, step: int, joined: list[bool]) -> bool:
    """Whether only a comma or "and" stands between a name and one that surely is a place."""
    at = token + step
    while 0 <= at < len(parsed) and parsed.text[at].lower() in _LINKS:
        at += step
    return abs(at - token) > 1 and 0 <= at < len(parsed) and joined[at] and parsed.sent[at] == parsed.sent[token]


def _is_adjective(parsed: Parsed, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Whether a word or two tell where somebody or something is from: before a noun, and no name of persons."""
    if last >= len(parsed) or parsed.tag[last] in ("NNPS", "NNS"):
        return False
    if parsed.ent[first] in ("LANGUAGE", "PERSON") or gazetteer.homeland(_text(parsed, first, last)) is None:
        return False
    after = last + 1
    if ("-", "American") in (parsed.text[last + 1 : last + 3], parsed.text[max(0, first - 1) : last + 1]):
        return False  # "African-American"
    if after < len(parsed) and parsed.text[after] in ("-", "–"):
        return True  # "Russian-led", "Turkish-Syrian"
    return parsed.pos[last] == "ADJ" or (after < len(parsed) and parsed.pos[after] in ("NOUN", "PROPN", "ADJ"))


def _text(parsed: Parsed, first: int, last: int) -> str:
    return parsed.article.text[parsed.start[first] : parsed.end[last]]
