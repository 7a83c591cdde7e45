"""What linking keeps between runs, in memory: for a handful of analyses, notebooks and tests."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from sayso.model import Analysis, Article, Copy, Incident, Links, Origin, Story
from sayso.ports import Chapter, Edge, Gone, Layer, Linked, Piece, Succession

Node = tuple[Layer, str]


class MemoryIndex:
    """An index of links in memory; what it promises is `ports.LinkIndex`."""

    def __init__(self, read: Callable[[str], Analysis | None]) -> None:
        self._read = read
        self._stamp = ""
        self._pending: set[str] = set()
        self._told_in: dict[str, str] = {}  # event -> article
        self.told: list[tuple[str, Succession]] = []  # (time, what became of an id)
        self._clear()

    def _clear(self) -> None:
        self._linked: dict[str, Linked] = {}
        self._keys: dict[int, list[tuple[int, str]]] = defaultdict(list)  # (day, article) in order
        self._undated: dict[int, set[str]] = defaultdict(set)
        self._edges: dict[Node, dict[str, Edge]] = defaultdict(dict)
        self._nodes: dict[str, set[Node]] = defaultdict(set)  # of an article
        self._pieces: dict[str, Piece] = {}
        self._piece_of: dict[str, str] = {}
        self._pieces_at: dict[tuple[str | None, int], set[str]] = defaultdict(set)  # country, day
        self._in_chapter: dict[str, set[str]] = defaultdict(set)
        self._chapters: dict[str, Chapter] = {}
        self._leading: dict[str, set[str]] = defaultdict(set)  # chapter -> those that go on with it
        self._copies: dict[tuple[str, str], Copy] = {}
        self._copies_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self._origins: dict[str, Origin] = {}
        self._origin_of: dict[str, str] = {}
        self._incidents: dict[str, Incident] = {}
        self._incident_of: dict[str, str] = {}
        self._incidents_of: dict[str, set[str]] = defaultdict(set)
        self._stories: dict[str, Story] = {}
        self._story_of: dict[str, str] = {}
        self._story_telling: dict[str, str] = {}

    # ----------------------------------------------------------------- articles

    def stamp(self) -> str:
        return self._stamp

    def start_over(self, stamp: str) -> None:
        self._pending |= self._linked.keys()
        self._stamp = stamp
        self._clear()

    def touch(self, articles: Iterable[str]) -> None:
        """Note that these articles are to be linked again."""
        self._pending.update(articles)

    def hold(self, analysis: Analysis) -> None:
        """Note which events an analysis tells, and that it is to be linked."""
        self._told_in.update((event.id, analysis.article.id) for event in analysis.events)
        self._pending.add(analysis.article.id)

    def pending(self, limit: int | None = None) -> list[str]:
        return sorted(self._pending, key=self._came)[:limit]

    def _came(self, id: str) -> tuple[str, str]:
        analysis = self._read(id)
        return (analysis.article.published or "" if analysis else "", id)

    def settle(self, ids: Sequence[str]) -> None:
        self._pending.difference_update(ids)

    def analyses(self, ids: Sequence[str]) -> dict[str, Analysis]:
        read = ((id, self._read(id)) for id in ids)
        return {id: analysis for id, analysis in read if analysis is not None}

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        return {id: analysis.article for id, analysis in self.analyses(ids).items()}

    def articles_of(self, events: Sequence[str]) -> dict[str, str]:
        return {event: self._told_in[event] for event in events if event in self._told_in}

    def linked(self, ids: Sequence[str], whole: bool = False) -> dict[str, Linked]:
        return {id: self._linked[id] for id in ids if id in self._linked}

    def put_linked(self, each: Linked) -> None:
        old = self._linked.get(each.article)
        for code, day in old.keys if old else ():
            if day is None:
                self._undated[code].discard(each.article)
            else:
                self._keys[code].remove((day, each.article))
        self._linked[each.article] = each
        for code, day in each.keys:
            if day is None:
                self._undated[code].add(each.article)
            else:
                insort(self._keys[code], (day, each.article))

    def sharing(self, codes: Sequence[int], first: int | None, last: int | None) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        for code in codes:
            dated = self._keys.get(code, [])
            start = 0 if first is None else bisect_left(dated, (first, ""))
            end = len(dated) if last is None else bisect_left(dated, (last + 1, ""))
            found += ((code, article) for _, article in dated[start:end])
            found += ((code, article) for article in self._undated.get(code, ()))
        return found

    # ----------------------------------------------------------------- edges

    def edges(self, layer: Layer, nodes: Sequence[str], least: float) -> list[Edge]:
        found = (edge for node in nodes for edge in self._edges.get((layer, node), {}).values())
        return [edge for edge in found if edge.score >= least]

    def put_edges(self, edges: Sequence[Edge]) -> None:
        for edge in edges:
            for node, other in ((edge.left, edge.right), (edge.right, edge.left)):
                self._edges[edge.layer, node][other] = edge
                self._nodes[node.split("/")[0]].add((edge.layer, node))

    def nodes(self, article: str) -> list[Node]:
        return sorted(self._nodes.get(article, ()))

    def drop_edges(self, article: str) -> None:
        for layer, node in self._nodes.pop(article, ()):
            for other in self._edges.pop((layer, node), {}):
                self._edges[layer, other].pop(node, None)

    # ----------------------------------------------------------------- pieces and chapters

    def pieces_of(self, articles: Sequence[str]) -> list[Piece]:
        return self._pieces_named({self._piece_of[id] for id in articles if id in self._piece_of})

    def pieces_in(self, chapters: Sequence[str]) -> list[Piece]:
        return self._pieces_named({id for chapter in chapters for id in self._in_chapter.get(chapter, ())})

    def pieces_at(self, country: str, first: int, last: int) -> list[Piece]:
        days = range(first, last + 1)
        return self._pieces_named({id for day in days for id in self._pieces_at.get((country, day), ())})

    def _pieces_named(self, ids: Iterable[str]) -> list[Piece]:
        return [self._pieces[id] for id in sorted(ids)]

    def put_pieces(self, gone: Sequence[str], made: Sequence[Piece]) -> None:
        for id in {*gone, *(piece.id for piece in made)} & self._pieces.keys():
            piece = self._pieces.pop(id)
            _forget(self._piece_of, piece.articles, id)
            self._in_chapter[piece.chapter].discard(id)
            if piece.first is not None:
                self._pieces_at[piece.country, piece.first].discard(id)
        for piece in made:
            self._pieces[piece.id] = piece
            self._piece_of.update(dict.fromkeys(piece.articles, piece.id))
            self._in_chapter[piece.chapter].add(piece.id)
            if piece.first is not None:
                self._pieces_at[piece.country, piece.first].add(piece.id)

    def chapters(self, ids: Sequence[str]) -> list[Chapter]:
        return [self._chapters[id] for id in sorted(set(ids)) if id in self._chapters]

    def chapters_before(self, ids: Sequence[str]) -> list[Chapter]:
        return self.chapters(sorted({before for id in ids for before in self._leading.get(id, ())}))

    def put_chapters(self, gone: Sequence[str], made: Sequence[Chapter]) -> None:
        for id in {*gone, *(chapter.id for chapter in made)} & self._chapters.keys():
            old = self._chapters.pop(id)
            if old.then:
                self._leading[old.then].discard(id)
        for chapter in made:
            self._chapters[chapter.id] = chapter
            if chapter.then:
                self._leading[chapter.then].add(chapter.id)

    # ----------------------------------------------------------------- records

    def copies(self, articles: Sequence[str]) -> list[Copy]:
        pairs = {pair for id in articles for pair in self._copies_of.get(id, ())}
        return [self._copies[pair] for pair in sorted(pairs)]

    def origins(self, articles: Sequence[str]) -> list[Origin]:
        ids = {self._origin_of[id] for id in articles if id in self._origin_of}
        return [self._origins[id] for id in sorted(ids)]

    def incidents(self, ids: Sequence[str]) -> list[Incident]:
        return [self._incidents[id] for id in sorted(set(ids)) if id in self._incidents]

    def incidents_of(self, articles: Sequence[str]) -> list[Incident]:
        return self.incidents(sorted({id for article in articles for id in self._incidents_of.get(article, ())}))

    def incident_of(self, events: Sequence[str]) -> dict[str, str]:
        return {event: self._incident_of[event] for event in events if event in self._incident_of}

    def stories(self, ids: Sequence[str]) -> list[Story]:
        return [self._stories[id] for id in sorted(set(ids)) if id in self._stories]

    def stories_of(self, articles: Sequence[str]) -> dict[str, str]:
        return {id: self._story_of[id] for id in articles if id in self._story_of}

    def stories_telling(self, incidents: Sequence[str]) -> dict[str, str]:
        return {id: self._story_telling[id] for id in incidents if id in self._story_telling}

    def flagged(self, stories: Sequence[str]) -> list[tuple[str, Linked]]:
        return [
            (story.id, each)
            for story in self.stories(stories)
            for each in self.linked(story.articles).values()
            if each.totals or each.recalls
        ]

    def change(self, gone: Gone, made: Links) -> None:
        self._drop(gone)
        self._drop(_ids_of(made))
        for copy in made.copies:
            self._copies[copy.article, copy.of] = copy
            self._copies_of[copy.article].add((copy.article, copy.of))
        for origin in made.origins:
            self._origins[origin.id] = origin
            self._origin_of.update(dict.fromkeys(origin.articles, origin.id))
        for incident in made.incidents:
            self._incidents[incident.id] = incident
            self._incident_of.update(dict.fromkeys(incident.events, incident.id))
            for article in incident.articles:
                self._incidents_of[article].add(incident.id)
        for story in made.stories:
            self._stories[story.id] = story
            self._story_of.update(dict.fromkeys(story.articles, story.id))
            self._story_telling.update(dict.fromkeys(story.incidents, story.id))

    def _drop(self, gone: Gone) -> None:
        for pair in gone.copies:
            if self._copies.pop(pair, None):
                self._copies_of[pair[0]].discard(pair)
        for id in gone.origins:
            if origin := self._origins.pop(id, None):
                _forget(self._origin_of, origin.articles, id)
        for id in gone.incidents:
            if incident := self._incidents.pop(id, None):
                _forget(self._incident_of, incident.events, id)
                for article in incident.articles:
                    self._incidents_of[article].discard(id)
        for id in gone.stories:
            if story := self._stories.pop(id, None):
                _forget(self._story_of, story.articles, id)
                _forget(self._story_telling, story.incidents, id)

    def retire(self, successions: Sequence[Succession]) -> None:
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        self.told.extend((at, each) for each in successions)

    def links(self) -> Links:
        """All link records, each kind in order of ids."""
        return Links(
            copies=tuple(self._copies[pair] for pair in sorted(self._copies)),
            origins=tuple(self._origins[id] for id in sorted(self._origins)),
            incidents=tuple(self._incidents[id] for id in sorted(self._incidents)),
            stories=tuple(self._stories[id] for id in sorted(self._stories)),
        )


def _ids_of(links: Links) -> Gone:
    """What goes where these links are put in place of others."""
    kinds = (links.origins, links.incidents, links.stories)
    return Gone(tuple((copy.article, copy.of) for copy in links.copies), *(tuple(one.id for one in of) for of in kinds))


def _forget(home: dict[str, str], members: Iterable[str], id: str) -> None:
    for member in members:
        if home.get(member) == id:
            del home[member]
