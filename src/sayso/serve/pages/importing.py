"""Hand in files or a text, and see what becomes of them."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncGenerator
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from sayso.errors import InputError
from sayso.serve.access import Access, Role, may
from sayso.serve.imports import Imports, Job
from sayso.serve.looks import render
from sayso.serve.shelf import Missing, Shelf

router = APIRouter(dependencies=[Depends(may(Role.ADD))])
Adder = Annotated[Access, Depends(may(Role.ADD))]
_FILES = 2000  # handed in at once
_REJECTS = 50  # on a page
_POLL = 2  # seconds after which the page looks again, without a script
_FIELDS = ("text", "title", "outlet", "published", "url")


@router.get("/import")
def hand_in(request: Request) -> Response:
    shelf: Shelf = request.app.state.shelf
    imports: Imports = request.app.state.imports
    return render(request, "import.html", jobs=imports.latest(), largest=shelf.project.config.max_bytes)


@router.post("/import")
async def take(request: Request, access: Adder) -> Response:
    """Files and texts as they are sent: nothing is held in memory, and no more is read than may come."""
    imports: Imports = request.app.state.imports
    most = request.app.state.shelf.project.config.max_bytes
    form = await _form(request, most)
    try:
        files = _files(form)
        if not files:
            raise InputError("nothing was handed in", about="import", way_out="choose files, or paste a text")
        job = await run_in_threadpool(imports.hand_in, files, access.name)
    finally:
        await form.close()
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"id": job.id, "page": f"/import/{job.id}"}, 201)
    return RedirectResponse(f"/import/{job.id}", 303)


async def _form(request: Request, most: int) -> FormData:
    if int(request.headers.get("content-length") or 0) > most:
        raise _too_large(most)
    kind = request.headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        raise InputError("is no form with files", about=kind.partition(";")[0] or "import", way_out="use the page")
    parser = MultiPartParser(
        request.headers, _bounded(request, most), max_files=_FILES, max_fields=20, max_part_size=most
    )
    try:
        return await parser.parse()
    except MultiPartException as fault:
        raise InputError(f"cannot be read: {fault.message}", about="import", way_out="hand it in again") from fault


async def _bounded(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """What is sent, up to a number of bytes."""
    read = 0
    async for part in request.stream():
        read += len(part)
        if read > most:
            raise _too_large(most)
        yield part


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"more than {most:,} bytes at once; hand it in in parts, or use `sayso add`")


def _files(form: FormData) -> list[tuple[str, BinaryIO]]:
    """(name, content) of each file, and of a pasted text."""
    sent = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
    found = [(one.filename, one.file) for one in sent if one.filename]
    pasted = {name: str(form.get(name) or "").strip() for name in _FIELDS}
    if pasted["text"]:
        line = json.dumps({name: value for name, value in pasted.items() if value})
        found.append(("pasted.jsonl", io.BytesIO(line.encode("utf-8", "replace"))))
    return found


# --------------------------------------------------------------------------- how it goes


@router.get("/import/{id}.json")
def progress(request: Request, id: str) -> Response:
    return JSONResponse(_job(request, id).told(), headers={"Cache-Control": "no-store"})


@router.get("/import/{id}")
def job(request: Request, id: str, after: Annotated[str, Query()] = "") -> Response:
    shelf: Shelf = request.app.state.shelf
    found = _job(request, id)
    with shelf.lists() as lists:
        rejects = lists.rejected(_REJECTS, after or None, origin=f"{found.name}/")
    return render(request, "import_job.html", job=found, rejects=rejects, prefix=f"{found.name}/", poll=_POLL)


@router.post("/import/{id}/stop")
def stop(request: Request, id: str) -> Response:
    found = _job(request, id)
    imports: Imports = request.app.state.imports
    imports.stop(found)
    return RedirectResponse(f"/import/{id}", 303)


def _job(request: Request, id: str) -> Job:
    imports: Any = request.app.state.imports
    found: Job | None = imports.get(id)
    if found is None:
        raise Missing("no such import since the desk was opened", about=id, way_out="/health lists all runs")
    return found
