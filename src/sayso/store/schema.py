"""The tables of an archive, for everybody who opens it with SQL: `sqlite3`, Datasette, pandas, R.

`records` and `link_records` are the truth: each analysis and link as JSON, from which sayso reads. Every other table
is a projection for people, made from those records by `rows` and `linkrows` and never read back, so that a query
needs no knowledge of sayso, a load is exact by construction, and a migration may rebuild any table from the truth.
Offsets (`start`, `stop`) are characters of `articles.text`, half-open, counted from 0: in SQLite
`substr(text, start + 1, stop - start)`. No id is counted up: the same articles give the same rows in any order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

HEAD = "0006"  # the revision of migrations/ that makes these tables
SEARCH = "articles_fts"  # full-text index over `articles`, where SQLite has FTS5; made by the migration

metadata = MetaData()

ID = Text().with_variant(Text(collation="C"), "postgresql")  # ids sort by code point everywhere
_Key = BigInteger().with_variant(Integer(), "sqlite")  # in SQLite an INTEGER key is the row id that FTS5 needs


def _id(name: str, key: bool = False) -> Column[str]:
    return Column(name, ID, primary_key=key, nullable=False)


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True, nullable=False, autoincrement=False)


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _offsets(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


def _of_article() -> Column[str]:
    """Part of the key; what belongs to an article goes with it."""
    return Column("article", ID, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, nullable=False)


def _table(name: str, *columns: Column[Any] | Iterable[Column[Any]], large: bool = False) -> Table:
    """A table kept in the order of its key, unless its rows are large."""
    flat: list[Column[Any]] = []
    for part in columns:
        flat.extend([part] if isinstance(part, Column) else part)
    return Table(name, metadata, *flat, sqlite_with_rowid=large)


def _record_table(name: str, *columns: Column[Any] | Iterable[Column[Any]]) -> Table:
    """A table of one kind of record, found by its article or by its id."""
    table = _table(name, _of_article(), _id("id", key=True), Column("position", Integer, nullable=False), *columns)
    Index(f"{name}_id", table.c.id)
    return table


def _link_table(name: str, *columns: Column[Any] | Iterable[Column[Any]]) -> Table:
    return _table(name, _id("id", key=True), *columns)


def _members(name: str, owner: str, member: str) -> Table:
    """Which records belong to an incident, origin or story."""
    parent = {"incident": "incidents", "origin": "origins", "story": "stories"}[owner]
    owned = Column(owner, ID, ForeignKey(f"{parent}.id", ondelete="CASCADE"), primary_key=True, nullable=False)
    table = _table(name, owned, _id(member, key=True))
    Index(f"{name}_{member}", table.c[member])
    return table


# --------------------------------------------------------------------------- articles and what each tells

articles = Table(
    "articles",
    metadata,
    Column("key", _Key, primary_key=True, autoincrement=False),  # made from the id
    Column("id", ID, nullable=False, unique=True),
    *_text("url", "outlet", "title", "published", "lang", "dateline_place", "dateline_date", "origin"),
    Column("status", Text, nullable=False),  # coded, uncoded
    Column("stamp", Text, nullable=False),  # of the code that analysed it; "" if uncoded
    Column("text", Text, nullable=False),
)
records = _table(
    "records",
    _of_article(),
    Column("head", Text, nullable=False),  # the article without its text
    Column("body", Text),  # the analysis; NULL if uncoded
    large=True,
)
bylines = _table("bylines", _of_article(), _position(), _text("name"))
credits = _table("credits", _of_article(), _position(), _text("agency"))
actors = _record_table(
    "actors", _text("name", "kind", "country", "sector", "title"), _offsets("mentions"), _text("why")
)
actor_mentions = _table(
    "actor_mentions", _of_article(), _id("actor", key=True), _position(), _offsets("start", "stop"), _text("text")
)
places = _record_table(
    "places",
    _text("name", "text"),
    Column("lat", Float),
    Column("lon", Float),
    _text("country"),
    Column("admin1", Text),
    Column("geonameid", BigInteger),
    _text("level"),
    _offsets("start", "stop"),
    _text("why", "use"),
    Column("near", Boolean),
)
times = _record_table("times", _text("first", "last", "text", "basis", "type", "value"), _offsets("start", "stop"))
claims = _record_table(
    "claims",
    _text("sources", "content", "mode", "stance", "certainty", "addressee", "channel", "first", "last", "time"),
    _offsets("start", "stop"),
    _text("why"),
    _text("hedge", "negation", "within"),
)
chain_links = _table(
    "chain_links",
    _of_article(),
    _id("claim", key=True),
    _position(),
    _text("actor", "actor_name", "kind", "source", "cue"),
    _offsets("start", "stop", "cue_start", "cue_stop"),
)
claim_about = _table("claim_about", _of_article(), _id("claim", key=True), _id("target", key=True), _text("kind"))
events = _record_table(
    "events",
    _text("type", "mode", "context", "status", "actors", "recipients", "place", "country", "first", "last"),
    _text("said_by", "quote", "trigger", "place_id", "time_id"),
    _offsets("start", "stop"),
    _text("why"),
    Column("sure", Float),  # of the type, 0 to 1; NULL: nobody weighed it
)
event_actors = _table(
    "event_actors",
    _of_article(),
    _id("event", key=True),
    _position(),
    _text("actor", "name", "text"),
    _offsets("start", "stop"),
)
event_recipients = _table(
    "event_recipients",
    _of_article(),
    _id("event", key=True),
    _position(),
    _text("actor", "name", "text"),
    _offsets("start", "stop"),
)
event_causes = _table(
    "event_causes",
    _of_article(),
    _id("event", key=True),
    _position(),
    _text("kind", "text", "cue"),
    _offsets("start", "stop", "cue_start", "cue_stop"),
)
tolls = _record_table(
    "tolls",
    _text("event", "harm"),
    Column("low", BigInteger),
    Column("high", BigInteger),  # NULL: open above
    _text("victims", "kind"),
    Column("cumulative", Boolean),
    Column("part", Boolean),
    Column("withdrawn", Boolean),
    _text("as_of_first", "as_of_last", "said_by", "text"),
    _offsets("start", "stop"),
    _text("why"),
)
labels = _table(
    "labels",
    _of_article(),
    _position(),
    _text("target", "target_kind", "target_text", "text", "said_by"),
    _offsets("start", "stop"),
)

observations = _table(
    "observations",
    _of_article(),
    _position(),
    _text("who", "cue", "content"),
    _offsets("who_start", "who_stop", "cue_start", "cue_stop", "start", "stop"),
)
observation_about = _table("observation_about", _of_article(), _position(), _id("target", key=True), _text("kind"))

# --------------------------------------------------------------------------- what joins articles

link_records = _table(
    "link_records", _id("kind", key=True), _id("id", key=True), Column("record", Text, nullable=False)
)
copies = _link_table("copies", _id("article"), _id("original"), _text("kind"), Column("share", Float), _text("why"))
copy_passages = _table(
    "copy_passages",
    Column("copy", ID, ForeignKey("copies.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    _position(),
    _offsets("start", "stop", "original_start", "original_stop"),
)
origins = _link_table("origins", _text("name", "first"), _offsets("articles"), _text("why"))
origin_articles = _members("origin_articles", "origin", "article")
incidents = _link_table(
    "incidents",
    _text("type", "place", "country"),
    Column("lat", Float),
    Column("lon", Float),
    _text("first", "last", "tolls"),
    _offsets("articles", "origins"),
    _text("summary", "why"),
    Column("total", Boolean),
    Column("weight", Float),  # for readers who have time for few: `gravity`
    *_text("reported"),  # when its first report came out
)
incident_events = _members("incident_events", "incident", "event")
incident_articles = _members("incident_articles", "incident", "article")
incident_origins = _members("incident_origins", "incident", "origin")
toll_estimates = _table(
    "toll_estimates",
    Column("incident", ID, ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    _position(),
    _text("harm"),
    Column("low", BigInteger),
    Column("best", BigInteger),
    Column("high", BigInteger),
)
toll_basis = _table(
    "toll_basis",
    Column("incident", ID, ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    _position(),
    _id("role", key=True),  # basis, dissent, superseded, corrected, withdrawn
    _id("toll", key=True),
)
stories = _link_table("stories", _text("title", "first", "last"), _offsets("incidents", "articles"))
story_incidents = _members("story_incidents", "story", "incident")
story_articles = _members("story_articles", "story", "article")
Index("copies_article", copies.c.article)
Index("copies_original", copies.c.original)
Index("incidents_first", incidents.c.first)
Index("incidents_reported", incidents.c.reported)
Index("incidents_country", incidents.c.country, incidents.c.first)
Index("articles_published", articles.c.published)
Index("articles_outlet", articles.c.outlet, articles.c.published)
Index("events_status", events.c.status, events.c.id)
Index("chain_links_actor", chain_links.c.actor_name, chain_links.c.kind)
Index("event_actors_name", event_actors.c.name)
Index("event_recipients_name", event_recipients.c.name)

# --------------------------------------------------------------------------- what linking looks things up in

# Made from the articles and read by linking alone: so that an article more is compared with its neighbourhood.
linked = _table("linked", _id("stamp", key=True))  # one row: the code that made the links
link_counts = _table("link_counts", _id("records", key=True), Column("number", Integer, nullable=False))
pending = _table("pending", _id("article", key=True))  # put or judged since they were last linked
linked_articles = _table(
    "linked_articles",
    _id("article", key=True),
    _text("text"),
    Column("day", Integer),
    _text("countries", "title"),
    Column("totals", Boolean),
    Column("recalls", Boolean),
    Column("topic", LargeBinary),
    _text("profile", "tellings"),
    Column("keys", LargeBinary),
    large=True,
)
link_keys = _table(
    "link_keys",
    Column("month", Integer, primary_key=True, nullable=False, autoincrement=False),  # 32 days; -1: unknown
    Column("code", BigInteger, primary_key=True, nullable=False, autoincrement=False),
    Column("day", Integer, primary_key=True, nullable=False, autoincrement=False),  # -1: unknown
    _id("article", key=True),
)
link_edges = _table(  # each edge twice, once from either end
    "link_edges",
    _id("layer", key=True),
    _id("node", key=True),
    _id("other", key=True),
    Column("score", Float, nullable=False),
    Column("note", Text, nullable=False),
)
pieces = _table(
    "pieces",
    _id("id", key=True),
    _offsets("texts", "first", "last"),
    _text("title", "country"),
    Column("topic", LargeBinary),
    _id("chapter"),
)
piece_articles = _table("piece_articles", _id("piece", key=True), _id("article", key=True))
chapters = _table(
    "chapters",
    _id("id", key=True),
    _text("country"),
    Column("number", Integer),
    Column("follower", ID),
    _id("story"),
)
Index("pieces_country", pieces.c.country, pieces.c.first)
Index("pieces_chapter", pieces.c.chapter)
Index("piece_articles_article", piece_articles.c.article)
Index("chapters_follower", chapters.c.follower)

# What may well be wrong, for those who judge: small parts of large tables, in the order in which they are asked for.
UNSURE_CODE, UNSURE_COPY = "sure < 0.6", "share < 0.8"
DOUBT = "abs(score - 0.5)"  # how far from the threshold of one happening
NEAR = f"node < other AND {DOUBT} <= 0.2"
Index(
    "events_sure", events.c.sure, events.c.id, events.c.country,
    sqlite_where=text(UNSURE_CODE), postgresql_where=text(UNSURE_CODE),
)  # fmt: skip
Index("copies_share", copies.c.share, copies.c.id, sqlite_where=text(UNSURE_COPY), postgresql_where=text(UNSURE_COPY))
Index(
    "link_edges_doubt", link_edges.c.layer, text(DOUBT), link_edges.c.node, link_edges.c.other,
    sqlite_where=text(NEAR), postgresql_where=text(NEAR),
)  # fmt: skip

# What became of incidents and stories that were renamed, merged or split; `at` tells when, so it is no content.
successions = _table(
    "successions",
    _id("kind", key=True),
    _id("old", key=True),
    _id("at", key=True),
    _id("new", key=True),  # "": nothing is left of it
    _text("how"),
)

# When an incident was first linked, and when what is told of it last changed; no content either.
incident_times = _table("incident_times", _id("incident", key=True), _text("made", "changed"))
Index("incident_times_changed", incident_times.c.changed)
# One row: how many transactions have written, so that whoever keeps an answer knows when it is old.
state = _table("state", _id("name", key=True), Column("number", BigInteger, nullable=False))

# --------------------------------------------------------------------------- what failed, what people said, what ran

rejected = _table("rejected", _id("id", key=True), _text("origin", "stage", "reason", "detail"))
judgements = _table(
    "judgements",
    _id("id", key=True),
    _text("left_id", "right_id", "verdict", "analyst", "at", "note", "group_id"),
    _text("left_article", "left_words", "right_article", "right_words"),  # where a record stands, should its id go
    _offsets("left_start", "left_stop", "right_start", "right_stop"),
)
runs = _table(
    "runs",
    _id("stamp", key=True),
    _id("started", key=True),
    _text("finished", "code", "parser", "gazetteer", "config"),
    _offsets("added", "redone", "known", "kept", "rejected"),
)

# Parents before children, as they are written; `runs` tells when, so it is no content.
OF_ARTICLE = (
    articles,
    records,
    bylines,
    credits,
    actors,
    actor_mentions,
    places,
    times,
    claims,
    chain_links,
    claim_about,
    events,
    event_actors,
    event_recipients,
    event_causes,
    tolls,
    labels,
    observations,
    observation_about,
)
OF_LINKS = (
    link_records,
    copies,
    copy_passages,
    origins,
    origin_articles,
    incidents,
    incident_events,
    incident_articles,
    incident_origins,
    toll_estimates,
    toll_basis,
    stories,
    story_incidents,
    story_articles,
)
OF_INDEX = (linked_articles, link_keys, link_edges, pieces, piece_articles, chapters)
CONTENT = (*OF_ARTICLE, *OF_LINKS, rejected, judgements)
