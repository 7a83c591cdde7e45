"""Reads how many people, houses or vehicles a noun phrase counts, and whom, in the source's own words.

Knows numbers and nouns, nothing of harm: `extract.tolls` decides which noun phrases name victims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sayso.extract.numbers import whole
from sayso.extract.tolls.bounds import (
    Bounds,
    bound_count,
    bound_number,
    bound_words,
    bounded,
    is_year,
    number_at,
    number_run,
    words_before,
)
from sayso.knowledge import table
from sayso.model import Parsed

_QUOTES = "\"'\u201c\u201d\u2018\u2019\u00ab\u00bb `,"
REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves", "themself", "self", "myself"})
_ANYONE = frozenset({"nobody", "none", "no-one", "noone"})
_AGENTS = ("er", "or", "ant", "ent", "ess")  # "teacher", "assistant": a doer, unless known to be none
_GROUPS = frozenset({"family", "group", "crowd", "row", "string", "cluster", "party", "team", "convoy"})
_ORDINALS = frozenset("second third fourth fifth sixth".split())
_OF_AGE = frozenset({"%", "percent", "year", "years", "y", "yo", "y/o", "yr", "yrs"})
_OWNED = frozenset({"my", "his", "her", "their", "our", "your", "its", "whose"})


@dataclass(frozen=True, slots=True)
class Count:
    """A counted noun phrase: bounds, tokens it covers, and the tokens that say who (None: nobody is named)."""

    bounds: Bounds
    first: int
    last: int  # inclusive
    who: tuple[int, int] | None  # inclusive
    plain: bool = False  # a number or "others" alone: whom it counts was said before
    head: int | None = None  # the noun that says who
    members: tuple[Count, ...] = ()  # what joined phrases count one by one


@dataclass(frozen=True, slots=True)
class NounWords:
    """The tables of what is counted, compiled once."""

    persons: frozenset[str]
    person_ends: tuple[str, ...]
    things: frozenset[str]
    property: frozenset[str]
    no_persons: frozenset[str]


@lru_cache(maxsize=1)
def noun_words() -> NounWords:
    data: Mapping[str, Any] = table("tolls.toml")
    held = frozenset(data["property"]["words"])
    return NounWords(
        frozenset(data["person"]["words"]),
        tuple(data["person"]["suffixes"]),
        frozenset(data["thing"]["words"]) | held,
        held,
        frozenset(data["no_person"]["words"]),
    )


# --------------------------------------------------------------------------- noun phrases


def read_count(parsed: Parsed, head: int, of_property: bool = False) -> Count | None:
    """How many people (or houses and the like) a noun phrase counts; None where it tells no number or others."""
    low = parsed.text[head].lower()
    if low in REFLEXIVE:
        return None
    first, last = _sentence(parsed, head)
    for rule in (_none, _quantity_noun, _number_alone, _numbered, _vague_adjective, _ordinal, _single):
        found = rule(parsed, head, low, first, last)
        if found:
            return found if _fits(parsed, found, of_property) else None
    return _single_property(parsed, head) if of_property else None


def _fits(parsed: Parsed, count: Count, of_property: bool) -> bool:
    """Whether people are counted where people are asked for, and property where that is."""
    if count.head is None:
        return not of_property
    lemma = lemma_of(parsed, count.head)
    return lemma in noun_words().property if of_property else lemma not in noun_words().things


def read_counts(parsed: Parsed, head: int, of_property: bool = False) -> Count | None:
    """The same for joined phrases: "two soldiers and a civilian" are three; "he and ten others" ten or more."""
    heads = [part for part in sharing_apart(parsed, head) if parsed.text[part].lower() not in REFLEXIVE]
    told = [read_count(parsed, part, of_property) for part in heads]
    if told and told[0] and told[0].bounds.single:
        told = [found or _under_article(parsed, part) for part, found in zip(heads, told, strict=True)]
    others = noun_words().things - noun_words().property
    told = [count for part, count in zip(heads, told, strict=True) if count or lemma_of(parsed, part) not in others]
    found = [count for count in told if count]
    if not found or len(told) == 1:
        return found[0] if found else None
    if found[0].bounds.high == 0:
        return found[0]
    return replace(join_counts(found, open_above=None in told), members=tuple(found) if None not in told else ())


def _under_article(parsed: Parsed, head: int) -> Count | None:
    """ "His wife, son and daughter", "Ana and Ivan": one more, under the first one's article or name."""
    if parsed.tag[head] not in {"NN", "NNP"} or any(parsed.dep[child] == "det" for child in parsed.children[head]):
        return None
    if parsed.tag[head] == "NN" and not is_person(parsed, head):
        return None
    start = _name_start(parsed, head)
    return Count(Bounds(1, 1), start, head, (start, head), head=head)


