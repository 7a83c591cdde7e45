"""Reads how many people a noun phrase counts: bounds, and whom it counts, in the source's own words.

Knows numbers and nouns, nothing of harm: `extract.tolls` decides which noun phrases name victims.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sayso.extract.numbers import WORDS, digits_value, number_value, whole
from sayso.knowledge import table
from sayso.model import Parsed

_QUOTES = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb `,"
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_ANYONE = frozenset({"nobody", "none", "no-one", "noone"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many at least and at most; `high` None is open above."""

    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """A counted noun phrase: bounds, tokens it covers, and the tokens that say who (None: nobody is named)."""

    bounds: Bounds
    first: int
    last: int  # inclusive
    who: tuple[int, int] | None  # inclusive
    plain: bool = False  # a number or "others" alone: whom it counts was said before


@dataclass(frozen=True, slots=True)
class CountWords:
    """The tables of counting, compiled once."""

    vague: Mapping[str, int]
    exact: Mapping[str, int]
    none: frozenset[str]
    floor: tuple[str, ...]
    ceiling: tuple[str, ...]
    about: tuple[str, ...]
    persons: frozenset[str]
    person_ends: tuple[str, ...]
    things: frozenset[str]


@lru_cache(maxsize=1)
def count_words() -> CountWords:
    data: Mapping[str, Any] = table("tolls.toml")
    bounds = data["bounds"]
    return CountWords(
        dict(data["vague"]),
        dict(data["exact"]),
        frozenset(data["none"]["words"]),
        tuple(bounds["floor"]),
        tuple(bounds["ceiling"]),
        tuple(bounds["about"]),
        frozenset(data["person"]["words"]),
        tuple(data["person"]["suffixes"]),
        frozenset(data["thing"]["words"]),
    )


# --------------------------------------------------------------------------- bounds

BoundRule = Callable[[str, Sequence[int]], Bounds | None]  # words before, one or two numbers; None: not my case


def floor(before: str, numbers: Sequence[int]) -> Bounds | None:
    """At least 12, more than 12: a floor and no ceiling."""
    return Bounds(min(numbers), None) if before.endswith(count_words().floor) else None


def ceiling(before: str, numbers: Sequence[int]) -> Bounds | None:
    """Up to 40, fewer than 40: a ceiling; that somebody was harmed is still said."""
    return Bounds(min(1, *numbers, max(numbers)), max(numbers)) if before.endswith(count_words().ceiling) else None


def interval(before: str, numbers: Sequence[int]) -> Bounds | None:
    """Between 10 and 15; a lone 12 runs from 12 to 12."""
    return Bounds(min(numbers), max(numbers))


BOUND_RULES: tuple[BoundRule, ...] = (
    ceiling,
    floor,
    interval,
)  # order is the policy: "no more than" before "more than"


def bound_count(before: str, numbers: Sequence[int], rules: Sequence[BoundRule] = BOUND_RULES) -> Bounds:
    """The bounds that words before a number and the number itself give."""
    return next(found for rule in rules if (found := rule(before, numbers)))


# --------------------------------------------------------------------------- noun phrases


def read_count(parsed: Parsed, head: int) -> Count | None:
    """How many people a noun phrase counts, by its head; None where it tells no number or counts no people."""
    low = parsed.text[head].lower()
    if low in _REFLEXIVE:
        return None
    first, last = _sentence(parsed, head)
    for rule in (_none, _quantity_noun, _number_alone, _numbered, _vague_adjective, _single):
        found = rule(parsed, head, low, first, last)
        if found:
            return found
    return None


def read_counts(parsed: Parsed, head: int) -> Count | None:
    """The same for joined phrases: "two soldiers and a civilian" are three; "he and ten others" ten or more."""
    heads = [part for part in _conjuncts(parsed, head) if parsed.text[part].lower() not in _REFLEXIVE]
    told = [read_count(parsed, part) for part in heads if part == head or not _shares_number(parsed, part)]
    found = [count for count in told if count]
    if not found or len(told) == 1:
        return found[0] if found else None
    highs = [count.bounds.high if count else None for count in told]
    high = None if None in highs else sum(high or 0 for high in highs)
    whos = [count.who for count in found if count.who]
    who = (whos[0][0], whos[-1][1]) if whos else None
    low = sum(count.bounds.low for count in found)
    return Count(Bounds(low, high), found[0].first, max(count.last for count in found), who, found[0].plain)


def _shares_number(parsed: Parsed, head: int) -> bool:
    """ "Eight officers and servicemen" are eight: a bare plural after "and" stands under the number before it."""
    left = [child for child in parsed.children[head] if child < head and parsed.dep[child] not in {"compound", "amod"}]
    plural = parsed.tag[head] == "NNS" or parsed.text[head].lower().endswith("men")
    return plural and not left and parsed.text[head].lower() not in count_words().vague


