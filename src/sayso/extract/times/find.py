"""Finds time expressions and understands them as far as the words alone allow.

`Timex.value` is TIMEX3 where the words tell it ("2022-01-07", "P3D", "PRESENT_REF"). Else it is a reference form,
which only `resolve.times` reads:

- `XXXX-01-07`, `XXXX-01`, `XXXX-Q3`, `XXXX-SU`, `XXXX-WXX-5`, `XXXX-12-25` name a day, month, quarter, season or
  weekday of a year or week still to be chosen; at the end `<` says that the verb is of the past, `>` of the future,
  `<<` and `>>` that the text says "last" or "next", `=` that it says "this"; `L` that it counts from the time
  mentioned last ("the previous Friday");
- `REF-1W`, `REF+0Y` count units from the day of the report, `LAST+2D` from the time mentioned last; `REF~1Y` is "a year
  ago", which may be a quarter; `REF-1Y:10-05` is a month, day, season or quarter of a year so told;
- `P2W<REF`, `P3D>REF` are lengths that end or begin at the day of the report;
- a time of day follows after `T`: `XXXX-WXX-5TEV`, `LAST+0DT18:45`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

from sayso.extract.times.rules import beginnings, compile_pattern, rules
from sayso.extract.times.shared import Found, complete
from sayso.extract.times.tense import tense
from sayso.extract.times.values import Match
from sayso.extract.times.words import OTHER, Atoms, cut, lexicon
from sayso.model import Parsed, Span, Timex

_ANCHORS = (
    "MONTH WEEKDAY SEASON UNIT1 UNITS QUARTER CENTURY PART DEIXIS VAGUE RATE DECADE HOLIDAY DATED CLOCK AMPM BC "
    "YEAR YY NUMW WEEKEND LAST FUTURE MOMENT TIME OCLOCK RECENT PERIOD QN TERM"
).split()
_OPEN_YEAR = re.compile(r"XXXX-(?:\d\d|Q\d|S[PU]|FA|WI|WXX-\d|E)(?!.*[<>=])")
_MOST_ATOMS = 40  # in one expression; without an end, a page of number words takes time without end
_SHORT = frozenset({"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"})
_MONEY = frozenset("$\u20ac\u00a3\u00a5#")


def find_times(parsed: Parsed) -> tuple[Timex, ...]:
    """All time expressions of an article, title included, in order and without overlap."""
    text = parsed.article.text
    found: list[Timex] = []
    scanned = scan(text)
    for (first, last, type_, value, mod), after in zip_longest(scanned, scanned[1:]):
        token = parsed.token_at(first)
        if token is None or not _is_time(parsed, token, first, last, value):
            continue
        if value.startswith("LAST+0DT") and _is_hours(text, first, last):
            value = "XXXX-XX-XX" + value[7:]
        if value in {"LAST+1D", "LAST-1D"}:
            value = _beside(
                text[found[-1].span.end : first] if found else "", text[last : after[0]] if after else "", value
            )
        if _OPEN_YEAR.match(value) and type_ != "SET":
            value += tense(parsed, token)
        found.append(Timex(Span(parsed.article.id, first, last), type_, value, mod, token))
    return tuple(found)


def _beside(before: str, after: str, value: str) -> str:
    """ "On Friday, the day after the vote" is that Friday; "the day after Monday's vote" hangs on what follows."""
    if before == ", ":
        return "LAST+0D"
    return "P1D" if re.fullmatch(r"\s+(?:after|before)\s+(?:the\s+)?", after, re.IGNORECASE) else value


_HOURS_BEFORE = re.compile(r"(?:from|between|\d\S{0,8}\s*(?:to|and|until|-|\u2013))\s*$", re.IGNORECASE)
_HOURS_AFTER = re.compile(r"\s*(?:to|and|until|-|\u2013)\s*\d")


def _is_hours(text: str, first: int, last: int) -> bool:
    """Whether a clock time opens or closes hours that may return each day: "a curfew from 23:00 to 07:00"."""
    return bool(_HOURS_BEFORE.search(text[max(0, first - 24) : first]) or _HOURS_AFTER.match(text, last))


def scan(text: str) -> list[tuple[int, int, str, str, str | None]]:
    """(start, end, type, value, mod) of each expression in a text, by the words alone."""
    atoms = cut(text)
    found: list[Found] = []
    for run in _runs().finditer(atoms.classes):
        at, stop = run.span()
        while at < stop:
            best = _longest(atoms, at, stop)
            if best is None:
                at += 1
                continue
            last, type_, value, mod = best
            found.append(Found(at, last, type_, value, mod))
            at = last
    return [
        (atoms.atoms[item.first][1], _end(atoms, item.last - 1), item.type, item.value, item.mod)
        for item in complete(atoms, found)
    ]


@lru_cache(maxsize=1)
def _runs() -> re.Pattern[str]:
    """Atoms of time language next to each other with one among them that can carry a time."""
    classes = lexicon().classes
    anchors = "".join(classes[name] for name in _ANCHORS)
    inner = f"[^{re.escape(OTHER)}{classes['BREAK']}]"
    return re.compile(f"{inner}*[{anchors}]{inner}*")


@lru_cache(maxsize=1)
def _prefixes() -> tuple[tuple[re.Pattern[str], frozenset[str], str | None, frozenset[str]], ...]:
    """Words before an expression that belong to it: pattern, first classes, mod (None: the word's own), types."""
    dates, lengths = frozenset({"DATE", "TIME"}), frozenset({"DURATION"})
    listed = (
        ("THE?(?:EARLY|EARLIER)HYPH?(?:IN|ON)?", "START", dates),
        ("THE?EARLY PART?UNITS OF", "START", dates),
        ("THE?LATE PART?UNITS OF", "END", dates),
        ("THE?(?:LATE|LATER)HYPH?(?:IN|ON)?", "END", dates),
        ("THE?MID(?:HYPH|OF)?", "MID", dates),
        ("THE?START OF", "START", dates),
        ("THE?END OF", "END", dates),
        ("THE?(?:OWORD|LAST)HALF OF", "", dates),
        ("APPROX", None, dates | lengths),
    )
    compiled = ((compile_pattern(pattern), mod, types) for pattern, mod, types in listed)
    return tuple((pattern, beginnings(pattern.pattern), mod, types) for pattern, mod, types in compiled)


def _longest(atoms: Atoms, at: int, stop: int) -> tuple[int, str, str, str | None] | None:
    """The expression that begins at an atom: one past its last atom, type, value, mod."""
    plain = _by_rules(atoms, at, stop)
    best: tuple[int, str, str, str | None] | None = (*plain, None) if plain else None
    for pattern, firsts, mod, types in _prefixes():
        if atoms.classes[at] not in firsts:
            continue
        prefix = pattern.match(atoms.classes, at, stop)
        if prefix is None:
            continue
        inner = _by_rules(atoms, prefix.end(), stop) or _period(atoms, prefix, stop)
        if inner and inner[1] in types and not inner[2].endswith("T_REF") and (best is None or inner[0] > best[0]):
            shown = lexicon().values["approx"][atoms.words(at, at + 1)[0]] if mod is None else mod
            if mod is not None or shown == "APPROX" or _counted(atoms, prefix.end(), inner):
                best = (inner[0], inner[1], inner[2], shown or None)
    return best


def _counted(atoms: Atoms, at: int, inner: tuple[int, str, str]) -> bool:
    """Whether "over" and "more than" bound a number: "over two years (ago)", but not "over the years"."""
    classes = lexicon().classes
    told = inner[1] == "DURATION" or re.match(r"(?:REF|LAST)[~+-]\d+", inner[2])
    return bool(told) and atoms.classes[at] in {classes[name] for name in ("DAY", "NUM", "NUMW", "A", "BIG")}


@lru_cache(maxsize=1)
def _the_unit() -> re.Pattern[str]:
    return compile_pattern("THE(?P<u>UNIT1|QUARTER|CENTURY)")


def _period(atoms: Atoms, prefix: re.Match[str], stop: int) -> tuple[int, str, str] | None:
    """ "The year" and "the month" after "the end of", where they are no length."""
    found = _the_unit().match(atoms.classes, prefix.end(), stop)
    if found is None:
        return None
    unit = Match(atoms, found).value("unit", "u")
    return (found.end(), "DATE", f"REF+0{unit}") if unit in {"D", "W", "M", "Q", "Y"} else None


def _by_rules(atoms: Atoms, at: int, stop: int) -> tuple[int, str, str] | None:
    best: tuple[int, str, str] | None = None
    for rule in rules().get(atoms.classes[at], ()) if at < stop else ():
        found = rule.pattern.match(atoms.classes, at, min(stop, at + _MOST_ATOMS))
        if found is None or found.end() <= (best[0] if best else at):
            continue
        value = rule.build(Match(atoms, found))
        if value:
            best = (found.end(), rule.type, value)
    return best


def _end(atoms: Atoms, last: int) -> int:
    """Where an expression ends: the full stop after a whole word ends the sentence, that of "Sept." belongs to it."""
    classes = lexicon().classes
    if atoms.classes[last] == classes["DOT"] and atoms.words(last - 1, last)[0] not in _SHORT:
        last -= 1
    while atoms.classes[last] in {classes["COMMA"], classes["HYPH"]}:
        last -= 1
    return atoms.atoms[last][2]


def _is_time(parsed: Parsed, token: int, first: int, last: int, value: str) -> bool:
    """Whether the words around allow it: "2000 people", "$ 1990", "may" and "march" as verbs are no times."""
    text = parsed.article.text
    shown = text[first:last]
    before, after = text[first - 1] if first else " ", text[last : last + 1]
    if before in _MONEY or after in {"%", "\u20ac"} or (before in ".,:/" and shown[0].isdigit()):
        return False
    if before == "(" and after == ")" and value.startswith("LAST+0DT"):
        return False  # "10:35 a.m. (0735 GMT)"
    if len(shown) <= 2 and shown.isdigit():
        return not _counts(parsed, token)
    if len(shown) == 4 and shown.isdigit():
        return _is_year(parsed, token, int(shown))
    return not after[:1].isalnum() and not _is_other_word(parsed, token, shown)


def _counts(parsed: Parsed, token: int) -> bool:
    """Whether a bare number counts things: the 5 in "on May 4 and 5 people"."""
    head = parsed.head[token]
    return parsed.dep[token] == "nummod" and head > token and parsed.tag[head] in {"NNS", "$"}


_SEASON_BEFORE = frozenset({"in", "by", "during", "since", "until", "through", "this", "last", "next"})


def _is_other_word(parsed: Parsed, token: int, shown: str) -> bool:
    """Whether the words mean no time here: may as a verb, a march, the fall of a city."""
    low = shown.lower()
    if low in lexicon().values["rate"] and shown[0].isupper() and token and parsed.pos[token - 1] == "PROPN":
        return True  # a newspaper
    if low == "march" and token + 1 < len(parsed) and parsed.text[token + 1] == "of":
        return True
    if low in {"may", "march"}:
        previous = parsed.tag[token - 1] if token and parsed.sent[token - 1] == parsed.sent[token] else ""
        return parsed.pos[token] in {"AUX", "VERB", "SCONJ"} or previous in {"DT", "PRP$", "JJ", "POS", "NNP"}
    if low in {"fall", "the fall", "spring"}:
        following = token + (2 if low == "the fall" else 1)
        if following < len(parsed) and parsed.text[following] in {"of", "in", "from"}:
            return True
        if low == "spring":
            return parsed.pos[token] not in {"NOUN", "PROPN"}
        return not token or parsed.text[token - 1].lower() not in _SEASON_BEFORE
    return False


_YEAR_BEFORE = frozenset("in of since by from until year and to ( between before after during around circa".split())


def _names_one(parsed: Parsed, token: int) -> bool:
    """Whether a year tells which: "the 1992 protests", but not "1992 protests", which may be their number."""
    return token > 0 and parsed.tag[token - 1] in {"DT", "PRP$", "POS"}


def _opens_years(parsed: Parsed, token: int) -> bool:
    """Whether a number is the first of two years: 1861-1863, 1990-94."""
    after = parsed.article.text[parsed.start[token] :][:10]
    return bool(re.match(r"\d{4}[-\u2013](?:\d{4}|\d\d)(?!\w|[-,.]\d)", after))


def _is_year(parsed: Parsed, token: int, number: int) -> bool:
    if not 1000 <= number <= 2999:
        return False
    if _opens_years(parsed, token):
        return 1000 <= number <= 2099
    if token and parsed.head[token] == token - 1 and parsed.pos[token - 1] in {"NOUN", "PROPN"}:
        return False  # "Resolution 1973", "flight 1802"
    following = token + 1
    if following < len(parsed) and parsed.sent[following] == parsed.sent[token]:
        if parsed.tag[following] == "NNS" and _names_one(parsed, token):
            return 1500 <= number <= 2099
        if parsed.tag[following] in {"NNS", "$"} or parsed.text[following] in {"%", "percent", "per"}:
            return False
        if parsed.head[token] == following and parsed.dep[token] == "nummod" and parsed.pos[following] == "NOUN":
            return number > 1900
    return 1500 <= number <= 2099 or (token > 0 and parsed.text[token - 1].lower() in _YEAR_BEFORE)
