"""A real browser and a real server: `chromium` starts one Chromium a module, `serving` a desk at a free port.

SAYSO_BROWSER names the browser where it is not on the path as one of `NAMES`. Without one these tests are skipped;
where SAYSO_TEST_BROWSER is "required" they fail.
"""

from __future__ import annotations

import os
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from fastapi import FastAPI

from bench._chromium import ARGUMENTS, NAMES, find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

_OURS = re.compile(r"Failed to load resource: the server responded with a status of [45]")


def _missing(what: str) -> None:
    if os.environ.get("SAYSO_TEST_BROWSER") == "required":
        pytest.fail(f"{what}, and SAYSO_TEST_BROWSER says that it is required")
    pytest.skip(what)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module; not for all, as its event loop would stand in the way of other tests."""
    found = find_browser()
    if found is None:
        _missing(f"no browser: none of {', '.join(NAMES)} is on the path, and SAYSO_BROWSER names none")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _missing("playwright is not installed")
    with sync_playwright() as played:
        browser = played.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The address of a desk that answers as long as this lasts."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, proxy_headers=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.started and thread.is_alive() and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started, "the desk did not start"
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


class Watch:
    """A page of a browser, and what went wrong while it visited others.

    `faults` are errors of scripts, what a policy forbade, dialogs, and requests that failed unless `forgiving`;
    `left` are addresses elsewhere that were asked for: they are stopped.
    """

    def __init__(self, context: BrowserContext, origin: str, forgiving: bool = False) -> None:
        self.origin = origin
        self.forgiving = forgiving
        self.faults: list[str] = []
        self.left: list[str] = []
        context.route(lambda address: not address.startswith((origin, "data:")), self._stop)
        context.on("console", lambda told: self._hear(told.type, told.text))
        context.on("dialog", self._dismiss)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("requestfailed", self._fail)
        self.page: Page = context.new_page()

    def wrong(self) -> list[str]:
        """What went wrong since it was asked last."""
        told = [*self.faults, *(f"left: {one}" for one in self.left)]
        self.faults.clear(), self.left.clear()
        return told

    def _stop(self, route: Route) -> None:
        self.left.append(route.request.url)
        route.abort()

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" and not (self.forgiving and _OURS.match(text)):
            self.faults.append(f"console: {text[:300]}")
        elif "Content Security Policy" in text:
            self.faults.append(f"policy: {text[:300]}")

    def _fail(self, request: Any) -> None:
        if not self.forgiving and "ERR_ABORTED" not in str(request.failure):  # which leaving a page does
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _dismiss(self, dialog: Any) -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()
