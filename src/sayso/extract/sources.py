"""Tells what kind of source a phrase names: by names it knows, by what the article says of the same participant
elsewhere, by its noun, and last by the parser's entity labels.

Described groups: those who saw are witnesses, a body is an organization, the force or the officials of a state are an
office, and people who only share a trade ("medics", "analysts", "two diplomats") stay anonymous.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from sayso.extract.clauses import Range
from sayso.extract.cues import cues
from sayso.extract.lexicon import is_plural, noun_at
from sayso.extract.sayings import lemma_of
from sayso.knowledge import table
from sayso.model import Mention, Parsed, SourceKind

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
    "asked to remain anonymous",
    "declined to be named",
    "unnamed",
    "unidentified",
    "anonymous",
)
_STATE = frozenset({"GOV", "COP", "MIL", "JUD", "LEG", "SPY"})
_PRIVATE = frozenset({"CVL", "REF"})
_HELD = frozenset("detainee prisoner hostage captive suspect inmate convict".split())
_BODIES = frozenset("committee council commission".split())
_OWN_BODIES = frozenset("resistance strike rescue coordination coordinating revolutionary struggle popular".split())
_SAW = frozenset("see hear watch witness live".split())
_HE = frozenset("he she i him her his my me himself herself".split())
_WE = frozenset("we you who they them their themselves".split())
_IT = frozenset("it its they their them this that which itself themselves".split())


@dataclass(frozen=True, slots=True)
class Participants:
    """What the article's mentions tell of its sources, by the token that heads a mention."""

    groups: dict[int, int] = field(default_factory=dict)  # head -> number of the participant
    named: dict[int, int] = field(default_factory=dict)  # participant -> head of its first mention that is no pronoun
    persons: frozenset[int] = frozenset()  # participants once labelled a person
    names: frozenset[str] = frozenset()  # first and last names of people named in full

    def same(self, one: int | None, other: int | None) -> bool:
        """Whether two heads stand for one participant."""
        if one is None or other is None:
            return False
        return one == other or (one in self.groups and self.groups[one] == self.groups.get(other))


def participants(parsed: Parsed, mentions: Iterable[Mention]) -> Participants:
    """The article's actors, ready to be looked up."""
    groups: dict[int, int] = {}
    named: dict[int, int] = {}
    persons: set[int] = set()
    for mention in mentions:
        if mention.kind != "actor":
            continue
        groups.setdefault(mention.head, mention.group)
        if mention.label != "pronoun":
            named.setdefault(mention.group, mention.head)
        if mention.label == "PERSON" or _means_person(parsed, mention):
            persons.add(mention.group)
    full = [(first, last) for first, last, label in parsed.entities() if label == "PERSON" and last - first > 1]
    names = frozenset(parsed.text[token] for first, last in full for token in (first, last - 1))
    return Participants(groups, named, frozenset(persons), names)


def _means_person(parsed: Parsed, mention: Mention) -> bool:
    """A mention that only a person has: "he", "the president"."""
    if mention.label == "pronoun":
        return parsed.text[mention.head].lower() in _HE
    noun = noun_at(parsed, mention.head) if mention.label == "nominal" else None
    return noun is not None and noun.kind in ("office", "person") and not is_plural(parsed, mention.head)


def kind_of(parsed: Parsed, head: int | None, source: Range | None, known: Participants | None = None) -> SourceKind:
    """What kind of source this is; a phrase that names none is anonymous."""
    known = known or Participants()
    if head is None or source is None:
        return SourceKind.ANONYMOUS
    words = [parsed.text[token] for token in range(source[0], max(source[1], parsed.right[head]) + 1)]
    if is_nameless(" ".join(words)):
        witness = cues().kinds.get(lemma_of(parsed, head)) is SourceKind.WITNESS
        return SourceKind.WITNESS if witness else SourceKind.ANONYMOUS
    if parsed.pos[head] == "PRON":
        return _pronoun(parsed, head, known)
    if head > source[0] and parsed.pos[head] in ("PROPN", "NUM") and _follows_medium(parsed, head, source):
        return SourceKind.MEDIA
    if _is_force(parsed, head, source):
        return SourceKind.OFFICE
    return (
        _known_name(parsed, head)
        or _person(parsed, head, source, known)
        or _named(parsed, head, source)
        or _described(parsed, head, source)
    )


def _is_force(parsed: Parsed, head: int, source: Range) -> bool:
    """ "the coast guard", "the General Staff"."""
    if head == source[0]:
        return False
    lemma, before = lemma_of(parsed, head), parsed.text[head - 1].lower()
    return (lemma == "guard" and before in _GUARDS) or (lemma == "staff" and before == "general")


