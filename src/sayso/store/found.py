"""Which record an id, or the beginning of one, belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Table

from sayso.model import Links
from sayso.ports import Found, LinkIndex, Succession
from sayso.store import schema

SHORTEST = 4  # characters of a prefix that may stand for an id
# Kind of record, its table, and the column that names its article (None: it belongs to many). Where one id stands
# for several records (an incident named after an event), the first kind is meant.
KINDS: tuple[tuple[str, Table, str | None], ...] = (
    ("article", schema.articles, "id"),
    ("incident", schema.incidents, None),
    ("story", schema.stories, None),
    ("origin", schema.origins, None),
    ("copy", schema.copies, "article"),
    ("event", schema.events, "article"),
    ("claim", schema.claims, "article"),
    ("toll", schema.tolls, "article"),
    ("actor", schema.actors, "article"),
    ("place", schema.places, "article"),
    ("time", schema.times, "article"),
)


def links_of(index: LinkIndex, ids: Sequence[str]) -> Links:
    """The incidents that hold these events, and the copies that these articles are."""
    wanted = sorted(set(ids))
    incidents = index.incidents(sorted(set(index.incident_of(wanted).values())))
    return Links(copies=tuple(index.copies(wanted)), incidents=tuple(incidents))


def choose(asked: str, found: Iterable[tuple[str, str, str | None]]) -> Found | None:
    """The one of (id, kind, article) that is meant; None if that is not clear."""
    matches = [each for each in found if each[0] == asked or len(asked) >= SHORTEST]
    exact = [each for each in matches if each[0] == asked] or matches
    if len({id for id, _, _ in exact}) != 1:
        return None
    order = [kind for kind, _, _ in KINDS]
    id, kind, article = min(exact, key=lambda each: (order.index(each[1]), each[2] or ""))
    return Found(kind, id, article)


def follow(asked: str, kind: str | None, told: Iterable[Succession]) -> Found | None:
    """What took the place of the retired incident or story that an id, or its beginning, stands for.

    `told` is what became of ids, in order of time; of several heirs the first is meant.
    """
    heirs: dict[tuple[str, str], str] = {}
    for one in told:
        if one.new and kind in (None, one.kind):
            heirs[one.kind, one.old] = one.new
    begun = {key for key in heirs if key[1].startswith(asked) and len(asked) >= SHORTEST}
    if len(begun) != 1:
        return None
    (named, id) = begun.pop()
    seen = {id}
    while (heir := heirs.get((named, id))) and heir not in seen:
        seen.add(heir)
        id = heir
    return Found(named, id, None)
