"""Joins what many reports tell into incidents: one happening, one record, with its tolls and independent origins.

Blocking keys (place, day, participant, rare word) propose pairs of tellings; a sum of reasons scores each; average
link groups them, so that a round-up cannot chain two happenings; an analyst's word overrides it all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.link.article_tolls import read_tolls
from sayso.link.articles import Profile, profile_articles, score_pairs
from sayso.link.cluster import Pair, average_link, ordered
from sayso.link.compare import compare_tellings, rarities
from sayso.link.counts import TakenBack, taken_back
from sayso.link.courses import Share, reconcile_shares
from sayso.link.crises import crisis_chains, crisis_tolls, main_tolls
from sayso.link.kinship import all_kin
from sayso.link.origins import UNKNOWN, count_independent
from sayso.link.tellings import Telling, places_conflict, tell
from sayso.link.votes import span_of, summary, vote_days, vote_place, vote_type
from sayso.link.weights import weights_for
from sayso.model import (
    Analysis,
    Copy,
    Incident,
    Judgement,
    Level,
    Origin,
    Place,
    Reason,
    TollEstimate,
    Use,
    Verdict,
)
from sayso.text import fold

THRESHOLD = 0.5
CROWD = 120  # a key shared by more tellings proposes no pair
UNCOMMON = 25  # a stem in at most this many tellings is a key
LONGEST = 7  # days: a longer interval is no key
ALIKE = 0.3  # articles this likely to tell one happening propose their main tellings


@dataclass(frozen=True, slots=True)
class _Known:
    """What incidents are made from: analyses by article, origins, crises and the figures that were called back."""

    analyses: Mapping[str, Analysis]
    origins: Sequence[Origin]
    crisis_of: Mapping[str, int]
    recalled: Mapping[int, Sequence[TakenBack]]  # by crisis


def find_incidents(
    analyses: Sequence[Analysis],
    copies: Sequence[Copy] = (),
    origins: Sequence[Origin] = (),
    judgements: Iterable[Judgement] = (),
    profiles: Sequence[Profile] | None = None,
    crises: Sequence[tuple[str, ...]] = (),
) -> tuple[Incident, ...]:
    """The incidents these analyses tell, each event in at most one; by id. `crises` are groups of article ids."""
    origin_of = {article: origin.id for origin in origins for article in origin.articles}
    by_article = {analysis.article.id: analysis for analysis in sorted(analyses, key=lambda one: one.article.id)}
    crisis_of = {article: at for at, group in enumerate(crises) for article in group}
    same, apart = _verdicts(judgements, by_article)
    barred = _within_articles(apart, by_article)
    tellings = {
        telling.id: telling for id in by_article for telling in tell(by_article[id], origin_of.get(id, id), barred[id])
    }
    if not tellings:
        return ()
    if profiles is None:
        profiles = profile_articles(analyses)
    home = {event.id: telling.id for telling in tellings.values() for event in telling.events}
    same, apart = _lift(same, home), _lift(apart, home)
    scores, reasons = _score(tellings, _alikeness(profiles, copies), crisis_of)
    totals = crisis_chains(tellings.values(), crisis_of)
    groups = _judged(average_link(tellings, scores, THRESHOLD, same=totals, apart=apart), same, apart)
    known = _Known(by_article, origins, crisis_of, _recalled(by_article, crisis_of))
    found = [_incident([tellings[id] for id in group], known, reasons, same) for group in groups]
    return tuple(sorted(found, key=lambda incident: incident.id))


def _recalled(analyses: Mapping[str, Analysis], crisis_of: Mapping[str, int]) -> dict[int, list[TakenBack]]:
    """The figures that articles of each crisis take back."""
    found: dict[int, list[TakenBack]] = defaultdict(list)
    for id, analysis in analyses.items():
        if id in crisis_of:
            found[crisis_of[id]] += taken_back(analysis)
    return found


# --------------------------------------------------------------------------- candidates and scores


def _score(
    tellings: Mapping[str, Telling], alike: Mapping[Pair, float], crisis_of: Mapping[str, int]
) -> tuple[dict[Pair, float], dict[Pair, tuple[Reason, ...]]]:
    rarity = rarities(list(tellings.values()))
    scores: dict[Pair, float] = {}
    reasons: dict[Pair, tuple[Reason, ...]] = {}
    for left, right in sorted(_candidates(tellings) | _main_pairs(tellings, alike)):
        one, two = tellings[left], tellings[right]
        if not _may_meet(one, two) or (crisis_of and one.total != two.total):
            continue
        near = 0.5 if one.article == two.article else alike.get(ordered(one.article, two.article), 0.0)
        score, why = compare_tellings(one, two, near, rarity)
        if score > 0.05:
            scores[left, right] = score
            reasons[left, right] = why
    return scores, reasons


def _may_meet(one: Telling, two: Telling) -> bool:
    """Whether neither place nor day bars one happening; two days in a row may be one night."""
    if one.days and two.days and max(one.days[0] - two.days[1], two.days[0] - one.days[1]) > 1:
        return False
    return not places_conflict(one.place, two.place)


def _candidates(tellings: Mapping[str, Telling]) -> set[Pair]:
    """Pairs of tellings that share a blocking key and whose types may name one happening."""
    counts = Counter(word for telling in tellings.values() for word in telling.words)
    index: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for id in sorted(tellings):
        for key in set(_keys(tellings[id], counts)):
            index[key].append(id)
    kin = all_kin()
    allowed = {id: {kind for own in telling.types for kind in kin[own]} for id, telling in tellings.items()}
    found: set[Pair] = set()
    for members in index.values():
        if len(members) > CROWD:
            continue
        for at, left in enumerate(members):
            found.update((left, right) for right in members[at + 1 :] if allowed[left] & tellings[right].types)
    return found


def _main_pairs(tellings: Mapping[str, Telling], alike: Mapping[Pair, float]) -> set[Pair]:
    """The main tellings of articles that are likely to tell one happening."""
    mains: dict[str, list[str]] = defaultdict(list)
    for id, telling in tellings.items():
        if telling.main:
            mains[telling.article].append(id)
    return {
        ordered(left, right)
        for (one, two), score in alike.items()
        if score >= ALIKE and one != two
        for left in mains.get(one, ())
        for right in mains.get(two, ())
    }


def _keys(telling: Telling, counts: Mapping[str, int]) -> Iterator[tuple[object, ...]]:
    """What a telling can be found by: place and day, participant and day, uncommon word and week, its article."""
    yield ("article", telling.article)
    days = _near_days(telling)
    where = {fold(telling.place.name)} if telling.place else set()
    country = telling.place.country if telling.place and telling.place.country else telling.weak_country
    for day in days:
        for kind in {ordered(kind, own) for own in telling.types for kind in all_kin()[own]}:
            if country:
                yield ("country", country, day, kind)
            for name in where:
                yield ("place", name, day, kind)
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


def _verdicts(judgements: Iterable[Judgement], analyses: Mapping[str, Analysis]) -> tuple[list[Pair], list[Pair]]:
    """Pairs of events called the same and not the same; of several words on a pair the last counts."""
    words = [word for word in judgements if word.verdict in (Verdict.SAME, Verdict.NOT_SAME)]
    events = {event.id for analysis in analyses.values() for event in analysis.events} if words else set()
    last: dict[Pair, Verdict] = {}
    for word in sorted(words, key=lambda word: (word.at, word.by, word.verdict)):
        if word.left in events and word.right in events and word.left != word.right:
            last[ordered(word.left, word.right)] = word.verdict
    same = sorted(pair for pair, verdict in last.items() if verdict is Verdict.SAME)
    return same, sorted(pair for pair, verdict in last.items() if verdict is Verdict.NOT_SAME)


def _within_articles(apart: Sequence[Pair], analyses: Mapping[str, Analysis]) -> dict[str, list[Pair]]:
    """The pairs that part two events of one article, by article."""
    home = {event.id: id for id, analysis in analyses.items() for event in analysis.events} if apart else {}
    found: dict[str, list[Pair]] = defaultdict(list)
    for left, right in apart:
        if home[left] == home[right]:
            found[home[left]].append((left, right))
    return found


def _lift(pairs: Sequence[Pair], home: Mapping[str, str]) -> list[Pair]:
    """Pairs of events as pairs of the tellings they stand in."""
    found = {ordered(home[a], home[b]) for a, b in pairs if a in home and b in home and home[a] != home[b]}
    return sorted(found)


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
    known: _Known,
    reasons: Mapping[Pair, tuple[Reason, ...]],
    same: Sequence[Pair],
) -> Incident:
    events = tuple(sorted(event.id for telling in group for event in telling.events))
    articles = tuple(sorted({telling.article for telling in group}))
    total = all(telling.total for telling in group)
    place = _country_of(group, known) if total else vote_place(group)
    first, last = span_of(group) if total else vote_days(group)
    return Incident(
        id=events[0],
        type=vote_type(group),
        events=events,
        articles=articles,
        origins=count_independent(articles, known.origins),
        place=place.name if place else None,
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        first=first,
        last=last,
        tolls=_tolls(group, known),
        summary=summary(group, known.analyses),
        reasons=_why([telling.id for telling in group], reasons, same, total),
    )


def _country_of(group: Sequence[Telling], known: _Known) -> Place | None:
    """The country a crisis is in, as one of its articles names it."""
    countries = Counter(one.weak_country for one in group if one.weak_country)
    if not countries:
        return None
    country = min(countries, key=lambda key: (-countries[key], key))
    named = [
        place
        for article in sorted({one.article for one in group})
        for place in known.analyses[article].places
        if place.country == country and place.level is Level.COUNTRY and place.use is not Use.DEMONYM
    ]
    return min(named, key=lambda place: (place.name, place.id), default=None)


def _tolls(group: Sequence[Telling], known: _Known) -> tuple[TollEstimate, ...]:
    total = all(telling.total for telling in group)
    names = {id: fold(origin.name) for origin in known.origins for id in origin.articles}
    members: dict[str, list[Telling]] = defaultdict(list)
    for telling in group:
        members[telling.article].append(telling)
    loose = crisis_tolls(group, known.analyses) if total else main_tolls(group, known.analyses)
    shares = []
    for article, tellings in members.items():
        name = names.get(article, UNKNOWN)
        events = frozenset(event.id for telling in tellings for event in telling.events)
        main = any(telling.main >= 1 for telling in tellings)
        tolls = read_tolls(known.analyses[article])
        shares.append(Share(tolls, tellings[0].origin, "" if name == UNKNOWN else name, events, loose, main))
    crises = {known.crisis_of[article] for article in members if article in known.crisis_of}
    recalls = [one for crisis in sorted(crises) for one in known.recalled[crisis] if one.article not in members]
    return reconcile_shares(shares, recalls, growing=total)


def _why(
    events: Sequence[str], reasons: Mapping[Pair, tuple[Reason, ...]], same: Sequence[Pair], total: bool
) -> tuple[Reason, ...]:
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
    if total and len(events) > 1:
        found.append(Reason("crisis", 1.0, "they count the harm of one crisis"))
    inside = set(events)
    if any(left in inside and right in inside for left, right in same):
        found.append(Reason("judgement", 1.0, "an analyst says that it is one happening"))
    return tuple(found)
