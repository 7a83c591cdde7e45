"""On what an event or a toll stands: whose say-so, and how. What stands under a claim is never given as fact."""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Cause, Claim, Event, Label, Span, Toll
from sayso.report.archive import Archive, depth, own_voice


@dataclass(frozen=True, slots=True)
class Ground:
    """On whose say-so one report tells something: in its own voice, on a chain from the outlet to the origin, or both.

    Of what an outlet tells itself, `chain`, `kinds` and `cues` are those of who says so too, and how sure is not told.
    """

    own_voice: bool
    first_hand: str | None  # what the outlet's own people say they saw or counted, in its own voice
    chain: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()  # of the sources of the chain
    cues: tuple[str | None, ...] = ()  # the words that make each a source
    stance: str | None = None
    certainty: str | None = None
    hedge: str | None = None
    not_said: str | None = None  # the words that negate the saying itself
    says: str = ""  # all of it in a line


def ground(archive: Archive, told: Event | Toll | Label) -> Ground:
    """What a record stands on: the outlet's own voice where it tells it itself, and the innermost of its claims."""
    return _ground(archive, told, archive.held(told.claims), own_voice(archive, told))


def ground_of(archive: Archive, event: Event, cause: Cause) -> Ground:
    """What a cause of an event stands on; of an event told twice, the claims that hold the words of the cause."""
    held = archive.held(cause.claims) or archive.held(event.claims)
    if held and event.own_voice:
        held = [claim for claim in held if any(part.covers(cause.span) for part in claim.content)]
    return _ground(archive, event, held, not held)


def own_words(archive: Archive, event: Event) -> tuple[Span, ...]:
    """The evidence of an event that its claims do not touch: all of it where nobody is cited."""
    said = [part for claim in archive.held(event.claims) for part in claim.content]
    return tuple(span for span in event.evidence if not any(map(span.overlaps, said)))


def _ground(archive: Archive, told: Event | Toll | Label, held: list[Claim], own: bool) -> Ground:
    span = told.trigger if isinstance(told, Event) else told.span
    outlet = archive.outlet(span.article)
    seen = () if isinstance(told, Label) or not own else archive.observed.get(told.id, ())
    first_hand = f"{archive.quote(seen[0].who)} … {archive.quote(seen[0].cue)}" if seen else None
    says = f"{outlet} (own voice{', first-hand' if first_hand else ''})" if own else outlet
    if not held:
        return Ground(own, first_hand, says=says)
    claim = max(held, key=depth)
    how = [f"who {claim.stance} it"] if claim.stance != "asserts" else []
    how += [claim.certainty.value] if claim.certainty != "certain" else []
    how += ["which it is said not to have said"] if claim.negation else []
    return Ground(
        own_voice=own,
        first_hand=first_hand,
        chain=tuple(archive.source(link) for link in claim.chain),
        kinds=tuple(link.kind.value for link in claim.chain),
        cues=tuple(archive.quote(link.cue) or None for link in claim.chain),
        stance=None if own else claim.stance.value,
        certainty=None if own else claim.certainty.value,
        hedge=None if own else archive.quote(claim.hedge) or None,
        not_said=None if own else archive.quote(claim.negation) or None,
        says=", ".join([f"{says}{', also' if own else ''} ← {archive.chain(claim)}", *how]),
    )
