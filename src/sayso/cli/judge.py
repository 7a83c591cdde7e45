"""Commands that take an analyst's word in: judge, judgements, grade."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import AsJson, Db, Limit, app, opened
from sayso.cli.render import err, print_json, print_lines, wants_json
from sayso.cli.sayings import print_wrapped
from sayso.errors import ConfigError, InputError
from sayso.model import Verdict
from sayso.text import plural

if TYPE_CHECKING:
    from sayso.api import Judged
    from sayso.judging import JudgementRow, Taken
    from sayso.model import Incident, Judgement, Links

By = Annotated[str, typer.Option("--by", help="who says so [default: SAYSO_ANALYST]", metavar="NAME")]
Note = Annotated[str, typer.Option("--note", help="why")]
_SHOWN = 4  # records in a line before "and 3 more"


@app.command()
def judge(
    what: Annotated[str, typer.Argument(metavar="ID", help="event, incident or article; of it the first digits")],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="same, not-same, split, copy, not-copy or wrong-code")
    ] = "",
    others: Annotated[
        list[str], typer.Argument(metavar="OTHER", help="what it is that of; the right code of a wrong one")
    ] = [],  # noqa: B006
    by: By = "",
    note: Note = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="take it back: the scores decide again")] = False,
    db: Db = None,
) -> None:
    """An analyst's word on events, incidents and articles; it wins over every score, and holds on every rerun.

    The last word on a pair counts. Nothing is deleted: --withdraw is a word too.

    \b
    sayso judge 3f2a91 same 77ab02             one happening: events or incidents
    sayso judge 3f2a91 not-same 77ab02         two
    sayso judge 3f2a91 split 8d01fe c4471a     these events leave the incident and form one of their own
    sayso judge 90be55 copy 12cd34             the first article was taken from the second
    sayso judge 90be55 not-copy 12cd34         it was not
    sayso judge 8d01fe wrong-code              no such event: left out of incidents and tables
    sayso judge 8d01fe wrong-code PROTEST:riot it is this one
    sayso judge 3f2a91 same 77ab02 --withdraw  or by the id that `sayso judgements` prints: sayso judge ID --withdraw

    Example: sayso judge 3f2a91 not-same 77ab02 --by ana --note "different squares"
    """
    said = _verdict(verdict) if verdict or not withdraw else None
    with opened(db) as project:
        judged = project.judge(what, said, others, by, note, withdraw=withdraw)
    print_lines(_outcome(judged))


_VERDICTS = (
    Verdict.SAME, Verdict.NOT_SAME, Verdict.SPLIT, Verdict.COPY, Verdict.NOT_COPY, Verdict.WRONG_CODE
)  # fmt: skip


def _verdict(text: str) -> Verdict:
    if text == Verdict.GRADE:
        raise ConfigError("a grade is of a source or claim", about="judge", way_out="sayso grade SOURCE GRADE")
    if text not in _VERDICTS:
        about, fault = (text, "no such verdict") if text else ("judge", "no verdict given")
        raise ConfigError(fault, about=about, way_out="one of " + ", ".join(_VERDICTS))
    return Verdict(text)


def _outcome(judged: Judged) -> Iterator[str]:
    """What was kept, and where the judged records are now."""
    words, links = judged.words, judged.links
    yield f"kept as {words[0].group[:8]} by {words[0].by}"
    ids = dict.fromkeys(id for word in words for id in (word.left, word.right) if id)
    if any(word.verdict is Verdict.WRONG_CODE for word in words):
        (word,) = words
        yield f"  event {word.left[:8]} is {word.right or 'left out'} now"
    home = {event: incident for incident in links.incidents for event in incident.events}
    found = {home[id].id: home[id] for id in ids if id in home}
    yield from (_brief(incident) for incident in list(found.values())[:_SHOWN])
    yield from _copies(links, ids)


def _brief(incident: Incident) -> str:
    place = f", {incident.place}" if incident.place else ""
    spread = f"{plural(len(incident.events), 'event')} in {plural(len(incident.articles), 'report')}"
    return f"  incident {incident.id[:8]}: {incident.type}, {incident.first or 'undated'}{place}; {spread}"


def _copies(links: Links, ids: dict[str, None]) -> Iterator[str]:
    for copy in links.copies:
        if copy.article in ids and copy.of in ids:
            share = f"{copy.share:.0%} of its words"
            yield f"  article {copy.article[:8]} was taken from {copy.of[:8]}: {copy.kind}, {share}"


@app.command()
def judgements(
    to: Annotated[
        str | None, typer.Option("--export", help="write all as JSONL; - for the screen", metavar="FILE")
    ] = None,
    given: Annotated[
        list[str], typer.Option("--import", help="append those of another archive; - for input", metavar="FILE")
    ] = [],  # noqa: B006
    limit: Limit = 50,
    db: Db = None,
    as_json: AsJson = None,
) -> None:
    """What analysts said, the latest first, and whether it holds; handed out with --export, taken in with --import.

    Example: sayso judgements --export ana.jsonl; sayso judgements --import ana.jsonl --db other.db
    """
    with opened(db) as project:
        for name in given:
            _print_taken(name, project.import_judgements(_lines_of(name), name))
        if to is not None:
            _write(to, list(project.export_judgements()))
        rows = [] if given or to is not None else project.judgements()[::-1]
    if given or to is not None:
        return
    if wants_json(as_json):
        for row in rows:
            print_json(row)
        return
    if not rows:
        print_lines(["nobody has judged anything here; `sayso judge --help` shows how"])
    for row in rows[:limit]:
        print_wrapped(_block(row))
    if len(rows) > limit:
        print_lines([f"… {len(rows) - limit:,} more; --limit {len(rows)} shows all"])


def _block(row: JudgementRow) -> Iterator[tuple[int, str, str]]:
    """(indent, style, words) of each line."""
    yield 0, "bold", f"{row.id[:8]}  {row.at[:16].replace('T', ' ')}  {row.by}: {row.verdict}  [{row.standing}]"
    if row.left:
        yield 2, "", _listed(row.left, row)
    if row.right:
        yield 2, "", f"{row.verdict} {_listed(row.right, row)}"
    if row.note:
        yield 2, "", f"“{row.note}”"
    if row.why:
        yield 2, "dim", row.why
    if row.missing:
        yield 2, "dim", f"not in this archive: {', '.join(id[:8] for id in row.missing[:_SHOWN])}"


def _listed(ids: Sequence[str], row: JudgementRow) -> str:
    shown = [f"{id[:8]} “{row.quotes[id]}”" if row.quotes.get(id) else id for id in ids[:_SHOWN]]
    return ", ".join(shown) + (f" and {len(ids) - _SHOWN} more" if len(ids) > _SHOWN else "")


def _print_taken(name: str, taken: Taken) -> None:
    for fault in taken.bad:
        err().print(fault, markup=False, soft_wrap=True)
    for word, here in taken.moved:
        was = ", ".join(f"{old[:8]} is {new[:8]} here" for old, new in _renamed(word, here))
        err().print(f"{name}: {word.verdict} of {word.by}, {word.at[:10]}: by its very words, {was}", markup=False)
    for word in taken.missing:
        about = f"{word.left[:8]} {word.verdict} {word.right[:8]}".strip()
        err().print(f"{name}: {about} ({word.by}, {word.at[:10]}) is kept, but not all of it is here", markup=False)
    print_lines([f"{name}: {taken.added:,} added, {taken.known:,} known already, {len(taken.bad):,} not usable"])
    if taken.bad and not taken.added + taken.known:
        raise typer.Exit(1)


def _renamed(word: Judgement, here: Judgement) -> Iterator[tuple[str, str]]:
    return ((old, new) for old, new in ((word.left, here.left), (word.right, here.right)) if old != new)


def _lines_of(name: str) -> list[str]:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as cause:
        raise InputError(f"cannot be read: {cause}", about=name, way_out="a file that --export wrote") from cause
    return text.split("\n")


def _write(to: str, lines: Sequence[str]) -> None:
    text = "".join(line + "\n" for line in lines)
    if to == "-":
        sys.stdout.write(text)
        return
    try:
        Path(to).write_text(text, "utf-8")
    except OSError as cause:
        raise InputError(f"cannot be written: {cause.strerror}", about=to) from cause
    print_lines([f"{to}  {plural(len(lines), 'word')}"])


@app.command()
def grade(
    what: Annotated[str, typer.Argument(help="a source's name, or the id of a claim", metavar="SOURCE")],
    grade: Annotated[str, typer.Argument(help="A to F for the source, 1 to 6 for what it says", metavar="GRADE")],
    by: By = "",
    note: Note = "",
    db: Db = None,
) -> None:
    """An analyst's Admiralty grade of a source or a claim; kept, the last word wins, and nothing is ever guessed.

    Example: sayso grade "interior ministry" B2 --by ana --note "figures later borne out"
    """
    from sayso.report.grades import Grade, read_grade

    meaning = Grade(read_grade(grade), by, "").meaning
    with opened(db) as project:
        graded = project.grade(what, grade, by, note)
    print_lines([f"kept: {graded} {grade.strip().upper()} ({meaning})"])
