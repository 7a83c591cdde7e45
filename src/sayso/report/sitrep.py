"""A situation report: what happened and on whose say-so, every line with its references."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.errors import InputError
from sayso.model import Harm, Incident, Span, Toll, TollEstimate
from sayso.report import copies, tables
from sayso.report.archive import Archive, bounds, days, depth
from sayso.report.claims import Asked, ClaimRow, Desk
from sayso.report.facets import Facet, agree, agree_on_names, figures_beside
from sayso.report.grounds import ground, ground_of
from sayso.report.identity import PRONOUNS
from sayso.report.labels import uses
from sayso.report.positions import Standing

_SHOWN = 15  # incidents told in full
_TOLLS = 20  # figures told with the reports under them
_CHAINS = 10
_FRAGMENT = 30  # characters: what is shorter says nothing alone
_QUOTE = 260  # characters


@dataclass(frozen=True, slots=True)
class Scope:
    """Which incidents a report is about."""

    since: str | None
    until: str | None
    place: str | None
    story: str | None

    def holds(self, archive: Archive, incident: Incident) -> bool:
        if self.since and (incident.last or "") < self.since:
            return False
        if self.until and (incident.first or "9999") > self.until:
            return False
        if self.place and self.place.casefold() not in (
            (incident.place or "").casefold(),
            (incident.country or "").casefold(),
        ):
            return False
        return self.story is None or incident.id in _story_incidents(archive, self.story)


def _story_incidents(archive: Archive, id: str) -> frozenset[str]:
    found = [story for story in archive.links.stories if story.id.startswith(id)]
    if len(found) != 1:
        raise InputError("no story has this id, or several begin with it", about=id, way_out="give more digits")
    return frozenset(found[0].incidents)


def sitrep(
    archive: Archive, since: str | None, until: str | None, place: str | None, story: str | None, form: str
) -> str:
    """The report as Markdown, or as one HTML file that needs nothing else."""
    scope = Scope(since, until, place, story)
    ranked = (archive.incidents[row.id] for row in tables.incidents(archive))
    chosen = [incident for incident in ranked if scope.holds(archive, incident)]
    text = "\n".join(_References(archive, chosen).lines(scope)) + "\n"
    return _page(text) if form == "html" else text


class _References:
    """Builds the report and numbers the articles it cites."""

    def __init__(self, archive: Archive, incidents: list[Incident]) -> None:
        self.archive = archive
        self.desk = Desk(archive)
        self.incidents = incidents
        self._numbers: dict[str, int] = {}

    def cite(self, articles: Iterator[str] | list[str] | tuple[str, ...]) -> str:
        numbers = sorted(
            self._numbers.setdefault(article, len(self._numbers) + 1) for article in dict.fromkeys(articles)
        )
        return _brackets(numbers)

    def lines(self, scope: Scope) -> Iterator[str]:
        yield f"# Situation report{_about(self.archive, scope)}"
        yield ""
        yield self._counts()
        for title, section in (
            ("What happened", self._happened),
            ("How many were harmed", self._tolls),
            ("Disputed", self._disputed),
            ("Who said it to whom", self._chains),
            ("What they call it", self._naming),
            ("Given as cause or blame", self._causes),
            ("Copies: not counted as confirmation", self._copies),
            ("Could not be used", self._unused),
        ):
            body = list(section())
            if body:
                yield from ("", f"## {title}", "", *body)
        yield from ("", "## Articles cited", "")
        yield from self._cited()

    def _counts(self) -> str:
        articles = {article for incident in self.incidents for article in incident.articles}
        origins = {self.archive.origin_of.get(article, article) for article in articles}
        outlets = {self.archive.outlet(article) for article in articles}
        return (
            f"{len(articles)} articles of {len(outlets)} outlets go back to {len(origins)} independent origins and "
            f"tell {len(self.incidents)} incidents. A number in brackets is an article, listed at the end."
        )

    def _chosen(self) -> list[Incident]:
        """The weightiest incidents, in order of date; of several told by one sentence the weightiest."""
        chosen: dict[str, Incident] = {}
        for incident in self.incidents:
            chosen.setdefault(incident.summary, incident)
        shown = list(chosen.values())[:_SHOWN]
        return sorted(
            shown, key=lambda one: (one.first or "9999", one.last or "9999", -tables.weight(self.archive, one), one.id)
        )

    def _happened(self) -> Iterator[str]:
        shown = self._chosen()
        for incident in shown:
            when = days(incident.first, incident.last) or "undated"
            where = incident.place or incident.country or "place unknown"
            yield f"- **{_plain(when)}, {_plain(where)}.** “{_clip(incident.summary)}” {self.cite(incident.articles)}  "
            yield f"  {' '.join(self._standing(incident))}"
        if len(self.incidents) > len(shown):
            yield f"- … and {len(self.incidents) - len(shown)} lesser ones; `sayso incidents` lists them all."

    def _standing(self, incident: Incident) -> Iterator[str]:
        """What it cost, on whose word it stands and who disputes it."""
        tolls = [self._total(toll) for toll in incident.tolls if _worth(toll)]
        if tolls:
            yield f"*{_capital('; '.join(tolls))}.*"
        count, reports = len(incident.origins), len(incident.articles)
        own, cited = tables.own_voices(self.archive, incident)
        words = [f"own voice of {_listed(own, 4)}"] if own else []
        words += [f"said by {_listed(cited, 3)}"] if cited else []
        words += ["no outlet says it itself"] if cited and not own else []
        copies = f" in {reports} reports" if reports > count else ""
        yield f"{count} independent {_plural(count, 'origin')}{copies}: {'; '.join(words) or 'source unclear'}."
        denied = tables.disputes(self.archive, incident)
        if denied:
            names = list(dict.fromkeys(self.archive.source(claim.chain[-1]) for claim in denied if claim.chain))
            yield f"Disputed by {_listed(names, 3)}."
        yield from self._agreed(incident)
        yield f"`{incident.id[:8]}`"

    def _agreed(self, incident: Incident) -> Iterator[str]:
        """Of what several origins tell, what they agree on and what one of them tells alone."""
        agreed = agree(self.desk, incident)
        if len(agreed.origins) < 2:
            return
        for standing in (Standing.CONTESTED, Standing.UNDISPUTED, Standing.SINGLE):
            names = [facet.name for facet in agreed.facets if facet.standing is standing]
            if names:
                yield f"{_capital(standing.value)}: {', '.join(names)}."

    def _tolls(self) -> Iterator[str]:
        told = [(incident, toll) for incident in self.incidents for toll in incident.tolls if _worth(toll)]
        for incident, total in told[:_TOLLS]:
            parts = (incident.place or incident.country, days(incident.first, incident.last))
            where = _plain(", ".join(filter(None, parts))) or "Place and day unknown"
            yield f"- **{_capital(self._total(total))}.** {where} `{incident.id[:8]}`"
            same, earlier = figures_beside(self.archive, incident, total)
            yield from self._figures("", [*total.basis, *same])
            yield from self._figures("disagrees: ", total.dissent)
            yield from self._figures("corrected: ", dict.fromkeys(wrong for wrong, _ in total.corrected))
            yield from self._figures("withdrawn: ", total.withdrawn)
            yield from self._figures("earlier, or of a part: ", earlier)
        if len(told) > _TOLLS:
            yield f"- … and {len(told) - _TOLLS} more; `sayso tolls` lists them all."

    def _total(self, total: TollEstimate) -> str:
        """The reconciled figure with its range; where none stands, the ones that were withdrawn."""
        if total.basis or total.dissent:
            return tables.estimate(replace(total, dissent=(), withdrawn=(), corrected=()))
        gone = {self.archive.tolls[id].low for id in total.standings if id in self.archive.tolls}
        return f"{total.harm}: withdrawn, {', '.join(f'{figure:,}' for figure in sorted(gone))}"

    def _figures(self, standing: str, ids: Iterable[str]) -> Iterator[str]:
        """One line a figure: the words of a report, and on whose word each report gives it."""
        found = [self.archive.tolls[id] for id in ids if id in self.archive.tolls]
        found.sort(key=lambda toll: (self.archive.article(toll.span.article).published or "9999", toll.id))
        by_figure: dict[str, list[Toll]] = defaultdict(list)
        for toll in found:
            by_figure[bounds(toll.low, toll.high)].append(toll)
        for figure, tolls in by_figure.items():
            voices = list(dict.fromkeys(self._voice(toll) for toll in tolls))
            cited = self.cite([toll.span.article for toll in tolls])
            quoted = max((self.archive.quote(toll.span) for toll in tolls), key=len)
            words = f" (“{_clip(quoted)}”)" if quoted != figure else ""
            yield f"  - {standing}{figure}{words}: {_listed(voices, 3)} {cited}"

    def _voice(self, toll: Toll) -> str:
        return ground(self.archive, toll).says

    def _disputed(self) -> Iterator[str]:
        """Events first, then figures: only what one source denies or doubts and another tells."""
        seen: set[str] = set()
        for incident in self.incidents:
            for claim in tables.disputes(self.archive, incident):
                if claim.id in seen or not claim.chain:
                    continue
                seen.add(claim.id)
                who = _plain(self.archive.source(claim.chain[-1]))
                said = _clip(self.archive.quotes(claim.content))
                against = f"against “{_clip(incident.summary)}” `{incident.id[:8]}`"
                yield f"- {who} {claim.stance} “{said}” {self.cite([claim.content[0].article])}, {against}"
        for incident in self.incidents:
            for facet in agree(self.desk, incident).contested:
                yield from self._sides(facet, f"`{incident.id[:8]}`")
        articles = {article for incident in self.incidents for article in incident.articles}
        for story in self.archive.links.stories:
            if articles & set(story.articles):
                for facet in agree_on_names(self.desk, story).contested:
                    yield from self._sides(facet, f"“{_clip(story.title)}”")

    def _sides(self, facet: Facet, of: str) -> Iterator[str]:
        """The positions of a facet that stand against one another, beside the denials that are told already."""
        opposed = [one for one in facet.positions if one.standing is Standing.CONTESTED and not one.denies]
        if len(opposed) < 2:
            return
        sides = []
        for one in opposed:
            names = _listed(list(dict.fromkeys(who.name for who in one.holders)), 3)
            sides.append(f"{_plain(one.says)} ({names}) {self.cite([who.article for who in one.holders])}")
        yield f"- {_capital(facet.name)}: {' against '.join(sides)}, {of}"

    def _chains(self) -> Iterator[str]:
        links = {id: depth(claim) for id, claim in self.archive.claims.items()}
        claims = self.desk.claims(Asked())
        rows = [row for row in claims if links[row.id] > 1 or row.addressee or row.channel]
        rows = [row for row in rows if self._in_scope(row.article) and _readable(row)]
        for row in sorted(rows, key=lambda row: (-links[row.id], row.published or "9999", row.id))[:_CHAINS]:
            to = f" to {_plain(row.addressee)}" if row.addressee else ""
            how_told = f" {_plain(row.channel)}" if row.channel else ""
            chain = _plain(" ← ".join((row.outlet or "unknown outlet", *row.chain)))
            stance = f"did not say: {row.not_said}" if row.not_said else row.stance
            how = ", ".join([_plain(stance), *([row.certainty] if row.certainty != "certain" else [])])
            yield f"- {chain}{to}{how_told} ({how}): “{_clip(row.content)}” {self.cite([row.article])}"

    def _naming(self) -> Iterator[str]:
        used: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for use in uses(self.archive):
            if self._in_scope(use.article):
                used[use.label.casefold()][use.says].append(use.article)
        for words, sayers in sorted(used.items(), key=lambda item: -sum(map(len, item[1].values())))[:_SHOWN]:
            articles = [article for found in sayers.values() for article in found]
            who = "; ".join(map(_plain, list(sayers)[:4])) + (f"; {len(sayers) - 4} more" if len(sayers) > 4 else "")
            yield f"- “{_plain(words)}”: {who} {self.cite(articles)}"

    def _causes(self) -> Iterator[str]:
        for incident in self.incidents:
            for id in incident.events:
                event = self.archive.events[id]
                for cause in event.causes:
                    who = _plain(ground_of(self.archive, event, cause).says)
                    what = f"{_kind(event.type, (event.mode,) if event.mode else ())} “{self._words(event.trigger)}”"
                    cited = self.cite([cause.span.article])
                    yield f"- {what}: {cause.kind} “{self._words(cause.span)}”, {who} {cited}"

    def _copies(self) -> Iterator[str]:
        for row in copies.copies(self.archive):
            if self._in_scope(row.article):
                taker, giver = (_plain(outlet or "unknown outlet") for outlet in (row.outlet, row.of_outlet))
                who = f"{taker} {self.cite([row.article])} from {giver} {self.cite([row.of])}"
                yield f"- {who}: {row.kind}, {row.share:.0%} of its words"

    def _unused(self) -> Iterator[str]:
        for rejected in self.archive.rejected:
            yield f"- {_plain(rejected.origin.rsplit('/', 1)[-1])}: {rejected.reason}"
        for analysis in self.archive.analyses.values():
            article = analysis.article
            if article.lang and not analysis.actors and not analysis.events and not analysis.claims:
                yield f"- {_plain(article.title or article.id)}: no pipeline or nothing found, language {article.lang}"

    def _cited(self) -> Iterator[str]:
        for article_id, number in sorted(self._numbers.items(), key=lambda item: item[1]):
            article = self.archive.article(article_id)
            title = article.title or " ".join(article.text.split()[:10]) + " …"
            origin = self.archive.origins.get(self.archive.origin_of.get(article_id, ""))
            yield (
                f"{number}. {_plain(article.outlet or 'unknown outlet')}, {(article.published or 'undated')[:10]}: "
                f"{_plain(title)} (origin: {_plain(origin.name) if origin else 'unknown'}) `{article_id[:8]}`"
            )

    def _words(self, span: Span) -> str:
        return _clip(self.archive.quote(span))

    def _in_scope(self, article: str) -> bool:
        return any(article in incident.articles for incident in self.incidents)


def _about(archive: Archive, scope: Scope) -> str:
    period = days(scope.since, scope.until)
    parts = [part for part in (scope.place, period) if part]
    return f": {', '.join(parts)}" if parts else ""


def _kind(type: str, modes: tuple[str, ...]) -> str:
    return type.lower() + (f", {', '.join(modes)}" if modes else "")


def _brackets(numbers: Sequence[int]) -> str:
    """ "[2][5]–[9]": numbers in order, runs of three and more closed up."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "".join(
        f"[{run[0]}]–[{run[-1]}]" if len(run) > 2 else "".join(f"[{number}]" for number in run) for run in runs
    )


