"""Commands that ask an archive: tables, single records, search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import AsJson, Db, Limit, Since, Until, app, archive_of, day, opened
from sayso.cli.render import out, plural, print_json, print_lines, print_rows, wants_json
from sayso.errors import InputError

if TYPE_CHECKING:
    from sayso.report.archive import Archive


@app.command()
def incidents(db: Db = None, limit: Limit = 20, as_json: AsJson = None) -> None:
    """What happened, counted once, with how many independent origins tell it.

    Example: sayso incidents --limit 50
    """
    from sayso.report import tables

    columns = (
        ("id", "id"), ("date", "first"), ("place", "place"), ("type", "type"), ("tolls", "tolls"),
        ("reports", "articles"), ("origins", "origins"), ("told", "summary"), ("on whose say-so", "sources"),
    )  # fmt: skip
    print_rows(tables.incidents(archive_of(db)), columns, "incidents", limit, as_json)


@app.command()
def claims(
    source: Annotated[str | None, typer.Option("--source", help="part of a source's name")] = None,
    about: Annotated[str | None, typer.Option("--about", help="id of an event, toll or incident")] = None,
    db: Db = None,
    limit: Limit = 30,
    as_json: AsJson = None,
) -> None:
    """Who is reported to say what, through which chain of sources.

    Example: sayso claims --source ministry
    """
    from sayso.report import tables

    archive = archive_of(db)
    about = _full(archive, about) if about else None
    columns = (
        ("id", "id"), ("date", "published"), ("outlet", "outlet"), ("chain", "chain"), ("stance", "stance"),
        ("certainty", "certainty"), ("content", "content"),
    )  # fmt: skip
    print_rows(tables.claims(archive, source, about), columns, "claims", limit, as_json)


def _full(archive: Archive, prefix: str) -> str:
    known = [*archive.incidents, *archive.events, *archive.tolls, *archive.claims]
    found = [id for id in known if id.startswith(prefix)]
    if len(found) != 1:
        raise InputError("no record has this id, or several begin with it", about=prefix, way_out="give more digits")
    return found[0]


@app.command()
def tolls(db: Db = None, limit: Limit = 40, as_json: AsJson = None) -> None:
    """How many were harmed: low, best, high, with each report's figure and who says so.

    Example: sayso tolls --json | jq 'select(.standing == "withdrawn")'
    """
    from sayso.report import tables

    columns = (
        ("incident", "incident"), ("when", "when"), ("place", "place"), ("harm", "harm"), ("low", "low"),
        ("best", "best"), ("high", "high"), ("", "standing"), ("who says so", "says"), ("words", "quote"),
    )  # fmt: skip
    print_rows(tables.tolls(archive_of(db)), columns, "tolls", limit, as_json)


@app.command()
def sources(db: Db = None, limit: Limit = 30, as_json: AsJson = None) -> None:
    """Who is cited, how often and for how many origins.

    Example: sayso sources
    """
    from sayso.report import tables

    columns = (
        ("source", "name"), ("kind", "kind"), ("claims", "claims"), ("articles", "articles"), ("origins", "origins"),
        ("first", "first"), ("last", "last"), ("stances", "stances"),
    )  # fmt: skip
    print_rows(tables.sources(archive_of(db)), columns, "sources", limit, as_json)


@app.command()
def copies(db: Db = None, limit: Limit = 30, as_json: AsJson = None) -> None:
    """Which article was taken from which, and how.

    Example: sayso copies
    """
    from sayso.report import tables

    columns = (
        ("article", "article"), ("outlet", "outlet"), ("taken from", "of"), ("outlet", "of_outlet"), ("kind", "kind"),
        ("share", "share"), ("why", "why"), ("longest shared passage", "evidence"),
    )  # fmt: skip
    print_rows(tables.copies(archive_of(db)), columns, "copies", limit, as_json)


@app.command()
def timeline(
    since: Since = None,
    until: Until = None,
    db: Db = None,
    limit: Limit = 60,
    as_json: AsJson = None,
) -> None:
    """Incidents day by day.

    Example: sayso timeline --since 2022-01-05 --until 2022-01-07
    """
    from sayso.report import tables

    archive = archive_of(db)
    columns = (
        ("day", "day"), ("place", "place"), ("what", "what"), ("tolls", "tolls"), ("origins", "origins"),
        ("reports", "articles"), ("on whose say-so", "says"), ("incident", "incident"),
    )  # fmt: skip
    print_rows(tables.timeline(archive, day(since), day(until)), columns, "timeline", limit, as_json)
    if not wants_json(as_json) and (missing := tables.undated(archive)):
        out().print(f"not shown, for want of a date: {plural(missing, 'incident')}")


@app.command(name="show")
def show_record(id: str, db: Db = None, as_json: AsJson = None) -> None:
    """Any record with the words of its article that it rests on.

    Example: sayso show 3f2a91
    """
    from sayso.report.show import show

    with opened(db) as project:
        found = project.store.find(id)
        if found is None:
            raise InputError("no record has this id, or several begin with it", about=id, way_out="give more digits")
        record, lines = show(project.archive(), found.kind, found.id)
    if wants_json(as_json):
        print_json(record)
    else:
        print_lines(lines)


@app.command()
def search(query: str, db: Db = None, limit: Limit = 20, as_json: AsJson = None) -> None:
    """Articles that hold all these words, best first.

    Example: sayso search "curfew Almaty"
    """
    with opened(db) as project:
        hits = project.store.search(query, limit)
    for article, span in hits:
        around = " ".join(article.text[max(0, span.start - 60) : span.end + 100].split())
        if wants_json(as_json):
            hit = {"article": article.id, "outlet": article.outlet, "published": article.published}
            print_json({**hit, "title": article.title, "span": [span.start, span.end], "around": around})
        else:
            print_lines([f"{article.id[:8]}  {article.outlet or '-'}  {(article.published or '')[:10]}  … {around} …"])
    if not hits:
        raise typer.Exit(1)