def is_nameless(words: str) -> bool:
    """Whether words say that somebody did not want to be named."""
    words = words.lower()
    return any(sign in words for sign in _NAMELESS)


def _pronoun(parsed: Parsed, head: int, known: Participants) -> SourceKind:
    """A pronoun is what its participant is; left open, it is a person or, for "it" and "they", a body."""
    word = parsed.text[head].lower()
    group = known.groups.get(head)
    before = known.named.get(group) if group is not None else None
    if before is not None and parsed.pos[before] != "PRON" and word not in _HE:
        return kind_of(parsed, before, (parsed.left[before], before), known)
    if word in _HE or word in _WE:
        return SourceKind.PERSON
    if word in _IT:
        return SourceKind.ORGANIZATION
    return cues().kinds.get(word, SourceKind.ANONYMOUS)


# --------------------------------------------------------------------------- names


@lru_cache(maxsize=1)
def _known_names() -> dict[str, SourceKind]:
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


def _known_name(parsed: Parsed, head: int) -> SourceKind | None:
    """The kind of a body or agency whose name ends in this head; ministries and the like are told by their noun."""
    if parsed.pos[head] != "PROPN":
        return None
    name, last = _name(parsed, head)
    found = _known_names().get(name) or (_known_names().get(last) if parsed.ent[head] != "PERSON" else None)
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


def _person(parsed: Parsed, head: int, source: Range, known: Participants) -> SourceKind | None:
    """A person named: by title, age, or what is apposed, or because the article names the same person elsewhere."""
    for token in parsed.children[head]:
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


def _named(parsed: Parsed, head: int, source: Range) -> SourceKind | None:
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
    if known is SourceKind.OFFICE and _is_own_body(parsed, head, source):
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
    article = first > 0 and parsed.text[first - 1].lower() == "the"
    return parsed.ent[head] == "PERSON" and not article and parsed.text[first].lower() != "the"


def _follows_medium(parsed: Parsed, head: int, source: Range) -> bool:
    """ "the daily Morning Sun", "channel Two": a name right after the word for an outlet."""
    at = head
    while (
        at > source[0] and parsed.text[at - 1][:1].isupper() and parsed.pos[at - 1] in ("PROPN", "ADJ", "NOUN", "NUM")
    ):
        at -= 1
    before = [lemma_of(parsed, token) for token in range(max(source[0], at - 1), head)]
    return any(cues().kinds.get(word) is SourceKind.MEDIA for word in before)


# --------------------------------------------------------------------------- descriptions


def _described(parsed: Parsed, head: int, source: Range) -> SourceKind:
    """The kind of a source whose head is a common noun."""
    lemma = lemma_of(parsed, head)
    counted = _counted(parsed, head)
    if counted is not None:
        return SourceKind.WITNESS if cues().kinds.get(lemma_of(parsed, counted)) is SourceKind.WITNESS else _NOBODY
    if lemma == "agency":
        return _agency(parsed, head, source)
    if any(parsed.dep[t] == "appos" and _known_name(parsed, t) is SourceKind.AGENCY for t in parsed.children[head]):
        return SourceKind.AGENCY
    if lemma == "service" and head > source[0] and lemma_of(parsed, head - 1) in ("press", "security", "intelligence"):
        return SourceKind.OFFICE
    found = cues().kinds.get(lemma) or cues().kinds.get(parsed.text[head].lower())
    if found is SourceKind.OFFICE and _is_own_body(parsed, head, source):
        return SourceKind.ORGANIZATION
    if found not in (None, SourceKind.PERSON, SourceKind.ANONYMOUS):
        return found
    if _is_witness(parsed, head):
        return SourceKind.WITNESS
    return found if found is not None else _by_noun(parsed, head)


_GUARDS = frozenset("coast border national republican presidential revolutionary prison".split())
_NOBODY = SourceKind.ANONYMOUS


def _counted(parsed: Parsed, head: int) -> int | None:
    """Whom a number counts: "two of our viewers"."""
    if parsed.pos[head] != "NUM" and parsed.text[head].lower() not in _COUNTS:
        return None
    of = [token for token in parsed.children[head] if parsed.text[token].lower() == "of"]
    return next((token for prep in of for token in parsed.children[prep] if parsed.dep[token] == "pobj"), None)


