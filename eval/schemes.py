"""The classes of the benchmarks' own schemes that the typer has a head for, and how its marks become spans."""

from __future__ import annotations

from sayso.extract.events.encoder import Encoded, Floats

PAIR_ROOTS = (
    "ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN YIELD"
).split()
ACLED = (
    "ABDUCT_DISSAP AGREEMENT AIR_STRIKE ARMED_CLASH ARREST ART_MISS_ATTACK ATTACK ATTRIB CHANGE_TO_GROUP_ACT CHEM_WEAP "
    "DIPLO DISR_WEAP FORCE_AGAINST_PROTEST GOV_REGAINS_TERIT GRENADE HQ_ESTABLISHED MAN_MADE_DISASTER MOB_VIOL "
    "NATURAL_DISASTER NON_STATE_ACTOR_OVERTAKES_TER NON_VIOL_TERRIT_TRANSFER ORG_CRIME OTHER PEACE_PROTEST "
    "PROPERTY_DISTRUCT PROTEST_WITH_INTER REM_EXPLOS SEX_VIOL SUIC_BOMB VIOL_DEMONSTR"
).split()
POLICE = ("ANY_ACTION", "ARREST", "FAIL", "FORCE", "KILL")
SIDES = ("S", "T", "R")  # source, target, both sides of a meeting
MUC_ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
MUC_TYPES = ("attack", "bombing", "kidnapping", "arson", "robbery", "forced work stoppage")


def marked(scores: Floats, steps: Floats, encoded: Encoded) -> list[tuple[int, int, int]]:
    """(first, last, kind) of the stretches that a head marks: class 2k+1 begins one of kind k, 2k+2 goes on with it.

    `steps` (classes, classes) are the scores of one class after another; the best sequence of all is taken. A word is
    marked whole.
    """
    labels = best_path(scores[1:-1], steps)
    found: list[tuple[int, int, int]] = []
    before, inside = -1, False
    for piece, label in enumerate(labels, 1):
        first, last = int(encoded.starts[piece]), int(encoded.ends[piece])
        if inside and (first == before or label in (2 * found[-1][2] + 2,)):
            found[-1] = (found[-1][0], last, found[-1][2])
        elif label:
            found.append((first, last, (label - 1) // 2))
            inside = True
        else:
            inside = False
        before = last
    return found


def best_path(scores: Floats, steps: Floats) -> list[int]:
    """The labels whose scores and steps add up to most (Viterbi 1967)."""
    if not len(scores):
        return []
    total, back = scores[0], []
    for row in scores[1:]:
        paths = total[:, None] + steps
        back.append(paths.argmax(axis=0))
        total = paths.max(axis=0) + row
    label = int(total.argmax())
    labels = [label]
    for came in reversed(back):
        label = int(came[label])
        labels.append(label)
    return labels[::-1]
