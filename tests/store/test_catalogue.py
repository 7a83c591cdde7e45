"""Lists of an archive: what fits is what a plain loop over all records would give; pages lose and repeat nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.gravity import gravity
from sayso.listing import Page, Sought, Wanted
from sayso.model import Analysis, EventType, Incident, Links
from sayso.ports import Gone, Succession
from sayso.store import Catalogue, SqlStore
from sayso.store.catalogue import ORDERS
from tests.large import large_archive
from tests.store.conftest import keep


class Whole:
    """All records of an archive at hand, to filter them plainly."""

    def __init__(self, store: SqlStore) -> None:
        self.analyses: dict[str, Analysis] = {one.article.id: one for one in store.analyses()}
        self.links: Links = store.links()
        self.events = {event.id: (event, one) for one in self.analyses.values() for event in one.events}

    def told(self, incident: Incident) -> list[str]:
        return sorted(day for id in incident.articles if (day := self.analyses[id].article.published))

    def day(self, incident: Incident) -> str | None:
        return incident.first or next((day[:10] for day in self.told(incident)), None)

    def names(self, incident: Incident) -> set[str]:
        found = [self.events[id] for id in incident.events]
        actors = [(one, id) for event, one in found for id in (*event.actors, *event.recipients)]
        return {next(actor.name for actor in one.actors if actor.id == id) for one, id in actors}


@pytest.fixture(scope="module")
def store() -> Iterator[SqlStore]:
    opened = SqlStore(str(large_archive(400, 200)), create=False)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def whole(store: SqlStore) -> Whole:
    return Whole(store)


@pytest.fixture
def lists(store: SqlStore) -> Iterator[Catalogue]:
    with store.catalogue() as opened:
        yield opened


def all_pages(ask: Callable[[str | None], Page[object]]) -> list[object]:
    page = ask(None)
    found = list(page.entries)
    while page.after:
        page = ask(page.after)
        found += page.entries
    assert len(found) == page.total
    return found


FILTERS: dict[str, tuple[Wanted, Callable[[Whole, Incident], bool]]] = {
    "nothing": (Wanted(), lambda whole, one: True),
    "country": (Wanted(country="KEN"), lambda whole, one: one.country == "KEN"),
    "type": (Wanted(type="ASSAULT"), lambda whole, one: one.type == "ASSAULT"),
    "origins": (Wanted(origins=3), lambda whole, one: len(one.origins) >= 3),
    "place": (Wanted(place="Nairobi"), lambda whole, one: one.place == "Nairobi"),
    "status": (
        Wanted(status="occurred"),
        lambda whole, one: any(whole.events[id][0].status == "occurred" for id in one.events),
    ),
    "no such status": (Wanted(status="planned"), lambda whole, one: False),
    "outlet": (
        Wanted(outlet="Velemdatiwire"),
        lambda whole, one: any(whole.analyses[id].article.outlet == "Velemdatiwire" for id in one.articles),
    ),
    "actor": (Wanted(actor="police"), lambda whole, one: "police" in whole.names(one)),
    "no such actor": (Wanted(actor="nobody at all"), lambda whole, one: False),
}


@pytest.mark.parametrize("name", FILTERS)
def test_filters_of_incidents(name: str, lists: Catalogue, whole: Whole) -> None:
    wanted, fits = FILTERS[name]
    expected = {one.id for one in whole.links.incidents if fits(whole, one)}
    found = all_pages(lambda after: lists.incidents(wanted, limit=37, after=after))
    assert {one.id for one in found} == expected  # type: ignore[attr-defined]
    assert lists.number_of_incidents(wanted) == len(expected)


def test_a_period_holds_what_may_have_happened_in_it(lists: Catalogue, whole: Whole) -> None:
    days = sorted(day for one in whole.links.incidents if (day := whole.day(one)))
    since = until = days[0]
    expected = {
        one.id
        for one in whole.links.incidents
        if (day := whole.day(one)) and day <= until and (one.last or day) >= since
    }
    found = all_pages(lambda after: lists.incidents(Wanted(since=since, until=until), limit=50, after=after))
    assert {one.id for one in found} == expected  # type: ignore[attr-defined]
    assert 0 < len(expected) < len(whole.links.incidents)


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_pages_through_everything_once(order: str, lists: Catalogue, whole: Whole) -> None:
    found = [one.id for one in all_pages(lambda after: lists.incidents(Wanted(), order, 29, after))]  # type: ignore[attr-defined]
    assert len(found) == len(set(found)) == len(whole.links.incidents)


def test_the_weight_is_that_of_the_reports(lists: Catalogue, whole: Whole) -> None:
    entries = lists.entries(one.id for one in whole.links.incidents)
    for one in whole.links.incidents:
        reported = next(iter(whole.told(one)), None)
        assert entries[one.id].weight == pytest.approx(gravity(one, reported), abs=1e-6)
        assert entries[one.id].reported == reported


def test_articles_by_outlet_and_day(lists: Catalogue, whole: Whole) -> None:
    busiest = lists.outlets()[0]
    articles = [one.article for one in whole.analyses.values() if one.article.outlet == busiest.value]
    assert busiest.number == len(articles)
    found = all_pages(lambda after: lists.articles(Sought(outlet=busiest.value), 7, after))
    assert {one.id for one in found} == {one.id for one in articles}  # type: ignore[attr-defined]
    day = sorted(one.published or "" for one in articles)[len(articles) // 2][:10]
    on = lists.articles(Sought(outlet=busiest.value, since=day, until=day), 100)
    assert {one.id for one in on.entries} == {one.id for one in articles if (one.published or "")[:10] == day}


def test_a_search_finds_what_holds_all_words(lists: Catalogue, whole: Whole) -> None:
    found = all_pages(lambda after: lists.articles(Sought("police hospital"), 11, after))
    holding = {
        id
        for id, one in whole.analyses.items()
        if {"police", "hospital"} <= {word.strip(".,;:“”\"'()").casefold() for word in one.article.text.split()}
    }
    assert holding <= {one.id for one in found}  # type: ignore[attr-defined]
    assert all("\ue000" in one.snippet for one in found)  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ['"', "NEAR(", "a OR", "*", "-x", "title:x", "\x00", "'; DROP TABLE articles; --"])
def test_nothing_in_a_search_has_a_meaning_but_words(words: str, lists: Catalogue) -> None:
    lists.articles(Sought(words), 5)


@pytest.mark.parametrize("after", ["x", "e30", "WzFd", "W10", "é", "bnVsbA"])
def test_a_wrong_cursor_is_told(after: str, lists: Catalogue) -> None:
    with pytest.raises(InputError, match="cursor"):
        lists.incidents(Wanted(), after=after)


def test_a_part_has_the_analyses_and_their_links(lists: Catalogue, whole: Whole) -> None:
    incident = max(whole.links.incidents, key=lambda one: len(one.articles))
    analyses, links = lists.part(incident.articles)
    assert [one.article.id for one in analyses] == sorted(incident.articles)
    assert incident in links.incidents
    assert lists.articles_of([incident.id]) == {incident.id: sorted(incident.articles)}
    assert incident.id in lists.incidents_of([incident.articles[0]])[incident.articles[0]]


def test_copies_are_found_from_both_ends(lists: Catalogue, whole: Whole) -> None:
    copy = whole.links.copies[0]
    assert copy in lists.copies_near([copy.article])
    assert copy in lists.copies_near([copy.of])


def test_every_write_makes_a_new_version(tmp_path: Path) -> None:
    store = SqlStore(str(tmp_path / "new.db"))
    with store.catalogue() as lists:
        before = lists.version()
    store.put([], [], [], "")
    with store.catalogue() as lists:
        assert lists.version() > before
    store.close()


class TestTimes:
    """When an incident was first linked, and when what is told of it last changed."""

    OLD = "1" * 16

    def incident(self, **changes: object) -> Incident:
        told = Incident(self.OLD, EventType.ASSAULT, ("a" * 16,), ("b" * 16,), ("c" * 16,), *[None] * 6)
        return replace(told, **changes)  # type: ignore[arg-type]

    def times(self, store: SqlStore) -> dict[str, tuple[str | None, str | None]]:
        with store.catalogue() as lists:
            return {one.id: (one.made, one.changed) for one in lists.incidents(Wanted()).entries}

    def test_what_is_told_anew_changes_and_stays_as_old(self, tmp_path: Path) -> None:
        store = SqlStore(str(tmp_path / "new.db"))
        keep(store, Links(incidents=(self.incident(),)))
        first = self.times(store)[self.OLD]
        with store.linking() as index:
            index.change(Gone(), Links(incidents=(self.incident(),)))
        assert self.times(store)[self.OLD] == first
        with store.linking() as index:
            index.change(Gone(), Links(incidents=(self.incident(summary="more is known"),)))
        made, changed = self.times(store)[self.OLD]
        assert made == first[0]
        assert str(changed) > str(first[1])
        store.close()

    def test_what_takes_the_place_of_another_is_as_old(self, tmp_path: Path) -> None:
        store = SqlStore(str(tmp_path / "new.db"))
        keep(store, Links(incidents=(self.incident(),)))
        made, _ = self.times(store)[self.OLD]
        new = "0" * 16
        with store.linking() as index:
            index.change(Gone(incidents=(self.OLD,)), Links(incidents=(self.incident(id=new),)))
            index.retire([Succession("incident", self.OLD, new, "renamed")])
        assert self.times(store).keys() == {new}
        assert self.times(store)[new][0] == made
        with store.catalogue() as lists:
            assert lists.sizes()["incidents"] == 1
        with sqlite3.connect(tmp_path / "new.db") as connection:
            assert connection.execute("SELECT count(*) FROM incident_times").fetchone() == (1,)
        connection.close()
        store.close()
