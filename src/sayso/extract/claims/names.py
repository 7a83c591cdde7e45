"""Tells what kind of source a name is: by names it knows, by titles, by what the article says of it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sayso.extract.claims.cues import cues
from sayso.extract.claims.participants import Participants
from sayso.extract.claims.sayings import lemma_of
from sayso.extract.clauses import Range
from sayso.extract.lexicon import is_plural, noun_at
from sayso.knowledge import table
from sayso.model import Parsed, SourceKind

_ENTITY_KINDS = {
    "PERSON": SourceKind.PERSON,
    "ORG": SourceKind.ORGANIZATION,
    "NORP": SourceKind.ORGANIZATION,
    "GPE": SourceKind.OFFICE,
    "LAW": SourceKind.DOCUMENT,
    "WORK_OF_ART": SourceKind.DOCUMENT,
}
_BODIES = frozenset("committee council commission".split())
_OWN_BODIES = frozenset("resistance strike rescue coordination coordinating revolutionary struggle popular".split())


@lru_cache(maxsize=1)
def known_names() -> dict[str, SourceKind]:
    """Bodies and agencies known by name."""
    found: dict[str, SourceKind] = {}
    for row in table("actors.toml")["name"]:
        if row["kind"] in ("organization", "group"):
            found.update(dict.fromkeys(_split(row["names"]), SourceKind.ORGANIZATION))
    for row in table("agencies.toml")["agency"]:
        found.update(dict.fromkeys((row["name"], *row["aliases"]), SourceKind.AGENCY))
    found.update(dict.fromkeys(cues().agencies, SourceKind.AGENCY))
    return found


def _split(names: str) -> Iterator[str]:
    for name in names.replace("\n", "|").split("|"):
        if name:
            yield name


def known_name(parsed: Parsed, head: int) -> SourceKind | None:
    """The kind of a body or agency whose name ends in this head; ministries and the like are told by their noun."""
    if parsed.pos[head] != "PROPN":
        return None
    name, last = _name(parsed, head)
    found = known_names().get(name) or (known_names().get(last) if parsed.ent[head] != "PERSON" else None)
    if found is None or cues().kinds.get(last.lower()) is SourceKind.OFFICE:
        return None
    return found


def _name(parsed: Parsed, head: int) -> tuple[str, str]:
    """The entity or run of proper nouns that a head ends, and its last word; "Agence France-Presse" in one piece."""
    first = head
    while (
        first > 0
        and head - first < 6
        and parsed.pos[first - 1] == "PROPN"
        and parsed.sent[first - 1] == parsed.sent[head]
    ):
        first -= 1
    while first > 1 and parsed.text[first - 1] == "-" and parsed.pos[first - 2] == "PROPN":
        first -= 2
        while first > 0 and parsed.pos[first - 1] == "PROPN" and head - first < 6:
            first -= 1
    return " ".join(parsed.text[first : head + 1]).replace(" - ", "-"), parsed.text[head]


def person(parsed: Parsed, head: int, source: Range, known: Participants) -> SourceKind | None:
    """A person named: by title, age, or what is apposed, or because the article names the same person elsewhere."""
    medium = cues().kinds.get(lemma_of(parsed, head)) in (SourceKind.MEDIA, SourceKind.AGENCY)
    for token in parsed.children[head] if not medium else ():  # "the channel Tele Sur" is no person
        if parsed.dep[token] == "appos" and parsed.pos[token] == "PROPN" and token > head:
            name_at = parsed.ent[token] == "PERSON" or parsed.text[token] in known.names
            if name_at or _has_title(parsed, token, (parsed.left[token], token)):
                return SourceKind.PERSON
    if _ends_in_person(parsed, head, source):
        return SourceKind.PERSON
    if parsed.pos[head] != "PROPN" or cues().kinds.get(parsed.text[head].lower()) is not None:
        return None
    if parsed.text[head] in known.names or known.groups.get(head, -1) in known.persons:
        return SourceKind.PERSON
    if _has_title(parsed, head, source) or _is_told_as_person(parsed, head) or _has_double_name(parsed, head):
        return SourceKind.PERSON
    return None


def _ends_in_person(parsed: Parsed, head: int, source: Range) -> bool:
    """ "A former adviser to Petrov, Anna Brandt": the name after the comma is the adviser's."""
    last, noun = source[1], noun_at(parsed, head)
    if parsed.ent[last] != "PERSON" or noun is None or noun.kind not in ("office", "person") or is_plural(parsed, head):
        return False
    first = last
    while first > head and parsed.pos[first - 1] == "PROPN":
        first -= 1
    return first - 1 > head and first < last and parsed.text[first - 1] == ","


def _has_double_name(parsed: Parsed, head: int) -> bool:
    """ "Jean-Marc Orlov": a first name in two parts before a last name, whatever the parser labels it."""
    if head < 3 or parsed.text[head - 2] != "-" or noun_at(parsed, head) is not None:
        return False
    parts = [parsed.text[token] for token in (head - 3, head - 1, head)]
    return all(part[:1].isupper() and part[1:].islower() for part in parts) and parsed.pos[head - 1] == "PROPN"


