"""Which reports tell one shooting, and what it cost: article groups, with tolls, day and place from the analyses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from eval.crises import in_crises
from eval.folds import fold_of, open_folds
from eval.harness import Figure, Line, read_jsonl, write_jsonl
from eval.streams import Stream, denser, pairs_f1, read_in_order
from sayso.link.articles import by_text, group_articles, profile_articles
from sayso.link.days import told_days
from sayso.link.headline import decide, read_report
from sayso.link.profile import profile
from sayso.model import Analysis, Article, Event, EventType, Level, Place

# Trivial: every page alone; killed 0, injured 1; no day, no place. The judge of pairs and the weights of killed and
# injured were fitted on this half: here each pair and each incident is judged by fits that never saw it.
FIGURES = (
    Figure("pairwise F1", ("linking", "pairwise", "f1"), "0.736 TF-IDF (its README)", 0.0, crossed=True),
    Figure("B3 F1", ("linking", "b3", "f1"), "0.920 TF-IDF", 0.761, crossed=True),
    Figure("B3 F1, several reports", ("linking", "multi_b3", "f1"), "0.975 fitted elsewhere", 0.561, crossed=True),
    Figure("pairwise F1, online", ("streams", "online"), "", 0.0, crossed=True),
    Figure("pairwise F1, 6 times denser", ("streams", "denser6"), "0.65 TF-IDF", 0.0, crossed=True),
    Figure("pairwise F1, 26 times denser", ("streams", "denser26"), "0.55 TF-IDF", 0.0, crossed=True),
    Figure("pairwise F1, in crises", ("streams", "crises"), "", 0.0, crossed=True),
    Figure("killed right", ("tolls", "killed", "right"), "0.846 before these rules", 0.457),
    Figure("injured right", ("tolls", "injured", "right"), "0.750 before these rules", 0.329),
    Figure("date right", ("tolls", "date", "right"), "0.748 before these rules", 0.0),
    Figure("city right", ("tolls", "city", "right"), "0.740 before these rules", 0.0),
    Figure("state right", ("tolls", "state", "right"), "", 0.0),
)
WEIGHTS = Path(__file__).with_name("headline_folds.json")  # written by training/tolls.py
VIOLENT = frozenset({EventType.ASSAULT, EventType.COERCE})
LEAD = 1500  # characters that count double


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    """Groups of pages, each with the most voted toll, day and town of its pages."""
    docs = [read_article(row) for row in read_jsonl(folder / "dev" / "docs.jsonl")]
    analyses = {article.id: Analysis(article) for article in docs}
    analyses.update({analysis.article.id: analysis for analysis in line.code(docs)})
    gold = _gold(folder)
    groups = group_articles(profile_articles(analyses.values()), "incident", judge=open_folds("incident", gold))
    unseen = _unseen_by(folder)
    rows = (describe([analyses[id] for id in group], _weights(group, unseen)) for group in groups)
    write_jsonl(work / "pred.jsonl", rows)
    return ["dev", str(work / "pred.jsonl")]


def _unseen_by(folder: Path) -> dict[str, int]:
    """For each page the fold whose weights never saw its incident."""
    return {page: fold_of(incident) for page, incident in _gold(folder).items()}


def _gold(folder: Path) -> dict[str, str]:
    """The incident of each page."""
    return {row["doc_id"]: row["incident_id"] for row in read_jsonl(folder / "dev" / "links.jsonl")}


def beside(folder: Path) -> dict[str, dict[str, float]]:
    """Pages joined as they come in; and incidents moved into fewer weeks, and into crises."""
    gold = _gold(folder)
    judge = open_folds("incident", gold)
    pages = (profile(Analysis(read_article(row))) for row in read_jsonl(folder / "dev" / "docs.jsonl"))
    stream = Stream("pages", tuple(pages), gold)
    found = {"online": pairs_f1(gold, read_in_order(stream.profiles, "incident", judge))}
    others = {"denser6": denser(stream, 6), "denser26": denser(stream, 26), "crises": in_crises(stream)}
    for name, other in others.items():
        found[name] = pairs_f1(gold, group_articles(by_text(other.profiles), "incident", judge=judge))
    return {"streams": found}


def _weights(group: Sequence[str], unseen: Mapping[str, int]) -> Mapping[str, float]:
    """The weights that saw fewest of a group's pages: none of them, where the group holds pages of one incident."""
    folds: list[dict[str, float]] = json.loads(WEIGHTS.read_text("utf-8"))
    counts = Counter(unseen[page] for page in group)
    return folds[min(counts, key=lambda fold: (-counts[fold], fold))]


