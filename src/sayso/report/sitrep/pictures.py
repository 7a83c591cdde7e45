"""The pictures of a report: its map and its timeline, drawn for the form that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from sayso.report.plots.picture import Picture, Size
from sayso.report.plots.wording import map_subtitle, map_title, timeline_subtitle, timeline_title
from sayso.report.sitrep.record import Report

_SHAPES = {"map": Size(1760, 1100), "timeline": Size(1760, 990)}  # 8 inches wide as drawn: 220 pixels an inch
_REFERRING = ("href", "{http://www.w3.org/1999/xlink}href")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture that can be drawn."""

    name: str  # map, timeline
    title: str
    alt: str  # what it shows, for those who cannot see it
    draw: Callable[[Picture], None] = field(repr=False)

    @property
    def shape(self) -> Size:
        return _SHAPES[self.name]

    def drawn(self, form: str) -> bytes:
        """The picture as a file of "svg" or "png"."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{self.name}.{form}"
            self.write(path)
            return path.read_bytes()

    def write(self, path: Path) -> None:
        """Draw it into a file; its form is that of the name."""
        self.draw(Picture(path, path.suffix.removeprefix("."), self.shape))

    @property
    def svg(self) -> str:
        """The picture to stand inside an HTML page, beside others."""
        return inlined(self.drawn("svg"), self.name, self.alt)


def pictures(report: Report) -> Iterator[Shown]:
    """What a report has to show; matplotlib is loaded when one is drawn."""
    if report.map:
        alt = f"Map of {map_title(report.map)}, {map_subtitle(report.map)}."
        yield Shown("map", "Where it happened", alt, partial(_draw_map, report))
    if report.timeline:
        alt = f"Timeline of {timeline_title(report.timeline)}, {timeline_subtitle(report.timeline)}."
        yield Shown("timeline", "When it happened", alt, partial(_draw_timeline, report))


def _draw_map(report: Report, picture: Picture) -> None:
    from sayso.report.plots.draw_map import draw_map

    assert report.map
    draw_map(report.map, picture)


def _draw_timeline(report: Report, picture: Picture) -> None:
    from sayso.report.plots.draw_timeline import draw_timeline

    assert report.timeline
    draw_timeline(report.timeline, picture)


def inlined(svg: bytes, name: str, alt: str) -> str:
    """An SVG file as an element of an HTML page: its ids are its own, its style is for itself, nothing is fetched."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for each in list(root.iter("{*}metadata", "{*}style", "{*}script", etree.Comment)):
        each.getparent().remove(each)
    for each in root.iter():
        _rename(each, name)
    size = {side: root.attrib.pop(side, "") for side in ("width", "height")}
    root.set("viewBox", root.get("viewBox") or f"0 0 {size['width']} {size['height']}")
    root.set("style", "stroke-linejoin:round;stroke-linecap:butt")  # what the style sheet in it says of all in it
    root.set("role", "img")
    root.set("aria-label", alt)
    etree.cleanup_namespaces(root)
    text = str(etree.tostring(root, encoding="unicode", with_tail=False))
    return text.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1)  # HTML knows it by its name


def _rename(each: etree._Element, name: str) -> None:
    """Ids and what refers to them, with the picture's name before them."""
    for key, value in list(each.attrib.items()):
        if key == "id":
            each.set(key, f"{name}-{value}")
        elif key in _REFERRING:
            del each.attrib[key]
            if value.startswith("#"):  # anything else would be fetched
                each.set("href", f"#{name}-{value[1:]}")
        elif "url(#" in value:
            each.set(key, value.replace("url(#", f"url(#{name}-"))
        elif key.lower().startswith("on"):
            del each.attrib[key]
