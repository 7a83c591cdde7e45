"""TimelineJS 3: a slide a dated incident, as the JSON that its `Timeline` takes.

Headline and text are HTML there, so that everything an article says is escaped.
"""

from __future__ import annotations

import html
from calendar import monthrange
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from sayso.report.archive import Archive
from sayso.report.formats.facts import Proof, chosen, headline, proofs_of, told_lines
from sayso.report.formats.files import Handed, as_json, plain, plainly, short, write_text
from sayso.report.formats.told import Days, Happening

_QUOTES = 6  # on a slide; the last line says how many there are beside
_LONG = 400  # characters of a quote
UNDATED = "undated, and a timeline has no place for it"


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """What has a day; the rest is counted."""
    left: Counter[str] = Counter()
    slides = []
    for one in chosen(archive, every, left):
        if one.days:
            slides.append(_slide(one, one.days))
        else:
            left[UNDATED] += len(one.tellings)
    return Handed([write_text(folder / "timeline.json", as_json(_timeline(slides)) + "\n", len(slides))], left)


def _timeline(slides: list[dict[str, Any]]) -> dict[str, Any]:
    text = "<p>Read from news reports by a machine. Each slide says on whose word it stands.</p>"
    return {"title": {"text": {"headline": f"{len(slides)} incidents", "text": text}}, "events": slides}


def _slide(one: Happening, days: Days) -> dict[str, Any]:
    slide = {
        "unique_id": f"sayso-{one.id}",
        "start_date": _date(days.first),
        "group": one.lead.event.type.value.capitalize(),
        "text": {"headline": html.escape(headline(one, 120)), "text": _text(one)},
    }
    if days.last is None:
        slide["display_date"] = f"from {days.first}"
    elif days.last != days.first:
        slide["end_date"] = _date(days.last)
        slide["display_date"] = _month(days.first, days.last) or f"{days.first} to {days.last}"
    return plainly(slide)  # type: ignore[no-any-return]


def _date(day: str) -> dict[str, int]:
    found = date.fromisoformat(day)
    return {"year": found.year, "month": found.month, "day": found.day}


def _month(first: str, last: str) -> str | None:
    """A whole month by its name, which is how coarse dates are told."""
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    whole = start.day == 1 and first[:7] == last[:7] and end.day == monthrange(end.year, end.month)[1]
    return f"{start:%B %Y}" if whole else None


def _text(one: Happening) -> str:
    lines = "".join(f"<li>{html.escape(line)}</li>" for line in told_lines(one))
    proofs = proofs_of(one)
    quotes = "".join(map(_quote, proofs[:_QUOTES]))
    more = f"<p>and {len(proofs) - _QUOTES} more passages</p>" if len(proofs) > _QUOTES else ""
    return f"<ul>{lines}</ul>{quotes}{more}"


def _quote(proof: Proof) -> str:
    who = html.escape(plain(proof.outlet))
    said = html.escape(short(plain(proof.quote), _LONG))
    link = f'<a href="{html.escape(proof.url)}" rel="noreferrer">{who}</a>' if proof.url else who
    return f"<blockquote>{said}<br>{link}, characters {proof.start} to {proof.end}</blockquote>"
