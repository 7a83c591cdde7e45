"""How likely two articles' tellings are of one happening, and why: a sum of reasons an analyst can check.

Each reason is what was seen of one matter (place, time, participants...); what it weighs is fitted by
`training/tellings.py`. `data/tellings.card.md` says on what. What bars two happenings from being one is no weight but a
rule: see `happenings.may_be_one`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sayso.knowledge import blob
from sayso.link.kinship import kilometres, precise
from sayso.link.tellings import Telling, akin
from sayso.model import Reason
from sayso.text import fold

STEPS = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)  # of how likely their articles tell one happening
COSINES = (0.03, 0.08, 0.15, 0.25, 0.4, 0.6)  # of the words that tell the two

Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of one matter: the names of its weights, and the words for an analyst."""

    name: str
    seen: tuple[str, ...]
    detail: str = ""


@cache
def open_weights() -> Weights:
    """The weights that ship, by what is seen; "bias" is that of nothing seen at all."""
    found: Weights = json.loads(blob("tellings.json"))
    return found


def compare_tellings(
    one: Telling, two: Telling, alike: float, weights: Weights | None = None
) -> tuple[float, tuple[Reason, ...]]:
    """The probability that two tell one happening, and why. `alike`: how likely their articles tell one main one."""
    if not akin(one, two):
        return 0.0, ()
    weights = weights or open_weights()
    reasons = [
        Reason(sight.name, round(sum(weights.get(name, 0.0) for name in sight.seen), 2), sight.detail)
        for sight in sights(one, two, alike)
    ]
    total = weights["bias"] + sum(reason.score for reason in reasons)
    return 1 / (1 + math.exp(-total)), tuple(reason for reason in reasons if reason.score)


def sights(one: Telling, two: Telling, alike: float) -> tuple[Sight, ...]:
    """What is seen of a pair, the same whichever is first."""
    one, two = (one, two) if (one.article, one.id) <= (two.article, two.id) else (two, one)
    return (
        _type_sight(one, two),
        _place_sight(one, two),
        _time_sight(one, two),
        _who_sight(one, two),
        _toll_sight(one, two),
        _words_sight(one, two),
        _articles_sight(one, two, alike),
        _verbal_sight(one, two),
    )


def _type_sight(one: Telling, two: Telling) -> Sight:
    kin = akin(one, two)
    how = "same" if kin >= 1 else "other mode" if kin >= 0.85 else "kin" if kin >= 0.5 else "distant kin"
    return Sight("type", (f"type {how}",), " and ".join(sorted((one.type.value, two.type.value))))


def _place_sight(one: Telling, two: Telling) -> Sight:
    a, b = one.place, two.place
    if a is None or b is None:
        countries = {x.country if x else weak for x, weak in ((a, one.weak_country), (b, two.weak_country))}
        if None in countries:
            return Sight("place", ("place unknown",), "not known of both")
        if len(countries) > 1:
            return Sight("place", ("place perhaps another country",), "not known of both, perhaps two countries")
        return Sight("place", ("place perhaps one country",), f"perhaps both in {countries.pop()}")
    if (a.geonameid is not None and a.geonameid == b.geonameid) or fold(a.name) == fold(b.name):
        return Sight("place", ("place same" if precise(a) or precise(b) else "place same, wide",), f"both in {a.name}")
    if not (precise(a) and precise(b)):
        return Sight("place", ("place may hold the other",), f"{a.name} and {b.name}, one perhaps in the other")
    apart = kilometres(a, b)
    if apart is None:
        return Sight("place", ("place of another name",), f"{a.name} and {b.name}")
    how = "place near" if apart <= 10 else "place not far"
    return Sight("place", (how,), f"{a.name} and {b.name} lie {apart:.0f} km apart")


def _time_sight(one: Telling, two: Telling) -> Sight:
    if one.days and two.days:
        if max(one.days[0] - two.days[1], two.days[0] - one.days[1]) > 0:
            return Sight("time", ("time next day",), "a day apart")
        wide = max(one.days[1] - one.days[0], two.days[1] - two.days[0])
        return Sight("time", ("time agrees" if wide <= 1 else "time agrees, wide",), "the days agree")
    days, filed = (one.days, two.published) if one.days else (two.days, one.published)
    if days and filed is not None:
        late = filed - days[1]
        how = "before" if late < 0 else "soon" if late <= 2 else "within days" if late <= 5 else "late"
        return Sight("time", (f"time filed {how}",), f"published {late} days after the other's day")
    if one.published is not None and two.published is not None:
        gap = abs(one.published - two.published)
        how = "together" if gap <= 1 else "within days" if gap <= 3 else "apart"
        return Sight("time", (f"time published {how}",), f"published {gap} days apart")
    return Sight("time", ("time unknown",), "not known of both")


def _who_sight(one: Telling, two: Telling) -> Sight:
    shared = sorted(one.who.keys() & two.who.keys())
    if not one.who or not two.who:
        return Sight("participants", ())
    kinds = sorted({key.split(" ")[0] for key in shared})
    seen = tuple(f"participants share {kind}" for kind in kinds) or ("participants differ",)
    return Sight("participants", seen, ", ".join(shared[:3]) or "none in common")


def _toll_sight(one: Telling, two: Telling) -> Sight:
    shared = sorted(one.tolls & two.tolls)
    if shared:
        how = "tolls same, telling" if max(figure for _, figure in shared) > 2 else "tolls same"
        return Sight("tolls", (how,), ", ".join(f"{count} {harm}" for harm, count in shared[:2]))
    harms = sorted({harm for harm, _ in one.tolls} & {harm for harm, _ in two.tolls})
    return Sight("tolls", ("tolls differ",) if harms else (), f"other figures of {', '.join(harms)}" if harms else "")


def _words_sight(one: Telling, two: Telling) -> Sight:
    shared = sorted(one.words.keys() & two.words.keys())
    both = sum(one.words[word] * two.words[word] for word in shared)
    value = both / math.sqrt(_length(one.words) * _length(two.words))
    best = sorted(shared, key=lambda word: (-one.words[word], word))[:4]
    return Sight("words", _steps("words", COSINES, value), ", ".join(best) or "none in common")


def _length(words: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in words.values()) or 1.0


def _articles_sight(one: Telling, two: Telling, alike: float) -> Sight:
    """The judge's word on their articles counts most where both are about these tellings."""
    main = min(one.main, two.main)
    zone = "articles' main" if main >= 1 else "articles' leads" if main > 0 else "articles"
    return Sight("articles", (zone, *_steps(zone, STEPS, alike)), f"their articles tell one happening at {alike:.2f}")


def _steps(name: str, bounds: tuple[float, ...], value: float) -> tuple[str, ...]:
    return tuple(f"{name} {bound}" for bound in bounds if value >= bound)


def named_in_both(one: Telling, two: Telling) -> bool:
    """Whether somebody takes part in both by name."""
    return any(key.startswith("name ") for key in one.who.keys() & two.who.keys())


def _verbal_sight(one: Telling, two: Telling) -> Sight:
    if not (one.verbal and two.verbal):
        return Sight("words alone", ("words beside a deed",) if one.verbal != two.verbal else ())
    if named_in_both(one, two):
        return Sight("words alone", ("words of one speaker",), "one speaker")
    return Sight("words alone", ("words alone",), "no one named in both")
