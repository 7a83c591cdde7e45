"""A small archive with every kind of record in it, made by hand: no model is loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sayso.api import Project
from sayso.config import Config
from sayso.model import Article, Judgement, Rejected, Verdict
from tests.builders import UNREST, unrest, witnessed

MORE = " The minister will visit the city tomorrow, his office said in a statement to reporters."


def small_archive(path: Path) -> Path:
    """Six articles: one happening told twice and copied, what reporters saw, a hostile one, one that is not coded."""
    coded = [
        unrest(),
        unrest(outlet="Evening Post", url="https://evening.example/2", published="2022-01-08", credits=()),
        unrest(UNREST + MORE, outlet="Inland Times", url="https://inland.example/3", published="2022-01-08T09:00:00Z"),
        witnessed(outlet='=Formula, "Daily"', title="<b>Guards</b>", published="2022-01-09"),
        witnessed(outlet="Harbour News", id="named/by its input?", published="2022-01-10"),
    ]
    bare = Article("Стрельба в городе", outlet="Вести", published="2022-01-07", lang="ru")
    with Project(Config(db=str(path))) as project:
        project.store.put(coded, [bare], [Rejected("a.pdf", "read", "not text", "print it as text")], "test")
        project.relink()
        grade = Judgement("police", "B2", Verdict.GRADE, "ana", "2022-02-01T10:00:00+00:00", "usually right")
        project.store.judge(grade, replace(grade, at="2022-02-02T10:00:00+00:00", right="C3"))
    return path
