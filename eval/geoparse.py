"""geoparse: place names in news and local papers, found and put on the map. Maps `Analysis.places`; decides nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.harness import Figure, Line, read_jsonl, write_jsonl
from sayso.model import Analysis, Article

# Trivial: the mentions of `extract` as they are, each at the most populous candidate of the place index.
FIGURES = (
    Figure("end to end F1, all", ("ALL", "end_to_end", "F"), "0.540 CamCoder; 0.480 StanfordNER + population", 0.600),
    Figure("end to end F1, LGL", ("LGL", "end_to_end", "F"), "0.477 DBpedia Spotlight; 0.452 CamCoder", 0.494),
    Figure("end to end F1, TRN", ("TRN", "end_to_end", "F"), "0.625 CamCoder", 0.655),
    Figure("end to end F1, GWN", ("GWN", "end_to_end", "F"), "0.549 Edinburgh; 0.545 CamCoder", 0.569),
    Figure("end to end F1, GVI", ("GVI", "end_to_end", "F"), "0.644 CamCoder", 0.786),
    Figure("recognition F1, exact", ("ALL", "recognition.exact", "F"), "0.759 StanfordNER; 0.707 CamCoder", 0.707),
    Figure("accuracy within 161 km", ("ALL", "resolution", "acc161"), "0.764 CamCoder; 0.846 Edinburgh (fewer)", 0.815),
)


def predict(folder: Path, line: Line, work: Path) -> list[str]:
    gold = list(read_jsonl(folder / "dev.jsonl"))
    articles = (Article(row["text"], id=row["id"]) for row in gold)
    predictions = work / "predictions.jsonl"
    write_jsonl(predictions, map(as_row, line.code(articles)))
    return [str(folder / "dev.jsonl"), str(predictions)]


def as_row(analysis: Analysis) -> dict[str, Any]:
    """One document's places in the benchmark's format."""
    places = [
        {"start": place.span.start, "end": place.span.end, "lat": place.lat, "lon": place.lon}
        for place in analysis.places
    ]
    return {"id": analysis.article.id, "toponyms": places}
