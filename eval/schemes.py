"""The classes of the benchmarks' own schemes that the typer has a head for, and how its marks become spans."""

from __future__ import annotations

import numpy as np

from sayso.extract.encoder import Encoded, Floats

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


def marked(scores: Floats, encoded: Encoded) -> list[tuple[int, int, int, float]]:
    """(first, last, class, chance) of the stretches that a head marks: class 2k+1 begins one of kind k, 2k+2 goes on.

    Pieces of one word go with its first.
    """
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    found: list[tuple[int, int, int, float]] = []
    open_kind, before = -1, -1
    for piece in range(1, len(scores) - 1):
        first, last = int(encoded.starts[piece]), int(encoded.ends[piece])
        if first == before and open_kind >= 0:  # the rest of a word
            start, _, kind, chance = found[-1]
            found[-1] = (start, last, kind, chance)
            before = last
            continue
        label = int(scores[piece].argmax())
        if label and not label % 2 and open_kind == label // 2 - 1:
            start, _, kind, chance = found[-1]
            found[-1] = (start, last, kind, max(chance, float(chances[piece, label])))
        elif label:
            open_kind = (label - 1) // 2
            found.append((first, last, open_kind, float(chances[piece, label])))
        else:
            open_kind = -1
        before = last
    return found
