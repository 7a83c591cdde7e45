"""What an archive on disk promises: whole or not at all, one writer, old ones upgraded, faults explained."""

from __future__ import annotations

import json
import random
import re
import shutil
import sqlite3
import threading
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, event, insert

from sayso.errors import StoreError
from sayso.model import Analysis, Article, Judgement, Reason, Verdict, content_id
from sayso.ports import Found
from sayso.record import from_json, to_json
from sayso.store import MemoryStore, SqlStore, digest, open_store, schema
from sayso.store.codec import dumps, pack
from sayso.store.opening import archive_url, shown
from sayso.store.rows import rows_of
from tests.builders import before, unrest, witnessed
from tests.store.writer import Writer, numbered

OLD_WORD = ("a", "b", "not-same", "ana", "2022-01-08", "two fires")
MIGRATIONS = Path(schema.__file__).parent / "migrations"


@pytest.fixture
def archive(empty: Path, tmp_path: Path) -> Path:
    return shutil.copy(empty, tmp_path / "archive.db")


def undisturbed(empty: Path, folder: Path, count: int) -> str:
    """The digest of an archive into which all was written at once."""
    store = SqlStore(str(shutil.copy(empty, folder / "undisturbed.db")))
    store.put(numbered(count), [], [], "one")
    made = digest(store)
    store.close()
    return made


def whole(db: Path) -> bool:
    with sqlite3.connect(db) as connection:
        checks = [
            connection.execute(f"PRAGMA {check}").fetchall() for check in ("integrity_check", "foreign_key_check")
        ]
        connection.execute("INSERT INTO articles_fts(articles_fts) VALUES ('integrity-check')")
    connection.close()
    return checks == [[("ok",)], []]


def before_it(analysis: Analysis) -> Analysis:
    """An analysis as the first version made it."""
    return from_json(before(to_json(analysis)))


def tables_of(store: MemoryStore | SqlStore) -> dict[str, int]:
    """How many rows each table holds."""
    return Counter(table.name for table, _ in store.rows())


