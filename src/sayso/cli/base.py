"""What all commands share: the application, common options, and how an archive is opened.

Each command imports what it runs when it runs, so that `--help` and small questions answer at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.errors import ConfigError

if TYPE_CHECKING:
    from sayso.api import Project
    from sayso.report.archive import Archive

app = typer.Typer(
    help="Every event in the news, and on whose say-so.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Db = Annotated[str | None, typer.Option("--db", help="archive: a path or a URL [default: sayso.db]", metavar="PATH")]
AsJson = Annotated[bool | None, typer.Option("--json/--table", help="for programs or for people [default: by output]")]
Limit = Annotated[int, typer.Option("--limit", "-n", help="rows shown in a table", min=1)]
Sources = Annotated[list[str], typer.Argument(help="files, folders, globs, URLs, feeds, WARC, or - for standard input")]
Processes = Annotated[int | None, typer.Option("--processes", "-p", help="processes [default: 1]", min=1)]
Since = Annotated[str | None, typer.Option("--since", help="first day, YYYY-MM-DD", metavar="DAY")]
Until = Annotated[str | None, typer.Option("--until", help="last day, YYYY-MM-DD", metavar="DAY")]
Country = Annotated[str | None, typer.Option("--country", help="three letters, as in KAZ", metavar="CODE")]
Plot = Annotated[bool, typer.Option("--plot", help="draw it, in characters or with --out as a picture")]
Picture = Annotated[Path | None, typer.Option("--out", help="picture to draw: a name in .svg or .png", metavar="FILE")]
Pixels = Annotated[str, typer.Option("--size", help="pixels of the picture", metavar="WxH")]


@contextmanager
def opened(db: str | None, processes: int | None = None, create: bool = False) -> Iterator[Project]:
    """The archive the user means, with the settings of this call."""
    from sayso.api import Project, place_index_ready
    from sayso.cli.render import err
    from sayso.config import load_config

    config = load_config({"db": db, "processes": processes})
    if create and not place_index_ready(config):
        err().print("building the place index, once; about half a minute")
    with Project(config, create=create) as project:
        yield project


def archive_of(db: str | None) -> Archive:
    """Everything in the archive the user means, to ask about."""
    with opened(db) as project:
        return project.archive()


def day(given: str | None) -> str | None:
    """A day as the user wrote it, checked."""
    from datetime import date

    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError as cause:
        raise ConfigError("is not a date", about=given, way_out="write YYYY-MM-DD") from cause
