"""What analysts say: listed, given and taken back. Writing needs the role to judge."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from sayso.api import Judged
from sayso.judging import JudgementRow
from sayso.judging.kept import OVERRULED
from sayso.model import Verdict
from sayso.serve.access import Access, Role, may
from sayso.serve.rest.answering import PREFIX, answer_list, answer_one, kept, shelf_of, slice_of
from sayso.serve.rest.asking import Alone, Id, Listed
from sayso.serve.rest.describing import list_of, one_of, written
from sayso.serve.rest.negotiating import Form
from sayso.serve.rest.shapes import GradeEntry, Said, Statement, Word
from sayso.serve.rest.writing import to_json
from sayso.serve.shelf import Missing, Shelf

router = APIRouter(tags=["judgements"])
Judge = Annotated[Access, Depends(may(Role.JUDGE))]


@router.get("/judgements", summary="What analysts said", **list_of(JudgementRow, Form.CSV))
def judgements(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """All that was ever said, the first first, with whether it holds and what overrules it."""
    return answer_list(request, asked, JudgementRow, lambda _: slice_of(_rows(request), asked))


@router.get("/judgements/{id}", summary="One judgement", **one_of(JudgementRow))
def judgement(request: Request, id: Id, asked: Annotated[Alone, Query()]) -> Response:
    """What was said at once, and whether it holds. One that was taken back stands in the list alone."""
    return answer_one(request, asked, lambda _: _row(request, id))


@router.post("/judgements", summary="Say what is so", status_code=201, **written(Said, 201))
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

    def entries() -> list[GradeEntry]:
        found = shelf_of(request).grades().items()
        made = [GradeEntry(of, one.grade, one.meaning, one.by, one.at, one.note) for of, one in found]
        return sorted(made, key=lambda one: (one.at, one.of))

    return answer_list(request, asked, GradeEntry, lambda _: slice_of(entries(), asked))


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
