"""How far a report went: articles, outlets, and the origins they go back to, with who belongs to which and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sayso.model import Article
from sayso.report.archive import Archive
from sayso.report.sayings import UNKNOWN, independent
from sayso.text import fold


@dataclass(frozen=True, slots=True)
class Share:
    """One article of an origin."""

    article: str
    outlet: str
    published: str | None
    title: str | None
    why: str  # it goes back to this origin: its credits, or from which article it was taken


@dataclass(frozen=True, slots=True)
class OriginShare:
    """One independent origin with the articles that go back to it, by date of publication."""

    name: str
    ids: tuple[str, ...]  # of the origin's records: an agency that reports twice is two records and one voice
    articles: tuple[Share, ...]
    independent: bool  # an unknown origin beside a known one adds none


@dataclass(frozen=True, slots=True)
class Reach:
    """Articles, outlets and origins of one thing told."""

    articles: int
    outlets: tuple[str, ...]
    origins: int
    shares: tuple[OriginShare, ...]


def reach(archive: Archive, articles: Iterable[str]) -> Reach:
    """Who reports it, by origin, the first to report first."""
    told = sorted(set(articles), key=lambda id: (archive.article(id).published or "9999", id))
    groups: dict[str, list[str]] = defaultdict(list)
    for id in told:
        groups[origin_of(archive, id)].append(id)
    counted = independent(archive, told)
    return Reach(
        articles=len(told),
        outlets=tuple(dict.fromkeys(map(archive.outlet, told))),
        origins=len(counted),
        shares=tuple(_origin(archive, name, ids, counted) for name, ids in groups.items()),
    )


def origin_of(archive: Archive, article: str) -> str:
    """The name of the origin that an article goes back to, as it is printed."""
    origin = archive.origins.get(archive.origin_of.get(article, ""))
    return origin.name if origin else UNKNOWN


def _origin(archive: Archive, name: str, ids: list[str], counted: frozenset[str]) -> OriginShare:
    return OriginShare(
        name=name,
        ids=tuple(dict.fromkeys(archive.origin_of[id] for id in ids if id in archive.origin_of)),
        articles=tuple(_share(archive, id) for id in ids),
        independent=any(fold(name) == one or one.startswith(name) for one in counted),
    )


def _share(archive: Archive, id: str) -> Share:
    article = archive.article(id)
    return Share(id, archive.outlet(id), article.published, article.title, _why(archive, article))


def _why(archive: Archive, article: Article) -> str:
    """Taken from another article, credited, or the outlet's own report."""
    if taken := archive.taken.get(article.id):
        copy = max(taken, key=lambda one: (one.share, one.of))
        return f"{copy.kind}, {copy.share:.0%} of its words, from {archive.outlet(copy.of)} [{copy.of[:8]}]"
    origin = archive.origins.get(archive.origin_of.get(article.id, ""))
    if origin is None or fold(origin.name) == UNKNOWN:
        return "no outlet and no credit is known"
    own_name = f"{article.outlet} reports under its own name"
    if fold(origin.name) == fold(article.outlet or "") or any(reason.detail == own_name for reason in origin.reasons):
        return "its own report"
    if credited := next((credit for credit in article.credits if "(photo)" not in credit), None):
        return f"credits {credited}"
    return "; ".join(dict.fromkeys(reason.detail for reason in origin.reasons if reason.detail)) or "joined"


# --------------------------------------------------------------------------- who was first


@dataclass(frozen=True, slots=True)
class First:
    """The first report of something, or those that may each be: told to the precision that is known."""

    published: str | None
    articles: tuple[str, ...]  # several are a tie
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    undated: int  # reports without a date, any of which may be earlier


def first_report(archive: Archive, articles: Iterable[str]) -> First:
    """Which article reported first; of a copy and its original in a tie only the original."""
    told = sorted(set(articles))
    dated = [id for id in told if archive.article(id).published]
    tied = list(_earliest(archive, dated)) if dated else told
    taken = {id for id in tied if any(copy.of in tied for copy in archive.taken.get(id, ()))}
    first = [id for id in tied if id not in taken]
    times = sorted(archive.article(id).published or "" for id in first)
    return First(
        published=times[0] or None if times else None,
        articles=tuple(first),
        outlets=tuple(dict.fromkeys(map(archive.outlet, first))),
        origins=tuple(dict.fromkeys(origin_of(archive, id) for id in first)),
        undated=len(told) - len(dated) if dated else 0,
    )


def _earliest(archive: Archive, dated: list[str]) -> Iterator[str]:
    """Articles of the first day that none is known to precede: an hour tells only among those that give one."""
    day = min(_day(archive.article(id)) for id in dated)
    of_day = [id for id in dated if _day(archive.article(id)) == day]
    hours = {id: hour for id in of_day if (hour := _hour(archive.article(id))) is not None}
    first = min(hours.values(), default=None)
    return (id for id in of_day if id not in hours or hours[id] == first)


def _day(article: Article) -> str:
    return (article.published or "")[:10]


def _hour(article: Article) -> float | None:
    """Seconds since 1970 of a publication told to the minute with its time zone; None for a day."""
    try:
        moment = datetime.fromisoformat(article.published or "")
    except ValueError:
        return None
    return moment.timestamp() if moment.tzinfo and len(article.published or "") > 10 else None
