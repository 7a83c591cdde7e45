"""Makes the record of a situation report: its head, its sections and the articles it cites."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sayso.model import Harm, Incident, TollEstimate
from sayso.report.archive import days
from sayso.report.changes import Change
from sayso.report.claims import Desk
from sayso.report.plots.calendar import calendar
from sayso.report.plots.marks import locate
from sayso.report.plots.wording import country_name
from sayso.report.positions import Standing
from sayso.report.sitrep.happened import happened, harmed, holding, total, where_and_when
from sayso.report.sitrep.left import copied, news, unused
from sayso.report.sitrep.record import Cited, Fact, Item, Line, Part, Report, Section
from sayso.report.sitrep.said import causes, chains, contested_names, disputed, naming
from sayso.report.sitrep.scope import ALL, Bench, Scope, head, line
from sayso.report.sitrep.wording import NAME, capital, clip, listed
from sayso.text import plural

_COUNTRIES = 6  # of the head
_LARGEST = 3
_CONTESTED = 4
_LISTED = 300  # articles that are all listed, by date; of more those that a line rests on
_HARMS = (Harm.KILLED, Harm.INJURED)

_SECTIONS: tuple[tuple[str, Callable[[Bench], Iterator[Item]]], ...] = (
    ("What happened", happened),
    ("How many were harmed", harmed),
    ("Disputed", disputed),
    ("Who said it to whom", chains),
    ("What they call it", naming),
    ("Given as cause or blame", causes),
    ("Copies: not counted as confirmation", copied),
    ("Could not be used", unused),
)


def make_report(desk: Desk, scope: Scope = ALL, changes: Sequence[Change] = (), since: str = "") -> Report:
    """The report on a scope; with what changed `since` a day (`Project.since`) as a section of its own.

    A pure function of the archive. InputError where the scope names a story that is not there.
    """
    incidents = scope.incidents(desk.archive)
    bench = Bench(desk, scope, incidents)
    facts = tuple(_facts(bench))
    sections = [(f"New since {since}", tuple(news(bench, changes)))] if since else []
    sections += [(title, tuple(write(bench))) for title, write in _SECTIONS]
    held = {incident.id for incident in incidents}
    placed = locate(desk.archive, scope.since, scope.until, among=held)
    return Report(
        title=_title(bench),
        facts=facts,
        sections=tuple(Section(title, items) for title, items in sections if items),
        articles=tuple(_cited(bench)),
        map=placed if placed.marks else None,
        timeline=calendar(desk.archive, scope.since, scope.until, held),
    )


def _title(bench: Bench) -> str:
    scope = bench.scope
    story = next(
        (one.title for one in bench.archive.links.stories if scope.story and one.id.startswith(scope.story)), ""
    )
    place = country_name(scope.place.upper()) if scope.place and len(scope.place) == 3 else scope.place
    parts = [clip(part, NAME) for part in (place, story, days(scope.since, scope.until)) if part]
    return f"Situation report{': ' if parts else ''}{', '.join(parts)}"


# --------------------------------------------------------------------------- the head


def _facts(bench: Bench) -> Iterator[Fact]:
    """Five lines: when, where, how many tell how much, who was harmed, what is contested."""
    by_day = sorted(bench.articles, key=lambda id: (bench.archive.article(id).published or "9999", id))
    cited = bench.cite(by_day if len(by_day) <= _LISTED else ())
    hurt, against = _most_harmed(bench, cited), _most_contested(bench, cited)
    said = (line(_period(bench), cited), line(_places(bench.incidents), cited), line(_counts(bench), cited))
    for name, one in zip(("Period", "Place", "Told by", "Harmed", "Contested"), (*said, hurt, against), strict=True):
        yield Fact(name, one if one.refs else replace(one, note=True))


def _period(bench: Bench) -> str:
    told = sorted(day for one in bench.incidents for day in (one.first, one.last) if day)
    asked = days(bench.scope.since, bench.scope.until)
    covered = days(told[0], told[-1]) if told else "no incident with a date"
    return f"{asked}; incidents are dated {covered}" if asked and told else asked or covered


def _places(incidents: Sequence[Incident]) -> str:
    counts = Counter(country_name(one.country) for one in incidents if one.country)
    ranked = [f"{name} ({plural(count, 'incident')})" for name, count in counts.most_common()]
    unknown = len(incidents) - counts.total()
    unplaced = [f"country unknown ({plural(unknown, 'incident')})"] if unknown else []
    return listed([*ranked, *unplaced], _COUNTRIES) or "No incident"


def _counts(bench: Bench) -> str:
    origins = {bench.archive.origin_of.get(article, article) for article in bench.articles}
    outlets = {bench.archive.outlet(article) for article in bench.articles}
    return (
        f"{plural(len(bench.articles), 'article')} of {plural(len(outlets), 'outlet')} go back to "
        f"{plural(len(origins), 'independent origin')} and tell {plural(len(bench.incidents), 'incident')}"
    )


def _most_harmed(bench: Bench, otherwise: Part) -> Line:
    """The largest reconciled counts of a harm, side by side: they may overlap and are never added up."""
    parts: list[Part | str] = []
    for harm in _HARMS:
        for incident, one in _largest(bench.incidents, harm):
            basis = (bench.archive.tolls[id].span.article for id in one.basis if id in bench.archive.tolls)
            cited = bench.cite(basis)
            parts += [";" if parts else "", head(total(bench, one)), f", {where_and_when(incident)}", cited]
    if not parts:
        return line("No figure of killed or injured stands", otherwise)
    return line("Largest counts, which may overlap and are not added up:", *parts)


def _largest(incidents: Sequence[Incident], harm: Harm) -> list[tuple[Incident, TollEstimate]]:
    found = [(one, toll) for one in incidents for toll in one.tolls if toll.harm is harm and toll.basis]
    ranked = sorted(found, key=lambda pair: (-_count(pair[1]), not pair[0].country, pair[0].id))
    once: dict[tuple[int, str | None], tuple[Incident, TollEstimate]] = {}
    for one, toll in ranked:  # "225 killed" of nowhere is hardly another 225
        known = one.country or next((place for count, place in once if count == _count(toll)), None)
        once.setdefault((_count(toll), known), (one, toll))
    return [pair for pair in once.values() if _count(pair[1])][:_LARGEST]


def _count(toll: TollEstimate) -> int:
    return toll.best or toll.low


def _most_contested(bench: Bench, otherwise: Part) -> Line:
    told = [*_contested_incidents(bench), *_contested_stories(bench)]
    if not told:
        return line("Nothing: no two voices stand against one another", otherwise)
    parts: list[Part | str] = []
    for what, articles in told[:_CONTESTED]:
        parts += [";" if parts else "", what if parts else capital(what), bench.cite(articles)]
    if rest := told[_CONTESTED:]:
        parts += [f"; and {len(rest)} more", bench.cite(article for _, articles in rest for article in articles)]
    return line(*parts)


def _contested_incidents(bench: Bench) -> Iterator[tuple[str, list[str]]]:
    for one in bench.incidents:
        facets, denied = bench.agreed(one).contested, bench.denied(one)
        if facets or denied:
            names = ", ".join(facet.name for facet in facets) or "what happened"
            articles = [claim.content[0].article for claim in denied] + holding(facets, Standing.CONTESTED)
            yield f"{where_and_when(one)}: {names}", articles


def _contested_stories(bench: Bench) -> Iterator[tuple[str, list[str]]]:
    for title, facets in contested_names(bench):
        names = ", ".join(facet.name for facet in facets)
        yield f"“{clip(title, 80)}”: {names}", holding(facets, Standing.CONTESTED)


# --------------------------------------------------------------------------- the articles


def _cited(bench: Bench) -> Iterator[Cited]:
    for id, number in sorted(bench.numbers.items(), key=lambda item: item[1]):
        article = bench.archive.article(id)
        origin = bench.archive.origins.get(bench.archive.origin_of.get(id, ""))
        first_words = " ".join(article.text[:1000].split()[:10]) + " …"
        yield Cited(
            number=number,
            id=id[:8],
            outlet=clip(article.outlet or "unknown outlet", NAME),
            day=(article.published or "undated")[:10],
            title=clip(article.title or first_words, NAME),
            origin=clip(origin.name, NAME) if origin else "unknown",
        )
