"""What plots choose to show, and how they look in a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import EventType, Harm, Links, TollEstimate
from sayso.report.archive import Archive
from sayso.report.plots.calendar import Calendar, calendar
from sayso.report.plots.canvas import Canvas, Line, plain_lines, width_of
from sayso.report.plots.figures import panels
from sayso.report.plots.groups import GROUPS, group_of
from sayso.report.plots.marks import locate, spots
from sayso.report.plots.outline import outline
from sayso.report.plots.text_map import text_map
from sayso.report.plots.text_timeline import text_timeline
from sayso.report.plots.text_tolls import text_tolls
from sayso.report.plots.view import fit
from sayso.report.plots.words import clean, period
from tests.report.plotted import TOWN, archive, incident

MAP = """\
5 incidents, 2 to 20 January 2022
at 3 places; 2 known only to a province, country or region


⠒⠒⡄              Kazakhstan (2): 225 killed □
  ⠈⠆  ⣀⡤⠐⢄⣀⠤⡄
  ⠈⢫⠔⠒⠁     ⢪
⢤⡤⠜⠁       ⢀⠅          ⢀⡀
⠃    ⢠⡄⢀⠜⠉⠁⠉⠉     ⠠⠤⠒⠚⠉⠁⠈⠑⢤⡀                                          ⡤⠤
      ⢆⣒⠓⠂        ⢘        ⠈⠓⢤                                        ⠉⡇
⡧      ⠐▲ Aktau   ⢘           ⠓⡄⢀⣀⣀⣀⣀⡠⡀                                ⢣
⣃       ⠨⢄⡀       ⢨         Almaty (2): 26 killed, 100 injured ●⣀⣀     ⡼
⠘⢄        ⠉⡇ ⣀⣀⡀  ⢰   ⢀⠶⡓⢤⡀⡀            ⡇         ⢀⡎⠉⠉⠒⠠⠆   ⠉     ⠉⠉⠑⠦⢼
  ⡣⡀       ⢞⡋⠉⢅⠉⢆ ⠰ ⢠⠋⠁    ⢳            ⠓⡆     ⢀⡠⢎⠟⠁                ⢠⠔⠊
● violence   ▲ protest   ■ coercion and sanctions
A hollow sign: only the province or country is known, drawn at its
centre. Not on the map: 2 incidents whose place is not known. Among
those shown: 1 incident without a date. Outline and borders: Natural
Earth (public domain); sayso takes no side by them.
"""
ASCII_MAP = """\
5 incidents, 2 to 20 January 2022
at 3 places; 2 known only to a province, country or region


''.              Kazakhstan (2): 225 killed c
  ':  ..'....
  '::''     :
..:'       .:          ..
'    ...:''''     ..''''''..                                          ..
      ::''        :        ''.                                        ':
:      'P Aktau   :           '........                                :
:       :..       :         Almaty (2): 26 killed, 100 injured V..     :
'.        ': ...  :   .::...            :         .:'''.:   '     '''::
  :.       ::':': : .''    :            ':     ..::'                .:'
V violence   P protest   C coercion and sanctions
A small letter sign: only the province or country is known, drawn at its
centre. Not on the map: 2 incidents whose place is not known. Among
those shown: 1 incident without a date. Outline and borders: Natural
Earth (public domain); sayso takes no side by them.
"""
TIMELINE = """\
5 incidents, 4 to 7 January 2022
        incidents                             killed
 4 Jan  ▲ 1
 5 Jan  ●▲ 2                                  26 (Almaty)
 6 Jan
 7 Jan  ◆ 1
longer than one day
  ■ 2 to 20 January 2022 Kazakhstan: 225 killed
● violence   ▲ protest   ■ coercion and sanctions
◆ mobilisation and threats
Not shown, for want of a date: 1 incident. On other days: 1 incident.
Killed: best figures of the incidents of that time; totals of longer
times are not among them. --since and --until choose the days.
"""
TOLLS = """\
Almaty, 5 January 2022: killed
 5 Jan  ····●·················  8                 Harbour News
 6 Jan  ······●──────────────▸  12+               Lantern
 7 Jan  ·····················✗  40 withdrawn      Wire
 9 Jan  ··············●──·····  26 to 30          Lantern
known then
 5 Jan  ····◆·················  8                 first
 6 Jan  ······◆──────────────▸  12 (12+)          risen
 9 Jan  ··············◆──·····  26 (26 to 30)     risen

