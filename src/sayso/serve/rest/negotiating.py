"""Which form of an answer somebody takes: by `format` in the address, else by the header Accept (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from starlette.exceptions import HTTPException


class Form(StrEnum):
    """How an answer may be written; the value is what `format` takes."""

    JSON = "json"
    CSV = "csv"
    GEOJSON = "geojson"
    RSS = "rss"


MEDIA = {
    Form.JSON: "application/json",
    Form.CSV: "text/csv",
    Form.GEOJSON: "application/geo+json",
    Form.RSS: "application/rss+xml",
}


def choose(asked: str | None, accept: str, forms: Sequence[Form]) -> Form:
    """The form that is asked for, or liked best of those there are, the first of equals; 406 where none is taken."""
    if asked:
        return Form(asked)
    ranges = list(_ranges(accept)) or [("*/*", 1.0)]
    liked = [(_quality(MEDIA[form], ranges), form) for form in forms]
    best, form = max(liked, key=lambda pair: pair[0])
    if best <= 0:
        raise HTTPException(406, "this can be had as " + ", ".join(MEDIA[one] for one in forms))
    return form


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """(media range, quality) of each part that makes sense."""
    for part in accept.split(","):
        name, *rest = (piece.strip().lower() for piece in part.split(";"))
        quality = next((piece[2:] for piece in rest if piece.startswith("q=")), "1")
        try:
            if "/" in name:
                yield name, min(max(float(quality), 0.0), 1.0)
        except ValueError:
            continue


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much a media type is liked: as its most specific range says."""
    of_kind = media.split("/")[0] + "/*"
    for name in (media, of_kind, "*/*"):
        found = [quality for given, quality in ranges if given == name]
        if found:
            return max(found)
    return 0.0
