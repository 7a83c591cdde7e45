"""The page of one article: its whole text, marked; what was not understood; what was copied, and changed."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import lxml.html
import pytest
from fastapi.testclient import TestClient
from lxml.html import HtmlElement

from sayso.api import Project
from sayso.config import Config
from sayso.model import Analysis, Article, Event, EventType, Span, event_id
from sayso.serve.app import make_app
from tests.builders import analysis, unrest, witnessed

EVIL_ID = "x\"><script>alert(1)</script>/../y?z#'"
EVIL = (
    "</p></article><script>alert(1)</script> {{ 7*7 }} {% raw %}\u202e<img src=x onerror=alert(2)>\u2066 said"
    " rioters burnt a \x00bank in <b>Almaty</b>. <svg onload=alert(3)>"
)


def hostile() -> Analysis:
    """An article every field of which tries to run, to be taken for a template, or to turn the page around."""
    return analysis(
        EVIL,
        id=EVIL_ID,
        title="<script>alert('title')</script>\u202e{{ config }}",
        outlet='"><script>alert("outlet")</script>',
        url="javascript:alert('url')",
        origin="<script>alert('origin')</script>",
        byline=("<i onclick=alert(4)>Ana</i>",),
        lang="en",
        actors={"rioters": {"name": "<script>alert('actor')</script>"}},
        places={"Almaty": {"name": "<script>alert('place')</script>", "reasons": [("<b>", 0.5, "</li><script>")]}},
        claims=[{"chain": [("rioters", "said")], "content": ["burnt a \x00bank"], "about": ["burnt"]}],
        events=[{"trigger": "burnt", "actors": ["rioters"], "place": "Almaty", "reasons": [("<b>", 0.5, "{{ 1 }}")]}],
    )


def written(path: Path, *analyses: Analysis, kept: tuple[Article, ...] = ()) -> TestClient:
    with Project(Config(db=str(path))) as project:
        project.store.put(analyses, kept, [], "test 1")
        project.relink()
    return TestClient(make_app(Config(db=str(path))), base_url="http://127.0.0.1")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """An archive of three: one with every kind of record, one with chains and what reporters saw, a hostile one."""
    path = tmp_path_factory.mktemp("small") / "small.db"
    with written(path, unrest(), witnessed(), hostile()) as client:
        yield client


def page_of(client: TestClient, id: str, asked: str = "") -> HtmlElement:
    answer = client.get(f"/articles/{quote(id, safe='')}{asked}")
    assert answer.status_code == 200, answer.text[:500]
    return lxml.html.document_fromstring(answer.text)


def words_in(element: HtmlElement) -> str:
    """The text of an element without the letters of the marks."""
    return "".join(element.xpath(".//text()[not(ancestor::*[@class='tag'])]"))


def text_of(page: HtmlElement) -> tuple[str, str]:
    """The heading and the text under it."""
    return words_in(page.get_element_by_id("headline")), words_in(page.get_element_by_id("text"))


def cards(page: HtmlElement) -> list[HtmlElement]:
    found: list[HtmlElement] = page.xpath("//*[@data-id and starts-with(@id, 'card-')]")
    return found


def card(page: HtmlElement, words: str) -> HtmlElement:
    """The card of the record that stands on these words."""
    (found,) = (one for one in cards(page) if one.find(".//q").text_content() == words)
    return found


def facts(element: HtmlElement) -> dict[str, str]:
    """What a list of facts says under each name."""
    names, values = element.findall(".//dt"), element.findall(".//dd")
    return {
        name.text_content(): " ".join(value.text_content().split()) for name, value in zip(names, values, strict=True)
    }


# --------------------------------------------------------------------------- the text


@pytest.mark.parametrize("asked", ["", "?at=30-90", "?show=none", "?at=0-1"])
def test_the_marked_text_is_the_text_of_the_article(small: TestClient, asked: str) -> None:
    article = unrest().article
    heading, body = text_of(page_of(small, article.id, asked))
    assert heading + body == article.text


def test_paragraphs_and_lines_are_kept_as_written(tmp_path: Path) -> None:
    text = "First line\n  second line.\n\n\nNext paragraph.\n \nLast."
    with written(tmp_path / "a.db", Analysis(Article(text, id="lines"))) as client:
        page = page_of(client, "lines")
    assert [words_in(one) for one in page.xpath("//*[@id='text']/p")] == [
        "First line\n  second line.",
        "Next paragraph.",
        "Last.",
    ]
    assert text_of(page)[1] == text


def test_marks_and_cards_point_at_one_another_without_a_script(small: TestClient) -> None:
    page = page_of(small, unrest().article.id)
    ids = [one.get("id") for one in page.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    letters = page.xpath("//article//a[@class='tag']")
    backs = page.xpath("//a[@class='back']")
    assert len(letters) >= len(backs) == len(cards(page)) == 10
    assert {one.get("href").removeprefix("#") for one in (*letters, *backs)} <= set(ids)


def test_a_place_that_a_link_points_at_is_marked(small: TestClient) -> None:
    article = unrest().article
    start = article.text.index("burnt the city hall")
    page = page_of(small, article.id, f"?at={start}-{start + 19}")
    assert "".join(map(words_in, page.xpath("//article//mark[@class='at']"))) == "burnt the city hall"
    assert len(page.xpath("//*[@id='at']")) == 1


@pytest.mark.parametrize("at", ["90-30", "x", "-1-4", "5-5", "99999-100000", "1" * 50 + "-2", "<script>"])
def test_a_place_that_is_none_is_told_and_ignored(small: TestClient, at: str) -> None:
    page = page_of(small, unrest().article.id, f"?at={quote(at)}")
    assert "is no place in this text" in page.text_content()
    assert not page.xpath("//*[@id='at']")


# --------------------------------------------------------------------------- the records


def test_a_chain_is_drawn_from_the_outlet_to_the_origin_with_its_cues(small: TestClient) -> None:
    found = card(
        page_of(small, unrest().article.id), "rioters burnt the city hall in Almaty on Friday because of a price rise"
    )
    boxes = [" ".join(one.text_content().split()) for one in found.xpath(".//*[@class='node']")]
    assert boxes == ["outlet Harbour News", "media Channel 9", "witness, origin eyewitnesses"]
    assert [one.text_content() for one in found.xpath(".//*[@class='from']/i")] == ["said", "citing"]
    assert found.findtext(".//strong") == "asserts"


def test_a_denial_reads_as_one(small: TestClient) -> None:
    found = card(page_of(small, unrest().article.id), "soldiers had fired first")
    assert found.findtext(".//strong") == "denies"


def test_a_saying_that_was_not_said_and_one_inside_of_another_say_so(small: TestClient) -> None:
    page = page_of(small, witnessed().article.id)
    assert "not said" in card(page, "police had reportedly told him guards fired on a crowd").text_content()
    inner = card(page, "guards fired on a crowd").text_content()
    assert "hedged by" in inner and "inside of" in inner


def test_an_event_says_who_whom_where_when_and_which_incident(small: TestClient) -> None:
    found = card(page_of(small, unrest().article.id), "burnt")
    assert "ASSAULT/property occurred political" in " ".join(found.text_content().split())
    told = facts(found)
    assert (told["who"], told["where"][:11], told["when"][:10]) == ("rioters", "Almaty, KAZ", "2022-01-07")
    (incident,) = (one.get("href") for one in found.iter("a") if one.get("href").startswith("/incidents/"))
    assert small.get(incident).status_code == 200


def test_a_toll_gives_its_bounds_and_a_place_where_it_lies(small: TestClient) -> None:
    page = page_of(small, unrest().article.id)
    assert "lowest 26, highest 26" in card(page, "26 armed criminals").text_content()
    place = card(page, "Almaty").text_content()
    assert "43.250, 76.910" in place and "1526384" in place


def test_a_record_that_is_asked_for_is_opened(small: TestClient) -> None:
    event = unrest().events[0]
    page = page_of(small, unrest().article.id, f"?event={event.id}")
    (opened,) = (one for one in cards(page) if "opened" in one.get("class"))
    assert opened.get("id") == f"card-{event.id}"
    assert opened.xpath(".//details[@open]")
    assert "Nothing in this article has the id" in page_of(small, unrest().article.id, "?claim=0000").text_content()


@pytest.mark.parametrize("asked", ["?show=claims,tolls", "?show=claims&show=tolls"])
def test_what_is_shown_is_in_the_address(small: TestClient, asked: str) -> None:
    page = page_of(small, unrest().article.id, asked)
    hidden = page.get_element_by_id("reading").get("class").split()[1:]
    assert hidden == ["no-seen", "no-events", "no-names", "no-places", "no-times"]
    assert [one.get("value") for one in page.xpath("//input[@name='show'][@checked]")] == ["claims", "tolls"]


# --------------------------------------------------------------------------- metadata and gaps


def test_it_tells_where_it_comes_from(small: TestClient) -> None:
    page = page_of(small, unrest().article.id)
    told = facts(page.get_element_by_id("about").getparent())
    assert told["byline"] == "Ana Ruiz, Bo Lind"
    assert told["credits"] == "Silkroad Agency"
    assert told["dateline"] == "ALMATY, 2022-01-07"
    assert told["read from"] == "demo.jsonl:3"
    assert told["analysed by"] == "test 1"
    assert page.xpath("//a[@href='https://harbour.example/1']")[0].get("rel") == "noreferrer noopener nofollow"


def test_it_tells_what_was_not_understood(small: TestClient) -> None:
    told = " ".join(page_of(small, unrest().article.id).get_element_by_id("gaps").getparent().text_content().split())
    assert "events without a place: 1" in told and "fired" in told
    assert "events without a day: 1" in told


def test_an_article_in_a_language_without_a_pipeline_says_so_and_can_be_read(tmp_path: Path) -> None:
    kept = Article("Шторм закрыл порт.\n\nПаромы стоят.", id="ru-1", lang="ru")
    with written(tmp_path / "a.db", kept=(kept,)) as client:
        page = page_of(client, "ru-1")
    assert "no pipeline for the language ru" in page.text_content()
    assert text_of(page)[1] == kept.text


# --------------------------------------------------------------------------- hostile


def test_nothing_in_an_article_runs_or_is_taken_for_a_template(small: TestClient) -> None:
    page = page_of(small, EVIL_ID)
    assert {one.get("src") for one in page.iter("script")} == {
        one.get("src") for one in page_of(small, unrest().article.id).iter("script")
    }
    assert not page.xpath("//article//svg | //img | //*[@onerror or @onload or @onclick or @style]")
    assert not [one for one in page.xpath("//a[@href]") if ":" in one.get("href").split("/")[0]]
    assert "{{ 7*7 }}" in page.text_content()
    assert not re.search("[\u202e\u2066]", page.text_content())  # they are never ended
    assert text_of(page)[1] == re.sub("[\x00\u202e\u2066]", "\ufffd", EVIL)
    assert "not linked" in page.text_content()


def test_an_article_of_any_id_can_be_compared(small: TestClient) -> None:
    answer = small.get(f"/articles/{quote(EVIL_ID, safe='')}/copy/{unrest().article.id}")
    assert answer.status_code == 200
    assert "Neither was taken from the other" in answer.text
    assert "<script>alert" not in answer.text


def test_an_article_that_is_not_there_is_not_found(small: TestClient) -> None:
    assert small.get("/articles/nothing").status_code == 404


# --------------------------------------------------------------------------- corrections


def test_forms_say_what_they_judge_and_lead_back(small: TestClient) -> None:
    event, page = unrest().events[0], page_of(small, unrest().article.id)
    form = card(page, "burnt").find(".//form")
    given = {one.get("name"): one.get("value") for one in form.iter("input")}
    assert (form.get("method"), form.get("action")) == ("post", "/review/judge")
    assert given["left"] == event.id and given["verdict"] == "wrong-code" and "csrf" in given
    assert given["back"] == f"/articles/{unrest().article.id}#card-{event.id}"
    assert [one.get("value", one.text) for one in form.iter("option")] == ["", *(one.value for one in EventType)]


# --------------------------------------------------------------------------- copies


def pair(desk: TestClient, kind: str, demo_db: Path) -> tuple[str, str]:
    """The articles of a copy of a kind in the demo archive: the copy, and what it was taken from."""
    with Project(Config(db=str(demo_db))) as project:
        return next((one.article, one.of) for one in project.store.links().copies if one.kind == kind)


def test_a_copy_and_its_original_name_one_another(desk: TestClient, demo_db: Path) -> None:
    late, early = pair(desk, "edited", demo_db)
    for one, other in ((late, early), (early, late)):
        page = page_of(desk, one)
        assert page.xpath(f"//a[@href='/articles/{one}/copy/{other}']")
        (form,) = (
            form
            for form in page.iter("form")
            if {field.get("value") for field in form.iter("input")} >= {late, early, "not-copy"}
        )
        assert form.xpath(".//input[@name='left']/@value")[0] == late


@pytest.mark.parametrize("view", ["", "?view=beside"])
def test_what_an_edited_copy_changed_is_shown_with_signs(desk: TestClient, demo_db: Path, view: str) -> None:
    late, early = pair(desk, "edited", demo_db)
    for address in (f"/articles/{late}/copy/{early}", f"/articles/{early}/copy/{late}"):
        page = lxml.html.document_fromstring(desk.get(address + view).text)
        assert page.xpath("//*[contains(@class, 'diff')]//del")
        assert page.xpath("//details[@class='fold']")
        assert page.xpath(f"//a[starts-with(@href, '/articles/{early}?at=')]")


@pytest.mark.parametrize("kind", ["rewritten", "translated"])
def test_what_was_reworded_stands_passage_beside_passage(desk: TestClient, demo_db: Path, kind: str) -> None:
    late, early = pair(desk, kind, demo_db)
    page = lxml.html.document_fromstring(desk.get(f"/articles/{late}/copy/{early}").text)
    assert "Passage beside passage" in page.text_content()
    assert len(page.xpath("//*[@class='pair']")) > 1


# --------------------------------------------------------------------------- long articles


def test_a_megabyte_comes_in_well_under_a_second_with_a_bounded_number_of_cards(tmp_path: Path) -> None:
    line = "Police number {0} said rioters burnt shop {0} in Almaty. "
    text = "".join(line.format(n) + ("\n\n" if n % 10 == 9 else "") for n in range(17_500))
    base = analysis(text, id="long", title="", places={"Almaty": {}}, events=[{"trigger": "burnt"}])
    many = tuple(spread(base, n) for n in range(2_000))
    long = Analysis(base.article, events=tuple(many))
    assert len(text) > 1_000_000
    with written(tmp_path / "long.db", long) as client:
        page_of(client, "long")
        began = time.perf_counter()
        answer = client.get("/articles/long?at=900000-900010")
        assert time.perf_counter() - began < 1.5
    page = lxml.html.document_fromstring(answer.text)
    assert len(cards(page)) == 300
    assert re.search(r"Records [\d,]+ to [\d,]+ of 2,000", page.text_content())
    assert text_of(page)[1] == text


def spread(base: Analysis, number: int) -> Event:
    """The one event of an analysis told again at its next mention, so many times on."""
    event = base.events[0]
    at = base.article.text.index(f"burnt shop {number} ")
    trigger = Span(base.article.id, at, at + 5)
    return replace(event, id=event_id(event.type, event.mode, trigger), trigger=trigger, evidence=(trigger,))
