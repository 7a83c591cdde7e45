"""The pages in a real browser over 20,000 articles: they open, turn and filter, and questions are answered by keys."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sayso.api import Project
from sayso.config import Config
from sayso.serve.app import make_app
from tests.serve.browser import Watch, chromium, serving  # noqa: F401 - a fixture
from tests.serve.seeing import inaccessible, misshapen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
_MAIN = (
    "/", "/?since=all", "/search", "/search?q=police", "/sources", "/lineage", "/review", "/review?kind=copies",
    "/review?kind=codes", "/report", "/import", "/health",
)  # fmt: skip
_CURRENT = "document.activeElement.closest('.doubt')?.dataset.key ?? ''"


@pytest.fixture(scope="module")
def copy(large_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the archive, to write to: at no cost where the disk can share blocks."""
    path = tmp_path_factory.mktemp("large") / "large.db"
    if subprocess.run(["cp", "--reflink=auto", large_db, path], check=False).returncode:
        shutil.copy(large_db, path)
    yield path
    path.unlink()


@pytest.fixture(scope="module")
def watch(copy: Path, chromium: Browser) -> Iterator[Watch]:  # noqa: F811
    with serving(make_app(Config(db=str(copy), analyst="ana"))) as origin:
        context = chromium.new_context(base_url=origin, viewport={"width": 1280, "height": 900})
        yield Watch(context, origin)
        context.close()


@pytest.fixture
def page(watch: Watch) -> Iterator[Page]:
    yield watch.page
    assert watch.wrong() == []


@pytest.mark.parametrize("address", _MAIN)
def test_a_main_page_opens_and_all_can_read_it(page: Page, address: str) -> None:
    answer = page.goto(address)
    assert answer and answer.status == 200
    assert [*misshapen(page), *inaccessible(page)] == []


def test_what_a_list_names_opens(page: Page) -> None:
    page.goto("/?since=all")
    page.locator(".happened .told a").first.click()
    page.wait_for_url("**/incidents/*")
    assert [*misshapen(page), *inaccessible(page)] == []
    page.locator(".quotes q a").first.click()
    page.wait_for_url("**/articles/*")
    assert page.locator("mark.at").first.is_visible()
    assert [*misshapen(page), *inaccessible(page)] == []
    page.goto("/sources")
    page.locator("th.name a").first.click()
    page.wait_for_url("**/sources/*")
    assert [*misshapen(page), *inaccessible(page)] == []


@pytest.mark.parametrize(
    ("address", "entries"), [("/?since=all", ".told"), ("/search?q=police", ".results h3"), ("/sources", "th.name")]
)
def test_lists_turn_and_come_back(page: Page, address: str, entries: str) -> None:
    page.goto(address)
    first = page.locator(entries).all_inner_texts()
    page.locator("a[rel=next]").click()
    page.wait_for_url("**after=**")
    second = page.locator(entries).all_inner_texts()
    assert second and second != first
    page.go_back()
    assert page.locator(entries).all_inner_texts() == first


def test_a_filter_applies_as_soon_as_it_is_chosen(page: Page) -> None:
    page.goto("/?since=all")
    choices = page.get_by_label("country").locator("option")
    country = choices.nth(1).get_attribute("value") or ""
    number = int(choices.nth(1).inner_text().rpartition("(")[2].rstrip(")"))
    page.get_by_label("country").select_option(country)
    page.wait_for_url(f"**country={country}**")
    assert page.locator("#list").inner_text().startswith(f"{number:,} incident")


def test_questions_are_answered_and_taken_back_by_keys(page: Page, copy: Path) -> None:
    page.goto("/review")
    first = page.evaluate(_CURRENT)
    page.keyboard.press("j")
    second = page.evaluate(_CURRENT)
    assert "" != first != second != ""
    page.keyboard.press("k")
    assert page.evaluate(_CURRENT) == first
    for key, verdict, words in (("s", "same", "one happening"), ("d", "not-same", "two happenings")):
        page.keyboard.press(key)
        page.locator("#told", has_text=f"Kept: {words}").wait_for(timeout=60_000)
        assert standing(copy)[-1] == (verdict, "in force")
        page.keyboard.press("u")
        page.locator("#told", has_text="Taken back").wait_for(timeout=60_000)
        assert standing(copy)[-2:] == [(verdict, "overruled"), ("withdrawn", "in force")]
        assert page.evaluate(_CURRENT) == first


def standing(db: Path) -> list[tuple[str, str]]:
    """What was said, in order, and whether it holds."""
    with Project(Config(db=str(db)), create=False) as project:
        return [(row.verdict, row.standing) for row in project.judgements()]
