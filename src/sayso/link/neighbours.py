"""Which articles are worth comparing: those found under the keys of one, by lookups alone.

Three kinds of keys, all made from one article and fixed tables: rare words and names (one piece of news), place,
people and rare words of each telling (one happening), sampled runs of words (one text). What many articles share
beyond `NEIGHBOURS` is compared with the most alike only; that is the one limit by which the order of arrival may show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sayso.link.candidates import signature
from sayso.link.cards import Card, code_of
from sayso.link.keys import ENOUGH, FAR, Key, blocking_keys
from sayso.link.kinship import all_kin
from sayso.link.tellings import Telling
from sayso.ports import LinkIndex

NEIGHBOURS = 40  # articles that one is compared with; of 150, fifty miss two in a thousand pairs of one happening
REPRINTED = 30  # days within which an article is looked for that has a sentence of another; the whole text, at any time
LONGEST = 7  # days: a telling of a longer interval is found by its first day alone
LATE = 2  # days after a happening on which an undated report of it may appear


@dataclass(slots=True)
class Found:
    """What an article shares with another one under its keys."""

    words: int = 0  # weight of shared rare words and names
    runs: int = 0
    tellings: int = 0  # shared places, people and rare words of tellings

    @property
    def concrete(self) -> bool:
        """Whether they share a text, or a telling's place, people or rare words."""
        return self.runs > 0 or self.tellings > 0

    @property
    def weight(self) -> float:
        """All of it, to rank."""
        return self.words / ENOUGH + self.runs + 0.5 * self.tellings


def stored_keys(card: Card) -> list[tuple[int, int | None]]:
    """(code, day) under which an article can be found."""
    day = card.profile.published
    found = {(code, day) for key in blocking_keys(card.profile) for code in _word_codes(key, card)}
    found |= {(run, day) for run in signature(card.article)}
    found.add((_text_code(card), day))
    for telling in card.tellings:
        found.update((code, _anchor(telling)) for code in _telling_codes(telling, kin=False))
    return sorted(found, key=lambda key: (key[0], key[1] or 0))


def find_candidates(card: Card, index: LinkIndex) -> dict[str, Found]:
    """The articles worth comparing with one, each with what they share."""
    found: dict[str, Found] = defaultdict(Found)
    _by_words(card, index, found)
    _by_tellings(card, index, found)
    _by_runs(card, index, found)
    found.pop(card.id, None)
    kept = {id: one for id, one in found.items() if one.words >= ENOUGH or one.runs > 0 or one.tellings}
    best = sorted(kept, key=lambda id: (-kept[id].weight, id))[:NEIGHBOURS]
    return {id: kept[id] for id in sorted(best)}


def _by_words(card: Card, index: LinkIndex, found: dict[str, Found]) -> None:
    weights: dict[int, int] = {}
    by_reach: dict[int, list[int]] = defaultdict(list)
    for key in blocking_keys(card.profile):
        for code in _word_codes(key, card):
            weights[code] = key.weight
            by_reach[key.reach].append(code)
    for reach, codes in sorted(by_reach.items()):
        for code, article in index.sharing(codes, *_around(card.profile.published, reach, reach)):
            found[article].words += weights[code]


def _by_tellings(card: Card, index: LinkIndex, found: dict[str, Found]) -> None:
    wanted: dict[tuple[int | None, int | None], set[int]] = defaultdict(set)
    for telling in card.tellings:
        first, last = telling.days or (telling.published, telling.published)
        before = LONGEST + 1 if telling.days else LONGEST + LATE
        window = (None, None) if first is None or last is None else (first - before, last + LATE + 1)
        wanted[window].update(_telling_codes(telling, kin=True))
    for (first, last), codes in sorted(wanted.items(), key=lambda item: item[0][0] or 0):
        for _, article in index.sharing(sorted(codes), first, last):
            found[article].tellings += 1


def _by_runs(card: Card, index: LinkIndex, found: dict[str, Found]) -> None:
    window = _around(card.profile.published, REPRINTED, REPRINTED)
    shared = [*index.sharing(signature(card.article), *window), *index.sharing([_text_code(card)], None, None)]
    runs = Counter(article for _, article in shared)
    for article, count in runs.items():
        found[article].runs = count


def _around(day: int | None, before: int, after: int) -> tuple[int | None, int | None]:
    return (None, None) if day is None else (day - before, day + after)


def _word_codes(key: Key, card: Card) -> list[int]:
    """A rare name stands for itself; a word only among articles about one country, or about none."""
    if key.reach == FAR:
        return [code_of("name", key.text)]
    return [code_of("word", key.text, country) for country in card.countries or ("",)]


def _text_code(card: Card) -> int:
    return code_of("text", card.profile.text)


# --------------------------------------------------------------------------- tellings


def _anchor(telling: Telling) -> int | None:
    return telling.days[0] if telling.days else telling.published


def _telling_codes(telling: Telling, kin: bool) -> set[int]:
    """What a telling is found by; with `kin` also under the types it may be told as."""
    types = {other for own in telling.types for other in all_kin()[own]} if kin else telling.types
    return {code_of(*key, kind) for key in telling.keys for kind in types}
