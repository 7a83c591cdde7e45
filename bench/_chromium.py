"""Where a Chromium is, and how it is started: without a screen, and asking nothing of the network by itself."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
).split()


def find_browser() -> str | None:
    """Its path: SAYSO_BROWSER, else the first of NAMES on the path; None where there is none."""
    return os.environ.get("SAYSO_BROWSER") or next(filter(None, map(shutil.which, NAMES)), None)
