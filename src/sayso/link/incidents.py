"""Joins what many reports tell into incidents: one happening, one record, with its tolls and independent origins.

Edges between tellings (`happenings`) make components; average link cuts each into groups, so that a round-up cannot
chain two happenings; an analyst's word overrides it all. Running totals make one incident a crisis (`crises`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sayso.link.article_tolls import read_tolls
from sayso.link.cards import Card, Cards
from sayso.link.cluster import Pair, average_link, ordered
from sayso.link.compare import compare_tellings
from sayso.link.counts import TakenBack
from sayso.link.courses import Share, reconcile_shares
from sayso.link.crises import crisis_tolls, main_tolls
from sayso.link.graph import Component, component_of, touched_components
from sayso.link.happenings import INSIDE, article_in, may_be_one, node_of
from sayso.link.judge import judge_pairs
from sayso.link.origins import UNKNOWN, count_independent
from sayso.link.tellings import Telling
from sayso.link.verdicts import Verdicts, settle
from sayso.link.votes import span_of, summary, vote_days, vote_place, vote_type
from sayso.model import Analysis, Incident, Level, Origin, Place, Reason, TollEstimate, Use
from sayso.ports import Layer, LinkIndex
from sayso.text import fold

THRESHOLD = 0.5
EXPLAINED = 8  # tellings whose pairs are compared again to say why they are one


@dataclass(frozen=True, slots=True)
class Around:
    """What incidents rest on beside their tellings: the cards, the origins and the stories of their articles."""

    cards: Cards
    origins: Mapping[str, Origin]  # by article
    story: Mapping[str, str]  # by article
    recalled: Mapping[str, Sequence[TakenBack]] = field(default_factory=dict)  # by story


def group_tellings(
    index: LinkIndex, cards: Cards, fresh: set[str], lost: Iterable[str], verdicts: Verdicts
) -> tuple[set[str], list[tuple[str, ...]]]:
    """All nodes whose incidents may have changed, and how they fall into groups."""
    node = _judged_nodes(index, cards, verdicts)
    same, apart = _lift(verdicts.same(node), node), _lift(verdicts.apart(node), node)
    components = touched_components(index, Layer.HAPPENING, fresh, lost)
    components = _with_judged(index, components, [*same, *apart])
    nodes = {node for component in components for node in component.nodes}
    groups = [
        group
        for component in components
        for group in average_link(component.nodes, component.scores, THRESHOLD, apart=apart)
    ]
    return nodes, settle(groups, [pair for pair in same if nodes.issuperset(pair)], apart)


def _with_judged(index: LinkIndex, components: list[Component], pairs: Sequence[Pair]) -> list[Component]:
    """These components and all that analysts' words tie to them."""
    beside: dict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        beside[left].add(right)
        beside[right].add(left)
    found = list(components)
    seen = {node for component in found for node in component.nodes}
    for component in found:  # grows as it goes
        for node in sorted(component.nodes & beside.keys()):
            for other in sorted(beside[node] - seen):
                found.append(component_of(index, Layer.HAPPENING, other))
                seen |= found[-1].nodes
    return found


def _judged_nodes(index: LinkIndex, cards: Cards, verdicts: Verdicts) -> dict[str, str]:
    """The node of each event that an analyst judged."""
    article = index.articles_of(sorted(verdicts.class_of))
    judged = cards.get(article.values()).values() if article else ()
    return {
        event.id: node_of(telling)
        for card in judged
        for telling in card.tellings
        for event in telling.events
        if event.id in verdicts.class_of
    }


def _lift(pairs: Iterable[Pair], node: Mapping[str, str]) -> list[Pair]:
    """Pairs of events as pairs of the tellings they stand in."""
    found = {ordered(node[a], node[b]) for a, b in pairs if a in node and b in node and node[a] != node[b]}
    return sorted(found)


# --------------------------------------------------------------------------- the record


def make_incident(nodes: Sequence[str], around: Around, verdicts: Verdicts) -> Incident:
    """The incident of these tellings of one happening."""
    cards = around.cards.get(article_in(node) for node in nodes)
    wanted = set(nodes)
    group = [
        replace(telling, origin=_origin_of(card.id, around))
        for card in cards.values()
        for telling in card.tellings
        if node_of(telling) in wanted
    ]
    return _record(group, cards, around, _why(group, cards, verdicts), total=False)


def make_total(tellings: Sequence[Telling], around: Around) -> Incident:
    """The incident that counts one crisis."""
    group = [replace(telling, origin=_origin_of(telling.article, around)) for telling in tellings]
    cards = around.cards.get(telling.article for telling in group)
    why = (Reason("crisis", 1.0, "it counts the harm of a whole crisis"),)
    return _record(group, cards, around, why, total=True)


def _origin_of(article: str, around: Around) -> str:
    return around.origins[article].id if article in around.origins else article