A line is one report, with the origin it goes back to. Crossed out:
denied or called back, and not in the line. Arrow: at least so many.
"""


def drawn(lines: Sequence[Line]) -> str:
    return "\n".join(plain_lines(lines)) + "\n"


def days(**given: str) -> Calendar:
    shown = calendar(archive(), **given)
    assert shown
    return shown


# --------------------------------------------------------------------------- what is shown


def test_every_type_of_event_has_one_group_of_its_own_sign_and_colour() -> None:
    assert {group_of(type).name for type in EventType} == {group.name for group in GROUPS}
    for part in ("colour", "marker", "sign", "hollow", "letter"):
        assert len({getattr(group, part) for group in GROUPS}) == len(GROUPS)


def test_a_map_shows_located_incidents_the_worst_first_and_counts_the_rest() -> None:
    mapped = locate(archive())
    assert [mark.incident[0] for mark in mapped.marks] == ["d", "a", "b", "c", "e"]
    assert (mapped.unplaced, mapped.undated) == (2, 1)
    assert [mark.harmed for mark in mapped.marks[:2]] == [225, 126]
    assert {mark.incident[0] for mark in mapped.marks if not mark.exact} == {"d", "e"}


def test_a_map_of_a_period_leaves_out_what_has_no_date() -> None:
    mapped = locate(archive(), "2022-01-05", "2022-01-06")
    assert [mark.incident[0] for mark in mapped.marks] == ["d", "a", "b"]
    assert (mapped.first, mapped.last, mapped.undated, mapped.unplaced) == ("2022-01-05", "2022-01-06", 1, 0)


def test_a_map_of_a_country_takes_its_code_in_either_case() -> None:
    assert len(locate(archive(), country="kaz").marks) == 5
    assert locate(archive(), country="FRA").marks == ()


def test_a_withdrawn_toll_gives_no_size() -> None:
    gone = incident("7", "ASSAULT", TOWN, None, tolls=(TollEstimate(Harm.KILLED, 0, None, None, (), (), ("x",)),))
    (mark,) = [mark for mark in locate(archive(gone)).marks if mark.incident[0] == "7"]
    assert (mark.killed, mark.harmed) == (None, 0)


def test_incidents_at_one_place_are_one_spot() -> None:
    assert [(spot.title, len(spot.marks)) for spot in spots(locate(archive()).marks)] == [
        ("Kazakhstan (2)", 2), ("Almaty (2)", 2), ("Aktau", 1),
    ]  # fmt: skip


def test_a_timeline_holds_every_incident_once() -> None:
    shown = days()
    assert (shown.first, shown.last, shown.step) == (date(2022, 1, 4), date(2022, 1, 7), "day")
    assert [bin.incidents for bin in shown.bins] == [1, 2, 0, 1]
    assert [one.incident[0] for one in shown.stretches] == ["d"]
    assert shown.incidents + shown.undated + shown.outside == 7
    assert [bin.killed for bin in shown.bins] == [0, 26, 0, 0]


def test_what_is_recalled_from_long_ago_is_drawn_when_asked_for() -> None:
    assert days().outside == 1
    asked = days(since="1991-01-01")
    assert (asked.outside, asked.step) == (0, "month") and len(asked.bins) == 31 * 12 + 1


def test_a_timeline_without_dates_is_none() -> None:
    assert calendar(archive(), "1950-01-01", "1950-12-31") is None
    assert calendar(Archive([], Links())) is None


def test_tolls_keep_each_report_on_its_day_and_what_was_known_then() -> None:
    (killed,) = panels(archive(), "aaaa").panels
    assert [(one.day.day, one.toll.low, one.standing) for one in killed.figures] == [
        (5, 8, "superseded"), (6, 12, "superseded"), (7, 40, "withdrawn"), (9, 26, "counted"),
    ]  # fmt: skip
    first, last = killed.steps[0], killed.steps[-1]
    assert (first.day.day, first.low, first.best, first.high) == (5, 8, 8, 8)
    assert (last.low, last.best, last.high) == (26, 26, 30)


def test_a_withdrawn_figure_is_never_in_the_line() -> None:
    (killed,) = panels(archive(), "aaaa").panels
    assert 40 not in {step.best for step in killed.steps}


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2022-01-05", "2022-01-05", "5 January 2022"),
        ("2022-01-05", "2022-01-17", "5 to 17 January 2022"),
        ("2022-01-30", "2022-02-02", "30 January to 2 February 2022"),
        ("2021-12-30", "2022-01-02", "30 December 2021 to 2 January 2022"),
        (None, "2022-01-02", "until 2 January 2022"),
        (None, None, ""),
    ],
)
def test_a_period_in_words(first: str | None, last: str | None, said: str) -> None:
    assert period(first, last) == said


def test_words_lose_what_no_picture_can_hold() -> None:
    assert clean("Al\x00maty\n\u202e (1)") == "Al maty (1)"


# --------------------------------------------------------------------------- the world on a sheet

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)


@given(
    points=st.lists(st.tuples(LON, LAT), min_size=1, max_size=12),
    size=st.tuples(st.floats(40, 900), st.floats(40, 900)),
)
def test_what_a_view_was_made_for_lies_on_the_sheet(
    points: list[tuple[float, float]], size: tuple[float, float]
) -> None:
    view = fit(points, *size)
    for lon, lat in points:
        x, y = view.place(lon, lat)
        assert -1e-6 <= x <= size[0] + 1e-6 and -1e-6 <= y <= size[1] + 1e-6


def test_a_view_goes_across_the_date_line_the_short_way() -> None:
    view = fit([(179.0, -18.0), (-175.0, -21.0)], 400, 300)
    assert not view.world and view.place(179.0, -18.0)[0] < view.place(-175.0, -21.0)[0]
    assert fit([(-170.0, 0.0), (0.0, 0.0), (120.0, 0.0)], 400, 300).world


def test_the_outline_is_the_worlds_and_lies_on_the_sheet() -> None:
    world = outline()
    assert {"KAZ", "SDN", "TWN", "PSE", "XKX", "FJI"} <= set(world.codes)
    assert all(abs(ring.points[0, 1] - ring.points[-1, 1]) < 90.1 for ring in world.rings)
    for points in ([(68.0, 48.0)], [(179.0, -18.0), (-175.0, -21.0)], [(-100.0, 40.0), (100.0, 40.0), (10.0, -80.0)]):
        view = fit(points, 500, 300)
        for part in world.land(view):
            assert part[:, 0].min() >= -12.1 and part[:, 0].max() <= 512.1
        assert not math.isnan(sum(float(line.sum()) for line in world.lines(view, True)))


def test_the_middle_of_a_country_is_land_and_of_an_ocean_is_none() -> None:
    for point, land in (((68.0, 48.0), True), ((-30.0, 0.0), False)):
        view = fit([point], 100, 100)
        assert bool(outline().land(view)) is land


# --------------------------------------------------------------------------- in a terminal


def test_a_map_in_a_terminal() -> None:
    assert drawn(text_map(locate(archive()), 72, 12, True)) == MAP


def test_a_map_in_ascii() -> None:
    text = drawn(text_map(locate(archive()), 72, 12, False))
    assert text.isascii() and text == ASCII_MAP


def test_a_timeline_in_a_terminal() -> None:
    assert drawn(text_timeline(days(), 72, True)) == TIMELINE


def test_tolls_in_a_terminal() -> None:
    assert drawn(text_tolls(panels(archive(), "aaaa"), 72, True)) == TOLLS


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_no_line_is_wider_than_the_terminal(columns: int, unicode: bool) -> None:
    wide = incident("7", "ASSAULT", TOWN | {"name": "阿拉木图市中心的一个广场 Алматы алаңы"}, "2022-01-05")
    held = archive(wide)
    shown = calendar(held)
    assert shown
    for lines in (
        text_map(locate(held), columns, 12, unicode),
        text_timeline(shown, columns, unicode),
        text_tolls(panels(held), columns, unicode),
    ):
        assert max(map(width_of, plain_lines(lines))) <= columns


def test_many_incidents_of_a_day_are_counted_and_drawn_to_scale() -> None:
    more = [replace(incident("7", "PROTEST", TOWN, "2022-01-06"), id=f"7{at:07}") for at in range(500)]
    shown = calendar(archive(*more))
    assert shown
    text = drawn(text_timeline(shown, 80, True))
    assert " 500" in text and "One sign stands for" in text and max(map(len, text.splitlines())) <= 80


@given(st.lists(st.tuples(st.floats(-50, 200), st.floats(-50, 200)), max_size=6))
def test_lines_never_leave_a_canvas(points: list[tuple[float, float]]) -> None:
    canvas = Canvas(20, 5, True)
    canvas.line(points)
    assert [len(line) for line in plain_lines(canvas.lines())] <= [20] * 5 and len(canvas.lines()) == 5
