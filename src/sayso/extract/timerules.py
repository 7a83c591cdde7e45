"""The grammar of time expressions: a list of rules, each a pattern over classes of atoms and what it makes of them.

A rule's builder returns a TIMEX3 value, a reference form (see `extract.times`) or None where the words do not fit.
Order is the policy: of rules that match equally far, the first wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.extract.numbers import number_value, year_value
from sayso.extract.timewords import Atoms, lexicon


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matched: groups of atoms, read as words or as values of the lexicon."""

    atoms: Atoms
    found: re.Match[str]

    def words(self, group: str) -> list[str]:
        if group not in self.found.re.groupindex:
            return []
        first, last = self.found.span(group)
        return [word for word in self.atoms.words(first, last) if word not in {"-", "\u2013", ","}] if first >= 0 else []

    def word(self, group: str) -> str:
        return " ".join(self.words(group))

    def value(self, section: str, group: str) -> str:
        return lexicon().values[section].get(self.word(group), "")

    def number(self, group: str) -> float | None:
        return number_value(self.words(group))


Build = Callable[[Match], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    type: str
    pattern: re.Pattern[str]
    build: Build


_MACROS = {
    "QTY": "(?P<q>(?:A BIG?|(?:DAY|NUM|YEAR|NUMW)(?:(?:HYPH|AND)?(?:NUMW|BIG))*))",
    "SOME": "(?P<few>A?FEW|A?COUPLE(?:OF)?|A?DOZEN)",
    "DOM": "(?P<d>DAY|ORD|OWORD)",
    "ANYYEAR": "(?P<y>YEAR|YY)",
    "MON": "(?P<m>MONTH)DOT?",
    "WDAY": "(?P<w>WEEKDAY)DOT?",
    "NTH": "(?P<n>OWORD|ORD)",
    "UNIT": "(?P<u>UNIT1|UNITS|QUARTER|CENTURY)",
    "ONE": "(?P<u>UNIT1|QUARTER|CENTURY)",
    "MANY": "(?P<u>UNITS)",
    "TO": "(?P<to>(?:THE?(?:LAST|PREVIOUS|NEXT|FOLLOWING)|THIS(?:LAST|NEXT)?))",
    "CLK": "(?P<c>CLOCK|(?:DAY|NUMW)(?=AMPM|OCLOCK))(?:OCLOCK)?(?P<ap>AMPM)?HRS?LOCAL?TIME?(?:OPEN?ZONECLOSE?)?",
}


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of class names as one over class characters; names in capitals, all else is regex syntax."""
    for name, macro in _MACROS.items():
        pattern = re.sub(rf"\b{name}\b", lambda _, text=macro: text, pattern)  # type: ignore[misc]
    classes = lexicon().classes
    names = "|".join(sorted(classes, key=len, reverse=True))
    parts = re.split(r"(\(\?P<\w+>)", pattern.replace(" ", ""))
    return re.compile(
        "".join(part if part.startswith("(?P<") else re.sub(names, lambda m: classes[m.group()], part) for part in parts)
    )


_SYNTAX = re.compile(r"\(\?P<\w+>|\(\?[:=!]|.")


def beginnings(pattern: str) -> frozenset[str]:
    """The classes a compiled pattern can begin with, so that a rule is tried only where it has a chance."""
    firsts, _, _ = _firsts(_SYNTAX.findall(pattern), 0)
    return firsts


def _firsts(parts: list[str], at: int) -> tuple[frozenset[str], bool, int]:
    """First classes of a group from `at`, whether it can be empty, and where it ends."""
    found: set[str] = set()
    empty, branch_empty = False, True
    while at < len(parts) and parts[at] != ")":
        part = parts[at]
        at += 1
        if part == "|":
            empty, branch_empty = empty or branch_empty, True
            continue
        if part.startswith("(?"):
            inner, optional, at = _firsts(parts, at)
            at += 1
            if part in {"(?=", "(?!"}:
                continue
        else:
            inner, optional = frozenset({part}), False
        if at < len(parts) and parts[at] in "?*+":
            optional = optional or parts[at] != "+"
            at += 1
        if branch_empty:
            found |= inner
        branch_empty = branch_empty and optional
    return frozenset(found), empty or branch_empty, at


# --------------------------------------------------------------------------- builders


def _year(match: Match) -> str:
    text = match.word("y").lstrip("'\u2019")
    if len(text) == 2:
        return f"{1900 + int(text) if int(text) > 30 else 2000 + int(text)}"
    return text or "XXXX"


def calendar_day(match: Match) -> str | None:
    """7 January 2022; without a year XXXX-01-07."""
    day = _day_of_month(match)
    month = int(match.value("month", "m"))
    if not day or day > (29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31):
        return None
    return f"{_year(match)}-{month:02d}-{day:02d}"


def _day_of_month(match: Match) -> int:
    word = match.word("d")
    digits = re.match(r"\d+", word)
    day = int(digits.group()) if digits else int(lexicon().values["ordinal"].get(word, 0))
    return day if 1 <= day <= 31 else 0


def numeric_date(match: Match) -> str | None:
    """2022-01-07, 7.1.2022, 13/1/2022; where day and month could be either only the year is known."""
    text = match.word("x")
    if re.match(r"\d{4}-", text):
        return text.upper()[:16]
    left, right, year = (int(part) for part in re.split(r"[./-]", text))
    year += 0 if year > 99 else 1900 if year > 30 else 2000
    if "." in text:
        left, right = right, left  # month first from here on
    elif left > 12:
        left, right = right, left
    elif right <= 12 and left != right:
        return f"{year}"
    return f"{year}-{left:02d}-{right:02d}" if 1 <= left <= 12 and 1 <= right <= 31 else None


def month_year(match: Match) -> str:
    return f"{_year(match)}-{int(match.value('month', 'm')):02d}"


def month_toward(match: Match) -> str:
    """Last June, next June, this June."""
    return month_year(match) + _toward(match)


def _toward(match: Match) -> str:
    word = match.word("to")
    if word in {"last", "past", "this past", "previous", "the previous", "the last"}:
        return "<<"
    return ">>" if word in {"next", "coming", "this coming", "the next", "the following"} else "="


def plain_year(match: Match) -> str | None:
    return _year(match)


def spoken_year(match: Match) -> str | None:
    value = year_value(match.words("y"))
    return f"{value}" if value else None


def before_christ(match: Match) -> str | None:
    value = match.number("q")
    return f"BC{int(value):04d}" if value and value < 10_000 else None


def decade(match: Match) -> str:
    word = match.word("x")
    digits = re.sub(r"\D", "", word)
    if len(digits) == 4:
        return digits[:3]
    return f"19{digits[0]}" if digits else lexicon().values["decade"][word]


def century(match: Match) -> str | None:
    number = _nth(match)
    return f"{number - 1:02d}" if number and 11 <= number <= 30 else None


def _nth(match: Match) -> int:
    word = match.word("n")
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else int(lexicon().values["ordinal"].get(word, 0))


def weekday(match: Match) -> str:
    return f"XXXX-WXX-{match.value('weekday', 'w')}"


def weekday_toward(match: Match) -> str:
    return weekday(match) + _toward(match)


def season(match: Match) -> str:
    return f"{_year(match)}-{match.value('season', 's')}"


def season_toward(match: Match) -> str:
    return season(match) + _toward(match)


def quarter(match: Match) -> str | None:
    number = _nth(match)
    return f"{_year(match)}-Q{number}" if 1 <= number <= 4 else None


def half_year(match: Match) -> str | None:
    number = 2 if match.word("n") in {"last", "latter"} else _nth(match)
    return f"{_year(match)}-H{number}" if 1 <= number <= 2 else None


def holiday(match: Match) -> str:
    return f"{_year(match)}-{lexicon().values['holiday'][match.word('x')]}"


def deixis(match: Match) -> str:
    return match.value("deixis", "x")


def deixis_part(match: Match) -> str | None:
    return _with_part(match.value("deixis", "x"), match)


def _with_part(day: str, match: Match) -> str | None:
    if "T" in day:
        return None
    return f"{day}T{match.value('daypart', 'p')}"


def weekday_part(match: Match) -> str | None:
    return _with_part(weekday(match), match)


def date_part(match: Match) -> str | None:
    day = calendar_day(match)
    return _with_part(day, match) if day else None


def _clock(match: Match) -> str | None:
    """Hours and minutes on 24 hours, None where they are none."""
    text, marker = match.word("c").replace(".", ":"), match.word("ap")[:1]
    hours, _, minutes = text.partition(":")
    number = int(hours) if hours.isdigit() else number_value([hours])
    if number is None or number > 24 or (marker and not 1 <= number <= 12):
        return None
    hour = int(number) % 12 + (12 if marker == "p" else 0) if marker else int(number)
    return f"{hour:02d}:{minutes or '00'}"


def clock(match: Match) -> str | None:
    time = _clock(match)
    return f"LAST+0DT{time}" if time else None


def clock_deixis(match: Match) -> str | None:
    time, day = _clock(match), match.value("deixis", "x")[:6]
    return f"{day}T{time}" if time else None


def clock_weekday(match: Match) -> str | None:
    time = _clock(match)
    return f"{weekday(match)}T{time}" if time else None


def clock_date(match: Match) -> str | None:
    time, day = _clock(match), calendar_day(match)
    return f"{day}T{time}" if time and day else None


def _unit(match: Match) -> str:
    """Letters of a unit with its multiple: "M", "10Y"; "T" first for clock units."""
    return match.value("unit", "u")


def _times(number: float, unit: str) -> str:
    """So many units as TIMEX3: 3 decades are P30Y."""
    factor = int(re.match(r"\d*", unit).group() or 1)  # type: ignore[union-attr]
    amount = number * factor
    shown = f"{amount:.0f}" if amount == int(amount) else f"{amount:g}"
    letter = unit.lstrip("0123456789")
    return f"PT{shown}{letter[1]}" if letter[0] == "T" else f"P{shown}{letter}"


def duration(match: Match) -> str | None:
    number = match.number("q")
    if _unit(match) == "Q" and number in {1, 3} and "first" not in match.atoms.words(*match.found.span()):
        return None  # "three quarters of the vote"
    return _times(number, _unit(match)) if number is not None and number < 1e6 and _unit(match) else None


def duration_half(match: Match) -> str | None:
    """Two and a half years; five and 1/2 hours; a minute and a half."""
    number, unit = match.number("q"), _unit(match)
    if number is None or not unit or number > 1e6:
        return None
    if unit == "TH":
        return f"PT{int(number)}H30M"
    return f"PT{int(number)}M30S" if unit == "TM" else _times(number + 0.5, unit)


def half(match: Match) -> str | None:
    return {"TH": "PT30M", "Y": "P6M", "TM": "PT30S", "100Y": "P50Y", "10Y": "P5Y"}.get(_unit(match))


def duration_vague(match: Match) -> str | None:
    unit = _unit(match)
    if not unit:
        return None
    few = match.word("few")
    if "couple" in few or "pair" in few:
        return _times(2, unit)
    if few == "dozen":
        return _times(12, unit)
    letter = {"10Y": "DE", "100Y": "CE"}.get(unit, unit.lstrip("0123456789"))
    return f"PTX{letter[1]}" if letter[0] == "T" else f"PX{letter}"


def units_alone(match: Match) -> str | None:
    """Weeks, years; but soldiers have quarters."""
    return None if _unit(match) == "Q" else duration_vague(match)


def window_before(match: Match) -> str | None:
    value = duration(match) if match.number("q") is not None else duration_vague(match)
    return f"{value}<REF" if value else None


def window_after(match: Match) -> str | None:
    value = duration(match) if match.number("q") is not None else duration_vague(match)
    return f"{value}>REF" if value else None


def window_one_before(match: Match) -> str | None:
    return f"{_times(1, _unit(match))}<REF"


def window_one_after(match: Match) -> str | None:
    return f"{_times(1, _unit(match))}>REF"


def _shift(anchor: str, sign: str, number: float, unit: str) -> str | None:
    factor = int(re.match(r"\d*", unit).group() or 1)  # type: ignore[union-attr]
    letter = unit.lstrip("0123456789")
    if number != int(number) or number > 100_000:
        return None
    amount = int(number) * factor
    if letter[0] == "T":  # hours and minutes leave the day open at its edge: the day of the anchor
        return f"{anchor}{sign}{amount}{letter[1]}h" if letter != "TM" else f"{anchor}+0D"
    return f"{anchor}{sign}{amount}{letter}"


def shifted(anchor: str, sign: str, number: int | None = None) -> Build:
    """So many units from the reference day (REF) or the last time mentioned (LAST)."""

    def build(match: Match) -> str | None:
        amount = match.number("q") if number is None else number
        return _shift(anchor, sign, amount, _unit(match)) if amount is not None and _unit(match) else None

    return build


def fixed(value: str) -> Build:
    return lambda match: value


def vague(match: Match) -> str:
    return match.value("vague", "x")


def the_past(match: Match) -> str | None:
    return "PAST_REF" if match.found and match.atoms.words(*match.found.span())[-1] == "past" else None


def rate(match: Match) -> str:
    return match.value("rate", "x")


def every_unit(match: Match) -> str | None:
    return _times(match.number("q") or 1, _unit(match)) if _unit(match) else None


def weekday_shift(match: Match) -> str:
    return f"REF{match.word('x')}"


def part_alone(anchor: str) -> Build:
    """This morning, that night; noon and midnight as clock times."""
    return lambda match: f"{anchor}T{match.value('daypart', 'p')}"


def hour_alone(match: Match) -> str | None:
    """Noon and midnight are times by themselves; "morning" and "night" are not."""
    value = match.value("daypart", "p")
    return f"LAST+0DT{value}" if ":" in value else None


def weekend(match: Match) -> str:
    word = match.word("to")
    return {"last": "REF-1W-WE", "past": "REF-1W-WE", "next": "REF+1W-WE", "coming": "REF+0W-WE"}.get(word, "REF~0W-WE")


# --------------------------------------------------------------------------- the list

_RULES: tuple[tuple[str, str, Build], ...] = (
    # calendar dates
    ("DATE", "(?P<x>DATED)", numeric_date),
    ("DATE", "(?:WDAY COMMA?)? MON THE? DOM (?!HYPH?UNIT1|AMPM|CLOCK)(?:(?:COMMA|OF)?(?P<y>YEAR))?", calendar_day),
    ("DATE", "(?:WDAY COMMA?)?THE? DOM OF? MON (?:COMMA? ANYYEAR)?", calendar_day),
    ("TIME", "(?:WDAY COMMA?)? MON DOM (?:COMMA?(?P<y>YEAR)COMMA?)?(?P<p>PART)", date_part),
    ("TIME", "THE?(?P<p>PART)OF(?:WDAY COMMA?)? MON DOM (?:COMMA?(?P<y>YEAR))?", date_part),
    ("TIME", "THE?(?P<p>PART)OF(?:WDAY COMMA?)? DOM MON (?:COMMA?(?P<y>YEAR))?", date_part),
    ("TIME", "CLK COMMA?ON?(?:WDAY COMMA?)? MON DOM (?:COMMA?(?P<y>YEAR))?", clock_date),
    ("TIME", "CLK COMMA?ON?(?:WDAY COMMA?)? DOM MON (?P<y>YEAR)?", clock_date),
    ("TIME", "(?:WDAY COMMA?)? MON DOM COMMA?(?:(?P<y>YEAR)COMMA?)?ON? CLK", clock_date),
    ("DATE", "MON (?:COMMA|OF)? ANYYEAR", month_year),
    ("DATE", "TO MON", month_toward),
    ("DATE", "MON", month_year),
    ("DATE", "(?:THE UNIT1)?(?P<y>YEAR)", plain_year),
    ("DATE", "THE(?P<y>YEAR)PERIOD", plain_year),
    ("DATE", "(?P<y>YY)", plain_year),
    ("DATE", "(?P<y>NUMW HYPH?NUMW(?:HYPH?NUMW)?)", spoken_year),
    ("DATE", "(?P<q>NUM|DAY|YEAR)BC", before_christ),
    ("DATE", "THE?(?P<x>DECADE)", decade),
    ("DATE", "THE? NTH HYPH?CENTURY", century),
    # weekdays
    ("DATE", "(?P<w>WEEKDAY)", weekday),
    ("DATE", "TO (?P<w>WEEKDAY)", weekday_toward),
    ("TIME", "(?P<w>WEEKDAY)POSS?(?P<p>PART)", weekday_part),
    ("TIME", "(?P<p>PART)ON?(?P<w>WEEKDAY)", weekday_part),
    ("TIME", "CLK COMMA?ON?(?P<w>WEEKDAY)", clock_weekday),
    ("TIME", "(?P<w>WEEKDAY)ON CLK", clock_weekday),
    # seasons, quarters, halves, holidays
    ("DATE", "THE?(?P<s>SEASON)OF?(?P<y>YEAR)", season),
    ("DATE", "TO (?P<s>SEASON)", season_toward),
    ("DATE", "THE?(?P<s>SEASON)", season),
    ("DATE", "THE?FISCAL?HYPH? NTH QUARTER(?:OF?FISCAL?(?P<y>YEAR))?", quarter),
    ("DATE", "FISCAL?HYPH? NTH HYPH QUARTER", quarter),
    ("DATE", "THE?(?P<y>YEAR) NTH HYPH?QUARTER", quarter),
    ("DATE", "THIS UNIT1 POSS NTH HYPH?QUARTER", quarter),
    ("DATE", "THE?(?P<n>OWORD|LAST)HALF OF(?P<y>YEAR)", half_year),
    ("DATE", "(?P<x>HOLIDAY)COMMA?(?P<y>YEAR)?", holiday),
    # days told from the day of the report
    ("DATE", "(?P<x>DEIXIS)", deixis),
    ("TIME", "(?P<x>DEIXIS)(?P<p>PART)", deixis_part),
    ("TIME", "(?P<p>PART)(?P<x>DEIXIS)", deixis_part),
    ("TIME", "CLK COMMA?(?P<x>DEIXIS)", clock_deixis),
    ("DATE", "LAST ONE", shifted("REF", "-", 1)),
    ("DURATION", "(?:THE|THIS)LAST ONE", window_one_before),
    ("DATE", "NEXT ONE", shifted("REF", "+", 1)),
    ("DATE", "THE NEXT ONE", shifted("LAST", "+", 1)),
    ("DATE", "(?:THIS|THE CURRENT) ONE", shifted("REF", "+", 0)),
    ("DATE", "THE? LATEST ONE", shifted("REF", "-", 1)),
    ("DATE", "(?:THAT|THE?SAME|THAT SAME) ONE", shifted("LAST", "+", 0)),
    ("DATE", "THE QUARTER", fixed("LAST+0Q")),
    ("DATE", "THE? PREVIOUS ONE", shifted("LAST", "-", 1)),
    ("DATE", "THE? FOLLOWING ONE", shifted("LAST", "+", 1)),
    ("DATE", "QTY HYPH? UNIT HYPH?AGO", shifted("REF", "-")),
    ("DATE", "QTY HYPH? UNIT HYPH?EARLIER", shifted("LAST", "-")),
    ("DATE", "ONE HYPH(?:EARLIER|AGO)", shifted("LAST", "-", 1)),
    ("DATE", "THE? ONE HYPH(?:EARLIER|AGO)(?:OWORD)?(?:QUARTER|PERIOD)", shifted("LAST", "-", 1)),
    ("DATE", "QTY UNIT LATER", shifted("LAST", "+")),
    ("DATE", "(?:SOME)? UNIT AGO", fixed("PAST_REF")),
    ("DATE", "THE?(?P<to>LAST|NEXT|THIS)?WEEKEND", weekend),
    ("TIME", "(?P<p>PART)", hour_alone),
    ("TIME", "THIS(?P<p>PART)", part_alone("REF+0D")),
    ("TIME", "LAST(?P<p>PART)", part_alone("REF-1D")),
    ("TIME", "(?:THAT|THE SAME|THAT SAME|THE)(?P<p>PART)", part_alone("LAST+0D")),
    ("TIME", "THE?(?:NEXT|FOLLOWING)(?P<p>PART)", part_alone("LAST+1D")),
    ("TIME", "THE?PREVIOUS(?P<p>PART)", part_alone("LAST-1D")),
    ("TIME", "CLK", clock),
    # lengths, and windows next to the day of the report
    ("DURATION", "QTY HYPH?MORE?HYPH? UNIT (?!HYPH?OLD)", duration),
    ("DURATION", "QTY (?:AND A HALF|FRAC) UNIT", duration_half),
    ("DURATION", "(?P<q>A|NUMW) UNIT AND A HALF", duration_half),
    ("DURATION", "(?:HALF A|A HALF HYPH?|HALF HYPH?) UNIT", half),
    ("DURATION", "SOME MORE?HYPH? UNIT", duration_vague),
    ("DURATION", "(?:THE|THIS|THAT)(?:OWORD|MORE)? QTY UNIT", duration),
    ("DURATION", "THE?LAST QTY MORE? UNIT", window_before),
    ("DURATION", "THE?PREVIOUS QTY UNIT", duration),
    ("DURATION", "THE?NEXT QTY UNIT", window_after),
    ("DURATION", "THE?LAST (?:SOME)? MANY", window_before),
    ("DURATION", "THE?NEXT (?:SOME)? MANY", window_after),
    ("DURATION", "(?P<u>UNITS)", units_alone),
    # how often
    ("SET", "EVERY UNIT1", every_unit),
    ("SET", "EVERY QUARTER", fixed("P3M")),
    ("SET", "EVERY (?P<q>NUMW|DAY) UNIT", every_unit),
    ("SET", "EVERY(?P<w>WEEKDAY)(?:PART)?", weekday),
    ("SET", "EVERY(?P<p>PART)", part_alone("XXXX-XX-XX")),
    ("SET", "(?:EVERY)MON", month_year),
    ("SET", "PER UNIT1", every_unit),
    ("SET", "(?P<x>RATE)", rate),
    # no date at all
    ("DATE", "(?P<x>VAGUE)", vague),
    ("DATE", "THE LAST", the_past),
    ("DATE", "THE NEAR FUTURE", fixed("FUTURE_REF")),
)


@lru_cache(maxsize=1)
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """The rules with their patterns compiled, by the class of atom they can begin with."""
    found: dict[str, list[Rule]] = {}
    for type_, pattern, build in _RULES:
        rule = Rule(type_, compile_pattern(pattern), build)
        for char in beginnings(rule.pattern.pattern):
            found.setdefault(char, []).append(rule)
    return {char: tuple(listed) for char, listed in found.items()}
