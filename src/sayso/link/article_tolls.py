"""All that reconciling tolls needs of one article, small enough to keep beside it and plain enough for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sayso.link.counts import TakenBack, Told, read_counts, taken_back
from sayso.link.headline import Figure, Report, read_report
from sayso.model import Analysis, Harm, VictimKind


@dataclass(frozen=True, slots=True)
class ArticleTolls:
    """The figures of one article, those it takes back, and what it says of the killed and injured as a whole."""

    article: str
    told: tuple[Told, ...]
    taken_back: tuple[TakenBack, ...]
    report: Report


def read_tolls(analysis: Analysis) -> ArticleTolls:
    """What an article contributes, whatever incidents and origins come of it."""
    return ArticleTolls(analysis.article.id, read_counts(analysis), taken_back(analysis), read_report(analysis))


def pack_tolls(tolls: ArticleTolls) -> dict[str, Any]:
    """As JSON holds it."""
    packed = asdict(tolls)
    packed["report"]["numbers"] = [sorted(numbers) for numbers in tolls.report.numbers]
    return packed


def unpack_tolls(packed: Mapping[str, Any]) -> ArticleTolls:
    """What `pack_tolls` made, read back from JSON."""
    return ArticleTolls(
        article=packed["article"],
        told=tuple(map(_told, packed["told"])),
        taken_back=tuple(map(_taken_back, packed["taken_back"])),
        report=_report(packed["report"]),
    )


def _told(row: Mapping[str, Any]) -> Told:
    kind = VictimKind(row["kind"]) if row["kind"] else None
    return Told(**{**row, "harm": Harm(row["harm"]), "kind": kind, "ids": tuple(row["ids"])})


def _taken_back(row: Mapping[str, Any]) -> TakenBack:
    return TakenBack(**{**row, "harm": Harm(row["harm"]) if row["harm"] else None})


def _report(row: Mapping[str, Any]) -> Report:
    killed, injured = (tuple(Figure(**figure) for figure in row[harm]) for harm in ("killed", "injured"))
    words = {name: (title, lead, rest) for name, (title, lead, rest) in row["words"].items()}
    title, opening = map(frozenset, row["numbers"])
    return Report(killed, injured, words, (title, opening), row["day"])