def join_counts(counts: list[Count], open_above: bool = False) -> Count:
    """One count for several that stand side by side."""
    if len(counts) == 1 and not open_above:
        return counts[0]
    highs = [count.bounds.high for count in counts]
    high = None if open_above or None in highs else sum(high or 0 for high in highs)
    whos = [count.who for count in counts if count.who]
    who = (whos[0][0], whos[-1][1]) if whos else None
    low = sum(count.bounds.low for count in counts)
    last = max(count.last for count in counts)
    head = next((count.head for count in counts if count.head is not None), None)
    return Count(Bounds(low, high), counts[0].first, last, who, counts[0].plain, head, tuple(counts))


def _shares_number(parsed: Parsed, head: int) -> bool:
    """ "Eight officers and servicemen" are eight: a bare plural after "and" stands under the number before it."""
    left = [child for child in parsed.children[head] if child < head and parsed.dep[child] not in {"compound", "amod"}]
    plural = parsed.tag[head] == "NNS" or parsed.text[head].lower().endswith("men") or parsed.text[head] == "police"
    return plural and not left and parsed.text[head].lower() not in bound_words().vague


def sharing_apart(parsed: Parsed, head: int) -> list[int]:
    """Joined nouns with a number each: without those that stand under the number of another."""
    return [part for part in _conjuncts(parsed, head) if part == head or not _shares_number(parsed, part)]


def sharing(parsed: Parsed, head: int) -> list[int]:
    """A noun and the bare plurals joined to it under one number: "30 police and demonstrators"."""
    return [part for part in _conjuncts(parsed, head) if part == head or _shares_number(parsed, part)]


def _conjuncts(parsed: Parsed, head: int) -> list[int]:
    """The heads joined by "and", without examples: "nine people, including two children" are nine."""
    found = [head]
    beside = _beside(parsed, head)
    for child in (*parsed.children[head], *([beside] if beside is not None else [])):
        joined = child == beside or parsed.dep[child] == "conj" or _opens_list(parsed, head, child)
        if joined and child > head and parsed.pos[child] in {"NOUN", "NUM", "PROPN", "PRON"}:
            between = {word.lower() for word in parsed.text[head:child]}
            found += (
                []
                if between & {"including", "among", "not", "but", "most", "them", "\u2013", "\u2014"}
                else _conjuncts(parsed, child)
            )
    return found


def _beside(parsed: Parsed, head: int) -> int | None:
    """A second subject after "and", which the parser has not joined to the first."""
    if parsed.dep[head] not in {"nsubj", "nsubjpass"} or not any(parsed.dep[c] == "cc" for c in parsed.children[head]):
        return None
    others = [c for c in parsed.children[parsed.head[head]] if c > head and parsed.dep[c] == parsed.dep[head]]
    return others[0] if others and ";" not in parsed.text[head : others[0]] else None


def _opens_list(parsed: Parsed, head: int, child: int) -> bool:
    """ "Two soldiers, a policeman and three civilians", where the parser takes the second for a name of the first."""
    if parsed.dep[child] != "appos" or parsed.tag[head] not in {"NNS", "NN", "CD"}:
        return False
    counted = any(parsed.dep[each] in {"det", "nummod"} for each in parsed.children[child])
    return counted and any(parsed.dep[each] == "conj" for each in parsed.children[child])


def _sentence(parsed: Parsed, token: int) -> tuple[int, int]:
    return parsed.sents[parsed.sent[token]] if parsed.sents else (0, len(parsed))


def lemma_of(parsed: Parsed, token: int) -> str:
    """A noun in the singular, also where the parser does not know it: "servicemen", "HOMES"."""
    low = parsed.lemma[token].lower()
    if low.endswith("men") and parsed.tag[token] in {"NNS", "NNPS", "NN", "NNP"} and low != "specimen":
        return low[:-3] + "man"
    if low.endswith("children"):
        return low[:-3]
    if parsed.pos[token] == "PROPN" and low.endswith("s") and low[:-1] in noun_words().property:
        return low[:-1]
    return low


def is_person(parsed: Parsed, token: int) -> bool:
    """Whether a noun names a human being, so that "a soldier" counts one."""
    words = noun_words()
    lemma = lemma_of(parsed, token)
    if lemma in words.persons or lemma.endswith(words.person_ends) or parsed.ent[token] == "PERSON":
        return True
    return lemma.endswith(_AGENTS) and len(lemma) > 4 and lemma not in words.no_persons | words.things


