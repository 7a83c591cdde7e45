"""Takes the pictures of the pages in this folder, in a real browser, over the demo archive: `make screens`.

Needs Chromium; SAYSO_BROWSER names it where it is not on the path.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import numpy as np
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from bench._chromium import ARGUMENTS, find_browser

HERE = Path(__file__).parent
READY = 60.0  # seconds in which the desk must answer
LARGEST = 250_000  # bytes of a picture
COLOURS, ALIKE = 256, 6  # of a picture: pages of text need no more; what differs less in each part is one


def main() -> None:
    browser = find_browser()
    if not browser:
        sys.exit("no Chromium found: install it, or name it in SAYSO_BROWSER")
    with served() as home, sync_playwright() as played:
        opened = played.chromium.launch(executable_path=browser, args=ARGUMENTS)
        page = opened.new_page(viewport={"width": 1360, "height": 900}, base_url=home)
        for name, address in pages(home).items():
            take(page, name, address)
        opened.close()


@contextmanager
def served() -> Iterator[str]:
    """The address of a desk over a fresh demo archive."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
    command = [sys.executable, "-m", "sayso.cli"]
    with tempfile.TemporaryDirectory() as folder:
        db = str(Path(folder) / "demo.db")
        subprocess.run([*command, "demo", "--db", db], check=True, stdout=subprocess.DEVNULL)
        server = subprocess.Popen(
            [*command, "serve", "--db", db, "--port", str(port)],
            env=os.environ | {"SAYSO_ANALYST": "ana"},
            stderr=subprocess.DEVNULL,
        )
        try:
            wait(f"http://127.0.0.1:{port}")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def wait(home: str) -> None:
    """Until the desk answers."""
    until = time.monotonic() + READY
    while time.monotonic() < until:
        try:
            httpx.get(home).raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.2)
    sys.exit("the desk did not answer")


def pages(home: str) -> dict[str, str]:
    """The pages worth a picture, by the name of the picture."""
    with httpx.Client(base_url=home) as client:
        total = next(one for one in listed(client, "incidents") if one["summary"].startswith("The bodies of 225"))
        story = max(listed(client, "stories"), key=lambda one: len(one["articles"]))
        told = client.get(f"/incidents/{total['id']}").text
    article = re.search(r'href="(/articles/[^"?]+)"><bdi>Death toll in Kazakhstan leaps', told)
    assert article, "the article of the picture is not in the demo archive"
    return {
        "situation": "/?since=all&country=KAZ",
        "incident": f"/incidents/{total['id']}",
        "article": article[1],
        "source": "/sources/interior%20ministry",
        "lineage": f"/lineage?story={story['id']}",
        "search": "/search?q=police",
        "review": "/review",
        "import": "/import",
        "health": "/health",
    }


def listed(client: httpx.Client, name: str) -> list[dict[str, Any]]:
    answer = client.get(f"/api/v1/{name}", params={"limit": 100}).raise_for_status()
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def take(page: Page, name: str, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    path = HERE / f"screen-{name}.png"
    frugal(Image.open(BytesIO(page.screenshot())).convert("RGB")).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        sys.exit(f"{path}: {path.stat().st_size:,} bytes are more than {LARGEST:,}; show less")


def frugal(picture: Image.Image) -> Image.Image:
    """A picture in its commonest colours that differ: what is flat stays as it is, the edges of letters come close."""
    pixels = np.asarray(picture, dtype=np.int16).reshape(-1, 3)
    found, where, number = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    palette = np.empty((0, 3), np.int16)
    for colour in found[np.argsort(-number)]:
        if len(palette) < COLOURS and not (np.abs(palette - colour).max(axis=1) < ALIKE).any():
            palette = np.vstack([palette, colour])
    nearest = np.abs(found[:, None] - palette[None]).sum(axis=2).argmin(axis=1)
    made = Image.fromarray(nearest[where].astype(np.uint8).reshape(picture.height, picture.width), "P")
    made.putpalette(palette.astype(np.uint8).tobytes())
    return made


if __name__ == "__main__":
    main()
