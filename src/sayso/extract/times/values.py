"""What the words of a time expression stand for: one builder a kind of expression, words in, value out.

A builder returns a TIMEX3 value, a reference form (see `extract.times`) or None where the words do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sayso.extract.numbers import number_value, year_value
from sayso.extract.times.words import Atoms, lexicon


@dataclass(frozen=True, slots=True)
class Match:
    """What a rule matched: groups of atoms, read as words or as values of the lexicon."""

    atoms: Atoms
    found: re.Match[str]

    def words(self, group: str) -> list[str]:
        if group not in self.found.re.groupindex:
            return []
        first, last = self.found.span(group)
        return (
            [word for word in self.atoms.words(first, last) if word not in {"-", "\u2013", ","}] if first >= 0 else []
        )

    def word(self, group: str) -> str:
        return " ".join(self.words(group))

    def value(self, section: str, group: str) -> str:
        return lexicon().values[section].get(self.word(group), "")

    def number(self, group: str) -> float | None:
        return number_value(self.words(group))


Build = Callable[[Match], str | None]


def _year(match: Match) -> str:
    text = (match.word("y") or match.word("y2")).lstrip("'\u2019")
    if len(text) == 2:
        return f"{1900 + int(text) if int(text) > 30 else 2000 + int(text)}"
    return text or "XXXX"


def calendar_day(match: Match) -> str | None:
    """7 January 2022; without a year XXXX-01-07."""
    day = _day_of_month(match)
    month = int(match.value("month", "m"))
    return None if not day else f"{_year(match)}-{month:02d}-{day:02d}"


def calendar_day_spoken(match: Match) -> str | None:
    """June twenty-third, nineteen ninety-seven."""
    year, day = year_value(match.words("y")), _day_of_month(match)
    return f"{year}-{int(match.value('month', 'm')):02d}-{day:02d}" if year and day else None


def _day_of_month(match: Match) -> int:
    words = match.words("d")
    digits = re.match(r"\d+", words[-1])
    day = int(digits.group()) if digits else int(lexicon().values["ordinal"].get(words[-1], 0))
    if len(words) == 2:  # "twenty-third"
        day += int(number_value(words[:1]) or 0)
    return day if 1 <= day <= 31 else 0


_YEARS_OFF = {
    "that": "LAST+0Y", "same": "LAST+0Y", "this": "REF+0Y", "last": "REF-1Y", "past": "REF-1Y", "next": "REF+1Y",
    "coming": "REF+1Y", "following": "LAST+1Y", "subsequent": "LAST+1Y", "previous": "LAST-1Y",
    "preceding": "LAST-1Y", "prior": "LAST-1Y",
}  # fmt: skip


def of_that_year(build: Build) -> Build:
    """24 January of the same year, last October's "October last year": the year told from another day."""

    def told(match: Match) -> str | None:
        words = match.words("ry")
        name = build(match)
        off = next((_YEARS_OFF[word] for word in words if word in _YEARS_OFF), None)
        return f"{off}:{name[5:]}" if name and off and words[-1] == "year" else None

    return told


def day_of_that_month(match: Match) -> str | None:
    """The 25th of this month."""
    words, day = match.words("ry"), _day_of_month(match)
    off = next((_YEARS_OFF[word] for word in words if word in _YEARS_OFF), None)
    return f"{off[:-1]}M:{day:02d}" if off and day and words[-1] == "month" else None


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


def month_spoken_year(match: Match) -> str | None:
    """January nineteen ninety-seven."""
    value = year_value(match.words("y"))
    return f"{value}-{int(match.value('month', 'm')):02d}" if value else None


def month_toward(match: Match) -> str:
    """Last June, next June, this June."""
    return month_year(match) + _toward(match)


def _toward(match: Match) -> str:
    """Which way "last", "this" and "the following" point, and whether from the time named last."""
    words = set(match.words("to"))
    named = "L" if words & {"previous", "preceding", "prior", "following", "subsequent"} else ""
    if words & {"last", "past", "previous", "preceding", "prior"}:
        return f"<<{named}"
    return f">>{named}" if words & {"next", "coming", "following", "subsequent"} else "="


def plain_year(match: Match) -> str | None:
    return _year(match)


def spoken_year(match: Match) -> str | None:
    words = match.words("y")
    value = number_value(words) if words[:2] == ["two", "thousand"] else year_value(words)
    return f"{int(value)}" if value else None


def before_christ(match: Match) -> str | None:
    """490 BC; April 480 BC."""
    value = match.number("q")
    if not value or value > 9999:
        return None
    month, season_ = match.value("month", "m"), match.value("season", "s")
    within = f"-{int(month):02d}" if month else f"-{season_}" if season_ else ""
    return f"BC{int(value):04d}{within}"


