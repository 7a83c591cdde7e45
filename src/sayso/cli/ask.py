"""Commands that ask an archive: tables, single records, search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import (
    AsJson,
    Country,
    Db,
    Limit,
    Picture,
    Pixels,
    Plot,
    Since,
    Until,
    app,
    archive_of,
    day,
    opened,
)  # fmt: skip
from sayso.cli.draw import show_map, show_timeline, show_tolls, wanted
from sayso.cli.render import out, print_json, print_lines, print_rows, wants_json
from sayso.cli.sayings import print_notes, print_pivot, print_sayings, print_wrapped
from sayso.errors import InputError
from sayso.model import SourceKind, Stance
from sayso.ports import Succession
from sayso.text import plural

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
        ("reports", "articles"), ("outlets", "outlets"), ("origins", "origins"), ("told", "summary"),
        ("on whose say-so", "sources"),
    )  # fmt: skip
    print_rows(tables.incidents(archive_of(db)), columns, "incidents", limit, as_json)


@app.command()
def claims(
    source: Annotated[
        str | None, typer.Option("--source", help="part of a source's name, or of what it is called")
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", help="id of an incident, event, toll, claim or story", metavar="ID")
    ] = None,
    stance: Annotated[list[Stance], typer.Option("--stance", help="what the source does with it; repeatable")] = [],  # noqa: B006
    kind: Annotated[list[SourceKind], typer.Option("--kind", help="kind of a source of the chain; repeatable")] = [],  # noqa: B006
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, typer.Option("--outlet", help="part of an outlet's name")] = None,
    each: Annotated[bool, typer.Option("--each", help="every claim of every article, nothing grouped")] = False,
    db: Db = None,
    limit: Limit = 30,
    as_json: AsJson = None,
) -> None:
    """Who is reported to say what: one row a saying, over all the reports and copies that carry it.

    Example: sayso claims --stance denies
    """
    from sayso.report.claims import Asked, told_in_own_voice

    asked = Asked(source, about, tuple(stance), tuple(kind), day(since), day(until), outlet)
    with opened(db) as project:
        desk = project.desk()
    if each or wants_json(as_json):
        print_rows(desk.claims(asked) if each else desk.said(asked), _EACH, "claims", limit, as_json)
        return
    print_sayings(desk.said(asked), limit)
    if about and (voices := told_in_own_voice(desk.archive, about)):
        print_wrapped([(0, "", f"in their own voice: {', '.join(voices)}")])


_EACH = (
    ("id", "id"), ("date", "published"), ("outlet", "outlet"), ("chain", "chain"), ("stance", "stance"),
    ("", "certainty"), ("content", "content"), ("denied by", "denied_by"), ("denies", "denies"), ("grade", "grade"),
)  # fmt: skip


@app.command()
def tolls(
    incident: Annotated[str | None, typer.Argument(help="id of one incident, or its first digits")] = None,
    plot: Plot = False,
    to: Picture = None,
    size: Pixels = "1600x1000",
    db: Db = None,
    limit: Limit = 40,
    as_json: AsJson = None,
) -> None:
    """How many were harmed: best, low to high, and which origins say so; of one incident its course over days.

    Example: sayso tolls --json | jq 'select(.standing == "withdrawn")'
    """
    from sayso.report import tables

    picture = wanted(to, size)
    archive = archive_of(db)
    if (plot or picture) and not as_json:
        show_tolls(archive, incident, picture)
    elif wants_json(as_json):
        for row in tables.tolls(archive, incident):
            print_json(row)
    else:
        _print_tolls(archive, incident, limit)


def _print_tolls(archive: Archive, incident: str | None, limit: int) -> None:
    """What each toll is and rests on; of one incident also each report's figure, and what was known when."""
    from sayso.report import courses, tables

    columns = (
        ("incident", "incident"), ("when", "when"), ("place", "place"), ("harm", "harm"), ("toll", "toll"),
        ("rests on", "rests_on"), ("disagrees", "disagrees"), ("set aside", "set_aside"), ("why", "why"),
    )  # fmt: skip
    print_rows(courses.totals(archive, incident), columns, "tolls", limit, False)
    if incident is None:
        if more := courses.homeless(archive):
            print_lines(
                [f"{plural(more, 'figure')} of no incident; --json lists them, `sayso tolls ID` shows one toll"]
            )
        return
    reports = [row for row in tables.tolls(archive, incident) if row.level == "report"]
    said = (
        ("harm", "harm"), ("low", "low"), ("high", "high"), ("", "standing"), ("who says so", "says"),
        ("words", "quote"),
    )  # fmt: skip
    print_rows(reports, said, "figures", limit, False)
    steps = (("harm", "harm"), ("day", "day"), ("", "turn"), ("known then", "toll"), ("reports of the day", "figures"))
    print_rows(courses.course(archive, incident), steps, "course", limit, False)


