"""Every command. Exit status: 0 done, 1 nothing usable, 2 wrong use."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from sayso import __version__
from sayso.api import Project, Summary, analyse_sources, place_index_ready
from sayso.checkup import checkup
from sayso.cli.render import err, out, print_json, print_lines, print_rows, wants_json
from sayso.config import load_config
from sayso.demo import DEMO_SOURCE
from sayso.errors import ConfigError, InputError, SaysoError
from sayso.link import link as link_analyses
from sayso.model import Analysis, Article, Rejected, Verdict
from sayso.record import from_json, to_json
from sayso.report import tables
from sayso.report.archive import Archive
from sayso.report.export import FORMATS, export
from sayso.report.show import show
from sayso.report.sitrep import sitrep

app = typer.Typer(
    help="Every event in the news, and on whose say-so.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Db = Annotated[str | None, typer.Option("--db", help="archive: a path or a URL [default: sayso.db]", metavar="PATH")]
AsJson = Annotated[bool | None, typer.Option("--json/--table", help="for programs or for people [default: by output]")]
Limit = Annotated[int, typer.Option("--limit", "-n", help="rows shown in a table", min=1)]
Sources = Annotated[list[str], typer.Argument(help="files, folders, globs, URLs, feeds, WARC, or - for standard input")]
Processes = Annotated[int | None, typer.Option("--processes", "-p", help="processes [default: 1]", min=1)]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="print the version and stop", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"sayso {__version__}")
        raise typer.Exit()


@contextmanager
def _project(db: str | None, processes: int | None = None, create: bool = False) -> Iterator[Project]:
    config = load_config({"db": db, "processes": processes})
    if create and not place_index_ready(config):
        err.print("building the place index, once; about half a minute")
    with Project(config, create=create) as project:
        yield project


def _archive(db: str | None) -> Archive:
    with _project(db) as project:
        return project.archive()


# --------------------------------------------------------------------------- in


@app.command()
def add(
    sources: Sources = [],  # noqa: B006
    db: Db = None,
    processes: Processes = None,
    redo: Annotated[bool, typer.Option("--redo", help="analyse again what an older version analysed")] = False,
    as_json: AsJson = None,
) -> None:
    """Read, analyse, link and store. Safe to interrupt and to repeat.

    Example: sayso add reports/ feed.xml https://example.org/story.html
    """
    if not sources and not redo:
        raise ConfigError("nothing to add", about="add", way_out="name files, folders, URLs or -, or use --redo")
    with _project(db, processes, create=True) as project:
        outdated = project.outdated()
        with _progress() as shown:
            summary = project.add(sources, shown) if sources else Summary()
            if redo and outdated:
                summary = project.redo(shown)
    _print_summary(summary, as_json)
    if not redo:
        for made, count in outdated.items():
            err.print(f"{count} stored analyses were made by another version ({made}); --redo analyses them again")
    if not summary.usable and not redo:
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Any]:
    """A moving line on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task("reading")

        def show_progress(summary: Summary) -> None:
            done = summary.added + summary.redone
            rejects = summary.rejected.total()
            bar.update(task, description=f"{done:,} analysed, {summary.known:,} known, {rejects:,} rejected")

        yield show_progress


def _print_summary(summary: Summary, as_json: bool | None) -> None:
    if wants_json(as_json):
        print_json({**asdict(summary), "rejected": dict(summary.rejected), "languages": dict(summary.languages)})
        return
    parts = [f"{summary.added:,} added"]
    parts += [f"{summary.redone:,} analysed again"] if summary.redone else []
    parts += [f"{summary.known:,} already there"] if summary.known else []
    parts += [f"{summary.kept:,} kept without analysis ({_counted(summary.languages)})"] if summary.kept else []
    parts += [f"{summary.rejected.total():,} rejected ({_counted(summary.rejected)})"] if summary.rejected else []
    out.print("articles: " + ", ".join(parts))
    out.print(
        f"archive: {summary.incidents:,} incidents, {summary.stories:,} stories, "
        f"{summary.copies:,} copies, {summary.origins:,} origins"
    )


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))


@app.command()
def code(sources: Sources, processes: Processes = None) -> None:
    """Analyse only: one analysis a line (JSON), nothing stored.

    Example: sayso code report.txt | jq .claims
    """
    usable = 0
    for outcome in analyse_sources(sources, load_config({"processes": processes})):
        if isinstance(outcome, Rejected):
            _complain(outcome)
            continue
        usable += 1
        if isinstance(outcome, Article):
            err.print(f"{outcome.origin}: no pipeline for language {outcome.lang!r}; not coded", markup=False)
            outcome = Analysis(outcome)
        print_json(to_json(outcome))
    if not usable:
        raise typer.Exit(1)


