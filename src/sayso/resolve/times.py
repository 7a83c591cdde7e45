"""Turns time expressions into intervals of calendar days.

Reads the reference forms that `extract.times` documents (`XXXX-WXX-5<`, `REF-1W`, `LAST+2D`, `P2W<REF`) against the day
of the report: its dateline, else its publication by the calendar of the place it was filed from. A report on years
gone by, which tells next to nothing from its own day, is read as a narrative: its partial dates follow the times that
it states. What cannot be known stays open: without a day of the report "Friday" has no days, without a day named before
it "the next day" has none, and no date is ever filled in from the publication date alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sayso.model import Article, Basis, Parsed, Time, Timex, content_id
from sayso.resolve.dates import FIRST_YEAR, LAST_YEAR, day_name, days
from sayso.resolve.ranges import Told, joined
from sayso.resolve.zones import local_day

_REFERENCE = re.compile(r"(REF|LAST)([+~-])(\d+)([DWMQYHS])h?(-WE)?(?:T(.+))?")
_OF_YEAR = re.compile(r"((?:REF|LAST)[+-]\d+[YM]):(.+)")
_OPEN = re.compile(r"XXXX-([^<>=T]+)(?:T([^<>=]+))?((?:<<|>>)L?|[<>=])?")
_TOLD_FROM_REPORT = re.compile(r"XXXX-WXX|REF[+-][01][DWM]")
_WINDOW = re.compile(r"(P[^<>]+)([<>])REF")
_AGAINST_THE_VERB = 7  # how much nearer a date must be if the tense of its verb speaks against it
_TOWARD_THE_PAST = 1.5  # and if no verb tells: news is of what was
_BACKWARD = 3  # and in a story, which goes forward
_STRAY = 2  # years: a single mention further off than this is a remark beside the story
_LEAP = 10  # but a story may leap so many ahead to a whole date
_NEAR = 150  # characters over which a time ahead tells that the next one is, too
_SOON = 31  # days
_LENGTH = re.compile(r"P(T?)(\d+(?:\.\d+)?)([SHMDWQY])")


@dataclass(slots=True)
class Anchors:
    """What an expression is told from: the day of the report and what the text has named so far."""

    report: date | None
    narrative: bool
    last: str | None = None  # TIMEX3 value of the time named last
    at: int = 0  # where in the text that was
    day: date | None = None  # the calendar day named last
    thread: str | None = None  # the stated time that a narrative has come to
    years: dict[str, str] = field(default_factory=dict)  # month and day of each date stated with its year
    quarter: str | None = None  # the quarter named last, not through "a year earlier"

    @property
    def reference(self) -> date | None:
        """The day that "yesterday" and "Friday" are told from."""
        return self.named if self.narrative else self.report

    def follow(self, value: str) -> None:
        """Let the story move on to a stated time, unless its year lies too far off to be more than a remark."""
        if self.thread is None or self._goes_on(value, int(value[:4]), int(self.thread[:4])):
            self.thread = self.thread if self.thread and value == self.thread[:4] else value

    def _goes_on(self, value: str, year: int, now: int) -> bool:
        again = self.last is not None and self.last[:4] == value[:4]
        whole = len(value) >= len("2022-01-07")
        return again or abs(year - now) <= _STRAY or (whole and now < year <= now + _LEAP)

    @property
    def looks_ahead(self) -> bool:
        """Whether the time named last lies soon after the report: "before next week's talks the two meet Monday"."""
        return bool(self.report and self.named and 0 < (self.named - self.report).days <= _SOON)

    @property
    def named(self) -> date | None:
        """First day of the time named last."""
        found = days(self.last) if self.last else None
        return found[0] if found else None


def resolve_times(parsed: Parsed, timexes: Sequence[Timex], zone: str | None = None) -> tuple[Time, ...]:
    """Every expression as days where the text tells them; order and number are those of `timexes`.

    `zone` is the IANA zone of the place the report was filed from.
    """
    report = report_day(parsed.article, zone)
    anchors = Anchors(report, _is_narrative(report, timexes))
    told = [_tell(timex, anchors, parsed.article) for timex in timexes]
    found = joined(parsed, timexes, told)
    return tuple(
        _time(parsed.article, timex, one.value, one.interval) for timex, one in zip(timexes, found, strict=True)
    )


def _tell(timex: Timex, anchors: Anchors, article: Article) -> Told:
    """One expression, which then becomes what the next ones may be told from, unless it only dates the report."""
    value = _value(timex, anchors)
    interval = _interval(timex, value, anchors)
    if interval and _basis(article, timex, interval[0].isoformat()) is Basis.DATELINE:
        return Told(value, interval)
    if value and interval and timex.type in {"DATE", "TIME"}:
        if re.match(r"\d{4}", timex.value):
            anchors.follow(value)
            if len(value) >= len("2022-01-07"):
                anchors.years[value[5:10]] = value[:4]
        anchors.last, anchors.at = value, timex.span.end
        ahead = anchors.report is not None and interval[0] > anchors.report
        if re.fullmatch(r"\d{4}-Q\d", value) and not ahead and not re.match(r"(REF|LAST)[~-]\d+Y", timex.value):
            anchors.quarter = value
        anchors.day = interval[0] if interval[0] == interval[1] else anchors.day
    return Told(value, interval)


def report_day(article: Article, zone: str | None = None) -> date | None:
    """The day a report was filed: its dateline, else its publication there; None where neither is known."""
    for stated in (article.dateline.date if article.dateline else None, article.published):
        found = local_day(stated, zone)
        if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
    return None


def _is_narrative(report: date | None, timexes: Sequence[Timex]) -> bool:
    """Whether a text is history, not news: five times or more of years before its own, and hardly a "Friday"."""
    if report is None:
        return True
    years = [int(timex.value[:4]) for timex in timexes if re.match(r"\d{4}(?:$|-)", timex.value)]
    past = sum(year < report.year for year in years) + sum(timex.value.startswith("BC") for timex in timexes)
    told = sum(bool(_TOLD_FROM_REPORT.match(timex.value)) for timex in timexes)
    return past >= 5 and past > 0.7 * len(years) and told < 0.1 * len(timexes)


def _time(article: Article, timex: Timex, value: str | None, interval: tuple[date, date] | None) -> Time:
    first, last = (interval[0].isoformat(), interval[1].isoformat()) if interval else (None, None)
    return Time(
        id=content_id("time", article.id, timex.span.start, timex.span.end),
        first=first,
        last=last,
        basis=_basis(article, timex, first),
        span=timex.span,
        type=timex.type,
        value=value,
    )


def _basis(article: Article, timex: Timex, first: str | None) -> Basis:
    dateline = article.dateline
    if dateline and dateline.date and dateline.date == first and timex.span.start < article.body + 120:
        head = article.text[timex.span.end : timex.span.end + 40]
        if re.match(r"(?:\d|XXXX-\d)", timex.value) and re.match(r"[^.\n]{0,30}[:\u2014\u2013)-]", head):
            return Basis.DATELINE
    if timex.value.startswith("XXXX-WXX"):
        return Basis.WEEKDAY
    if timex.value.startswith("XXXX"):
        return Basis.PARTIAL
    return Basis.RELATIVE if "REF" in timex.value or timex.value.startswith("LAST") else Basis.STATED


# --------------------------------------------------------------------------- values


def _value(timex: Timex, anchors: Anchors) -> str | None:
    """The TIMEX3 value of an expression; None where it hangs on a day nobody told."""
    value = timex.value
    if timex.type == "SET" or value.startswith("XXXX-XX-XX"):
        return value
    if window := _WINDOW.fullmatch(value):
        return window.group(1)
    if reference := _REFERENCE.fullmatch(value):
        return _from_reference(reference, anchors)
    if of_year := _OF_YEAR.fullmatch(value):
        return _of_that_year(of_year, anchors)
    if open_form := _OPEN.fullmatch(value):
        return _from_open(open_form, anchors, timex.span.start)
    if moving := re.fullmatch(r"(\d{4})-(E[+-]\d+|\d\dN\d-\d)", value):
        value = f"{moving.group(1)}-{day_name(moving.group(2), int(moving.group(1)))}"
    if re.match(r"\d{4}-", value) and days(value, winter=True) is None:
        return None
    return value


def _from_reference(form: re.Match[str], anchors: Anchors) -> str | None:
    """REF-1W, LAST+2D, REF-1DTEV."""
    anchor, sign, amount, unit, weekend, clock = form.groups()
    number = int(amount) * (1 if sign == "+" else -1)
    base = _base(anchor, unit, number, anchors)
    if anchor == "REF" and unit == "D" and number == 0 and anchors.narrative and anchors.report:
        return "PRESENT_REF"  # "the road is used today", in a history
    if base is None:
        return f"XXXX-XX-XXT{clock}" if clock else None
    if anchors.quarter and unit == "Q" and anchor == "LAST" and number == 0:
        return anchors.quarter
    if anchors.quarter and unit == "Y" and number == -1 and (sign == "~" or anchor == "LAST"):
        return _checked(f"{int(anchors.quarter[:4]) + number}{anchors.quarter[4:]}")
    if anchor == "LAST" and unit == "Q" and number == 0:
        number = -1
    found = _shift(base, number, "D" if unit == "H" else unit, hours=unit == "H")
    if found is None:
        return None
    if weekend:
        return _weekend(base, number, sign)
    return f"{found}T{clock}" if clock else found


def _base(anchor: str, unit: str, number: int, anchors: Anchors) -> date | None:
    """The day to count from; "two days later" without a day named before it stays open."""
    if anchor == "REF":
        return anchors.reference if anchors.report else None
    named = anchors.day if unit == "D" else anchors.named
    return named if number > 0 or (number and unit == "D") else named or anchors.reference


def _of_that_year(form: re.Match[str], anchors: Anchors) -> str | None:
    """LAST+0Y:01-24, the 24th of January of the year named last."""
    reference = _REFERENCE.fullmatch(form.group(1))
    year = _from_reference(reference, anchors) if reference else None
    if year is None or not re.match(r"\d{4}", year):
        return None
    value = f"{year}-{form.group(2)}" if len(year) == 7 else f"{year[:4]}-{form.group(2)}"
    return value if days(value, winter=True) else None


def _shift(base: date, number: int, unit: str, hours: bool = False) -> str | None:
    """A day, week, month, quarter or year so many steps from a day, as TIMEX3 of that grain; None out of range."""
    try:
        if unit == "D":
            found = base + timedelta(days=int(number / 24) if hours else number)
            return _checked(found.isoformat())
        if unit == "W":
            year, week, _ = (base + timedelta(weeks=number)).isocalendar()
            return _checked(f"{year:04d}-W{week:02d}")
    except OverflowError:
        return None
    if unit == "Y":
        return _checked(f"{base.year + number:04d}")
    months = base.year * 12 + base.month - 1 + number * (3 if unit == "Q" else 1)
    year, month = divmod(months, 12)
    return _checked(f"{year:04d}-Q{month // 3 + 1}" if unit == "Q" else f"{year:04d}-{month + 1:02d}")


def _weekend(base: date, number: int, sign: str) -> str | None:
    """The weekend of a week; a bare "the weekend" is the last one begun, unless none has for five days."""
    try:
        shift = -1 if sign == "~" and base.weekday() < 3 else number
        year, week, _ = (base + timedelta(weeks=shift)).isocalendar()
    except OverflowError:
        return None
    return _checked(f"{year:04d}-W{week:02d}-WE")


def _checked(value: str) -> str | None:
    return value if re.match(r"[12]\d{3}(?:\D|$)", value) else None


def _from_open(form: re.Match[str], anchors: Anchors, at: int) -> str | None:
    """XXXX-WXX-5<, XXXX-01-07, XXXX-Q3: the week or year is chosen next to the reference day."""
    name, clock, toward = form.groups()
    reference = anchors.reference
    if toward is None and at - anchors.at < _NEAR and anchors.looks_ahead:
        toward = ">"
    if toward and toward.endswith("L"):
        reference, toward = anchors.day or reference, toward[:2]
    elif anchors.narrative and name.startswith("WXX"):
        reference = anchors.day if anchors.report else None
    elif anchors.narrative and anchors.thread:
        came = days(anchors.thread)
        reference = came[0] if came else reference
    if reference is None:
        return None
    if anchors.narrative and toward in {"<", ">"}:
        toward = None
    found = (
        _weekday(reference, int(name[-1]), toward)
        if name.startswith("WXX")
        else _of_year(name, toward, anchors, reference)
    )
    return f"{found}T{clock}" if found and clock else found


def _weekday(reference: date, number: int, toward: str | None) -> str | None:
    """The weekday nearest the reference on the side told; the past where none is, the day itself included."""
    ahead = (number - reference.isoweekday()) % 7
    if toward == "=":
        ahead = number - reference.isoweekday()
    elif toward == ">>":
        ahead = ahead or 7
    elif toward != ">":
        ahead -= 7 if ahead or toward == "<<" else 0
    try:
        return _checked((reference + timedelta(days=ahead)).isoformat())
    except OverflowError:
        return None


def _of_year(name: str, toward: str | None, anchors: Anchors, reference: date) -> str | None:
    """A day, month, season or quarter in the year that fits; the nearest where nothing is told."""
    if anchors.narrative and anchors.thread and re.fullmatch(r"\d{4}", anchors.thread) and not toward:
        return _checked(f"{anchors.thread}-{day_name(name, int(anchors.thread))}")
    if not anchors.narrative and name in anchors.years and (toward or "") in "<>":
        return f"{anchors.years[name]}-{name}"
    years = [year for year in range(reference.year - 2, reference.year + 3) if FIRST_YEAR <= year <= LAST_YEAR]
    found = [(year, interval) for year in years if (interval := days(f"{year}-{day_name(name, year)}", winter=True))]
    if not found:
        return None
    year = _choose(found, toward or ("story" if anchors.narrative else None), reference)
    return f"{year}-{day_name(name, year)}" if year else None


def _choose(found: list[tuple[int, tuple[date, date]]], toward: str | None, reference: date) -> int | None:
    if toward == "=":
        return next((year for year, _ in found if year == reference.year), None)
    if toward == "<<":
        return max((year for year, (_, last) in found if last < reference), default=None)
    if toward == ">>":
        return min((year for year, (first, _) in found if first > reference), default=None)

    def gap(item: tuple[int, tuple[date, date]]) -> float:
        first, last = item[1]
        if first <= reference <= last:
            return 0
        ahead = first > reference
        distance = (first - reference).days if ahead else (reference - last).days
        if (toward == "<" and ahead) or (toward == ">" and not ahead):
            return distance * _AGAINST_THE_VERB
        if toward == "story":
            return distance * (1 if ahead else _BACKWARD)
        return distance * (_TOWARD_THE_PAST if ahead and toward is None else 1)

    return min(found, key=gap)[0]


# --------------------------------------------------------------------------- days


def _interval(timex: Timex, value: str | None, anchors: Anchors) -> tuple[date, date] | None:
    """First and last day of an expression; of a length only where it is tied to the day of the report."""
    if value is None or timex.type == "SET":
        return None
    if timex.value.startswith("LAST+0DT") and anchors.day is None:
        return None  # "at 2 a.m." in a text that names no day: the value follows TIMEX3, the day stays open
    if window := _WINDOW.fullmatch(timex.value):
        base = anchors.reference if anchors.report else None
        return _window(window.group(1), window.group(2), base) if base else None
    return days(value) if timex.type in {"DATE", "TIME"} else None


def _window(length: str, side: str, reference: date) -> tuple[date, date] | None:
    """The seven days before the day of the report for "in the last week"."""
    told = _LENGTH.fullmatch(length)
    if told is None:
        return None
    clock, amount, unit = told.groups()
    number = float(amount)
    if clock:
        number, unit = number / {"H": 24, "M": 1440, "S": 86400}.get(unit, 24), "D"
    span = round(number * {"D": 1, "W": 7, "M": 30.44, "Q": 91.3, "Y": 365.25}[unit])
    if span > 400_000:
        return None
    try:
        if side == "<":
            found = reference - timedelta(days=max(span, 1)), reference - timedelta(days=0 if clock else 1)
        else:
            found = reference + timedelta(days=0 if clock else 1), reference + timedelta(days=max(span, 1))
    except OverflowError:
        return None
    return found if found[0].year >= FIRST_YEAR and found[1].year <= LAST_YEAR else None
