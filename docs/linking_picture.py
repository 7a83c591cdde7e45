"""Draws linking.svg from linking.json: what linking one article costs, in bulk and in an archive that grows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, NullFormatter

from sayso.report.plots.page import FAINT, GREY, INK, page
from sayso.report.plots.picture import Picture, Size

HERE = Path(__file__).parent
WANTED = 100  # milliseconds that adding one article may take at the median
BULK, SINGLE = "#0072B2", "#D55E00"


def draw(figures: dict[str, Any], path: Path) -> None:
    """Milliseconds an article against articles, both on logarithmic scales."""
    picture = Picture(path, "svg", Size(1600, 900))
    with page(picture, "What linking one article costs", _subtitle(figures)) as (sheet, below):
        axes = sheet.box(58, 46, sheet.width - 130, below - 58)
        _scales(axes)
        bulk = [(row["articles"], row["ms an article"]) for row in figures.get("bulk", {}).get("rows", ())]
        rows = figures.get("archive", {}).get("rows", ())
        single = [(row["articles"], row["median ms"]) for row in rows]
        for row in rows:
            axes.plot([row["articles"]] * 2, [row["median ms"], row["p90 ms"]], color=SINGLE, linewidth=1.2, alpha=0.6)
        axes.axhline(WANTED, color=FAINT, linewidth=1, linestyle=(0, (4, 3)))
        axes.annotate(
            f"{WANTED} ms", (0, WANTED), xycoords=("axes fraction", "data"), xytext=(6, 4), color=GREY,
            textcoords="offset points", va="bottom", fontsize=8,
        )  # fmt: skip
        _line(axes, bulk, BULK, "o", "all at once")
        _line(axes, single, SINGLE, "s", "one more\n(to the 90th\npercentile)")


def _subtitle(figures: dict[str, Any]) -> str:
    slope = figures.get("bulk", {}).get("slope")
    grown = f"Linked all at once, time grows with the {slope:.2f}th power of the articles. " if slope else ""
    return grown + "Invented press of bench/generated; one core."


def _scales(axes: Axes) -> None:
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.margins(0.06, 0.12)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
        axis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("articles in the archive", fontsize=8.5, color=INK)
    axes.set_ylabel("milliseconds an article", fontsize=8.5, color=INK)
    axes.tick_params(labelsize=8, colors=GREY)
    axes.grid(True, which="major", color="#EEEEEE", linewidth=0.8)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def _line(axes: Axes, points: list[tuple[float, float]], colour: str, marker: str, name: str) -> None:
    if not points:
        return
    axes.plot(*zip(*points, strict=True), color=colour, marker=marker, markersize=5, linewidth=1.6)
    axes.annotate(
        name, points[-1], xytext=(8, 0), textcoords="offset points", color=colour, va="center", fontsize=8.5,
        annotation_clip=False,
    )  # fmt: skip


if __name__ == "__main__":
    draw(json.loads((HERE / "linking.json").read_text("utf-8")), HERE / "linking.svg")
