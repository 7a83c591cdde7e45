"""What resolving times promises: days where the text tells them, told from the right day, and nothing otherwise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.api import analyse_sources
from sayso.config import Config
from sayso.extract.times.find import find_times
from sayso.model import Analysis, Article, Basis, Dateline, Parsed, Place, Span, Time, Timex
from sayso.resolve.dates import days
from sayso.resolve.gazetteer import open_gazetteer
from sayso.resolve.times import report_day, resolve_times
from sayso.resolve.zones import zone_of_report

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
        ("It burned last Thursday night.", "2022-01-06", "2022-01-06", Basis.WEEKDAY),
        ("It burned in the early hours of Tuesday.", "2022-01-11", "2022-01-11", Basis.WEEKDAY),
        ("It burned on the 5th of this month.", "2022-01-05", "2022-01-05", Basis.RELATIVE),
        ("It burned in October last year.", "2021-10-01", "2021-10-31", Basis.RELATIVE),
        ("It burned on 5 October last year.", "2021-10-05", "2021-10-05", Basis.RELATIVE),
        ("It was built in March.", "2021-03-01", "2021-03-31", Basis.PARTIAL),
        ("It opened on Thanksgiving.", "2021-11-25", "2021-11-25", Basis.PARTIAL),
        ("The tax takes effect on Labor Day 2022.", "2022-09-05", "2022-09-05", Basis.STATED),
        ("The rule is effective March 1.", "2022-03-01", "2022-03-01", Basis.PARTIAL),
        ("Shares issued July 1 fell.", "2021-07-01", "2021-07-01", Basis.PARTIAL),
        ("The court postponed the hearing until Friday.", "2022-01-14", "2022-01-14", Basis.WEEKDAY),
        ("The two sides agreed to meet on Friday.", "2022-01-14", "2022-01-14", Basis.WEEKDAY),
        ("The talks had been scheduled to end on Friday.", "2022-01-07", "2022-01-07", Basis.WEEKDAY),
        ("People queue for bread on Thursday.", "2022-01-06", "2022-01-06", Basis.WEEKDAY),
        ("He fled the day before yesterday.", "2022-01-09", "2022-01-09", Basis.RELATIVE),
        ("It was quiet in 2021-12.", "2021-12-01", "2021-12-31", Basis.STATED),
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


RANGES = (
    ("They clashed from 3 to 5 January.", "2022-01-03", "2022-01-05"),
    ("They clashed on January 3-5.", "2022-01-03", "2022-01-05"),
    ("They clashed from 28 December 2021 to 2 January 2022.", "2021-12-28", "2022-01-02"),
    ("They clashed between Monday and Wednesday.", "2022-01-03", "2022-01-05"),
    ("They clashed from Monday to Thursday.", "2022-01-03", "2022-01-06"),
    ("They will meet from Monday to Thursday.", "2022-01-17", "2022-01-20"),
    ("They ruled between 2010 and 2014.", "2010-01-01", "2014-12-31"),
    ("They fought in the war of 1990-94.", "1990-01-01", "1994-12-31"),
    ("They fought from November to early January.", "2021-11-01", "2022-01-31"),
    ("It was open from yesterday until tomorrow.", "2022-01-10", "2022-01-12"),
)


@pytest.mark.parametrize(("text", "first", "last"), RANGES)
def test_both_ends_of_a_range_stand_for_all_its_days(parse: Parse, text: str, first: str, last: str) -> None:
    times = resolve(parse, text, published=TUESDAY)
    assert [(time.first, time.last) for time in times] == [(first, last)] * 2


def test_each_end_of_a_range_keeps_its_own_value(parse: Parse) -> None:
    times = resolve(parse, "They clashed from 3 to 5 January.", published=TUESDAY)
    assert [time.value for time in times] == ["2022-01-03", "2022-01-05"]


@pytest.mark.parametrize(
    "text",
    [
        "The vote was moved from 3 January to 5 January.",
        "They marched on 3 January and 5 January.",
        "They marched on 3 January, and left for 5 January.",
    ],
)
def test_two_days_are_not_always_a_range(parse: Parse, text: str) -> None:
    times = resolve(parse, text, published=TUESDAY)
    assert [(time.first, time.last) for time in times] == [("2022-01-03",) * 2, ("2022-01-05",) * 2]


@pytest.mark.parametrize(
    ("text", "days_told"),
    [
        ("It fell on 7 January 2022. The next day it rained.", ["2022-01-07", "2022-01-08"]),
        ("It fell on 7 January 2022. The day after the storm it rained.", ["2022-01-07", "2022-01-08"]),
        ("It fell on 7 January 2022, the day after the storm.", ["2022-01-07", "2022-01-07"]),
        ("It fell on 7 January 2022. It rained the day after Monday's storm.", ["2022-01-07", None, "2022-02-28"]),
        ("The next day it rained.", [None]),
        ("The day after the storm it rained.", [None]),
        ("Two days later it rained.", [None]),
    ],
)
def test_a_day_beside_another_needs_a_day_that_was_named(parse: Parse, text: str, days_told: list[str | None]) -> None:
    assert [time.first for time in resolve(parse, text, published="2022-03-01")] == days_told


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Third-quarter sales rose from a year ago.", ["2021-Q3", "2020-Q3"]),
        ("Sales rose from a year ago.", ["2020"]),
        ("Sales for the year ended June 30 rose.", ["P1Y", "2021-06-30"]),
    ],
)
def test_a_year_ago_may_be_the_quarter_a_year_before(parse: Parse, text: str, values: list[str]) -> None:
    assert [time.value for time in resolve(parse, text, published="2021-11-02")] == values


def test_without_a_dateline_the_publication_counts_then_the_last_day_named(parse: Parse) -> None:
    (time,) = resolve(parse, "Xi sent a message on Friday.", published="2022-01-08 07:32")
    assert time.first == "2022-01-07"
    stated, relative = resolve(parse, "It burned on 7 January 2022. Two days later it rained.")
    assert (stated.first, relative.first) == ("2022-01-07", "2022-01-09")


def test_a_time_alone_is_not_of_the_day_of_publication(parse: Parse) -> None:
    (time,) = resolve(parse, "Shots were heard at 2 a.m.", published=TUESDAY)
    assert (time.value, time.first, time.last) == ("2022-01-11T02:00", None, None)


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


def test_a_remark_about_another_age_does_not_lead_a_history_astray(parse: Parse) -> None:
    text = (
        "On 4 May 1921 the town rose. On 6 May 1921 it fell. As in 1614, bread was short; grain cost what it cost in "
        "1621 and 1622. By 9 May the army was there. It left on 2 June 1921 and came back on 3 July 1921."
    )
    days_told = [time.first for time in resolve(parse, text, published="2009-12-19")]
    assert "1921-05-09" in days_told


@pytest.mark.parametrize(
    ("published", "place", "friday"),
    [
        ("2022-01-07T20:30:00Z", "Almaty", "2022-01-07"),  # Saturday there
        ("2022-01-06T20:30:00Z", "Almaty", "2022-01-07"),  # Friday there
        ("2022-01-06T20:30:00Z", "London", "2021-12-31"),
        ("2022-01-07T02:30:00+00:00", "Washington", "2021-12-31"),  # Thursday there
        ("2022-01-06T20:30:00", "Almaty", "2021-12-31"),  # whose hour it is nobody says
        ("2022-01-06", "Almaty", "2021-12-31"),
        ("2022-01-06T20:30:00Z", "Nowhere", "2021-12-31"),
    ],
)
def test_friday_is_told_from_the_calendar_of_the_dateline(
    parse: Parse, published: str, place: str, friday: str
) -> None:
    read = parse("Shops burned on Friday.", published=published, dateline=Dateline(place))
    zone = zone_of_report(read.article, (), open_gazetteer())
    (time,) = resolve_times(read, find_times(read), zone)
    assert time.first == friday


def test_the_located_place_of_the_dateline_tells_its_zone() -> None:
    text = "ALMATY (ABC) - Shops burned on Friday."
    article = Article(text, published="2022-01-07T20:30:00Z", dateline=Dateline("ALMATY", (0, 6)))
    towns = [town for town in open_gazetteer().candidates("Almaty") if town.geonameid == 1526384]
    span = Span(article.id, 0, 6)
    located = [
        Place("p1", town.name, town.lat, town.lon, town.country, town.geonameid, town.level, span) for town in towns
    ]
    assert zone_of_report(article, located, open_gazetteer()) == "Asia/Almaty"
    assert zone_of_report(article, (), open_gazetteer()) is None  # a name in the text that nobody could locate


def test_a_date_named_again_keeps_the_year_it_was_stated_with(parse: Parse) -> None:
    text = "The mayor was shot on 23 October 2020. Police had no news of the October 23 shooting."
    assert [time.first for time in resolve(parse, text, published="2022-01-11")] == ["2020-10-23"] * 2


def test_a_time_soon_to_come_tells_that_the_weekday_beside_it_is_too(parse: Parse) -> None:
    text = "Aides left before next week's talks. The two leaders meet Monday in Geneva."
    assert [time.first for time in resolve(parse, text, published=TUESDAY)] == ["2022-01-17", "2022-01-17"]


def test_a_stamp_in_the_head_counts_as_publication(tmp_path: Path) -> None:
    page = tmp_path / "report.txt"
    page.write_text(
        "By ANN LEE in Aktau | Steppe Post | Update: 2022-01-08 07:32\n\nShops reopened in Aktau on Friday.\n", "utf-8"
    )
    (analysis,) = analyse_sources([str(page)], Config())
    assert isinstance(analysis, Analysis)
    (friday,) = [time for time in analysis.times if analysis.article.quote(time.span) == "Friday"]
    assert friday.first == "2022-01-07"


def test_the_day_a_report_was_filed_is_not_the_day_named_last(parse: Parse) -> None:
    text = "Almaty, 11 January 2022 (ABC): The day after the storm shops reopened."
    _, after = resolve(parse, text, dateline=Dateline("Almaty", (0, 6), TUESDAY))
    assert after.first is None


@pytest.mark.parametrize(
    "text", ["Almaty, 11 January 2022 (ABC): Shops reopened.", "ALMATY, Jan 11 (ABC) - Shops reopened."]
)
def test_a_date_in_the_dateline_says_so(parse: Parse, text: str) -> None:
    (time,) = resolve(parse, text, dateline=Dateline("Almaty", (0, 6), TUESDAY))
    assert (time.first, time.basis) == (TUESDAY, Basis.DATELINE)


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
            "XXXX-WXX-5<<L XXXX-04>>L XXXX-11N4-4 LAST+0Y:01-24 REF-1M:31 REF~1Y XXXX-WI<< BC0480-08 2021-11N4-4 "
            "2999 198 19 BC0450 REF+24Hh XXXX-WXX-3T22:00> LAST+0Q 1000-01-01 2999-12-31 2022-E+9 odd".split()
        ),
        max_size=6,
    ),
    st.sampled_from([None, "2022-01-11", "1000-01-01", "2999-12-31", "9999-12-31"]),
)
def test_any_forms_resolve_within_range_and_agree_with_their_value(values: list[str], published: str | None) -> None:
    """Forms in a row, each from the one before "to" the next, so that ranges are joined as well."""
    article = Article("x to " * 8, published=published)
    read = Parsed(article, ("x",), ("x",), ("X",), ("X",), ("x",), (0,), (0,), (1,), ("",), (False,), ((0, 1),))
    timexes = [Timex(Span(article.id, 5 * i, 5 * i + 1), "DATE", value) for i, value in enumerate(values)]
    times = resolve_times(read, timexes)
    assert len(times) == len(timexes)
    for time in times:
        assert (time.first is None) == (time.last is None)
        if time.first and time.last:
            assert "1000" <= time.first[:4] <= "2999" and time.first <= time.last <= "2999-12-31"
            told = days(time.value or "")
            assert told is None or time.first <= told[0].isoformat() <= told[1].isoformat() <= time.last


@given(
    st.lists(
        st.sampled_from(
            "from between to and the last next Friday Monday May 31 3 5 2022 1990-94 12:30 p.m. week days ago - , . "
            "later of in early year that this quarter January yesterday night winter Easter".split(" ")
        ),
        max_size=12,
    ).map(" ".join),
    st.sampled_from([None, "2022-01-11", "2022-01-11T23:30:00Z", "1000-01-01"]),
)
def test_any_text_resolves_and_never_raises(parse: Parse, text: str, published: str | None) -> None:
    for time in resolve(parse, text, published=published):
        assert (time.first is None) == (time.last is None)
        assert not time.first or not time.last or time.first <= time.last
