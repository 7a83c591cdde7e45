"""Style, scripts and pictures of the pages: all of this machine, none of the network."""

from __future__ import annotations

import mimetypes
from functools import cache
from pathlib import Path

from bokeh.util.paths import bokehjs_path
from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, Response

from sayso.serve.looks import STATIC

router = APIRouter(include_in_schema=False)
_BOKEH = {"bokeh.min.js": Path(bokehjs_path()) / "js" / "bokeh.min.js"}
_A_YEAR = {"Cache-Control": "public, max-age=31536000, immutable"}  # addresses carry the version


@router.get("/static/{version}/{name}")
def asset(version: str, name: str) -> Response:
    """A file of the pages; `version` only makes its address new when it changes."""
    path = _files().get(name)
    if path is None:
        raise HTTPException(404, f"no file {name!r}")
    return FileResponse(path, media_type=mimetypes.guess_type(name)[0], headers=_A_YEAR)


@cache
def _files() -> dict[str, Path]:
    return {path.name: path for path in STATIC.iterdir() if path.is_file()} | _BOKEH
