"""Small archives to report on: three papers on one shooting, and one whose every field means harm."""

from __future__ import annotations

from functools import cache

from sayso.link import link
from sayso.model import Analysis, Rejected
from sayso.report.archive import Archive
from sayso.report.claims import Desk
from tests.builders import analysis
from tests.report.told import desk, report

SCRIPT = "<script>alert('x')</script>"
IMAGE = '<img src=x onerror="alert(1)">'
MARKDOWN = "![a](https://evil.invalid/x.png) [b](javascript:alert(1)) `c` **d** | e"
TEMPLATE = "{{ 7 * 7 }}{% include '/etc/passwd' %}"
TURNED = "\u202egnp.exe\u202c \u2066left\u2069"
UNFIT = "A\x00B\x08\x1b[31m\ud800\udfff\ufffe\x7f"
HEBREW, ARABIC, CHINESE = "שלום עולם", "السلام عليكم", "你好"
FIELDS = (SCRIPT, IMAGE, MARKDOWN, TEMPLATE, TURNED, UNFIT, f"{HEBREW} {ARABIC} {CHINESE}", "Harbour blocked " * 4_000)


@cache
def shooting() -> Desk:
    """Two agree on 3 killed, one says 5, and a mayor denies it all."""
    return desk(
        report("Vell Times", killed="3 people"),
        report("Harbour News", killed="3 people", by="The ministry", published="2022-05-07"),
        report("Northern Post", killed="5 people", denial="any soldiers were there", published="2022-05-07"),
    )


@cache
def hostile() -> Desk:
    """An article for each kind of harm, which stands in its title, outlet, place, source, figure and words."""
    found = tuple(_article(number, words) for number, words in enumerate(FIELDS))
    rejected = [Rejected(f"folder/{words[:200]}.txt", "read", words[:200]) for words in FIELDS]
    return Desk(Archive(found, link(found), rejected))


def _article(number: int, words: str) -> Analysis:
    named = f"Mayor {words[:200]}"
    town = f"Town{number} {words[:200]}"
    text = f"{words}\n\n{named} said soldiers shot at marchers in {town} that day, killing {number + 3} people. {words}"
    return analysis(
        text,
        actors={named: {"kind": "office"}, "soldiers": {"sector": ["MIL"]}, "marchers": {"name": words[:300]}},
        places={town: {"country": "KAZ", "lat": 43.0 + number, "lon": 76.0, "level": "city"}},
        times={"that day": {"first": f"2022-01-{number + 1:02}", "last": f"2022-01-{number + 1:02}"}},
        claims=[
            {
                "chain": [(named, "said")],
                "content": ["soldiers shot at marchers in"],
                "about": ["shot"],
                "channel": words,
            }
        ],
        events=[
            {
                "trigger": "shot",
                "actors": ["soldiers"],
                "recipients": ["marchers"],
                "place": town,
                "time": "that day",
                "claims": ["said"],
            }
        ],
        tolls=[{"span": f"{number + 3} people", "low": number + 3, "high": number + 3, "event": "shot"}],
        labels=[{"span": "marchers", "text": "marchers", "target": "marchers"}],
        title=words,
        outlet=words,
        published="2022-02-01",
        lang="en",
        origin=f"{words[:50]}.txt",
    )
