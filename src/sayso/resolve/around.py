"""The names of countries and places in an article, each a vote for the country that those around it belong to.

`sayso.resolve.origin` weighs them by where they stand; here they are found, and what they hang on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model import Parsed
from sayso.ports import Gazetteer
from sayso.resolve.bodies import marks
from sayso.resolve.sectors import noun_at
from sayso.resolve.whence import Atlas, CountryWord, place_shares

_AT = frozenset("in at near outside inside across around throughout off along within".split())
_WITH_PLACES = _AT | frozenset("of from to into on over between through towards toward via".split())
_BEYOND = frozenset({"UNO", "EUR", "IGO", "NGO", "IMG", "MNC", "VAT", ""})
_LEAST = 1_000  # people of a place whose name may be a vote where it stands as a place's does
_TOWN = 20_000  # the same for a name that stands alone
_STANDING, _LOOSE, _MARK, _TIED = 0.7, 0.3, 0.7, 0.3  # weights beside 1 for the name of a country
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_RIVAL = 0.2  # share of a place's namesakes from which on they are a vote too
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december spring summer autumn winter christmas easter ramadan eid diwali".split()
)


@dataclass(frozen=True, slots=True)
class Vote:
    """A word that speaks for a country."""

    token: int
    sentence: int
    country: str
    weight: float  # 1 for a country's name, less for a place whose name others share
    kind: str
    at: bool  # says where: "in the town of Kisumu"


class Surroundings:
    """The votes of one article, and how its words hang together."""

    def __init__(self, parsed: Parsed, atlas: Atlas, gazetteer: Gazetteer) -> None:
        self.parsed, self.atlas, self.gazetteer = parsed, atlas, gazetteer
        self._openings = {first for first, _ in parsed.sents}
        self._links: dict[int, tuple[int, str]] = {}
        filed = parsed.article.dateline.span if parsed.article.dateline else None
        self.filed = None if filed is None else parsed.token_at(filed[0])
        self.beyond: dict[str, set[int]] = defaultdict(set)  # sentences that name bodies of no state
        self.unknown: list[int] = []  # names that stand as a place's does and that no list has
        self._loud = parsed.article.text.isupper()
        self.votes = [*self._named(), *self._located(), *self._marked()]

    def where(self, token: int, head: int) -> str:
        """Where a word stands to another: in its sentence, before it, after it."""
        parsed = self.parsed
        away = parsed.sent[token] - parsed.sent[head]
        if away == 0:
            return "in its sentence"
        if parsed.start[token] < parsed.article.body:
            return "in the title"
        return "just before" if away == -1 else "just after" if away == 1 else "before" if away < 0 else "after"

    def link(self, token: int) -> tuple[int, str]:
        """The verb that a word hangs on, and by what: subject, object, "in"."""
        found = self._links.get(token)
        if found is None:
            found = self._links[token] = self._climb(token)
        return found

    def _climb(self, token: int) -> tuple[int, str]:
        parsed, label = self.parsed, "top"
        for _ in range(12):
            if parsed.pos[token] in ("VERB", "AUX"):
                break
            label = parsed.text[token].lower() if parsed.dep[token] == "prep" else parsed.dep[token]
            if parsed.head[token] == token:
                break
            token = parsed.head[token]
        return token, label

    def _named(self) -> Iterator[Vote]:
        """Countries, peoples, capitals, known bodies and located places."""
        for word in self.atlas.countries():
            if word.country in _BEYOND:
                self.beyond[word.country].add(self.parsed.sent[word.first])
                continue
            sentence, at = self.parsed.sent[word.first], self._says_where(word.first)
            small = self.atlas.place_at(word.first) is not None and not self.atlas.is_state(word.first, word.last)
            if self.atlas.is_tied(word):
                yield Vote(word.first, sentence, word.country, _TIED, "tied name", at)
            elif not small:
                yield Vote(word.first, sentence, word.country, 1.0, self._kind(word), at)
            else:
                shares = dict(place_shares(word.words, self.gazetteer, _LEAST, alike=0))
                own = shares.pop(word.country, 0.5)
                yield Vote(word.first, sentence, word.country, max(0.3, own), "place", at)
                for country, share in shares.items():
                    if share > _RIVAL:
                        kind = "larger place" if share > own else "smaller place"
                        yield Vote(word.first, sentence, country, share * _STANDING, kind, at)

    def _kind(self, word: CountryWord) -> str:
        if not self.atlas.is_state(word.first, word.last):
            return "body"
        is_people = self.parsed.pos[word.last] == "ADJ" or self.parsed.tag[word.last] in ("NNPS", "NNS")
        return "people" if is_people or self.parsed.ent[word.last] == "NORP" else "country"

    def _marked(self) -> Iterator[Vote]:
        """Words that one country's news alone uses."""
        known = marks()
        for token, text in enumerate(self.parsed.text):
            country = known.get(text.lower()) or known.get(self.parsed.lemma[token])
            if country is not None:
                yield Vote(token, self.parsed.sent[token], country, _MARK, "word of a country", False)

    def _located(self) -> Iterator[Vote]:
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
        if parsed.ent[token] in ("DATE", "TIME"):  # a rare name is often read as a date
            named = parsed.pos[token] == "PROPN" and parsed.text[token].lower() not in _CALENDAR
        else:
            named = parsed.pos[token] in ("PROPN", "ADJ", "NOUN")
        return named and parsed.text[token][:1].isupper() and noun_at(parsed, token) is None

    def _stands_as_place(self, first: int, last: int) -> bool:
        """ "In Gevgelija", "the Gevgelija crossing", "Sumy's streets"."""
        parsed, after = self.parsed, last + 1
        before = parsed.text[first - 1].lower() if first else ""
        if before == "the" and first > 1:
            before = parsed.text[first - 2].lower()
        if before in _WITH_PLACES or parsed.ent[first] in _PLACES:
            return True
        if after >= len(parsed) or (parsed.ent[last] == "PERSON" and last > first):
            return False
        if first == last and first in self._openings and parsed.pos[first] != "PROPN":
            return False  # "Poll boycott": a word that only opens its sentence
        return parsed.tag[after] == "POS" or (parsed.pos[after] == "NOUN" and parsed.text[after].islower())

    def _votes_of(self, first: int, last: int, stands: bool) -> Iterator[Vote]:
        parsed = self.parsed
        opens = first in self._openings and (parsed.pos[first] != "PROPN" or parsed.ent[first] == "PERSON")
        if not stands and (last > first or opens):
            return
        for start in range(first, last + 1):
            for end in range(min(last, start + 2), start - 1, -1):
                words = parsed.article.text[parsed.start[start] : parsed.end[end]]
                if len(words) < 4 or (words.isupper() and not self._loud):
                    continue
                whole = stands and (start, end) == (first, last)
                least = _LEAST if whole else _TOWN
                shares = place_shares(words, self.gazetteer, least)
                other = whole and not shares
                shares = place_shares(words, self.gazetteer, _TOWN, alike=0) if other else shares
                for country, share in shares:
                    if share > (0.2 if stands else 0.8):
                        weight = share * (_STANDING if stands else _LOOSE)
                        kind = "old name of a place" if other else "name of a place" if stands else "name"
                        yield Vote(start, parsed.sent[start], country, weight, kind, self._says_where(start))
                if shares:
                    return
        if stands and parsed.ent[first] in _PLACES:
            self.unknown.append(first)

    def _says_where(self, first: int) -> bool:
        """Whether a name says where: "in the town of Kisumu"."""
        for before in range(first - 1, max(-1, first - 7), -1):
            text = self.parsed.text[before].lower()
            if text in _AT:
                return True
            if self.parsed.pos[before] in ("VERB", "AUX") or text in (".", ";", ":"):
                return False
        return False
