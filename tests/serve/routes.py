"""Every route of the desk, whoever added it."""

from __future__ import annotations

import re

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def routes_of(app: FastAPI) -> list[tuple[str, str]]:
    """(method, path) of each, the path with its parameters."""
    found = {(method, one.path) for one in iter_route_contexts(app.routes) for method in one.methods or () if one.path}
    return sorted(found)


def filled(path: str, with_: str = "0000000000000000") -> str:
    """A path with something in the place of each parameter."""
    return re.sub(r"\{[^}]*\}", with_, path)
