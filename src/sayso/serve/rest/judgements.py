"""What analysts say: listed, given and taken back. Writing needs the role to judge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from sayso.api import Judged
from sayso.judging import JudgementRow
from sayso.judging.kept import OVERRULED
from sayso.model import Verdict
from sayso.report.grades import Grade
from sayso.serve.access import Access, Role, may
from sayso.serve.rest.answering import PREFIX, answer_list, answer_one, kept, shelf_of, slice_of
from sayso.serve.rest.asking import Alone, Id, Listed
from sayso.serve.rest.describing import list_of, one_of, written
from sayso.serve.rest.negotiating import Form
from sayso.serve.rest.shapes import GradeEntry, GradeStatement, Said, Statement, Word
from sayso.serve.rest.writing import to_json
from sayso.serve.shelf import Missing, Shelf

router = APIRouter(tags=["judgements"])
Judge = Annotated[Access, Depends(may(Role.JUDGE))]
Key = Annotated[
    str,
    Path(min_length=1, max_length=500, pattern=r"^[^\u0000]*$", description="Key of a source, or id of a claim."),
]


@router.get("/judgements", summary="What analysts said", **list_of(JudgementRow, Form.CSV))
def judgements(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """All that was ever said, the first first, with whether it holds and what overrules it."""
    return answer_list(request, asked, JudgementRow, lambda _: slice_of(_rows(request), asked))


@router.get("/judgements/{id}", summary="One judgement", **one_of(JudgementRow))
def judgement(request: Request, id: Id, asked: Annotated[Alone, Query()]) -> Response:
    """What was said at once, and whether it holds. One that was taken back stands in the list alone."""
    return answer_one(request, asked, lambda _: _row(request, id))


@router.post(
    "/judgements", summary="Say what is so", status_code=201, **written(Said, 201, "judgement_get", "withdraw_delete")
)
def judge(request: Request, access: Judge, statement: Annotated[Statement, Body()]) -> Response:
    """Keep an analyst's word, and link anew what it is about. The name is that of who asks."""
    shelf = shelf_of(request)
    verdict = Verdict(statement.verdict)
    _check(shelf, [statement.what, *([] if verdict is Verdict.WRONG_CODE else statement.others)])
    made = shelf.project.judge(statement.what, verdict, statement.others, _name(shelf, access), statement.note)
    said = _said(made)
    return Response(to_json(said), 201, {"Location": f"{PREFIX}/judgements/{said.id}"}, "application/json")


@router.delete("/judgements/{id}", summary="Take a judgement back", **written(Said, 200))
def withdraw(request: Request, access: Judge, id: Id) -> Response:
    """Nothing that was said at once under this id stands any longer; that it was said stays on record."""
    shelf = shelf_of(request)
    row = _row(request, id)
    made = shelf.project.judge(row.id, None, by=_name(shelf, access))
    return Response(to_json(_said(made)), 200, media_type="application/json")


@router.get("/grades", summary="How reliable sources are", **list_of(GradeEntry, Form.CSV))
def grades(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """The Admiralty grades that stand, of sources and of claims, by when they were given."""

    entries = [_grade(of, one) for of, one in shelf_of(request).grades().items()]
    entries.sort(key=lambda one: (one.at, one.of))
    return answer_list(request, asked, GradeEntry, lambda _: slice_of(entries, asked))


@router.post("/grades", summary="Grade a source or a claim", status_code=201, **written(GradeEntry, 201))
def grade(request: Request, access: Judge, statement: Annotated[GradeStatement, Body()]) -> Response:
    """Keep an Admiralty grade of a source, by its whole name, or of a claim, by its id. The last one given stands; it
    is shown beside what the source says and changes nothing else."""
    shelf = shelf_of(request)
    _check_cited(shelf, statement.of)
    _, word = shelf.project.keep_grade(statement.of, statement.grade, _name(shelf, access), statement.note)
    told = to_json(_grade(word.left, Grade(word.right, word.by, word.at, word.note)))
    return Response(told, 201, {"Location": f"{PREFIX}/grades/{quote(word.left, safe='')}"}, "application/json")


@router.get("/grades/{of:path}", summary="One grade", **one_of(GradeEntry))
def grade_of(request: Request, of: Key, asked: Annotated[Alone, Query()]) -> Response:
    """The grade that stands of a source, by its key, or of a claim, by its id."""

    def found(shelf: Shelf) -> GradeEntry:
        if of not in shelf.grades():
            raise Missing("nobody graded this", about=of, way_out=f"{PREFIX}/grades lists all grades")
        return _grade(of, shelf.grades()[of])

    return answer_one(request, asked, found)


def _grade(of: str, grade: Grade) -> GradeEntry:
    return GradeEntry(of, grade.grade, grade.meaning, grade.by, grade.at, grade.note)


def _check_cited(shelf: Shelf, of: str) -> None:
    """A claim has this id, or a source this very name: parts of names would have to be looked up in all articles."""
    with shelf.lists() as lists:
        cited = bool(lists.citing(of, 1))
    found = None if cited else shelf.project.store.find(of)
    if not cited and not (found and found.kind == "claim"):
        raise Missing("no claim has this id, and nobody cites a source of this name", about=of,
                      way_out=f"{PREFIX}/sources?q= finds names")  # fmt: skip


def _rows(request: Request) -> list[JudgementRow]:
    return kept(request, "judgements", shelf_of(request).project.judgements)


def _row(request: Request, id: str) -> JudgementRow:
    """The one judgement whose id begins so, and that was not taken back."""
    found = [row for row in _rows(request) if row.id == id or (len(id) >= 4 and row.id.startswith(id))]
    if len(found) != 1:
        raise Missing("no judgement has this id, or several begin with it", about=id, way_out=f"{PREFIX}/judgements")
    (row,) = found
    if row.standing == OVERRULED and row.why.startswith("withdrawn: "):
        raise Missing("was taken back", about=id, way_out=f"it stays on record in {PREFIX}/judgements")
    return row


def _check(shelf: Shelf, ids: Iterable[str]) -> None:
    """Every record that is judged is there."""
    for id in ids:
        if shelf.project.store.find(id) is None:
            raise Missing("no record has this id, or several begin with it", about=id, way_out="give more digits")


def _name(shelf: Shelf, access: Access) -> str:
    if name := access.name or shelf.project.config.analyst:
        return name
    raise HTTPException(403, "who says so? Ask with a token that has a name, or set `analyst`")


def _said(made: Judged) -> Said:
    first = made.words[0]
    return Said(
        id=first.group or first.id,
        by=first.by,
        at=first.at,
        words=tuple(Word(word.left, word.verdict.value, word.right) for word in made.words),
        incidents=tuple(sorted(incident.id for incident in made.links.incidents)),
    )
