"""The first archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# As they were in this revision, whatever `schema` says later.
ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SEARCH = (  # an index over the text of `articles`, which SQLite keeps up to date by itself and Datasette finds
    "CREATE VIRTUAL TABLE articles_fts USING fts5(text, content='articles', content_rowid='key',"
    " tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER articles_fts_insert AFTER INSERT ON articles BEGIN"
    " INSERT INTO articles_fts(rowid, text) VALUES (new.key, new.text); END",
    "CREATE TRIGGER articles_fts_delete AFTER DELETE ON articles BEGIN"
    " INSERT INTO articles_fts(articles_fts, rowid, text) VALUES ('delete', old.key, old.text); END",
)


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("lang", sa.Text()),
        sa.Column("dateline_place", sa.Text()),
        sa.Column("dateline_date", sa.Text()),
        sa.Column("origin", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "copies",
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.Column("original", ID, nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("share", sa.Float()),
        sa.Column("why", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_index("copies_article", "copies", ["article"], unique=False)
    op.create_index("copies_original", "copies", ["original"], unique=False)

    op.create_table(
        "incidents",
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("first", sa.Text()),
        sa.Column("last", sa.Text()),
        sa.Column("tolls", sa.Text()),
        sa.Column("articles", sa.Integer()),
        sa.Column("origins", sa.Integer()),
        sa.Column("summary", sa.Text()),
        sa.Column("why", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgements",
        sa.Column("id", ID, nullable=False),
        sa.Column("left_id", sa.Text()),
        sa.Column("right_id", sa.Text()),
        sa.Column("verdict", sa.Text()),
        sa.Column("analyst", sa.Text()),
        sa.Column("at", sa.Text()),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_records",
        sa.Column("kind", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "position"),
    )
    op.create_table(
        "linked", sa.Column("stamp", ID, nullable=False), sa.PrimaryKeyConstraint("stamp"), sqlite_with_rowid=False
    )
    op.create_table(
        "origins",
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("first", sa.Text()),
        sa.Column("articles", sa.Integer()),
        sa.Column("why", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rejected",
        sa.Column("id", ID, nullable=False),
        sa.Column("origin", sa.Text()),
        sa.Column("stage", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "runs",
        sa.Column("stamp", ID, nullable=False),
        sa.Column("started", ID, nullable=False),
        sa.Column("finished", sa.Text()),
        sa.Column("code", sa.Text()),
        sa.Column("parser", sa.Text()),
        sa.Column("gazetteer", sa.Text()),
        sa.Column("config", sa.Text()),
        sa.Column("added", sa.Integer()),
        sa.Column("redone", sa.Integer()),
        sa.Column("known", sa.Integer()),
        sa.Column("kept", sa.Integer()),
        sa.Column("rejected", sa.Integer()),
        sa.PrimaryKeyConstraint("stamp", "started"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stories",
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("first", sa.Text()),
        sa.Column("last", sa.Text()),
        sa.Column("incidents", sa.Integer()),
        sa.Column("articles", sa.Integer()),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actor_mentions",
        sa.Column("article", ID, nullable=False),
        sa.Column("actor", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("text", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "actor", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "actors",
        sa.Column("article", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("mentions", sa.Integer()),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("actors_id", "actors", ["id"], unique=False)

    op.create_table(
        "bylines",
        sa.Column("article", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "chain_links",
        sa.Column("article", ID, nullable=False),
        sa.Column("claim", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("actor_name", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("cue_start", sa.Integer()),
        sa.Column("cue_stop", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "claim", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claim_about",
        sa.Column("article", ID, nullable=False),
        sa.Column("claim", ID, nullable=False),
        sa.Column("target", ID, nullable=False),
        sa.Column("kind", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "claim", "target"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "claims",
        sa.Column("article", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sources", sa.Text()),
        sa.Column("content", sa.Text()),
        sa.Column("mode", sa.Text()),
        sa.Column("stance", sa.Text()),
        sa.Column("certainty", sa.Text()),
        sa.Column("addressee", sa.Text()),
        sa.Column("channel", sa.Text()),
        sa.Column("first", sa.Text()),
        sa.Column("last", sa.Text()),
        sa.Column("time", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("claims_id", "claims", ["id"], unique=False)

    op.create_table(
        "copy_passages",
        sa.Column("copy", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("original_start", sa.Integer()),
        sa.Column("original_stop", sa.Integer()),
        sa.ForeignKeyConstraint(["copy"], ["copies.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("copy", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "credits",
        sa.Column("article", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("agency", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_actors",
        sa.Column("article", ID, nullable=False),
        sa.Column("event", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "event", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_causes",
        sa.Column("article", ID, nullable=False),
        sa.Column("event", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("cue_start", sa.Integer()),
        sa.Column("cue_stop", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "event", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "event_recipients",
        sa.Column("article", ID, nullable=False),
        sa.Column("event", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("actor", sa.Text()),
        sa.Column("name", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "event", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "events",
        sa.Column("article", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text()),
        sa.Column("mode", sa.Text()),
        sa.Column("context", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.Column("actors", sa.Text()),
        sa.Column("recipients", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("first", sa.Text()),
        sa.Column("last", sa.Text()),
        sa.Column("said_by", sa.Text()),
        sa.Column("quote", sa.Text()),
        sa.Column("trigger", sa.Text()),
        sa.Column("place_id", sa.Text()),
        sa.Column("time_id", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("events_id", "events", ["id"], unique=False)

    op.create_table(
        "incident_articles",
        sa.Column("incident", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("incident_articles_article", "incident_articles", ["article"], unique=False)

    op.create_table(
        "incident_events",
        sa.Column("incident", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", ID, nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("incident_events_event", "incident_events", ["event"], unique=False)

    op.create_table(
        "incident_origins",
        sa.Column("incident", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("origin", ID, nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("incident_origins_origin", "incident_origins", ["origin"], unique=False)

    op.create_table(
        "labels",
        sa.Column("article", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("target", sa.Text()),
        sa.Column("target_kind", sa.Text()),
        sa.Column("target_text", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("said_by", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "origin_articles",
        sa.Column("origin", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.ForeignKeyConstraint(["origin"], ["origins.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("origin", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("origin_articles_article", "origin_articles", ["article"], unique=False)

    op.create_table(
        "places",
        sa.Column("article", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("country", sa.Text()),
        sa.Column("admin1", sa.Text()),
        sa.Column("geonameid", sa.BigInteger()),
        sa.Column("level", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("places_id", "places", ["id"], unique=False)

    op.create_table(
        "records",
        sa.Column("article", ID, nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("body", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article"),
    )
    op.create_table(
        "story_articles",
        sa.Column("story", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("story_articles_article", "story_articles", ["article"], unique=False)

    op.create_table(
        "story_incidents",
        sa.Column("story", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("incident", ID, nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("story", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("story_incidents_incident", "story_incidents", ["incident"], unique=False)

    op.create_table(
        "times",
        sa.Column("article", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first", sa.Text()),
        sa.Column("last", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("basis", sa.Text()),
        sa.Column("type", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("times_id", "times", ["id"], unique=False)

    op.create_table(
        "toll_basis",
        sa.Column("incident", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("role", ID, nullable=False),
        sa.Column("toll", ID, nullable=False),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "position", "role", "toll"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "toll_estimates",
        sa.Column("incident", ID, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("harm", sa.Text()),
        sa.Column("low", sa.BigInteger()),
        sa.Column("best", sa.BigInteger()),
        sa.Column("high", sa.BigInteger()),
        sa.ForeignKeyConstraint(["incident"], ["incidents.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("incident", "position"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tolls",
        sa.Column("article", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("event", sa.Text()),
        sa.Column("harm", sa.Text()),
        sa.Column("low", sa.BigInteger()),
        sa.Column("high", sa.BigInteger()),
        sa.Column("victims", sa.Text()),
        sa.Column("kind", sa.Text()),
        sa.Column("cumulative", sa.Boolean()),
        sa.Column("part", sa.Boolean()),
        sa.Column("withdrawn", sa.Boolean()),
        sa.Column("as_of_first", sa.Text()),
        sa.Column("as_of_last", sa.Text()),
        sa.Column("said_by", sa.Text()),
        sa.Column("text", sa.Text()),
        sa.Column("start", sa.Integer()),
        sa.Column("stop", sa.Integer()),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "id"),
        sqlite_with_rowid=False,
    )
    op.create_index("tolls_id", "tolls", ["id"], unique=False)
    connection = op.get_bind()
    if connection.dialect.name == "sqlite" and _has_fts5(connection):
        for statement in SEARCH:
            op.execute(statement)


def _has_fts5(connection: sa.Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").scalar())


def downgrade() -> None:
    raise RuntimeError("the first revision has nothing below it")