def _complain(rejected: Rejected) -> None:
    detail = f" ({rejected.detail})" if rejected.detail else ""
    err.print(f"{rejected.origin}: {rejected.reason}{detail}", markup=False, soft_wrap=True)


@app.command()
def link(files: Annotated[list[str], typer.Argument(help="files of `sayso code`, or -")]) -> None:
    """Join analyses: copies, origins, incidents, stories and reconciled tolls, as JSON; nothing stored.

    Example: sayso code *.txt > coded.jsonl && sayso link coded.jsonl
    """
    analyses = {analysis.article.id: analysis for name in files for analysis in _read_analyses(name)}
    if not analyses:
        raise typer.Exit(1)
    print_json(link_analyses(tuple(analyses.values())))


def _read_analyses(name: str) -> Iterator[Analysis]:
    try:
        lines: Iterable[str] = sys.stdin if name == "-" else Path(name).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as cause:
        raise InputError(f"cannot be read: {cause}", about=name) from cause
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield from_json(json.loads(line), f"{name}:{number}")
        except (InputError, json.JSONDecodeError) as fault:
            _complain(Rejected(f"{name}:{number}", "link", "not an analysis", str(fault)))


# --------------------------------------------------------------------------- out


@app.command()
def incidents(db: Db = None, limit: Limit = 20, as_json: AsJson = None) -> None:
    """What happened, counted once, with how many independent origins tell it.

    Example: sayso incidents --limit 50
    """
    columns = (
        ("id", "id"), ("date", "first"), ("place", "place"), ("type", "type"), ("tolls", "tolls"),
        ("reports", "articles"), ("origins", "origins"), ("told", "summary"), ("on whose say-so", "sources"),
    )  # fmt: skip
    print_rows(tables.incidents(_archive(db)), columns, "incidents", limit, as_json)


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
    archive = _archive(db)
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
    columns = (
        ("incident", "incident"), ("when", "when"), ("place", "place"), ("harm", "harm"), ("low", "low"),
        ("best", "best"), ("high", "high"), ("", "standing"), ("who says so", "says"), ("words", "quote"),
    )  # fmt: skip
    print_rows(tables.tolls(_archive(db)), columns, "tolls", limit, as_json)


@app.command()
def sources(db: Db = None, limit: Limit = 30, as_json: AsJson = None) -> None:
    """Who is cited, how often and for how many origins.

    Example: sayso sources
    """
    columns = (
        ("source", "name"), ("kind", "kind"), ("claims", "claims"), ("articles", "articles"), ("origins", "origins"),
        ("first", "first"), ("last", "last"), ("stances", "stances"),
    )  # fmt: skip
    print_rows(tables.sources(_archive(db)), columns, "sources", limit, as_json)


@app.command()
def copies(db: Db = None, limit: Limit = 30, as_json: AsJson = None) -> None:
    """Which article was taken from which, and how.

    Example: sayso copies
    """
    columns = (
        ("article", "article"), ("outlet", "outlet"), ("taken from", "of"), ("outlet", "of_outlet"), ("kind", "kind"),
        ("share", "share"), ("why", "why"), ("longest shared passage", "evidence"),
    )  # fmt: skip
    print_rows(tables.copies(_archive(db)), columns, "copies", limit, as_json)


@app.command()
def timeline(
    since: Annotated[str | None, typer.Option("--since", help="first day, YYYY-MM-DD")] = None,
    until: Annotated[str | None, typer.Option("--until", help="last day, YYYY-MM-DD")] = None,
    db: Db = None,
    limit: Limit = 60,
    as_json: AsJson = None,
) -> None:
    """Incidents day by day.

    Example: sayso timeline --since 2022-01-05 --until 2022-01-07
    """
    archive = _archive(db)
    columns = (
        ("day", "day"), ("place", "place"), ("what", "what"), ("tolls", "tolls"), ("origins", "origins"),
        ("reports", "articles"), ("on whose say-so", "says"), ("incident", "incident"),
    )  # fmt: skip
    print_rows(tables.timeline(archive, _day(since), _day(until)), columns, "timeline", limit, as_json)
    if not wants_json(as_json) and (missing := tables.undated(archive)):
        out.print(f"{missing} incidents have no date and are not shown")


