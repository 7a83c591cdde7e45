"""Pages a second of the page reader on one core, by processor time; other work on the machine does not count."""

from __future__ import annotations

import argparse
import gzip
import statistics
import time
from pathlib import Path

from sayso.config import Config
from sayso.read import pages

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench pages", description=__doc__)
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "bench" / "extraction" / "html")
    parser.add_argument("--floor", type=float, default=20.0, help="pages a second below which the exit status is 1")
    chosen = parser.parse_args(argv)
    files = sorted((*chosen.folder.glob("*.html.gz"), *chosen.folder.glob("*.html")))
    if not files:
        print(f"no pages in {chosen.folder}; nothing measured")
        return 0
    contents = [gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes() for file in files]
    list(pages.read_page(contents[0], "warm-up", Config()))  # models and tables are loaded once
    pages.thorough_body(pages.build_tree(b"<p>warm-up</p>"))
    spent = []
    for content in contents:
        start = time.process_time()
        list(pages.read_page(content, "page", Config()))
        spent.append(time.process_time() - start)
    rate = len(spent) / sum(spent)
    print(
        f"{len(spent)} pages, {rate:.1f} pages/s, median {1000 * statistics.median(spent):.1f} ms, "
        f"longest {1000 * max(spent):.0f} ms"
    )
    return 1 if rate < chosen.floor else 0
