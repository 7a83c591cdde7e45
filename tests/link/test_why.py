"""Why two tellings are one or not, told afterwards: the very reasons that made their score."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from sayso.api import Project
from sayso.config import Config
from sayso.link.compare import open_weights
from sayso.listing import Doubted
from tests.serve.doubtful import doubtful_archive


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(Config(db=str(doubtful_archive(tmp_path / "own.db"))))


def test_the_reasons_come_to_the_score_that_was_kept(project: Project) -> None:
    with project.catalogue() as lists:
        doubts = lists.uncertain(Doubted(), 50)
    pairs = [((one.articles[0], one.left), (one.articles[1], one.right)) for one in doubts]
    assert pairs
    for doubt, reasons in zip(doubts, project.why(pairs), strict=True):
        total = open_weights()["bias"] + sum(reason.score for reason in reasons)
        assert 1 / (1 + math.exp(-total)) == pytest.approx(doubt.score, abs=1e-6)


def test_what_is_not_linked_has_none(project: Project) -> None:
    assert project.why([(("no article", "no event"), ("none", "none"))]) == [()]
