"""What happened, what it cost and on whose word it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from sayso.model import Harm, Incident, Toll, TollEstimate
from sayso.report import tables
from sayso.report.archive import bounds, days
from sayso.report.facets import Facet, figures_beside
from sayso.report.grounds import ground
from sayso.report.positions import Standing
from sayso.report.sitrep.record import Item, Kind, Line
from sayso.report.sitrep.scope import Bench, head, id_of, left_out, line, quote, toll
from sayso.report.sitrep.wording import capital, listed
from sayso.text import plural

_SHOWN = 15  # incidents told in full
_TOLLS = 20  # figures told with the reports under them


def happened(bench: Bench) -> Iterator[Item]:
    """The weightiest incidents by day."""
    shown = _chosen(bench)
    for incident in shown:
        yield _told(bench, incident)
    yield from left_out(len(bench.incidents), len(shown), "incidents")


def _chosen(bench: Bench) -> list[Incident]:
    """The weightiest incidents, in order of date; of several told by one sentence the weightiest."""
    chosen: dict[str, Incident] = {}
    for incident in bench.incidents:
        chosen.setdefault(incident.summary, incident)
    shown = list(chosen.values())[:_SHOWN]
    weights = {one.id: tables.weight(bench.archive, one) for one in shown}
    return sorted(shown, key=lambda one: (one.first or "9999", one.last or "9999", -weights[one.id], one.id))


def _day(incident: Incident) -> str:
    return capital(days(incident.first, incident.last) or "undated")


def _told(bench: Bench, incident: Incident) -> Item:
    where = incident.place or incident.country or "Place unknown"
    words = incident.summary or incident.type.lower()
    first = line(head(f"{capital(where)}."), quote(words), bench.cite(_tellers(bench, incident)), id_of(incident.id))
    return Item(first, tuple(_merged(_standing(bench, incident))), day=_day(incident))


def _merged(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines one after another that rest on the same articles as one, with the references once at its end."""
    for _, group in groupby(lines, key=lambda one: one.refs):
        told = list(group)
        parts = [part for one in told for part in one.parts if part.kind is not Kind.REFS]
        yield line(*(part for part in parts if part.words.strip()), told[-1].parts[-1])


def _tellers(bench: Bench, incident: Incident) -> list[str]:
    """The articles whose words a summary is; all of the incident where it is nobody's own words."""
    texts = {id: " ".join(bench.archive.article(id).text.split()) for id in incident.articles}
    found = [id for id, text in texts.items() if incident.summary and incident.summary in text]
    return found or list(incident.articles)


def _standing(bench: Bench, incident: Incident) -> Iterator[Line]:
    """What it cost, on whose word it stands and who disputes it."""
    archive = bench.archive
    tolls = [one for one in incident.tolls if worth(one)]
    if tolls:
        counted = (id for one in tolls for id in one.standings)
        said = "; ".join(total(bench, one) for one in tolls)
        yield line(toll(f"{capital(said)}."), bench.cite(_reports(bench, counted) or incident.articles))
    count, reports = len(incident.origins), len(incident.articles)
    own, cited = tables.own_voices(archive, incident)
    words = [f"own voice of {listed(own, 4)}"] if own else []
    words += [f"said by {listed(cited, 3)}"] if cited else []
    words += ["no outlet says it itself"] if cited and not own else []
    copies = f" in {reports} reports" if reports > count else ""
    who = "; ".join(words) or "source unclear"
    yield line(f"{plural(count, 'independent origin')}{copies}: {who}.", bench.cite(incident.articles))
    if denied := bench.denied(incident):
        names = list(dict.fromkeys(archive.source(claim.chain[-1]) for claim in denied))
        yield line(f"Disputed by {listed(names, 3)}.", bench.cite(claim.content[0].article for claim in denied))
    yield from _agreed(bench, incident)


