"""The invented press: every record rests on its words, and what is said of it as true is."""

from __future__ import annotations

import json
import statistics
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from bench.generated import COPIED, Made, Report, analyses, reports
from sayso.link.keys import UNCOMMON
from sayso.link.profile import profile
from sayso.model import PROPERTY, Analysis, Span, claim_id, event_id, mention_id, toll_id
from sayso.record import from_json, to_json
from sayso.store import open_store


@pytest.fixture(scope="module")
def some() -> list[Report]:
    return list(reports(600))


def spans_of(analysis: Analysis) -> list[Span]:
    found = [span for actor in analysis.actors for span in actor.spans]
    found += [place.span for place in analysis.places] + [time.span for time in analysis.times]
    found += [toll.span for toll in analysis.tolls]
    for event in analysis.events:
        found += [event.trigger, *event.evidence, *event.actor_spans, *event.recipient_spans]
    for claim in analysis.claims:
        found += [*claim.content, *(part for link in claim.chain for part in (link.span, link.cue) if part)]
    return found


def words_of(report: Report) -> list[str]:
    article = report.analysis.article
    return article.text[article.body :].lower().split()


def runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def test_every_span_quotes_whole_words_of_its_article(some: list[Report]) -> None:
    for report in some:
        text = report.analysis.article.text
        for span in spans_of(report.analysis):
            quoted = report.analysis.article.quote(span)
            assert quoted == quoted.strip()
            assert not (text[span.start - 1 : span.start].isalnum() and quoted[0].isalnum())
            assert not (text[span.end : span.end + 1].isalnum() and quoted[-1].isalnum())


def test_words_are_what_they_stand_for(some: list[Report]) -> None:
    for report in some:
        analysis, quote = report.analysis, report.analysis.article.quote
        for place in analysis.places:
            assert quote(place.span).casefold() == place.name.casefold()
        for toll in analysis.tolls:
            assert toll.harm not in PROPERTY
            assert toll.low < 10 or f"{toll.low:,}" in quote(toll.span)
            assert (toll.high is None) == quote(toll.span).casefold().startswith("at least")


def test_ids_are_those_that_binding_gives(some: list[Report]) -> None:
    for analysis in (report.analysis for report in some):
        assert all(event.id == event_id(event.type, event.mode, event.trigger) for event in analysis.events)
        assert all(toll.id == toll_id(toll.harm, toll.low, toll.high, toll.span) for toll in analysis.tolls)
        assert all(claim.id == claim_id(claim.content, claim.chain) for claim in analysis.claims)
        assert all(place.id == mention_id("place", place.span) for place in analysis.places)
        assert all(time.id == mention_id("time", time.span) for time in analysis.times)
        assert all(actor.id == mention_id("actor", actor.spans[0]) for actor in analysis.actors if actor.spans)


def test_records_refer_to_records_of_their_article(some: list[Report]) -> None:
    for analysis in (report.analysis for report in some):
        actors = {actor.id for actor in analysis.actors}
        claims = {claim.id for claim in analysis.claims}
        told = {event.id for event in analysis.events} | {toll.id for toll in analysis.tolls}
        assert all({*event.actors, *event.recipients} <= actors for event in analysis.events)
        assert all(set(record.claims) <= claims for record in (*analysis.events, *analysis.tolls))
        assert all(set(claim.about) <= told for claim in analysis.claims)
        assert all(link.actor in actors for claim in analysis.claims for link in claim.chain)


def test_same_seed_same_articles_and_a_longer_run_begins_alike(some: list[Report]) -> None:
    assert list(reports(80)) == some[:80]
    assert list(analyses(20, start=60)) == [report.analysis for report in some[60:80]]
    assert next(analyses(1, seed=2)) != some[0].analysis


def test_each_article_comes_once_in_order_of_publication_and_after_what_it_copies(some: list[Report]) -> None:
    articles = [report.analysis.article for report in some]
    assert len({article.id for article in articles}) == len({article.url for article in articles}) == len(articles)
    assert all(str(one.published) <= str(two.published) for one, two in pairwise(articles))
    place = {article.id: at for at, article in enumerate(articles)}
    assert all(place[report.copy_of] < at for at, report in enumerate(some) if report.copy_of)
    assert all((report.copy_of is not None) == (report.made in COPIED) for report in some)


def test_records_survive_printing_and_storing(some: list[Report], tmp_path: Path) -> None:
    kept = [report.analysis for report in some[:200]]
    assert [from_json(json.loads(json.dumps(to_json(analysis)))) for analysis in kept] == kept
    store = open_store(str(tmp_path / "archive.db"))
    store.put(kept, [], [], "a stamp")
    assert sorted(store.analyses(), key=lambda one: one.article.id) == sorted(kept, key=lambda one: one.article.id)
    store.close()


def test_exact_copies_have_the_words_of_their_source(some: list[Report]) -> None:
    by_id = {report.analysis.article.id: report for report in some}
    exact = [report for report in some if report.made is Made.EXACT]
    assert len(exact) > 50
    assert all(words_of(report) == words_of(by_id[str(report.copy_of)]) for report in exact)


def test_other_reporters_share_few_runs_of_words_and_copies_many(some: list[Report]) -> None:
    by_id = {report.analysis.article.id: runs(words_of(report)) for report in some}
    own = [report for report in some if report.made not in COPIED]
    apart = [
        len(by_id[one.analysis.article.id] & by_id[two.analysis.article.id])
        for one, two in zip(own, own[7:], strict=False)
        if one.happening != two.happening
    ]
    assert statistics.mean(apart) < 0.5
    copied = [
        len(mine & by_id[report.copy_of]) / len(mine)
        for report in some
        if report.copy_of and (mine := by_id[report.analysis.article.id])
    ]
    assert statistics.median(copied) > 0.6


def test_only_reports_of_one_happening_have_uncommon_words_in_common(some: list[Report]) -> None:
    """As in real archives, where two reports on different happenings mostly share none but names of the country."""
    told = [(report, uncommon(report)) for report in some]
    apart = [
        len(one & two)
        for (left, one), (right, two) in zip(told, told[7:], strict=False)
        if left.happening != right.happening and (left.crisis is None or left.crisis != right.crisis)
    ]
    same = [
        len(one & two)
        for (left, one), (right, two) in combinations(told, 2)
        if left.happening == right.happening and not {left.made, right.made} & COPIED
    ]
    assert statistics.quantiles(apart, n=10)[-1] <= 3
    assert statistics.median(same) >= 8


def uncommon(report: Report) -> set[str]:
    rarity = profile(report.analysis).rarity
    return {term for term, value in rarity.items() if value >= UNCOMMON}


@pytest.mark.slow
def test_rates_are_as_stated() -> None:
    made: Counter[Made] = Counter()
    sizes: Counter[str] = Counter()
    lengths = []
    for report in reports(12_000):
        made[report.made] += 1
        sizes[report.happening] += 1
        lengths.append(len(words_of(report)))
        last = str(report.analysis.article.published)
    copied = sum(count for kind, count in made.items() if kind in COPIED) / 12_000
    assert 0.3 < copied < 0.42
    assert 0.6 < sum(size <= 3 for size in sizes.values()) / len(sizes) < 0.95
    assert 15 < max(sizes.values()) <= 60
    assert 160 < statistics.median(lengths) < 280
    assert sum(100 <= length <= 500 for length in lengths) > 0.97 * 12_000
    assert "2019-01-18" < last < "2019-01-28"  # so that a million take four to five years
