"""Nothing that an article, a source or a colleague wrote can run in a page, leave the machine or break the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import pytest
from fastapi import FastAPI

from sayso.config import Config
from sayso.serve.app import make_app
from tests.serve.browser import Watch, chromium, serving  # noqa: F401 - a fixture
from tests.serve.hostile_archive import CANARY, PAYLOADS, hostile_archive
from tests.serve.routes import SAFE, routes_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.slow
_RECORDS, _CHOICES = 14, 4  # pages of one route that are visited: of single records, and of choices
_FRAMES = ("/map",)  # pages that stand in another's frame, without a heading
_WIDTHS = (1280, 390)  # pixels of the window: a desk's and a telephone's
_ID = re.compile(r"[0-9a-f]{12,}")

# What must not be in a page, whoever wrote it: looked at in the browser's own tree, after its own parser.
_PLANTED = """() => {
  const found = [];
  for (const one of document.querySelectorAll("*")) {
    for (const {name, value} of one.attributes) {
      if (/^on/i.test(name)) found.push(`${one.tagName} ${name}`);
      if (/^(href|src|(form)?action|xlink:href|data)$/i.test(name) && /^\\s*(java|vb)script:|^\\s*data:/i.test(value))
        found.push(`${one.tagName} ${name}=${value.slice(0, 60)}`);
      if (/^(src|action|formaction)$/i.test(name) && new URL(value, document.baseURI).origin !== location.origin)
        found.push(`${one.tagName} ${name}=${value.slice(0, 60)}`);
    }
    if (["BASE", "OBJECT", "EMBED", "MARQUEE"].includes(one.tagName)) found.push(one.tagName);
    if (one.tagName === "SCRIPT" && !one.src && one.type !== "application/json") found.push("SCRIPT without a file");
    if (one.tagName === "META" && /refresh/i.test(one.httpEquiv)) found.push("META refresh");
  }
  for (const one of document.querySelectorAll("a[href]")) {
    const to = new URL(one.href.baseVal ?? one.href, document.baseURI);
    const safe = /noopener/.test(one.rel) && /noreferrer/.test(one.rel);
    if (to.origin !== location.origin && !safe) found.push(`A away: ${String(to).slice(0, 60)}`);
  }
  return found;
}"""

# Whether people can read it: one main heading of words, in the window, of a sound size; nothing stands out sideways.
_READABLE = """() => {
  const all = [...document.querySelectorAll("h1")].filter((one) => one.getClientRects().length);
  const box = all.length ? all[0].getBoundingClientRect() : null;
  return {
    headings: all.length,
    words: all.length ? all[0].innerText.trim().length : 0,
    inside: Boolean(box) && box.left >= 0 && box.right <= innerWidth + 1 && box.width > 40 && box.height > 10,
    height: box ? box.height : 0,
    wide: document.documentElement.scrollWidth - innerWidth,
    widest: [...document.querySelectorAll("main *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1
      ).slice(0, 3).map((one) => one.outerHTML.slice(0, 120)),
    long: [...document.querySelectorAll("h1, h2, h3, title, option")].filter((one) => one.textContent.length > 900
      ).length
      + [...document.querySelectorAll("[aria-label], [title]")].filter((one) =>
        (one.getAttribute("aria-label") || one.getAttribute("title")).length > 900).length,
  };
}"""


def watching(context: BrowserContext, origin: str) -> Watch:
    """A visit that hears when a payload ran; of what a hostile archive answers, refusals are no fault."""
    context.add_init_script(f"Object.defineProperty(window, '{CANARY}', {{set() {{ console.error('RAN') }}}})")
    return Watch(context, origin, forgiving=True)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    path = hostile_archive(Path(tmp_path_factory.mktemp("hostile")) / "hostile.db")
    return make_app(Config(db=str(path), analyst=f"keeper {PAYLOADS['attribute']}"))


@pytest.fixture(scope="module")
def watch(app: FastAPI, chromium: Browser) -> Iterator[Watch]:  # noqa: F811
    with serving(app) as origin:
        context = chromium.new_context(accept_downloads=False)
        yield watching(context, origin)
        context.close()


def shape(address: str) -> str:
    """What pages of one kind have in common: the route, and whether something was chosen."""
    parts = urlsplit(address)
    path = re.sub(r"(?<=/)(sources|outlets|actors|stories|lineage)/[^/]+", r"\1/*", _ID.sub("*", parts.path))
    return path + ("?" if parts.query else "")


def beginnings(app: FastAPI) -> list[str]:
    """Pages that can be asked for at once, and questions as hostile as the archive."""
    plain = [path for method, path in routes_of(app) if method in SAFE and "{" not in path]
    asked = [quote(PAYLOADS[name]) for name in ("attribute", "svg", "closing", "steering")]
    every = "/?since=all&order=date"
    return [
        every,
        *plain,
        *(f"/?since=all&place={one}&actor={one}&outlet={one}&country={one}" for one in asked),
        *(f"/search?q={one}" for one in [*asked, "soldiers", "script"]),
        *(f"/login?next={one}" for one in asked[:1]),
        *(f"/incidents/{one}" for one in asked[:2]),
    ]


def visited(watch: Watch, first: list[str]) -> Iterator[str]:
    """Open page after page, as far as links lead on this desk; a few of each kind."""
    waiting, seen, kinds = list(first), set(first), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        kind = shape(address)
        if address not in first and kinds[kind] >= (_CHOICES if "?" in address else _RECORDS):
            continue
        kinds[kind] += 1
        if not _open(watch, address):
            continue
        yield address
        found: list[str] = watch.page.eval_on_selector_all(
            "a[href], iframe[src]", "all => all.map((one) => one.href.baseVal ?? one.href ?? one.src)"
        )
        for link in found:
            link = re.sub(r"#.*", "", link).removeprefix(watch.origin)
            if link.startswith("/") and link not in seen:
                seen.add(link)
                waiting.append(link)


def _open(watch: Watch, address: str) -> bool:
    """Whether it is a page, and not a file or data."""
    try:
        answer = watch.page.goto(watch.origin + address, wait_until="load")
    except Exception as fault:
        if "ERR_ABORTED" in str(fault) or "Download is starting" in str(fault):
            return False
        raise
    return bool(answer) and "text/html" in answer.headers.get("content-type", "")


def test_nothing_runs_nothing_leaves_and_every_page_stays_readable(app: FastAPI, watch: Watch) -> None:
    broken: dict[str, list[str]] = {}
    pages = 0
    for address in visited(watch, beginnings(app)):
        pages += 1
        wrong = [*watch.wrong(), *watch.page.evaluate(_PLANTED)]
        for width in _WIDTHS:
            watch.page.set_viewport_size({"width": width, "height": 900})
            wrong += [
                f"at {width}: {told}"
                for told in unreadable(watch.page.evaluate(_READABLE), urlsplit(address).path in _FRAMES)
            ]
        if wrong:
            broken[address[:200]] = wrong[:6]
    assert pages >= 15, "the pages were not found"
    assert not broken, "\n".join(f"{address}\n    " + "\n    ".join(told) for address, told in broken.items())


def unreadable(seen: dict[str, Any], framed: bool) -> Iterator[str]:
    """What keeps people from reading a page."""
    if not framed and (seen["headings"] != 1 or not seen["words"] or not seen["inside"]):
        yield f"no one main heading that can be seen: {seen}"
    if seen["height"] > 600:  # two thirds of the window
        yield f"the heading is {seen['height']:.0f} pixels high"
    if seen["wide"] > 1:
        yield f"{seen['wide']} pixels wider than the window: {seen['widest']}"
    if seen["long"]:
        yield f"{seen['long']} headings or names of more than 900 characters"


def test_the_watch_itself_notices_what_runs_and_what_leaves(chromium: Browser) -> None:  # noqa: F811
    """Without a guard the same words do run: what the test above sees would be seen."""
    bare = FastAPI()

    @bare.get("/")
    def page() -> Any:
        from fastapi.responses import HTMLResponse

        return HTMLResponse("<!doctype html><h1>Bare</h1>" + "".join(PAYLOADS.values()))

    with serving(bare) as origin:
        watch = watching(chromium.new_context(), origin)
        watch.page.goto(origin, wait_until="commit")
        watch.page.wait_for_timeout(500)
        assert any("RAN" in fault for fault in watch.faults)
        assert any("evil.invalid" in address for address in watch.left)
        watch.page.context.close()
