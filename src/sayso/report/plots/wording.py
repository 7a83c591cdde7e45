"""What stands above and below a picture, in a file and in a terminal alike: titles, counts, and what is not shown."""

from __future__ import annotations

from sayso.report.plots.calendar import Calendar, Stretch
from sayso.report.plots.figures import Figure, Panel, Tolls
from sayso.report.plots.marks import Mapped
from sayso.report.plots.outline import outline
from sayso.report.plots.words import harmed, period
from sayso.text import plural


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


def timeline_title(shown: Calendar) -> str:
    """ "41 incidents, 2 to 19 January 2022"."""
    return f"{plural(shown.incidents, 'incident')}, {period(shown.first.isoformat(), shown.last.isoformat())}"


def timeline_subtitle(shown: Calendar) -> str:
    """What a bar is."""
    return f"by {shown.step}; each counted once, however many reports tell it"


def timeline_notes(shown: Calendar) -> list[str]:
    """What is not in the picture, in sentences."""
    found = []
    if shown.undated:
        found.append(f"Not shown, for want of a date: {plural(shown.undated, 'incident')}.")
    if shown.outside:
        found.append(f"On other days: {plural(shown.outside, 'incident')}.")
    if shown.killed:
        found.append("Killed: best figures of the incidents of that time; totals of longer times are not among them.")
    return found


def stretch_words(one: Stretch) -> str:
    """ "Kazakhstan: 225 killed, 4,353 injured"."""
    toll = harmed(one.killed, one.injured)
    return f"{one.place}: {toll}" if one.place and toll else one.place or toll or one.group


def tolls_title(shown: Tolls) -> str:
    """ "How many killed: Kazakhstan, 1 to 31 January 2022"; "How many were harmed: 3 counts"."""
    if len(shown.panels) == 1:
        return panel_title(shown.panels[0])
    incidents = {panel.incident for panel in shown.panels}
    if len(incidents) == 1:
        one = shown.panels[0]
        return f"How many were harmed: {one.title}, {period(one.first, one.last)}".rstrip(", ")
    return f"How many were harmed in {plural(len(incidents), 'incident')}"


def tolls_subtitle() -> str:
    """How to read the picture."""
    return "figures by day of the report; the line is the best figure as it then stood, the band its range"


def panel_title(panel: Panel) -> str:
    """ "Kazakhstan, 1 to 31 January 2022: killed"."""
    when = period(panel.first, panel.last)
    return f"{panel.title}{', ' + when if when else ''}: {panel.harm}"


def figure_words(figure: Figure) -> str:
    """ "26", "10 to 15", "12+"."""
    low, high = figure.toll.low, figure.toll.high
    words = f"{low:,}+" if high is None else f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{words} {figure.standing}" if figure.gone else words


def tolls_notes(shown: Tolls) -> list[str]:
    """What signs mean and what is not shown, in sentences."""
    found = ["One mark is one report; a colour and shape is the origin it goes back to."]
    if any(figure.gone for panel in shown.panels for figure in panel.figures):
        found.append("Crossed out: denied or called back, and not in the line.")
    if any(figure.toll.high is None for panel in shown.panels for figure in panel.figures):
        found.append("Arrow: at least so many.")
    if undated := sum(panel.undated for panel in shown.panels):
        found.append(f"Without a date: {plural(undated, 'figure')}.")
    if shown.more:
        found.append(f"Not drawn: {plural(shown.more, 'more count')}.")
    return found
