"""Fits which of an article's figures are those of its own happening, and prints what cross-fitting says it is worth.

    python -m training.tolls ../shared/bench [--cache FOLDER]

Writes src/sayso/data/headline.json, and eval/headline_folds.json with the weights that never saw a fold. Fitted on the
development half of gva_incidents with its own groups of reports, by a conditional logit over pairs of
killed and injured (`sayso.link.headline`); folds follow from a hash of the incident. Nothing but weights by name leaves
the data. L-BFGS from zero: no seed is needed.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from eval.folds import FOLDS, fold_of
from eval.gva_incidents import WEIGHTS, read_article
from eval.harness import Line, read_jsonl
from sayso.extract.tolls.find import find_tolls
from sayso.link.headline import Pair, Report, candidates, decide, evidence, read_report
from sayso.model import Analysis, Parsed, Toll, toll_id

OUT = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "headline.json"
PENALTY = 5.0  # of the squared weights
SMALLEST = 0.02  # weights nearer zero are left out

Weights = Mapping[str, float]
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Happening:
    """One incident of the archive with its reports and its record."""

    id: str
    reports: tuple[Report, ...]
    record: Pair

    @property
    def fold(self) -> int:
        return fold_of(self.id)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--cache", type=Path, help="parses kept between runs")
    chosen = parser.parse_args()
    folder = chosen.bench / "gva_incidents" / "dev"
    line = Line(chosen.cache)
    parsed = line.parse(read_article(row) for row in read_jsonl(folder / "docs.jsonl"))
    happenings = read_happenings(folder, {one.article.id: read_report(counted(one)) for one in parsed})
    folds = [shorten(fit([one for one in happenings if one.fold != fold])) for fold in range(FOLDS)]
    print("cross-fitted:", rates(happenings, [folds[one.fold] for one in happenings]))
    weights = shorten(fit(happenings))
    print("in-sample:   ", rates(happenings, [weights] * len(happenings)))
    OUT.write_text(json.dumps(weights, indent=0) + "\n", "utf-8")
    WEIGHTS.write_text("[" + ",\n".join(map(json.dumps, folds)) + "]\n", "utf-8")
    print(f"{len(weights)} weights in {OUT}")


def shorten(weights: Weights) -> Weights:
    return {name: round(weight, 3) for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST}


def counted(parsed: Parsed) -> Analysis:
    """An article with its tolls alone: on whose word they stand is no feature."""
    tolls = tuple(
        Toll(toll_id(one.harm, one.low, one.high, one.span), None, one.harm, one.low, one.high, one.victims,
             one.cumulative, None, one.span, (), one.reasons, one.kind, one.part, one.withdrawn)
        for one in find_tolls(parsed)
    )  # fmt: skip
    return Analysis(parsed.article, tolls=tolls)


def read_happenings(folder: Path, reports: Mapping[str, Report]) -> list[Happening]:
    told: dict[str, list[Report]] = defaultdict(list)
    for row in read_jsonl(folder / "links.jsonl"):
        told[row["incident_id"]].append(reports[row["doc_id"]])
    records = {row["incident_id"]: (row["killed"], row["injured"]) for row in read_jsonl(folder / "incidents.jsonl")}
    return [Happening(id, tuple(told[id]), record) for id, record in records.items() if told[id]]


def fit(happenings: Sequence[Happening], penalty: float = PENALTY) -> Weights:
    """Weights by name that make the archive's records likely, where the reports allow them."""
    told = [(one, candidates(one.reports)) for one in happenings]
    told = [(one, pairs) for one, pairs in told if one.record in pairs]
    rows = [evidence(one.reports, pair) for one, pairs in told for pair in pairs]
    names = sorted({name for each in rows for name in each})
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names)))
    for at, each in enumerate(rows):
        for name, value in each.items():
            table[at, place[name]] = value
    sizes = np.array([len(pairs) for _, pairs in told])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = starts + np.array([pairs.index(one.record) for one, pairs in told])
    groups = np.repeat(np.arange(len(told)), sizes)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = table @ weights
        most = np.maximum.reduceat(scores, starts)
        mass = np.exp(scores - most[groups])
        total = np.add.reduceat(mass, starts)
        gradient = table.T @ (mass / total[groups]) - table[right].sum(0) + penalty * weights
        missed = -(scores[right] - most - np.log(total)).sum()
        return float(missed + penalty * (weights @ weights) / 2), gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return dict(zip(names, map(float, found.x), strict=True))


def rates(happenings: Sequence[Happening], weights: Iterable[Weights]) -> str:
    right = [0, 0]
    for one, own in zip(happenings, weights, strict=True):
        found = decide(one.reports, own)
        right[0] += found.killed == one.record[0]
        right[1] += found.injured == one.record[1]
    return f"killed {right[0] / len(happenings):.4f}, injured {right[1] / len(happenings):.4f}"


if __name__ == "__main__":
    main()
