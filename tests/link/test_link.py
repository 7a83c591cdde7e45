"""What always holds when articles are linked, whatever they say."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.link import link
from sayso.link.days import told_days
from sayso.link.headings import heading
from sayso.link.words import read_words
from sayso.model import Analysis, Article
from tests.builders import unrest
from tests.link.test_copies import OTHER, WIRE, demo, origins_of
from tests.strategies import analyses

SENTENCES = [sentence + "." for text in (WIRE, OTHER) for sentence in text.replace("\n\n", " ").split(". ")]
BODIES = st.lists(st.sampled_from(SENTENCES), max_size=8).map(" ".join) | st.text(max_size=40)
OUTLETS = st.sampled_from([None, "One", "Two", "Tern News Agency"])
ARTICLES = st.lists(
    st.builds(
        lambda body, outlet, day, credit: Article(
            body, url=f"{outlet}/{day}", outlet=outlet, published=day and f"2021-05-{day:02}", credits=credit
        ),
        BODIES,
        OUTLETS,
        st.none() | st.integers(1, 28),
        st.sampled_from([(), ("TNA",)]),
    ),
    max_size=6,
    unique_by=lambda article: article.id,
)


@settings(max_examples=40, deadline=None)
@given(ARTICLES, st.randoms())
def test_article_order_does_not_matter_and_linking_again_changes_nothing(
    articles: list[Article], random: object
) -> None:
    analyses = [Analysis(article) for article in articles]
    links = link(analyses)
    random.shuffle(analyses)  # type: ignore[attr-defined]
    assert link(analyses) == links == link([*analyses, *analyses])


@settings(max_examples=40, deadline=None)
@given(ARTICLES, st.integers(0, 5), st.sampled_from([None, "Copyist", "One"]))
def test_an_exact_copy_never_raises_the_number_of_origins(
    articles: list[Article], which: int, outlet: str | None
) -> None:
    if not articles or not read_words(articles[which % len(articles)]).text:
        return
    original = articles[which % len(articles)]
    copied = Article(original.text, url="copy", outlet=outlet, published="2021-06-01")
    before = origins_of(articles)
    after = origins_of([*articles, copied])
    assert len(after) <= len(before)
    assert sorted(id for origin in after for id in origin.articles) == sorted(a.id for a in [*articles, copied])


def test_articles_without_an_analysis_take_part() -> None:
    articles = [Article(WIRE, id="a", lang="ru"), Article(WIRE, id="b", lang="ru"), Article("", id="c")]
    links = link([Analysis(article) for article in articles])
    assert [copy.article for copy in links.copies] == ["b"]
    assert {story.articles for story in links.stories} == {("a", "b"), ("c",)}


def test_a_full_analysis_links_to_its_copy() -> None:
    one = unrest()
    links = link([one, Analysis(replace(one.article, id="copy", outlet="Mirror", credits=()))])
    assert len(links.copies) == 1 and len(links.origins) == 1
    assert all(len(incident.origins) == 1 for incident in links.incidents)


def test_the_demo_falls_into_stories_that_never_mix_countries() -> None:
    articles, rows = demo()
    for story in link([Analysis(article) for article in articles.values()]).stories:
        assert len({rows[id]["story"] for id in story.articles}) == 1, story.title


def test_heading_is_the_title_or_the_first_sentence() -> None:
    assert heading(Article("Piers shut\n\nTwo piers are shut.", title="Piers shut")) == "Piers shut"
    assert heading(Article("Two piers are shut. Nobody knows why.")) == "Two piers are shut"
    assert heading(Article("")) == ""


def test_days_are_read_from_plain_cues_without_an_analysis() -> None:
    told = told_days(Analysis(Article("It fell on Friday, and again on January 3.", published="2022-01-08")))
    assert set(told) == {738162, 738158}


@settings(max_examples=40, deadline=None)
@given(st.lists(analyses(), max_size=4, unique_by=lambda analysis: analysis.article.id))
def test_any_analysis_can_be_linked(found: list[Analysis]) -> None:
    links = link(found)
    assert link(found[::-1]) == links
    known = {analysis.article.id for analysis in found}
    assert sorted(id for story in links.stories for id in story.articles) == sorted(known)
    assert sorted(id for origin in links.origins for id in origin.articles) == sorted(known)


def test_a_later_carrier_of_an_agencys_text_does_not_take_the_credit_of_it() -> None:
    told = (
        "The authority said the piers were unsafe and would stay shut until engineers had looked at the piles. "
        '"We will open nothing that may fall into the sea under our people," its director, Olga Brandt, told a meeting '
        "in the fish hall."
    )
    opening = (
        "MIRBEK, 3 May 2021 (TNA) - Fishermen blocked the harbour road on Monday after the port authority closed two "
        "of its four piers without warning. "
    )
    agency = Article(told, id="a", outlet="Tern News Agency")
    taker = Article(opening + told[:102] * 3, id="b")
    carrier = Article(told, id="c", published="2021-06-01")
    for articles in ([agency, taker], [agency, taker, carrier]):
        assert len(origins_of(articles)) == 1


def test_a_carrier_is_not_left_alone_when_its_text_turns_out_to_be_taken_from_an_agency() -> None:
    told = "The authority said the piers were unsafe and would stay shut until engineers had looked at the piles."
    agency = Article(told, id="a", outlet="Tern News Agency")
    taker = Article(" ".join([told] * 3), id="b", credits=("TNA",))
    carrier = Article(taker.text, id="c", published="2021-06-01")
    articles = [agency, taker, carrier]
    assert len(origins_of(articles)) == 1
