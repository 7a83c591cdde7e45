"""Tells an accusation from a report: who is said to have done it, and by whom.

"Police said rioters burnt the bank" lays a deed at somebody's door; "police said they detained 77" owns one, and
"police said three people were killed" names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model import Actor, Claim, Event, Link, SourceKind
from sayso.report.archive import Archive
from sayso.report.formats.codes import blame_words, code_of, state_sectors
from sayso.report.grounds import own_words
from sayso.report.identity import cited

_DEED = 4  # quad class of material conflict
# Those who saw it, and outlets that report it, tell of a deed; whoever else names the doer accuses.
_TELLERS = frozenset({SourceKind.WITNESS, SourceKind.REPORTERS, SourceKind.MEDIA, SourceKind.AGENCY})


def is_accusation(archive: Archive, event: Event, claims: Iterable[Claim]) -> bool:
    """Whether an event stands under words of blame, or is a hostile deed that a source lays at another's door."""
    if event.own_voice and not _is_doer_cited(archive, event):
        return False
    held = [cited(claim) for claim in claims]
    if any(_blames(archive, link) for chain in held for link in chain):
        return True
    if code_of(event.type, event.mode).quad != _DEED:
        return False
    doers = [archive.actors[id] for id in event.actors if id in archive.actors]
    return any(_accuses(archive, chain[-1], doer) for chain in held if chain for doer in doers)


def _is_doer_cited(archive: Archive, event: Event) -> bool:
    """Whether who did it stands only where others are cited: "The bank burnt. Police said rioters burnt it"."""
    own = own_words(archive, event)
    return bool(event.actors) and not any(words.covers(doer) for words in own for doer in event.actor_spans)


def _blames(archive: Archive, link: Link) -> bool:
    return any(word.startswith(blame_words()) for word in archive.quote(link.cue).casefold().split())


def _accuses(archive: Archive, origin: Link, doer: Actor) -> bool:
    source = archive.actors.get(origin.actor or "")
    return origin.kind not in _TELLERS and not (source and _same_side(source, doer))


def _same_side(source: Actor, doer: Actor) -> bool:
    """One and the same, or two authorities of one state, as far as is known of which."""
    if source.id == doer.id:
        return True
    powers = (state_sectors() & set(source.sector), state_sectors() & set(doer.sector))
    return all(powers) and (None in (source.country, doer.country) or source.country == doer.country)
