"""What linking keeps between runs, in SQLite or PostgreSQL: everything is found by an index, nothing is loaded whole.

One object is one transaction; what it promises is `ports.LinkIndex`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, delete, insert, select, update

from sayso.model import Analysis, Article, Copy, Incident, Links, Origin, Story
from sayso.ports import Chapter, Edge, Gone, Layer, Linked, Piece, Succession
from sayso.store import questions, schema
from sayso.store.codec import Packed, copy_id, unpack, unpack_article, unpack_links
from sayso.store.linkrows import link_rows
from sayso.store.questions import DAYS, UNKNOWN_DAY, ask, drop_row, each, found, month_of, run
from sayso.store.replacing import PARENTS, replace_records
from sayso.store.rows import Row
from sayso.store.times import forget_times, inherit_times, note_times

_KEY, _TERM = struct.Struct("<qi"), struct.Struct("<IH")


class SqlIndex:
    """An index of links in a database."""

    def __init__(self, connection: Connection) -> None:
        self._on = connection

    # ----------------------------------------------------------------- articles

    def stamp(self) -> str:
        """The code that made the links; "" if none did."""
        return self._on.execute(ask(schema.linked.c.stamp)).scalar() or ""

    def start_over(self, stamp: str) -> None:
        """Forget all links, so that this code makes them anew."""
        for table in (*reversed(schema.OF_LINKS), *schema.OF_INDEX, schema.linked, schema.pending):
            self._on.execute(delete(table))
        self._on.execute(insert(schema.linked), [{"stamp": stamp}])
        self._on.execute(update(schema.link_counts).values(number=0))
        self._on.execute(insert(schema.pending).from_select(["article"], select(schema.articles.c.id)))

    def touch(self, articles: Iterable[str]) -> None:
        """Note that these articles are to be linked again."""
        wanted = sorted(set(articles))
        self._drop(schema.pending.c.article, wanted)
        self._insert(schema.pending, [{"article": id} for id in wanted])

    def pending(self, limit: int | None = None) -> list[str]:
        return list(self._on.execute(questions.PENDING.limit(limit)).scalars())

    def settle(self, ids: Sequence[str]) -> None:
        self._drop(schema.pending.c.article, ids)

    def analyses(self, ids: Sequence[str]) -> dict[str, Analysis]:
        rows = self._among(questions.ANALYSES, schema.articles.c.id, ids)
        return {row.id: unpack(Packed(row.text, row.head, row.body)) for row in rows}

    def articles(self, ids: Sequence[str]) -> dict[str, Article]:
        rows = self._among(questions.TEXTS, schema.articles.c.id, ids)
        return {row.id: unpack_article(row.text, row.head) for row in rows}

    def articles_of(self, events: Sequence[str]) -> dict[str, str]:
        table = schema.events.c
        return {row.id: row.article for row in self._among(ask(table.id, table.article), table.id, events)}

    def linked(self, ids: Sequence[str], whole: bool = False) -> dict[str, Linked]:
        asked = questions.WHOLE if whole else questions.LINKED
        rows = self._among(asked, schema.linked_articles.c.article, ids)
        return {row.article: _linked(row) for row in rows}

    def put_linked(self, one: Linked) -> None:
        known = schema.linked_articles.c.article
        for row in self._among(questions.KEYS, known, [one.article]):
            keys = [_key_row(one.article, code, day) for code, day in _KEY.iter_unpack(row.keys)]
            each(
                self._on,
                drop_row(schema.link_keys),
                [{f"of_{name}": value for name, value in key.items()} for key in keys],
            )
            self._drop(known, [one.article])
        self._insert(schema.linked_articles, [_linked_row(one)])
        self._insert(schema.link_keys, [_key_row(one.article, code, _day(day)) for code, day in one.keys])

    def sharing(self, codes: Sequence[int], first: int | None, last: int | None) -> list[tuple[int, str]]:
        if first is None or last is None:
            early, late = self._on.execute(questions.MONTHS).one()
            months = range(early or 0, (late or 0) + 1)
            first, last = 0, DAYS * (late or 0) + DAYS
        else:
            months = range(month_of(first), month_of(last) + 1)
        unknown = month_of(UNKNOWN_DAY)
        rows = found(self._on, questions.SHARING, codes, months=[unknown, *months], first=first, last=last)
        return [(code, article) for code, article in rows]

    # ----------------------------------------------------------------- edges

    def edges(self, layer: Layer, nodes: Sequence[str], least: float) -> list[Edge]:
        rows = self._among(questions.EDGES, schema.link_edges.c.node, nodes, of_layer=layer.value, least=least)
        return [
            Edge(layer, node, other, score, note) if node < other else Edge(layer, other, node, score, note)
            for node, other, score, note in rows
        ]

    def put_edges(self, edges: Sequence[Edge]) -> None:
        rows = {}
        for edge in edges:
            for node, other in ((edge.left, edge.right), (edge.right, edge.left)):
                row = {"layer": edge.layer.value, "node": node, "other": other, "score": edge.score, "note": edge.note}
                rows[edge.layer, node, other] = row
        self._insert(schema.link_edges, list(rows.values()))

    def nodes(self, article: str) -> list[tuple[Layer, str]]:
        return sorted({(layer, node) for layer, node, _ in self._ends(article)})

    def drop_edges(self, article: str) -> None:
        ends = self._ends(article)
        both = {*ends, *((layer, other, node) for layer, node, other in ends)}
        rows = [{"of_layer": layer.value, "of_node": node, "of_other": other} for layer, node, other in sorted(both)]
        each(self._on, drop_row(schema.link_edges), rows)

    def _ends(self, article: str) -> list[tuple[Layer, str, str]]:
        """The edges that begin at an article or at one of its tellings: as layer, node and other end."""
        inside = {"article": article, "first": f"{article}/", "last": f"{article}0"}  # "0" follows "/"
        return [(Layer(layer), node, other) for layer, node, other in self._on.execute(questions.ENDS, inside)]

    # ----------------------------------------------------------------- pieces and chapters

    def pieces_of(self, articles: Sequence[str]) -> list[Piece]:
        member = schema.piece_articles.c
        ids = {row.piece for row in self._among(ask(member.piece), member.article, articles)}
        return self._pieces(self._among(ask(schema.pieces), schema.pieces.c.id, sorted(ids)))

    def pieces_in(self, chapters: Sequence[str]) -> list[Piece]:
        return self._pieces(self._among(ask(schema.pieces), schema.pieces.c.chapter, chapters))

    def pieces_at(self, country: str, first: int, last: int) -> list[Piece]:
        inside = {"of_country": country, "early": first, "late": last}
        return self._pieces(self._on.execute(questions.PIECES_AT, inside))

    def _pieces(self, rows: Iterable[Any]) -> list[Piece]:
        rows = list(rows)
        member = schema.piece_articles.c
        held: dict[str, list[str]] = {row.id: [] for row in rows}
        for row in self._among(ask(member.piece, member.article), member.piece, sorted(held)):
            held[row.piece].append(row.article)
        return sorted((_piece(row, held[row.id]) for row in rows), key=lambda piece: piece.id)

    def put_pieces(self, gone: Sequence[str], made: Sequence[Piece]) -> None:
        out = sorted({*gone, *(piece.id for piece in made)})
        self._drop(schema.pieces.c.id, out)
        self._drop(schema.piece_articles.c.piece, out)
        self._insert(schema.pieces, [_piece_row(piece) for piece in made])
        self._insert(
            schema.piece_articles, [{"piece": piece.id, "article": id} for piece in made for id in piece.articles]
        )

    def chapters(self, ids: Sequence[str]) -> list[Chapter]:
        return self._chapters(schema.chapters.c.id, ids)

    def chapters_before(self, ids: Sequence[str]) -> list[Chapter]:
        return self._chapters(schema.chapters.c.follower, ids)

    def _chapters(self, column: ColumnElement[Any], values: Sequence[str]) -> list[Chapter]:
        rows = self._among(ask(schema.chapters), column, values)
        found = [Chapter(row.id, row.country, row.number, row.follower, row.story) for row in rows]
        return sorted(found, key=lambda chapter: chapter.id)

    def put_chapters(self, gone: Sequence[str], made: Sequence[Chapter]) -> None:
        self._drop(schema.chapters.c.id, sorted({*gone, *(chapter.id for chapter in made)}))
        rows = [
            {"id": one.id, "country": one.country, "number": one.window, "follower": one.then, "story": one.story}
            for one in made
        ]
        self._insert(schema.chapters, rows)

    # ----------------------------------------------------------------- records

    def copies(self, articles: Sequence[str]) -> list[Copy]:
        return list(self._records("copy", self._owners(schema.copies.c.id, schema.copies.c.article, articles)).copies)

    def origins(self, articles: Sequence[str]) -> list[Origin]:
        member = schema.origin_articles.c
        return list(self._records("origin", self._owners(member.origin, member.article, articles)).origins)

    def incidents(self, ids: Sequence[str]) -> list[Incident]:
        return list(self._records("incident", ids).incidents)

    def incidents_of(self, articles: Sequence[str]) -> list[Incident]:
        member = schema.incident_articles.c
        return self.incidents(self._owners(member.incident, member.article, articles))

    def incident_of(self, events: Sequence[str]) -> dict[str, str]:
        member = schema.incident_events.c
        return {row.event: row.incident for row in self._among(ask(schema.incident_events), member.event, events)}

    def stories(self, ids: Sequence[str]) -> list[Story]:
        return list(self._records("story", ids).stories)

    def stories_of(self, articles: Sequence[str]) -> dict[str, str]:
        member = schema.story_articles.c
        return {row.article: row.story for row in self._among(ask(schema.story_articles), member.article, articles)}

    def stories_telling(self, incidents: Sequence[str]) -> dict[str, str]:
        member = schema.story_incidents.c
        rows = self._among(ask(schema.story_incidents), member.incident, incidents)
        return {row.incident: row.story for row in rows}

    def flagged(self, stories: Sequence[str]) -> list[tuple[str, Linked]]:
        rows = self._among(questions.FLAGGED, schema.story_articles.c.story, stories)
        return sorted(((row.story, _linked(row)) for row in rows), key=lambda found: (found[0], found[1].article))

    def change(self, gone: Gone, made: Links) -> None:
        told = {article for incident in made.incidents for article in incident.articles}
        rows = link_rows(made, dict(self._among(questions.PUBLISHED, schema.articles.c.id, told)))
        note_times(self._on, [row for row in rows.get(schema.link_records, ()) if row["kind"] == "incident"])
        lost = {
            "copy": [copy_id(*pair) for pair in gone.copies],
            "origin": gone.origins,
            "incident": gone.incidents,
            "story": gone.stories,
        }
        for kind, parent in PARENTS.items():
            fewer = self._drop(parent.c.id, lost[kind])
            run(self._on, questions.DROP_RECORDS, lost[kind], of_kind=kind)
            more = replace_records(self._on, kind, rows) - fewer if parent in rows else -fewer
            if more:
                self._on.execute(questions.COUNT, {"of_table": parent.name, "more": more})

    def retire(self, successions: Sequence[Succession]) -> None:
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        rows = [
            {"kind": one.kind, "old": one.old, "new": one.new or "", "how": one.how, "at": at} for one in successions
        ]
        self._insert(schema.successions, rows)
        told = [one for one in successions if one.kind == "incident"]
        inherit_times(self._on, {one.new: one.old for one in told if one.new})
        forget_times(self._on, [one.old for one in told])

    def links(self) -> Links:
        table = schema.link_records.c
        return unpack_links((row.kind, row.record) for row in self._on.execute(select(table.kind, table.record)))

    # ----------------------------------------------------------------- asking

    def _records(self, kind: str, ids: Sequence[str]) -> Links:
        rows = self._among(questions.RECORDS, schema.link_records.c.id, ids, of_kind=kind)
        return unpack_links((kind, row.record) for row in rows)

    def _owners(self, owner: ColumnElement[Any], member: ColumnElement[Any], members: Sequence[str]) -> list[str]:
        return sorted({row[0] for row in self._among(ask(owner), member, members)})

    def _among(
        self, asked: Select[Any], column: ColumnElement[Any], values: Iterable[Any], **named: object
    ) -> Iterator[Any]:
        """Rows whose column holds one of these values."""
        return found(self._on, questions.among(asked, column), values, **named)

    def _drop(self, column: ColumnElement[Any], values: Iterable[Any]) -> int:
        """Delete the rows whose column holds one of these values; how many there were."""
        return run(self._on, questions.drop(column), values)

    def _insert(self, table: Table, rows: Sequence[Row]) -> None:
        each(self._on, questions.put(table), rows)


def _day(day: int | None) -> int:
    return UNKNOWN_DAY if day is None else day


def _key_row(article: str, code: int, day: int) -> Row:
    return {"month": month_of(day), "code": code, "day": day, "article": article}


def _linked_row(each: Linked) -> Row:
    return {
        "article": each.article,
        "text": each.text,
        "day": each.day,
        "countries": " ".join(each.countries),
        "title": each.title,
        "totals": each.totals,
        "recalls": each.recalls,
        "topic": _pack_topic(each.topic),
        "profile": each.profile,
        "tellings": each.tellings,
        "keys": b"".join(_KEY.pack(code, _day(day)) for code, day in each.keys),
    }


def _linked(row: Any) -> Linked:
    return Linked(
        article=row.article,
        text=row.text,
        day=row.day,
        countries=tuple(row.countries.split()),
        title=row.title,
        topic=tuple(_TERM.iter_unpack(row.topic)),
        profile=getattr(row, "profile", ""),
        tellings=getattr(row, "tellings", ""),
        totals=row.totals,
        recalls=row.recalls,
    )


def _piece_row(piece: Piece) -> Row:
    names = ("id", "texts", "first", "last", "title", "country", "chapter")
    return {**{name: getattr(piece, name) for name in names}, "topic": _pack_topic(piece.topic)}


def _piece(row: Any, articles: Sequence[str]) -> Piece:
    return Piece(
        id=row.id,
        articles=tuple(sorted(articles)),
        texts=row.texts,
        title=row.title,
        country=row.country,
        first=row.first,
        last=row.last,
        topic=tuple(_TERM.iter_unpack(row.topic)),
        chapter=row.chapter,
    )


def _pack_topic(topic: Iterable[tuple[int, int]]) -> bytes:
    return b"".join(_TERM.pack(code, weight) for code, weight in topic)
