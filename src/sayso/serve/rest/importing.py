"""Articles that programs send, and how far the desk is with them. They wait in the same line as files of the page."""

from __future__ import annotations

import io
import json
from typing import Annotated

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.responses import Response

from sayso.serve.access import Access, Role, may
from sayso.serve.imports import Imports, Job
from sayso.serve.rest.answering import PREFIX, answer_list, answer_one, slice_of
from sayso.serve.rest.asking import Alone, Listed
from sayso.serve.rest.describing import list_of, one_of, written
from sayso.serve.rest.negotiating import Form
from sayso.serve.rest.shapes import ImportEntry, Sent, SentArticle
from sayso.serve.rest.writing import to_json
from sayso.serve.shelf import Missing

router = APIRouter(tags=["import"], dependencies=[Depends(may(Role.ADD))])
Adder = Annotated[Access, Depends(may(Role.ADD))]
JobId = Annotated[str, Path(pattern="^[0-9a-f]{8}$", description="The id that sending articles gave.")]
_NAME = "articles.jsonl"


@router.post("/articles", summary="Send articles to be added", status_code=202, **written(ImportEntry, 202, "job_get"))
def send(request: Request, access: Adder, articles: Annotated[Sent, Body()]) -> Response:
    """One article, or a list of up to 1,000 in 10 MB, under the names of input records. They are analysed beside the
    desk, one import at a time; the answer says where to ask how far it is. What is known already is left as it is, so
    the same may be sent again."""
    lines = "\n".join(_line(one) for one in (articles if isinstance(articles, list) else [articles]))
    job = _imports(request).hand_in([(_NAME, io.BytesIO(lines.encode()))], access.name)
    told = _entry(job)
    return Response(to_json(told), 202, {"Location": told.links["self"]}, "application/json")


@router.get("/imports", summary="What was handed in lately", **list_of(ImportEntry, Form.CSV))
def jobs(request: Request, asked: Annotated[Listed, Query()]) -> Response:
    """Imports since the desk was opened, the latest first: files of the page, and articles that programs sent."""
    entries = [_entry(job) for job in _imports(request).latest()]
    return answer_list(request, asked, ImportEntry, lambda _: slice_of(entries, asked), also=entries)


@router.get("/imports/{id}", summary="How far an import is", **one_of(ImportEntry))
def job(request: Request, id: JobId, asked: Annotated[Alone, Query()]) -> Response:
    """How many articles came, were added, known or kept, and why others could not be used."""
    found = _imports(request).get(id)
    if found is None:
        way_out = f"{PREFIX}/runs lists all runs"
        raise Missing("no such import since the desk was opened", about=id, way_out=way_out)
    entry = _entry(found)
    return answer_one(request, asked, lambda _: entry, also=entry)


def _imports(request: Request) -> Imports:
    imports: Imports = request.app.state.imports
    return imports


def _line(article: SentArticle) -> str:
    return json.dumps(article.model_dump(exclude_defaults=True))


def _entry(job: Job) -> ImportEntry:
    rejects = f"{PREFIX}/rejected?origin={job.name}/"
    links = {"self": f"{PREFIX}/imports/{job.id}", "rejected": rejects, "page": f"/import/{job.id}"}
    return ImportEntry(
        id=job.id,
        state=job.state.value,
        over=job.over,
        by=job.by,
        at=job.at,
        ended=job.ended or None,
        files=job.files,
        seen=job.seen,
        added=job.added,
        known=job.known,
        kept=job.kept,
        changed=job.changed,
        rejected=dict(job.rejected),
        languages=dict(job.languages),
        fault=job.fault or None,
        links=links,
    )
