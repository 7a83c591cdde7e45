"""The fitted numbers of the linker: logistic weights by purpose, with the thresholds that go with them.

They come from `training/fit_link.py`; `data/link.card.md` says on what they were fitted and how well they do.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

from sayso.link.articles import FEATURES, Weights


@lru_cache(maxsize=8)
def weights_for(purpose: str) -> Weights:
    """Weights for "incident" (two reports of one main happening) or "story" (two reports of one story)."""
    read = json.loads(files("sayso").joinpath("data", "link.json").read_text("utf-8"))[purpose]
    return Weights(read["bias"], tuple(read["weights"][name] for name in FEATURES), read["threshold"])
