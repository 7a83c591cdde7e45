"""Reports of one shooting, made to agree or differ in a word: a town, a day, a figure, a name, a denial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sayso.link.article_tolls import read_tolls
from sayso.link.courses import Share, reconcile_shares
from sayso.model import Analysis, Copy, EventType, Incident, Links, Origin, Story
from sayso.report.archive import Archive
from sayso.report.claims import Desk
from tests.builders import analysis

TOWNS = {
    "Vell": {"country": "XXA", "lat": 10.0, "lon": 10.0, "level": "city"},
    "Old Port": {"country": "XXA", "lat": 10.01, "lon": 10.0, "level": "site"},
    "Harrow": {"country": "XXA", "lat": 14.0, "lon": 12.0, "level": "city"},
    "Arland": {"country": "XXA", "lat": 12.0, "lon": 12.0, "level": "country"},
}


def report(
    outlet: str,
    *,
    killed: str = "3 people",
    low: int | None = None,
    place: str | None = "Vell",
    day: tuple[str, str] | None = ("2022-05-05", "2022-05-05"),
    doer: str = "Soldiers",
    whom: str = "marchers",
    by: str | None = None,
    kind: str = "office",
    denial: str | None = None,
    published: str | None = "2022-05-06",
    called: str | None = None,
    **more: Any,
) -> Analysis:
    """ "Soldiers shot at marchers in Vell on that day, killing 3 people, the ministry said." by one outlet."""
    where, when = f" in {place}" if place else "", " on that day" if day else ""
    who = f", {by} said" if by else ""
    text = f"{doer} shot at {whom}{where}{when}, killing {killed}{who}."
    text += f" The mayor denied {denial}." if denial else ""
    text += f" It was {called}." if called else ""
    claims = [{"chain": [(by, "said", kind)], "content": [f"{doer} shot at {whom}"], "about": ["shot"]}] if by else []
    claims += _denial(denial, killed)
    more.setdefault("url", f"https://{outlet.split()[0].casefold()}.example/1")
    count = int(killed.split()[0]) if low is None else low
    return analysis(
        text,
        actors={doer: {"sector": ("REB",) if doer == "Rebels" else ("MIL",)}, whom: {}}
        | ({by: {"kind": kind}} if by else {})
        | _mayor(denial),
        places={place: TOWNS[place]} if place else {},
        times={"that day": {"first": day[0], "last": day[1]}} if day else {},
        claims=claims,
        events=[
            {
                "trigger": "shot",
                "mode": "firearms",
                "actors": [doer],
                "recipients": [whom],
                "place": place,
                "time": "that day" if day else None,
                "claims": ["said"] if by else [],
            }
        ],
        tolls=[
            {
                "span": killed,
                "low": count,
                "high": more.pop("high", count),
                "event": "shot",
                "claims": ["said"] if by else [],
                "kind": more.pop("victims", None),
            }
        ],
        labels=[{"span": called, "text": called, "target": None}] if called else [],
        outlet=outlet,
        published=published,
        **more,
    )


def _mayor(denial: str | None) -> dict[str, Any]:
    return {"The mayor": {"kind": "office", "name": "mayor of Vell"}} if denial else {}


def _denial(denial: str | None, killed: str) -> list[dict[str, Any]]:
    if denial is None:
        return []
    about = [killed] if "killed" in denial else ["shot"]
    return [{"chain": [("The mayor", "denied", "office")], "content": [denial], "stance": "denies", "about": about}]


def links(reports: Sequence[Analysis], copies: Sequence[Copy] = (), together: bool = True) -> Links:
    """One incident of all reports and one story; each article its own origin but copies, which share that of theirs."""
    home = {copy.article: copy.of for copy in copies}
    groups: dict[str, list[Analysis]] = {}
    for one in reports:
        groups.setdefault(home.get(one.article.id, one.article.id), []).append(one)
    origins = tuple(
        Origin(f"origin {root}", group[0].article.outlet or "unknown", tuple(one.article.id for one in group), None)
        for root, group in sorted(groups.items())
    )
    home_of = {article: origin.id for origin in origins for article in origin.articles}
    parts = [list(reports)] if together else [[one] for one in reports]
    incidents = tuple(_incident(part, home_of) for part in parts if part)
    ids = tuple(one.article.id for one in reports)
    story = Story("story", "Shooting in Vell", tuple(one.id for one in incidents), ids)
    return Links(tuple(copies), origins, incidents, (story,))


def _incident(reports: Sequence[Analysis], origin: dict[str, str]) -> Incident:
    events = sorted(event.id for one in reports for event in one.events)
    shares = [
        Share(
            read_tolls(one),
            origin[one.article.id],
            name=origin[one.article.id],
            events=frozenset(event.id for event in one.events),
            main=True,
        )
        for one in reports
    ]
    articles = tuple(one.article.id for one in reports)
    return Incident(
        id=events[0],
        type=EventType.ASSAULT,
        events=tuple(events),
        articles=articles,
        origins=tuple(sorted({origin[id] for id in articles})),
        place="Vell",
        country="XXA",
        lat=None,
        lon=None,
        first="2022-05-05",
        last="2022-05-05",
        tolls=reconcile_shares(shares),
        summary=reports[0].article.text,
    )


def desk(*reports: Analysis, copies: Sequence[Copy] = (), together: bool = True) -> Desk:
    return Desk(Archive(reports, links(reports, copies, together)))
