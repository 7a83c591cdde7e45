"""Where an article's surroundings put somebody whose own words tell no country.

Every word that names a country, and every place, is a vote: more for one that says where ("in the town of Kisumu"),
more in the same sentence, none for the other party's. Who acts for a state is where its country is spoken of, not
where it happens to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sayso.model import Parsed
from sayso.ports import Gazetteer
from sayso.resolve.whence import Atlas, Whence, place_shares, state_of

_AT = frozenset("in at near outside inside across around throughout off along within".split())
_WITH_PLACES = _AT | frozenset("of from to into on over between through towards toward via".split())
_BEYOND = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "VAT", ""})
_LEAST = 1_000  # people of a place whose name may be a vote
_SHARE = 0.5  # of the votes from which on a country is taken


@dataclass(frozen=True, slots=True)
class _Vote:
    token: int
    sentence: int
    country: str
    weight: float
    at: bool  # says where


class Surroundings:
    """The votes of one article."""

    def __init__(self, parsed: Parsed, atlas: Atlas, gazetteer: Gazetteer) -> None:
        self.parsed, self.atlas, self.gazetteer = parsed, atlas, gazetteer
        self._votes = [*self._named(), *self._located()]
        filed = parsed.article.dateline.span if parsed.article.dateline else None
        self._filed = None if filed is None else parsed.token_at(filed[0])

    def country(self, token: int, is_state: bool, others: Collection[range] = ()) -> Whence | None:
        """The country that most votes around a token go to; `others` are the words of the other parties."""
        sums: dict[str, float] = defaultdict(float)
        sentence = self.parsed.sent[token]
        for vote in self._votes:
            if any(vote.token in other for other in others):
                continue
            distance = abs(vote.sentence - sentence)
            near = 3.0 if distance == 0 else 1.5 if distance == 1 else 1.0
            told = (0.7 if is_state else 2.5) if vote.at else (1.5 if is_state else 1.0)
            sums[vote.country] += vote.weight * near * told * (2.0 if vote.token == self._filed else 1.0)
        if not sums:
            return None
        country = max(sums, key=lambda code: sums[code])
        share = sums[country] / sum(sums.values())
        if share < _SHARE:
            return None
        return Whence(country, f"{share:.0%} of the names of countries and places around it", round(0.4 + share / 3, 2))

    def _named(self) -> Iterator[_Vote]:
        """Countries, peoples, capitals, known bodies and located places."""
        for word in self.atlas.countries():
            if word.country in _BEYOND or self.atlas.is_tied(word):
                continue
            small = self.atlas.place_at(word.first) is not None and not self.atlas.is_state(word.first, word.last)
            weight = 1.0
            if small:
                shares = dict(place_shares(word.words, self.gazetteer, _LEAST))
                weight = max(0.3, shares.get(word.country, 0.5))
            yield _Vote(word.first, self.parsed.sent[word.first], word.country, weight, self._says_where(word.first))

    def _located(self) -> Iterator[_Vote]:
        """Names of places that the parse took for something else, where they stand as a place's name does."""
        parsed = self.parsed
        taken = {token for word in self.atlas.countries() for token in range(word.first, word.last + 1)}
        token = 0
        while token < len(parsed):
            last = token
            if parsed.pos[token] != "PROPN" or token in taken or not parsed.text[token][:1].isupper():
                token += 1
                continue
            while last + 1 < len(parsed) and parsed.pos[last + 1] == "PROPN" and last + 1 not in taken:
                last += 1
            if self._stands_as_place(token, last):
                yield from self._votes_of(token, last)
            token = last + 1

    def _stands_as_place(self, first: int, last: int) -> bool:
        """ "In Gevgelija", "the Gevgelija crossing": not somebody's name who speaks."""
        parsed = self.parsed
        before = parsed.text[first - 1].lower() if first else ""
        if before == "the" and first > 1:
            before = parsed.text[first - 2].lower()
        if before in _WITH_PLACES:
            return True
        if parsed.ent[first] in ("GPE", "LOC", "FAC"):
            return True
        after = last + 1
        return (
            after < len(parsed)
            and parsed.pos[after] == "NOUN"
            and parsed.text[after].islower()
            and parsed.dep[last] in ("compound", "nmod", "amod", "poss")
        )

    def _votes_of(self, first: int, last: int) -> Iterator[_Vote]:
        parsed = self.parsed
        for start in range(first, last + 1):
            for end in range(min(last, start + 2), start - 1, -1):
                words = parsed.article.text[parsed.start[start] : parsed.end[end]]
                if len(words) < 4 or words.isupper():
                    continue
                shares = place_shares(words, self.gazetteer, _LEAST)
                for country, share in shares:
                    if share > 0.2:
                        yield _Vote(
                            start, parsed.sent[start], state_of(country) or "", 0.7 * share, self._says_where(start)
                        )
                if shares:
                    return

    def _says_where(self, first: int) -> bool:
        """Whether a name says where: "in the town of Kisumu"."""
        for before in range(first - 1, max(-1, first - 7), -1):
            text = self.parsed.text[before].lower()
            if text in _AT:
                return True
            if self.parsed.pos[before] in ("VERB", "AUX") or text in (".", ";", ":"):
                return False
        return False
