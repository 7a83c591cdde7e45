"""Sources to articles: each reader yields an `Article` or a `Rejected`, and opens only what the user named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.sources import read_source

__all__ = ["read_sources"]


def read_sources(sources: Iterable[str], config: Config) -> Iterator[Article | Rejected]:
    """The articles of all sources in order; what cannot be used is a `Rejected`, and the rest goes on.

    A source is a file, a folder, a pattern, "-" for standard input, or an http(s) address.
    """
    for source in sources:
        yield from read_source(source, config)
