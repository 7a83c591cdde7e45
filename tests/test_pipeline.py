"""The wiring: order kept, processes equal, languages without a pipeline left alone, faults counted."""

from __future__ import annotations

import pytest

from sayso import pipeline
from sayso.config import Config
from sayso.model import Analysis, Article, Rejected
from sayso.pipeline import code

TEXTS = (
    "Police arrested 40 people in Aktau on Monday.",
    "Soldiers opened fire near the port, residents said.",
    "The minister denied that anyone had been hurt.",
)


def articles(count: int) -> list[Article]:
    return [Article(f"{TEXTS[n % 3]} It was report number {n}.", lang="en") for n in range(count)]


def test_outcomes_come_in_the_order_of_the_input() -> None:
    bad = Rejected("file.txt", "read", "empty")
    russian = Article("Полиция задержала сорок человек.", lang="ru")
    given = [articles(1)[0], bad, russian, *articles(3)[1:]]
    outcomes = list(code(given, Config(batch=2)))
    assert outcomes[1] is bad and outcomes[2] is russian
    kept = [given[0], given[3], given[4]]
    assert [one.article for one in outcomes if isinstance(one, Analysis)] == kept


@pytest.mark.slow
def test_processes_give_equal_results() -> None:
    given = articles(30)
    assert list(code(given, Config(processes=2, batch=4))) == list(code(given, Config()))


def test_a_fault_in_one_article_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = pipeline.analyse

    def breaks(parsed, gazetteer):  # type: ignore[no-untyped-def]
        if "number 1." in parsed.article.text:
            raise ZeroDivisionError("planted")
        return honest(parsed, gazetteer)

    monkeypatch.setattr(pipeline, "analyse", breaks)
    outcomes = list(code(articles(3), Config()))
    assert [type(one) for one in outcomes] == [Analysis, Rejected, Analysis]
    assert "planted" in outcomes[1].detail  # type: ignore[union-attr]
