"""A situation report: what happened and on whose say-so, every line with its references."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model import Incident, Span
from sayso.report import tables
from sayso.report.archive import Archive, bounds, days

_SHOWN = 15  # incidents told in full
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
    chosen = [incident for incident in archive.links.incidents if scope.holds(archive, incident)]
    text = "\n".join(_References(archive, chosen).lines(scope)) + "\n"
    return _page(text) if form == "html" else text


class _References:
    """Builds the report and numbers the articles it cites."""

    def __init__(self, archive: Archive, incidents: list[Incident]) -> None:
        self.archive = archive
        self.incidents = incidents
        self._numbers: dict[str, int] = {}

    def cite(self, articles: Iterator[str] | list[str] | tuple[str, ...]) -> str:
        numbers = sorted(
            self._numbers.setdefault(article, len(self._numbers) + 1) for article in dict.fromkeys(articles)
        )
        return "".join(f"[{number}]" for number in numbers)

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
        origins = {origin for incident in self.incidents for origin in incident.origins}
        outlets = {self.archive.outlet(article) for article in articles}
        return (
            f"{len(self.incidents)} incidents in {len(articles)} articles of {len(outlets)} outlets, which go back to "
            f"{len(origins)} independent origins."
        )

    def _happened(self) -> Iterator[str]:
        kept = {incident.id for incident in self.incidents}
        rows = [row for row in tables.incidents(self.archive) if row.id in kept]
        shown = sorted(rows[:_SHOWN], key=lambda row: (row.first or "9999", row.id))
        for row in shown:
            when = days(row.first, row.last) or "undated"
            where = row.place or row.country or "place unknown"
            incident = self.archive.incidents[row.id]
            told = f"“{_clip(row.summary)}” {self.cite(incident.articles)}"
            yield f"- **{when}, {where}** ({_kind(row.type, row.modes)}): {told}"
            yield (
                f"  {row.origins} independent {_plural(row.origins, 'origin')}, {row.articles} "
                f"{_plural(row.articles, 'report')}{', disputed' if row.disputed else ''}; told by "
                f"{'; '.join(map(_plain, row.sources[:3]))}. `{row.id[:8]}`"
            )
        if len(rows) > _SHOWN:
            yield f"- … and {len(rows) - _SHOWN} more, told by fewer origins."

    def _tolls(self) -> Iterator[str]:
        for incident in self.incidents:
            for total in incident.tolls:
                best = f"{total.best:,}" if total.best is not None else "unknown"
                where = ", ".join(
                    filter(None, (incident.place or incident.country, days(incident.first, incident.last)))
                )
                yield f"- **{total.harm} {best}** ({bounds(total.low, total.high)}) {where} `{incident.id[:8]}`"
                for standing, ids in (
                    ("", total.basis),
                    ("disagrees: ", total.dissent),
                    ("withdrawn: ", total.withdrawn),
                ):
                    yield from (f"  - {standing}{self._figure(id)}" for id in ids if id in self.archive.tolls)

    def _figure(self, id: str) -> str:
        toll = self.archive.tolls[id]
        article = toll.span.article
        return (
            f"{bounds(toll.low, toll.high)}: “{_clip(self.archive.quote(toll.span))}”, "
            f"{_plain(self.archive.voices(toll.claims, article))} {self.cite([article])}"
        )

    def _disputed(self) -> Iterator[str]:
        for row in tables.claims(self.archive):
            if row.stance in ("denies", "doubts") and row.about and self._in_scope(row.article):
                who = _plain(" ← ".join(row.chain))
                yield f"- {who} {row.stance}: “{_clip(row.content)}” {self.cite([row.article])}"

    def _chains(self) -> Iterator[str]:
        rows = [row for row in tables.claims(self.archive) if len(row.chain) > 1 or row.addressee or row.channel]
        rows = [row for row in rows if self._in_scope(row.article)]
        for row in sorted(rows, key=lambda row: -len(row.chain))[:_SHOWN]:
            to = f" to {_plain(row.addressee)}" if row.addressee else ""
            by = f" by {_plain(row.channel)}" if row.channel else ""
            chain = _plain(" ← ".join((row.outlet or "unknown outlet", *row.chain)))
            yield f"- {chain}{to}{by} ({row.stance}): “{_clip(row.content)}” {self.cite([row.article])}"

    def _naming(self) -> Iterator[str]:
        uses: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for _, words, says, article in tables.labels(self.archive):
            if self._in_scope(article):
                uses[words.casefold()][says].append(article)
        for words, sayers in sorted(uses.items(), key=lambda item: -sum(map(len, item[1].values())))[:_SHOWN]:
            articles = [article for used in sayers.values() for article in used]
            who = "; ".join(map(_plain, list(sayers)[:4])) + (f"; {len(sayers) - 4} more" if len(sayers) > 4 else "")
            yield f"- “{_plain(words)}”: {who} {self.cite(articles)}"

    def _causes(self) -> Iterator[str]:
        for incident in self.incidents:
            for id in incident.events:
                event = self.archive.events[id]
                for cause in event.causes:
                    who = _plain(self.archive.voices(event.claims, cause.span.article))
                    what = f"{_kind(event.type, (event.mode,) if event.mode else ())} “{self._words(event.trigger)}”"
                    cited = self.cite([cause.span.article])
                    yield f"- {what}: {cause.kind} “{self._words(cause.span)}”, {who} {cited}"

    def _copies(self) -> Iterator[str]:
        for row in tables.copies(self.archive):
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


def _plural(count: int, noun: str) -> str:
    return noun if count == 1 else noun + "s"


def _clip(text: str) -> str:
    return _plain(text if len(text) <= _QUOTE else text[: text.rfind(" ", 0, _QUOTE)] + " …")


def _plain(text: str) -> str:
    """Words of an article with nothing left in them that Markdown or HTML would read as mark-up."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))


_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
h1{font-size:1.7rem}h2{font-size:1.15rem;margin-top:2rem;border-bottom:1px solid #d5dae1;padding-bottom:.2rem}
li{margin:.35rem 0}code{font-size:.8em;color:#5b6675}"""


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
