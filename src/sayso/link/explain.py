"""Why two articles seem to tell one happening or not, in words that can be checked in their texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from sayso.link.judge import judge_pairs
from sayso.link.likeness import NEAR_HOURS, day_gap
from sayso.link.profile import RARE, Profile, cosine
from sayso.model import Reason

SHOWN = 6  # words or names that a reason lists
FAR_DAYS = 4  # days between publications from which the gap speaks against one happening


def explain_pair(left: Profile, right: Profile, purpose: str) -> tuple[Reason, ...]:
    """What the two share and where they differ; the first reason is the judge's probability.

    The other scores say how much of the article the ground covers, negative where it speaks against; they are not
    summands of the probability, which rests on all of them at once.
    """
    (score,) = judge_pairs([(left, right)], purpose)
    found = (
        _words(left, right),
        _names(left, right),
        _days(left, right),
        _published(left, right),
        _facts("ages", left.ages, right.ages, "both give the age {}", "ages differ: {} and {}"),
        _hours(left, right),
        _facts("streets", left.streets, right.streets, "both name the street {}", "streets differ: {} and {}"),
        _places(left, right),
    )
    verdict = Reason(purpose, round(score, 3), f"judged one {purpose} at {score:.2f}")
    return (verdict, *(reason for reason in found if reason is not None))


def _words(left: Profile, right: Profile) -> Reason | None:
    alike = cosine(left.terms, right.terms)
    shared = left.terms.keys() & right.terms.keys()
    rare = [term for term in shared if left.rarity[term] >= RARE]
    best = sorted(rare or shared, key=lambda term: (-left.terms[term] * right.terms[term], term))
    if not best:
        return Reason("words", 0.0, "share no word that matters")
    kind = "rare words" if rare else "words"
    return Reason("words", round(alike, 2), f"share {len(rare or shared)} {kind}: {_listed(best)}")


def _names(left: Profile, right: Profile) -> Reason | None:
    shared = left.names.keys() & right.names.keys()
    best = sorted(shared, key=lambda name: (" " not in name, -left.names[name], name))
    if not best:
        return Reason("names", 0.0, "share no name") if left.names and right.names else None
    phrases = " ".join(name for name in best if " " in name)
    alone = [name for name in best if " " in name or name.strip("^") not in phrases.replace("^", "").split()]
    share = len(shared) / min(len(left.names), len(right.names))
    return Reason("names", round(share, 2), f"both name {_listed(name.strip('^').title() for name in alone)}")


def _days(left: Profile, right: Profile) -> Reason | None:
    if not left.days or not right.days:
        return None
    shared = left.days.keys() & right.days.keys()
    if shared:
        agree = sum(min(left.days[day], right.days[day]) for day in shared)
        days = sorted(shared, key=lambda day: (-min(left.days[day], right.days[day]), day))
        return Reason("days", round(agree, 2), f"both speak of {_listed(map(_iso, days))}")
    most = (_iso(max(days, key=lambda day: (days[day], day))) for days in (left.days, right.days))
    return Reason("days", -1.0, "speak of different days: {} and {}".format(*most))


def _published(left: Profile, right: Profile) -> Reason | None:
    gap = day_gap(left, right)
    if gap is None:
        return None
    told = {0: "published on one day", 1: "published a day apart"}.get(gap, f"published {gap} days apart")
    return Reason("published", 0.5 if gap <= 1 else -0.5 if gap >= FAR_DAYS else 0.0, told)


def _hours(left: Profile, right: Profile) -> Reason | None:
    near = [one for one in left.hours if any(abs(one - two) <= NEAR_HOURS for two in right.hours)]
    if near:
        return Reason("hours", 0.5, f"both give the time {_listed(map(_clock, sorted(near)))}")
    if not left.hours or not right.hours:
        return None
    return Reason("hours", -0.3, f"times differ: {_clock(min(left.hours))} and {_clock(min(right.hours))}")


def _facts(name: str, left: AbstractSet[object], right: AbstractSet[object], both: str, differ: str) -> Reason | None:
    """What both give of one kind of detail, or the details where both give some and share none."""
    shared = sorted(map(str, left & right))
    if shared:
        return Reason(name, 0.5, both.format(_listed(shared)))
    if not left or not right:
        return None
    return Reason(name, -0.3, differ.format(*(_listed(sorted(map(str, side))) for side in (left, right))))


def _places(left: Profile, right: Profile) -> Reason | None:
    shared = left.places.keys() & right.places.keys()
    if shared:
        weight = {place: min(left.places[place], right.places[place]) for place in shared}
        return Reason("places", round(sum(weight.values()), 2), f"both in or from {_listed(_heaviest(weight))}")
    if not left.places or not right.places:
        return None
    return Reason("places", -0.3, f"places differ: {_heaviest(left.places)[0].title()} and "
                  f"{_heaviest(right.places)[0].title()}")  # fmt: skip


def _heaviest(weights: Mapping[str, float]) -> list[str]:
    return sorted(weights, key=lambda name: (-weights[name], name))


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - SHOWN} more" if len(every) > SHOWN else ""
    return ", ".join(every[:SHOWN]) + more


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
