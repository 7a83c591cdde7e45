"""What may be wrong, for an analyst's word on it; what was said already, to take back, hand out and take in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, File, Form, HTTPException, Query, Request, UploadFile
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from sayso.errors import InputError, SaysoError, StoreError
from sayso.listing import Doubted, DoubtKind
from sayso.model import Judgement, Verdict
from sayso.serve.access import Access, Role, may
from sayso.serve.looks import address, render
from sayso.serve.queue import ALL_CODES, ask
from sayso.serve.shelf import Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))])
Judge = Annotated[Access, Depends(may(Role.JUDGE))]
_SAID = 40  # judgements on a page
_LARGEST = 50_000_000  # bytes of judgements taken in at once
# What a verdict comes to, in the words of the page.
OUTCOMES: Mapping[str, str] = {
    Verdict.SAME: "one happening",
    Verdict.NOT_SAME: "two happenings",
    Verdict.SPLIT: "split off",
    Verdict.COPY: "a copy",
    Verdict.NOT_COPY: "independent",
    Verdict.WRONG_CODE: "wrong code",
    Verdict.GRADE: "graded",
    Verdict.WITHDRAWN: "taken back",
}
_OPEN = tuple(one for one in OUTCOMES if one not in (Verdict.GRADE, Verdict.WITHDRAWN))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which questions, as the address has it."""

    kind: str = ""
    incident: str = ""
    country: str = ""
    show: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What was just said, or taken back."""

    text: str
    group: str = ""  # of what can be undone


Filters = Annotated[Asked, Depends()]


@router.get("/review")
def review(
    request: Request,
    asked: Filters,
    after: Annotated[str, Query()] = "",
    done: Annotated[str, Query()] = "",
) -> Response:
    shelf: Shelf = request.app.state.shelf
    told = _done(shelf, done) if done else None
    if asked.show == "said":
        return render(request, "said.html", here=_link(asked), told=told, outcomes=OUTCOMES, **_said(shelf, after))
    asked = replace(asked, kind=asked.kind or DoubtKind.TELLINGS.value, incident=_full(shelf, asked.incident))
    questions, more = ask(shelf, _doubted(asked), after or None)
    with shelf.lists() as lists:
        about = lists.entries([asked.incident]).get(asked.incident) if asked.incident else None
    return render(
        request,
        "review.html",
        asked=asked,
        here=_link(asked),
        told=told,
        questions=questions,
        more=more or "",
        about=about,
        back=_link(asked)(after=after),
        numbers=shelf.keep("doubts", lambda: _numbers(shelf)),
        countries=shelf.keep("doubted countries", lambda: _countries(shelf)),
        codes=ALL_CODES,
    )


def _doubted(asked: Asked) -> Doubted:
    try:
        kind = DoubtKind(asked.kind)
    except ValueError as cause:
        raise InputError("no such question", about=asked.kind, way_out="one of " + ", ".join(DoubtKind)) from cause
    return Doubted(kind, asked.incident or None, asked.country.upper() or None)


def _full(shelf: Shelf, incident: str) -> str:
    return shelf.find(incident, "incident") if incident else ""


def _numbers(shelf: Shelf) -> dict[str, int]:
    with shelf.lists() as lists:
        return {kind.value: lists.number_of_doubts(kind) for kind in DoubtKind}


def _countries(shelf: Shelf) -> list[str]:
    with shelf.lists() as lists:
        return sorted(one.value for one in lists.countries())


def _link(asked: Asked) -> Callable[..., str]:
    """What gives the address of this page with something changed."""

    def here(after: str = "", **changes: Any) -> str:
        return address("/review", asdict(replace(asked, **changes)) | {"after": after})

    return here


def _said(shelf: Shelf, after: str) -> dict[str, Any]:
    """A page of what was said, the latest first."""
    skip = int(after) if after.isdecimal() and len(after) < 9 else 0
    rows = shelf.keep(("said", skip), lambda: shelf.project.judgements(_SAID + 1, skip)[::-1])
    return {"rows": rows[:_SAID], "after": str(skip + _SAID) if len(rows) > _SAID else "", "skip": skip}


def _done(shelf: Shelf, group: str) -> Done | None:
    """What the redirect tells: a word that was given, or taken back."""
    words = [word for word in shelf.project.store.judgements() if (word.group or word.id) == group]
    if not words:
        return None
    taken_back = words[0].verdict is Verdict.WITHDRAWN
    return Done(_kept(words), "" if taken_back or words[0].verdict is Verdict.GRADE else group)


def _kept(words: list[Judgement]) -> str:
    """ "Kept: two happenings (ana)"."""
    verdicts = {word.verdict for word in words}
    verdict = Verdict.SPLIT if Verdict.SPLIT in verdicts else words[0].verdict
    right = f": {words[0].right or 'no event at all'}" if verdict is Verdict.WRONG_CODE else ""
    value = f" {words[0].right}" if verdict is Verdict.GRADE else ""
    return f"Kept: {OUTCOMES[verdict]}{right}{value} ({words[0].by})"


# --------------------------------------------------------------------------- what is said


@router.post("/review/judge")
def judge(
    request: Request,
    access: Judge,
    left: Annotated[str, Form()],
    verdict: Annotated[str, Form()],
    right: Annotated[list[str] | None, Form()] = None,
    note: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    shelf: Shelf = request.app.state.shelf
    if verdict not in _OPEN:
        raise InputError("no such verdict", about=verdict, way_out="one of " + ", ".join(_OPEN))
    others = [one for one in right or () if one]

    def say() -> list[Judgement]:
        return list(shelf.project.judge(left, Verdict(verdict), others, access.name, note).words)

    return _answer(request, say, back)


@router.post("/review/undo")
def undo(request: Request, access: Judge, group: Annotated[str, Form()], back: Annotated[str, Form()] = "") -> Response:
    shelf: Shelf = request.app.state.shelf

    def say() -> list[Judgement]:
        return list(shelf.project.judge(group, None, by=access.name, withdraw=True).words)

    return _answer(request, say, back)


@router.post("/review/grade")
def grade(
    request: Request,
    access: Judge,
    what: Annotated[str, Form()],
    grade: Annotated[str, Form()],
    note: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    shelf: Shelf = request.app.state.shelf

    def say() -> list[Judgement]:
        return [shelf.project.keep_grade(what, grade, access.name, note)[1]]

    return _answer(request, say, back)


def _answer(request: Request, say: Callable[[], list[Judgement]], back: str) -> Response:
    """Say it, and tell what was kept: as JSON to a script, else by going back to the page it was said on."""
    wants_json = "application/json" in request.headers.get("accept", "")
    try:
        words = say()
    except StoreError as fault:
        if wants_json:
            return JSONResponse({"fault": str(fault)}, 503)
        raise HTTPException(503, f"{fault}; nothing was kept, say it again then") from fault
    except SaysoError as fault:
        if wants_json:
            return JSONResponse({"fault": str(fault)}, 400)
        raise
    group = words[0].group or words[0].id
    if wants_json:
        return JSONResponse({"group": group, "text": _kept(words), "verdict": words[0].verdict.value})
    return RedirectResponse(_back(back, group), 303)


def _back(back: str, group: str) -> str:
    """A page of this desk, told what was done; anywhere else is the queue."""
    there = urlsplit(back)
    local = back.startswith("/") and not back.startswith(("//", "/\\")) and not there.netloc
    path = there.path if local else "/review"
    known = [(name, value) for name, value in parse_qsl(there.query) if name != "done"] if local else []
    return address(path, dict(known) | {"done": group})


# --------------------------------------------------------------------------- handed out and taken in


@router.get("/review/judgements.jsonl")
def hand_out(request: Request) -> Response:
    """Every word as a line of JSON."""
    shelf: Shelf = request.app.state.shelf
    lines = (line + "\n" for line in shelf.project.export_judgements())
    named = {"Content-Disposition": 'attachment; filename="judgements.jsonl"'}
    return StreamingResponse(lines, media_type="application/jsonl", headers=named)


@router.post("/review/judgements")
def take_in(request: Request, access: Judge, file: Annotated[UploadFile, File()]) -> Response:
    """The words of another archive or a colleague."""
    shelf: Shelf = request.app.state.shelf
    name = (file.filename or "upload").replace("\\", "/").rsplit("/", 1)[-1][:80]
    data = file.file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise HTTPException(413, f"{name}: larger than {_LARGEST:,} bytes; hand it out in parts")
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as cause:
        raise InputError("is not UTF-8 text", about=name, way_out="a file that the export wrote") from cause
    taken = shelf.project.import_judgements(lines, name)
    return render(
        request, "said.html", here=_link(Asked(show="said")), told=None,
        outcomes=OUTCOMES, taken=taken, name=name, **_said(shelf, ""),
    )  # fmt: skip
