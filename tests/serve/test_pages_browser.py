"""Every page in a real browser, over the demo archive: it is whole, can be read by all, and is used by keys alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from sayso.config import Config
from sayso.serve.app import make_app
from tests.serve.browser import Watch, chromium, serving  # noqa: F401 - a fixture
from tests.serve.routes import routes_of
from tests.serve.seeing import inaccessible, misshapen, walk
from tests.serve.visitors import PASSWORD, account, guarded

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_WIDTHS = (1280, 390)  # pixels of the window: a desk's and a telephone's
_DATA = re.compile(r"/api/v1|/static/|/csrf$|.*\.jsonl?$")  # routes that answer with no page
_OTHERS = {"/import/{id}", "/login"}  # pages that a test of their own opens
# A page of each route; what stands in braces is taken from the archive.
_PAGES = {
    "/": ["/?since=all&country=KAZ", "/?since=2030-01-01"],
    "/api": ["/api"],
    "/articles/{id:path}": ["/articles/{copy}", "/articles/{copy}?at=4-30&show=claims", "/articles/{bare}"],
    "/articles/{id:path}/copy/{other:path}": ["/articles/{copy}/copy/{original}"],
    "/health": ["/health"],
    "/import": ["/import"],
    "/incidents/{id}": ["/incidents/{incident}"],
    "/keys": ["/keys"],
    "/lineage": ["/lineage?story={story}", "/lineage?since=all"],
    "/map": ["/map?since=all"],
    "/report": ["/report"],
    "/review": ["/review", "/review?kind=copies", "/review?kind=codes", "/review?show=said"],
    "/search": ["/search?q=police", "/search?q=zzzz"],
    "/sources": ["/sources", "/sources?q=police"],
    "/sources/{name:path}": ["/sources/interior%20ministry", "/sources/Eastgate%20Daily"],
}
_EVERY = [address for some in _PAGES.values() for address in some] + ["/incidents/0000000000000000"]


@pytest.fixture(scope="module")
def app(demo_db: Path, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The desk over a copy of the demo archive, of which pages are read only."""
    copy = shutil.copy(demo_db, tmp_path_factory.mktemp("pages") / "demo.db")
    return make_app(Config(db=str(copy), analyst="ana"))


@pytest.fixture(scope="module")
def home(app: FastAPI) -> Iterator[str]:
    with serving(app) as origin:
        yield origin


@pytest.fixture(scope="module")
def records(home: str) -> dict[str, str]:
    """Records of the archive, by what stands in braces in `_PAGES`."""
    with httpx.Client(base_url=f"{home}/api/v1") as client:
        copy = client.get("/copies").json()["items"][0]
        incident = max(client.get("/incidents?limit=100").json()["items"], key=told_by)
        story = max(client.get("/stories?limit=100").json()["items"], key=told_by)
        bare = client.get("/articles?lang=ru").json()["items"][0]
    found = {"copy": copy["article"], "original": copy["original"], "incident": incident["id"], "story": story["id"]}
    return {name: quote(id, safe="") for name, id in (found | {"bare": bare["id"]}).items()}


def told_by(record: dict[str, Any]) -> int:
    """How many articles tell of it: a number in lists of incidents, all of them in lists of stories."""
    articles = record["articles"]
    return articles if isinstance(articles, int) else len(articles)


@pytest.fixture(scope="module")
def context(chromium: Browser, home: str) -> Iterator[BrowserContext]:  # noqa: F811
    made = chromium.new_context()
    yield made
    made.close()


@pytest.fixture(scope="module")
def watch(context: BrowserContext, home: str) -> Watch:
    return Watch(context, home)


@pytest.fixture
def page(watch: Watch) -> Iterator[Page]:
    """The one page of the module, on which nothing may go wrong."""
    watch.page.set_viewport_size({"width": 1280, "height": 900})
    yield watch.page
    assert watch.wrong() == []


def test_no_page_is_forgotten(app: FastAPI) -> None:
    pages = {path for method, path in routes_of(app) if method == "GET" and not _DATA.match(path)}
    assert pages == _PAGES.keys() | _OTHERS


@pytest.mark.parametrize("address", _EVERY)
def test_a_page_opens_and_all_can_read_it(watch: Watch, records: dict[str, str], address: str) -> None:
    faults = [*opened(watch, address.format_map(records)), *(f"title: {one}" for one in untitled(watch.page))]
    for width in _WIDTHS:
        watch.page.set_viewport_size({"width": width, "height": 900})
        faults += [f"at {width}: {one}" for one in [*misshapen(watch.page), *inaccessible(watch.page)]]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("address", _EVERY)
