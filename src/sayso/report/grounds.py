"""On what an event or a toll stands: whose say-so, and how. What stands under a claim is never given as fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.report.archive import Archive, depth


@dataclass(frozen=True, slots=True)
class Ground:
    """The chain, from the outlet to the origin, on which one report tells something; all empty for own voice."""

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


def ground(archive: Archive, id: str, claims: Iterable[str], article: str) -> Ground:
    """What an event or toll of an article stands on: the innermost of its claims, else the outlet's own voice."""
    held = [archive.claims[claim] for claim in claims if claim in archive.claims]
    seen = archive.observed.get(id)
    if not held:
        first_hand = f"{archive.quote(seen[0].who)} … {archive.quote(seen[0].cue)}" if seen else None
        says = f"{archive.outlet(article)} (own voice{', first-hand' if first_hand else ''})"
        return Ground(True, first_hand, says=says)
    claim = max(held, key=depth)
    how = [f"who {claim.stance} it"] if claim.stance != "asserts" else []
    how += [claim.certainty.value] if claim.certainty != "certain" else []
    how += ["which it is said not to have said"] if claim.negation else []
    return Ground(
        own_voice=False,
        first_hand=None,
        chain=tuple(archive.source(link) for link in claim.chain),
        kinds=tuple(link.kind.value for link in claim.chain),
        cues=tuple(archive.quote(link.cue) or None for link in claim.chain),
        stance=claim.stance.value,
        certainty=claim.certainty.value,
        hedge=archive.quote(claim.hedge) or None,
        not_said=archive.quote(claim.negation) or None,
        says=", ".join([f"{archive.outlet(article)} ← {archive.chain(claim)}", *how]),
    )
