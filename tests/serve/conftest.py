"""The desk over small archives, asked without a network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.api import Project
from sayso.config import Config
from sayso.model import Analysis
from sayso.serve.app import make_app


@pytest.fixture(scope="session")
def demo_db(demo_analyses: tuple[Analysis, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo archive, to be read only."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    with Project(Config(db=str(path))) as project:
        coded = [one for one in demo_analyses if one.article.lang == "en"]
        bare = [one.article for one in demo_analyses if one.article.lang != "en"]
        project.store.put(coded, bare, [], "test")
        project.relink()
    return path


@pytest.fixture(scope="session")
def desk(demo_db: Path) -> Iterator[TestClient]:
    """The desk over the demo archive, to be read only."""
    with TestClient(make_app(Config(db=str(demo_db))), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def own_db(demo_db: Path, tmp_path: Path) -> Path:
    """A copy of the demo archive, to write to."""
    return Path(shutil.copy(demo_db, tmp_path / "own.db"))
