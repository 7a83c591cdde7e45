"""What linking reads of one article, once, and how it is kept at hand while its neighbours are looked at."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import TypeVar

from sayso.link.counts import TakenBack, taken_back
from sayso.link.gist import pack_tellings, unpack_tellings
from sayso.link.packing import pack_profile, unpack_profile
from sayso.link.profile import Profile, profile
from sayso.link.tellings import Telling, about_countries, tell
from sayso.link.verdicts import Verdicts, correct
from sayso.model import Analysis, Article
from sayso.ports import Linked, LinkIndex

HELD = 2000  # articles kept whole in memory: those that are being linked
AT_HAND = 8000  # articles whose sketches are kept: a fortnight of a busy press
TOPIC = 40  # heaviest terms that say what an article is about
UNIT = 10_000  # length of a topic's vector

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Card:
    """One article as linking sees it: what analysts said of it is already in it."""

    analysis: Analysis
    profile: Profile
    tellings: tuple[Telling, ...]
    recalled: tuple[TakenBack, ...]  # figures that it calls withdrawn
    countries: tuple[str, ...]  # that it is about, the one named most first

    @property
    def id(self) -> str:
        return self.analysis.article.id

    @property
    def article(self) -> Article:
        return self.analysis.article


def read_card(analysis: Analysis, verdicts: Verdicts, known: Profile | None = None) -> Card:
    """The card of an analysis; pure, so that it can be read again at any time. `known` spares making its profile."""
    analysis = correct(analysis, verdicts)
    barred = verdicts.told_apart([event.id for event in analysis.events])
    return Card(
        analysis=analysis,
        profile=known or profile(analysis),
        tellings=tuple(tell(analysis, "", barred)),
        recalled=tuple(taken_back(analysis)),
        countries=about_countries(analysis),
    )


class Sketch:
    """What an article is compared by, as the index keeps it; its tellings are read only when they are asked for."""

    def __init__(self, profile: Profile, countries: tuple[str, ...], tellings: str) -> None:
        self.profile = profile
        self.countries = countries
        self._packed = tellings

    @cached_property
    def tellings(self) -> tuple[Telling, ...]:
        return unpack_tellings(self._packed, self.profile.article, self.profile.published)


class Cards:
    """Cards, sketches and texts by article id: the least recently used are read again when they are wanted again."""

    def __init__(self, index: LinkIndex, verdicts: Verdicts) -> None:
        self._index = index
        self._verdicts = verdicts
        self._cards: OrderedDict[str, Card] = OrderedDict()
        self._sketches: OrderedDict[str, Sketch] = OrderedDict()
        self._articles: OrderedDict[str, Article] = OrderedDict()

    def get(self, ids: Iterable[str]) -> dict[str, Card]:
        """The cards of these articles, as far as they are stored."""
        return _held(self._cards, sorted(set(ids)), self._read_cards)

    def one(self, id: str) -> Card:
        return self.get([id])[id]

    def forget(self, ids: Iterable[str]) -> None:
        """Read these articles again when they are asked for: they may have changed."""
        for id in ids:
            for held in (self._cards, self._sketches, self._articles):
                held.pop(id, None)

    def sketches(self, ids: Iterable[str]) -> dict[str, Sketch]:
        """What these articles are compared by, as far as they are linked."""
        return _held(self._sketches, sorted(set(ids)), self._read_sketches, AT_HAND)

    def articles(self, ids: Iterable[str]) -> dict[str, Article]:
        """The texts of these articles, as far as they are stored."""
        return _held(self._articles, sorted(set(ids)), self._read_articles)

    def _read_articles(self, ids: Sequence[str]) -> Iterator[tuple[str, Article]]:
        cards = {id: self._cards[id].article for id in ids if id in self._cards}
        yield from cards.items()
        yield from self._index.articles([id for id in ids if id not in cards]).items()

    def _read_cards(self, ids: Sequence[str]) -> Iterator[tuple[str, Card]]:
        for id, analysis in self._index.analyses(ids).items():
            known = self._sketches.get(id)
            yield id, read_card(analysis, self._verdicts, known.profile if known else None)

    def _read_sketches(self, ids: Sequence[str]) -> Iterator[tuple[str, Sketch]]:
        for id, linked in self._index.linked(ids, whole=True).items():
            yield id, Sketch(unpack_profile(json.loads(linked.profile)), linked.countries, linked.tellings)


def _held(
    held: OrderedDict[str, Kept],
    wanted: Sequence[str],
    read: Callable[[Sequence[str]], Iterable[tuple[str, Kept]]],
    most: int = HELD,
) -> dict[str, Kept]:
    """What is wanted of what is held, after reading what is missing."""
    held.update(read([id for id in wanted if id not in held]))
    found = {}
    for id in wanted:
        if id in held:
            held.move_to_end(id)
            found[id] = held[id]
    while len(held) > max(most, len(wanted)):
        held.popitem(last=False)
    return found


def linked_of(card: Card, keys: Iterable[tuple[int, int | None]], title: str) -> Linked:
    """What the index keeps of a card."""
    return Linked(
        article=card.id,
        text=card.profile.text,
        day=card.profile.published,
        countries=card.countries,
        title=title,
        topic=_topic(card.profile),
        profile=json.dumps(pack_profile(card.profile), ensure_ascii=True, separators=(",", ":")),
        tellings=pack_tellings(card.tellings),
        totals=any(telling.total for telling in card.tellings),
        recalls=bool(card.recalled),
        keys=tuple(keys),
    )


def code_of(*parts: object) -> int:
    """A number below 2**63 for a key, the same everywhere."""
    told = "\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big") >> 1


def _topic(profile: Profile) -> tuple[tuple[int, int], ...]:
    heavy = sorted(profile.terms.items(), key=lambda item: (-item[1], item[0]))[:TOPIC]
    weights: dict[int, float] = {}
    for term, weight in heavy:
        code = code_of(term) % 2**31
        weights[code] = weights.get(code, 0.0) + weight
    return unit(weights)


def unit(vector: Mapping[int, float]) -> tuple[tuple[int, int], ...]:
    """A vector brought to length UNIT, in whole numbers, in order of its terms."""
    length = sum(weight * weight for weight in vector.values()) ** 0.5
    return tuple((code, round(UNIT * weight / length)) for code, weight in sorted(vector.items())) if length else ()
