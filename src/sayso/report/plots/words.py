"""Numbers, days and names as a picture words them."""

from __future__ import annotations

from datetime import date

_MONTHS = "January February March April May June July August September October November December".split()


def clean(words: str) -> str:
    """Words on one line, without characters that no picture can hold."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def shortened(words: str, most: int) -> str:
    """At most so many characters."""
    words = clean(words)
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def day_in_words(day: date, year: bool = True) -> str:
    """ "5 January 2022"."""
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def month_of(day: date) -> str:
    """ "Jan"."""
    return _MONTHS[day.month - 1][:3]


def period(first: str | None, last: str | None) -> str:
    """ "2 to 17 January 2022"; "" where no day is known."""
    if not first or not last:
        return f"from {day_in_words(_day(first))}" if first else f"until {day_in_words(_day(last))}" if last else ""
    one, two = _day(first), _day(last)
    if one == two:
        return day_in_words(one)
    if (one.year, one.month) == (two.year, two.month):
        return f"{one.day} to {day_in_words(two)}"
    return f"{day_in_words(one, one.year != two.year)} to {day_in_words(two)}"


def _day(iso: str | None) -> date:
    return date.fromisoformat((iso or "")[:10])


def harmed(killed: int | None, injured: int | None) -> str:
    """ "18 killed, 353 injured"; "" where nobody is told to be either."""
    counts = ((killed, "killed"), (injured, "injured"))
    return ", ".join(f"{count:,} {word}" for count, word in counts if count)
