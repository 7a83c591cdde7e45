"""What the words of a participant's phrase say about whom it acts for: PLOVER sectors, from `data/parties.toml`.

The head decides where its noun tells a sector ("soldiers"); where it leaves it open ("leader", "members", "base") the
words beside it do: names of known bodies, qualifiers, whoever owns it, what follows "of".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from sayso.knowledge import table
from sayso.model import Parsed
from sayso.resolve.bodies import BEYOND, Named, names_in

_COUNTS = frozenset({"both", "all", "two", "three", "warring", "rival", "opposing"})
_DEEPEST = 3  # "members of the youth wing of the party"
_ARMED = frozenset({"REB", "PRM", "CRM"})
_STATE_OFFICES = frozenset({"minister", "president", "king", "premier", "governor"})


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun says about whom its bearer acts for."""

    sector: str
    open: bool
    thing: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """The sectors of a phrase, the words that tell them, and whether they only stand for want of better ones."""

    sector: tuple[str, ...]
    words: str
    weak: bool = False


NOTHING = Telling((), "", weak=True)


# --------------------------------------------------------------------------- tables


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, Noun]:
    return {
        word: Noun(row["sector"], row.get("open", False), row.get("thing", False))
        for row in table("parties.toml")["noun"]
        for word in row["words"].split()
    }


@lru_cache(maxsize=1)
def _qualifiers() -> Mapping[str, str]:
    return {word: row["sector"] for row in table("parties.toml")["qualifier"] for word in row["words"].split()}


@lru_cache(maxsize=1)
def _overs() -> Mapping[str, tuple[Mapping[str, Any], ...]]:
    found: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for row in table("parties.toml")["over"]:
        for word in row["words"].split():
            found[word] = (*found.get(word, ()), row)
    return found


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Set phrases by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in table("parties.toml")["phrase"]:
        for phrase in row["phrases"].split("|"):
            words = tuple(phrase.replace("’", "'").replace("'s", " 's").replace("s'", "s '").split())
            found.setdefault(words[0], []).append((words, row["sector"]))
    return {word: tuple(sorted(rows, key=lambda row: -len(row[0]))) for word, rows in found.items()}


@cache
def words(name: str) -> frozenset[str]:
    """A list of words of `data/parties.toml` by name."""
    return frozenset(table("parties.toml")["words"][name].split())


@lru_cache(maxsize=16_384)
def _singular(word: str) -> str:
    """The listed noun a word is a form of, or the word."""
    endings = (("ies", "y"), ("es", ""), ("s", ""), ("men", "man"), ("women", "woman"))
    forms = [word, *(word.removesuffix(end) + single for end, single in endings if word.endswith(end))]
    return next((form for form in forms if form in _nouns()), word)


def noun_key(parsed: Parsed, token: int) -> str:
    """The singular under which a noun is listed, joined with what a hyphen ties to it where that is listed."""
    text, lemma = parsed.text[token].lower(), parsed.lemma[token].lower()
    if token > 1 and parsed.text[token - 1] == "-" and parsed.end[token - 1] == parsed.start[token]:
        joined = _singular(f"{parsed.text[token - 2].lower()}-{text}")
        if joined in _nouns():
            return joined
    return _key(text, lemma)


@lru_cache(maxsize=16_384)
def _key(text: str, lemma: str) -> str:
    key = _singular(text)
    return key if key in _nouns() else _singular(lemma)


def noun_at(parsed: Parsed, token: int) -> Noun | None:
    """What the noun at a token tells, or None where it is no word for a participant."""
    if parsed.pos[token] not in ("NOUN", "PROPN", "ADJ", "VERB", "NUM", "PRON") or _speaks_to(parsed, token):
        return None
    return _nouns().get(noun_key(parsed, token))


