"""Fits the model of countries on coded texts and prints what it is worth on texts that no fit sees.

    python -m training.countries --bench BENCH [--cache FOLDER] [--seen FILE]

Writes src/sayso/data/countries.npz: a weight for each feature of `sayso.resolve.origin` that some texts show. A
conditional logit over the countries that an article offers a participant and none, by L-BFGS from zero, so that runs
agree; about two minutes on one core, most of it for reading the texts. `--seen` keeps what was read between runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from eval.harness import Line
from sayso.resolve.leaning import NONE
from sayso.resolve.origin import choose
from sayso.resolve.parties import seen_by_choice
from training.parties import cases, paired, rows_and_held, write

LEAST, RIDGE, STEPS = 8, 5.0, 200  # texts that show a feature, weight of squares, steps of the fit
LIMITS = (0.0, 0.3, 0.4, 0.45, 0.5, 0.6)

Offer = dict[str, list[str]]  # the features of each country offered, and of none


@dataclass(frozen=True, slots=True)
class Example:
    """A participant with the countries offered, and the coder's."""

    text: str
    actor: str
    sure: str | None  # told by its own name
    offer: Offer
    right: str | None


def examples(line: Line, bench: Path) -> Iterator[Example]:
    """Every party of the training parts whose words an actor of ours covers."""
    for case in cases(line, bench):
        seen = seen_by_choice(case.parsed, case.known, case.drafts, case.places, line.gazetteer)
        for party, actor, (is_sure, offer) in paired(case.text, seen):
            yield Example(case.text.id, actor.id, actor.country if is_sure else None, offer, party.country)


def fit(rows: Sequence[Example]) -> dict[str, float]:
    """Weights under which the coders' countries are likeliest."""
    once = list({(row.text, row.actor, row.right): row for row in rows}.values())
    texts: dict[str, set[str]] = {}
    for row in once:
        for name in {name for names in row.offer.values() for name in names}:
            texts.setdefault(name, set()).add(row.text)
    place = {name: at for at, name in enumerate(sorted(name for name, seen in texts.items() if len(seen) >= LEAST))}
    table, starts, right = _table(once, place)
    group = np.repeat(np.arange(len(starts)), np.diff([*starts, table.shape[0]]))
    turned = table.T.tocsr()
    wanted = np.asarray(table[right].sum(axis=0)).ravel()

    def loss(weights: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        sums = table @ weights
        top = np.maximum.reduceat(sums, starts)
        grown = np.exp(sums - top[group])
        total = np.add.reduceat(grown, starts)
        value = (np.log(total) + top).sum() - sums[right].sum() + RIDGE / 2 * float(weights @ weights)
        return value, turned @ (grown / total[group]) - wanted + RIDGE * weights

    found = minimize(loss, np.zeros(len(place)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return dict(zip(place, map(float, found.x), strict=True))


def _table(
    rows: Sequence[Example], place: dict[str, int]
) -> tuple[csr_matrix, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """A row for each option, where each participant's options begin, and which of them is right."""
    columns: list[int] = []
    ends, starts, right = [0], [], []
    for row in rows:
        starts.append(len(ends) - 1)
        wanted = row.right if row.right in row.offer else NONE
        for country, names in row.offer.items():
            if country == wanted:
                right.append(len(ends) - 1)
            columns += [place[name] for name in names if name in place]
            ends.append(len(columns))
    table = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(place)))
    return table, np.array(starts), np.array(right)


def measure(weights: Mapping[str, float], rows: Sequence[Example]) -> Iterator[str]:
    """Accuracy for several shares from which on a country is taken."""
    for limit in LIMITS:
        counts: Counter[str] = Counter()
        for row in rows:
            found = None if row.sure else choose(row.offer, weights, limit)
            told = row.sure if found is None else found.country
            counts["right"] += told == row.right
            counts["both"] += bool(told and row.right)
            counts["both right"] += bool(told) and told == row.right
        both = counts["both right"] / counts["both"]
        share = counts["right"] / len(rows)
        yield f"from {limit}: {share:.3f} right of {len(rows)}; {both:.3f} of {counts['both']} where both tell one"


def main() -> None:
    rows, held = rows_and_held("countries", __doc__, examples)
    weights = fit([row for row in rows if row.text not in held])
    print(*measure(weights, [row for row in rows if row.text in held]), sep="\n", flush=True)
    write("countries.npz", list(weights), ["weight"], np.array(list(weights.values()), np.float32)[:, None])


if __name__ == "__main__":
    main()