def _record(
    group: Sequence[Telling], cards: Mapping[str, Card], around: Around, why: tuple[Reason, ...], total: bool
) -> Incident:
    events = tuple(sorted(event.id for telling in group for event in telling.events))
    articles = tuple(sorted({telling.article for telling in group}))
    place = _country_of(group, cards) if total else vote_place(group)
    first, last = span_of(group) if total else vote_days(group)
    analyses = {id: card.analysis for id, card in cards.items()}
    origins = {around.origins[id].id: around.origins[id] for id in articles if id in around.origins}
    return Incident(
        id=events[0],
        type=vote_type(group),
        events=events,
        articles=articles,
        origins=count_independent(articles, list(origins.values())),
        place=place.name if place else None,
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        first=first,
        last=last,
        tolls=_tolls(group, cards, around, total),
        summary=summary(group, analyses),
        reasons=why,
        total=total,
    )


def _country_of(group: Sequence[Telling], cards: Mapping[str, Card]) -> Place | None:
    """The country a crisis is in, as one of its articles names it."""
    countries = Counter(one.weak_country for one in group if one.weak_country)
    if not countries:
        return None
    country = min(countries, key=lambda key: (-countries[key], key))
    named = [
        place
        for article in sorted({one.article for one in group})
        for place in cards[article].analysis.places
        if place.country == country and place.level is Level.COUNTRY and place.use is not Use.DEMONYM
    ]
    return min(named, key=lambda place: (place.name, place.id), default=None)


def _tolls(
    group: Sequence[Telling], cards: Mapping[str, Card], around: Around, total: bool
) -> tuple[TollEstimate, ...]:
    members: dict[str, list[Telling]] = defaultdict(list)
    for telling in group:
        members[telling.article].append(telling)
    analyses = {id: card.analysis for id, card in cards.items()}
    loose = crisis_tolls(group, analyses) if total else main_tolls(group, analyses)
    if not _counted(group, analyses.values(), loose):
        return ()
    shares = [_share(tellings, analyses[article], around, loose) for article, tellings in members.items()]
    stories = sorted({around.story[article] for article in members if article in around.story})
    recalls = [one for story in stories for one in around.recalled.get(story, ()) if one.article not in members]
    return reconcile_shares(shares, recalls, growing=total)


def _counted(group: Sequence[Telling], analyses: Iterable[Analysis], loose: frozenset[str]) -> bool:
    """Whether any figure is of the happening that these tellings tell."""
    events = {event.id for telling in group for event in telling.events}
    return any(toll.event in events or toll.id in loose for analysis in analyses for toll in analysis.tolls)


def _share(tellings: Sequence[Telling], analysis: Analysis, around: Around, loose: frozenset[str]) -> Share:
    """What one article contributes to the tolls of its happening."""
    origin = around.origins.get(analysis.article.id)
    known = origin is not None and origin.name != UNKNOWN
    return Share(
        tolls=read_tolls(analysis),
        origin=tellings[0].origin,
        name=fold(origin.name) if origin is not None and known else "",
        events=frozenset(event.id for telling in tellings for event in telling.events),
        loose=loose,
        main=any(telling.main >= 1 for telling in tellings),
    )


def _why(group: Sequence[Telling], cards: Mapping[str, Card], verdicts: Verdicts) -> tuple[Reason, ...]:
    """What joined the tellings: for each ground its mean weight over the pairs compared, and an example."""
    held: dict[str, list[Reason]] = defaultdict(list)
    some = sorted(group, key=lambda telling: telling.id)[:EXPLAINED]
    pairs = [(left, right) for at, left in enumerate(some) for right in some[at + 1 :]]
    for (left, right), alike in zip(pairs, _alike(pairs, cards), strict=True):
        if may_be_one(left, right, alike):
            for reason in compare_tellings(left, right, alike)[1]:
                held[reason.name].append(reason)
    found = []
    for name, rows in sorted(held.items()):
        best = max(rows, key=lambda row: (abs(row.score), row.detail))
        found.append(Reason(name, round(sum(row.score for row in rows) / len(rows), 2), best.detail))
    if verdicts.same({event.id for telling in group for event in telling.events}):
        found.append(Reason("judgement", 1.0, "an analyst says that it is one happening"))
    return tuple(found)


def _alike(pairs: Sequence[tuple[Telling, Telling]], cards: Mapping[str, Card]) -> list[float]:
    """How likely the articles of two tellings tell one main happening."""
    between = sorted({ordered(one.article, two.article) for one, two in pairs if one.article != two.article})
    judged = judge_pairs([(cards[left].profile, cards[right].profile) for left, right in between], "incident")
    score = dict(zip(between, judged, strict=True))
    return [INSIDE if one.article == two.article else score[ordered(one.article, two.article)] for one, two in pairs]
