"""Signed forms: a token that only a page of this desk can have written, bound to the browser that asked for it."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

HEADER, FIELD = "x-csrf", "csrf"
_SALT, _LENGTH = 16, 120  # characters
_FIELD_PLAIN = re.compile(rb"(?:^|&)csrf=([\w.-]{1,120})(?:&|$)")
_FIELD_PART = re.compile(rb'name="csrf"\r\n\r\n([\w.-]{1,120})\r\n')


class Signer:
    """Signs ids of browsers with a secret of this process: `SALT.MAC`, another salt in every page.

    The salt keeps a token from being guessed out of compressed pages, letter by letter (the BREACH attack).
    """

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    def sign(self, id: str) -> str:
        """A token for the forms of a browser."""
        salt = secrets.token_hex(_SALT // 2)
        return f"{salt}.{self._mac(salt, id)}"

    def holds(self, token: str, id: str) -> bool:
        """Whether this desk gave the token to this browser."""
        salt, _, mac = token.partition(".")
        fits = len(token) <= _LENGTH and token.isascii() and bool(id)
        return fits and hmac.compare_digest(mac, self._mac(salt, id))

    def _mac(self, salt: str, id: str) -> str:
        return hmac.new(self._secret, f"{salt}\0{id}".encode(), sha256).hexdigest()[:40]


def token_in(body: bytes, kind: str) -> str:
    """The token in the beginning of a form, "" where there is none (yet).

    Where in the form it stands does not matter: whoever knows the token may send the form.
    """
    looked = _FIELD_PART if kind.startswith("multipart/form-data") else _FIELD_PLAIN
    found = looked.search(body) if is_form(kind) else None
    return found[1].decode() if found else ""


def is_form(kind: str) -> bool:
    """Whether a content type is one that a form without scripts sends."""
    return kind.startswith(("multipart/form-data", "application/x-www-form-urlencoded"))
