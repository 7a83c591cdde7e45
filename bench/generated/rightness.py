"""How far links agree with what is true of the invented press."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.generated.newsroom import COPIED
from sayso.model import Links

Found = dict[str, Any]


def describe(reports: Sequence[Any], links: Links) -> Found:
    """Incidents by pairs of events, copies by kind, stories by crisis, of `Report`s that were linked together."""
    return {
        "incidents": incidents(reports, links),
        "copies": copies(reports, links),
        "stories": stories(reports, links),
    }


# --------------------------------------------------------------------------- incidents


def incidents(reports: Sequence[Any], links: Links) -> Found:
    """Precision, recall and F1 of pairs of events in different articles that tell one happening.

    Once over all events, and once over those that tell main happenings, not what merely belongs to them.
    """
    home = {event: incident.id for incident in links.incidents for event in incident.events}
    told = {
        event: (report.analysis.article.id, happening) for report in reports for event, happening in report.told.items()
    }
    main = {event: where for event, where in told.items() if "/" not in where[1]}
    return {"all events": agreement(told, home), "main happenings": agreement(main, home)}


def agreement(told: Mapping[str, tuple[str, str]], home: Mapping[str, str]) -> Found:
    """`told` gives article and happening by event, `home` the incident; an event in no incident is alone."""
    both: list[tuple[str, str]] = []
    truth: list[tuple[str, str]] = []
    found: list[tuple[str, str]] = []
    for event, (article, happening) in told.items():
        incident = home.get(event, event)
        both.append((f"{happening} {incident}", article))
        truth.append((happening, article))
        found.append((incident, article))
    shared, wanted, claimed = map(_pairs, (both, truth, found))
    precision, recall = shared / claimed if claimed else 1.0, shared / wanted if wanted else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4), "pairs": wanted}


def _pairs(members: Iterable[tuple[str, str]]) -> int:
    """Pairs within one group but of different articles, from (group, article) of each member."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for group, article in members:
        groups[group][article] += 1
    return sum((group.total() ** 2 - sum(count**2 for count in group.values())) // 2 for group in groups.values())


# --------------------------------------------------------------------------- stories


def stories(reports: Sequence[Any], links: Links) -> Found:
    """Precision, recall and F1 of pairs of articles in one story: of one crisis, or else of one happening."""
    home = {article: story.id for story in links.stories for article in story.articles}
    told = {report.analysis.article.id: report for report in reports}
    true = {id: (id, report.crisis or report.happening) for id, report in told.items()}
    return {
        "crises": agreement(true, home),
        "happenings kept whole": agreement({id: (id, report.happening) for id, report in told.items()}, home)["recall"],
    }


# --------------------------------------------------------------------------- copies


def copies(reports: Sequence[Any], links: Links) -> Found:
    """For each way a report is made: how many there are, how many were called copies, of which a relative rightly.

    A copy is rightly found if what it is said to be taken from goes back to the same first text.
    """
    source = {report.analysis.article.id: report.copy_of for report in reports}
    claimed = {copy.article: copy.of for copy in links.copies}
    made: Counter[str] = Counter()
    called: Counter[str] = Counter()
    related: Counter[str] = Counter()
    for report in reports:
        id = report.analysis.article.id
        made[report.made] += 1
        if id in claimed:
            called[report.made] += 1
            related[report.made] += _root(id, source) == _root(claimed[id], source)
    rows = {
        str(kind): {"reports": made[kind], "called copies": called[kind], "of a relative": related[kind]}
        for kind in sorted(made)
    }
    copied = sum(count for kind, count in made.items() if kind in COPIED)
    own = sum(made.values()) - copied
    return {
        "found": round(sum(related[kind] for kind in COPIED) / max(1, copied), 4),
        "false": round(sum(called[kind] for kind in made if kind not in COPIED) / max(1, own), 4),
        "by kind": rows,
    }


def _root(id: str, source: Mapping[str, str | None]) -> str:
    while (above := source.get(id)) is not None:
        id = above
    return id
