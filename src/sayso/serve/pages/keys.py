"""Which keys do what."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from sayso.serve.access import Role, may
from sayso.serve.looks import render

router = APIRouter(dependencies=[Depends(may(Role.READ))])
# (page, (keys, what they do)); what scripts answer to is in static/.
KEYS = (
    (
        "Everywhere",
        (
            (("/",), "search all articles"),
            (("Tab",), "the next link, field or button"),
            (("Enter",), "open a link, press a button"),
        ),
    ),
    (
        "Review",
        (
            (("j", "↓"), "the next question"),
            (("k", "↑"), "the one before"),
            (("s",), "one happening"),
            (("d",), "two happenings"),
            (("c",), "the left article is a copy of the right one"),
            (("n",), "the two are independent"),
            (("w",), "the code is wrong: opens the choices"),
            (("1", "…", "9"), "it is the choice of this number"),
            (("0",), "it is no event at all"),
            (("y",), "the code is right: leave it, and out of this visit’s queue"),
            (("x",), "skip the question in this visit"),
            (("o",), "open the words in their article, in another tab"),
            (("u",), "take back the last answer; once more: the one before"),
            (("Esc",), "leave a field, back to the question"),
            (("?",), "this page"),
        ),
    ),
)


@router.get("/keys")
def keys(request: Request) -> Response:
    return render(request, "keys.html", pages=KEYS)
