"""What the calendar promises: the days of a TIMEX3 date, and none for what is no date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.resolve.dates import day_name, days, easter


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
    ("name", "year", "day"),
    [
        ("11N4-4", 2021, "11-25"), ("11N4-4", 2024, "11-28"), ("05N0-1", 2022, "05-30"), ("05N0-1", 2021, "05-31"),
        ("09N1-1", 2022, "09-05"), ("01N3-1", 2022, "01-17"), ("E-2", 2022, "04-15"), ("12-25", 2022, "12-25"),
    ],
)  # fmt: skip
def test_feasts_that_move(name: str, year: int, day: str) -> None:
    assert day_name(name, year) == day


@given(st.text("0123456789-WQHSPUFAIETX:", max_size=12))
def test_any_value_has_days_in_order_or_none(value: str) -> None:
    found = days(value)
    assert found is None or found[0] <= found[1]


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    assert days(day.isoformat()) == (day, day)