def _agreed(bench: Bench, incident: Incident) -> Iterator[Line]:
    """Of what several origins tell, what they agree on and what one of them tells alone."""
    agreed = bench.agreed(incident)
    if len(agreed.origins) < 2:
        return
    for standing in (Standing.CONTESTED, Standing.UNDISPUTED, Standing.SINGLE):
        facets = [facet for facet in agreed.facets if facet.standing is standing]
        if facets:
            names = ", ".join(facet.name for facet in facets)
            yield line(f"{capital(standing.value)}: {names}.", bench.cite(holding(facets, standing)))


def holding(facets: Iterable[Facet], standing: Standing) -> list[str]:
    """The articles that hold a position of these facets which stands so."""
    held = (position for facet in facets for position in facet.positions if position.standing is standing)
    return [one.article for position in held for one in position.holders]


# --------------------------------------------------------------------------- how many were harmed


def harmed(bench: Bench) -> Iterator[Item]:
    """Reconciled figures with their ranges, and under each every report's figure with its standing."""
    told = [(incident, one) for incident in bench.incidents for one in incident.tolls if worth(one)]
    for incident, one in told[:_TOLLS]:
        under = tuple(_figures_of(bench, incident, one))
        said = head(f"{capital(total(bench, one))}.")
        cited = bench.cite(_reports(bench, one.standings) or incident.articles)
        yield Item(line(said, where_and_when(incident), cited, id_of(incident.id)), under=under)
    yield from left_out(len(told), _TOLLS, "tolls")


def where_and_when(incident: Incident) -> str:
    """ "Almaty, 2022-01-05"."""
    parts = (incident.place or incident.country, days(incident.first, incident.last))
    return ", ".join(filter(None, parts)) or "place and day unknown"


def worth(one: TollEstimate) -> bool:
    """Whether a figure is worth a line: somebody was harmed, or was said to be; "none killed" is news too."""
    return bool(one.withdrawn or one.corrected or one.best or one.low or (one.high or 0)) or one.harm is Harm.KILLED


def total(bench: Bench, one: TollEstimate) -> str:
    """The reconciled figure with its range; where none stands, the ones that were withdrawn."""
    if one.basis or one.dissent:
        return tables.estimate(replace(one, dissent=(), withdrawn=(), corrected=()))
    gone = {bench.archive.tolls[id].low for id in one.standings if id in bench.archive.tolls}
    return f"{one.harm}: withdrawn, {', '.join(f'{figure:,}' for figure in sorted(gone))}"


def _reports(bench: Bench, tolls: Iterable[str]) -> list[str]:
    held = bench.archive.tolls
    return [held[id].span.article for id in tolls if id in held]


def _figures_of(bench: Bench, incident: Incident, one: TollEstimate) -> Iterator[Line]:
    same, earlier = figures_beside(bench.archive, incident, one)
    yield from _figures(bench, "", [*one.basis, *same])
    yield from _figures(bench, "disagrees: ", one.dissent)
    yield from _figures(bench, "corrected: ", dict.fromkeys(wrong for wrong, _ in one.corrected))
    yield from _figures(bench, "withdrawn: ", one.withdrawn)
    yield from _figures(bench, "earlier, or of a part: ", earlier)


def _figures(bench: Bench, standing: str, ids: Iterable[str]) -> Iterator[Line]:
    """One line a figure: the words of a report, and on whose word each report gives it."""
    archive = bench.archive
    found = [archive.tolls[id] for id in ids if id in archive.tolls]
    found.sort(key=lambda toll: (archive.article(toll.span.article).published or "9999", toll.id))
    by_figure: dict[str, list[Toll]] = defaultdict(list)
    for one in found:
        by_figure[bounds(one.low, one.high)].append(one)
    for figure, tolls in by_figure.items():
        voices = list(dict.fromkeys(ground(archive, one).says for one in tolls))
        quoted = max((archive.quote(one.span) for one in tolls), key=len)
        said = (f"{standing}{figure} (", quote(quoted), f"): {listed(voices, 3)}")
        told = said if quoted != figure else (f"{standing}{figure}: {listed(voices, 3)}",)
        yield line(*told, bench.cite(one.span.article for one in tolls))