def test_tab_alone_reaches_everything(page: Page, watch: Watch, records: dict[str, str], address: str) -> None:
    assert opened(watch, address.format_map(records)) == []
    walked = walk(page)
    assert walked.reachable
    assert not list(walked.faults()), "\n".join(walked.faults())


def opened(watch: Watch, address: str) -> list[str]:
    """What went wrong while a page was opened."""
    expected = 404 if address.endswith("0" * 16) else 200
    answer = watch.page.goto(watch.origin + address)
    if address.startswith("/map"):
        watch.page.wait_for_load_state("networkidle")  # it is drawn by a script
    wrong = [one for one in watch.wrong() if expected == 200 or "status of 404" not in one]
    return wrong if answer and answer.status == expected else [*wrong, f"status {answer and answer.status}"]


def untitled(page: Page) -> Iterator[str]:
    title = page.title()
    if not title.endswith(" · sayso") or len(title) < len("Map · sayso"):
        yield title


def test_pages_have_titles_of_their_own(page: Page, home: str, records: dict[str, str]) -> None:
    titles = {}
    for route, addresses in _PAGES.items():
        page.goto(home + addresses[0].format_map(records))
        titles[route] = page.title()
    assert len(set(titles.values())) == len(titles), titles


def test_who_has_an_account_comes_in_and_leaves_by_keys(chromium: Browser, own_db: Path) -> None:  # noqa: F811
    with serving(guarded(own_db, account("ana", "read", "judge"))) as origin:
        context = chromium.new_context()
        watch = Watch(context, origin)
        page = watch.page
        page.goto(f"{origin}/sources")
        assert page.url == f"{origin}/login?next=/sources"
        assert [*misshapen(page), *inaccessible(page), *untitled(page), *walk(page).faults()] == []
        page.get_by_label("Name").focus()
        page.keyboard.type("ana")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{origin}/sources")
        assert inaccessible(page) == []
        page.get_by_role("button", name="Leave").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/login**")
        assert watch.wrong() == []
        context.close()


def test_the_looks_notice_what_is_wrong(watch: Watch) -> None:
    """They find faults on a page that has them."""
    page = watch.page
    page.goto("about:blank")
    page.set_content(
        "<html lang=en><title>x</title><style>.bare:focus { outline: none }</style><h1>One</h1><h1>Two</h1>"
        "<h3>Deep</h3>"
        "<p style='width: 3000px; color: #ccc'>Pale</p><a href=/a>a</a><a href=/b class=bare>b</a><img src=data:>"
        "<a href=/c tabindex=3>c</a><a href=/d>d</a><input onkeydown='if (event.key === `Tab`) event.preventDefault()'>"
    )
    shape = " ".join(misshapen(page))
    assert all(words in shape for words in ("2 main headings", "leave a level out", "wider than the window"))
    found = " ".join(inaccessible(page))
    assert all(words in found for words in ("color-contrast", "image-alt", "label"))
    told = " ".join(walk(page).faults())
    assert all(words in told for words in ("do not show the focus", "does not come back"))
    watch.wrong()


# --------------------------------------------------------------------------- keys


def focused(page: Page) -> str:
    """Id, class or words of what has the focus."""
    told: str = page.evaluate("(({id, className, innerText}) => id || className || innerText)(document.activeElement)")
    return told


def test_the_skip_link_leads_past_the_frame(page: Page, home: str) -> None:
    page.goto(f"{home}/sources")
    page.keyboard.press("Tab")
    assert focused(page) == "skip"
    box = page.locator(".skip").bounding_box()
    assert box and box["x"] >= 0 and box["y"] >= 0  # now that it has the focus it is seen
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_slash_goes_to_the_search_but_not_in_a_field(page: Page, home: str) -> None:
    page.goto(f"{home}/health")
    page.keyboard.press("/")
    assert focused(page) == "find"
    page.keyboard.type("and/or")
    assert page.input_value("#find") == "and/or"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{home}/search?q=and%2For")


