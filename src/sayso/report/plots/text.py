"""What plots in characters share: folded words, and a legend of signs."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.report.plots.canvas import Line, plain_words, width_of
from sayso.report.plots.groups import Group, sign_of


def folded(words: str, columns: int, unicode: bool, style: str = "") -> list[Line]:
    """Words over as many lines as they need."""
    found: list[str] = []
    for word in plain_words(words, unicode).split():
        if found and width_of(f"{found[-1]} {word}") <= columns:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return [[(line, style)] for line in found]


def legend(groups: Iterable[Group], columns: int, unicode: bool) -> list[Line]:
    """Each group's sign and name."""
    lines: list[Line] = []
    used = columns + 1
    for group in groups:
        wide = 2 + len(group.name)
        if used + 3 + wide > columns:
            lines.append([])
            used = 0
        elif used:
            lines[-1].append(("   ", ""))
            used += 3
        lines[-1] += [(sign_of(group, False, unicode), group.colour), (f" {group.name}", "")]
        used += wide
    return lines


def cut(lines: Iterable[Line], columns: int) -> list[Line]:
    """Lines without what a narrow terminal has no room for."""
    found = []
    for line in lines:
        kept: Line = []
        for words, style in line:
            room = columns - sum(width_of(held) for held, _ in kept)
            kept.append((words if width_of(words) <= room else padded(words, room), style))
        found.append(kept)
    return found


def padded(words: str, columns: int) -> str:
    """Words filled up with blanks, or cut, to so many columns."""
    cut = words
    while width_of(cut) > columns:
        cut = cut[:-1]
    return cut + " " * (columns - width_of(cut))
