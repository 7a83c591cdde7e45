"""A small archive in which much was decided by a narrow margin; places, outlets and people are invented."""

from __future__ import annotations

from pathlib import Path

from sayso.api import Project
from sayso.config import Config
from sayso.model import Analysis
from tests.builders import analysis
from tests.link.test_copies import WIRE

SARDEL = {"country": "KAZ", "lat": 43.2, "lon": 76.9, "level": "city", "geonameid": 1}
RETOLD = (
    WIRE.split("\n\n")[1]
    + "\n\nShopkeepers near the market complain that prices have doubled, and cafes on the front are empty this summer."
)


def report(
    text: str, outlet: str, published: str, trigger: str, day: str = "", sure: float = 0.9, who: str = ""
) -> Analysis:
    """A report of one protest in Sardel."""
    name = next((word for word in ("Monday", "Tuesday") if word in text), "")
    event = {
        "trigger": trigger,
        "type": "PROTEST",
        "place": "Sardel" if "Sardel" in text else None,
        "time": name or None,
        "actors": [who] if who else [],
        "evidence": [text.split(".")[0]],
        "reasons": [("typed PROTEST", sure, "its words +1.0")],
    }
    return analysis(
        text,
        places={"Sardel": SARDEL} if "Sardel" in text else {},
        times={name: {"first": day, "last": day}} if name else {},
        actors={who: {"sector": ["CVL"]}} if who else {},
        events=[event],
        outlet=outlet,
        published=published,
        title=text.split(".")[0][:60],
    )


REPORTS = (
    report("Miners marched in Sardel on Monday over unpaid wages. Hundreds blocked the bridge.", "Harbour News",
           "2022-01-10T18:00:00Z", "marched", "2022-01-10", who="Miners"),
    report("Crowds marched through Sardel on Tuesday demanding bread. Shops stayed shut.", "Delta Post",
           "2022-01-11T18:00:00Z", "marched", "2022-01-11", 0.41, who="Crowds"),
    report("Teachers rallied in Sardel on Tuesday against the new law.", "Lantern", "2022-01-11", "rallied",
           "2022-01-11", who="Teachers"),
    report("A protest was held in Sardel, officials said.", "Gazette", "2022-01-12", "protest", sure=0.3),
    analysis(WIRE, title="Fishermen block the road", outlet="TNA", published="2021-05-03T09:00:00Z"),
    analysis(RETOLD, title="Boats wait outside", outlet="Weekly", published="2021-05-04T09:00:00Z"),
)  # fmt: skip


def doubtful_archive(path: Path) -> Path:
    with Project(Config(db=str(path))) as project:
        project.store.put(REPORTS, [], [], "test")
        project.relink()
    return path
