"""How soon the situation page shows something, and how much it loads, in a real browser with nothing kept."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench._chromium import ARGUMENTS, find_browser

PAINT, WEIGHT = 1000.0, 1_500_000  # milliseconds to the first paint, bytes over the wire: no more than these
TIMES = 5
PAGES = {  # name of a page to its address, and what is opened on it
    "situation": ("/", ""),
    "situation, whole archive": ("/?since=all", ""),
    "situation, map to zoom opened": ("/", "#zoom"),
    "map to zoom alone": ("/map", "canvas"),
}
_PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"


def paint(address: str) -> tuple[dict[str, Any], bool]:
    """A row for each page, and whether all keep within `PAINT` and `WEIGHT`."""
    with browser() as opened:
        rows = [_row(opened, address, name) for name in PAGES]
    failed = [f"{row['page']}: over {PAINT:.0f} ms or {WEIGHT:,} bytes" for row in rows if _over(row)]
    return {"painted": rows, "failed": failed}, not failed


def _over(row: dict[str, Any]) -> bool:
    return not 0 < row["first paint ms"] <= PAINT or row["bytes"] > WEIGHT


@contextmanager
def browser() -> Iterator[Browser]:
    found = find_browser()
    if not found:
        raise SystemExit("no Chromium found: install it, or name it in SAYSO_BROWSER")
    with sync_playwright() as played:
        opened = played.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield opened
        opened.close()


def _row(opened: Browser, address: str, name: str) -> dict[str, Any]:
    seen = [_visit(opened, address, *PAGES[name]) for _ in range(TIMES)]
    paints = [one for one, _, _ in seen]
    return {
        "page": name,
        "first paint ms": round(statistics.median(paints)),
        "slowest ms": round(max(paints)),
        "bytes": max(size for _, size, _ in seen),
        "requests": max(number for _, _, number in seen),
    }


def _visit(opened: Browser, address: str, path: str, then: str) -> tuple[float, int, int]:
    """First paint in milliseconds, bytes as they were sent, and requests, of one who was never here."""
    context = opened.new_context(viewport={"width": 1360, "height": 900})
    page = context.new_page()
    sizes: list[int] = []
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: sizes.append(int(told["encodedDataLength"])))
    page.goto(address + path, wait_until="networkidle")
    _open(page, then)
    painted: float = page.evaluate(_PAINTED)
    context.close()
    return painted, sum(sizes), len(sizes)


def _open(page: Page, then: str) -> None:
    """Open the map in the page, or wait until the map is drawn."""
    if then.startswith("#"):
        page.locator(then).click()
        page.frame_locator("iframe").locator("canvas").first.wait_for()
        page.wait_for_load_state("networkidle")
    elif then:
        page.locator(then).first.wait_for()
