"""Tells what kind of source a phrase names: by names it knows, by what the article says of the same participant
elsewhere, by its noun, and last by the parser's entity labels.
"""

from __future__ import annotations

from sayso.extract.claims.cues import cues
from sayso.extract.claims.described import GUARDS, described
from sayso.extract.claims.names import follows_medium, is_known_body, known_name, named, person
from sayso.extract.claims.participants import HE, Participants
from sayso.extract.claims.sayings import lemma_of
from sayso.extract.clauses import Range
from sayso.extract.lexicon import is_plural
from sayso.model import Parsed, SourceKind

_NAMELESS = (
    "condition of anonymity",
    "asked not to be",
    "asked to remain anonymous",
    "declined to be named",
    "unnamed",
    "unidentified",
    "anonymous",
)
_WE = frozenset("we you who they them their themselves".split())
_IT = frozenset("it its they their them this that which itself themselves".split())


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
    if head > source[0] and parsed.pos[head] in ("PROPN", "NUM") and follows_medium(parsed, head, source):
        return SourceKind.MEDIA
    if _is_force(parsed, head, source):
        return SourceKind.OFFICE
    if _is_named_site(parsed, head):
        return SourceKind.MEDIA
    return (
        known_name(parsed, head)
        or person(parsed, head, source, known)
        or named(parsed, head, source)
        or described(parsed, head, source)
    )


def _is_force(parsed: Parsed, head: int, source: Range) -> bool:
    """ "the coast guard", "the General Staff"."""
    if head == source[0]:
        return False
    lemma, before = lemma_of(parsed, head), parsed.text[head - 1].lower()
    return (lemma == "guard" and before in GUARDS) or (lemma == "staff" and before == "general")


def _is_named_site(parsed: Parsed, head: int) -> bool:
    """ "the Kloop website", "the news site Kloop", but not "the ministry's website"."""
    if lemma_of(parsed, head) not in _SITES or parsed.pos[head] != "NOUN":
        return False
    before, after = max(0, head - 1), min(head + 1, len(parsed) - 1)
    news = lemma_of(parsed, before) in ("news", "information", "opposition")
    named = parsed.pos[before] == "PROPN" and not is_known_body(parsed, before)
    return news or named or (parsed.pos[after] == "PROPN" and parsed.sent[after] == parsed.sent[head])


_SITES = frozenset({"website", "site", "portal", "blog", "web-site"})


def is_nameless(words: str) -> bool:
    """Whether words say that somebody did not want to be named."""
    words = words.lower()
    return any(sign in words for sign in _NAMELESS)


def _pronoun(parsed: Parsed, head: int, known: Participants) -> SourceKind:
    """A pronoun is what its participant is; left open, it is a person or, for "it" and "they", a body."""
    word = parsed.text[head].lower()
    group = known.groups.get(head)
    before = known.named.get(group) if group is not None else None
    if before is not None and parsed.pos[before] != "PRON" and word not in HE:
        return kind_of(parsed, before, (parsed.left[before], before), known)
    if word in HE or word in _WE:
        return SourceKind.PERSON
    if word in _IT:
        return SourceKind.ORGANIZATION
    return cues().kinds.get(word, SourceKind.ANONYMOUS)


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
