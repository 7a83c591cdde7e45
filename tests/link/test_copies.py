"""What a copy is and is not: the demo archive's copies, independent reports, direction, an analyst's word."""

from __future__ import annotations

import json
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

import sayso
from sayso.link import link
from sayso.link.align import common_passages, shares
from sayso.link.copies import copy_of
from sayso.link.credit import credits_outlet
from sayso.link.words import read_words, stem
from sayso.model import Analysis, Article, Copy, CopyKind, Judgement, Origin, Verdict
from sayso.text import same_name

DEMO = Path(sayso.__file__).parent / "data" / "demo"
WIRE = (
    "MIRBEK, 3 May 2021 (TNA) - Fishermen blocked the harbour road on Monday after the port authority closed two of"
    " its four piers without warning. Boats lay three deep along the quay by noon.\n\nThe authority said the piers were"
    ' unsafe and would stay shut until engineers had looked at the piles. "We will open nothing that may fall into the'
    ' sea under our people," its director, Olga Brandt, told a meeting in the fish hall. Nobody was hurt when a crane'
    " was pushed over on Saturday.\n\nThe union wants the ministry to pay for lost catches. A first payment had been"
    " promised for April and never came, its secretary said, and half the crews had sold their nets since then."
)
OTHER = (
    "Two piers are shut and nobody in Mirbek knows for how long. Our reporter counted sixty boats that could not land"
    ' their catch this morning.\n\n"We will open nothing that may fall into the sea under our people," director Olga'
    " Brandt said in the fish hall to loud boos.\n\nShopkeepers near the market complain that prices for cod have"
    " doubled, while cafes on the front are empty for the first time in a decade of summers."
)


def copies_among(articles: list[Article], judgements: list[Judgement] | None = None) -> tuple[Copy, ...]:
    return link([Analysis(article) for article in articles], judgements or []).copies


def origins_of(articles: list[Article]) -> tuple[Origin, ...]:
    return link([Analysis(article) for article in articles]).origins


@lru_cache(maxsize=1)
def demo() -> tuple[dict[str, Article], dict[str, Any]]:
    """The demo's articles in plain text and JSONL by key, and their rows of the manifest."""
    rows = tomllib.loads(DEMO.with_suffix(".toml").read_text("utf-8"))["article"]
    articles = {}
    for row in rows:
        file, text = DEMO / row["file"], None
        if file.suffix == ".txt":
            text = file.read_text("utf-8")
        elif file.suffix == ".jsonl":
            text = row["title"] + "\n\n" + json.loads(file.read_text("utf-8").splitlines()[row["line"] - 1])["text"]
        if text and text.strip():
            published = row["published"].isoformat() if row.get("published") else None
            articles[row["key"]] = Article(
                text, title=text.split("\n\n")[0], outlet=row["outlet"], credits=tuple(row.get("credits", ())),
                published=published, id=row["key"],
            )  # fmt: skip
    return articles, {row["key"]: row for row in rows}


def test_every_copy_of_the_demo_is_found_with_its_original_and_kind() -> None:
    articles, rows = demo()
    expected = {
        key: (row["copy_of"], row["kind"])
        for key, row in rows.items()
        if key in articles and row.get("copy_of") in articles
    }
    found = {copy.article: (copy.of, str(copy.kind)) for copy in copies_among(list(articles.values()))}
    assert len(expected) >= 4
    assert found == expected


def test_evidence_stands_in_both_articles() -> None:
    articles, _ = demo()
    for copy in copies_among(list(articles.values())):
        assert copy.evidence
        for mine, theirs in copy.evidence:
            assert articles[copy.article].quote(mine) and articles[copy.of].quote(theirs)


def test_a_shared_quotation_is_no_copy() -> None:
    one, two = Article(WIRE, published="2021-05-03"), Article(OTHER, published="2021-05-04")
    assert copy_of(one, two) is None