def decade(match: Match) -> str | None:
    """The 1990s, the nineties; the 470s only before Christ."""
    word = match.word("x")
    digits = re.sub(r"\D", "", word)
    if len(digits) > 2:
        return None if len(digits) == 3 else digits[:2] if digits.endswith("00") else digits[:3]
    return f"19{digits[0]}" if digits else lexicon().values["decade"][word]


def century(match: Match) -> str | None:
    number = _nth(match)
    return f"{number - 1:02d}" if number and 11 <= number <= 30 else None


def century_before_christ(match: Match) -> str | None:
    value = century(match) or (f"{_nth(match) - 1:02d}" if _nth(match) else None)
    return f"BC{value}" if value else None


def decade_before_christ(match: Match) -> str | None:
    digits = re.match(r"\d{3}", match.word("x"))
    return f"BC0{digits.group()[:2]}" if digits else None


def _nth(match: Match) -> int:
    word = match.word("n").strip("q")
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
    number = (
        2
        if match.word("n") in {"last", "latter"} or "latter" in match.atoms.words(*match.found.span())
        else _nth(match)
    )
    return f"{_year(match)}-H{number}" if 1 <= number <= 2 else None


def holiday(match: Match) -> str:
    return f"{_year(match)}-{lexicon().values['holiday'][match.word('x')]}"


def deixis(match: Match) -> str:
    return match.value("deixis", "x")


def day_beyond(match: Match) -> str | None:
    """The day before yesterday, the day after tomorrow."""
    return {"REF-1D": "REF-2D", "REF+1D": "REF+2D"}.get(match.value("deixis", "x"))


def deixis_part(match: Match) -> str | None:
    return _with_part(match.value("deixis", "x"), match)


def _with_part(day: str, match: Match) -> str | None:
    if "T" in day:
        return None
    return f"{day}T{match.value('daypart', 'p')}"


def weekday_part(match: Match) -> str | None:
    return _with_part(weekday(match), match)


def weekday_part_toward(match: Match) -> str | None:
    """Last Thursday night."""
    found = weekday_part(match)
    return found + _toward(match) if found else None


def date_part(match: Match) -> str | None:
    day = calendar_day(match)
    return _with_part(day, match) if day else None


def _clock(match: Match) -> str | None:
    """Hours and minutes on 24 hours, None where they are none."""
    words, marker = match.words("c"), match.word("ap")[:1]
    text = words[0].replace(".", ":")
    text = f"{text[:2]}:{text[2:]}" if len(text) == 4 and text.isdigit() else text  # 0735 GMT
    hours, _, minutes = text.partition(":")
    number = int(hours) if hours.isdigit() else number_value([hours])
    if len(words) == 2:  # "ten thirty p.m."
        minutes = f"{int(number_value(words[1:]) or 0):02d}"
    if number is None or number > 24 or (marker and not 1 <= number <= 12):
        return None
    hour = int(number) % 12 + (12 if marker == "p" else 0) if marker else int(number)
    return f"{hour:02d}:{minutes or '00'}"


def clock_part(anchor: str) -> Build:
    """7 this morning, 3:45 in the afternoon: the part of the day tells which half."""

    def told(match: Match) -> str | None:
        time, part = _clock(match), match.value("daypart", "p")
        if time is None or ":" in part or int(time[:2]) > 12:
            return None
        hour = int(time[:2]) % 12 + (12 if part in {"AF", "EV", "NI"} else 0)
        return f"{anchor}T{hour:02d}{time[2:]}"

    return told


def clock(match: Match) -> str | None:
    time = _clock(match)
    return f"LAST+0DT{time}" if time else None


def clock_deixis(match: Match) -> str | None:
    """6 p.m. yesterday; eight o'clock tonight."""
    time, told = _clock(match), match.value("deixis", "x")
    if time and told.endswith("TNI") and int(time[:2]) < 12:
        time = f"{int(time[:2]) + 12}{time[2:]}"
    return f"{told[:6]}T{time}" if time else None


def clock_weekday(match: Match) -> str | None:
    time = _clock(match)
    return f"{weekday(match)}T{time}" if time else None


def clock_date(match: Match) -> str | None:
    time, day = _clock(match), calendar_day(match)
    return f"{day}T{time}" if time and day else None


def day_beside(sign: str) -> Build:
    """The day after the attack, the night before: next to the day named last."""
    return lambda match: f"LAST{sign}1D" if match.word("u") == "day" else None


def year_end(match: Match) -> str | None:
    return "XXXX-12-31" if match.word("u") == "year" else None


def fixed(value: str) -> Build:
    return lambda match: value


def vague(match: Match) -> str:
    return match.value("vague", "x")


def the_past(match: Match) -> str | None:
    return "PAST_REF" if match.found and match.atoms.words(*match.found.span())[-1] == "past" else None


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
