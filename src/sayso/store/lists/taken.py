"""Who took how much from whom, counted in the tables of copies and credits: one outlet, a period, or some articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, TextClause, bindparam
from sqlalchemy import text as sql

from sayso.listing import Count, OutletSummary, Taken
from sayso.store.questions import chunks

_CITES = 12  # sources that are named of an outlet
_ROUNDS = 40  # steps from a copy to its original, and on
_OF = "FROM articles a JOIN copies c ON c.article = a.id JOIN articles o ON o.id = c.original"
_PICTURE = "cr.agency NOT LIKE '%(photo)'"  # whose picture it shows says nothing of its words
_PUBLISHED = sql("SELECT count(*), min(published), max(published) FROM articles WHERE outlet = :name")
_COPIED = sql(f"SELECT c.kind, o.outlet AS other, c.article {_OF} WHERE a.outlet = :name")
_LENT = sql(f"SELECT a.outlet AS other, c.original {_OF} WHERE o.outlet = :name")
_CARRIED = sql(
    f"SELECT cr.agency, a.id FROM articles a JOIN credits cr ON cr.article = a.id WHERE a.outlet = :name AND {_PICTURE}"
)
_CREDITED = sql(
    "SELECT a.outlet, count(DISTINCT a.id) FROM credits cr JOIN articles a ON a.id = cr.article"
    " WHERE cr.agency = :name GROUP BY a.outlet"
)
_GOES_BACK = sql(
    "SELECT g.name, count(*) FROM articles a JOIN origin_articles m ON m.article = a.id"
    " JOIN origins g ON g.id = m.origin WHERE a.outlet = :name GROUP BY g.name"
)
_CITED = sql(
    "SELECT l.actor_name, count(*) AS number FROM articles a JOIN chain_links l ON l.article = a.id"
    " WHERE a.outlet = :name AND l.actor_name IS NOT NULL AND l.start IS NOT NULL GROUP BY l.actor_name"
    f" ORDER BY number DESC, l.actor_name LIMIT {_CITES}"
)
_TAKEN = (
    f"SELECT c.article, c.original AS of, c.kind, c.share, a.outlet, o.outlet AS of_outlet, a.published,"
    f" o.published AS of_published {_OF}"
)
_PERIOD = ("a.published >= :since", "a.published < :until", "(a.outlet = :outlet OR o.outlet = :outlet)")
_TITLES = {
    "incident": "SELECT summary FROM incidents WHERE id = :id",
    "story": "SELECT title FROM stories WHERE id = :id",
    "article": "SELECT title FROM articles WHERE id = :id",
}
_MEMBERS = {
    "incident": "SELECT article FROM incident_articles WHERE incident = :id",
    "story": "SELECT article FROM story_articles WHERE story = :id",
}


def _among(question: str) -> TextClause:
    return sql(question).bindparams(bindparam("some", expanding=True))


_ORIGINALS = _among("SELECT original FROM copies WHERE article IN :some")
_COPIES = _among("SELECT article FROM copies WHERE original IN :some")
_AMONG = _among(f"{_TAKEN} WHERE c.article IN :some")
_CREDITS = _among(f"SELECT cr.article, cr.agency FROM credits cr WHERE cr.article IN :some AND {_PICTURE}")
_ORIGIN = _among(
    "SELECT m.article, g.id, g.name FROM origin_articles m JOIN origins g ON g.id = m.origin WHERE m.article IN :some"
)
_DAYS = _among("SELECT id, published FROM articles WHERE id IN :some")


def outlet_summary(on: Connection, name: str) -> OutletSummary | None:
    """An outlet in numbers; None if nothing of it is here and nobody credits it."""
    asked = {"name": name}
    articles, first, last = on.execute(_PUBLISHED, asked).one()
    credited_by = _counts(dict(on.execute(_CREDITED, asked).all()))
    if not articles and not credited_by:
        return None
    copied, lent = on.execute(_COPIED, asked).all(), on.execute(_LENT, asked).all()
    carried = on.execute(_CARRIED, asked).all()
    taken = {row.article for row in copied}
    return OutletSummary(
        name=name,
        articles=articles,
        first=first and first[:10],
        last=last and last[:10],
        copied=len(taken),
        carried=len({row.id for row in carried} - taken),
        lent=len({row.original for row in lent}),
        kinds=_counts(Counter(row.kind for row in copied)),
        taken_from=_counts(Counter(row.other for row in copied)),
        taken_by=_counts(Counter(row.other for row in lent)),
        credits=_counts(Counter(row.agency for row in carried)),
        credited_by=credited_by,
        origins=_counts(dict(on.execute(_GOES_BACK, asked).all())),
        cites=tuple(Count(value, number) for value, number in on.execute(_CITED, asked)),
    )


def taken_in(on: Connection, since: str | None, until: str | None, outlet: str | None, most: int) -> list[Taken]:
    """The copies that came out in these days, the latest first; with an outlet those that it gave or took."""
    given = {"since": since, "until": until and f"{until}\U0010ffff", "outlet": outlet}
    rules = [rule for (name, value), rule in zip(given.items(), _PERIOD, strict=True) if value]
    where = f" WHERE {' AND '.join(rules)}" if rules else ""
    asked = sql(f"{_TAKEN}{where} ORDER BY a.published DESC LIMIT :most")
    values = {name: value for name, value in given.items() if value}
    return [Taken(**row._mapping) for row in on.execute(asked, {**values, "most": most})]


def scope(on: Connection, kind: str, id: str, most: int) -> tuple[set[str], set[str]]:
    """The articles of an incident, a story or a family of copies, and with them those that these were taken from."""
    if kind == "article":
        asked = _walk(on, {id}, (_ORIGINALS, _COPIES), most)
        return asked, asked
    asked = set(on.execute(sql(_MEMBERS[kind]), {"id": id}).scalars())
    return asked, _walk(on, asked, (_ORIGINALS,), most + len(asked))


def title(on: Connection, kind: str, id: str) -> str:
    """What an incident, story or article is called."""
    return on.execute(sql(_TITLES[kind]), {"id": id}).scalar() or "untitled"


def _walk(on: Connection, begin: set[str], steps: Sequence[TextClause], most: int) -> set[str]:
    """What these articles lead to, step by step, as long as it is not more than can be told."""
    seen, fresh = set(begin), set(begin)
    for _ in range(_ROUNDS):
        fresh = {id for step in steps for id in _some(on, step, fresh)} - seen
        seen |= fresh
        if not fresh or len(seen) > most:
            break
    return seen


def _some(on: Connection, asked: TextClause, values: Iterable[str]) -> list[str]:
    return [id for some in chunks(sorted(values)) for id in on.execute(asked, {"some": some}).scalars()]


def earliest(on: Connection, articles: Iterable[str], most: int) -> list[str]:
    """The articles that came out first, in order; those without a date last."""
    days: dict[str, str | None] = {}
    for some in chunks(sorted(articles)):
        days.update(on.execute(_DAYS, {"some": some}).all())
    return sorted(days, key=lambda id: (days[id] or "9999", id))[:most]


def taken_among(on: Connection, articles: Sequence[str]) -> tuple[Taken, ...]:
    """The copies whose two articles are both among these."""
    chosen = set(articles)
    rows = (row for some in chunks(articles) for row in on.execute(_AMONG, {"some": some}))
    return tuple(Taken(**row._mapping) for row in rows if row.of in chosen)


def credits_of(on: Connection, articles: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The agencies that each of these articles says it carries."""
    found: dict[str, tuple[str, ...]] = {}
    for some in chunks(articles):
        for article, agency in on.execute(_CREDITS, {"some": some}):
            found[article] = (*found.get(article, ()), agency)
    return found


def origins_of(on: Connection, articles: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Id and name of the origin that each of these articles goes back to."""
    rows = (row for some in chunks(articles) for row in on.execute(_ORIGIN, {"some": some}))
    return {row.article: (row.id, row.name) for row in rows}


def _counts(found: Mapping[str | None, int]) -> tuple[Count, ...]:
    counted = (Count(value or "unknown", number) for value, number in found.items())
    return tuple(sorted(counted, key=lambda one: (-one.number, one.value)))