def _day(given: str | None) -> str | None:
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError as cause:
        raise ConfigError("is not a date", about=given, way_out="write YYYY-MM-DD") from cause


@app.command(name="show")
def show_record(id: str, db: Db = None, as_json: AsJson = None) -> None:
    """Any record with the words of its article that it rests on.

    Example: sayso show 3f2a91
    """
    with _project(db) as project:
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
    with _project(db) as project:
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


@app.command()
def report(
    since: Annotated[str | None, typer.Option("--since", help="first day, YYYY-MM-DD")] = None,
    until: Annotated[str | None, typer.Option("--until", help="last day, YYYY-MM-DD")] = None,
    place: Annotated[str | None, typer.Option("--place", help="place or ISO code of a country")] = None,
    story: Annotated[str | None, typer.Option("--story", help="id of a story")] = None,
    form: Annotated[str, typer.Option("--format", help="md or html")] = "md",
    to: Annotated[Path | None, typer.Option("--out", help="file to write")] = None,
    db: Db = None,
) -> None:
    """A situation report, every line with its sources.

    Example: sayso report --since 2022-01-05 --place KAZ --format html --out kazakhstan.html
    """
    if form not in ("md", "html"):
        raise ConfigError(f"no such format {form!r}", about="--format", way_out="md or html")
    text = sitrep(_archive(db), _day(since), _day(until), place, story, form)
    if to:
        _write(to, text)
    else:
        sys.stdout.write(text)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as cause:
        raise InputError(f"cannot be written: {cause.strerror}", about=str(path)) from cause


@app.command(name="export")
def export_records(
    form: Annotated[str, typer.Option("--as", help=" or ".join(FORMATS))] = "jsonl",
    to: Annotated[Path, typer.Option("--out", help="folder to write, made if it is not there")] = Path("export"),
    db: Db = None,
) -> None:
    """Write the archive for other tools; each row carries its chain of sources.

    Example: sayso export --as csv --out tables
    """
    if form not in FORMATS:
        raise ConfigError(f"no such format {form!r}", about="--as", way_out=", ".join(FORMATS))
    for path, rows in export(_archive(db), form, to):
        out.print(f"{path}  {rows:,} rows", markup=False)


@app.command()
def judge(
    left: str,
    verdict: Annotated[Verdict, typer.Argument(help="what the two are")],
    right: str,
    by: Annotated[str, typer.Option("--by", help="who says so")],
    note: Annotated[str, typer.Option("--note", help="why")] = "",
    db: Db = None,
) -> None:
    """An analyst's word on two records; kept, and it wins over every score.

    Example: sayso judge 3f2a91 not-same 77ab02 --by ana --note "different squares"
    """
    with _project(db) as project:
        links = project.judge(left, right, verdict, by, note)
    out.print(f"kept; {len(links.incidents):,} incidents, {len(links.copies):,} copies now")


@app.command()
def check(as_json: AsJson = None) -> None:
    """What is installed, which models and place index, and what is missing.

    Example: sayso check
    """
    found = checkup(load_config())
    if wants_json(as_json):
        print_json(found)
    else:
        for item in found:
            print_lines([f"{'ok     ' if item.ok else 'MISSING'} {item.name:<12} {item.detail}"])
    if not all(item.ok for item in found):
        raise typer.Exit(1)


@app.command()
def demo(db: Db = None, processes: Processes = None) -> None:
    """The whole line on articles that ship with it; no network.

    Example: sayso demo
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        place = db or str(Path(folder) / "demo.db")
        with _project(place, processes, create=True) as project:
            with _progress() as shown:
                summary = project.add([str(DEMO_SOURCE)], shown)
            archive = project.archive()
        _print_summary(summary, False)
        print_lines(sitrep(archive, None, None, None, None, "md").splitlines())


@app.command()
def schema() -> None:
    """The JSON Schema of an analysis record.

    Example: sayso schema > sayso-1.schema.json
    """
    from sayso.record_schema import schema as record_schema

    sys.stdout.write(json.dumps(record_schema(), indent=2) + "\n")


def main() -> None:
    """Run a command; what went wrong is one line that names it and the way out."""
    try:
        app()
    except SaysoError as fault:
        err.print(f"sayso: {fault}", markup=False, soft_wrap=True)
        raise SystemExit(2 if isinstance(fault, ConfigError) else 1) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        err.print("sayso: interrupted; what was stored stays, the same command goes on from there")
        raise SystemExit(130) from None
