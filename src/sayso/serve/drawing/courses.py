"""How many, over time: each report's figure on its day, the best figure as it then stood, and the range around it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from sayso.report.archive import bounds
from sayso.report.plots.figures import Figure, Panel, Step, Tolls
from sayso.serve.looks import path

_WIDE, _TALL, _LEFT, _RIGHT, _ABOVE, _BELOW = 560.0, 190.0, 46.0, 14.0, 26.0, 22.0
_OPEN = 1.25  # how far a range goes on that is open above


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days and figures to the picture."""

    first: date
    days: int
    top: float

    def x(self, day: date) -> float:
        return _LEFT + (_WIDE - _LEFT - _RIGHT) * ((day - self.first).days + 0.5) / self.days

    def y(self, number: float) -> float:
        return _TALL - _BELOW - (_TALL - _ABOVE - _BELOW) * min(number / self.top, 1.0)


def draw_tolls(shown: Tolls) -> list[Markup]:
    """A picture for each harm."""
    return [_panel(panel) for panel in shown.panels]


def _panel(panel: Panel) -> Markup:
    scale = _scale(panel)
    known = _known(panel.steps, scale)
    marks = Markup("").join(_mark(figure, scale) for figure in panel.figures)
    title = f"{panel.harm} over time: {len(panel.figures)} figures of reports"
    return Markup(
        '<svg class="tolls" viewBox="0 0 {w:g} {h:g}" role="group" aria-label="{title}">'
        '<text class="label" x="0" y="12">{harm}</text>{axes}{known}{marks}</svg>'
    ).format(w=_WIDE, h=_TALL, title=title, harm=panel.harm, axes=_axes(scale), known=known, marks=marks)


def _scale(panel: Panel) -> _Scale:
    told = [figure.day for figure in panel.figures] + [step.day for step in panel.steps]
    numbers = [figure.toll.high or figure.toll.low for figure in panel.figures]
    numbers += [step.high or step.best or step.low for step in panel.steps]
    top = max(1.0, 1.12 * max(numbers, default=1))
    return _Scale(min(told), (max(told) - min(told)).days + 1, top)


def _axes(scale: _Scale) -> Markup:
    number = Markup('<text class="tick" x="{:.0f}" y="{:.0f}" text-anchor="end">{:,}</text>')
    ticks = [number.format(_LEFT - 6, scale.y(n) + 3, n) for n in _round_numbers(scale.top)]
    every = max(1, math.ceil(scale.days / 6))
    for at in range(0, scale.days, every):
        day = date.fromordinal(scale.first.toordinal() + at)
        words = day.isoformat()
        ticks.append(
            Markup('<text class="tick" x="{:.0f}" y="{:.0f}" text-anchor="middle">{}</text>').format(
                max(scale.x(day), _LEFT + 24), _TALL - 6, words
            )
        )
    base = scale.y(0)
    line = Markup('<line class="axis" x1="{:g}" x2="{:g}" y1="{:.1f}" y2="{:.1f}"/>').format(_LEFT, _WIDE, base, base)
    return line + Markup("").join(ticks)


def _round_numbers(top: float) -> Sequence[int]:
    """Nought, and one or two round numbers below the top."""
    unit = 10 ** math.floor(math.log10(top)) if top >= 1 else 1
    found = [unit * step for step in (1, 2, 5) if unit * step <= top]
    return sorted({0, *map(int, found[-2:])})


def _known(steps: Sequence[Step], scale: _Scale) -> Markup:
    """The best figure as a line of steps, and low to high as a band around it."""
    if not steps:
        return Markup("")
    best: list[str] = []
    band: list[Markup] = []
    for at, step in enumerate(steps):
        x = scale.x(step.day)
        end = scale.x(steps[at + 1].day) if at + 1 < len(steps) else _WIDE - _RIGHT / 2
        high = step.high if step.high is not None else max(step.low, step.best or 0) * _OPEN
        top, bottom = scale.y(high), scale.y(step.low)
        band.append(
            Markup('<rect class="band" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
                x, top, max(end - x, 1.0), max(bottom - top, 1.0)
            )
        )
        if step.best is not None:
            y = scale.y(step.best)
            best.append(f"{'L' if best else 'M'}{x:.1f} {y:.1f}L{end:.1f} {y:.1f}")
    line = Markup('<path class="best" d="{}"/>').format("".join(best)) if best else Markup("")
    return Markup("").join(band) + line


def _mark(figure: Figure, scale: _Scale) -> Markup:
    """One report's figure, from low to high; crossed out where nobody stands by it any longer."""
    toll = figure.toll
    x, low = scale.x(figure.day), scale.y(toll.low)
    high = scale.y(toll.high if toll.high is not None else toll.low * _OPEN)
    told = f"{figure.day.isoformat()}, {figure.origin}: {bounds(toll.low, toll.high)}"
    words = f"{told}, {figure.standing or 'beside it'}; {figure.says}"[:300]
    sign = (
        Markup('<path class="gone" d="M{:.1f} {:.1f}l8 8m0 -8l-8 8"/>').format(x - 4, low - 4)
        if figure.gone
        else Markup('<circle class="figure{}" cx="{:.1f}" cy="{:.1f}" r="4"/>').format(
            "" if figure.standing == "counted" else " other", x, low
        )
    )
    reach = Markup('<line class="reach" x1="{:.1f}" x2="{:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(x, x, low, high)
    address = f"/articles/{path(toll.span.article)}?at={toll.span.start}-{toll.span.end}#at"
    return Markup('<a href="{}" aria-label="{}"><title>{}</title>{}{}</a>').format(
        address, words, words, reach if toll.high != toll.low else "", sign
    )
