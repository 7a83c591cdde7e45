"""A map as a value: SVG to show in a notebook, put into a page or keep."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sayso.errors import InputError
from sayso.report.archive import Archive
from sayso.report.hostile import titled
from sayso.report.plots.marks import Mapped, locate
from sayso.report.plots.picture import Picture, Size


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture as SVG, with words for who does not see it."""

    svg: str = field(repr=False)
    words: str

    def _repr_svg_(self) -> str:
        return self.svg

    def to_html(self) -> str:
        """The picture as an image that brings itself along: in it nothing can run or reach out."""
        data = b64encode(self.svg.encode("utf-8", "replace")).decode("ascii")
        return f'<img alt="{titled(self.words)}" style="max-width:100%" src="data:image/svg+xml;base64,{data}">'

    def save(self, path: str | Path) -> None:
        """Write it to a file, as SVG."""
        Path(path).write_text(self.svg, "utf-8")


def map_of(archive: Archive, among: Collection[str], size: Size | None = None) -> Drawing:
    """A map of these incidents; InputError where none of them has a known place."""
    mapped = locate(archive, among=among)
    if not mapped.marks:
        raise InputError(
            "no incident with a known place to put on it", about="map", way_out=f"{mapped.unplaced} have none"
        )
    return Drawing(_svg(mapped, size or Size()), f"map of {len(mapped.marks)} incidents")


def _svg(mapped: Mapped, size: Size) -> str:
    from sayso.report.plots.draw_map import draw_map

    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.svg"
        draw_map(mapped, Picture(path, "svg", size))
        drawn = path.read_text("utf-8")
    return drawn[drawn.index("<svg") :]
