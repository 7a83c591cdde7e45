"""Fits what speaks for two tellings being of one happening, and prints what cross-fitting says it is worth.

    python -m training.tellings --bench BENCH [--cache FOLDER]

Writes src/sayso/data/tellings.json. Logistic regression over what `sayso.link.compare` sees, from two sources of equal
weight: main tellings of gva_incidents by the archive's incidents, as they are and in streams made denser, coded by the
rules alone (the typer leaves ordinary crime uncoded); and all tellings of the invented press by what they tell. Every
printed figure is of weights, and on shootings of a judge of articles, that saw no group of the fold. The demo archive
has no part in it. Nothing but weights leaves the data; L-BFGS from zero, so that no seed is needed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.generated import Report, reports
from eval.folds import FOLDS, fold_of, open_folds
from eval.harness import Line
from eval.incident_links import by_rules, read_gold
from sayso.link.compare import STEPS, Weights, compare_tellings, sights
from sayso.link.happenings import may_be_one
from sayso.link.judge import Scorer, open_judge
from sayso.link.keys import blocking_keys, proposed_pairs
from sayso.link.profile import Profile, profile
from sayso.link.tellings import Telling, tell
from training.logistic import fit
from training.streams import Stream, denser

OUT = Path(__file__).resolve().parent.parent / "src" / "sayso" / "data" / "tellings.json"
DENSITIES = (1, 6)
INVENTED = 1200  # reports
RIDGE, LEAST, ROUNDS = 3.0, 5, 500
SURE = 0.5  # a pair this likely is called one happening in what is printed

# What an analyst would say beforehand: the fit leaves it only as far as the texts say otherwise, since invented reports
# are too much alike to be counted as so many.
BEFORE = {
    "bias": -3.6,
    "type other mode": -0.4, "type kin": -1.0, "type distant kin": -1.5,
    "place same": 2.0, "place same, wide": 1.0, "place near": 1.0, "place not far": -0.5, "place of another name": -1.0,
    "place perhaps another country": -1.0,
    "time agrees": 2.0, "time agrees, wide": 1.0, "time next day": -1.5, "time filed before": -2.5,
    "time filed within days": -1.0, "time filed late": -2.5,
    "time published within days": -0.5, "time published apart": -2.0, "time unknown": -1.0,
    "participants share name": 0.8, "participants share head": 0.4, "participants share sector": 0.3,
    "participants share country": 0.2, "participants differ": -0.7,
    "tolls same": 0.5, "tolls same, telling": 1.0, "tolls differ": -0.5,
    "words 0.03": 0.3, "words 0.08": 0.2, "words 0.15": 0.4, "words 0.25": 0.4, "words 0.4": 0.6, "words 0.6": 1.0,
    "words alone": -1.5, "words beside a deed": -0.5,
    **{f"articles' main {bound}": 0.33 for bound in STEPS},
    **{f"articles' leads {bound}": 0.22 for bound in STEPS},
    **{f"articles {bound}": 0.11 for bound in STEPS},
}  # fmt: skip

HELD = 0.25  # share of what was said beforehand that a weight keeps at least
UNKNOWN = (
    "place unknown",
    "place perhaps one country",
    "place may hold the other",
    "time filed soon",
    "time published together",
    "time published within days",
)  # never speak for one happening


def bounds() -> dict[str, tuple[float | None, float | None]]:
    """The least and the most that each may weigh."""
    held: dict[str, tuple[float | None, float | None]] = {
        name: (HELD * weight, None) if weight > 0 else (None, HELD * weight) for name, weight in BEFORE.items()
    }
    return {**held, **dict.fromkeys(UNKNOWN, (None, 0.0)), "bias": (None, None)}


Happenings = Callable[[Telling], str | None]  # what a telling truly tells; None: not known


@dataclass(frozen=True, slots=True)
class Example:
    """Two tellings, how alike their articles are, whether they are one happening, the folds of both."""

    one: Telling
    two: Telling
    alike: float
    right: bool
    folds: tuple[int, int]

    @property
    def seen(self) -> tuple[str, ...]:
        return ("bias", *(name for sight in sights(self.one, self.two, self.alike) for name in sight.seen))


def examples(stream: Stream, told: Mapping[str, Sequence[Telling]], truth: Happenings, judge: Scorer) -> list[Example]:
    """The pairs of tellings that linking would compare and of which the truth is known."""
    keys = [blocking_keys(one) for one in stream.profiles]
    near = proposed_pairs(keys, [one.published for one in stream.profiles])
    pairs = [(stream.profiles[one], stream.profiles[two]) for one, two in near]
    return [
        Example(left, right, alike, known[0] == known[1], (fold_of(known[0]), fold_of(known[1])))
        for pair, alike in zip(pairs, judge.pairs(pairs), strict=True)
        for left, right, known in _compared(pair, told, truth, alike)
    ]


def _compared(
    pair: tuple[Profile, Profile], told: Mapping[str, Sequence[Telling]], truth: Happenings, alike: float
) -> Iterator[tuple[Telling, Telling, tuple[str, str]]]:
    for left in told[pair[0].article]:
        for right in told[pair[1].article]:
            one, two = truth(left), truth(right)
            if one is not None and two is not None and _plain(one, two) and may_be_one(left, right, alike):
                yield left, right, (one, two)


def _plain(one: str, two: str) -> bool:
    """Whether the truth is plain: what merely belongs to a happening ("h12/ACCUSE") may be told as part of it."""
    return one == two or one.split("/")[0] != two.split("/")[0]


def shootings(bench: Path, line: Line) -> Iterator[list[Example]]:
    """Main tellings of news pages, in streams of several densities."""
    folder = bench / "gva_incidents"
    gold = read_gold(folder)
    analyses = list(by_rules(line, folder))
    own = {one.article.id: tell(one, "") for one in analyses}
    stream = Stream("gva_incidents", tuple(profile(one) for one in analyses), gold)
    days = {one.article: one.published for one in stream.profiles}
    for times in DENSITIES:
        dense = denser(stream, times)
        moved = {one.article: (one.published or 0) - (days[one.article] or 0) for one in dense.profiles}
        told = {id: [later(one, moved[id]) for one in tellings] for id, tellings in own.items()}
        yield examples(
            dense, told, lambda one: gold[one.article] if one.main >= 1 else None, open_folds("incident", gold)
        )


def later(telling: Telling, days: int) -> Telling:
    """A telling as if all had happened so many days later."""
    told = (telling.days[0] + days, telling.days[1] + days) if telling.days else None
    return replace(telling, days=told, published=None if telling.published is None else telling.published + days)


def invented(made: Sequence[Report]) -> list[Example]:
    """All tellings of the invented press."""
    happening = {event: name for report in made for event, name in report.told.items()}

    def truth(telling: Telling) -> str | None:
        names = Counter(happening[event.id] for event in telling.events if event.id in happening)
        return min(names, key=lambda name: (-names[name], name), default=None)

    told = {report.analysis.article.id: tell(report.analysis, "") for report in made}
    stream = Stream("invented", tuple(profile(report.analysis) for report in made), {})
    return examples(stream, told, truth, open_judge("incident"))


def fitted(sources: Sequence[Sequence[Example]], without: int | None = None) -> Weights:
    """Weights of all that is seen, from all examples or from those that touch no group of a fold."""
    kept = [[one for one in source if without not in one.folds] for source in sources]
    most = max(map(len, kept))
    shown = [one.seen for source in kept for one in source]
    texts = [one.one.article for source in kept for one in source]
    worth = [most / len(source) / len(kept) for source in kept for _ in source]
    return fit(
        shown, [one.right for source in kept for one in source], texts, LEAST, RIDGE, ROUNDS, worth, BEFORE, bounds()
    )


def crossed(source: Sequence[Example], folds: Sequence[Weights]) -> list[float]:
    """The probability of each example: the mean of the two weights that never saw the one's or other's group."""
    return [sum(compare_tellings(e.one, e.two, e.alike, folds[fold])[0] for fold in e.folds) / 2 for e in source]


def line_of(name: str, source: Sequence[Example], scores: Sequence[float]) -> str:
    """Precision and recall of pairs called one happening, log loss, and how often those near each tenth are right."""
    right, score = np.array([one.right for one in source]), np.clip(np.array(scores), 1e-6, 1 - 1e-6)
    called = score >= SURE
    loss = -np.where(right, np.log(score), np.log(1 - score)).mean()
    tenths = [right[(score >= low / 10) & (score < (low + 1) / 10)] for low in range(10)]
    shares = " ".join(f"{tenth.mean():.2f}" if len(tenth) else "-" for tenth in tenths)
    precision, recall = right[called].mean() if called.any() else 1.0, called[right].mean()
    found = f"P {precision:.3f} R {recall:.3f} loss {loss:.4f}; right by tenths: {shares}"
    return f"{name}: {len(source)} pairs, {right.mean():.3f} one; {found}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="parses kept between runs")
    chosen = parser.parse_args()
    pages = list(shootings(chosen.bench.resolve(), Line(chosen.cache)))
    press = invented(list(reports(INVENTED)))
    sources = [[one for stream in pages for one in stream], press]
    folds = [fitted(sources, fold) for fold in range(FOLDS)]
    for name, source in (
        *((f"shootings, {d} times", page) for d, page in zip(DENSITIES, pages, strict=True)),
        ("invented", press),
    ):
        print(line_of(name, source, crossed(source, folds)), flush=True)
    weights = {name: round(weight, 2) for name, weight in fitted(sources).items()}
    OUT.write_text(json.dumps(weights, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
