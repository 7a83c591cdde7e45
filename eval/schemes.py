"""The classes of the benchmarks' own schemes that the typer has a head for, and how its marks become spans."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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


@dataclass(slots=True)
class Mark:
    """A stretch of a sentence that a head marks."""

    first: int  # characters of the sentence
    last: int
    kind: int
    pieces: list[int]


def marked(
    scores: Floats, steps: Floats, encoded: Encoded, text: str, bias: float = 0.0, ends: frozenset[str] = frozenset()
) -> list[Mark]:
    """The stretches that a head marks: class 2k+1 begins one of kind k, 2k+2 goes on with it.

    `steps` (classes, classes) are the scores of one class after another; the best sequence of all is taken, with `bias`
    in favour of marking. A word is marked whole, without what is written onto it, such as a full stop; a bracket that
    is opened is closed; the words and signs of `ends` end a stretch.
    """
    biased = scores[1:-1].copy()
    biased[:, 0] -= bias
    found: list[Mark] = []
    inside, before = False, -1
    for piece, label in enumerate(best_path(biased, steps), 1):
        first, last = int(encoded.starts[piece]), int(encoded.ends[piece])
        within = first == before and text[first - 1].isalnum() and text[first].isalnum()
        before = last
        if text[first:last].lower() in ends or (not label and not (inside and within)):
            inside = False
            continue
        if inside and (within or first == found[-1].last or label == 2 * found[-1].kind + 2):
            found[-1].last = last
            found[-1].pieces.append(piece)
        else:
            found.append(Mark(first, last, (label - 1) // 2, [piece]))
            inside = True
    for mark in found:
        marking = text[mark.first : mark.last]
        if marking.count("(") > marking.count(")") and text[mark.last :].lstrip().startswith(")"):
            mark.last = text.index(")", mark.last) + 1
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


def chances(scores: Floats, steps: Floats) -> Floats:
    """(pieces, classes): how likely each class of each piece is over all sequences (forward-backward)."""
    ahead, behind = scores.copy(), np.zeros_like(scores)
    for at in range(1, len(scores)):
        ahead[at] += _logsum(ahead[at - 1][:, None] + steps, 0)
    for at in range(len(scores) - 2, -1, -1):
        behind[at] = _logsum(steps + (scores[at + 1] + behind[at + 1])[None, :], 1)
    total = ahead + behind
    raised = np.exp(total - total.max(axis=1, keepdims=True))
    found: Floats = raised / raised.sum(axis=1, keepdims=True)
    return found


def _logsum(values: Floats, axis: int) -> Floats:
    most = values.max(axis=axis)
    found: Floats = most + np.log(np.exp(values - np.expand_dims(most, axis)).sum(axis=axis))
    return found
