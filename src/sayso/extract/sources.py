"""Tells what kind of source a phrase names, from its words and the parser's entity labels."""

from __future__ import annotations

from sayso.extract.clauses import Range
from sayso.extract.cues import cues
from sayso.extract.sayings import lemma_of
from sayso.model import Parsed, SourceKind

_ENTITY_KINDS = {
    "PERSON": SourceKind.PERSON,
    "ORG": SourceKind.ORGANIZATION,
    "NORP": SourceKind.ORGANIZATION,
    "GPE": SourceKind.OFFICE,
    "LAW": SourceKind.DOCUMENT,
    "WORK_OF_ART": SourceKind.DOCUMENT,
}
_NAMELESS = (
    "condition of anonymity",
    "asked not to be",
    "declined to be named",
    "unnamed",
    "unidentified",
    "anonymous",
)


def people_of(parsed: Parsed) -> frozenset[str]:
    """First and last names of people named in full: a surname alone is often labelled an organization."""
    full = [(first, last) for first, last, label in parsed.entities() if label == "PERSON" and last - first > 1]
    return frozenset(parsed.text[token] for first, last in full for token in (first, last - 1))


def kind_of(parsed: Parsed, head: int | None, source: Range | None, people: frozenset[str] = frozenset()) -> SourceKind:
    """What kind of source this is; a phrase that names none is anonymous."""
    if head is None or source is None:
        return SourceKind.ANONYMOUS
    words = [parsed.text[token] for token in range(source[0], max(source[1], parsed.right[head]) + 1)]
    whole = " ".join(words).lower()
    if any(sign in whole for sign in _NAMELESS):
        return SourceKind.ANONYMOUS
    if parsed.pos[head] == "PRON":
        return _pronoun(parsed, head)
    if parsed.pos[head] == "PROPN" and (parsed.text[head] in people or _has_title(parsed, head, source)):
        return SourceKind.PERSON
    return _named(parsed, head, source) or _described(parsed, head, source) or SourceKind.PERSON


def _pronoun(parsed: Parsed, head: int) -> SourceKind:
    word = parsed.text[head].lower()
    if word in ("he", "she", "i", "we", "you", "his", "her", "my", "who", "him", "me"):
        return SourceKind.PERSON
    if word in ("it", "its", "they", "their", "them", "this", "that", "which"):
        return SourceKind.ORGANIZATION
    return cues().kinds.get(word, SourceKind.ANONYMOUS)


def _has_title(parsed: Parsed, head: int, source: Range) -> bool:
    """Whether a name follows a title: "President Tokayev"."""
    if head == source[0] or cues().kinds.get(parsed.text[head].lower()):
        return False
    before = next((at for at in range(head - 1, source[0] - 1, -1) if not _is_name_part(parsed, at)), None)
    return before is not None and parsed.text[before].lower() in cues().titles


def _is_name_part(parsed: Parsed, token: int) -> bool:
    return (parsed.pos[token] == "PROPN" and parsed.text[token].lower() not in cues().titles) or parsed.text[
        token
    ] == "-"


def _name(parsed: Parsed, head: int) -> tuple[str, str]:
    """The entity or run of proper nouns that a head ends, and its last word."""
    first = head
    while (
        first > 0
        and head - first < 6
        and parsed.pos[first - 1] == "PROPN"
        and parsed.sent[first - 1] == parsed.sent[head]
    ):
        first -= 1
    return " ".join(parsed.text[first : head + 1]), parsed.text[head]


def _named(parsed: Parsed, head: int, source: Range) -> SourceKind | None:
    """The kind of a source whose head is a name."""
    if parsed.pos[head] != "PROPN" and not parsed.ent[head]:
        return None
    table, (name, last) = cues(), _name(parsed, head)
    near = [lemma_of(parsed, token) for token in range(max(source[0], head - 5), min(source[1], head + 1) + 1)]
    if name in table.agencies or last in table.agencies or ("agency" in near and parsed.ent[head] != "PERSON"):
        return SourceKind.AGENCY
    known = table.kinds.get(last.lower())
    if parsed.ent[head] == "PERSON" and known is None:
        return SourceKind.PERSON
    if last in table.media_names or (last in table.media_endings and name != last):
        return SourceKind.MEDIA
    if any(table.kinds.get(word) is SourceKind.MEDIA for word in near):
        return SourceKind.MEDIA
    if known in (SourceKind.OFFICE, SourceKind.MEDIA, SourceKind.AGENCY, SourceKind.DOCUMENT):
        return known
    return _ENTITY_KINDS.get(parsed.ent[head]) or (SourceKind.PERSON if parsed.pos[head] == "PROPN" else None)


def _described(parsed: Parsed, head: int, source: Range) -> SourceKind | None:
    """The kind of a source whose head is a common noun; an apposed name makes it a person."""
    for token in parsed.children[head]:
        if parsed.dep[token] == "appos" and parsed.ent[token] == "PERSON":
            return SourceKind.PERSON
        if parsed.dep[token] == "appos" and parsed.text[token] in cues().agencies:
            return SourceKind.AGENCY
    kinds = cues().kinds
    lemma = lemma_of(parsed, head)
    if kinds.get(lemma) is SourceKind.AGENCY and lemma == "agency":
        before = {lemma_of(parsed, token) for token in range(max(source[0], head - 4), head)}
        named = any(parsed.text[token] in cues().agencies for token in range(source[0], source[1] + 1))
        return (
            SourceKind.AGENCY if named or before & {"news", "press", "wire", "information"} else SourceKind.ORGANIZATION
        )
    return kinds.get(lemma) or kinds.get(parsed.text[head].lower())


def is_medium(parsed: Parsed, head: int, source: Range) -> bool:
    """Whether a phrase names an outlet or agency, so that words told to it came through it."""
    return kind_of(parsed, head, source) in (SourceKind.MEDIA, SourceKind.AGENCY)


def is_own_reporter(parsed: Parsed, head: int | None, lemma: str) -> bool:
    """Whether this is an outlet's own eyes and ears: "Our correspondents heard explosions"."""
    return head is not None and lemma in cues().perception and lemma_of(parsed, head) in cues().reporters
