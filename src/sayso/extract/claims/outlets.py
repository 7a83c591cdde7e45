"""Tells which of those who were told something are outlets, so that the words came through them."""

from __future__ import annotations

from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.names import is_known_body
from sayso.extract.claims.sayings import Voice, lemma_of, voice
from sayso.extract.claims.sources import is_medium
from sayso.extract.clauses import child
from sayso.extract.lexicon import noun_at
from sayso.model import Parsed, SourceKind


def medium(parsed: Parsed, head: int, like: Voice, guess: bool = True, sure: bool = False) -> Voice | None:
    """An outlet other than the article's own, with the cue of another link; `guess` allows names of no table, `sure`
    says that hardly anybody but an outlet does this."""
    medium = voice(parsed, head, like.cue)
    if medium.source is None or is_own_outlet(parsed, head):
        return None
    if is_medium(parsed, head, medium.source):
        return medium
    if _is_its_reporter(parsed, head):
        return replace(medium, kind=SourceKind.REPORTERS)
    return replace(medium, kind=SourceKind.MEDIA) if guess and _may_be_medium(parsed, head, sure) else None


def _is_its_reporter(parsed: Parsed, head: int) -> bool:
    """ "told the channel's Ana Ruiz", "told the agency's correspondent"."""
    owner = child(parsed, head, "poss")
    if owner is None or not is_medium(parsed, owner, (parsed.left[owner], owner)):
        return False
    return parsed.ent[head] == "PERSON" or cues().kinds.get(lemma_of(parsed, head)) is SourceKind.REPORTERS


def _may_be_medium(parsed: Parsed, head: int, sure: bool) -> bool:
    """A name of no table that somebody told something, seldom anything but an outlet; "the radio's foreign service"."""
    owner = child(parsed, head, "poss")
    if owner is not None and parsed.pos[head] == "NOUN" and lemma_of(parsed, head) in _PARTS:
        return is_medium(parsed, owner, (parsed.left[owner], owner))
    named = parsed.ent[head] == "ORG" or (head > 0 and parsed.text[parsed.left[head]].lower() == "the")
    after = parsed.pos[min(head + 1, len(parsed) - 1)]
    numbered = child(parsed, head, "nummod") == head + 1 and after == "NUM"  # "France 24"
    numbered = numbered or (parsed.pos[head] == "NUM" and parsed.pos[max(0, head - 1)] == "PROPN")
    if parsed.pos[head] != "PROPN" and not numbered:
        return False
    if not sure and not numbered and (not named or parsed.ent[head] in ("GPE", "NORP", "LOC")):
        return False
    if (noun_at(parsed, head) is not None and not numbered) or _is_surname(parsed, head):
        return False
    return lemma_of(parsed, head) not in cues().kinds and not is_known_body(parsed, head)


def _is_surname(parsed: Parsed, head: int) -> bool:
    """Whether the article uses a name for a person elsewhere, or with a first name before it."""
    name = parsed.text[head]
    return any(
        text == name
        and at != head
        and (parsed.ent[at] == "PERSON" or (at > 0 and parsed.pos[at - 1] == "PROPN" and parsed.head[at - 1] == at))
        and (at == 0 or parsed.lemma[at - 1].lower() not in cues().kinds)
        for at, text in enumerate(parsed.text)
    )


_PARTS = frozenset({"service", "programme", "program", "show", "bureau", "edition", "site", "page", "channel"})


def is_own_outlet(parsed: Parsed, head: int) -> bool:
    """Whether a name is that of the outlet whose article this is."""
    outlet = parsed.article.outlet or ""
    initials = "".join(word[0] for word in outlet.replace("-", " ").split() if word[0].isupper())
    return bool(outlet) and (parsed.text[head] in outlet or parsed.text[head] == initials)
