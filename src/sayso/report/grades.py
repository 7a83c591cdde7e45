"""Admiralty grades, as analysts give them: reliability of a source A to F, credibility of information 1 to 6.

Nothing here guesses a grade. What nobody graded is "not graded"; F6 is a grade too and says that it cannot be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model import Judgement, Verdict

NOT_GRADED = "not graded"
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed by other sources",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}


@dataclass(frozen=True, slots=True)
class Grade:
    """One analyst's grade of a source or of a claim."""

    grade: str  # "B2"
    by: str
    at: str  # ISO 8601 date-time
    note: str = ""

    @property
    def meaning(self) -> str:
        """ "usually reliable, probably true"."""
        return f"{RELIABILITY[self.grade[0]]}, {CREDIBILITY[self.grade[1]]}"


def read_grade(text: str) -> str:
    """A grade as it is written, checked: "b2" is "B2"."""
    grade = text.strip().upper()
    if not re.fullmatch(r"[A-F][1-6]", grade):
        raise InputError(
            "is not an Admiralty grade",
            about=text,
            way_out="a letter A to F for the source, then a digit 1 to 6 for what it says: B2; F6 where it cannot be"
            " judged",
        )
    return grade


def last_grades(judgements: Iterable[Judgement]) -> dict[str, Grade]:
    """The grade that stands of each source (by its key) and claim (by its id): the last word wins."""
    words = [word for word in judgements if word.verdict is Verdict.GRADE]
    found = {}
    for word in sorted(words, key=lambda word: (word.at, word.by, word.right)):
        found[word.left] = Grade(word.right, word.by, word.at, word.note)
    return found