def _speaks_to(parsed: Parsed, token: int) -> bool:
    """Whether "press" is whom somebody speaks to, not whom he works for: "press secretary", "press service"."""
    pressing = parsed.text[token].lower() == "press" and token + 1 < len(parsed)
    return pressing and noun_key(parsed, token + 1) in words("to_press")


def qualifier(word: str) -> str | None:
    """The sector that a word before an open noun tells."""
    return _qualifiers().get(word)


# --------------------------------------------------------------------------- reading a phrase


def sector_of(parsed: Parsed, first: int, head: int, last: int, depth: int = 0) -> Telling:
    """What a phrase tells, by its tokens: `first` to `last`, both inclusive."""
    names = list(names_in(parsed, range(first, last + 1)))
    own = next((name for name in names if name.holds(head) and not name.body.is_people), None)
    if own is not None:
        return Telling(own.body.sector, own.words, weak=not own.body.sector and own.body.country not in BEYOND)
    if parsed.pos[head] == "NOUN" and _is_thing(parsed, head):
        return Telling((), parsed.text[head])
    noun = noun_at(parsed, head)
    over = _overruled(parsed, first, head, noun)
    if over is not None:
        return over
    phrase = _set_phrase(parsed, first, head, last, noun)
    named = next((name for name in names if not name.body.is_people), None)
    if phrase is not None:
        return phrase
    if named is not None and (told := _through_body(parsed, head, noun, named)) is not None:
        return told
    if noun is not None and not noun.open:
        return Telling((noun.sector,), parsed.text[head])
    if depth < _DEEPEST and (told := _told_beside(parsed, first, head, depth)) is not None:
        return told
    if noun is None or not noun.sector or (noun_key(parsed, head) in words("generic") and is_counted(parsed, head)):
        return NOTHING
    return Telling((noun.sector,), parsed.text[head], weak=True)


def _is_thing(parsed: Parsed, head: int) -> bool:
    """ "The market", "an army base"; and sides that are only counted: "both parties"."""
    key = noun_key(parsed, head)
    text = parsed.text[head].lower()
    if {key, text, text.removesuffix("s"), parsed.lemma[head].lower()} & words("things"):
        return True
    before = {parsed.text[t].lower() for t in parsed.children[head] if t < head}
    return key.removesuffix("s") in words("sides") and bool(before & _COUNTS)


def is_counted(parsed: Parsed, head: int) -> bool:
    """Whether a phrase says little more than how many: "nine people"."""
    return any(parsed.dep[child] == "nummod" or parsed.pos[child] == "NUM" for child in parsed.children[head])


def _overruled(parsed: Parsed, first: int, head: int, noun: Noun | None) -> Telling | None:
    """ "Rebel soldiers", "masked men", "a former minister": what a word before the noun makes of it."""
    sector, key = noun.sector if noun is not None else "", noun_key(parsed, head)
    for token in range(first, head):
        rows = _overs().get(_joined(parsed, token, head))
        if rows is None or any(_qualifiers().get(parsed.text[t].lower()) for t in range(token + 3, head)):
            continue
        for row in rows:
            if sector not in row.get("only", (sector,)) or key in row.get("not", ()):
                continue
            if key not in row.get("nouns", key).split() or (noun is not None and noun.thing):
                continue
            return Telling((row["sector"],), f"{parsed.text[token]} {parsed.text[head]}")
    return None


def _joined(parsed: Parsed, token: int, head: int) -> str:
    """A word with what a hyphen ties to it: "pro-government"; "ex" stands for itself."""
    text = parsed.text[token].lower()
    if text == "ex" or token + 2 >= head or parsed.text[token + 1] != "-":
        return text
    return f"{text}-{parsed.text[token + 2].lower()}"