@app.command()
def sources(
    name: Annotated[str | None, typer.Argument(help="one source: what it said, and what others make of it")] = None,
    db: Db = None,
    limit: Limit = 30,
    as_json: AsJson = None,
) -> None:
    """Who is cited, how often others report the same or dispute it, and how analysts grade it.

    Example: sayso sources "interior ministry"
    """
    from sayso.report.sources import notes, pick, sources

    with opened(db) as project:
        desk = project.desk()
    rows = sources(desk)
    if name is None:
        print_rows(rows, _SOURCES, "sources", limit, as_json)
        return
    found = pick(rows, name)
    if not found:
        raise InputError("no source of this name is cited", about=name, way_out="`sayso sources` lists them")
    said = notes(desk, name)
    if wants_json(as_json):
        for note in said:
            print_json(note)
        return
    for row in found:
        print_notes(row, [note for note in said if note.key == row.key], limit)


_SOURCES = (
    ("source", "name"), ("unnamed, in", "described_in"), ("country", "country"), ("kind", "kinds"),
    ("claims", "claims"), ("confirmed", "confirmed"), ("disputed", "disputed"), ("alone", "alone"),
    ("reports", "articles"), ("origins", "origins"), ("grade", "grade"),
)  # fmt: skip


@app.command()
def actors(
    name: Annotated[str | None, typer.Argument(help="part of a name or title")] = None,
    country: Country = None,
    since: Since = None,
    until: Until = None,
    db: Db = None,
    limit: Limit = 30,
    as_json: AsJson = None,
) -> None:
    """Who is known: names with the title, country and sector that articles give them, and when they were seen so.

    Example: sayso actors minister --country ARM
    """
    from sayso.report.actors import actors as known

    rows = known(archive_of(db), name, country, day(since), day(until))
    columns = (
        ("name", "name"), ("title", "title"), ("country", "country"), ("sector", "sector"), ("first seen", "first"),
        ("last seen", "last"), ("reports", "articles"),
    )  # fmt: skip
    print_rows(rows, columns, "actors", limit, as_json)


@app.command()
def labels(
    of: Annotated[str | None, typer.Option("--of", help="part of a target's name, or its id", metavar="TARGET")] = None,
    source: Annotated[str | None, typer.Option("--source", help="part of the name of a source or outlet")] = None,
    db: Db = None,
    limit: Limit = 60,
    as_json: AsJson = None,
) -> None:
    """What the same people and happenings are called, and by whom.

    Example: sayso labels --source tokayev
    """
    with opened(db) as project:
        rows = project.labels(of, source)
    if wants_json(as_json):
        for row in rows:
            print_json(row)
    else:
        print_pivot(rows, limit)


@app.command()
def copies(
    id: Annotated[str | None, typer.Argument(help="A copy, or one of its articles: shows the difference.")] = None,
    db: Db = None,
    limit: Limit = 30,
    as_json: AsJson = None,
) -> None:
    """Which article was taken from which, how, and what it changed; with an id, word for word.

    Example: sayso copies
    """
    from sayso.report import copies as report

    archive = archive_of(db)
    if id is None:
        columns = (
            ("copy", "id"), ("article", "article"), ("outlet", "outlet"), ("taken from", "of"), ("outlet", "of_outlet"),
            ("kind", "kind"), ("share", "share"), ("changed", "changed"), ("why", "why"),
        )  # fmt: skip
        print_rows(report.copies(archive), columns, "copies", limit, as_json)
        return
    chosen = report.copies_of(archive, id)
    if not chosen:
        raise InputError("no copy and no article with a copy has this id", about=id, way_out="sayso copies lists them")
    if wants_json(as_json):
        for row in report.copies(archive):
            if row.id in {report.copy_id(copy) for copy in chosen}:
                print_json(row)
        return
    for copy in chosen:
        print_lines(report.lines(archive, copy))


