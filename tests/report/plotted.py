"""A small archive to draw: incidents in two towns, in a country as a whole, and nowhere; a toll that grew."""

from __future__ import annotations

from typing import Any

from sayso.model import Analysis, EventType, Harm, Incident, Links, Origin, TollEstimate, TollStep, Turn
from sayso.report.archive import Archive
from tests.builders import analysis

TOWN = {"name": "Almaty", "lat": 43.25, "lon": 76.91, "country": "KAZ", "level": "city"}
PORT = {"name": "Aktau", "lat": 43.66, "lon": 51.17, "country": "KAZ", "level": "city"}
WHOLE = {"name": "Kazakhstan", "lat": 48.0, "lon": 68.0, "country": "KAZ", "level": "country"}


def report(number: int, killed: int, high: int | None, outlet: str, **fields: Any) -> Analysis:
    """One report of a shooting in Almaty with its figure."""
    words = f"{killed} people"
    return analysis(
        f"Guards shot {words} in Almaty. It was report {number}. Aktau was calm. Kazakhstan mourned.",
        places={"Almaty": TOWN, "Aktau": PORT, "Kazakhstan": WHOLE},
        events=[{"trigger": "shot", "place": "Almaty"}],
        tolls=[{"span": words, "low": killed, "high": high, "event": "shot"}],
        outlet=outlet,
        published=f"2022-01-{number:02}T10:00:00Z",
        **fields,
    )


def incident(id: str, type: str, place: dict[str, Any] | None, first: str | None, **fields: Any) -> Incident:
    """One incident; `place` None: not known."""
    where = place or {"name": None, "lat": None, "lon": None, "country": None}
    given: dict[str, Any] = {
        "id": id * 8, "type": EventType(type), "events": (), "articles": (), "origins": (), "place": where["name"],
        "country": where["country"], "lat": where["lat"], "lon": where["lon"], "first": first, "last": first,
    }  # fmt: skip
    return Incident(**(given | fields))


def archive(*more: Incident, reports: tuple[Analysis, ...] | None = None) -> Archive:
    """Seven incidents, the first told by four reports, one of which was withdrawn."""
    told = reports if reports is not None else (
        report(5, 8, 8, "Harbour News"), report(6, 12, None, "Lantern"), report(7, 40, 40, "Wire"),
        report(9, 26, 30, "Lantern"),
    )  # fmt: skip
    first, second, gone, last = [toll.id for one in told for toll in one.tolls]
    steps = (
        TollStep("2022-01-05", Turn.FIRST, 8, 8, 8, (first,)),
        TollStep("2022-01-06", Turn.RISEN, 12, 12, None, (second,)),
        TollStep("2022-01-09", Turn.RISEN, 26, 26, 30, (last,)),
    )
    killed = TollEstimate(Harm.KILLED, 26, 26, 30, (last,), (), (gone,), (first, second), steps=steps)
    shooting = incident(
        "a", "ASSAULT", TOWN, "2022-01-05",
        events=tuple(event.id for one in told for event in one.events),
        articles=tuple(one.article.id for one in told),
        tolls=(killed, TollEstimate(Harm.INJURED, 100, 100, 100, (), ("elsewhere",))),
    )  # fmt: skip
    origins = tuple(
        Origin(f"o{at}", str(one.article.outlet), (one.article.id,), one.article.published)
        for at, one in enumerate(told)
    )
    incidents = (
        shooting,
        incident("b", "PROTEST", TOWN, "2022-01-05"),
        incident("c", "PROTEST", PORT, "2022-01-04"),
        incident("d", "COERCE", WHOLE, "2022-01-02", last="2022-01-20", tolls=(
            TollEstimate(Harm.KILLED, 225, 225, 225, (last,), ()),
        )),
        incident("e", "REQUEST", WHOLE, None),
        incident("f", "MOBILIZE", None, "2022-01-07"),
        incident("9", "AID", None, "1991-12-16"),
        *more,
    )  # fmt: skip
    return Archive(told, Links(origins=origins, incidents=incidents))
