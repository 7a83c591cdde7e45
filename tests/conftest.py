"""Fixtures that need the real parser or gazetteer; both are loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.model import Article, Parsed
from sayso.parse import SpacyParser


@pytest.fixture(scope="session")
def parser() -> SpacyParser:
    return SpacyParser()


@pytest.fixture(scope="session")
def parse(parser: SpacyParser) -> Callable[[str], Parsed]:
    """Text to its parse, by the default pipeline."""

    def run(text: str, **fields: object) -> Parsed:
        (parsed,) = parser.parse([Article(text, **fields)])  # type: ignore[arg-type]
        assert isinstance(parsed, Parsed)
        return parsed

    return run
