"""What an outlet prints around a report: dateline, credits, address, hour."""

from __future__ import annotations

from datetime import timedelta

from bench.generated.names import AGENCIES, OUTLETS, agencies
from bench.generated.newsroom import COPIED, Draft, Planned
from bench.generated.scene import START, day_of
from bench.generated.world import Happening
from sayso.model import Article, Dateline, content_id


def dateline(report: Planned, draft: Draft) -> str:
    """Where, when and by whom it was filed, as its body begins; empty where it has none."""
    if not draft.filed:
        return ""
    day = day_of(draft.told_at)
    agency = f" ({agencies()[draft.writer - OUTLETS].name})" if draft.writer >= OUTLETS else ""
    return f"{report.happening.town.name.upper()}, {day.day} {day:%B}{agency} — "


def edition(report: Planned, draft: Draft, seed: int, title: str, text: str, head: str) -> Article:
    town, begins = report.happening.town.name, len(title) + 2
    made = START + timedelta(days=report.minute // 1440)
    published = f"{made.isoformat()}T{report.minute % 1440 // 60:02}:{report.minute % 60:02}:00Z"
    filed = day_of(draft.told_at).isoformat()
    head_line = Dateline(town.upper(), (begins, begins + len(town.upper())), filed) if head else None
    return Article(
        text=text,
        url=f"https://{report.outlet.site}/{made:%Y/%m/%d}/{report.happening.number}-{report.number}",
        outlet=report.outlet.name,
        title=title,
        credits=_credits(report, draft),
        dateline=head_line,
        published=published,
        lang="en",
        origin=f"generated:{seed}:{report.happening.number}:{report.number}",
        id=article_id(seed, report.happening, report.number),
    )


def _credits(report: Planned, draft: Draft) -> tuple[str, ...]:
    """Three in four who take an agency's copy say so."""
    agency = draft.writer - OUTLETS
    known = 0 <= agency < AGENCIES and report.made in COPIED and report.outlet.number != draft.writer
    return (agencies()[agency].name,) if known and report.seed % 4 else ()


def article_id(seed: int, happening: Happening, number: int) -> str:
    return content_id("generated", seed, happening.number, number)
