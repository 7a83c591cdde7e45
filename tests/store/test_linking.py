"""What an archive that is linked as it grows promises, in memory and in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.link import link, relink
from sayso.model import Analysis, Links, Story
from sayso.ports import Gone
from sayso.store import MemoryStore, digest
from tests.link.test_engine import press
from tests.link.test_incidents import A, B
from tests.store.conftest import AnyStore

Fresh = Callable[[], AnyStore]


def add(store: AnyStore, *analyses: Analysis) -> None:
    """Store articles and link them."""
    store.put(analyses, [], [], "one")
    with store.linking() as index:
        relink(index)


def test_archives_of_every_kind_link_alike(fresh: Fresh) -> None:
    told = [one.analysis for one in press()[:40]]
    store, whole = fresh(), MemoryStore()
    for at in range(0, len(told), 7):
        add(store, *told[at : at + 7])
    add(whole, *told)
    assert store.links() == link(told)
    assert digest(store) == digest(whole)


def test_what_is_counted_is_what_is_there(fresh: Fresh) -> None:
    store = fresh()
    assert set(store.counts().values()) == {0}
    for one in press()[:12]:
        add(store, one.analysis)
        links = store.links()
        assert store.counts() == {
            "copies": len(links.copies),
            "incidents": len(links.incidents),
            "origins": len(links.origins),
            "stories": len(links.stories),
        }


def test_linking_that_fails_leaves_the_links_as_they_were(fresh: Fresh) -> None:
    store = fresh()
    add(store, A)
    before = store.links()
    if isinstance(store, MemoryStore):
        pytest.skip("an archive in memory undoes nothing")
    store.put([B], [], [], "one")
    with pytest.raises(RuntimeError), store.linking() as index:
        relink(index)
        raise RuntimeError("cut short")
    assert store.links() == before
    with store.linking() as index:
        assert index.pending() == [B.article.id]
        relink(index)
    assert store.links() == link([A, B])


def test_nothing_new_changes_nothing(fresh: Fresh) -> None:
    store = fresh()
    add(store, A, B)
    before = digest(store)
    with store.linking() as index:
        assert not relink(index)
    assert digest(store) == before


def test_what_became_of_an_incident_is_recorded_and_its_old_id_still_finds_it(fresh: Fresh) -> None:
    """An incident has the id of its smallest event: one more report of it may rename it."""
    first, second = sorted((A, B), key=lambda one: one.events[0].id, reverse=True)
    store = fresh()
    for analysis in (first, second):
        add(store, analysis)
    (incident,) = store.links().incidents
    told = [each for _, each in store.successions() if each.kind == "incident"]
    assert [(each.old, each.new, each.how) for each in told] == [(first.events[0].id, incident.id, "renamed")]
    found = store.find(first.events[0].id, "incident")
    assert found is not None and found.id == incident.id


def test_a_story_is_found_by_the_id_it_had(fresh: Fresh) -> None:
    store = fresh()
    old = set()
    for one in sorted(press()[:30], key=lambda one: one.analysis.article.id, reverse=True):
        add(store, one.analysis)
        old |= {story.id for story in store.links().stories}
    now = {story.id for story in store.links().stories}
    assert old - now, "some stories were renamed or merged"
    for id in old:
        found = store.find(id)
        assert found is not None and found.id in now


def test_a_record_takes_the_place_of_the_one_under_its_id(fresh: Fresh) -> None:
    store = fresh()
    first = Story("s", "Floods", (), ("a", "b"), None, None)
    second = replace(first, title="Floods in the south", articles=("b", "c"))
    with store.linking() as index:
        index.change(Gone(), Links(stories=(first,)))
        index.change(Gone(), Links(stories=(second,)))
        assert index.stories(["s"]) == [second]
        assert index.stories_of(["a", "b", "c"]) == {"b": "s", "c": "s"}
    assert store.counts()["stories"] == 1
    with store.linking() as index:
        index.change(Gone(stories=("s",)), Links())
        assert index.stories_of(["b"]) == {}
    assert store.counts()["stories"] == 0
