"""Which country a participant belongs to: by its own words, else by where the text says that things happen.

Own words are the names of countries, peoples, capitals, known bodies and places in its phrase, whoever owns it, and
where it is said to be ("police in Kisumu"). Two countries side by side leave it open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.knowledge import table
from sayso.model import Level, Parsed, Place, Span
from sayso.ports import Candidate, Gazetteer
from sayso.resolve.bodies import names_in
from sayso.resolve.sectors import noun_at
from sayso.text import fold

_AT = frozenset("in at near outside inside across around throughout off along within".split())
_LONGEST = 5  # words of a country's name, less one
_LEADS = 0.6  # share of a name's people from which on a country is meant
_ALIKE = 3  # letters that a name and the place's own must share
_OPEN = frozenset("foreign international multinational western global european african asian arab overseas".split())
_LARGE = 100_000  # people in a place that a word of a name may be taken for
_TOWN = 5_000  # people in a place that a word after "of" or "in" may be taken for


@dataclass(frozen=True, slots=True)
class Whence:
    """A country with the words that tell it; `mixed` where the words name several."""

    country: str | None
    words: str
    score: float
    mixed: bool = False
    how: str = "by name"  # the kind of words, for the model of countries
    several: tuple[str, ...] = ()  # the countries of mixed words, in their order


@dataclass(frozen=True, slots=True)
class CountryWord:
    """A word that names a country, by tokens."""

    first: int
    last: int
    country: str
    words: str


@lru_cache(maxsize=1)
def _territories() -> Mapping[str, str]:
    return {code: state for state, codes in table("bodies.toml")["territory"].items() for code in codes.split()}


def state_of(code: str | None) -> str | None:
    """The PLOVER code of a country or of the state that a territory belongs to."""
    return None if code is None else _territories().get(code, code)


def _state_named(name: str, gazetteer: Gazetteer) -> str | None:
    """The country that a name is the country's, its people's or its capital's."""
    return gazetteer.country(name) or gazetteer.capital_of(name)


