"""Where a page of a list ended, as an opaque word that asks for the next."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

from sayso.errors import InputError

_LARGEST = 2**63  # a database's integers end there


def write_cursor(*at: str | float | int) -> str:
    """Where a page ended, as an opaque word."""
    return base64.urlsafe_b64encode(json.dumps(at).encode()).decode().rstrip("=")


def read_cursor(after: str, parts: int, kinds: Sequence[type] = ()) -> list[Any]:
    """Where the page before ended; InputError if that is no cursor of such a list, of parts of these kinds if given."""
    try:
        at = json.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except (ValueError, RecursionError) as cause:
        raise bad_cursor(after) from cause
    if not isinstance(at, list) or len(at) != parts or not all(map(_may_stand, at)):
        raise bad_cursor(after)
    if any(isinstance(part, str) is not (kind is str) for part, kind in zip(at, kinds, strict=False)):
        raise bad_cursor(after)
    return at


def _may_stand(part: object) -> bool:
    """Whether a database can compare with it: no lone surrogate or NUL, no number beyond 64 bits."""
    if isinstance(part, str):
        return "\x00" not in part and part.encode("utf-8", "ignore").decode() == part
    return isinstance(part, (int, float)) and abs(part) < _LARGEST  # false for NaN


def bad_cursor(after: str | None) -> InputError:
    return InputError("is no cursor of this list", about=str(after), way_out="begin again without `after`")