def _set_phrase(parsed: Parsed, first: int, head: int, last: int, noun: Noun | None) -> Telling | None:
    """A phrase of the table that holds the head, or stands beside a head that tells nothing by itself."""
    for at in range(first, last + 1):
        for phrase, sector in _phrases().get(parsed.text[at].lower(), ()):
            end = at + len(phrase)
            if end > last + 1 or not _reads(parsed, at, phrase):
                continue
            if at <= head < end or ((noun is None or noun.open) and (end <= head or parsed.text[at - 1] != "by")):
                return Telling((sector,), " ".join(parsed.text[at:end]))
    return None


def _reads(parsed: Parsed, at: int, phrase: tuple[str, ...]) -> bool:
    return all(
        parsed.text[at + place].lower().replace("’", "'") in (word, f"{word}s")
        or parsed.lemma[at + place].lower() == word
        for place, word in enumerate(phrase)
    )


def _through_body(parsed: Parsed, head: int, noun: Noun | None, named: Named) -> Telling | None:
    """ "Hezbollah fighters", "FBI agents", "the UN envoy": what a known body beside the head makes of it."""
    body = named.body
    if body.country in BEYOND and not body.sector:
        keeps = noun is not None and not noun.open and (
            noun.sector in ("MIL", "JUD") or noun_key(parsed, head) in _STATE_OFFICES
        )  # fmt: skip
        return None if keeps else Telling((), named.words)
    if not body.sector:
        return None
    if noun is None or noun.open or (body.sector[0] in _ARMED and noun.sector in ("MIL", "GOV", "UAF", "REB")):
        return Telling(body.sector, named.words)
    return None


def _told_beside(parsed: Parsed, first: int, head: int, depth: int) -> Telling | None:
    """What the words around an open noun tell: before it from the nearest on, then what follows "of"."""
    after = _complements(parsed, head)
    counting = noun_key(parsed, head) in words("counting")
    if counting:
        for inner in after:
            return sector_of(parsed, *_extent(parsed, inner), depth + 1)
    before = _told_before(parsed, first, head)
    if before is not None:
        return before
    for inner in after:
        told = sector_of(parsed, *_extent(parsed, inner), depth + 1)
        decided = not told.sector and not told.weak  # "the delegate of the United Nations" acts for no sector
        if decided or (told.sector and not (told.weak and told.sector == ("CVL",))):
            return told
    return None


def _told_before(parsed: Parsed, first: int, head: int) -> Telling | None:
    for token in range(head - 1, first - 1, -1):
        text = parsed.text[token].lower()
        if parsed.text[token + 1] == "-" and token + 2 <= head and parsed.pos[token + 2] in ("VERB", "ADJ"):
            continue  # "government-backed", "rebel-held"
        if _speaks_to(parsed, token):
            continue
        if token >= first + 2 and parsed.text[token - 1] == "-":
            text = f"{parsed.text[token - 2].lower()}-{text}"
        qualifier = _qualifiers().get(text) or _qualifiers().get(parsed.text[token].lower())
        if qualifier is not None:
            return Telling((qualifier,), f"{parsed.text[token]} {parsed.text[head]}")
        noun = noun_at(parsed, token) if parsed.pos[token] in ("NOUN", "PROPN") else None
        if noun is not None and not noun.open:
            return Telling((noun.sector,), f"{parsed.text[token]} {parsed.text[head]}")
    return None


def _complements(parsed: Parsed, head: int) -> Iterator[int]:
    """The nouns after "of" or "from" that hang on the head."""
    for prep in parsed.children[head]:
        if prep > head and parsed.text[prep].lower() in ("of", "from", "for"):
            yield from (inner for inner in parsed.children[prep] if parsed.dep[inner] == "pobj")


def _extent(parsed: Parsed, head: int) -> tuple[int, int, int]:
    """A complement's noun with what stands before it and its own "of" phrase."""
    first = head
    for child in parsed.children[head]:
        if child < head and parsed.dep[child] in ("compound", "amod", "nmod", "poss", "nummod", "det"):
            first = min(first, parsed.left[child])
    return max(first, head - 8), head, min(parsed.right[head], head + 10)
