"""What lengths of time stand for, and times so many units away: one builder a kind of expression, as in `values`."""

from __future__ import annotations

import re

from sayso.extract.times.values import Build, Match


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


def duration_one(match: Match) -> str | None:
    """A month-long siege."""
    return _times(1, _unit(match)) if _unit(match) else None


def last_of(match: Match) -> str | None:
    """The last week of August; the last two weeks of February 1951."""
    return _times(match.number("q") or 1, _unit(match)) if _unit(match) else None


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


def window_half_before(match: Match) -> str | None:
    """The past year and a half."""
    return f"{_times(1.5, _unit(match))}<REF" if _unit(match) else None


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


def next_one(match: Match) -> str | None:
    """The coming week is told from today, the next week from the one named before."""
    anchor = "REF" if "coming" in match.atoms.words(*match.found.span()) else "LAST"
    return shifted(anchor, "+", 1)(match)


def ago(match: Match) -> str | None:
    """Two days ago; "a year ago" may mean the quarter a report is about, a year before."""
    found = shifted("REF", "-")(match)
    return "REF~1Y" if found == "REF-1Y" else found


def rate(match: Match) -> str:
    return match.value("rate", "x")


def every_unit(match: Match) -> str | None:
    return _times(match.number("q") or 1, _unit(match)) if _unit(match) else None