def first_archive(path: Path, analyses: list[Analysis]) -> None:
    """An archive with the tables and rows of the first revision."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        there = MetaData()
        there.reflect(connection)
        for analysis in analyses:
            packed = pack(analysis)
            body = dumps(before(json.loads(packed.body or "")))
            rows = rows_of(analysis, packed._replace(body=body), "one")
            for table in schema.metadata.sorted_tables:
                known = there.tables.get(table.name)
                if known is not None and rows.get(table):
                    names = set(known.columns.keys())
                    connection.execute(
                        insert(known), [{key: row[key] for key in row.keys() & names} for row in rows[table]]
                    )
    engine.dispose()


class TestKilled:
    def test_only_whole_batches_stay_and_a_rerun_completes_them(
        self, archive: Path, empty: Path, tmp_path: Path
    ) -> None:
        count, batch = 240, 8
        for _ in range(3):
            writer = Writer(archive, count, batch)
            writer.said.recv()  # at least one batch is in
            time.sleep(random.uniform(0, 0.2))
            writer.kill()
            store = open_store(str(archive))
            ids = store.ids()
            assert len(ids) % batch == 0
            assert len(list(store.analyses())) == len(ids)
            store.close()
            assert whole(archive)
        assert Writer(archive, count, batch).wait() == str(count)
        store = SqlStore(str(archive))
        assert digest(store) == undisturbed(empty, tmp_path, count)
        store.close()

    def test_a_batch_that_fails_leaves_nothing(self, archive: Path) -> None:
        store = open_store(str(archive))
        with pytest.raises(StoreError, match="UTF-8"):
            store.put([unrest()], [Article("half a pair: \ud800")], [], "one")
        assert store.ids() == {}
        store.close()


class TestTwoWriters:
    def test_take_turns(self, archive: Path, empty: Path, tmp_path: Path) -> None:
        writers = [Writer(archive, 60, size) for size in (3, 5)]
        assert [writer.wait() for writer in writers] == ["60", "60"]
        store = SqlStore(str(archive))
        assert digest(store) == undisturbed(empty, tmp_path, 60)
        store.close()
        assert whole(archive)

    def test_make_a_missing_archive_once(self, tmp_path: Path) -> None:
        writers = [Writer(tmp_path / "new.db", 4, 1) for _ in range(3)]
        assert [writer.wait() for writer in writers] == ["4"] * 3
        assert len(open_store(str(tmp_path / "new.db")).ids()) == 4

    def test_a_run_keeps_other_runs_out_and_readers_in(self, archive: Path) -> None:
        one, other = SqlStore(str(archive)), SqlStore(str(archive))
        with one.writing():
            one.put([unrest()], [], [], "one")
            assert len(other.ids()) == 1
            with pytest.raises(StoreError, match=r"archive\.db: another run is writing"), other.writing(wait=0.1):
                pass
        with other.writing(wait=0.1):
            pass

    def test_waiting_for_too_long_is_a_clear_error(self, archive: Path) -> None:
        store = SqlStore(str(archive))
        event.listen(store._engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout = 50"))
        store._engine.dispose()
        with sqlite3.connect(archive, isolation_level=None) as busy:
            busy.execute("BEGIN IMMEDIATE")
            assert store.ids() == {}  # readers do not wait
            with pytest.raises(StoreError, match=r"archive\.db: another process is writing to it \(wait"):
                store.put([unrest()], [], [], "one")
            busy.execute("ROLLBACK")
        store.put([unrest()], [], [], "one")

    def test_threads_may_share_a_store(self, archive: Path) -> None:
        store = SqlStore(str(archive))
        made = numbered(12)
        threads = [threading.Thread(target=store.put, args=([each], [], [], "one")) for each in made]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [each.article for each in store.analyses()] == sorted(
            (each.article for each in made), key=lambda a: a.id
        )


class TestFullDisk:
    def test_of_a_small_archive(self, archive: Path) -> None:
        store = SqlStore(str(archive))
        made = numbered(200)
        store.put(made[:4], [], [], "one")
        event.listen(store._engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 200"))
        store._engine.dispose()
        with pytest.raises(StoreError, match=r"archive\.db: the disk is full \(make room"):
            store.put(made[4:], [], [], "one")
        assert len(list(store.analyses())) == 4
        store.close()
        assert whole(archive)

    def test_of_a_process_that_may_write_no_more(self, archive: Path, empty: Path, tmp_path: Path) -> None:
        said = Writer(archive, 80, 10, 600_000).wait()
        assert re.search(r"StoreError: .*archive\.db: (the disk is full|cannot be read or written) \(", said)
        assert 0 < len(open_store(str(archive)).ids()) < 80
        assert whole(archive)
        assert Writer(archive, 80, 10).wait() == "80"  # room again
        store = SqlStore(str(archive))
        assert digest(store) == undisturbed(empty, tmp_path, 80)


class TestOpening:
    def refused(self, db: object, says: str, create: bool = True) -> None:
        with pytest.raises(StoreError, match=says) as fault:
            open_store(str(db), create)
        assert fault.value.about and fault.value.way_out

    def test_a_missing_file(self, tmp_path: Path) -> None:
        self.refused(tmp_path / "no.db", r"no\.db: no such archive \(make one with `sayso add`", create=False)
        assert not (tmp_path / "no.db").exists()

    def test_a_missing_folder(self, tmp_path: Path) -> None:
        self.refused(tmp_path / "no" / "a.db", r"a\.db: its folder does not exist \(mkdir")

    def test_a_folder(self, tmp_path: Path) -> None:
        self.refused(tmp_path, "is a folder")

    def test_a_file_that_is_no_database(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Dear diary")
        self.refused(tmp_path / "a.txt", "is not a sayso archive")
        assert (tmp_path / "a.txt").read_text() == "Dear diary"

    def test_a_damaged_file(self, archive: Path) -> None:
        archive.write_bytes(archive.read_bytes()[:100] + b"\xa7" * 5000)
        self.refused(archive, r"archive\.db: is (damaged|not a sayso archive)")

    def test_a_database_of_another_program(self, tmp_path: Path) -> None:
        with sqlite3.connect(tmp_path / "other.db") as connection:
            connection.execute("CREATE TABLE notes (id)")
        self.refused(tmp_path / "other.db", "is a database of another program")

    def test_an_archive_of_a_newer_version(self, archive: Path) -> None:
        with sqlite3.connect(archive) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        self.refused(archive, r"archive\.db: was made by a newer version of sayso \(pip install")

    def test_a_folder_that_cannot_be_written(self) -> None:
        self.refused("/proc/sayso.db", r"/proc/sayso\.db: .*cannot be")

    def test_an_empty_file_becomes_an_archive(self, tmp_path: Path) -> None:
        (tmp_path / "a.db").touch()
        self.refused(tmp_path / "a.db", "holds no archive yet", create=False)
        assert open_store(str(tmp_path / "a.db")).ids() == {}

    def test_a_url_of_a_file(self, archive: Path) -> None:
        assert open_store(f"sqlite:///{archive}", create=False).ids() == {}

    @pytest.mark.parametrize("url", ["mysql://localhost/x", "://", "gopher+odd://x", "postgresql+nodriver://u@h/x"])
    def test_other_urls(self, url: str) -> None:
        self.refused(url, "use |write ")

    def test_postgresql_without_its_driver(self) -> None:
        try:
            import psycopg  # noqa: F401
        except ImportError:
            self.refused("postgresql://ana:secret@localhost/news", r"needs psycopg \(pip install 'psycopg\[binary\]'\)")

    def test_a_password_is_never_shown(self) -> None:
        assert "secret" not in shown(archive_url("postgresql://ana:secret@localhost/news"))


class TestTables:
    @pytest.mark.filterwarnings("ignore:Skipped unsupported reflection", "ignore:autogenerate skipping")  # of doubts
    def test_the_migrations_make_the_tables_of_the_schema(self, archive: Path) -> None:
        def mine(thing: object, name: str | None, kind: str, *_: object) -> bool:
            return not (kind == "table" and (name or "").startswith(schema.SEARCH))

        with create_engine(f"sqlite:///{archive}").connect() as connection:
            context = MigrationContext.configure(connection, opts={"include_object": mine, "compare_type": True})
            assert compare_metadata(context, schema.metadata) == []

    def test_the_head_is_the_last_revision(self) -> None:
        assert ScriptDirectory(str(MIGRATIONS)).get_current_head() == schema.HEAD

    def test_an_archive_before_the_first_revision_is_upgraded(self, archive: Path) -> None:
        """A run cut short between making the file and its tables leaves an empty version table."""
        archive.unlink()
        with sqlite3.connect(archive) as connection:
            connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        store = open_store(str(archive))
        store.put([unrest()], [], [], "one")
        assert list(store.analyses()) == [unrest()]

    def test_an_archive_of_the_first_revision_keeps_all_it_holds(self, tmp_path: Path) -> None:
        path = tmp_path / "old.db"
        old = [before_it(each) for each in (unrest(), witnessed())]
        first_archive(path, old)
        store = SqlStore(str(path), create=False)
        assert sorted(store.analyses(), key=lambda each: each.article.text) == sorted(
            old, key=lambda each: each.article.text
        )
        assert [each.id for each in store.articles()] == sorted(each.article.id for each in old)
        assert [article.id for article, _ in store.search("rioters")] == [old[0].article.id]
        claim = old[0].claims[0]
        assert store.find(claim.id) == Found("claim", claim.id, old[0].article.id)
        store.put([witnessed()], [], [], "two")  # coded again, it tells more
        assert store.analysis(witnessed().article.id) == witnessed()
        fresh = MemoryStore()
        fresh.put([old[0]], [], [], "one")
        fresh.put([witnessed()], [], [], "two")
        assert tables_of(store) == tables_of(fresh)
        assert whole(path)

    def test_how_sure_events_are_is_read_from_their_reasons(self, tmp_path: Path) -> None:
        told = unrest()
        weighed = (Reason("typed ASSAULT", 0.417, "its words +2.7"), Reason("place", 0.9, "Almaty: place follows in"))
        unsure = replace(told, events=(replace(told.events[0], reasons=weighed), *told.events[1:]))
        first_archive(tmp_path / "old.db", [before_it(unsure)])
        sure = []
        for name in ("old.db", "new.db"):
            store = SqlStore(str(tmp_path / name))
            if name == "new.db":
                store.put([unsure], [], [], "one")
            sure.append({row["id"]: row["sure"] for table, row in store.rows() if table is schema.events})
        assert sure[0] == sure[1] == {told.events[0].id: 0.42, told.events[1].id: None}

    def test_judgements_of_an_older_archive_stay_and_hold(self, tmp_path: Path) -> None:
        path = tmp_path / "old.db"
        first_archive(path, [before_it(unrest())])
        with sqlite3.connect(path) as connection:
            columns = "id, left_id, right_id, verdict, analyst, at, note"
            values = (content_id("judgement", *OLD_WORD), *OLD_WORD)
            connection.execute(f"INSERT INTO judgements ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        store = SqlStore(str(path), create=False)
        word = Judgement("a", "b", Verdict.NOT_SAME, "ana", "2022-01-08", "two fires")
        assert list(store.judgements()) == [word]
        store.judge(word)
        assert list(store.judgements()) == [word]

    def test_every_table_is_content_or_tells_when_or_serves_linking(self) -> None:
        when = {schema.runs, schema.successions, schema.incident_times, schema.state}
        serving = {*schema.OF_INDEX, schema.linked, schema.link_counts, schema.pending}
        assert {*schema.CONTENT, *when, *serving} == set(schema.metadata.tables.values())

    def test_an_analyst_reads_them_with_sql(self, archive: Path) -> None:
        store = open_store(str(archive))
        store.put([unrest()], [Article("Other")], [], "one")
        store.close()

        def ask(question: str) -> list[tuple[object, ...]]:
            with sqlite3.connect(archive) as connection:
                return connection.execute(question).fetchall()

        assert ask("SELECT outlet, dateline_place, status FROM articles WHERE status = 'coded'") == [
            ("Harbour News", "Almaty", "coded")
        ]
        assert ask("SELECT sources, stance, content FROM claims ORDER BY position") == [
            (
                "Channel 9 citing eyewitnesses",
                "asserts",
                "rioters burnt the city hall in Almaty on Friday because of a price rise",
            ),
            ("Police", "asserts", "26 armed criminals were killed"),
            ("Police", "denies", "soldiers had fired first"),
        ]
        assert ask("SELECT type, mode, actors, recipients, place, first, said_by FROM events ORDER BY position") == [
            ("ASSAULT", "property", "rioters", None, "Almaty", "2022-01-07", "Channel 9 citing eyewitnesses"),
            ("ASSAULT", None, "soldiers", "rioters", None, None, None),
        ]
        assert ask("SELECT harm, low, high, text, said_by FROM tolls") == [
            ("killed", 26, 26, "26 armed criminals", "Police")
        ]
        assert ask("SELECT name FROM bylines ORDER BY position") == [("Ana Ruiz",), ("Bo Lind",)]
        quoted = "SELECT m.text, substr(a.text, m.start + 1, m.stop - m.start) FROM actor_mentions m"
        assert all(left == right for left, right in ask(f"{quoted} JOIN articles a ON a.id = m.article"))
        assert ask(
            "SELECT a.outlet FROM articles_fts f JOIN articles a ON a.key = f.rowid WHERE articles_fts MATCH 'rise'"
        )

    def test_hedges_nesting_and_observations_are_read_with_sql(self, archive: Path) -> None:
        store = open_store(str(archive))
        store.put([witnessed()], [], [], "one")
        store.close()
        with sqlite3.connect(archive) as connection:
            ask = connection.execute
            claims = "SELECT c.sources, c.hedge, c.negation, o.sources FROM claims c"
            assert ask(f"{claims} LEFT JOIN claims o ON o.id = c.within ORDER BY c.position").fetchall() == [
                ("Silkroad Agency citing The mayor", None, "did not", None),
                ("Silkroad Agency citing police", "reportedly", None, "Silkroad Agency citing The mayor"),
            ]
            assert ask("SELECT who, cue, content FROM observations").fetchall() == [
                ("Our reporters", "saw", "guards fire on 3 men")
            ]
            assert ask("SELECT kind FROM observation_about ORDER BY kind").fetchall() == [("event",), ("toll",)]
            credited = "SELECT DISTINCT actor_name FROM chain_links WHERE source IS NULL AND cue IS NULL"
            assert ask(credited).fetchall() == [("Silkroad Agency",)]

    def test_nothing_is_left_when_an_article_goes(self, archive: Path) -> None:
        store = SqlStore(str(archive))
        store.put([unrest()], [], [], "one")
        store.put([Analysis(unrest().article)], [], [], "one")
        tables = {table.name for table, _ in store.rows()}
        assert tables == {"articles", "records", "bylines", "credits"}


@pytest.mark.slow
def test_a_hundred_analyses_are_put_in_under_a_second(archive: Path) -> None:
    store = SqlStore(str(archive))
    made = numbered(100)
    began = time.perf_counter()
    store.put(made, [], [], "one")
    assert time.perf_counter() - began < 1.0
