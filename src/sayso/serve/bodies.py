"""Bodies of requests: bounded, and read ahead as far as the guard must see, without taking anything from the route."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from fastapi import HTTPException
from starlette.types import Message, Receive

AHEAD = 64 * 1024  # bytes kept: a form's token is within them
_SECRET = re.compile(r"csrf|pass|token|secret", re.IGNORECASE)
_FILE = re.compile(rb'filename="([^"\r\n]{1,200})"')
_FIELDS = 20


class Body:
    """What a client sends: whoever reads it gets all of it; more than `most` bytes are refused with 413."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self.most = most
        self._waiting: list[Message] = []  # read ahead, and not yet handed on
        self.size = 0
        self.head = b""
        self.ended = False

    async def ahead(self, enough: Callable[[bytes], bool]) -> None:
        """Read until the beginning is enough, the body is over or AHEAD bytes are there."""
        while not self.ended and self.size < AHEAD and not enough(self.head):
            self._waiting.append(await self._next())

    async def __call__(self) -> Message:
        return self._waiting.pop(0) if self._waiting else await self._next()

    async def _next(self) -> Message:
        message = await self._receive()
        if message["type"] != "http.request":
            self.ended = True
            return message
        part = message.get("body", b"")
        self.size += len(part)
        if self.size > self.most:
            raise HTTPException(413, f"more than {self.most:,} bytes were sent")
        self.head += part[: AHEAD - len(self.head)]
        self.ended = not message.get("more_body", False)
        return message


def sent(body: Body, kind: str) -> dict[str, Any]:
    """What a form or JSON said, as far as it was kept, without secrets; of uploads the names of the first files."""
    whole = body.ended and body.size <= len(body.head)
    if kind.startswith("application/x-www-form-urlencoded"):
        pairs = parse_qsl(body.head.decode("utf-8", "replace"), max_num_fields=1000) if whole else []
        return _open(dict(pairs))
    if kind.startswith("multipart/form-data"):
        return {"files": [name.decode("utf-8", "replace") for name in _FILE.findall(body.head)[:_FIELDS]]}
    try:
        told = json.loads(body.head) if whole and "json" in kind else {}
    except (ValueError, RecursionError):
        return {}
    return _open(told) if isinstance(told, dict) else {}


def _open(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in list(fields.items())[:_FIELDS] if not _SECRET.search(name)}