def _worth(toll: TollEstimate) -> bool:
    """Whether a figure is worth a line: somebody was harmed, or was said to be; "none killed" is news too."""
    return (
        bool(toll.withdrawn or toll.corrected or toll.best or toll.low or (toll.high or 0)) or toll.harm is Harm.KILLED
    )


def _listed(names: Sequence[str], most: int) -> str:
    """ "SNA, Meridian Wire and 2 more"."""
    rest = len(names) - most
    return ", ".join(map(_plain, names[:most])) + (f" and {rest} more" if rest > 0 else "")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _readable(row: ClaimRow) -> bool:
    """Whether a saying can be read alone: named speakers, and more than a fragment of content."""
    named = not any(name.casefold() in PRONOUNS for name in row.chain)
    return named and len(row.content) >= _FRAGMENT and "…" not in row.content[:12]


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else noun + "s"


def _clip(text: str) -> str:
    return _plain(text if len(text) <= _QUOTE else text[: text.rfind(" ", 0, _QUOTE)] + " …")


def _plain(text: str) -> str:
    """Words of an article with nothing left in them that Markdown or HTML would read as mark-up."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))


_STYLE = """:root{--ink:#1c2430;--soft:#5b6675;--line:#d9dee5;--mark:#f3f5f8}
body{font:16px/1.55 Georgia,"Times New Roman",serif;max-width:46rem;margin:2.5rem auto;padding:0 1.2rem;
color:var(--ink)}
h1,h2{font-family:system-ui,sans-serif;line-height:1.2}h1{font-size:1.75rem;margin-bottom:.4rem}
h2{font-size:1.1rem;margin-top:2.4rem;border-bottom:2px solid var(--ink);padding-bottom:.3rem}
h1+p{color:var(--soft)}ul,ol{padding-left:1.1rem}li{margin:.55rem 0}li::marker{color:var(--soft)}
li ul{margin:.1rem 0;font-size:.88rem;color:var(--soft)}li li{margin:.1rem 0}ol{font-size:.88rem}
strong{font-family:system-ui,sans-serif;font-size:.93em}em{font-style:normal;font-weight:bold;color:#8c1c13}
code{font-size:.75em;color:var(--soft);background:var(--mark);padding:.05rem .3rem;border-radius:.2rem}
a{color:#22558c;text-decoration:none}@media print{body{margin:0;max-width:none}}"""


def _page(text: str) -> str:
    """Markdown as one HTML page; raw HTML in it stays text."""
    from markdown_it import MarkdownIt

    body = MarkdownIt("commonmark", {"html": False}).render(text)
    title = html.escape(text.splitlines()[0].lstrip("# "))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    )
