"""A large archive made of repetitions is one that `sayso` could have made: its rows, its links, and what is added."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bench.generated import analyses
from bench.large import in_order, main, moved_day
from bench.linking import put
from sayso.api import Project
from sayso.config import Config
from sayso.link.cards import linked_of, read_card
from sayso.link.headings import heading
from sayso.link.neighbours import stored_keys
from sayso.link.verdicts import Verdicts
from sayso.listing import Wanted
from sayso.model import Verdict
from sayso.store import schema
from sayso.store.codec import pack
from sayso.store.linkrows import link_rows
from sayso.store.rows import rows_of
from tests.large import large_archive

ARTICLES, BASE, PARTS = 400, 200, 2  # enough that some incidents of the base take the place of others


@pytest.fixture(scope="module")
def kept() -> Path:
    return large_archive(ARTICLES, BASE)


@pytest.fixture
def project(kept: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy that may be written to."""
    with Project(Config(db=str(shutil.copy(kept, tmp_path / "large.db")))) as project:
        yield project


def row_counts(rows: object) -> Counter[str]:
    assert isinstance(rows, dict)
    return Counter(repr((table.name, sorted(row.items()))) for table, some in rows.items() for row in some)


def test_it_has_as_many_articles_as_asked_for_over_many_months(project: Project) -> None:
    found = list(project.store.articles())
    assert len({article.id for article in found}) == len({article.text for article in found}) == ARTICLES
    assert len({str(article.published)[:7] for article in found}) >= PARTS


def test_every_row_is_the_one_that_the_store_makes_of_the_record(project: Project) -> None:
    wanted: Counter[str] = Counter()
    for analysis in project.store.analyses():
        wanted += row_counts(rows_of(analysis, pack(analysis), "generated"))
    published = {article.id: article.published for article in project.store.articles()}
    wanted += row_counts(link_rows(project.store.links(), published))
    assert Counter(repr((table.name, sorted(row.items()))) for table, row in project.store.rows()) == wanted


def test_what_links_speak_of_is_there(project: Project) -> None:
    told = {event.id: one.article.id for one in project.store.analyses() for event in one.events}
    tolls = {toll.id for one in project.store.analyses() for toll in one.tolls}
    links = project.store.links()
    for incident in links.incidents:
        assert incident.id == min(incident.events)
        assert {told[event] for event in incident.events} == set(incident.articles)
        assert all({*toll.basis, *toll.dissent, *toll.superseded} <= tolls for toll in incident.tolls)
    incidents = {incident.id for incident in links.incidents}
    assert all(set(story.incidents) <= incidents for story in links.stories)
    counts = {"incidents": len(links.incidents), "origins": len(links.origins)}
    assert counts.items() <= project.store.counts().items()
    with project.catalogue() as lists:
        assert all(entry.made and entry.changed for entry in lists.incidents(Wanted(), limit=len(incidents)).entries)


def test_what_linking_keeps_of_an_article_is_what_it_would_make_of_it(project: Project) -> None:
    """But for the days that its words name, which do not move with it."""
    with project.store.linking() as index:
        assert index.pending() == []
        for analysis in list(project.store.analyses())[::10]:
            card = read_card(analysis, Verdicts())
            made = linked_of(card, stored_keys(card), heading(card.article))
            held = index.linked([made.article], whole=True)[made.article]
            assert (held.day, held.text, held.topic) == (made.day, made.text, made.topic)
            assert [one[0] for one in json.loads(held.tellings)] == [one[0] for one in json.loads(made.tellings)]
            assert json.loads(held.profile) | {"days": []} == json.loads(made.profile) | {"days": []}
            assert {article for _, article in index.sharing([code for code, _ in made.keys], None, None)} >= {card.id}


def test_a_search_finds_all_repetitions(project: Project) -> None:
    base = next(iter(analyses(1))).article
    assert base.title
    found = project.store.search(base.title, limit=ARTICLES)
    assert base.id in {article.id for article, _ in found}
    assert len(found) >= PARTS


def test_an_article_more_is_linked_and_only_its_neighbourhood_changes(project: Project) -> None:
    before = links_by_article(project)
    (fresh,) = analyses(1, start=ARTICLES // PARTS)
    put(project, [fresh])
    project.relink()
    after = links_by_article(project)
    assert fresh.article.id in after
    assert not changed_elsewhere(project, before, after, fresh.article.id)


def test_a_judgement_is_heeded_and_stays_in_its_repetition(project: Project) -> None:
    told = {one.article.id: one.article for one in project.store.analyses()}
    oldest = str(min(article.published or "" for article in told.values()))[:7]
    incident = max(
        (one for one in project.store.links().incidents if (told[one.articles[0]].published or "").startswith(oldest)),
        key=lambda one: len(one.events),
    )
    before = links_by_article(project)
    left, right = incident.events[0], incident.events[-1]
    assert len(incident.events) > 1
    project.judge(left, Verdict.NOT_SAME, [right], by="ana")
    where = {event: one.id for one in project.store.links().incidents for event in one.events}
    assert where[left] != where[right]
    assert not changed_elsewhere(project, before, links_by_article(project), incident.articles[0])


def links_by_article(project: Project) -> dict[str, set[str]]:
    """Articles and the incidents and copies they are in, as the articles and events of these."""
    found: dict[str, set[str]] = {id: set() for id in project.store.ids()}
    links = project.store.links()
    for incident in links.incidents:
        for article in incident.articles:
            found[article].add(" ".join(incident.events))
    for copy in links.copies:
        found[copy.article].add(copy.of)
    return found


def changed_elsewhere(
    project: Project, before: dict[str, set[str]], after: dict[str, set[str]], article: str
) -> list[str]:
    """Articles a month and more from this one whose links are others."""
    month = {one.id: str(one.published)[:7] for one in project.store.articles()}
    return [id for id in before if before[id] != after[id] and month[id] != month[article]]


def test_days_move_in_either_spelling_and_what_is_no_day_stays() -> None:
    assert moved_day("2019-01-01", "-", -56) == "2018-11-06"
    assert moved_day("2019/01/01", "/", 31) == "2019/02/01"
    assert moved_day("2019-19-01", "-", 31) == "2019-19-01"


def test_ids_are_put_in_order_but_pairs_are_not() -> None:
    assert in_order({"basis": ["b", "a"], "corrected": [["b", "a"]]}) == {
        "basis": ["a", "b"],
        "corrected": [["b", "a"]],
    }


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = tmp_path / "there.db"
    there.write_text("precious", "utf-8")
    with pytest.raises(SystemExit):
        main(["--out", str(there)])
    assert "is there already" in capsys.readouterr().err
    assert there.read_text("utf-8") == "precious"


def test_no_row_refers_to_one_that_is_missing(kept: Path) -> None:
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        for table in schema.OF_INDEX:
            if "article" in table.c:
                strange = f'SELECT count(*) FROM "{table.name}" WHERE article NOT IN (SELECT id FROM articles)'
                assert connection.execute(strange).fetchone() == (0,)
