"""What counts for nothing: copies, and what could not be used. And what is told since a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from sayso.report.changes import Change, ChangeKind, change_line
from sayso.report.sitrep.record import Item
from sayso.report.sitrep.scope import Bench, head, id_of, left_out, line, note
from sayso.report.sitrep.wording import NAME, capital, clip

_NEWS = 20  # incidents
_COPIES = 20
_ENTRIES = 40  # rejects, or articles that gave nothing


def copied(bench: Bench) -> Iterator[Item]:
    """Which article was taken from which, the closest first."""
    told = [copy for copy in bench.archive.links.copies if copy.article in bench.articles]
    for copy in sorted(told, key=lambda one: (-one.share, one.article))[:_COPIES]:
        taker, giver = (clip(bench.archive.outlet(id), NAME) for id in (copy.article, copy.of))
        of = bench.cite([copy.of])
        how = f"{capital(copy.kind)}, {copy.share:.0%} of its words:"
        yield Item(line(how, taker, bench.cite([copy.article]), "from", giver, of))
    yield from left_out(len(told), _COPIES, "copies")


def unused(bench: Bench) -> Iterator[Item]:
    """Sources that were rejected, and articles in which nothing was found; of a period its articles alone."""
    found = list(_unused(bench))
    yield from found[:_ENTRIES]
    if len(found) > _ENTRIES:
        yield Item(note(f"… and {len(found) - _ENTRIES} more."))


def _unused(bench: Bench) -> Iterator[Item]:
    scope = bench.scope
    for rejected in () if scope.since or scope.until else bench.archive.rejected:  # which have no day
        yield Item(note(f"{clip(rejected.origin.rsplit('/', 1)[-1], NAME)}: {clip(rejected.reason)}"))
    for analysis in bench.archive.analyses.values():
        article = analysis.article
        unread = article.lang and not analysis.actors and not analysis.events and not analysis.claims
        if unread and scope.spans(article.published):
            title = clip(article.title or article.id, NAME)
            yield Item(note(f"{title}: no pipeline or nothing found, language {clip(article.lang or '')}"))


def news(bench: Bench, changes: Iterable[Change]) -> Iterator[Item]:
    """What changed of the incidents in the report, each line with the reports that tell it."""
    held = {incident.id: incident for incident in bench.incidents}
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        if change.incident in held and change.evidence:
            found[change.incident].append(change)
    for id, told in list(found.items())[:_NEWS]:
        new = [one for one in told if one.kind == ChangeKind.NEW]
        lines = tuple(
            line(f"{capital(clip(change_line(one)))}", bench.cite(each.article for each in one.evidence))
            for one in new or told
        )
        about = head(capital(clip(told[0].about)))
        cited = bench.cite(each.article for one in told for each in one.evidence)
        yield Item(line(about, cited, id_of(id)), under=lines)
    yield from left_out(len(found), _NEWS, "diff")
