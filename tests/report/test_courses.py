"""Tolls as an analyst reads them: by origin, with what was set aside, and day by day."""

from __future__ import annotations

import pytest

from sayso.report.courses import course, homeless, toll_words, totals
from tests.report.plotted import archive


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [
        (9, 9, 9, "9"),
        (7, 11, 11, "11 (7 to 11)"),
        (16, 16, None, "at least 16"),
        (12, 16, None, "16 (at least 12)"),
        (1, None, 20, "1 to 20"),
        (0, 0, 0, "0"),
    ],
)
def test_a_toll_in_words(low: int, best: int | None, high: int | None, said: str) -> None:
    assert toll_words(low, best, high) == said


def test_a_toll_names_the_origins_behind_it_and_what_was_set_aside() -> None:
    killed, injured = totals(archive(), "aaaa")
    assert (killed.toll, killed.rests_on, killed.disagrees) == ("26 (26 to 30)", ("26 to 30: Lantern",), ())
    assert killed.set_aside == ("40: Wire, withdrawn",)
    assert (injured.toll, injured.rests_on) == ("100", ())


def test_the_course_says_what_was_known_after_each_day_and_from_whom() -> None:
    rows = course(archive(), "aaaa")
    assert [(row.day[-2:], row.turn, row.toll) for row in rows] == [
        ("05", "first", "8"), ("06", "risen", "at least 12"), ("09", "risen", "26 (26 to 30)"),
    ]  # fmt: skip
    assert rows[0].figures == ("8: Harbour News (own voice)",)


def test_every_toll_is_listed_once_and_those_of_no_incident_are_counted() -> None:
    held = archive()
    assert len(totals(held)) == sum(len(incident.tolls) for incident in held.links.incidents)
    assert homeless(held) == 0