def read_article(row: dict[str, Any]) -> Article:
    title = row["title"] or None
    text = f"{title}\n\n{row['text']}" if title else row["text"]
    return Article(text, outlet=row["outlet"], title=title, published=row["date"], lang="en", id=row["doc_id"])


def describe(group: Sequence[Analysis], weights: Mapping[str, float] | None = None) -> dict[str, Any]:
    """One predicted incident, by the weights that ship unless others are given."""
    town = _vote(group, _towns)
    cost = decide([read_report(analysis) for analysis in group], weights)
    return {
        "doc_ids": [analysis.article.id for analysis in group],
        "killed": cost.killed,
        "injured": cost.injured,
        "date": _vote(group, _days),
        "city": town,
        "state": _vote(group, _states),
    }


def _vote(group: Sequence[Analysis], values: Callable[[Analysis], Iterable[tuple[Any, float]]]) -> Any:
    """What most articles say, each with one vote shared out by weight; of equals the smallest; None if none speaks."""
    votes: Counter[Any] = Counter()
    for analysis in group:
        own: Counter[Any] = Counter()
        for value, weight in values(analysis):
            own[value] += weight  # type: ignore[assignment]
        total = sum(own.values())
        for value, weight in own.items():
            votes[value] += weight / total  # type: ignore[assignment]
    return min(votes, key=lambda value: (-votes[value], value)) if votes else None


def _days(analysis: Analysis) -> Iterable[tuple[str, float]]:
    """Days of violent events, else the days the article speaks of."""
    times = {time.id: time for time in analysis.times}
    told = [
        (times[e.time].first, e) for e in _violent(analysis) if e.time in times and times[e.time].precision in (1, 2)
    ]
    found = [(day, 2.0 if event.trigger.start < LEAD else 1.0) for day, event in told if day is not None]
    if found:
        return found

    return [(date.fromordinal(day).isoformat(), share) for day, share in told_days(analysis).items()]


def _towns(analysis: Analysis) -> Iterable[tuple[str, float]]:
    places = {place.id: place for place in analysis.places}
    told = [places[event.place] for event in _violent(analysis) if event.place in places]
    cities = [place for place in told if _is_town(place)] or [place for place in analysis.places if _is_town(place)]
    return [(place.name, 2.0 if place.span.start < LEAD else 1.0) for place in cities]


def _states(analysis: Analysis) -> Iterable[tuple[str, float]]:
    """The division of the towns that violent events are in, else of every town, else the divisions named."""
    places = {place.id: place for place in analysis.places}
    told = [places[event.place] for event in _violent(analysis) if event.place in places]
    for group in (told, analysis.places):
        held = [place for place in group if place.admin1]
        if held:
            return [(place.admin1, 2.0 if place.span.start < LEAD else 1.0) for place in held if place.admin1]
    named = [place for place in analysis.places if place.level is Level.PROVINCE]
    return [(place.name, 2.0 if place.span.start < LEAD else 1.0) for place in named]


def _is_town(place: Place) -> bool:
    return place.level in (Level.CITY, Level.DISTRICT)


def _violent(analysis: Analysis) -> list[Event]:
    return [event for event in analysis.events if event.type in VIOLENT]
