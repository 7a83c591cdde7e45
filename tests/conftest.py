"""Fixtures that need the real parser or gazetteer; both are loaded once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.api import analyse_sources
from sayso.config import Config
from sayso.demo import DEMO_SOURCE
from sayso.model import Analysis, Article, Parsed
from sayso.parse import SpacyParser
from tests.large import large_archive


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


@pytest.fixture(scope="session")
def demo_analyses() -> tuple[Analysis, ...]:
    """The demo archive coded by the whole line; an article in a language without a pipeline comes empty."""
    found = analyse_sources([str(DEMO_SOURCE)], Config())
    return tuple(
        item if isinstance(item, Analysis) else Analysis(item) for item in found if isinstance(item, Analysis | Article)
    )


@pytest.fixture(scope="session")
def large_db() -> Path:
    """An archive of 20,000 articles, to be read only."""
    return large_archive()
