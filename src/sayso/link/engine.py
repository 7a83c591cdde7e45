"""Brings the links of an archive up to date: an article more is compared with its neighbourhood and changes that alone.

    keys ──▶ candidates ──▶ edges ──▶ components ──▶ copies, origins ──▶ news, stories ──▶ incidents, totals

Every edge depends on two articles, every group on one component of edges, and every record on its group. So what is
linked article by article is what is linked at once, whatever the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from sayso.link.account import Account
from sayso.link.cards import Card, Cards, Sketch, linked_of
from sayso.link.cluster import ordered
from sayso.link.garbage import uncollected
from sayso.link.graph import CUT, component_of
from sayso.link.happenings import article_in, happening_edges, inner_edges
from sayso.link.headings import heading
from sayso.link.judge import Pair, judge_both
from sayso.link.lineage import Text, is_copy, lineage_edge, may_descend, relink_lineage
from sayso.link.neighbours import Found, find_candidates, stored_keys
from sayso.link.news import may_be_news, news_edge, relink_pieces
from sayso.link.stories import relink_stories
from sayso.link.verdicts import Verdicts, read_verdicts
from sayso.model import Judgement
from sayso.ports import Edge, Layer, LinkIndex

# The probability that each pair of articles tells one incident, and that it belongs to one story.
Judging = Callable[[Sequence[Pair]], Sequence[tuple[float, float]]]

KIN = 30  # articles that one is laid side by side with: those that share most sentences, of equals the earliest
STEP = 1000  # articles linked at a time, the earliest published first: what is near in time is kept at hand
CHUNK = 200  # articles whose neighbourhoods are compared before their edges are written


@uncollected()
def relink(index: LinkIndex, judgements: Iterable[Judgement] = (), most: int | None = None) -> bool:
    """Link what was put or judged since the last time, at `most` so many articles; whether some are left."""
    linking = Relinking(index, read_verdicts(judgements))
    done = 0
    while some := index.pending(STEP if most is None else min(STEP, most - done)):
        linking.run(some)
        index.settle(some)
        done += len(some)
    return bool(index.pending(1))


class Relinking:
    """Links the articles that are new, read again or judged."""

    def __init__(self, index: LinkIndex, verdicts: Verdicts, judge: Judging = judge_both) -> None:
        self.index = index
        self.verdicts = verdicts
        self.judge = judge
        self.cards = Cards(index, verdicts)

    def run(self, fresh: Sequence[str]) -> None:
        """Compare, then group layer by layer; each is told what changed in the one before."""
        self.cards.forget(fresh)
        lost = self._withdraw(fresh)
        self._compare(sorted(fresh, key=lambda id: (self.cards.one(id).profile.published or 0, id)))
        here = set(fresh)
        strangers = relink_lineage(self.index, self.cards, here, lost.get(Layer.LINEAGE, ()), self.verdicts)
        retold = relink_stories(self.index, *relink_pieces(self.index, here, lost.get(Layer.NEWS, ())))
        Account(self.index, self.cards, self.verdicts, retold).tell_again(
            here, strangers, lost.get(Layer.HAPPENING, ())
        )

    # ----------------------------------------------------------------- comparing

    def _withdraw(self, fresh: Sequence[str]) -> dict[Layer, set[str]]:
        """Take back the edges that articles have; what was grouped with them, by layer."""
        lost: dict[Layer, set[str]] = defaultdict(set)
        for layer, node in [pair for id in fresh for pair in self.index.nodes(id)]:
            if node not in lost[layer]:
                lost[layer] |= component_of(self.index, layer, node).nodes
        for id in fresh:
            self.index.drop_edges(id)
        return {layer: self._standing(nodes, set(fresh)) for layer, nodes in lost.items()}

    def _standing(self, nodes: Iterable[str], fresh: set[str]) -> set[str]:
        """Those of these nodes that are of other articles: what the fresh ones tell may be told otherwise now."""
        return {node for node in nodes if article_in(node) not in fresh}

    def _compare(self, order: Sequence[str]) -> None:
        """Make articles known under their keys, one after the other, each with its edges to those known before it."""
        later = set(order)
        judged: dict[str, list[str]] = defaultdict(list)
        for left, right in self.verdicts.copies:
            judged[left].append(right)
            judged[right].append(left)
        edges: list[Edge] = []
        for at, id in enumerate(order, 1):
            card = self.cards.one(id)
            self.index.put_linked(linked_of(card, stored_keys(card), heading(card.article)))
            found = find_candidates(card, self.index)
            for other in judged.get(id, ()):
                found.setdefault(other, Found())
            edges += inner_edges(card)
            edges += self._edges(card, self.cards.sketches(found.keys() - later), found)
            later.discard(id)
            if at % CHUNK == 0 or at == len(order):
                self.index.put_edges(edges)
                edges = []

    def _edges(self, card: Card, others: Mapping[str, Sketch], found: Mapping[str, Found]) -> list[Edge]:
        """The edges of one article and its candidates."""
        judged = self.judge([(card.profile, other.profile) for other in others.values()])
        lineage = self._lineage(card, others, found)
        edges = list(lineage.values())
        for (id, other), alike in zip(others.items(), judged, strict=True):
            happening, news = (1.0, 1.0) if id in lineage and is_copy(lineage[id]) else alike
            if news >= CUT and may_be_news(card.countries, other.countries):
                edges.append(news_edge(card.id, id, news))
            if found[id].concrete or max(happening, news) >= CUT:
                edges += happening_edges(card.tellings, other.tellings, happening)
        return edges

    def _lineage(self, card: Card, others: Mapping[str, Sketch], found: Mapping[str, Found]) -> dict[str, Edge]:
        """Edges to those that one may have been taken from or by; their texts are read only where that may be."""
        likely = [id for id, other in others.items() if may_descend(card.profile, other.profile, found[id].runs)]
        likely = sorted(likely, key=lambda id: (-found[id].runs, others[id].profile.published or 0, id))[:KIN]
        likely += [id for id in others if ordered(card.id, id) in self.verdicts.copies]
        own = Text(card.article, card.profile)
        edges = {
            id: lineage_edge(own, Text(article, others[id].profile), found[id], self.verdicts)
            for id, article in self.cards.articles(likely).items()
        }
        return {id: edge for id, edge in edges.items() if edge is not None}
