"""A sheet of characters: fine dots in Braille patterns, or coarse ones in ASCII, with signs and words over them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sayso.report.plots.words import clean

Run = tuple[str, str]  # characters and their style: "", "bold", "dim" or a colour as #RRGGBB
Line = list[Run]

WIDE, TALL = 2, 4  # dots a character
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of U+2800, by row and column


def plain_lines(lines: Iterable[Line]) -> list[str]:
    """The characters alone."""
    return ["".join(words for words, _ in line).rstrip() for line in lines]


def plain_words(words: str, unicode: bool) -> str:
    """Words as the output can hold them."""
    words = clean(words)
    return words if unicode else words.encode("ascii", "replace").decode("ascii")


def width_of(words: str) -> int:
    """Columns that a terminal gives to words."""
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in words)


@dataclass(slots=True)
class Canvas:
    """Characters in rows; dots count from above on the left."""

    columns: int
    rows: int
    unicode: bool
    _dots: dict[tuple[int, int], int] = field(default_factory=dict)  # patterns by (column, row)
    _signs: dict[tuple[int, int], Run] = field(default_factory=dict)  # "" behind a wide character

    def dot(self, x: float, y: float) -> None:
        """One dot; outside the sheet none."""
        column, row = int(x // WIDE), int(y // TALL)
        if 0 <= column < self.columns and 0 <= row < self.rows:
            bit = _BITS[int(y) % TALL][int(x) % WIDE]
            self._dots[column, row] = self._dots.get((column, row), 0) | bit

    def line(self, points: Iterable[tuple[float, float]]) -> None:
        """Dots from point to point."""
        last: tuple[float, float] | None = None
        for x, y in points:
            steps = 0 if last is None else min(int(max(abs(x - last[0]), abs(y - last[1]))), 4 * WIDE * self.columns)
            for at in range(steps):
                assert last is not None
                self.dot(last[0] + (x - last[0]) * at / steps, last[1] + (y - last[1]) * at / steps)
            self.dot(x, y)
            last = (x, y)

    def is_free(self, column: int, row: int, width: int) -> bool:
        """Whether so many characters lie on the sheet and hold no sign yet."""
        inside = 0 <= row < self.rows and column >= 0 and column + width <= self.columns
        return inside and not any((column + at, row) in self._signs for at in range(width))

    def write(self, column: int, row: int, words: str, style: str = "") -> None:
        """Signs over whatever dots are there."""
        for char in words:
            if 0 <= column < self.columns and 0 <= row < self.rows:
                self._signs[column, row] = (char, style)
                if width_of(char) == 2:
                    self._signs[column + 1, row] = ("", style)
            column += max(width_of(char), 1)

    def lines(self) -> list[Line]:
        """What is on the sheet, row by row."""
        return [self._line(row) for row in range(self.rows)]

    def _line(self, row: int) -> Line:
        found: Line = []
        for column in range(self.columns):
            char, style = self._signs.get((column, row)) or (self._pattern(self._dots.get((column, row), 0)), "dim")
            if found and found[-1][1] == style:
                found[-1] = (found[-1][0] + char, style)
            else:
                found.append((char, style))
        return found

    def _pattern(self, bits: int) -> str:
        if not bits:
            return " "
        if self.unicode:
            return chr(0x2800 + bits)
        above, below = bits & 0x1B, bits & 0xE4  # the upper two rows, the lower two
        return ":" if above and below else "'" if above else "."