_SILENT = frozenset({"mention", "give", "cite", "name", "discuss", "specify", "list"})


def _none(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """No one, nobody, none of the passengers, no civilians; but "no fewer than 29" are some."""
    if low in _ANYONE or (low == "one" and head > first and parsed.text[head - 1].lower() == "no"):
        who, inner = _of_phrase(parsed, head)
        return Count(Bounds(0, 0), head - (low == "one"), who[1] if who else head, who, head=inner)
    for child in parsed.children[head]:
        if parsed.text[child].lower() in {"no", "zero"} and child < head:
            if parsed.text[child + 1].lower() in {"fewer", "less", "more", "later"}:
                return None
            if parsed.dep[head] == "dobj" and parsed.lemma[parsed.head[head]] in _SILENT:
                return None  # "mentioned no deaths" tells nothing of how many there were
            return Count(Bounds(0, 0), child, head, (child + 1, head), head=head)
    return None


def _quantity_noun(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """Dozens of demonstrators, a dozen people, hundreds, a family of four."""
    words = bound_words()
    if low in _GROUPS:
        return _family(parsed, head)
    if low == "number" or parsed.pos[head] not in {"NOUN", "NUM", "PRON", "ADJ", "DET", "PROPN"}:
        return None
    start = head
    if low == "thousands" and head >= first + 2 and parsed.text[head - 1].lower() == "of":
        before = parsed.text[head - 2].lower()
        if before in {"tens", "hundreds"}:
            low, start = f"{before} of thousands", head - 2
    value = words.vague.get(low) if low not in {"some", "multiple"} else None
    open_above = value is not None
    if value is None:
        value = words.exact.get(low)
    if value is None or _is_question(parsed, start, first):
        return None
    if low == "dozen" and start > first:
        value, start = _times(parsed, start, value)
    who, inner = _of_phrase(parsed, head)
    if who is None and low in {"couple", "some", "both", "pair"} and parsed.pos[head] != "PRON":
        return None
    begin = start - 1 if start > first and parsed.text[start - 1].lower() in {"a", "the", "some"} else start
    bounds = Bounds(value, None) if open_above else bound_count(words_before(parsed, begin, first), (value,))
    return Count(bounds, begin, who[1] if who else head, who, plain=who is None, head=inner)


def _times(parsed: Parsed, dozen: int, value: int) -> tuple[int, int]:
    """Two dozen, half a dozen: how many, and where it begins."""
    if number := whole(number_at(parsed, dozen - 1)):
        return number * 12, dozen - 1
    half = [word.lower() for word in parsed.text[max(0, dozen - 2) : dozen]]
    if half[-1:] == ["half"] or half == ["half", "a"]:
        return 6, dozen - (1 if half[-1] == "half" else 2)
    return value, dozen


def _is_question(parsed: Parsed, token: int, first: int) -> bool:
    """ "How many were killed" is a question, not a count."""
    return token > first and parsed.text[token - 1].lower() in {"how", "so", "too", "as"}


def _family(parsed: Parsed, head: int) -> Count | None:
    for child in parsed.children[head]:
        if parsed.text[child].lower() == "of":
            for inner in parsed.children[child]:
                if parsed.dep[inner] == "pobj" and parsed.pos[inner] == "NOUN":
                    counted = read_count(parsed, inner, lemma_of(parsed, inner) in noun_words().property)
                    return counted if counted and not counted.bounds.single else None
                number = whole(number_at(parsed, inner)) if parsed.pos[inner] == "NUM" else None
                if number:
                    start = parsed.left[head] if head - parsed.left[head] < 4 else head
                    return Count(Bounds(number, number), start, inner, (head, inner), head=head)
    return None


def _of_phrase(parsed: Parsed, head: int) -> tuple[tuple[int, int] | None, int | None]:
    """The people after "of": first and last token, at most one "of" deep, and their noun."""
    for child in parsed.children[head]:
        if parsed.text[child].lower() == "of" and child > head:
            for inner in parsed.children[child]:
                if parsed.dep[inner] == "pobj":
                    return _phrase(parsed, inner, max(parsed.left[inner], child + 1)), inner
    return None, None


def _phrase(parsed: Parsed, head: int, first: int) -> tuple[int, int]:
    """A noun with what belongs to its name: "members of the security forces"."""
    last = head
    for child in parsed.children[head]:
        if child == last + 1 and parsed.text[child].lower() == "of" and parsed.right[child] - child <= 8:
            inner = [token for token in parsed.children[child] if parsed.dep[token] == "pobj"]
            last = inner[0] if inner else last
    return (min(first, head), last)


def _number_alone(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """A bomb killed two; 18 were injured."""
    run = number_run(parsed, head, first, last)
    if run is None or (parsed.text[run[1] + 1 : run[1] + 2] or (" ",))[0] in {"%", "percent"}:
        return None
    if is_year(parsed, run):
        return None
    bounds, start, end = bounded(parsed, run, first, last)
    who, inner = _of_phrase(parsed, head)
    return Count(bounds, start, max(end, who[1]) if who else end, who, plain=who is None, head=inner)


def _numbered(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """26 "armed criminals", at least 12 people, two other men."""
    if parsed.pos[head] not in {"NOUN", "PROPN", "ADJ", "PRON", "VERB"}:
        return None
    for child in _with_inner(parsed, head):
        if child < head and parsed.dep[child] in {"nummod", "quantmod", "det", "predet", "amod", "nmod", "compound"}:
            if parsed.text[child].lower() in {"dozen", "half-dozen"}:
                return _dozens(parsed, child, head, first)
            run = number_run(parsed, child, first, head + 1)
            if run is None or not run[2] or _is_age(parsed, run[1]) or _is_named_year(parsed, run, head):
                continue
            bounds, start, end = bounded(parsed, run, first, head)
            who = _phrase(parsed, head, min(end + 1, head))
            plain = low in {"others", "other", "more"}
            return Count(bounds, start, who[1], who, plain, head=None if plain else head)
    return _quoted_after_number(parsed, head, first)


def _with_inner(parsed: Parsed, head: int) -> list[int]:
    """What hangs on a noun, and on the noun before it: in "five aid workers" the five may hang on "aid"."""
    children = parsed.children[head]
    return [*children, *(i for child in children if _is_inner(parsed, child) for i in parsed.children[child])]


def _is_inner(parsed: Parsed, child: int) -> bool:
    return parsed.dep[child] == "compound" and parsed.tag[child] != "NNS"


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
    return Count(bounds, start, head, (at + 1, head), head=head)


def _dozens(parsed: Parsed, dozen: int, head: int, first: int) -> Count:
    """Two dozen rebels; a dozen people; half a dozen nurses."""
    value = bound_words().exact[parsed.text[dozen].lower()]
    value, start = _times(parsed, dozen, value) if dozen > first else (value, dozen)
    if start > first and parsed.text[start - 1].lower() in {"several", "few", "many"}:
        who = _phrase(parsed, head, dozen + 1)
        return Count(Bounds(3 * value, None), start - 1, who[1], who, head=head)
    start -= start > first and parsed.tag[start - 1] == "DT"
    who = _phrase(parsed, head, dozen + 1)
    return Count(bound_count(words_before(parsed, start, first), (value,)), start, who[1], who, head=head)


def _is_named_year(parsed: Parsed, run: tuple[int, int, int], head: int) -> bool:
    """ "A 2014 video": a year, not 2014 videos; "2014 people" may be."""
    return is_year(parsed, run) and parsed.tag[head] in {"NN", "NNP"}


def _is_age(parsed: Parsed, token: int) -> bool:
    """ "A 24-year-old", "12 percent"."""
    following = [word.lower().strip("-") for word in parsed.text[token + 1 : token + 6]]
    if following[:1] and (following[0] in _OF_AGE or "year" in following[1:2]):
        return True
    # "A 16 and 17-year-old", "5 y/o".
    return (following[:1] in (["and"], ["or"]) and "year" in following[2:4]) or following[:2] == ["y", "/"]


def _vague_adjective(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """Several people, many civilians, both men."""
    if parsed.pos[head] not in {"NOUN", "PROPN"} and low not in {"more", "others"}:
        return None
    words = bound_words()
    for child in parsed.children[head]:
        if child >= head or parsed.dep[child] not in {"amod", "det", "nummod", "predet", "quantmod", "advmod"}:
            continue
        word = parsed.text[child].lower()
        plural = parsed.tag[head] in {"NNS", "NNPS"} or low in {"people", "more"}
        if not plural or (word in {"some", "multiple"} and parsed.dep[child] == "quantmod"):
            continue
        if _is_question(parsed, child, first):
            return None
        who = _phrase(parsed, head, child + 1)
        plain = low in {"others", "more"}
        start = child - 1 if child > first and parsed.text[child - 1].lower() == "a" else child
        if word in words.vague:
            return Count(Bounds(words.vague[word], None), start, who[1], who, plain, head=None if plain else head)
        if word in words.exact:
            bounds = bound_count(words_before(parsed, start, first), (words.exact[word],))
            return Count(bounds, start, who[1], who, plain, head=None if plain else head)
    return None


def _ordinal(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """ "Two were killed and a third was wounded"; "and another was hurt": one more of those told before."""
    before = parsed.text[head - 1].lower() if head > first else ""
    if parsed.text[head + 1 : head + 2] == ("of",):
        return None  # "a third of the trees"
    if (low in _ORDINALS and before == "a") or (low == "another" and parsed.dep[head] not in {"det", "amod"}):
        return Count(Bounds(1, 1), head - (low != "another"), head, None, plain=True)
    return None


def _single(parsed: Parsed, head: int, low: str, first: int, last: int) -> Count | None:
    """A soldier, another man, the mayor, their driver, a 24-year-old, Ivan Petrov: one."""
    aged = _aged(parsed, head, low)
    if not aged and (parsed.tag[head] not in {"NN", "NNP"} or low in {"other", "people", "police", "public"}):
        return None
    if not aged and not is_person(parsed, head) and not _with_age(parsed, head, last):
        return None
    marks = [child for child in parsed.children[head] if parsed.dep[child] in {"det", "poss"} and child < head]
    words = {parsed.text[child].lower() for child in marks}
    named = parsed.pos[head] == "PROPN" and (parsed.ent[head] == "PERSON" or _with_age(parsed, head, last))
    definite = bool(words & ({"the", "this", "that"} | _OWNED)) or any(parsed.dep[child] == "poss" for child in marks)
    if not (named or definite or words & {"a", "an", "another", "one"} or (not marks and _is_headline(parsed, head))):
        return None
    starts = [parsed.left[child] if parsed.dep[child] == "poss" else child for child in marks]
    start = min(starts) if starts else _name_start(parsed, head)
    if start > first and parsed.text[start - 1].lower() == "at":
        return None
    who = _phrase(parsed, head, start + 1 if marks and not named else start)
    return Count(Bounds(1, 1), start, who[1], who, head=head)


def _aged(parsed: Parsed, head: int, low: str) -> bool:
    """ "A 16-year-old", by itself."""
    if low not in {"old", "olds"} and not low.endswith("-old"):
        return False
    return low.endswith("-old") or bool(
        {"year", "month"} & {word.lower() for word in parsed.text[max(0, head - 2) : head]}
    )


def _with_age(parsed: Parsed, head: int, last: int) -> bool:
    """ "Ibn Perry, 16, was found": a name that an age follows."""
    if parsed.pos[head] != "PROPN" or head + 3 >= last or parsed.text[head + 1] != ",":
        return False
    age = number_at(parsed, head + 2)
    return age is not None and 0 < age < 110 and parsed.text[head + 3] in {",", "and"}


def _is_headline(parsed: Parsed, token: int) -> bool:
    """ "Officer wounded in raid": in a title, or a line that ends in no stop."""
    if parsed.start[token] < parsed.article.body:
        return True
    first, last = _sentence(parsed, token)
    return last - first <= 20 and parsed.text[last - 1][-1:] not in ".!?\u201d\"':;\u2026)"


def _name_start(parsed: Parsed, head: int) -> int:
    """Where a name begins, with the words for what its bearer is: "Radio journalist Leila Haddad"."""
    start = head
    while start and parsed.ent[start - 1] == "PERSON" and not parsed.ent_start[start]:
        start -= 1
    titles = [child for child in parsed.children[head] if parsed.dep[child] in {"compound", "amod", "nmod"}]
    return min([start, *(left for child in titles if head - (left := parsed.left[child]) <= 6)])


def _single_property(parsed: Parsed, head: int) -> Count | None:
    """A house, a bridge: one."""
    if parsed.tag[head] != "NN" or lemma_of(parsed, head) not in noun_words().property:
        return None
    marks = [child for child in parsed.children[head] if parsed.text[child].lower() in {"a", "an", "one", "another"}]
    if not marks:
        return None
    return Count(Bounds(1, 1), marks[0], head, _phrase(parsed, head, marks[0] + 1), head=head)


def quote_who(parsed: Parsed, who: tuple[int, int] | None) -> str | None:
    """The words for the victims, without quotation marks around them."""
    if who is None or parsed.pos[who[1]] == "PRON":
        return None
    first = who[0]
    while first < who[1] and (parsed.tag[first] == "DT" or parsed.text[first].lower() in {"other", "more", "of"}):
        first += 1
    text = parsed.article.text[parsed.start[first] : parsed.end[who[1]]]
    return " ".join(text.split()).strip(_QUOTES) or None
