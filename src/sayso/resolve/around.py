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
from sayso.resolve.bodies import marks
from sayso.resolve.sectors import noun_at
from sayso.resolve.whence import Atlas, Whence, place_shares

_AT = frozenset("in at near outside inside across around throughout off along within".split())
_WITH_PLACES = _AT | frozenset("of from to into on over between through towards toward via".split())
_BEYOND = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "VAT", ""})
_LEAST = 1_000  # people of a place whose name may be a vote where it stands as a place's does
_TOWN = 20_000  # the same for a name that stands alone
_STANDING, _LOOSE, _MARK = 0.7, 0.3, 0.7  # weights beside 1 for the name of a country
# Of the votes from which on a country is taken: for people of the place, and for who acts for a state or bears a name,
# since ministers and presidents are told of far from home.
_SHARE, _SHARE_OF_STATE = 0.6, 0.7
# Fitted by hand and by chance steps on half of the gold set's training lots, checked on the other half.
_AT_HOME, _ON_SITE, _TOLD = 1.0, 1.9, 0.7  # a place where it happens: for who acts for a state, for others; elsewhere
_CLOSE, _NEXT, _BEFORE, _FILED, _OTHER = 0.8, 0.5, 2.5, 1.4, 0.2


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
        self._openings = {first for first, _ in parsed.sents}
        self._votes = [*self._named(), *self._located(), *self._marked()]
        filed = parsed.article.dateline.span if parsed.article.dateline else None
        self._filed = None if filed is None else parsed.token_at(filed[0])

    def country(self, token: int, is_state: bool, others: Collection[range] = ()) -> Whence | None:
        """The country that most votes around a token go to; `others` are the words of the other parties."""
        sums: dict[str, float] = defaultdict(float)
        for vote in self._votes:
            sums[vote.country] += self._weight(vote, token, is_state, others)
        total = sum(sums.values())
        if not total:
            return None
        country = max(sums, key=lambda code: sums[code])
        share = sums[country] / total
        if share < (_SHARE_OF_STATE if is_state else _SHARE):
            return None
        return Whence(country, f"{share:.0%} of the names of countries and places around it", round(0.4 + share / 3, 2))

    def _weight(self, vote: _Vote, token: int, is_state: bool, others: Collection[range]) -> float:
        """What a vote counts for somebody at a token: what was told before more than what comes after."""
        away = vote.sentence - self.parsed.sent[token]
        weight = vote.weight * (
            _AT_HOME if vote.at and is_state else _ON_SITE if vote.at else _TOLD if is_state else 1.0
        )
        if abs(away) <= 1:
            weight *= _CLOSE
        if away == 0:
            weight *= 1 + _NEXT / (1 + abs(vote.token - token) / 4)
        if away < 0:
            weight *= _BEFORE
        if vote.token == self._filed:
            weight *= _FILED
        return weight * (_OTHER if any(vote.token in other for other in others) else 1.0)

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

    def _marked(self) -> Iterator[_Vote]:
        """Words that one country's news alone uses."""
        known = marks()
        for token, text in enumerate(self.parsed.text):
            country = known.get(text.lower()) or known.get(self.parsed.lemma[token])
            if country is not None:
                yield _Vote(token, self.parsed.sent[token], country, _MARK, False)

    def _located(self) -> Iterator[_Vote]:
        """Names of places that the parse took for something else."""
        parsed = self.parsed
        taken = {token for word in self.atlas.countries() for token in range(word.first, word.last + 1)}
        token = 0
        while token < len(parsed):
            last = token
            if token in taken or not self._may_name(token):
                token += 1
                continue
            while last + 1 < len(parsed) and last + 1 not in taken and self._may_name(last + 1):
                last += 1
            yield from self._votes_of(token, last, self._stands_as_place(token, last))
            token = last + 1

    def _may_name(self, token: int) -> bool:
        parsed = self.parsed
        named = parsed.pos[token] in ("PROPN", "ADJ", "NOUN") and parsed.ent[token] not in ("DATE", "TIME")
        return named and parsed.text[token][:1].isupper() and noun_at(parsed, token) is None

    def _stands_as_place(self, first: int, last: int) -> bool:
        """ "In Gevgelija", "the Gevgelija crossing", "Sumy's streets"."""
        parsed, after = self.parsed, last + 1
        before = parsed.text[first - 1].lower() if first else ""
        if before == "the" and first > 1:
            before = parsed.text[first - 2].lower()
        if before in _WITH_PLACES or parsed.ent[first] in ("GPE", "LOC", "FAC"):
            return True
        if after >= len(parsed) or (parsed.ent[last] == "PERSON" and last > first):
            return False
        if first == last and first in self._openings and parsed.pos[first] != "PROPN":
            return False  # "Poll boycott": a word that only opens its sentence
        return parsed.tag[after] == "POS" or (parsed.pos[after] == "NOUN" and parsed.text[after].islower())

    def _votes_of(self, first: int, last: int, stands: bool) -> Iterator[_Vote]:
        parsed = self.parsed
        if not stands and (last > first or first in self._openings):
            return
        for start in range(first, last + 1):
            for end in range(min(last, start + 2), start - 1, -1):
                words = parsed.article.text[parsed.start[start] : parsed.end[end]]
                if len(words) < 4 or words.isupper():
                    continue
                whole = stands and (start, end) == (first, last)
                shares = place_shares(words, self.gazetteer, _LEAST if whole else _TOWN)
                for country, share in shares:
                    if share > (0.2 if stands else 0.8):
                        weight = share * (_STANDING if stands else _LOOSE)
                        yield _Vote(start, parsed.sent[start], country, weight, self._says_where(start))
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
