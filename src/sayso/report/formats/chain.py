"""The chain of sources beside each row: the same cells after the published columns of every layout."""

from __future__ import annotations

from typing import Any

from sayso.report.formats.told import Happening, Telling

KEYS = (
    "id", "incident", "status", "says", "own_voice", "first_hand", "stance", "accusation", "certainty", "hedge",
    "origins", "articles", "first_day", "last_day", "dated_by", "place_level", "article", "start", "end", "quote",
)  # fmt: skip


def headers(style: str = "title") -> tuple[str, ...]:
    """The names of these columns: "Sayso First Day" beside titles, "sayso_first_day" beside names in small letters."""
    if style == "title":
        return tuple("Sayso " + key.replace("_", " ").title() for key in KEYS)
    return tuple(f"sayso_{key}" for key in KEYS)


def cells(one: Telling, happening: Happening | None = None) -> tuple[Any, ...]:
    """On whose say-so a telling stands and where it is written; days, place and counts are those of its row."""
    days = happening.days if happening else one.days
    where = happening.where if happening else one.where
    return (
        happening.id if happening else one.id,
        one.incident.id if one.incident else None,
        one.event.status.value,
        one.ground.says,
        one.ground.own_voice,
        one.ground.first_hand,
        one.stance.value if one.stance else None,
        one.accused if one.claims else None,
        one.ground.certainty,
        one.ground.hedge,
        happening.origins if happening else one.origins,
        len(happening.articles) if happening else one.articles,
        days.first if days else None,
        days.last if days else None,
        days.basis if days else None,
        where.level.value if where and where.level else None,
        one.article.id,
        one.event.trigger.start,
        one.event.trigger.end,
        one.evidence,
    )
