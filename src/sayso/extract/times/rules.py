"""The grammar of time expressions: a list of rules, each a pattern over classes of atoms and what it makes of them.

Order is the policy: of rules that match equally far, the first wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sayso.extract.times.lengths import (
    ago,
    duration,
    duration_half,
    duration_one,
    duration_vague,
    every_unit,
    half,
    last_of,
    next_one,
    rate,
    shifted,
    units_alone,
    window_after,
    window_before,
    window_half_before,
    window_one_before,
)
from sayso.extract.times.values import (
    Build,
    before_christ,
    calendar_day,
    calendar_day_spoken,
    century,
    century_before_christ,
    clock,
    clock_date,
    clock_deixis,
    clock_part,
    clock_weekday,
    date_part,
    day_beside,
    day_beyond,
    day_of_that_month,
    decade,
    decade_before_christ,
    deixis,
    deixis_part,
    fixed,
    half_year,
    holiday,
    hour_alone,
    month_spoken_year,
    month_toward,
    month_year,
    numeric_date,
    of_that_year,
    part_alone,
    plain_year,
    quarter,
    season,
    season_toward,
    spoken_year,
    the_past,
    vague,
    weekday,
    weekday_part,
    weekday_part_toward,
    weekday_toward,
    weekend,
    year_end,
)
from sayso.extract.times.words import lexicon


@dataclass(frozen=True, slots=True)
class Rule:
    type: str
    pattern: re.Pattern[str]
    build: Build


_MACROS = {
    "QTY": "(?P<q>(?:A BIG?|YEAR|(?:DAY|NUM|NUMW)(?:(?:HYPH|AND)?(?:NUMW|BIG))*))",
    "SOME": "(?P<few>A?FEW|A?COUPLE(?:OF)?|A?DOZEN)",
    "DOM": "(?P<d>DAY|ORD|(?:NUMW HYPH)?OWORD)",
    "SPOKEN": "(?P<y>NUMW HYPH?NUMW(?:HYPH?NUMW)?)",
    "ANYYEAR": "(?P<y>YEAR|YY)",
    "MON": "(?P<m>MONTH)DOT?",
    "WDAY": "(?P<w>WEEKDAY)DOT?",
    "NTH": "(?P<n>OWORD|ORD)",
    "UNIT": "(?P<u>UNIT1|UNITS|QUARTER|CENTURY)",
    "ONE": "(?P<u>UNIT1|QUARTER|CENTURY)",
    "MANY": "(?P<u>UNITS)",
    "THATYEAR": "(?P<ry>(?:THAT SAME?|THE?SAME|THIS|LAST|NEXT|THE?FOLLOWING|THE?PREVIOUS)UNIT1)",
    "DAYS": "THE?(?:DAY|ORD)",
    "TO": "(?P<to>(?:THE?(?:LAST|PREVIOUS|NEXT|FOLLOWING|UPCOMING)|THIS(?:LAST|NEXT)?))",
    "CLK": "(?P<c>CLOCK|NUMW NUMW(?=AMPM)|(?:DAY|NUMW)(?=AMPM|OCLOCK))"
    "(?:OCLOCK)?(?P<ap>AMPM)?HRS?LOCAL?TIME?(?:OPEN ZONE CLOSE|ZONE)?",
}


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern of class names as one over class characters; names in capitals, all else is regex syntax."""
    for name, macro in _MACROS.items():
        pattern = re.sub(rf"\b{name}\b", lambda _, text=macro: text, pattern)  # type: ignore[misc]
    classes = lexicon().classes
    names = "|".join(sorted(classes, key=len, reverse=True))
    parts = re.split(r"(\(\?P<\w+>)", pattern.replace(" ", ""))
    return re.compile(
        "".join(
            part if part.startswith("(?P<") else re.sub(names, lambda m: classes[m.group()], part) for part in parts
        )
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


# --------------------------------------------------------------------------- the list

_RULES: tuple[tuple[str, str, Build], ...] = (
    # calendar dates
    ("DATE", "(?P<x>DATED)", numeric_date),
    (
        "DATE",
        "(?:THE?WDAY COMMA?(?:THE?PART OF)?)? MON THE? DOM (?!HYPH?UNIT1|AMPM|CLOCK)"
        "(?:(?:COMMA|OF)?(?P<y>YEAR)|(?=(?:HYPH|AND) DAYS COMMA?(?P<y2>YEAR)))?",
        calendar_day,
    ),
    ("DATE", "(?:THE?WDAY COMMA?)? MON THE? DOM COMMA? SPOKEN", calendar_day_spoken),
    ("DATE", "(?:THE?WDAY COMMA?)?THE? DOM OF? MON COMMA? SPOKEN", calendar_day_spoken),
    ("DATE", "(?:THE?WDAY COMMA?)?THE? DOM OF? MON (?:COMMA? ANYYEAR)?", calendar_day),
    ("DATE", "THE?(?P<d>DAY|ORD)(?=(?:COMMA DAYS)*(?:HYPH|AND) DAYS OF? MON (?:COMMA?(?P<y>YEAR))?)", calendar_day),
    ("DATE", "THE? DOM OF? MON COMMA?(?:OF|IN)? THATYEAR", of_that_year(calendar_day)),
    ("DATE", "MON DOM COMMA?(?:OF|IN)? THATYEAR", of_that_year(calendar_day)),
    ("DATE", "MON COMMA?(?:OF|IN)? THATYEAR", of_that_year(month_year)),
    ("DATE", "THE? DOM OF THATYEAR", day_of_that_month),
    ("DATE", "THE?(?P<s>SEASON)(?:OF|IN)? THATYEAR", of_that_year(season)),
    ("DATE", "TO (?P<w>WEEKDAY) COMMA THE? MON THE? DOM", calendar_day),
    ("TIME", "(?:WDAY COMMA?)? MON DOM (?:COMMA?(?P<y>YEAR)COMMA?)?(?P<p>PART)", date_part),
    ("TIME", "THE?(?P<p>PART)OF(?:WDAY COMMA?)? MON DOM (?:COMMA?(?P<y>YEAR))?", date_part),
    ("TIME", "THE?(?P<p>PART)OF(?:WDAY COMMA?)? DOM MON (?:COMMA?(?P<y>YEAR))?", date_part),
    ("TIME", "CLK COMMA?ON?(?:WDAY COMMA?)? MON DOM (?:COMMA?(?P<y>YEAR))?", clock_date),
    ("TIME", "CLK COMMA?ON?(?:WDAY COMMA?)? DOM MON (?P<y>YEAR)?", clock_date),
    ("TIME", "(?:WDAY COMMA?)? MON DOM COMMA?(?:(?P<y>YEAR)COMMA?)?ON? CLK", clock_date),
    ("DATE", "MON (?:COMMA|OF)? ANYYEAR", month_year),
    ("DATE", "TO MON", month_toward),
    ("DATE", "MON", month_year),
    ("DATE", "MON COMMA? SPOKEN", month_spoken_year),
    ("DATE", "THE UNIT1 (?P<y>NUMW BIG(?:AND?NUMW(?:HYPH?NUMW)?)?)", spoken_year),
    ("DATE", "MON (?P<q>NUM|YEAR)BC", before_christ),
    ("DATE", "THE?(?P<s>SEASON)OF?(?P<q>NUM|YEAR)BC", before_christ),
    ("DATE", "(?P<q>NUM|DAY|YEAR)(?=(?:HYPH|AND)(?:NUM|DAY|YEAR)BC)", before_christ),
    ("DATE", "(?:THE UNIT1)?(?P<y>YEAR)", plain_year),
    ("DATE", "THE(?P<y>YEAR)PERIOD", plain_year),
    ("DATE", "(?P<y>YY)", plain_year),
    ("DATE", "SPOKEN", spoken_year),
    ("DATE", "(?P<q>NUM|DAY|YEAR)BC", before_christ),
    ("DATE", "THE?(?P<x>DECADE)", decade),
    ("DATE", "THE? NTH HYPH?CENTURY", century),
    ("DATE", "THE? NTH HYPH?CENTURY BC", century_before_christ),
    ("DATE", "THE?(?P<x>DECADE)BC", decade_before_christ),
    # weekdays
    ("DATE", "(?P<w>WEEKDAY)", weekday),
    ("DATE", "TO (?P<w>WEEKDAY)", weekday_toward),
    ("TIME", "(?P<w>WEEKDAY)POSS?(?P<p>PART)", weekday_part),
    ("TIME", "THE?(?P<p>PART)(?:LOCAL TIME)?(?:ON|OF)?(?P<w>WEEKDAY)", weekday_part),
    ("TIME", "TO (?P<w>WEEKDAY)(?P<p>PART)", weekday_part_toward),
    ("TIME", "CLK COMMA?ON?(?P<w>WEEKDAY)", clock_weekday),
    ("TIME", "(?P<w>WEEKDAY)ON CLK", clock_weekday),
    # seasons, quarters, halves, holidays
    ("DATE", "THE?(?P<s>SEASON)OF? ANYYEAR", season),
    ("DATE", "TO (?P<s>SEASON)", season_toward),
    ("DATE", "THE?(?P<s>SEASON)", season),
    ("DATE", "THE?FISCAL?HYPH? NTH QUARTER(?:OF?FISCAL?(?P<y>YEAR))?", quarter),
    ("DATE", "FISCAL?HYPH? NTH HYPH QUARTER", quarter),
    ("DATE", "THE?(?P<y>YEAR) NTH HYPH?QUARTER", quarter),
    ("DATE", "THE?(?P<n>QN)(?:HYPH|OF)? ANYYEAR?", quarter),
    ("DATE", "THATYEAR POSS NTH HYPH?QUARTER", of_that_year(quarter)),
    ("DATE", "THE?FISCAL?HYPH? NTH HYPH?QUARTER(?:OF|IN)? THATYEAR", of_that_year(quarter)),
    ("DATE", "RECENT(?P<u>QUARTER)", shifted("REF", "-", 1)),
    ("DATE", "THE?(?:(?P<n>OWORD|LAST)|LATTER)HALF OF(?P<y>YEAR)", half_year),
    ("DATE", "(?P<x>HOLIDAY)COMMA?(?P<y>YEAR)?", holiday),
    # days told from the day of the report
    ("DATE", "(?P<x>DEIXIS)", deixis),
    ("DATE", "THE UNIT1(?:BEFORE|AFTER)(?P<x>DEIXIS)", day_beyond),
    ("TIME", "(?P<x>DEIXIS)(?P<p>PART)", deixis_part),
    ("TIME", "(?P<p>PART)(?P<x>DEIXIS)", deixis_part),
    ("TIME", "CLK COMMA?(?P<x>DEIXIS)", clock_deixis),
    ("DATE", "LAST ONE", shifted("REF", "-", 1)),
    ("DURATION", "(?:THE|THIS)LAST ONE (?!OF)", window_one_before),
    ("DATE", "NEXT ONE", shifted("REF", "+", 1)),
    ("DATE", "THE NEXT ONE", next_one),
    ("DATE", "(?:THIS|THE CURRENT) ONE", shifted("REF", "+", 0)),
    ("DATE", "THE? LATEST ONE", shifted("REF", "-", 1)),
    ("DATE", "(?:THAT|THE?SAME|THAT SAME) ONE", shifted("LAST", "+", 0)),
    ("DATE", "THE QUARTER", fixed("LAST+0Q")),
    ("DATE", "THE? PREVIOUS ONE", shifted("LAST", "-", 1)),
    ("DATE", "THE? FOLLOWING ONE", shifted("LAST", "+", 1)),
    ("DATE", "THE (?P<u>UNIT1)(?=AFTER)", day_beside("+")),
    ("DATE", "THE (?P<u>UNIT1)(?=BEFORE)", day_beside("-")),
    ("DATE", "QTY HYPH? UNIT HYPH?AGO", ago),
    ("DATE", "QTY HYPH? UNIT HYPH?EARLIER", shifted("LAST", "-")),
    ("DATE", "ONE HYPH(?:EARLIER|AGO)", shifted("LAST", "-", 1)),
    ("DATE", "THE?COMPARABLE? ONE HYPH(?:EARLIER|AGO)(?:OWORD HYPH?)?(?:QUARTER|PERIOD)", shifted("LAST", "-", 1)),
    ("DATE", "THE(?:COMPARABLE|SAME)(?:PERIOD|QUARTER)(?:OF|IN)?LAST ONE", shifted("LAST", "-", 1)),
    ("DATE", "LAST UNIT1 POSS(?P<u>QUARTER|PERIOD)", fixed("LAST-1Y")),
    ("DATE", "THE LATEST PERIOD", fixed("LAST+0Q")),
    ("DATE", "QTY UNIT LATER", shifted("LAST", "+")),
    ("DATE", "QTY UNIT FROM VAGUE", shifted("REF", "+")),
    ("DATE", "(?:SOME)? UNITS LATER", fixed("FUTURE_REF")),
    ("DATE", "(?:SOME)? UNITS EARLIER", fixed("PAST_REF")),
    ("DATE", "(?:SOME)? UNIT AGO", fixed("PAST_REF")),
    ("DATE", "THE?(?P<to>LAST|NEXT|THIS)?WEEKEND", weekend),
    ("TIME", "(?P<p>PART)", hour_alone),
    ("TIME", "THIS(?P<p>PART)", part_alone("REF+0D")),
    ("TIME", "LAST(?P<p>PART)", part_alone("REF-1D")),
    ("TIME", "(?:THAT|THE SAME|THAT SAME|THE)(?P<p>PART)", part_alone("LAST+0D")),
    ("TIME", "THE?(?:NEXT|FOLLOWING)(?P<p>PART)", part_alone("LAST+1D")),
    ("TIME", "THE?PREVIOUS(?P<p>PART)", part_alone("LAST-1D")),
    ("TIME", "(?P<c>CLOCK|NUMW NUMW?|DAY)OCLOCK?THIS(?P<p>PART)", clock_part("REF+0D")),
    ("TIME", "(?P<c>CLOCK|NUMW|DAY)OCLOCK?IN THE(?P<p>PART)", clock_part("LAST+0D")),
    ("TIME", "CLK", clock),
    # lengths, and windows next to the day of the report
    ("DURATION", "QTY HYPH?MORE?HYPH? UNIT (?!HYPH?OLD|HYPH?LONG)", duration),
    ("DURATION", "THE FISCAL? ONE (?=ENDED)", duration_one),
    ("DATE", "THE (?:FISCAL|MORE)(?P<u>UNIT1)", shifted("REF", "+", 0)),
    ("DATE", "FISCAL(?P<y>YEAR)", plain_year),
    ("DATE", "(?P<u>UNIT1)(?:POSS|HYPH)?END", year_end),
    ("DURATION", "QTY (?:AND A HALF|FRAC) UNIT", duration_half),
    ("DURATION", "THE?(?!A)QTY HYPH?UNIT HYPH?LONG", duration),
    ("DURATION", "THE OWORD QTY UNIT OF(?P<y>YEAR)", duration),
    ("DURATION", "THE LAST QTY? UNIT OF (?:MON (?P<y>YEAR)?|(?P<y2>YEAR))", last_of),
    ("DURATION", "THE LAST QTY? UNIT (?=OF)", last_of),
    ("DURATION", "(?P<u>UNITS)HYPH LONG", units_alone),
    ("DURATION", "(?P<u>UNIT1)HYPH LONG", duration_one),
    ("DURATION", "THE?FOLLOWING QTY UNIT", duration),
    ("DURATION", "(?P<q>A|NUMW) UNIT AND A HALF", duration_half),
    ("DURATION", "(?:HALF A|A HALF HYPH?|HALF HYPH?) UNIT", half),
    ("DURATION", "SOME MORE?HYPH? UNIT", duration_vague),
    ("DURATION", "RECENT MANY", duration_vague),
    ("DURATION", "(?:THE|THIS|THAT)(?:OWORD|MORE)? QTY UNIT", duration),
    ("DURATION", "THE?LAST QTY MORE? UNIT (?!OF)", window_before),
    ("DURATION", "THE LAST ONE AND A HALF", window_half_before),
    ("DURATION", "THE?PREVIOUS QTY UNIT", duration),
    ("DURATION", "THE?NEXT QTY UNIT", window_after),
    ("DURATION", "THE?LAST (?:SOME)? MANY", window_before),
    ("DURATION", "THE?NEXT (?:SOME)? MANY", window_after),
    ("DURATION", "(?P<u>UNITS)(?!HYPH?OLD)", units_alone),
    # how often
    ("SET", "EVERY ONE", every_unit),
    ("SET", "EVERY (?P<q>NUMW|DAY) UNIT", every_unit),
    ("SET", "EVERY(?P<w>WEEKDAY)(?:PART)?", weekday),
    ("SET", "EVERY(?P<p>PART)", part_alone("XXXX-XX-XX")),
    ("SET", "(?:EVERY)MON", month_year),
    ("SET", "PER ONE", every_unit),
    ("SET", "(?P<x>RATE)", rate),
    # no date at all
    ("DATE", "(?P<x>VAGUE)", vague),
    ("DATE", "RECENT", fixed("PAST_REF")),
    ("DATE", "THE LAST", the_past),
    ("DATE", "THE NEAR(?:FUTURE|TERM)", fixed("FUTURE_REF")),
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
