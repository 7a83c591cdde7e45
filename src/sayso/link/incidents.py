"""Joins what many reports tell into incidents: one happening, one record, with its tolls and independent origins.

Blocking keys (place, day, participant, rare word) propose pairs of tellings; a sum of reasons scores each; average
link groups them, so that a round-up cannot chain two happenings; an analyst's word overrides it all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from sayso.link.articles import Profile, profile_articles, score_pairs
from sayso.link.cluster import Pair, average_link, ordered
from sayso.link.origins import count_independent
from sayso.link.tellings import Telling, all_kin, compare_tellings, rarities, tell
from sayso.link.tolls import count_tolls, recalled_figures, reconcile_tolls
from sayso.link.weights import weights_for
from sayso.model import (
    Analysis,
    Basis,
    Copy,
    EventType,
    Incident,
    Judgement,
    Level,
    Origin,
    Place,
    Reason,
    Toll,
    TollEstimate,
    Verdict,
)
from sayso.text import fold

THRESHOLD = 0.5
CROWD = 120  # a key shared by more tellings proposes no pair
UNCOMMON = 25  # a stem in at most this many tellings is a key
LONGEST = 7  # days: a longer interval is no key
_SURENESS = {Basis.STATED: 3.0, Basis.PARTIAL: 3.0, Basis.WEEKDAY: 2.0, Basis.RELATIVE: 2.0, Basis.DATELINE: 0.5}
_PRECISION = (Level.SITE, Level.CITY, Level.DISTRICT, Level.PROVINCE, Level.COUNTRY, Level.REGION)
_GRAVITY = (
    EventType.ASSAULT, EventType.PROTEST, EventType.COERCE, EventType.MOBILIZE, EventType.SANCTION, EventType.RETREAT,
    EventType.AID, EventType.COOPERATE,
)  # fmt: skip


def find_incidents(
    analyses: Sequence[Analysis],
    copies: Sequence[Copy] = (),
    origins: Sequence[Origin] = (),
    judgements: Iterable[Judgement] = (),
    profiles: Sequence[Profile] | None = None,
) -> tuple[Incident, ...]:
    """The incidents these analyses tell, each event in at most one; by id."""
    origin_of = {article: origin.id for origin in origins for article in origin.articles}
    by_article = {analysis.article.id: analysis for analysis in analyses}
    tellings = {
        telling.id: telling for id in sorted(by_article) for telling in tell(by_article[id], origin_of.get(id, id))
    }
    if not tellings:
        return ()
    if profiles is None:
        profiles = profile_articles(analyses)
    scores, reasons = _score(tellings, _alikeness(profiles, copies))
    same, apart = _verdicts(judgements, tellings)
    groups = _judged(average_link(tellings, scores, THRESHOLD, apart=apart), same, apart)
    recalled = [found for id in sorted(by_article) if (found := recalled_figures(by_article[id])) is not None]
    return tuple(
        _incident([tellings[id] for id in group], by_article, origins, recalled, reasons, same) for group in groups
    )


# --------------------------------------------------------------------------- candidates and scores


def _score(
    tellings: Mapping[str, Telling], alike: Mapping[Pair, float]
) -> tuple[dict[Pair, float], dict[Pair, tuple[Reason, ...]]]:
    rarity = rarities(list(tellings.values()))
    scores: dict[Pair, float] = {}
    reasons: dict[Pair, tuple[Reason, ...]] = {}
    for left, right in _candidates(tellings):
        one, two = tellings[left], tellings[right]
        near = 0.5 if one.article == two.article else alike.get(ordered(one.article, two.article), 0.0)
        score, why = compare_tellings(one, two, near, rarity)
        if score > 0.05:
            scores[left, right] = score
            reasons[left, right] = why
    return scores, reasons


def _candidates(tellings: Mapping[str, Telling]) -> list[Pair]:
    """Pairs of event ids that share a blocking key and whose types may name one happening."""
    counts = Counter(word for telling in tellings.values() for word in telling.words)
    index: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for id in sorted(tellings):
        for key in sorted(set(_keys(tellings[id], counts)), key=repr):
            index[key].append(id)
    kin = all_kin()
    found: set[Pair] = set()
    for members in index.values():
        if len(members) > CROWD:
            continue
        for at, left in enumerate(members):
            allowed = kin[tellings[left].event.type]
            found.update((left, right) for right in members[at + 1 :] if tellings[right].event.type in allowed)
    return sorted(found)


def _keys(telling: Telling, counts: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """What a telling can be found by: place and day, participant and day, uncommon word and week, its article."""
    yield ("article", telling.article)
    days = _near_days(telling)
    where = {fold(telling.place.name)} if telling.place else set()
    country = telling.place.country if telling.place and telling.place.country else telling.weak_country
    for day in days:
        for kind in all_kin()[telling.event.type]:
            if country:
                yield ("country", country, day, ordered(kind, telling.event.type))
            for name in where:
                yield ("place", name, day, ordered(kind, telling.event.type))
        for name in telling.who:
            if name.startswith("name "):
                yield ("who", name, day)
    weeks: set[int | None] = {day // 7 for day in days} or {None}
    for word in telling.words:
        if counts[word] <= UNCOMMON:
            for week in weeks:
                yield ("word", word, week)


def _near_days(telling: Telling) -> tuple[int, ...]:
    """The days it may have happened on: its own, else those just before publication."""
    if telling.days and telling.days[1] - telling.days[0] <= LONGEST:
        return tuple(range(telling.days[0], telling.days[1] + 2))
    if telling.published is not None:
        return tuple(range(telling.published - 2, telling.published + 1))
    return ()


def _alikeness(profiles: Sequence[Profile], copies: Sequence[Copy]) -> dict[Pair, float]:
    """How likely two articles tell one main happening; copies surely do."""
    found: dict[Pair, float] = {}
    for (one, two), score in score_pairs(profiles, weights_for("incident")).items():
        for left in profiles[one].articles:
            for right in profiles[two].articles:
                found[ordered(left, right)] = score
    found.update({ordered(copy.article, copy.of): 1.0 for copy in copies})
    return found


# --------------------------------------------------------------------------- judgements


def _verdicts(judgements: Iterable[Judgement], tellings: Mapping[str, Telling]) -> tuple[list[Pair], list[Pair]]:
    """Pairs of events called the same and not the same; of several words on a pair the last counts."""
    last: dict[Pair, Verdict] = {}
    for word in sorted(judgements, key=lambda word: (word.at, word.by, word.verdict)):
        if word.verdict in (Verdict.SAME, Verdict.NOT_SAME) and word.left in tellings and word.right in tellings:
            last[ordered(word.left, word.right)] = word.verdict
    same = sorted(pair for pair, verdict in last.items() if verdict is Verdict.SAME and pair[0] != pair[1])
    return same, sorted(pair for pair, verdict in last.items() if verdict is Verdict.NOT_SAME)


def _judged(groups: Sequence[tuple[str, ...]], same: Sequence[Pair], apart: Sequence[Pair]) -> list[tuple[str, ...]]:
    """Whole groups joined where an analyst says two of their events are one; where others bar that, the event alone."""
    home = {id: set(group) for group in groups for id in group}
    barred = {*apart, *((right, left) for left, right in apart)}
    for left, right in same:
        if home[left] is home[right]:
            continue
        moved = home[left]
        if any((a, b) in barred for a in moved for b in home[right]):
            moved = {left}
            if any((left, b) in barred for b in home[right]):
                continue
            home[left].discard(left)
        home[right] |= moved
        for id in moved:
            home[id] = home[right]
    return sorted({tuple(sorted(group)) for group in home.values() if group})


# --------------------------------------------------------------------------- the record


def _incident(
    group: Sequence[Telling],
    analyses: Mapping[str, Analysis],
    origins: Sequence[Origin],
    recalled: Sequence[tuple[int, frozenset[int]]],
    reasons: Mapping[Pair, tuple[Reason, ...]],
    same: Sequence[Pair],
) -> Incident:
    events = tuple(sorted(telling.id for telling in group))
    articles = tuple(sorted({telling.article for telling in group}))
    place = _vote_place(group)
    first, last = _vote_days(group)
    return Incident(
        id=events[0],
        type=_vote_type(group),
        events=events,
        articles=articles,
        origins=count_independent(articles, origins),
        place=place.name if place else None,
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        first=first,
        last=last,
        tolls=_tolls(group, analyses, recalled),
        summary=_summary(group, analyses),
        reasons=_why(events, reasons, same),
    )


def _vote_type(group: Sequence[Telling]) -> EventType:
    """The type most origins give; of equals the graver, then by name."""
    votes = Counter(kind for _, kind in sorted({(telling.origin, telling.event.type) for telling in group}))
    gravity = {kind: rank for rank, kind in enumerate(_GRAVITY)}
    return min(votes, key=lambda kind: (-votes[kind], gravity.get(kind, len(gravity)), kind))


def _vote_place(group: Sequence[Telling]) -> Place | None:
    """The place most origins name in the country most name; a city before the country that holds it."""
    named = sorted(
        {(telling.origin, telling.place.country or "", fold(telling.place.name)) for telling in group if telling.place}
    )
    if not named:
        return None
    countries = Counter(country for _, country, _ in named)
    country = min(countries, key=lambda key: (-countries[key], key))
    votes = Counter(name for _, home, name in named if home == country)
    inside = [t.place for t in group if t.place is not None and (t.place.country or "") == country]
    rank = {level: at for at, level in enumerate(_PRECISION)}

    def order(place: Place) -> tuple[object, ...]:
        broad = place.level in (Level.COUNTRY, Level.REGION, Level.PROVINCE, None)
        return (broad, -votes[fold(place.name)], rank.get(place.level, 9) if place.level else 9, place.name, place.id)

    return min(inside, key=order)


def _vote_days(group: Sequence[Telling]) -> tuple[str | None, str | None]:
    """The days on which most evidence agrees, one vote an origin and interval; None where none gives a day."""
    votes: dict[tuple[str, tuple[int, int]], float] = {}
    for telling in group:
        if telling.days and telling.time:
            key = (telling.origin, telling.days)
            votes[key] = max(votes.get(key, 0.0), _SURENESS.get(telling.time.basis, 1.0))
    if not votes:
        return None, None
    ends = sorted({day for (_, days) in votes for day in days})
    weight = {day: sum(vote for (_, days), vote in votes.items() if days[0] <= day <= days[1]) for day in ends}
    best = min(ends, key=lambda day: (-weight[day], day))
    agreed = [days for (_, days) in votes if days[0] <= best <= days[1]]
    first, last = max(days[0] for days in agreed), min(days[1] for days in agreed)
    return date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()


def _tolls(
    group: Sequence[Telling], analyses: Mapping[str, Analysis], recalled: Sequence[tuple[int, frozenset[int]]]
) -> tuple[TollEstimate, ...]:
    members: dict[str, set[str]] = defaultdict(set)
    origin = {telling.article: telling.origin for telling in group}
    for telling in group:
        members[telling.article].add(telling.id)
    counts = []
    for article in sorted(members):
        tolls: list[Toll] = [toll for toll in analyses[article].tolls if toll.event in members[article]]
        counts += count_tolls(analyses[article], tolls, origin[article], recalled)
    return reconcile_tolls(counts)


def _summary(group: Sequence[Telling], analyses: Mapping[str, Analysis]) -> str:
    """The words of the telling that says most: place, time, both sides, a toll; short, early and without a claim."""

    def order(telling: Telling) -> tuple[object, ...]:
        event = telling.event
        told = (telling.place, telling.days, event.actors, event.recipients, telling.tolls, not event.claims)
        size = max((span.end - span.start for span in event.evidence), default=0)
        return (-sum(map(bool, told)), not 40 <= size <= 320, event.trigger.start, telling.published or 0, event.id)

    best = min(group, key=order)
    text = analyses[best.article].article.text
    spans = best.event.evidence or (best.event.trigger,)
    return " ".join(text[spans[0].start : spans[0].end].split())


def _why(events: Sequence[str], reasons: Mapping[Pair, tuple[Reason, ...]], same: Sequence[Pair]) -> tuple[Reason, ...]:
    """What joined the events: for each ground its mean weight over the pairs that were compared, and an example."""
    held: dict[str, list[Reason]] = defaultdict(list)
    for at, left in enumerate(events[:40]):
        for right in events[at + 1 : 40]:
            for reason in reasons.get((left, right), ()):
                held[reason.name].append(reason)
    found = []
    for name, rows in sorted(held.items()):
        best = max(rows, key=lambda row: (abs(row.score), row.detail))
        found.append(Reason(name, round(sum(row.score for row in rows) / len(rows), 2), best.detail))
    inside = set(events)
    if any(left in inside and right in inside for left, right in same):
        found.append(Reason("judgement", 1.0, "an analyst says that it is one happening"))
    return tuple(found)
