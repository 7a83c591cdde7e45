"""Headers of every answer: they keep scripts out, other sites away, and pages of people who came in out of caches."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import Request

from sayso.serve.access import Way
from sayso.serve.door import is_private

_ALWAYS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self';"
        " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), serial=(), usb=(), hid=()"
    ),
}
_HSTS = "max-age=31536000"


def headers(request: Request) -> Iterator[tuple[str, str]]:
    """What an answer carries, unless its route says otherwise."""
    yield from _ALWAYS.items()
    alone = request.state.access.way is Way.LOCAL
    yield "Cache-Control", "private, no-cache" if alone else "private, no-store"
    if is_private(request):
        yield "Strict-Transport-Security", _HSTS