class Atlas:
    """The country words and places of one article."""

    def __init__(self, parsed: Parsed, places: Sequence[Place], gazetteer: Gazetteer) -> None:
        self.parsed, self.gazetteer = parsed, gazetteer
        self._places = {token: place for place in places for token in self.tokens(place.span) if place.country}
        self._states: dict[tuple[int, int], bool] = {}
        self._words = {word.first: word for word in self._find_words()}

    def tokens(self, span: Span) -> range:
        """The tokens of some characters."""
        first, last = self.parsed.token_at(span.start), self.parsed.token_at(span.end - 1)
        return range(0) if first is None or last is None else range(first, last + 1)

    # ----------------------------------------------------------------------- words that name a country

    def _find_words(self) -> Iterator[CountryWord]:
        known = {
            name.first: name for first, last in self.parsed.sents for name in names_in(self.parsed, range(first, last))
        }
        at = 0
        while at < len(self.parsed):
            name = known.get(at)
            word = CountryWord(at, name.last, name.body.country, name.words) if name else self._country_at(at)
            if word is not None:
                yield word
                at = word.last
            at += 1

    def _country_at(self, first: int) -> CountryWord | None:
        """The country, capital or place whose name begins at a token."""
        parsed, place = self.parsed, self._places.get(first)
        if not parsed.text[first][:1].isupper() and place is None:
            return None
        if place is not None and place.span.start == parsed.start[first]:
            last = self.tokens(place.span).stop - 1
            return CountryWord(first, last, state_of(place.country) or "", parsed.article.quote(place.span))
        if parsed.pos[first] not in ("PROPN", "ADJ", "NOUN"):
            return None
        for last in range(min(first + 3, len(parsed)) - 1, first - 1, -1):
            words = parsed.article.text[parsed.start[first] : parsed.end[last]]
            country = _state_named(words, self.gazetteer)
            if country is not None and not (last > first and "\n" in words):
                return CountryWord(first, last, state_of(country) or "", words)
        return None

    def is_state(self, first: int, last: int) -> bool:
        """Whether a phrase is no more than the name of a country, a capital or a seat of government."""
        if last - first > _LONGEST or not self.parsed.text[first][:1].isupper():
            return False
        found = self._states.get((first, last))
        if found is None:
            words = self.parsed.article.text[self.parsed.start[first] : self.parsed.end[last]]
            found = _state_named(words, self.gazetteer) is not None
            self._states[first, last] = found
        return found

    def is_capital(self, first: int, last: int) -> bool:
        """Whether the largest place of a name is the capital of its country."""
        if last - first > _LONGEST or not self.parsed.text[first][:1].isupper():
            return False
        best = next(iter(self._candidates(first, last)), None)
        return best is not None and best.capital

    def is_country(self, first: int, last: int) -> bool:
        """Whether a phrase is a country's own name: "the Philippines", not "Syrians"."""
        best = next(iter(self._candidates(first, last)), None)
        return best is not None and best.level is Level.COUNTRY

    def _candidates(self, first: int, last: int) -> Sequence[Candidate]:
        return self.gazetteer.candidates(self.parsed.article.text[self.parsed.start[first] : self.parsed.end[last]])

    def place_at(self, token: int) -> Place | None:
        """The located place that a token names."""
        return self._places.get(token)

    def country_of(self, span: Span) -> str | None:
        """The country of a place's words."""
        for token in self.tokens(span):
            word = self._words.get(token)
            if word is not None and word.country:
                return word.country
        return None

    # ----------------------------------------------------------------------- a phrase's own country

    def own(self, first: int, head: int, last: int, is_person: bool = False) -> Whence | None:
        """What a phrase's own words and what hangs on it tell."""
        found = self._inside(first, last)
        if found is not None:
            return found
        for child in self.parsed.children[head]:
            told = self._attached(child, head, last)
            if told is not None:
                return replace(told, how=f"by {self.parsed.dep[child]} {self._joint(child)}".strip())
        if not is_person:
            return self._toponym(first, last)
        return None

    def _joint(self, child: int) -> str:
        return self.parsed.text[child].lower() if self.parsed.dep[child] == "prep" else ""

    def _inside(self, first: int, last: int) -> Whence | None:
        words = list(self._told_in(first, last))
        if not words:
            return None
        if len({word.country for word in words}) > 1:
            between = range(words[0].last + 1, words[1].first)
            if all(
                self.parsed.text[token].lower() in (",", "and", "or", "&", "-", "–", "/", "the") for token in between
            ):
                named, codes = f"{words[0].words}, {words[1].words}", tuple(word.country for word in words)
                return Whence(None, named, 0.9, mixed=True, how="by two names", several=codes)
            beyond = next((word for word in words if word.country in ("UNO", "EUR", "IGO")), None)
            words = [beyond] if beyond is not None else words
        return Whence(words[0].country, words[0].words, 0.95)

    def _told_in(self, first: int, last: int) -> Iterator[CountryWord]:
        at = first
        while at <= last:
            if self.parsed.text[at].lower() in ("to", "against") and at > first:
                return  # "the envoy to Kenya" is not Kenya's
            word = self._words.get(at)
            if word is not None and word.last <= last:
                if not self.is_tied(word):
                    yield word
                at = word.last
            at += 1

    def is_tied(self, word: CountryWord) -> bool:
        """ "Iran-backed", "Moscow-born": whose friend somebody is tells not where he belongs."""
        after = word.last + 1
        return after + 1 < len(self.parsed) and self.parsed.text[after] in ("-", "–") and (
            self.parsed.start[after] == self.parsed.end[word.last]
        )  # fmt: skip

    def _attached(self, child: int, head: int, last: int) -> Whence | None:
        """A country in what hangs on the phrase: "police in Kisumu", "Boko, the president of Botswana"."""
        parsed = self.parsed
        dep, text = parsed.dep[child], parsed.text[child].lower()
        if dep in ("poss", "amod", "compound", "nmod") and child < head:
            return self._inside(parsed.left[child], parsed.right[child])
        if dep == "prep" and child > head and text in _AT | {"of", "from"}:
            end = min(parsed.right[child], child + 8)
            return self._inside(child, end) or self._toponym(child + 1, end, least=_TOWN)
        if dep == "appos" and child > head:
            return self._inside(parsed.left[child], min(parsed.right[child], child + 8))
        return None

    def _toponym(self, first: int, last: int, least: int = _LARGE) -> Whence | None:
        """A large place that a name holds: "the Kaduna State Police"."""
        for token in range(first, last + 1):
            if token + 1 < len(self.parsed) and self.parsed.text[token + 1] in ("-", "–"):
                continue  # "Iran-backed"
            if noun_at(self.parsed, token) is not None:
                continue  # "the Republic"
            country = toponym_country(self.parsed, token, self.gazetteer, least)
            if country is not None:
                return Whence(country, f"{self.parsed.text[token]}, a place", 0.7, how="by a place")
        return None

    def countries(self) -> Sequence[CountryWord]:
        """Every word of the article that names a country, by position."""
        return list(self._words.values())

    def is_open(self, first: int, last: int) -> bool:
        """ "Foreign troops", "the international community": of other countries than the one at hand."""
        return any(self.parsed.text[token].lower() in _OPEN for token in range(first, last + 1))


def toponym_country(parsed: Parsed, token: int, gazetteer: Gazetteer, least: int) -> str | None:
    """The country of the place that a capitalised word names, if one of at least so many people leads its namesakes."""
    text = parsed.text[token]
    if parsed.pos[token] != "PROPN" or not text[:1].isupper() or len(text) < 4 or text.isupper():
        return None
    last = token
    while last + 1 < len(parsed) and last - token < 2 and parsed.pos[last + 1] == "PROPN":
        last += 1
    for end in range(last, token - 1, -1):
        shares = place_shares(parsed.article.text[parsed.start[token] : parsed.end[end]], gazetteer, least)
        if shares:
            country, share = max(shares, key=lambda pair: pair[1])
            return country if share > _LEADS else None
    return None


def place_shares(name: str, gazetteer: Gazetteer, least: int, alike: int = _ALIKE) -> tuple[tuple[str, float], ...]:
    """The countries that a place's name may point at, each with its share of the people who live in its namesakes.

    The first letters of the name and of the place's own must be `alike`.
    """
    sizes: dict[str, float] = {}
    opening = fold(name)[:alike]
    for place in gazetteer.candidates(name):
        code = state_of(place.country)
        people = place.population or (50_000 if place.level in (Level.PROVINCE, Level.REGION) else 0)
        if code is not None and people >= least and fold(place.name)[:alike] == opening:
            sizes[code] = max(sizes.get(code, 0.0), people**0.5)
    total = sum(sizes.values())
    return tuple((code, size / total) for code, size in sizes.items())
