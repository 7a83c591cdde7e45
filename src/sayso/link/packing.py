"""Profiles as plain JSON values, a few kilobytes each, and back without loss: what a store keeps with an article."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from sayso.link.profile import Profile

VECTORS = ("terms", "title", "lead", "scene")
WEIGHT, HUNDREDTH, THOUSANDTH = 10_000, 100, 1000  # parts that weights, rarities and shares are counted in
BETWEEN = "\t"  # names; words hold no blank


def pack_profile(profile: Profile) -> dict[str, Any]:
    """Words stand once, in the order of the vectors that hold them; weights are whole numbers."""
    words = list(dict.fromkeys(word for name in VECTORS for word in getattr(profile, name)))
    words += [word for word in profile.rarity if word not in set(words)]
    place = {word: at for at, word in enumerate(words)}
    return {
        "article": profile.article,
        "text": profile.text,
        "published": profile.published,
        "size": profile.size,
        "words": " ".join(words),
        "rarity": _columns(profile.rarity, place, HUNDREDTH),
        **{name: _columns(getattr(profile, name), place, WEIGHT) for name in VECTORS},
        "names": [BETWEEN.join(profile.names), _whole(profile.names.values(), HUNDREDTH)],
        "numbers": [BETWEEN.join(profile.numbers), _whole(profile.numbers.values(), HUNDREDTH)],
        "days": [list(profile.days), _whole(profile.days.values(), THOUSANDTH)],
        "ages": sorted(profile.ages),
        "hours": sorted(profile.hours),
        "streets": sorted(profile.streets),
        "places": [BETWEEN.join(profile.places), _whole(profile.places.values(), THOUSANDTH)],
        "later": round(profile.later * HUNDREDTH),
        "runs": b64encode(np.array(sorted(profile.runs), "<u4").tobytes()).decode("ascii"),
    }


def unpack_profile(packed: Mapping[str, Any]) -> Profile:
    """The profile that `pack_profile` was given."""
    words = packed["words"].split(" ") if packed["words"] else []
    return Profile(
        article=packed["article"],
        text=packed["text"],
        published=packed["published"],
        size=packed["size"],
        rarity=_vector(packed["rarity"], words, HUNDREDTH),
        **{name: _vector(packed[name], words, WEIGHT) for name in VECTORS},
        names=_named(packed["names"], HUNDREDTH),
        numbers=_named(packed["numbers"], HUNDREDTH),
        days=dict(zip(packed["days"][0], _parts(packed["days"][1], THOUSANDTH), strict=True)),
        ages=frozenset(packed["ages"]),
        hours=frozenset(packed["hours"]),
        streets=frozenset(packed["streets"]),
        places=_named(packed["places"], THOUSANDTH),
        later=packed["later"] / HUNDREDTH,
        runs=frozenset(np.frombuffer(b64decode(packed["runs"]), "<u4").tolist()),
    )


def _columns(vector: Mapping[str, float], place: Mapping[str, int], parts: int) -> list[Any]:
    """Numbers of the words, None where they are the first ones in order; and their weights."""
    at = [place[word] for word in vector]
    return [None if at == list(range(len(at))) else at, _whole(vector.values(), parts)]


def _vector(columns: Sequence[Any], words: Sequence[str], parts: int) -> dict[str, float]:
    at, weights = columns
    named = words[: len(weights)] if at is None else [words[number] for number in at]
    return dict(zip(named, _parts(weights, parts), strict=True))


def _named(columns: Sequence[Any], parts: int) -> dict[str, float]:
    names, weights = columns
    return dict(zip(names.split(BETWEEN) if weights else (), _parts(weights, parts), strict=True))


def _whole(values: Iterable[float], parts: int) -> list[int]:
    return [round(value * parts) for value in values]


def _parts(numbers: Iterable[int], parts: int) -> list[float]:
    return [number / parts for number in numbers]
