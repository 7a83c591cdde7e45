"""The little archives of tolls over days keep to their rules, and the measure on them counts right."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.toll_courses import score, standings
from gold.claims import GoldError
from gold.courses import HALVES, Course, GoldTotal, Standing, load, read
from sayso.model import Harm, Span, Toll, TollEstimate

COURSE = """
[[course]]
id = "one"
what = "a toll"
[[course.report]]
outlet = "Lakeside Post"
day = "2021-03-02"
text = '''
Blast kills 5

Five people were killed on Tuesday.
'''
[course.killed]
low = 5
best = 5
high = "open"
figures = { 5 = "counted" }
"""


@pytest.mark.parametrize("half", HALVES)
def test_a_half_keeps_to_the_rules(half: str) -> None:
    courses = load(half)
    assert len(courses) >= 12
    assert all(
        len(course.reports) > 1 and all(one.outlet and one.published for one in course.reports) for course in courses
    )


def test_no_course_stands_in_both_halves() -> None:
    dev, blind = ({report.text for course in load(half) for report in course.reports} for half in HALVES)
    assert not dev & blind


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("low = 5", "low = 6"),
        ('"counted" }', '"thought" }'),
        ('"counted" }', '"part" }'),
        ("[course.killed]", "[course.slain]"),
        ("outlet =", "paper ="),
        ("Blast kills 5\n\n", ""),
    ],
)
def test_what_breaks_a_rule_is_named_with_file_and_course(right: str, wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "some.toml"
    path.write_text(COURSE, "utf-8")
    assert [course.totals[Harm.KILLED].high for course in read(path)] == [None]
    path.write_text(COURSE.replace(right, wrong), "utf-8")
    with pytest.raises(GoldError, match=r"some\.toml: one: "):
        list(read(path))


def toll(id: str, low: int, high: int | None) -> Toll:
    return Toll(id, None, Harm.KILLED, low, high, None, False, None, Span("a", 0, 1))


def test_best_bounds_and_standing_are_counted_apart() -> None:
    tolls = {"x": toll("x", 5, 5), "y": toll("y", 9, 9), "z": toll("z", 1, 20)}
    found = TollEstimate(Harm.KILLED, 5, 9, 9, ("y",), ("x",), (), ("z",))
    assert standings(found, tolls) == {9: Standing.COUNTED, 5: Standing.DISAGREES, 20: Standing.SUPERSEDED}
    figures = {9: Standing.COUNTED, 5: Standing.CORRECTED, 3: Standing.PART}
    course = Course("c", "", (), {Harm.KILLED: GoldTotal(9, 9, 9, figures)})
    rates = score([(course, (found,), tolls)])
    assert (rates["best"], rates["bounds"], rates["all right"]) == (1.0, 0.0, 0.0)
    assert rates["standing"] == pytest.approx(2 / 3)
