"""Commands that read articles: add, code, link, demo."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import AsJson, Db, Processes, Sources, app, opened
from sayso.cli.progress import progress
from sayso.cli.render import counted, err, print_json, print_lines, wants_json
from sayso.errors import ConfigError, InputError
from sayso.text import plural

if TYPE_CHECKING:
    from sayso.api import Summary
    from sayso.model import Analysis, Rejected


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
    from sayso.api import Summary

    with opened(db, processes, create=True) as project:
        outdated = project.outdated()
        with progress(sources) as shown:
            summary = project.add(sources, shown) if sources else Summary()
            if redo and outdated:
                again = project.redo(shown)
                summary = replace(again, **{name: getattr(summary, name) for name in ("added", "known", "kept")})
    _print_summary(summary, as_json)
    if not redo:
        for made, count in outdated.items():
            stored = plural(count, "stored analysis was", "stored analyses were")
            err().print(f"{stored} made by another version ({made}); --redo analyses again", markup=False)
    if not summary.usable and not redo:
        raise typer.Exit(1)


def _print_summary(summary: Summary, as_json: bool | None) -> None:
    if wants_json(as_json):
        print_json({**asdict(summary), "rejected": dict(summary.rejected), "languages": dict(summary.languages)})
        return
    parts = [f"{summary.added:,} added"]
    parts += [f"{summary.redone:,} analysed again"] if summary.redone else []
    parts += [f"{summary.known:,} already there"] if summary.known else []
    parts += [f"{summary.kept:,} kept without analysis ({counted(summary.languages)})"] if summary.kept else []
    parts += [f"{summary.rejected.total():,} rejected ({counted(summary.rejected)})"] if summary.rejected else []
    held = (
        plural(summary.incidents, "incident"),
        plural(summary.stories, "story", "stories"),
        plural(summary.copies, "copy", "copies"),
        plural(summary.origins, "origin"),
    )
    print_lines(["articles: " + ", ".join(parts), "archive: " + ", ".join(held)])


@app.command()
def code(sources: Sources, processes: Processes = None) -> None:
    """Analyse only: one analysis a line (JSON), nothing stored.

    Example: sayso code report.txt | jq .claims
    """
    from sayso.api import analyse_sources
    from sayso.config import load_config
    from sayso.model import Analysis, Article, Rejected
    from sayso.record import to_json

    usable = 0
    for outcome in analyse_sources(sources, load_config({"processes": processes})):
        if isinstance(outcome, Rejected):
            _complain(outcome)
            continue
        usable += 1
        if isinstance(outcome, Article):
            err().print(f"{outcome.origin}: no pipeline for language {outcome.lang!r}; not coded", markup=False)
            outcome = Analysis(outcome)
        print_json(to_json(outcome))
    if not usable:
        raise typer.Exit(1)


def _complain(rejected: Rejected) -> None:
    detail = f" ({rejected.detail})" if rejected.detail else ""
    err().print(f"{rejected.origin}: {rejected.reason}{detail}", markup=False, soft_wrap=True)


@app.command()
def link(files: Annotated[list[str], typer.Argument(help="files of `sayso code`, or -")]) -> None:
    """Join analyses: copies, origins, incidents, stories and reconciled tolls, as JSON; nothing stored.

    Example: sayso code *.txt > coded.jsonl && sayso link coded.jsonl
    """
    from sayso.link import link as link_analyses

    analyses = {analysis.article.id: analysis for name in files for analysis in _read_analyses(name)}
    if not analyses:
        raise typer.Exit(1)
    print_json(link_analyses(tuple(analyses.values())))


def _read_analyses(name: str) -> Iterator[Analysis]:
    from sayso.model import Rejected
    from sayso.record import from_json

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


@app.command()
def demo(db: Db = None, processes: Processes = None) -> None:
    """The whole line on articles that ship with it; no network.

    Example: sayso demo
    """
    from tempfile import TemporaryDirectory

    from sayso.demo import DEMO_SOURCE
    from sayso.report.sitrep import make_report, render

    with TemporaryDirectory() as folder:
        place = db or str(Path(folder) / "demo.db")
        with opened(place, processes, create=True) as project:
            with progress([str(DEMO_SOURCE)]) as shown:
                summary = project.add([str(DEMO_SOURCE)], shown)
            report = make_report(project.desk())
        _print_summary(summary, False)
        print_lines(render(report, "md").decode().splitlines())
