"""Why two tellings were or were not taken for one happening: compared again from what linking keeps of articles."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.link.cards import Cards, Sketch
from sayso.link.cluster import Pair, ordered
from sayso.link.compare import compare_tellings
from sayso.link.happenings import INSIDE, may_be_one
from sayso.link.judge import judge_pairs
from sayso.link.lineage import is_copy
from sayso.link.tellings import Telling
from sayso.link.verdicts import Verdicts
from sayso.model import Reason
from sayso.ports import Layer, LinkIndex

Place = tuple[str, str]  # article, event


def explain_tellings(
    index: LinkIndex, pairs: Sequence[tuple[Place, Place]], verdicts: Verdicts
) -> list[tuple[Reason, ...]]:
    """What speaks for and against each pair of tellings; nothing where one is not linked or they are never compared."""
    sketches = Cards(index, verdicts).sketches({article for pair in pairs for article, _ in pair})
    alike = _alike(sketches, [(one[0], two[0]) for one, two in pairs])
    taken = index.edges(Layer.LINEAGE, list(sketches), 0.0)
    alike |= {ordered(edge.left, edge.right): 1.0 for edge in taken if is_copy(edge)}
    found = []
    for one, two in pairs:
        left, right = _telling(sketches, one), _telling(sketches, two)
        near = INSIDE if one[0] == two[0] else alike.get(ordered(one[0], two[0]), 0.0)
        known = left is not None and right is not None and may_be_one(left, right, near)
        found.append(compare_tellings(left, right, near)[1] if known and left and right else ())
    return found


def _telling(sketches: dict[str, Sketch], place: Place) -> Telling | None:
    """The telling that an event of an article stands in."""
    article, event = place
    tellings = sketches[article].tellings if article in sketches else ()
    return next((one for one in tellings if any(event == held.id for held in one.events)), None)


def _alike(sketches: dict[str, Sketch], articles: Sequence[Pair]) -> dict[Pair, float]:
    """How likely each two articles tell one main happening."""
    between = sorted({ordered(*pair) for pair in articles if pair[0] != pair[1] and sketches.keys() >= {*pair}})
    judged = judge_pairs([(sketches[left].profile, sketches[right].profile) for left, right in between], "incident")
    return dict(zip(between, judged, strict=True))
