"""Dates: only what is stated, in ISO 8601; the impossible and the ambiguous are None."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.knowledge import table
from sayso.read.dates import date_of_address, find_day, find_short_date, read_date


@pytest.mark.parametrize(
    ("stated", "iso"),
    [
        ("2022-01-08 07:32", "2022-01-08T07:32"),
        ("2022-01-06T05:45:00Z", "2022-01-06T05:45:00Z"),
        ("2022-01-06T05:45:00.123+0100", "2022-01-06T05:45:00+01:00"),
        ("20220106T193000Z", "2022-01-06T19:30:00Z"),
        ("Mon, 10 Jan 2022 19:00:00 +0600", "2022-01-10T19:00:00+06:00"),
        ("Jan. 5, 2022", "2022-01-05"),
        ("6th January 2022 at 5:45 pm", "2022-01-06T17:45"),
        ("6.1.2022 23:00", "2022-01-06T23:00"),
        ("2022-01-06 19:30 GMT", "2022-01-06T19:30Z"),
        (1641500000, "2022-01-06T20:13:20Z"),
        ("01/08/2022", None),  # January or August
        ("2022-02-30", None),
        ("9999-12-31", None),
        ("2022-01-06T25:00", "2022-01-06"),  # the day stands, the clock does not
        ("January 2022", None),
        ("", None),
        (None, None),
        (True, None),
        (1e30, None),
        ({"$date": "2022-01-06"}, None),
    ],
)
def test_stated_dates(stated: object, iso: str | None) -> None:
    assert read_date(stated) == iso


@pytest.mark.parametrize("example", table("filing_months.toml")["example"], ids=lambda example: example["text"])
def test_months_in_other_languages(example: dict[str, str]) -> None:
    assert read_date(example["text"]) == example["date"]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://post.example/2022/01/06/fair-opens", "2022-01-06"),
        ("https://post.example/news/20220107-fair.html", "2022-01-07"),
        ("https://post.example/2022-01-06-fair", "2022-01-06"),
        ("https://post.example/a/20221399", None),
        ("https://post.example/id/1202201062", None),
        ("https://2022-01-06.example/fair", None),
        (None, None),
    ],
)
def test_dates_in_addresses(url: str | None, day: str | None) -> None:
    assert date_of_address(url) == day


def test_a_day_needs_a_date_to_be_near_to() -> None:
    assert find_day("Jan 6", None) is None
    assert find_day("Jan 6", "2022-01-07") is not None
    assert find_day("July 6", "2022-01-07") is None


@given(st.text(max_size=80) | st.integers() | st.floats())
def test_no_value_breaks_it(value: object) -> None:
    found = read_date(value)
    assert found is None or found[:2] in ("18", "19", "20")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("LIMA, 4 FEB 90", "1990-02-04"),
        ("Jan. 6, '22", "2022-01-06"),
        ("6 January 22", "2022-01-06"),
        ("31 FEB 90", None),
        ("4 FEB 1990", None),
        ("Jan 6 10:30", None),
        ("Jan 6", None),
    ],
)
def test_years_of_two_digits(text: str, day: str | None) -> None:
    found = find_short_date(text)
    assert (found.day if found else None) == day