@app.command()
def timeline(
    since: Since = None,
    until: Until = None,
    plot: Plot = False,
    to: Picture = None,
    size: Pixels = "1600x1000",
    db: Db = None,
    limit: Limit = 60,
    as_json: AsJson = None,
) -> None:
    """Incidents day by day, with --since also what is new of earlier ones; --plot draws how many of which type.

    Example: sayso timeline --since 2022-01-05 --until 2022-01-07
    """
    from sayso.report import tables
    from sayso.report.since import since_then, told_since

    picture = wanted(to, size)
    first, last = day(since), day(until)
    with opened(db) as project:
        archive = project.archive()
        drawn = (plot or picture) and not as_json
        then = since_then(project.since(first)) if first and not drawn else {}
    if drawn:
        show_timeline(archive, first, last, picture)
        return
    rows, past = told_since(archive, first, last, then) if first else (tables.timeline(archive, None, last), [])
    if wants_json(as_json):
        for row in (*rows, *past):
            print_json(row)
        return
    print_rows(rows, _TIMELINE, "timeline", limit, as_json)
    if past:
        print_rows(past, _TIMELINE, f"began before {first}, told otherwise since", limit, as_json)
    if missing := tables.undated(archive):
        news = sum(1 for incident in archive.links.incidents if not incident.first and incident.id in then)
        told = f", {news} of them told or told otherwise since {first}" if news else ""
        out().print(f"not shown, for want of a date: {plural(missing, 'incident')}{told}")
    if then:
        out().print("all that changed, with where it stands: sayso diff DAY DAY")


_TIMELINE = (
    ("day", "day"), ("place", "place"), ("what", "what"), ("tolls", "tolls"), ("origins", "origins"),
    ("reports", "articles"), ("on whose say-so", "says"), ("since then", "then"), ("incident", "incident"),
)  # fmt: skip


@app.command(name="map")
def map_incidents(
    since: Since = None,
    until: Until = None,
    country: Country = None,
    to: Picture = None,
    size: Pixels = "1600x1000",
    db: Db = None,
    as_json: AsJson = None,
) -> None:
    """Where it happened: incidents by size of toll and type, in characters or with --out as a picture.

    Example: sayso map --country KAZ --out kazakhstan.svg
    """
    from sayso.report.plots.marks import locate

    picture = wanted(to, size)
    mapped = locate(archive_of(db), day(since), day(until), country)
    if picture or not wants_json(as_json):
        show_map(mapped, picture)
        return
    for mark in mapped.marks:
        print_json(mark)


@app.command(name="show")
def show_record(id: str, db: Db = None, as_json: AsJson = None) -> None:
    """Any record with the words of its article that it rests on.

    Example: sayso show 3f2a91
    """
    from sayso.link.verdicts import signed
    from sayso.report.archive import Archive
    from sayso.report.show import show

    with opened(db) as project:
        found = project.store.find(id)
        if found is None:
            raise InputError("no record has this id, or several begin with it", about=id, way_out="give more digits")
        archive = project.archive()
        correction = project.verdicts().corrections.get(found.id) if found.kind == "event" else None
        if correction and correction.code is None:
            archive = Archive.of(project.store)  # as it was coded
        record, lines = show(archive, found.kind, found.id)
        past = list(project.store.successions(found.id)) if found.kind in ("incident", "story") else []
    if past:
        record["history"] = [{"at": at, "old": one.old, "new": one.new, "how": one.how} for at, one in past]
        lines += _history(found.id, past)
    if correction and correction.code is None:
        lines.insert(1, f"  called no event by {signed(correction.word)}; in no incident and in no table")
    if wants_json(as_json):
        print_json(record)
    else:
        print_lines(lines)


def _history(id: str, past: Sequence[tuple[str, Succession]]) -> Iterator[str]:
    """What a record took up and what left it; of mere new names the last."""
    renamed = [each for each in past if each[1].how == "renamed"]
    for at, one in [*renamed[-1:], *(each for each in past if each[1].how != "renamed")]:
        other, what = (one.old, "took up") if one.new == id else (one.new or "", "went to")
        told = f"was called {other[:8]}" if one.how == "renamed" and one.new == id else f"{one.how}: {what} {other[:8]}"
        yield f"  {at[:10]} {told}"


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