def test_marks_and_cards_of_an_article_lead_to_one_another_by_keys(
    page: Page, home: str, records: dict[str, str]
) -> None:
    page.goto(f"{home}/articles/{records['copy']}")
    mark = page.locator("#text a.tag").first
    card = mark.get_attribute("href") or ""
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{card}")
    page.keyboard.press("Tab")
    assert page.evaluate("'#' + document.activeElement.closest('.card').id") == card
    page.keyboard.press("Enter")  # its first link leads back to the words
    back = page.evaluate("location.hash.slice(1)")
    assert page.evaluate("document.querySelector(':target').closest('#text') !== null")
    assert back.endswith(card.removeprefix("#card-"))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#text') !== null")


def test_the_map_to_zoom_opens_by_keys_in_place_of_the_plain_one(page: Page, home: str) -> None:
    page.goto(f"{home}/?since=all&country=KAZ")
    page.locator("#zoom").focus()
    page.keyboard.press("Enter")
    frame = page.frame_locator("iframe.map")
    frame.locator("canvas").first.wait_for(timeout=20_000)
    frame.get_by_role("link", name="The same as a list").focus()


# --------------------------------------------------------------------------- without scripts


@pytest.fixture
def plain(chromium: Browser, own_db: Path) -> Iterator[Page]:  # noqa: F811
    """A page without JavaScript, of a desk that may be written to."""
    with serving(make_app(Config(db=str(own_db), analyst="ana"))) as origin:
        context = chromium.new_context(java_script_enabled=False, base_url=origin)
        watch = Watch(context, origin)
        yield watch.page
        assert watch.wrong() == []
        context.close()


_CONTENT = """all => all.map((one) => one.getAttribute("href") || one.name || one.innerText.trim())"""


def content(page: Page) -> set[str]:
    """Headings, where links lead, and names of fields."""
    kinds = "h1, h2, h3, main a[href]:not([href^='#']), main input:not([type=hidden]), main select, main textarea"
    return set(page.eval_on_selector_all(kinds, _CONTENT))


def test_whatever_scripts_show_is_there_without_them(
    page: Page, home: str, plain: Page, records: dict[str, str]
) -> None:
    for addresses in _PAGES.values():
        address = addresses[0].format_map(records)
        page.goto(home + address)
        plain.goto(address)
        assert content(page) <= content(plain), address


def test_filters_paging_and_search_work_without_scripts(plain: Page) -> None:
    plain.goto("/?since=all")
    first = plain.locator(".happened .told").first.inner_text()
    plain.get_by_role("link", name="More", exact=True).click()
    assert "after=" in plain.url
    assert plain.locator(".happened .told").first.inner_text() != first
    plain.goto("/?since=all")
    plain.get_by_label("country").select_option("KAZ")
    plain.get_by_label("origins, at least").fill("2")
    plain.get_by_role("button", name="Show").click()
    assert "country=KAZ" in plain.url and "origins=2" in plain.url
    assert 1 <= plain.locator(".happened .told").count() < 29
    plain.locator("#find").fill("police")
    plain.keyboard.press("Enter")
    plain.locator(".results h3 a").first.click()
    assert "police" in plain.locator("mark.at").first.inner_text().lower()
    plain.get_by_role("checkbox", name="places").uncheck()
    plain.get_by_role("button", name="Show these").click()
    assert "no-places" in (plain.locator("#reading").get_attribute("class") or "")


def test_judging_and_undoing_work_without_scripts(plain: Page) -> None:
    plain.goto("/review")
    asked = plain.locator(".doubt").count()
    plain.locator("button[value=not-same]").first.click()
    assert "Kept: two happenings" in plain.locator("#told").inner_text()
    assert plain.locator(".doubt").count() < asked
    plain.get_by_role("button", name="Undo").click()
    assert "taken back" in plain.locator("#told").inner_text()
    assert plain.locator(".doubt").count() == asked


def test_files_are_handed_in_without_scripts(plain: Page, tmp_path: Path) -> None:
    """The page of an import looks again by itself; what cannot be read is told with the way out."""
    nothing = tmp_path / "nothing.txt"
    nothing.write_text("\x00\x01")
    plain.goto("/import")
    plain.get_by_label("web pages, feeds").set_input_files(nothing)
    plain.get_by_role("button", name="Add them").click()
    assert "/import/" in plain.url
    plain.locator("#state", has_text="done").wait_for(timeout=60_000)
    plain.get_by_text("Files (1)").click()
    assert plain.get_by_text("nothing.txt").count()
    assert list(untitled(plain)) == []
    assert "Rejected" in plain.locator("main").inner_text()
