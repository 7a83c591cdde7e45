"""One article: its text with all that was understood of it marked, what was not, and what was copied from where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from sayso.model import Article, Copy, CopyKind, EventType
from sayso.report import copies
from sayso.report.archive import Archive
from sayso.report.cards import Card, brief, cards, heads
from sayso.report.claims import Desk
from sayso.report.differences import Difference, compare, side_by_side
from sayso.report.gaps import gaps, silence
from sayso.report.marked import LETTERS, NAMES, Mark, MarkKind, marks
from sayso.report.reach import reach
from sayso.serve.access import Role, may
from sayso.serve.drawing.paper import draw_paper
from sayso.serve.looks import address, clip, path, render
from sayso.serve.shelf import Shelf

router = APIRouter(dependencies=[Depends(may(Role.READ))])
_CARDS = 300  # records that are marked and explained on one page, in order of the text
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")
# What a reader can choose to see, by its name in the address: its name on the page, and the kinds of marks.
LAYERS: Mapping[str, tuple[str, tuple[MarkKind, ...]]] = {
    "claims": ("claims, sources and cues", (MarkKind.CLAIM, MarkKind.SOURCE, MarkKind.CUE)),
    "seen": ("seen by own people", (MarkKind.OBSERVATION,)),
    "events": ("events", (MarkKind.EVENT,)),
    "tolls": ("tolls", (MarkKind.TOLL,)),
    "names": ("names given", (MarkKind.LABEL,)),
    "places": ("places", (MarkKind.PLACE,)),
    "times": ("times", (MarkKind.TIME,)),
}
_LAYER = {kind: layer for layer, (_, kinds) in LAYERS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the article is asked for: a place in the text, or a record."""

    at: str = ""  # START-END, in characters of the text
    claim: str = ""
    event: str = ""
    toll: str = ""
    first: int = 0  # number of the first record that is shown, of a long article

    @property
    def record(self) -> str:
        return self.claim or self.event or self.toll


@dataclass(frozen=True, slots=True)
class Window:
    """The records of an article that a page shows."""

    heads: Sequence[Mark]
    first: int  # number of the first, from 0
    total: int
    opened: str  # id of the record that was asked for; "" for none
    place: tuple[int, int] | None
    notes: tuple[str, ...] = ()  # what was asked for in vain

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(mark.id for mark in self.heads)


@router.get("/articles/{id:path}/copy/{other:path}")
def copy(request: Request, id: str, other: str, view: str = "") -> Response:
    shelf: Shelf = request.app.state.shelf
    pair = (shelf.find(id, "article"), shelf.find(other, "article"))
    known = shelf.keep(("copy", pair), lambda: _compared(shelf, *pair))
    beside = view == "beside" or known["reworded"]
    return render(request, "copy.html", beside=beside, here=f"{_path(pair[0])}/copy/{path(pair[1])}", **known)


@router.get("/articles/{id:path}")
def article(
    request: Request, id: str, asked: Annotated[Asked, Depends()], show: Annotated[list[str] | None, Query()] = None
) -> Response:
    shelf: Shelf = request.app.state.shelf
    desk, full = shelf.article(id)
    known = shelf.keep(("article", full), lambda: _known(shelf, desk, full))
    window = _window(known["heads"], known["article"].text, asked)
    layers = _layers(show)
    here = _address(full, asked, layers)
    return render(
        request,
        "article.html",
        window=window,
        paper=draw_paper(known["article"], _shown(known["marks"], window), _card_of(window), window.place),
        sections=_sections(cards(desk.archive, full, window.heads), window),
        briefs=lambda ids: [(one, told) for one in ids if (told := brief(desk.archive, one))],
        shown=layers,
        here=here,
        **known,
        **_WORDS,
    )


# --------------------------------------------------------------------------- what is known of the article


def _known(shelf: Shelf, desk: Desk, id: str) -> dict[str, Any]:
    """Everything the page shows whatever is asked for."""
    archive = desk.archive
    analysis = archive.analyses[id]
    found = marks(archive, id)
    told = dict.fromkeys(archive.incident_of[event.id] for event in analysis.events if event.id in archive.incident_of)
    with shelf.lists() as lists:
        entries, stamp, near = lists.entries(told), lists.analysed_by(id), len(lists.copies_near([id]))
    rows = copies.copies(archive, id)
    return {
        "article": analysis.article,
        "url": _link(analysis.article),
        "outlet": archive.outlet(id),
        "stamp": stamp,
        "marks": found,
        "heads": heads(found),
        "origin": reach(archive, [id]).shares[0],
        "story": next((one for one in archive.links.stories if id in one.articles), None),
        "incidents": [entries[one] for one in told if one in entries],
        "gaps": gaps(archive, id),
        "silence": silence(id, analysis.article.text, found),
        "words_of": lambda span: clip(archive.quote(span)),
        "taken": [row for row in rows if row.article == id],
        "lent": [row for row in rows if row.of == id],
        "copies_left_out": near - len(rows),
        "titles": {one.article.id: one.article.title or "untitled" for one in archive.analyses.values()},
        "outlets": {one: archive.outlet(one) for one in archive.analyses},
    }


def _link(article: Article) -> str | None:
    """The address of an article, if a browser may be sent there."""
    url = (article.url or "").strip()
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) and len(url) < 2000 else None


