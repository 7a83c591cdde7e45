"""Takes the pictures of the pages in this folder, in a real browser, over the demo archive: `make screens`.

Needs Chromium; SAYSO_BROWSER names it where it goes by another name.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync".split()
)
PORT = 8799
HOME = f"http://127.0.0.1:{PORT}"


def main() -> None:
    browser = os.environ.get("SAYSO_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        sys.exit("no Chromium found: install it, or name it in SAYSO_BROWSER")
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "demo.db")
        subprocess.run([sys.executable, "-m", "sayso.cli", "demo", "--db", db], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen([sys.executable, "-m", "sayso.cli", "serve", "--db", db, "--port", str(PORT)])
        try:
            _wait()
            with sync_playwright() as played:
                opened = played.chromium.launch(executable_path=browser, args=QUIET)
                page = opened.new_page(viewport={"width": 1360, "height": 900})
                for name, address in _pages().items():
                    _take(page, name, address)
                opened.close()
        finally:
            server.terminate()


def _pages() -> dict[str, str]:
    """The pages worth a picture, by the name of the picture."""
    all_of_them = httpx.get(f"{HOME}/?since=all&country=KAZ").text
    total = re.search(r'href="(/incidents/[0-9a-f]{16})"><bdi>The bodies of 225', all_of_them)
    assert total
    told = httpx.get(f"{HOME}{total[1]}").text
    article = re.search(r'href="(/articles/[^"?]+)"><bdi>Death toll in Kazakhstan leaps', told)
    assert article
    return {
        "situation": "/?since=all&country=KAZ",
        "incident": total[1],
        "article": article[1],
        "source": "/sources/interior%20ministry",
        "lineage": "/lineage",
        "search": "/search?q=police",
        "review": "/review",
        "import": "/import",
        "health": "/health",
    }


def _take(page: Page, name: str, address: str) -> None:
    page.goto(f"{HOME}{address}", wait_until="networkidle")
    page.screenshot(path=HERE / f"screen-{name}.png")


def _wait() -> None:
    """Until the server answers."""
    for _ in range(100):
        try:
            httpx.get(HOME)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit("the server did not answer")


if __name__ == "__main__":
    main()