def test_only_words_outside_quotation_marks_count() -> None:
    left, right = read_words(Article(OTHER)), read_words(Article(WIRE))
    assert common_passages(left, right)
    assert shares(left, right, common_passages(left, right))[0] < 0.05


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda text: text, CopyKind.EXACT),
        (lambda text: text.split(" - ", 1)[1], CopyKind.EXACT),
        (lambda text: text.split("\n\n")[2], CopyKind.EXCERPT),
        (lambda text: text.replace("Fishermen", "Crews").replace("had been promised", "was due"), CopyKind.EDITED),
    ],
)
def test_kinds(change: Any, kind: CopyKind) -> None:
    later = Article(change(WIRE), published="2021-05-05", outlet="Bay Post")
    found = copy_of(Article(WIRE, published="2021-05-03", outlet="Tern News Agency"), later)
    assert found is not None
    assert found.article == later.id
    assert found.kind is kind or (kind is CopyKind.EDITED and found.kind is CopyKind.EXACT)


def test_the_one_that_credits_the_other_is_the_copy_whatever_the_dates() -> None:
    agency = Article(WIRE, outlet="Tern News Agency", published="2021-05-03T12:00:00Z", id="a")
    client = Article(WIRE, outlet="Bay Post", credits=("TNA",), published="2021-05-03T11:00:00Z", id="b")
    found = copy_of(agency, client)
    assert found is not None and (found.article, found.of) == ("b", "a")
    assert found.reasons[-1].name == "credit"


def test_without_dates_the_direction_is_by_id_and_says_so() -> None:
    found = copy_of(Article(WIRE, id="b"), Article(WIRE, id="a"))
    assert found is not None and (found.of, found.article) == ("a", "b")
    assert found.reasons[-1].score <= 0.1


def test_an_analyst_makes_and_unmakes_copies() -> None:
    one, two, other = Article(WIRE, id="a"), Article(WIRE, id="b"), Article(OTHER, id="c")
    word = Judgement("a", "b", Verdict.NOT_COPY, "ana", "2021-06-01T00:00:00Z")
    assert copies_among([one, two, other], [word]) == ()
    later = Judgement("b", "a", Verdict.COPY, "ana", "2021-06-02T00:00:00Z")
    assert [copy.article for copy in copies_among([one, two, other], [later, word])] == ["b"]
    forced = Judgement("a", "c", Verdict.COPY, "ana", "2021-06-01T00:00:00Z")
    assert "judgement" in {r.name for copy in copies_among([one, other], [forced]) for r in copy.reasons}


def test_initials_stand_for_an_agency_and_an_outlet_never_credits_itself() -> None:
    assert same_name("TNA", "Tern News Agency")
    assert not same_name("Tern", "Tern News Agency")
    assert credits_outlet(Article(WIRE, outlet="Bay Post"), "Tern News Agency")
    assert not credits_outlet(Article(WIRE, outlet="Tern News Agency"), "Tern News Agency")


@pytest.mark.parametrize(
    ("one", "two"), [("protesters", "protester"), ("stormed", "storming"), ("cities", "city"), ("3,000", "3000")]
)
def test_stems_agree(one: str, two: str) -> None:
    assert stem(one) == stem(two)


def test_articles_that_credit_one_agency_for_one_report_share_an_origin() -> None:
    cut = WIRE.split("\n\n")
    one = Article(cut[0] + "\n\n" + cut[1], outlet="Bay Post", credits=("TNA",), published="2021-05-03", id="a")
    two = Article(cut[0] + "\n\n" + cut[2], outlet="Fish Daily", credits=("TNA",), published="2021-05-04", id="b")
    origins = origins_of([one, two])
    assert [origin.articles for origin in origins] == [("a", "b")]


def test_the_origin_is_named_after_the_agency() -> None:
    agency = Article(WIRE, outlet="Tern News Agency", published="2021-05-03", id="a")
    client = Article(WIRE, outlet="Bay Post", published="2021-05-04", id="b")
    own = Article(OTHER, outlet="Bay Post", published="2021-05-04", id="c")
    articles = [agency, client, own]
    names = {origin.articles: origin.name for origin in origins_of(articles)}
    assert names == {("a", "b"): "Tern News Agency", ("c",): "Bay Post"}
