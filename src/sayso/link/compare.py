"""How likely two articles' tellings are of one happening, and why: a sum of reasons an analyst can check."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sayso.link.kinship import kilometres, precise
from sayso.link.tellings import Telling, akin
from sayso.model import Reason
from sayso.text import fold

BIAS = -3.6  # two events of one type with nothing else in common are two happenings


def compare_tellings(one: Telling, two: Telling, alike: float) -> tuple[float, tuple[Reason, ...]]:
    """The probability that two tell one happening, and why. `alike`: how likely their articles tell one main one."""
    kin = akin(one, two)
    if not kin:
        return 0.0, ()
    main = min(one.main, two.main)
    reasons = [
        Reason("type", round(2.5 * kin - 2.5, 2), f"{one.type.value} and {two.type.value}"),
        _place_reason(one, two),
        _time_reason(one, two),
        _who_reason(one, two),
        _toll_reason(one, two),
        _words_reason(one, two),
        Reason("articles", round((1.2 + 2.4 * main) * alike, 2), f"their articles tell one happening at {alike:.2f}"),
        _verbal_reason(one, two),
    ]
    total = BIAS + sum(reason.score for reason in reasons)
    return 1 / (1 + math.exp(-total)), tuple(reason for reason in reasons if reason.score)


def _place_reason(one: Telling, two: Telling) -> Reason:
    a, b = one.place, two.place
    if a is None or b is None:
        countries = {x.country if x else weak for x, weak in ((a, one.weak_country), (b, two.weak_country))}
        if None in countries or len(countries) > 1:
            return Reason("place", 0.0 if None in countries else -1.0, "not known of both")
        return Reason("place", 0.3, f"perhaps both in {countries.pop()}")
    if (a.geonameid is not None and a.geonameid == b.geonameid) or fold(a.name) == fold(b.name):
        return Reason("place", 2.0 if precise(a) or precise(b) else 1.0, f"both in {a.name}")
    if a.country and b.country and a.country != b.country:
        return Reason("place", -4.0, f"{a.name} and {b.name} lie in two countries")
    apart = kilometres(a, b)
    if precise(a) and precise(b):
        if apart is None:
            return Reason("place", -1.0, f"{a.name} and {b.name}")
        score = 1.0 if apart <= 10 else -0.5 if apart <= 40 else -4.0
        return Reason("place", score, f"{a.name} and {b.name} lie {apart:.0f} km apart")
    return Reason("place", 0.5, f"{a.name} and {b.name}, one perhaps in the other")


def _time_reason(one: Telling, two: Telling) -> Reason:
    if one.days and two.days:
        gap = max(one.days[0] - two.days[1], two.days[0] - one.days[1])
        wide = max(one.days[1] - one.days[0], two.days[1] - two.days[0])
        if gap > 0:
            return Reason("time", -1.5 if gap == 1 else -5.0, f"{gap} days apart")
        return Reason("time", 2.0 if wide <= 1 else 1.0 if wide <= 10 else 0.3, "the days agree")
    known = [(days, other) for days, other in ((one.days, two.published), (two.days, one.published)) if days]
    if known and known[0][1] is not None:
        days, filed = known[0][0], known[0][1]
        late = filed - days[1]
        return Reason("time", 0.5 if 0 <= late <= 2 else -1.0 if late <= 5 else -2.5, "day against publication")
    if one.published is not None and two.published is not None:
        gap = abs(one.published - two.published)
        return Reason("time", 0.4 if gap <= 1 else -0.5 if gap <= 3 else -2.0, f"published {gap} days apart")
    return Reason("time", -1.0, "not known of both")


def _who_reason(one: Telling, two: Telling) -> Reason:
    shared = sorted(one.who.keys() & two.who.keys())
    if not one.who or not two.who:
        return Reason("participants", 0.0)
    weight = sum(min(one.who[key], two.who[key]) for key in shared)
    if shared:
        return Reason("participants", round(min(1.5, weight), 2), ", ".join(shared[:3]))
    return Reason("participants", -0.7, "none in common")


def _toll_reason(one: Telling, two: Telling) -> Reason:
    shared = sorted(one.tolls & two.tolls)
    if shared:
        telling = max(figure for _, figure in shared)
        return Reason("tolls", 1.0 if telling > 2 else 0.5, ", ".join(f"{count} {harm}" for harm, count in shared[:2]))
    return Reason("tolls", 0.0)


def _words_reason(one: Telling, two: Telling) -> Reason:
    small, large = sorted((one.words, two.words), key=len)
    shared = sorted(word for word in small if word in large)
    if not shared:
        return Reason("words", -0.5, "none in common")
    both = sum(one.words[word] ** 2 for word in shared)
    value = both / math.sqrt(_length(one.words) * _length(two.words))
    best = sorted(shared, key=lambda word: (-one.words[word], word))[:4]
    return Reason("words", round(4.0 * min(1.0, value) - 0.2, 2), ", ".join(best))


def _length(words: Mapping[str, float]) -> float:
    return sum(weight * weight for weight in words.values()) or 1.0


def _verbal_reason(one: Telling, two: Telling) -> Reason:
    """Words are many and alike: two are one act only where the same people are named."""
    if not (one.verbal and two.verbal) or any(key.startswith("name ") for key in one.who.keys() & two.who.keys()):
        return Reason("words alone", 0.0)
    return Reason("words alone", -1.5, "no one named in both")
