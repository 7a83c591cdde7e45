"""What stands above and below a picture: titles, counts, and what is not shown, the same in a file and in a terminal."""

from __future__ import annotations

from sayso.report.plots.marks import Mapped
from sayso.report.plots.outline import outline
from sayso.report.plots.words import period, plural


def map_title(mapped: Mapped) -> str:
    """ "Kazakhstan: 31 incidents, 1 to 31 January 2022"."""
    where = f"{country_name(mapped.country)}: " if mapped.country else ""
    when = period(mapped.first, mapped.last)
    return f"{where}{plural(len(mapped.marks), 'incident')}" + (f", {when}" if when else "")


def map_subtitle(mapped: Mapped) -> str:
    """How much the marks stand for."""
    places = len({(mark.lat, mark.lon) for mark in mapped.marks})
    countries = len({mark.country for mark in mapped.marks if mark.country})
    rough = sum(1 for mark in mapped.marks if not mark.exact)
    words = f"at {plural(places, 'place')}"
    words += f" in {countries} countries" if countries > 1 else ""
    return words + (f"; {rough} known only to a province, country or region" if rough else "")


def map_notes(mapped: Mapped) -> list[str]:
    """What is not on the map, or only half known, in sentences."""
    found = []
    if mapped.unplaced:
        wherever = ", in whatever country" if mapped.country else ""
        found.append(f"Not on the map: {plural(mapped.unplaced, 'incident')} whose place is not known{wherever}.")
    if mapped.undated:
        undated = f"{plural(mapped.undated, 'incident')} without a date"
        found.append(f"{undated} left out." if mapped.bounded else f"Among those shown: {undated}.")
    return found


def country_name(code: str | None) -> str:
    """A country's name by its code; the code itself where none is known."""
    held = outline()
    return held.names[held.codes.index(code)] if code and code in held.codes else code or ""
