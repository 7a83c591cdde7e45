"""Where a page of a list ended, as an opaque word that asks for the next."""

from __future__ import annotations

import base64
import json
from typing import Any

from sayso.errors import InputError


def write_cursor(*at: str | float | int) -> str:
    """Where a page ended, as an opaque word."""
    return base64.urlsafe_b64encode(json.dumps(at).encode()).decode().rstrip("=")


def read_cursor(after: str, parts: int) -> list[Any]:
    """Where the page before ended; InputError if that is no cursor of such a list."""
    try:
        at = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except ValueError as cause:
        raise bad_cursor(after) from cause
    if not isinstance(at, list) or len(at) != parts or not all(isinstance(one, (str, int, float)) for one in at):
        raise bad_cursor(after)
    return at


def bad_cursor(after: str | None) -> InputError:
    return InputError("is no cursor of this list", about=str(after), way_out="begin again without `after`")
