"""Tells what kind of source a description is, by its noun.

Those who saw are witnesses, a body is an organization, the force or the officials of a state are an office, and people
who only share a trade ("medics", "analysts", "two diplomats") stay anonymous.
"""

from __future__ import annotations

from sayso.extract.claims.cues import cues
from sayso.extract.claims.names import is_known_body, is_own_body, known_name, known_names
from sayso.extract.claims.sayings import lemma_of
from sayso.extract.clauses import Range
from sayso.extract.lexicon import is_plural, noun_at
from sayso.model import Parsed, SourceKind

_STATE = frozenset({"GOV", "COP", "MIL", "JUD", "LEG", "SPY"})
_PRIVATE = frozenset({"CVL", "REF"})
_HELD = frozenset("detainee prisoner hostage captive suspect inmate convict".split())
_SAW = frozenset("see hear watch witness live".split())


def described(parsed: Parsed, head: int, source: Range) -> SourceKind:
    """The kind of a source whose head is a common noun."""
    lemma = lemma_of(parsed, head)
    counted = _counted(parsed, head)
    if counted is not None:
        return SourceKind.WITNESS if cues().kinds.get(lemma_of(parsed, counted)) is SourceKind.WITNESS else _NOBODY
    if lemma == "agency":
        return _agency(parsed, head, source)
    if any(parsed.dep[t] == "appos" and known_name(parsed, t) is SourceKind.AGENCY for t in parsed.children[head]):
        return SourceKind.AGENCY
    if lemma in ("service", "board", "body") and head > source[0] and lemma_of(parsed, head - 1) in _PUBLIC:
        return SourceKind.OFFICE
    if (one := _lone_official(parsed, head, lemma)) is not None:
        return one
    found = cues().kinds.get(lemma) or cues().kinds.get(parsed.text[head].lower())
    if found is SourceKind.OFFICE and is_own_body(parsed, head, source):
        return SourceKind.ORGANIZATION
    if found not in (None, SourceKind.PERSON, SourceKind.ANONYMOUS):
        return found
    if _is_witness(parsed, head):
        return SourceKind.WITNESS
    return found if found is not None else _by_noun(parsed, head)


GUARDS = frozenset("coast border national republican presidential revolutionary prison".split())
_NOBODY = SourceKind.ANONYMOUS


_PUBLIC = frozenset(
    "press security intelligence secret border customs immigration migration prison penitentiary tax emergency rescue "
    "health ambulance weather postal civil electoral election elections county school".split()
)


def _lone_official(parsed: Parsed, head: int, lemma: str) -> SourceKind | None:
    """One official without a name: "an officer" stays anonymous, "the diplomat" was met before, "an aide" is a person;
    prosecutors together are their office."""
    if is_plural(parsed, head):
        return SourceKind.OFFICE if lemma == "prosecutor" else None
    definite = any(parsed.text[token].lower() == "the" for token in parsed.children[head])
    if lemma in ("officer", "policeman", "soldier") and not definite and parsed.text[parsed.left[head]].lower() in _ONE:
        return SourceKind.ANONYMOUS
    if lemma == "aide" or (lemma == "diplomat" and definite):
        return SourceKind.PERSON
    return None


_ONE = frozenset({"a", "an", "another"})


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
    named = any(parsed.text[token] in known_names() for token in range(source[0], source[1] + 1))
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
