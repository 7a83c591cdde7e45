"""What resolving times promises: days where the text tells them, told from the right day, and nothing otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.extract.times.find import find_times
from sayso.model import Article, Basis, Dateline, Parsed, Span, Time, Timex
from sayso.resolve.times import days, easter, report_day, resolve_times

Parse = Callable[..., Parsed]
TUESDAY = "2022-01-11"  # a Tuesday


def resolve(parse: Parse, text: str, **fields: object) -> tuple[Time, ...]:
    read = parse(text, **fields)
    return resolve_times(read, find_times(read))


@pytest.mark.parametrize(
    ("text", "first", "last", "basis"),
    [
        ("It burned on 7 January 2022.", "2022-01-07", "2022-01-07", Basis.STATED),
        ("It burned in March 2021.", "2021-03-01", "2021-03-31", Basis.STATED),
        ("It burned in February 2020.", "2020-02-01", "2020-02-29", Basis.STATED),
        ("It burned on 7 January.", "2022-01-07", "2022-01-07", Basis.PARTIAL),
        ("It burned on 28 December.", "2021-12-28", "2021-12-28", Basis.PARTIAL),
        ("It will open on 2 February.", "2022-02-02", "2022-02-02", Basis.PARTIAL),
        ("It burned on Friday.", "2022-01-07", "2022-01-07", Basis.WEEKDAY),
        ("It burned on Tuesday.", "2022-01-11", "2022-01-11", Basis.WEEKDAY),
        ("It burned last Tuesday.", "2022-01-04", "2022-01-04", Basis.WEEKDAY),
        ("They will meet on Friday.", "2022-01-14", "2022-01-14", Basis.WEEKDAY),
        ("It burned yesterday.", "2022-01-10", "2022-01-10", Basis.RELATIVE),
        ("It burned three days ago.", "2022-01-08", "2022-01-08", Basis.RELATIVE),
        ("It burned last week.", "2022-01-03", "2022-01-09", Basis.RELATIVE),
        ("In the last week, offices were burned.", "2022-01-04", "2022-01-10", Basis.RELATIVE),
        ("It burned earlier this month.", "2022-01-01", "2022-01-31", Basis.RELATIVE),
        ("It burned last year.", "2021-01-01", "2021-12-31", Basis.RELATIVE),
        ("It burned overnight.", "2022-01-10", "2022-01-10", Basis.RELATIVE),
        ("It burned in the 1990s.", "1990-01-01", "1999-12-31", Basis.STATED),
        ("It burned in the third quarter of 2020.", "2020-07-01", "2020-09-30", Basis.STATED),
        ("It was quiet at Easter 2022.", "2022-04-17", "2022-04-17", Basis.STATED),
        ("Prices rose over the next three days.", "2022-01-12", "2022-01-14", Basis.RELATIVE),
    ],
)
def test_days_are_told_from_the_dateline(parse: Parse, text: str, first: str, last: str, basis: Basis) -> None:
    (time,) = resolve(parse, text, dateline=Dateline("Almaty", None, TUESDAY), published="2022-03-01")
    assert (time.first, time.last, time.basis) == (first, last, basis)


@pytest.mark.parametrize(
    "text",
    [
        "It burned on Friday.", "It burned yesterday.", "It burned last week.", "It burned on 7 January.",
        "It lasted two days.", "They rally every Friday.", "It burned recently.", "It burned in 450 BC.",
        "It burned on 31 February 2022.", "It burned in the winter of 1944.", "It burned in the past week.",
    ],
)  # fmt: skip
def test_what_nobody_told_stays_open(parse: Parse, text: str) -> None:
    for time in resolve(parse, text):
        assert (time.first, time.last) == (None, None)


def test_without_a_dateline_the_publication_counts_then_the_last_day_named(parse: Parse) -> None:
    (time,) = resolve(parse, "Xi sent a message on Friday.", published="2022-01-08 07:32")
    assert time.first == "2022-01-07"
    stated, relative = resolve(parse, "It burned on 7 January 2022. Two days later it rained.")
    assert (stated.first, relative.first) == ("2022-01-07", "2022-01-09")


def test_a_time_alone_belongs_to_the_day_named_last(parse: Parse) -> None:
    day, hour = resolve(parse, "On Friday the doors opened. At 10:35 a.m. they shut.", published=TUESDAY)
    assert (day.value, hour.value) == ("2022-01-07", "2022-01-07T10:35")


def test_hours_that_return_are_no_day(parse: Parse) -> None:
    _, opens, closes = resolve(parse, "On Friday a curfew was set from 23:00 to 07:00.", published=TUESDAY)
    assert (opens.first, closes.first, closes.value) == (None, None, "XXXX-XX-XXT07:00")


def test_history_is_told_from_its_own_dates(parse: Parse) -> None:
    text = (
        "In 1941 the city fell. On 7 December 1941 ships sank. In 1942 the army came back. On 4 June 1942 it won. "
        "In 1943 it left. On 3 March a bridge was blown up."
    )
    assert resolve(parse, text, published="2009-12-19")[-1].first == "1943-03-03"


def test_a_date_in_the_dateline_says_so(parse: Parse) -> None:
    text = "Almaty, 11 January 2022 (ABC): Shops reopened."
    (time,) = resolve(parse, text, dateline=Dateline("Almaty", (0, 6), TUESDAY))
    assert (time.first, time.basis) == (TUESDAY, Basis.DATELINE)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2022-W01", "2022-01-03", "2022-01-09"),
        ("2022-W01-WE", "2022-01-08", "2022-01-09"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
        ("2022-H1", "2022-01-01", "2022-06-30"),
        ("2022-SU", "2022-06-01", "2022-08-31"),
        ("2022-01-07TEV", "2022-01-07", "2022-01-07"),
        ("198", "1980-01-01", "1989-12-31"),
        ("19", "1901-01-01", "2000-12-31"),
        ("2999-12-31", "2999-12-31", "2999-12-31"),
    ],
)
def test_values_have_days(value: str, first: str, last: str) -> None:
    found = days(value)
    assert found and (found[0].isoformat(), found[1].isoformat()) == (first, last)


@pytest.mark.parametrize(
    "value", ["9999", "0999", "2022-02-31", "2022-13", "2022-W54", "2022-WI", "PRESENT_REF", "P2D", ""]
)
def test_values_without_days(value: str) -> None:
    assert days(value) is None


@pytest.mark.parametrize(("year", "day"), [(2022, "2022-04-17"), (2024, "2024-03-31"), (1998, "1998-04-12")])
def test_easter(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "published", [None, "", "yesterday", "9999-12-31", "0001-01-01", "2022-02-31", "2022-01-11T09:00Z"]
)
def test_odd_publication_dates(published: str | None) -> None:
    assert report_day(Article("x", published=published)) in {None, date(2022, 1, 11)}


@given(
    st.lists(
        st.sampled_from(
            "XXXX-WXX-5< XXXX-WXX-1>> XXXX-02-29 XXXX-12 XXXX-Q3< XXXX-SU= XXXX-E+1 REF-1W REF+99999D REF-3000Y "
            "LAST+2D LAST-1Y LAST+0DT10:35 REF-1DTNI REF-1W-WE REF~0W-WE P2W<REF P9Y>REF P99999Y<REF"
            " PXD<REF 2022-02-31 "
            "2999 198 19 BC0450 REF+24Hh XXXX-WXX-3T22:00> LAST+0Q 1000-01-01 2999-12-31 2022-E+9 odd".split()
        ),
        max_size=6,
    ),
    st.sampled_from([None, "2022-01-11", "1000-01-01", "2999-12-31", "9999-12-31"]),
)
def test_any_forms_resolve_within_range_and_never_raise(values: list[str], published: str | None) -> None:
    article = Article("x" * 20, published=published)
    empty: tuple[str, ...] = ()
    read = Parsed(article, empty, empty, empty, empty, empty, (), (), (), empty, (), ())
    timexes = [Timex(Span(article.id, i, i + 1), "DATE", value) for i, value in enumerate(values)]
    times = resolve_times(read, timexes)
    assert len(times) == len(timexes)
    for time in times:
        assert (time.first is None) == (time.last is None)
        if time.first and time.last:
            assert "1000" <= time.first[:4] <= "2999" and time.first <= time.last <= "2999-12-31"
