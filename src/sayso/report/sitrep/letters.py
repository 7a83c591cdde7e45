"""Right-to-left words as a page shows them that is written letter by letter from the left.

Joins Arabic letters by Unicode's presentation forms (blocks Arabic Presentation Forms A and B), which DejaVu has, and
turns words around. Enough for names and titles; a whole page in such a script is better read in HTML or DOCX.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

_RIGHT = frozenset({"R", "AL"})
_FORMS = {"<isolated>": 0, "<final>": 1, "<initial>": 2, "<medial>": 3}
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def is_right(word: str) -> bool:
    """Whether a word is read from the right."""
    return any(unicodedata.bidirectional(char) in _RIGHT for char in word)


def displayed(word: str) -> str:
    """A word as its letters stand from the left; one that is read from the left as it is."""
    if not is_right(word):
        return word
    clusters: list[str] = []
    for char in _joined(word):
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        elif clusters and char.isdigit() and clusters[-1][-1].isdigit():
            clusters[-1] += char  # numbers are read from the left in every script
        else:
            clusters.append(char)
    return "".join(reversed(clusters)).translate(_MIRRORED)


def ordered(right: Sequence[bool], neutral: Sequence[bool]) -> list[int]:
    """The places of the words of a line from the left: runs that are read from the right are turned around.

    What is neutral (a number, a dash) between two such words goes with them.
    """
    places: list[int] = []
    run: list[int] = []
    for at, is_turned in enumerate(right):
        if is_turned or (run and neutral[at] and any(right[at:])):
            run.append(at)
            continue
        places += _turned(run, right)
        run = []
        places.append(at)
    return places + _turned(run, right)


def _turned(run: list[int], right: Sequence[bool]) -> list[int]:
    last = max((number for number, at in enumerate(run) if right[at]), default=-1)
    return run[: last + 1][::-1] + run[last + 1 :]


@cache
def _shapes() -> dict[str, dict[int, str]]:
    """By letter, or by two that make one, the shapes it has alone, at the end, at the beginning and in the middle."""
    found: dict[str, dict[int, str]] = {}
    for code in (*range(0xFB50, 0xFBB2), *range(0xFBD3, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if form in _FORMS:
            letter = "".join(chr(int(each, 16)) for each in letters.split())
            found.setdefault(letter, {})[_FORMS[form]] = chr(code)
    return found


def _joined(word: str) -> str:
    """Letters in the shapes that they have beside one another."""
    shapes = _shapes()
    letters: list[str] = []
    for char in word:
        if letters and letters[-1] + char in shapes:
            letters[-1] += char  # lam and alif
        else:
            letters.append(char)
    bare = [at for at, letter in enumerate(letters) if not unicodedata.combining(letter[0])]
    forms = dict.fromkeys(bare, 0)
    for one, two in pairwise(bare):
        if 2 in shapes.get(letters[one], {}) and 1 in shapes.get(letters[two], {}):
            forms[one] += 2
            forms[two] += 1
    return "".join(shapes.get(letter, {}).get(forms.get(at, 0), letter) for at, letter in enumerate(letters))
