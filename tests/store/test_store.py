"""What every archive promises, in memory, in SQLite with its full-text index and without."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.model import (
    Analysis,
    Anchor,
    Article,
    Copy,
    CopyKind,
    EventType,
    Harm,
    Incident,
    Judgement,
    Links,
    Origin,
    Reason,
    Rejected,
    Run,
    Span,
    Story,
    TollEstimate,
    Verdict,
)
from sayso.ports import Found
from sayso.store import MemoryStore, digest, open_store
from sayso.store.codec import copy_id
from tests.builders import analysis, unrest, witnessed
from tests.store.conftest import AnyStore, keep, tidy
from tests.strategies import REJECTS, TEXTS, analyses, articles, links

Fresh = Callable[[], AnyStore]
EXAMPLES = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
RIOT = analysis("Rioters burnt a bank.", actors={"Rioters": {}}, events=[{"trigger": "burnt", "actors": ["Rioters"]}])
MARCH = analysis("Teachers marched in Aktau.", events=[{"trigger": "marched", "type": "PROTEST"}])
BARE = Article("Протест в городе.", lang="ru")


def full(**changes: object) -> Links:
    """One link of each kind around the unrest article."""
    one = unrest()
    there, here = one.article.id, RIOT.article.id
    toll = TollEstimate(Harm.KILLED, 20, None, 26, (one.tolls[0].id,), ("ab" * 8,), ("cd" * 8,))
    incident = Incident(
        id="1" * 16,
        type=EventType.ASSAULT,
        events=(one.events[0].id,),
        articles=(there, here),
        origins=("2" * 16,),
        place="Almaty",
        country="KAZ",
        lat=43.25,
        lon=76.91,
        first="2022-01-07",
        last="2022-01-07",
        tolls=(toll,),
        summary="Rioters burnt the city hall.",
        reasons=(Reason("same place", 0.123456789),),
    )
    copy = Copy(here, there, CopyKind.EDITED, 0.7, ((Span(here, 0, 7), Span(there, 3, 10)),))
    made = Links(
        copies=(copy,),
        origins=(Origin("2" * 16, "Silkroad Agency", (there, here), "2022-01-07"),),
        incidents=(incident,),
        stories=(Story("3" * 16, "Unrest", ("1" * 16,), (there, here)),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def put(store: AnyStore, *items: Analysis | Article | Rejected, stamp: str = "one") -> None:
    store.put(
        [item for item in items if isinstance(item, Analysis)],
        [item for item in items if isinstance(item, Article)],
        [item for item in items if isinstance(item, Rejected)],
        stamp,
    )


def chunks(items: list[Analysis], size: int) -> Iterable[list[Analysis]]:
    return (items[at : at + size] for at in range(0, len(items), size))


class TestRoundTrip:
    def test_an_analysis_comes_back_equal(self, store: AnyStore) -> None:
        put(store, unrest())
        assert store.analysis(unrest().article.id) == unrest()
        assert store.article(unrest().article.id) == unrest().article

    def test_hedges_nesting_observations_and_credits_come_back_equal(self, store: AnyStore) -> None:
        put(store, witnessed())
        assert store.analysis(witnessed().article.id) == witnessed()

    def test_an_agency_that_only_credits_name_is_one_record_over_all_articles(self, store: AnyStore) -> None:
        one, other = witnessed(url="https://harbour.example/1"), witnessed(url="https://harbour.example/2")
        put(store, one, other)
        agency = one.actors[-1].id
        assert store.find(agency) == Found("actor", agency, min(one.article.id, other.article.id))

    def test_an_article_kept_without_analysis_comes_back_as_an_empty_one(self, store: AnyStore) -> None:
        put(store, BARE)
        assert store.article(BARE.id) == BARE
        assert store.analysis(BARE.id) == Analysis(BARE)
        assert store.has([BARE.id]) == {BARE.id: ""}

    def test_all_come_in_the_order_of_their_ids(self, store: AnyStore) -> None:
        put(store, MARCH, RIOT, BARE, unrest())
        ids = sorted([MARCH.article.id, RIOT.article.id, BARE.id, unrest().article.id])
        assert [each.id for each in store.articles()] == ids
        assert [each.article.id for each in store.analyses()] == ids
        assert list(store.ids()) == ids

    def test_what_is_not_there_is_none(self, store: AnyStore) -> None:
        assert store.article("nothing") is None
        assert store.analysis("nothing") is None
        assert store.has(["nothing"]) == {}
        assert list(store.articles()) == list(store.analyses()) == list(store.rejected()) == []
        assert store.links() == Links()

    def test_many_ids_may_be_asked_for(self, store: AnyStore) -> None:
        put(store, RIOT)
        assert store.has([*map(str, range(2000)), RIOT.article.id]) == {RIOT.article.id: "one"}

    def test_reasons_keep_four_digits(self, store: AnyStore) -> None:
        event = replace(RIOT.events[0], reasons=(Reason("verb", 1 / 3),))
        put(store, replace(RIOT, events=(event,)))
        found = store.analysis(RIOT.article.id)
        assert found and found.events[0].reasons == (Reason("verb", 0.3333),)

    @EXAMPLES
    @given(st.lists(analyses(), max_size=3, unique_by=lambda each: each.article.id))
    def test_any_analysis_comes_back_equal(self, fresh: Fresh, given: list[Analysis]) -> None:
        store = fresh()
        put(store, *given)
        assert list(store.analyses()) == sorted(given, key=lambda each: each.article.id)

    @EXAMPLES
    @given(articles())
    def test_any_article_comes_back_equal(self, fresh: Fresh, article: Article) -> None:
        store = fresh()
        put(store, article)
        assert list(store.articles()) == [article]

    @EXAMPLES
    @given(links())
    def test_any_links_come_back_equal(self, fresh: Fresh, given: Links) -> None:
        store, given = fresh(), tidy(given)
        keep(store, given)
        assert store.links() == given

    def test_a_record_that_is_there_twice_does_no_harm(self, store: AnyStore) -> None:
        twice = replace(RIOT, events=RIOT.events * 2, actors=RIOT.actors * 2)
        put(store, twice)
        keep(store, full(copies=full().copies * 2, incidents=full().incidents * 2))
        assert store.analysis(RIOT.article.id) == twice
        assert len(store.links().incidents) == 1

    def test_a_file_name_that_is_no_text_is_spelt_out(self, store: AnyStore) -> None:
        odd = replace(BARE, origin="caf\udce9.txt")
        put(store, odd, Rejected("caf\udce9.html", "read", "empty"))
        assert store.article(BARE.id) == odd
        assert list(store.rejected()) == [Rejected("caf\\udce9.html", "read", "empty")]


class TestWriting:
    def test_again_changes_nothing(self, store: AnyStore) -> None:
        put(store, unrest(), BARE)
        keep(store, full())
        before = digest(store)
        put(store, unrest(), BARE)
        keep(store, full())
        assert digest(store) == before

    def test_a_new_analysis_leaves_nothing_of_the_old(self, store: AnyStore, fresh: Fresh) -> None:
        put(store, unrest())
        fewer = replace(unrest(), events=(), claims=(), tolls=(), labels=())
        put(store, fewer, stamp="two")
        assert store.analysis(fewer.article.id) == fewer
        assert store.has([fewer.article.id]) == {fewer.article.id: "two"}
        assert store.find(unrest().events[0].id) is None
        other = MemoryStore()
        put(other, fewer, stamp="two")
        assert digest(store) == digest(other)

    def test_an_analysis_outranks_its_article_alone(self, store: AnyStore) -> None:
        put(store, RIOT)
        put(store, RIOT.article, stamp="two")
        assert store.analysis(RIOT.article.id) == RIOT
        put(store, BARE)
        put(store, Analysis(BARE), BARE, stamp="two")
        assert store.ids() == {BARE.id: "two", RIOT.article.id: "one"}

    def test_a_changed_article_replaces_an_analysis(self, store: AnyStore) -> None:
        changed = replace(RIOT.article, text="Nobody burnt a bank.")
        put(store, RIOT)
        put(store, changed)
        assert store.analysis(changed.id) == Analysis(changed)

    def test_rejects_are_counted_once(self, store: AnyStore) -> None:
        put(store, Rejected("a.html", "read", "empty"), Rejected("a.html", "read", "empty"))
        put(store, Rejected("a.html", "read", "empty"), Rejected("b.html", "read", "empty"))
        assert sorted(each.origin for each in store.rejected()) == ["a.html", "b.html"]

    def test_links_are_replaced_whole(self, store: AnyStore) -> None:
        keep(store, full())
        assert store.links() == full()
        assert store.find("1" * 16) == Found("incident", "1" * 16, None)
        keep(store, Links())
        assert store.links() == Links()
        assert store.find("1" * 16) is None

    def test_judgements_stay_whatever_is_rerun(self, store: AnyStore) -> None:
        first = Judgement("a", "b", Verdict.SAME, "ana", "2022-01-08T10:00:00+00:00", "same fire")
        second = Judgement("a", "b", Verdict.NOT_SAME, "bo", "2022-01-09T10:00:00+00:00")
        store.judge(second)
        store.judge(first)
        store.judge(first)
        put(store, unrest())
        put(store, replace(unrest(), events=(), claims=(), tolls=(), labels=()), stamp="two")
        keep(store, full())
        assert list(store.judgements()) == [first, second]

    def test_judgements_keep_what_they_were_given_with_and_where_their_records_stand(self, store: AnyStore) -> None:
        anchor = Anchor("ab" * 8, 3, 8, "burnt")
        word = Judgement("a", "b", Verdict.SPLIT, "ana", "2022-01-08T10:00:00+00:00", "", "g", anchor, None)
        other = replace(word, left="c", left_anchor=None, right_anchor=Anchor("b", 0, 0, "Unrest"))
        store.judge(word, other, word)
        assert sorted(store.judgements(), key=lambda each: each.left) == [word, other]

    def test_a_word_that_was_said_before_stays_as_it_is(self, store: AnyStore) -> None:
        word = Judgement("a", "b", Verdict.SAME, "ana", "2022-01-08", "", "g", Anchor("c", 3, 8, "burnt"))
        store.judge(word)
        store.judge(replace(word, group="", left_anchor=None))
        store.judge()
        assert list(store.judgements()) == [word]

    def test_runs_are_noted_and_are_no_content(self, store: AnyStore) -> None:
        before = digest(store)
        store.put_run(Run("one", "2022-01-08T10:00:00+00:00"))
        ended = Run("one", "2022-01-08T10:00:00+00:00", "2022-01-08T10:01:00+00:00", "0.1.0", added=3)
        store.put_run(ended)
        assert list(store.runs()) == [ended]
        assert digest(store) == before

    def test_writing_while_reading(self, store: AnyStore) -> None:
        put(store, RIOT)
        for each in store.analyses():  # as it stood when the loop began
            put(store, MARCH, replace(each, events=()))
        assert len(store.ids()) == 2

    @EXAMPLES
    @given(
        st.lists(analyses(), max_size=5, unique_by=lambda each: each.article.id),
        st.lists(REJECTS, max_size=3),
        st.integers(1, 3),
        st.randoms(),
    )
    def test_order_and_batches_do_not_matter(
        self, fresh: Fresh, given: list[Analysis], rejects: list[Rejected], size: int, random: st.DataObject
    ) -> None:
        store, other = fresh(), MemoryStore()
        put(other, *given, *rejects)
        mixed = list(given)
        random.shuffle(mixed)  # type: ignore[attr-defined]
        put(store, *rejects)
        for batch in chunks(mixed, size):
            put(store, *batch)
        assert digest(store) == digest(other)


class TestFind:
    @pytest.fixture
    def store(self, fresh: Fresh) -> AnyStore:
        made = fresh()
        put(made, unrest(), MARCH)
        keep(made, full())
        return made

    def test_every_kind_of_record(self, store: AnyStore) -> None:
        one = unrest()
        records = {
            "actor": one.actors,
            "place": one.places,
            "time": one.times,
            "claim": one.claims,
            "event": one.events,
            "toll": one.tolls,
        }
        for kind, found in records.items():
            for record in found:
                assert store.find(record.id) == Found(kind, record.id, one.article.id)
        assert store.find(one.article.id) == Found("article", one.article.id, one.article.id)
        assert store.find("2222") == Found("origin", "2" * 16, None)
        assert store.find("3333") == Found("story", "3" * 16, None)
        copy = full().copies[0]
        assert store.find(copy_id(copy.article, copy.of)) == Found("copy", copy_id(copy.article, copy.of), copy.article)

    def test_a_kind_may_be_asked_for(self, store: AnyStore) -> None:
        event = unrest().events[0]
        incident = replace(full().incidents[0], id=event.id)
        keep(store, full(incidents=(incident,)))
        assert store.find(event.id[:9]) == Found("incident", event.id, None)
        assert store.find(event.id[:9], "event") == Found("event", event.id, event.trigger.article)
        assert store.find(event.id, "claim") is None

    def test_a_beginning_is_enough_if_only_one_has_it(self, store: AnyStore) -> None:
        event = unrest().events[0]
        assert store.find(event.id[:9]) == Found("event", event.id, event.trigger.article)
        assert store.find(event.id[:3]) is None
        put(store, replace(BARE, id="same-1"), replace(BARE, id="same-2"), replace(BARE, id="same"))
        assert store.find("same-") is None
        assert store.find("same") == Found("article", "same", "same")

    def test_short_ids_are_found_whole(self, store: AnyStore) -> None:
        put(store, replace(BARE, id="7"), replace(BARE, id="77"))
        assert store.find("7") == Found("article", "7", "7")

    @pytest.mark.parametrize("asked", ["", "%", "____", "%%%%", "'", "x\x00yz", "\U0010ffff" * 4])
    def test_odd_ids_are_unknown(self, store: AnyStore, asked: str) -> None:
        assert store.find(asked) is None


class TestSearch:
    def found(self, store: AnyStore, query: str) -> list[str]:
        return [article.quote(span) for article, span in store.search(query)]

    def test_all_words_whatever_their_case_and_accents(self, store: AnyStore) -> None:
        put(store, analysis("In Bogotá the café burnt."), analysis("In Bogotá nothing burnt."))
        assert self.found(store, "BURNT Café") == ["café"]
        assert self.found(store, "Bogotá") == ["Bogotá", "Bogotá"]
        assert self.found(store, "bogotá madrid") == []

    def test_words_not_parts_of_words(self, store: AnyStore) -> None:
        put(store, analysis("The rebellion spread."))
        assert self.found(store, "rebel") == []

    def test_the_best_come_first(self, store: AnyStore) -> None:
        put(store, analysis("Fire and more fire, said the fire chief."), analysis("A fire, then rain, wind and snow."))
        assert [article.text[:4] for article, _ in store.search("fire")] == ["Fire", "A fi"]
        assert len(store.search("fire", 1)) == 1
        assert store.search("fire", 0) == []

    def test_articles_without_analysis_are_searched_too(self, store: AnyStore) -> None:
        put(store, BARE)
        assert self.found(store, "Протест") == ["Протест"]

    def test_a_replaced_text_is_not_found(self, store: AnyStore) -> None:
        put(store, RIOT)
        put(store, Analysis(replace(RIOT.article, text="All was quiet.")))
        assert self.found(store, "burnt") == []
        assert self.found(store, "quiet") == ["quiet"]

    @pytest.mark.parametrize(
        "query", ["", '"', "AND", "a OR", "NEAR(", "*", "text:x", "-x ^", "%_\\", "'; DROP", "\x00"]
    )
    def test_nothing_in_a_query_is_special(self, store: AnyStore, query: str) -> None:
        put(store, RIOT)
        assert store.search(query) == []
        assert self.found(store, f'bank AND* "burnt" {query}'.replace("AND", "-")) in (["burnt"], [])

    @EXAMPLES
    @given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
    def test_hits_hold_a_word_of_any_query(self, fresh: Fresh, texts: list[str], query: str) -> None:
        store = fresh()
        put(store, *(Article(text) for text in texts))
        for article, span in store.search(query):
            assert article.quote(span)


def test_a_url_may_mean_memory() -> None:
    assert isinstance(open_store("sqlite://"), MemoryStore)