def _conjuncts(parsed: Parsed, head: int) -> list[int]:
    """The heads joined by "and", without examples: "nine people, including two children" are nine."""
    found = [head]
    for child in parsed.children[head]:
        if parsed.dep[child] == "conj" and child > head and parsed.pos[child] in {"NOUN", "NUM", "PROPN", "PRON"}:
            found += [] if "including" in parsed.text[head:child] else _conjuncts(parsed, child)
    return found


def _sentence(parsed: Parsed, token: int) -> tuple[int, int]:
    return parsed.sents[parsed.sent[token]] if parsed.sents else (0, len(parsed))


def _is_thing(parsed: Parsed, token: int) -> bool:
    return parsed.lemma[token].lower() in count_words().things


def is_person(parsed: Parsed, token: int) -> bool:
    """Whether a noun names a human being, so that "a soldier" counts one."""
    words = count_words()
    lemma = parsed.lemma[token].lower()
    return lemma in words.persons or lemma.endswith(words.person_ends) or parsed.ent[token] == "PERSON"


def _none(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """No one, nobody, none of the passengers, no civilians."""
    if low in _ANYONE or (low == "one" and head > first and parsed.text[head - 1].lower() == "no"):
        who = _of_phrase(parsed, head)
        return Count(Bounds(0, 0), head - (low == "one"), who[1] if who else head, who)
    for child in parsed.children[head]:
        if parsed.text[child].lower() in {"no", "zero"} and child < head and not _is_thing(parsed, head):
            return Count(Bounds(0, 0), child, head, (child + 1, head))
    return None


def _quantity_noun(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """Dozens of demonstrators, a dozen people, hundreds, a family of four."""
    words = count_words()
    if low in {"family", "group", "crowd"}:
        return _family(parsed, head)
    if low == "number" or parsed.pos[head] not in {"NOUN", "NUM", "PRON", "ADJ", "DET"}:
        return None
    start = head
    if low in {"thousands"} and head >= first + 2 and parsed.text[head - 1].lower() == "of":
        before = parsed.text[head - 2].lower()
        if before in {"tens", "hundreds"}:
            low, start = f"{before} of thousands", head - 2
    value = words.vague.get(low) if low not in {"some", "multiple"} else None
    open_above = value is not None
    if value is None:
        value = words.exact.get(low)
    if value is None:
        return None
    if low == "dozen" and start > first and (number := whole(_number_at(parsed, start - 1))):
        value, start = number * 12, start - 1
    who = _of_phrase(parsed, head)
    if (who and _is_thing(parsed, who[1])) or (who is None and low in {"couple", "some", "both"}):
        return None
    begin = start - 1 if start > first and parsed.text[start - 1].lower() in {"a", "the", "some"} else start
    bounds = Bounds(value, None) if open_above else bound_count(_before(parsed, begin, first), (value,))
    return Count(bounds, begin, who[1] if who else head, who, plain=who is None)


def _family(parsed: Parsed, head: int) -> Count | None:
    for child in parsed.children[head]:
        if parsed.text[child].lower() == "of":
            for inner in parsed.children[child]:
                number = whole(_number_at(parsed, inner)) if parsed.pos[inner] == "NUM" else None
                if number:
                    start = parsed.left[head] if head - parsed.left[head] < 4 else head
                    return Count(Bounds(number, number), start, inner, (head, inner))
    return None


def _of_phrase(parsed: Parsed, head: int) -> tuple[int, int] | None:
    """The people after "of": first and last token, at most one "of" deep."""
    for child in parsed.children[head]:
        if parsed.text[child].lower() == "of" and child > head:
            for inner in parsed.children[child]:
                if parsed.dep[inner] == "pobj":
                    return _phrase(parsed, inner, max(parsed.left[inner], child + 1))
    return None


def _phrase(parsed: Parsed, head: int, first: int) -> tuple[int, int]:
    """A noun with what belongs to its name: "members of the security forces"."""
    last = head
    for child in parsed.children[head]:
        if child == last + 1 and parsed.text[child].lower() == "of" and parsed.right[child] - child <= 8:
            inner = [token for token in parsed.children[child] if parsed.dep[token] == "pobj"]
            last = inner[0] if inner else last
    return (min(first, head), last)


def _number_at(parsed: Parsed, token: int) -> float | None:
    word = parsed.text[token].lower()
    return digits_value(word) if word[:1].isdigit() else number_value([word]) if word in WORDS else None


def number_run(parsed: Parsed, token: int, first: int, last: int) -> tuple[int, int, int] | None:
    """The number that a token is part of: first and last token, value; None where it is none or no count."""
    if not _numeric(parsed, token):
        return None
    start = end = token
    while start > first and (_numeric(parsed, start - 1) or _joins(parsed, start - 1, first, end)):
        start -= 1
    while end + 1 < last and (_numeric(parsed, end + 1) or _joins(parsed, end + 1, token, last - 1)):
        end += 1
    words = list(parsed.text[start : end + 1])
    if len(words) > 1 and all(word.isdigit() for word in words):  # "5 800"; but "10 2" is two numbers
        if any(len(word) != 3 for word in words[1:]):
            start, end, words = token, token, [parsed.text[token]]
        else:
            words = ["".join(words)]
    value = whole(number_value(words))
    return (start, end, value) if value is not None else None


def _numeric(parsed: Parsed, token: int) -> bool:
    word = parsed.text[token].lower()
    return word in WORDS or (word[:1].isdigit() and digits_value(word) is not None)


def _joins(parsed: Parsed, token: int, first: int, last: int) -> bool:
    """A hyphen inside "twenty-six"."""
    return (
        parsed.text[token] == "-"
        and first < token < last
        and parsed.text[token - 1].lower() in WORDS
        and parsed.text[token + 1].lower() in WORDS
    )


def _before(parsed: Parsed, token: int, first: int) -> str:
    """The four words before a token, as one string."""
    return " ".join(parsed.text[max(first, token - 4) : token]).lower()


def _bounded(parsed: Parsed, run: tuple[int, int, int], first: int, last: int) -> tuple[Bounds, int, int]:
    """Bounds of a number with the words around it: first and last token it takes."""
    start, end, value = run
    numbers = [value]
    if end + 2 < last and parsed.text[end + 1].lower() in {"and", "to", "or", "-", "\u2013"}:
        word = parsed.text[end + 1].lower()
        paired = word != "and" or _before(parsed, start, first).endswith("between")
        other = number_run(parsed, end + 2, end + 2, last) if paired else None
        if other and other[2] > value:
            numbers, end = [value, other[2]], other[1]
    elif start - 2 >= first and parsed.text[start - 1].lower() in {"and", "to", "or", "-", "\u2013"}:
        other = number_run(parsed, start - 2, first, start - 1)
        paired = parsed.text[start - 1].lower() != "and" or (
            other is not None and _before(parsed, other[0], first).endswith("between")
        )
        if other and paired and other[2] < value:
            numbers, start = [other[2], value], other[0]
    bounds = bound_count(_before(parsed, start, first), numbers)
    return bounds, _with_modifier(parsed, start, first), end


def bound_number(parsed: Parsed, run: tuple[int, int, int], first: int) -> tuple[Bounds, int]:
    """Bounds of one number, whatever follows it, and where the words that bound it begin."""
    return bound_count(_before(parsed, run[0], first), (run[2],)), _with_modifier(parsed, run[0], first)


def _with_modifier(parsed: Parsed, start: int, first: int) -> int:
    """Where "at least 12" begins."""
    words = count_words()
    for length in (4, 3, 2, 1):
        if start - length >= first:
            shown = " ".join(parsed.text[start - length : start]).lower()
            if shown in words.floor or shown in words.ceiling or shown in words.about or shown == "between":
                return start - length
    return start


def _number_alone(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """A bomb killed two; 18 were injured."""
    run = number_run(parsed, head, first, last)
    if run is None or (parsed.text[run[1] + 1 : run[1] + 2] or (" ",))[0] in {"%", "percent"}:
        return None
    if 1900 <= run[2] <= 2099 and parsed.text[head].isdigit():
        return None
    bounds, start, end = _bounded(parsed, run, first, last)
    who = _of_phrase(parsed, head)
    if who and _is_thing(parsed, who[1]):
        return None
    return Count(bounds, start, max(end, who[1]) if who else end, who, plain=who is None)


def _numbered(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """26 "armed criminals", at least 12 people, two other men."""
    if parsed.pos[head] not in {"NOUN", "PROPN", "ADJ", "PRON", "VERB"} or _is_thing(parsed, head):
        return None
    for child in parsed.children[head]:
        if child < head and parsed.dep[child] in {"nummod", "quantmod", "det", "predet", "amod", "nmod", "compound"}:
            if parsed.text[child].lower() == "dozen":
                return _dozens(parsed, child, head, first)
            run = number_run(parsed, child, first, head + 1)
            if run is None or not run[2] or _is_age(parsed, run[1]) or _is_year(parsed, run, head):
                continue
            bounds, start, end = _bounded(parsed, run, first, head)
            who = _phrase(parsed, head, min(end + 1, head))
            return Count(bounds, start, who[1], who, plain=low in {"others", "other", "more"})
    return _quoted_after_number(parsed, head, first)


def _quoted_after_number(parsed: Parsed, head: int, first: int) -> Count | None:
    """26 "armed criminals" where the mark keeps the parser from joining the number with its noun."""
    at = head - 1
    while at > first and parsed.head[at] == head and parsed.dep[at] in {"amod", "compound", "nmod"}:
        at -= 1
    if at <= first or parsed.text[at] not in _QUOTES or parsed.tag[head] not in {"NNS", "NNPS"}:
        return None
    run = number_run(parsed, at - 1, first, at)
    if run is None or parsed.dep[run[1]] == "nummod":
        return None
    bounds, start = bound_number(parsed, run, first)
    return Count(bounds, start, head, (at + 1, head))


def _dozens(parsed: Parsed, dozen: int, head: int, first: int) -> Count:
    """Two dozen rebels; a dozen people."""
    number = whole(_number_at(parsed, dozen - 1)) if dozen > first else None
    start = dozen - 1 if dozen > first and (number or parsed.tag[dozen - 1] == "DT") else dozen
    who = _phrase(parsed, head, dozen + 1)
    return Count(bound_count(_before(parsed, start, first), ((number or 1) * 12,)), start, who[1], who)


def _is_year(parsed: Parsed, run: tuple[int, int, int], head: int) -> bool:
    """ "A 2014 video": a year, not 2014 videos; "2014 people" may be."""
    return 1900 <= run[2] <= 2099 and parsed.text[run[0]].isdigit() and parsed.tag[head] in {"NN", "NNP"}


def _is_age(parsed: Parsed, token: int) -> bool:
    """ "A 24-year-old", "12 percent"."""
    following = [word.lower().strip("-") for word in parsed.text[token + 1 : token + 3]]
    return bool(following) and (following[0] in {"%", "percent", "year", "years"} or "year" in following[-1:])


def _vague_adjective(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """Several people, many civilians, both men."""
    if parsed.pos[head] not in {"NOUN", "PROPN"} or _is_thing(parsed, head):
        return None
    words = count_words()
    for child in parsed.children[head]:
        if child >= head or parsed.dep[child] not in {"amod", "det", "nummod", "predet", "quantmod"}:
            continue
        word = parsed.text[child].lower()
        plural = parsed.tag[head] in {"NNS", "NNPS"} or low == "people"
        if not plural or (word in {"some", "multiple"} and parsed.dep[child] == "quantmod"):
            continue
        if child > first and parsed.text[child - 1].lower() in {"how", "so", "too", "as"}:
            return None  # "how many people were killed" is a question, not a count
        who = _phrase(parsed, head, child + 1)
        start = child - 1 if child > first and parsed.text[child - 1].lower() == "a" else child
        if word in words.vague:
            return Count(Bounds(words.vague[word], None), start, who[1], who)
        if word in words.exact:
            value = words.exact[word]
            return Count(bound_count(_before(parsed, start, first), (value,)), start, who[1], who)
    return None


def _single(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """A soldier, another man, a 24-year-old woman, Ivan Petrov: one."""
    if (
        parsed.tag[head] not in {"NN", "NNP"}
        or low in {"other", "people", "police", "public"}
        or _is_thing(parsed, head)
    ):
        return None
    if not is_person(parsed, head):
        return None
    marks = [child for child in parsed.children[head] if parsed.dep[child] == "det" and child < head]
    named = parsed.pos[head] == "PROPN" and parsed.ent[head] == "PERSON"
    headline = parsed.start[head] < parsed.article.body and not marks  # "Officer wounded in raid"
    if (
        not named
        and not headline
        and not any(parsed.text[child].lower() in {"a", "an", "another", "one"} for child in marks)
    ):
        return None
    start = marks[0] if marks else _name_start(parsed, head)
    who = _phrase(parsed, head, start + 1 if marks and not named else start)
    return Count(Bounds(1, 1), start, who[1], who)


def _name_start(parsed: Parsed, head: int) -> int:
    start = head
    while start and parsed.ent[start - 1] == "PERSON" and not parsed.ent_start[start]:
        start -= 1
    return start


def quote_who(parsed: Parsed, who: tuple[int, int] | None) -> str | None:
    """The words for the victims, without quotation marks around them."""
    if who is None or parsed.pos[who[1]] == "PRON":
        return None
    first = who[0]
    while first < who[1] and (parsed.tag[first] == "DT" or parsed.text[first].lower() in {"other", "more", "of"}):
        first += 1
    text = parsed.article.text[parsed.start[first] : parsed.end[who[1]]]
    return " ".join(text.split()).strip(_QUOTES) or None
