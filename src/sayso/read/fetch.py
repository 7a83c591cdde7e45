"""Fetches an address the user named, and nothing that its content points at."""

from __future__ import annotations

import tempfile
import time
from typing import IO

from sayso.config import Config
from sayso.errors import InputError

REDIRECTS = 5
PATIENCE = 10  # times the timeout, for the whole of a large file
IN_MEMORY = 8_000_000  # bytes; longer answers wait on disk
AGENT = "sayso (+https://pypi.org/project/sayso/)"


class Fetched:
    """An answer: its content as a file, its type, its charset and the address it came from in the end."""

    def __init__(self, content: IO[bytes], kind: str, charset: str | None, url: str) -> None:
        self.content = content
        self.kind = kind
        self.charset = charset
        self.url = url


def fetch(url: str, config: Config) -> Fetched:
    """GET one address, following its redirects; InputError says why there is no content."""
    import httpx  # slow to import, and only addresses need it

    deadline = time.monotonic() + PATIENCE * config.timeout
    content = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the reader closes it
    try:
        with (
            httpx.Client(timeout=config.timeout, follow_redirects=True, max_redirects=REDIRECTS) as client,
            client.stream(
                "GET", url, headers={"User-Agent": AGENT, "Accept": "text/html,application/xml,*/*"}
            ) as answer,
        ):
            if answer.status_code >= 400:
                raise InputError(f"answered {answer.status_code}", about=url)
            size = 0
            for part in answer.iter_bytes():
                size += len(part)
                if size > config.max_bytes:
                    raise InputError(f"over {config.max_bytes} bytes", about=url, way_out="raise max_bytes")
                if time.monotonic() > deadline:
                    raise InputError("took too long", about=url, way_out="raise timeout")
                content.write(part)
            kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
            content.seek(0)
            return Fetched(content, kind, answer.charset_encoding, str(answer.url))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, OSError) as cause:
        content.close()
        raise InputError(f"cannot be fetched: {cause or type(cause).__name__}", about=url) from cause
    except InputError:
        content.close()
        raise
