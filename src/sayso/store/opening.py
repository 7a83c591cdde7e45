"""Opens an archive: from a path or URL to an engine whose tables are those of this version, or a StoreError."""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from sayso.errors import StoreError
from sayso.store import schema
from sayso.store.faults import explained
from sayso.store.lock import file_lock

WAIT = 30.0  # seconds a writer waits for another one
_WRITER = 0x5A1550  # the advisory lock of writers in PostgreSQL
_CACHE = 16  # MiB of pages a connection to SQLite keeps: with its usual 2 a batch is written in part twice
_MAGIC = b"SQLite format 3\x00"


def archive_url(db: str) -> URL:
    """The database URL a path or URL stands for; StoreError for a database that cannot hold an archive."""
    if "://" not in db:
        return URL.create("sqlite", database=str(Path(db).expanduser()))
    try:
        url = make_url(db)
    except ArgumentError as cause:
        raise StoreError(
            "is no database URL", about=db, way_out="write a path or postgresql://user@host/name"
        ) from cause
    if url.drivername in ("postgresql", "postgres"):
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(
            "is a kind of database that cannot hold an archive", about=shown(url), way_out="use SQLite or PostgreSQL"
        )
    return url


def shown(url: URL) -> str:
    """The archive as people know it: its path, or its URL without the password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def open_engine(url: URL, create: bool) -> Engine:
    """An engine for an archive with up-to-date tables, made if it is missing and `create` says so."""
    about = shown(url)
    if url.get_backend_name() == "sqlite":
        _check_file(Path(about), create)
    try:
        engine = create_engine(url, max_overflow=-1, **_arguments(url))
    except ModuleNotFoundError as cause:
        raise StoreError(
            f"PostgreSQL needs {cause.name}", about=about, way_out="pip install 'psycopg[binary]'"
        ) from cause
    except NoSuchModuleError as cause:
        raise StoreError(f"unknown driver {url.drivername!r}", about=about, way_out="use postgresql://") from cause
    _listen(engine)
    try:
        with explained(about):
            _bring_up_to_date(engine, about, create)
    except BaseException:
        engine.dispose()
        raise
    return engine


def writer_lock(engine: Engine, wait: float) -> AbstractContextManager[None]:
    """A lock for a whole run. PostgreSQL locks each transaction only."""
    if engine.dialect.name == "sqlite":
        return file_lock(Path(engine.url.database or ""), wait)
    return nullcontext()


def _arguments(url: URL) -> dict[str, Any]:
    if url.get_backend_name() != "sqlite":
        return {}
    return {"connect_args": {"timeout": WAIT, "isolation_level": None}}


def _check_file(path: Path, create: bool) -> None:
    """Say early, and in plain words, why a file cannot be an archive."""
    about = str(path)
    if path.is_dir():
        raise StoreError("is a folder, not an archive", about=about, way_out=f"write {path / 'sayso.db'}")
    try:
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
    except FileNotFoundError as cause:
        if not create:
            raise StoreError("no such archive", about=about, way_out="make one with `sayso add`") from cause
        if not path.parent.is_dir():
            raise StoreError("its folder does not exist", about=about, way_out=f"mkdir -p {path.parent}") from cause
    except OSError as cause:
        raise StoreError(f"cannot be read: {cause.strerror}", about=about, way_out="check its permissions") from cause
    else:
        if begins and begins != _MAGIC:
            raise StoreError("is not a sayso archive", about=about, way_out="name another file with --db")


def _listen(engine: Engine) -> None:
    """Writers lock at the beginning of a transaction, not at its first write, when it could be too late to wait."""

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
        elif writes:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")

    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def connect(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE * 1024}")


def _bring_up_to_date(engine: Engine, about: str, create: bool) -> None:
    if _revision(engine, about, create) == schema.HEAD:
        return
    with writer_lock(engine, WAIT):
        revision = _revision(engine, about, create)  # another process may have done it meanwhile
        if revision != schema.HEAD:
            _migrate(engine, revision, about)


def _revision(engine: Engine, about: str, create: bool) -> str | None:
    """The revision of the tables there; None in an empty database."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" in tables and "link_records" in tables:
            revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
            return revision
    if any(not name.startswith(("alembic_", "spatial_ref_sys")) for name in tables):
        raise StoreError("is a database of another program", about=about, way_out="name another with --db")
    if not create:
        raise StoreError("holds no archive yet", about=about, way_out="make one with `sayso add`")
    return None


def _migrate(engine: Engine, revision: str | None, about: str) -> None:
    from alembic import command  # only here: it is slow to load and seldom needed
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision is not None and revision not in known:
        raise StoreError("was made by a newer version of sayso", about=about, way_out="pip install -U sayso")
    with engine.connect().execution_options(writes=True) as connection:
        _outside_transaction(connection, "PRAGMA journal_mode = WAL", "PRAGMA foreign_keys = OFF")
        with connection.begin():  # all or nothing; without foreign keys, as a rebuilt table would empty its children
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        _outside_transaction(connection, "PRAGMA foreign_keys = ON")


def _outside_transaction(connection: Connection, *pragmas: str) -> None:
    """What SQLite ignores or refuses inside a transaction."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        try:
            for pragma in pragmas:
                raw.execute(pragma)
        except sqlite3.Error as cause:
            from sqlalchemy.exc import OperationalError

            raise OperationalError("PRAGMA", None, cause) from cause