def _by_noun(parsed: Parsed, head: int) -> SourceKind:
    """The kind by the noun of actors; several people with nothing but a trade in common stay anonymous."""
    noun, plural = noun_at(parsed, head), is_plural(parsed, head)
    if noun is None:
        return SourceKind.ANONYMOUS if plural else _unknown(parsed, head)
    state = bool(_STATE & set(noun.sector))
    if noun.kind == "country":
        return SourceKind.OFFICE
    if noun.kind == "office":
        return SourceKind.PERSON
    if noun.kind == "organization":
        return SourceKind.OFFICE if state else SourceKind.ORGANIZATION
    if noun.kind in ("media", "agency", "witness", "anonymous"):
        return SourceKind(noun.kind)
    if lemma_of(parsed, head) not in _COLLECTIVE and (not plural or noun.kind != "group"):
        return SourceKind.PERSON
    if noun.kind == "group" and state:
        return SourceKind.OFFICE
    private = bool(_PRIVATE & set(noun.sector)) or lemma_of(parsed, head) in _HELD
    return SourceKind.ORGANIZATION if noun.kind == "group" and not private else SourceKind.ANONYMOUS


def _unknown(parsed: Parsed, head: int) -> SourceKind:
    """A noun of no table: "the clinic" is a body, while "a cook", "the plumber" and "his uncle" are persons."""
    definite = any(parsed.text[token].lower() == "the" for token in parsed.children[head])
    bodily = definite and not lemma_of(parsed, head).endswith(_PERSON_ENDINGS)
    described = any(parsed.dep[token] == "appos" for token in parsed.children[head])
    return SourceKind.ORGANIZATION if bodily and not described else SourceKind.PERSON


_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "ant", "ee", "eur", "ess", "keeper")
_COLLECTIVE = frozenset(
    "opposition crowd group alliance coalition bloc militia gang team faction squad force union church clergy "
    "public population contingent battalion brigade".split()
)
_COUNTS = frozenset("some several many few two three four five six one another other".split())


def _is_own_body(parsed: Parsed, head: int, source: Range) -> bool:
    """A committee of people who made it themselves: "a doctors' committee"."""
    if parsed.lemma[head].lower() not in _BODIES and parsed.text[head].lower() not in _BODIES:
        return False
    for token in range(source[0], max(source[1], parsed.right[head]) + 1):
        noun = noun_at(parsed, token) if token != head else None
        if lemma_of(parsed, token) in _OWN_BODIES or (noun is not None and noun.kind == "person"):
            return True
    return False


def _is_witness(parsed: Parsed, head: int) -> bool:
    """Somebody said to have seen it or to live there, or who speaks together with witnesses."""
    for token in parsed.children[head]:
        if parsed.dep[token] in ("relcl", "acl") and lemma_of(parsed, token) in _SAW and token > head:
            return True
        if parsed.dep[token] == "conj" and cues().kinds.get(lemma_of(parsed, token)) is SourceKind.WITNESS:
            return True
    return False


def _agency(parsed: Parsed, head: int, source: Range) -> SourceKind:
    before = {lemma_of(parsed, token) for token in range(max(source[0], head - 4), head)}
    named = any(parsed.text[token] in _known_names() for token in range(source[0], source[1] + 1))
    news = named or before & {"news", "press", "wire", "information", "state", "official"}
    alone = all(
        parsed.text[token].lower() in ("the", "an", "that")
        for token in range(source[0], source[1] + 1)
        if token != head
    )
    name = (
        parsed.pos[head - 1] == "PROPN" and parsed.ent[head - 1] not in ("GPE", "NORP") if head > source[0] else False
    )
    unknown = name and not is_known_body(parsed, head - 1)  # "the Vesna agency"
    return SourceKind.AGENCY if news or alone or unknown else SourceKind.ORGANIZATION


# --------------------------------------------------------------------------- who carries and who is meant


def is_known_body(parsed: Parsed, head: int) -> bool:
    """Whether a name is that of an organization the tables know."""
    return _known_name(parsed, head) is not None


def is_medium(parsed: Parsed, head: int, source: Range) -> bool:
    """Whether a phrase names one outlet or agency, so that words told to it came through it."""
    if parsed.pos[head] == "NOUN" and (is_plural(parsed, head) or parsed.text[head].lower() in ("media", "press")):
        return False
    return kind_of(parsed, head, source) in (SourceKind.MEDIA, SourceKind.AGENCY)


def is_own_reporter(parsed: Parsed, head: int | None, lemma: str) -> bool:
    """Whether this is an outlet's own eyes and ears: "Our correspondents heard explosions"."""
    if head is None or lemma not in cues().perception:
        return False
    noun = lemma_of(parsed, head)
    return noun in cues().reporters or (noun in ("team", "crew", "staff") and _is_outlets(parsed, head))


def _is_outlets(parsed: Parsed, head: int) -> bool:
    """ "our team", "a team from our channel"."""
    return any(parsed.text[token].lower() == "our" for token in range(parsed.left[head], parsed.right[head] + 1))