def _has_title(parsed: Parsed, head: int, source: Range) -> bool:
    """Whether a name follows a title or a trade: "President Tokayev", "pensioner Galina"."""
    if head == source[0] or cues().kinds.get(parsed.text[head].lower()):
        return False
    before = next((at for at in range(head - 1, source[0] - 1, -1) if not _is_name_part(parsed, at)), None)
    if before is None:
        return False
    if parsed.text[before].lower() in cues().titles:
        return True
    noun = noun_at(parsed, before)
    return noun is not None and noun.kind in ("person", "group", "office") and not is_plural(parsed, before)


def _is_name_part(parsed: Parsed, token: int) -> bool:
    if parsed.text[token] == "-":
        return True
    return (
        parsed.pos[token] == "PROPN"
        and parsed.text[token][:1].isupper()
        and parsed.text[token].lower() not in cues().titles
    )


def _is_told_as_person(parsed: Parsed, head: int) -> bool:
    """ "Olena, 34, a nurse"; "Saltanat Mamyr, whose shop ..."; "Botagoz, a school cook who ..."."""
    if head + 2 < len(parsed) and parsed.text[head + 1] == "," and parsed.text[head + 2].isdigit():
        return len(parsed.text[head + 2]) == 2
    for token in parsed.children[head]:
        if token < head:
            continue
        if parsed.dep[token] == "relcl":
            opening = {parsed.text[at].lower() for at in range(parsed.left[token], token)}
            if opening & {"who", "whose", "whom"}:
                return True
        noun = noun_at(parsed, token) if parsed.dep[token] == "appos" else None
        if noun is not None and noun.kind in ("person", "office", "group") and not is_plural(parsed, token):
            return True
        if parsed.dep[token] == "appos" and parsed.text[parsed.left[token]].lower() in ("a", "an"):
            opening = {parsed.text[at].lower() for at in range(token, parsed.right[token] + 1)}
            if opening & {"who", "whose"}:
                return True
    return False


def named(parsed: Parsed, head: int, source: Range) -> SourceKind | None:
    """The kind of a source whose head is a name."""
    if parsed.pos[head] != "PROPN" and not parsed.ent[head]:
        return None
    marks, (name, last) = cues(), _name(parsed, head)
    near = [lemma_of(parsed, token) for token in range(max(source[0], head - 5), min(source[1], head + 1) + 1)]
    wired = {"agency", "service"} & set(near) and {"news", "press", "wire", "information"} & set(near)
    if wired and parsed.ent[head] != "PERSON":
        return SourceKind.AGENCY
    known = marks.kinds.get(last.lower()) or marks.kinds.get(lemma_of(parsed, head))
    titled = name != last or (head > 0 and parsed.text[head - 1] in ("The", "the"))
    if not _has_first_name(parsed, head) and (last in marks.media_names or (last in marks.media_endings and titled)):
        return SourceKind.MEDIA
    if parsed.ent[head] == "PERSON" and known is None:
        return SourceKind.PERSON
    if any(marks.kinds.get(word) is SourceKind.MEDIA for word in near):
        return SourceKind.MEDIA
    if known is SourceKind.OFFICE and is_own_body(parsed, head, source):
        return SourceKind.ORGANIZATION
    if known in (SourceKind.OFFICE, SourceKind.MEDIA, SourceKind.DOCUMENT, SourceKind.PERSON):
        return known
    if parsed.pos[head] != "PROPN":
        return None
    return _ENTITY_KINDS.get(parsed.ent[head]) or (None if noun_at(parsed, head) else SourceKind.PERSON)


def _has_first_name(parsed: Parsed, head: int) -> bool:
    """Whether "Post" or "Herald" is somebody's last name: a person without an article before the name."""
    first = head
    while first > 0 and parsed.pos[first - 1] == "PROPN" and parsed.ent[first - 1] == parsed.ent[head]:
        first -= 1
    if first == head and parsed.text[head] in cues().media_names:
        return False
    article = first > 0 and parsed.text[first - 1].lower() == "the"
    return parsed.ent[head] == "PERSON" and not article and parsed.text[first].lower() != "the"


def follows_medium(parsed: Parsed, head: int, source: Range) -> bool:
    """ "the daily Morning Sun", "channel Two": a name right after the word for an outlet."""
    at = head
    while (
        at > source[0] and parsed.text[at - 1][:1].isupper() and parsed.pos[at - 1] in ("PROPN", "ADJ", "NOUN", "NUM")
    ):
        at -= 1
    before = [lemma_of(parsed, token) for token in range(max(source[0], at - 1), head)]
    return any(cues().kinds.get(word) is SourceKind.MEDIA for word in before)


def is_own_body(parsed: Parsed, head: int, source: Range) -> bool:
    """A committee of people who made it themselves: "a doctors' committee"."""
    if parsed.lemma[head].lower() not in _BODIES and parsed.text[head].lower() not in _BODIES:
        return False
    for token in range(source[0], max(source[1], parsed.right[head]) + 1):
        noun = noun_at(parsed, token) if token != head else None
        if lemma_of(parsed, token) in _OWN_BODIES or (noun is not None and noun.kind == "person"):
            return True
    return False


def is_known_body(parsed: Parsed, head: int) -> bool:
    """Whether a name is that of an organization the tables know."""
    return known_name(parsed, head) is not None
