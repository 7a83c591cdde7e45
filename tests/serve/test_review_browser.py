"""Review by keyboard, in a real browser: one key says it, one takes it back, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sayso.api import Project
from sayso.config import Config
from sayso.serve.app import make_app
from tests.serve.browser import chromium, serving  # noqa: F401 - a fixture
from tests.serve.doubtful import doubtful_archive

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CURRENT = "document.activeElement.closest('.doubt')?.dataset.key ?? ''"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return doubtful_archive(tmp_path / "own.db")


@pytest.fixture
def desk(db: Path) -> Iterator[str]:
    """The address of the desk."""
    with serving(make_app(Config(db=str(db)))) as address:
        yield address


@pytest.fixture
def page(chromium: Browser) -> Iterator[Any]:  # noqa: F811
    """A page on which no script may fail."""
    faults: list[str] = []
    made = chromium.new_page(viewport={"width": 1300, "height": 900})
    made.on("pageerror", lambda fault: faults.append(str(fault)))
    yield made
    made.close()
    assert faults == []


def verdicts(db: Path) -> list[tuple[str, str]]:
    with Project(Config(db=str(db)), create=False) as project:
        return [(row.verdict, row.standing) for row in project.judgements()]


def expect(locator: Any) -> Any:
    """Playwright's own, which waits; it may not be installed."""
    from playwright.sync_api import expect

    return expect(locator)


def told(page: Any, words: str) -> None:
    expect(page.locator("#told")).to_contain_text(words)


def test_j_and_k_go_from_question_to_question(desk: str, page: Any) -> None:
    page.goto(f"{desk}/review")
    first = page.evaluate(CURRENT)
    assert first.startswith("tellings-")
    page.keyboard.press("j")
    second = page.evaluate(CURRENT)
    assert second not in ("", first)
    page.keyboard.press("ArrowUp")
    assert page.evaluate(CURRENT) == first
    page.keyboard.press("k")
    assert page.evaluate(CURRENT) == first


@pytest.mark.parametrize(
    ("key", "verdict", "words"), [("s", "same", "one happening"), ("d", "not-same", "two happenings")]
)
def test_one_key_says_it_and_one_takes_it_back(
    desk: str, page: Any, db: Path, key: str, verdict: str, words: str
) -> None:
    page.goto(f"{desk}/review")
    first = page.evaluate(CURRENT)
    page.keyboard.press(key)
    assert page.evaluate(CURRENT) not in ("", first)  # at once, whatever the desk does meanwhile
    told(page, f"Kept: {words}")
    assert verdicts(db) == [(verdict, "in force")]
    page.keyboard.press("u")
    told(page, "Taken back")
    assert page.evaluate(CURRENT) == first
    assert verdicts(db) == [(verdict, "overruled"), ("withdrawn", "in force")]


def test_what_is_not_kept_is_told_and_the_question_comes_back(desk: str, page: Any, db: Path) -> None:
    page.goto(f"{desk}/review")
    first = page.evaluate(CURRENT)
    page.route("**/review/judge", lambda route: route.fulfill(status=503, json={"fault": "another run is writing"}))
    page.keyboard.press("s")
    expect(page.locator("#failed")).to_contain_text("another run is writing")
    assert page.evaluate(CURRENT) == first
    assert verdicts(db) == []
    page.unroute("**/review/judge")
    page.keyboard.press("s")
    told(page, "Kept: one happening")


def test_a_code_is_corrected_by_its_number_or_left(desk: str, page: Any, db: Path) -> None:
    page.goto(f"{desk}/review?kind=codes")
    first = page.evaluate(CURRENT)
    page.keyboard.press("1")
    told(page, "Kept: wrong code: ASSAULT")
    second = page.evaluate(CURRENT)
    assert second not in ("", first)
    page.keyboard.press("y")
    expect(page.locator("#none")).to_be_visible()
    page.reload()
    expect(page.locator("#none")).to_be_visible()  # left for this visit
    assert verdicts(db) == [("wrong-code", "in force")]


def test_keys_write_in_fields_and_w_opens_the_choices(desk: str, page: Any, db: Path) -> None:
    page.goto(f"{desk}/review")
    page.locator(".answer input[name=note]").first.click()
    page.keyboard.type("sdu")
    assert page.locator(".answer input[name=note]").first.input_value() == "sdu"
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    assert page.locator("details.wrong[open]").count() == 1
    assert verdicts(db) == []
    page.keyboard.press("0")
    told(page, "no event at all")


def test_it_works_without_scripts(desk: str, chromium: Browser, db: Path) -> None:  # noqa: F811
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{desk}/review")
    page.locator("button[value=not-same]").first.click()
    told(page, "Kept: two happenings")
    page.get_by_role("button", name="Undo").click()
    told(page, "taken back")
    assert verdicts(db) == [("not-same", "overruled"), ("withdrawn", "in force")]
    context.close()
