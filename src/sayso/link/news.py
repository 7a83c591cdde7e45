"""Pieces of news: reports of one thing, as a desk would file them within a day or two. Stories are made of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.link.cards import unit
from sayso.link.cluster import Pair, average_link, ordered
from sayso.link.graph import touched_components
from sayso.link.judge import open_judge
from sayso.ports import Edge, Layer, Linked, LinkIndex, Piece


def may_be_news(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether articles about these countries may report one piece of news: they share one, or one names none."""
    return not one or not two or not set(one).isdisjoint(two)


def news_edge(left: str, right: str, score: float) -> Edge:
    """The edge of two articles that report one piece of news at this probability."""
    return Edge(Layer.NEWS, *ordered(left, right), round(score, 6))


def relink_pieces(index: LinkIndex, fresh: set[str], lost: Iterable[str]) -> tuple[list[Piece], list[Piece]]:
    """Group articles again where something may have changed; (pieces that are gone, pieces in their place)."""
    components = touched_components(index, Layer.NEWS, fresh, lost)
    nodes = sorted(node for component in components for node in component.nodes)
    linked = index.linked(nodes)
    before = {piece.id: piece for piece in index.pieces_of(nodes)}
    made = []
    for component in components:
        for group in group_texts({id: linked[id] for id in component.nodes}, component.scores):
            old = before.get(group[0])
            if old is not None and old.articles == group and fresh.isdisjoint(group):
                del before[group[0]]
            else:
                made.append(make_piece([linked[id] for id in group]))
    gone = [before[id] for id in sorted(before)]
    index.put_pieces([piece.id for piece in gone], made)
    return gone, made


def group_texts(linked: Mapping[str, Linked], scores: Mapping[Pair, float]) -> list[tuple[str, ...]]:
    """Groups of articles; texts are grouped, so that a word-for-word copy follows its text and outvotes nobody."""
    carriers: dict[str, list[str]] = defaultdict(list)
    for id in sorted(linked):
        carriers[linked[id].text].append(id)
    between: dict[Pair, float] = {}
    for (left, right), score in scores.items():
        pair = ordered(linked[left].text, linked[right].text)
        if pair[0] != pair[1]:
            between[pair] = max(score, between.get(pair, 0.0))
    groups = average_link(carriers, between, open_judge("story").threshold)
    return sorted(tuple(sorted(id for text in group for id in carriers[text])) for group in groups)


def make_piece(members: Sequence[Linked]) -> Piece:
    """A piece of news of these articles, each text counted once."""
    texts = list({each.text: each for each in sorted(members, key=lambda each: each.article, reverse=True)}.values())
    topic: Counter[int] = Counter()
    for each in texts:
        for code, weight in each.topic:
            topic[code] += weight
    countries = Counter(each.countries[0] for each in texts if each.countries)
    days = [each.day for each in members if each.day is not None]
    first = min(members, key=lambda each: (not each.title, each.day is None, each.day or 0, each.article))
    return Piece(
        id=min(each.article for each in members),
        articles=tuple(sorted(each.article for each in members)),
        texts=len(texts),
        title=first.title,
        country=min(countries, key=lambda key: (-countries[key], key)) if countries else None,
        first=min(days, default=None),
        last=max(days, default=None),
        topic=unit(topic),
    )