# --------------------------------------------------------------------------- what is asked for


def _window(found: Sequence[Mark], text: str, asked: Asked) -> Window:
    """The records around what is asked for, else from the one that the address names, else from the beginning."""
    place, notes = _place(asked.at, len(text)), []
    if asked.at and place is None:
        notes.append(f"“{clip(asked.at, 40)}” is no place in this text of {len(text):,} characters.")
    number = next((at for at, mark in enumerate(found) if asked.record and mark.id == asked.record), None)
    if asked.record and number is None:
        notes.append(f"Nothing in this article has the id “{clip(asked.record, 40)}”.")
    wanted = number
    if wanted is None and place:
        wanted = next((at for at, mark in enumerate(found) if mark.end > place[0]), max(0, len(found) - 1))
    first = asked.first if wanted is None else wanted - _CARDS // 2
    first = max(0, min(first, len(found) - _CARDS))
    opened = found[number].id if number is not None else ""
    return Window(found[first : first + _CARDS], first, len(found), opened, place, tuple(notes))


def _place(at: str, size: int) -> tuple[int, int] | None:
    """The stretch that an address names; None for what is none in a text of this size."""
    given = _AT.fullmatch(at)
    if not given:
        return None
    start, end = int(given[1]), min(int(given[2]), size)
    return (start, end) if start < end else None


def _layers(show: Iterable[str] | None) -> frozenset[str]:
    """The layers that are chosen: all of them unless the address names some."""
    if show is None:
        return frozenset(LAYERS)
    return frozenset(name for given in show for name in given.split(",")) & frozenset(LAYERS)


def _shown(found: Iterable[Mark], window: Window) -> list[Mark]:
    """The marks of the records of a window."""
    ids = window.ids
    return [mark for mark in found if mark.id in ids or not ids.isdisjoint(mark.claims[:1])]


def _card_of(window: Window) -> Callable[[Mark], str | None]:
    ids = window.ids
    return lambda mark: f"#card-{mark.id}" if mark.id in ids else None


def _path(id: str) -> str:
    return f"/articles/{path(id)}"


def _address(id: str, asked: Asked, layers: frozenset[str]) -> Callable[..., str]:
    """The address of this page with some things changed."""
    chosen = None if layers == frozenset(LAYERS) else ",".join(one for one in LAYERS if one in layers) or "none"
    given = {"at": asked.at, "claim": asked.claim, "event": asked.event, "toll": asked.toll, "first": asked.first}

    def here(**changes: Any) -> str:
        return address(_path(id), given | {"show": chosen} | changes)

    return here


# --------------------------------------------------------------------------- how it is shown

_SECTIONS = (
    (MarkKind.CLAIM, "Claims"),
    (MarkKind.OBSERVATION, "Seen by the outlet’s own people"),
    (MarkKind.EVENT, "Events"),
    (MarkKind.TOLL, "Tolls"),
    (MarkKind.LABEL, "Names given"),
    (MarkKind.PLACE, "Places"),
    (MarkKind.TIME, "Times"),
)
_WORDS: dict[str, Any] = {
    "layers": {name: words for name, (words, _) in LAYERS.items()},
    "layer_of": _LAYER,
    "letters": LETTERS,
    "kind_names": NAMES,
    "types": [type.value for type in EventType],
}


def _sections(found: Sequence[Card], window: Window) -> list[tuple[MarkKind, str, list[Card]]]:
    """The cards by kind, each in order of the text."""
    told = ((kind, name, [card for card in found if card.kind is kind]) for kind, name in _SECTIONS)
    return [(kind, name, held) for kind, name, held in told if held]


# --------------------------------------------------------------------------- a copy


_REWORDED = frozenset({CopyKind.REWRITTEN, CopyKind.TRANSLATED})


def _compared(shelf: Shelf, id: str, other: str) -> dict[str, Any]:
    """Two articles with what is known of the one as a copy of the other, and their difference."""
    archive = shelf.desk([id, other]).archive
    found = next((one for one in archive.links.copies if {one.article, one.of} == {id, other}), None)
    late, early = (found.article, found.of) if found else _by_date(archive, id, other)
    row = next((row for row in copies.copies(archive, id) if found and row.id == copies.copy_id(found)), None)
    reworded = found is not None and found.kind in _REWORDED
    return {
        "row": row,
        "changes": list(zip(row.changes, found.changes, strict=True)) if row and found else [],
        "early": archive.article(early),
        "late": archive.article(late),
        "reworded": reworded,
        "translated": found is not None and found.kind is CopyKind.TRANSLATED,
        "difference": _difference(archive, found, early, late),
    }


def _by_date(archive: Archive, id: str, other: str) -> tuple[str, str]:
    """The later one and the earlier one."""
    late, early = sorted((id, other), key=lambda one: (archive.article(one).published or "9999", one), reverse=True)
    return late, early


def _difference(archive: Archive, found: Copy | None, early: str, late: str) -> Difference:
    if found is not None and found.kind in _REWORDED:
        pairs = [
            (archive.article(early).quote(theirs), archive.article(late).quote(mine)) for mine, theirs in found.evidence
        ]
        return side_by_side(pairs, found.kind is CopyKind.TRANSLATED)
    return compare(*(archive.article(one).text[archive.article(one).body :] for one in (early, late)))
