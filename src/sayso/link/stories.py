"""Stories: pieces of news that belong together over days, in one country, about one thing.

Pieces are grouped within windows of days (chapters), and a chapter goes on with the one of the next window that is
most like it, if that one's is it in turn. So a story may last for years, while an article more moves its own window
and its two borders alone. Pieces about no country, or of no day, stay by themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sayso.link.cards import UNIT
from sayso.link.cluster import Pair, average_link, ordered
from sayso.model import Story, content_id
from sayso.ports import Chapter, LinkIndex, Piece

WINDOW = 28  # days
GAP = 12  # days between two pieces of news of one story
LEAST = 0.01  # cosine below which two pieces have nothing in common
TOPIC = 0.06  # mean cosine of what the pieces of two groups are about

Block = tuple[str, int]  # country, window


@dataclass(frozen=True, slots=True)
class Retold:
    """What became of the stories in a neighbourhood: they have no incidents yet."""

    stories: dict[str, Story]
    before: dict[str, str]  # the story that each of their articles was in
    now: dict[str, str]
    gone: tuple[str, ...]

    @property
    def moved(self) -> list[str]:
        """Articles whose story is another one now."""
        return sorted(id for id, story in self.now.items() if self.before.get(id) != story)


def block_of(piece: Piece) -> Block | None:
    return (piece.country, piece.first // WINDOW) if piece.country and piece.first is not None else None


def relink_stories(index: LinkIndex, gone: Sequence[Piece], made: Sequence[Piece]) -> Retold:
    """Form chapters and stories again around pieces of news that came or went."""
    blocks = {block for piece in (*gone, *made) if (block := block_of(piece)) is not None}
    there = {block: _pieces_at(index, block) for block in sorted(blocks)}
    old = {piece.chapter for pieces in (gone, *there.values()) for piece in pieces if piece.chapter}
    groups = {block: chapters_in(pieces) for block, pieces in there.items()}
    alone = [(piece,) for piece in made if block_of(piece) is None]
    grouped = [*alone, *(group for found in groups.values() for group in found)]
    moved = [(one, group[0].id) for group in grouped for one in group if one.chapter != group[0].id]
    index.put_pieces((), [replace(piece, chapter=chapter) for piece, chapter in moved])
    chapters = _chapters(index, grouped, _follow(index, groups))
    stirred = {piece.chapter for piece in gone}.union(*((piece.chapter, chapter) for piece, chapter in moved))
    return _retell(index, chapters, old, stirred)


def _pieces_at(index: LinkIndex, block: Block) -> list[Piece]:
    country, window = block
    return index.pieces_at(country, window * WINDOW, window * WINDOW + WINDOW - 1)


# --------------------------------------------------------------------------- chapters


def chapters_in(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """The pieces of one country and window in groups about one thing, each in order of ids."""
    by_id = {piece.id: piece for piece in pieces}
    groups = average_link(by_id, likenesses(pieces, pieces), TOPIC, missing=0.0)
    return [tuple(by_id[id] for id in group) for group in groups]


def likenesses(left: Sequence[Piece], right: Sequence[Piece]) -> dict[Pair, float]:
    """The cosine of each two pieces within days of one another, by ids; those with nothing in common left out."""
    shared = {code for piece in left for code, _ in piece.topic} & {code for piece in right for code, _ in piece.topic}
    column = {code: at for at, code in enumerate(sorted(shared))}
    alike = _topics(left, column) @ _topics(right, column).T / UNIT**2  # whole numbers below 2**53: exact
    alike[_days_apart(left, right) > GAP] = 0.0
    return {
        ordered(left[one].id, right[two].id): min(1.0, float(alike[one, two]))
        for one, two in np.argwhere(alike >= LEAST).tolist()
        if left[one].id != right[two].id
    }


def _topics(pieces: Sequence[Piece], column: Mapping[int, int]) -> NDArray[np.float64]:
    """What pieces are about, shape (pieces, terms that both sides have)."""
    table = np.zeros((len(pieces), len(column)))
    for row, piece in enumerate(pieces):
        for code, weight in piece.topic:
            if code in column:
                table[row, column[code]] = weight
    return table


def _days_apart(left: Sequence[Piece], right: Sequence[Piece]) -> NDArray[np.int64]:
    """Days from the end of the one to the beginning of the other, shape (left, right); negative where they overlap."""
    first, last = (np.array([getattr(piece, name) for piece in left], np.int64) for name in ("first", "last"))
    start, end = (np.array([getattr(piece, name) for piece in right], np.int64) for name in ("first", "last"))
    apart: NDArray[np.int64] = np.maximum(first[:, None] - end[None, :], start[None, :] - last[:, None])
    return apart


def _follow(index: LinkIndex, groups: Mapping[Block, Sequence[tuple[Piece, ...]]]) -> dict[str, str | None]:
    """For chapters at the borders of these windows: the one of the next window that goes on with them."""
    known = {**groups}
    found: dict[str, str | None] = {}
    for country, window in sorted({(country, window - back) for country, window in groups for back in (0, 1)}):
        for block in ((country, window), (country, window + 1)):
            known[block] = known[block] if block in known else _standing(index, block)
        found.update(following(known[country, window], known[country, window + 1]))
    return found


def _standing(index: LinkIndex, block: Block) -> list[tuple[Piece, ...]]:
    """The chapters of a window as they stand."""
    found: dict[str, list[Piece]] = defaultdict(list)
    for piece in _pieces_at(index, block):
        found[piece.chapter].append(piece)
    return [tuple(found[id]) for id in sorted(found)]


def following(earlier: Sequence[tuple[Piece, ...]], later: Sequence[tuple[Piece, ...]]) -> dict[str, str | None]:
    """Each earlier chapter with the later one that goes on with it: the most like it, and it most like that one."""
    pairs = likenesses([piece for group in earlier for piece in group], [piece for group in later for piece in group])
    home = {
        piece.id: (at, group[0].id) for at, side in enumerate((earlier, later)) for group in side for piece in group
    }
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for (one, two), score in pairs.items():
        (side, left), (_, right) = sorted((home[one], home[two]))
        if side == 0 and home[one][0] != home[two][0]:
            sums[left, right] += score
    size = {group[0].id: _reaching(group, first) for first, side in ((True, later), (False, earlier)) for group in side}
    scores = {pair: total / (size[pair[0]] * size[pair[1]]) for pair, total in sums.items()}
    best: dict[str, tuple[float, str]] = {}
    for (left, right), score in scores.items():
        if score >= TOPIC:
            best[left] = max(best.get(left, (0.0, "")), (score, right))
            best[right] = max(best.get(right, (0.0, "")), (score, left))
    return {
        group[0].id: best[group[0].id][1]
        if group[0].id in best and best[best[group[0].id][1]][1] == group[0].id
        else None
        for group in earlier
    }


def _reaching(group: Sequence[Piece], late: bool) -> int:
    """How many pieces of a chapter lie near the border it shares with the next window (`late`: with the one before)."""
    assert group[0].first is not None
    start = group[0].first // WINDOW * WINDOW
    if late:
        return sum(1 for piece in group if piece.first is not None and piece.first - start <= GAP) or len(group)
    return sum(1 for piece in group if piece.last is not None and start + WINDOW - piece.last <= GAP) or len(group)


# --------------------------------------------------------------------------- stories


def _chapters(
    index: LinkIndex, grouped: Sequence[tuple[Piece, ...]], then: Mapping[str, str | None]
) -> dict[str, Chapter]:
    """Chapters that are new or go on otherwise than they did, by id, still without their story."""
    made = {}
    for group in grouped:
        block = block_of(group[0])
        country, window = block or (None, 0)
        made[group[0].id] = Chapter(group[0].id, country, window, then.get(group[0].id), "")
    for chapter in index.chapters([id for id in then if id not in made]):
        if chapter.then != then[chapter.id]:
            made[chapter.id] = replace(chapter, then=then[chapter.id])
    return made


def _retell(index: LinkIndex, made: Mapping[str, Chapter], old: set[str], stirred: set[str]) -> Retold:
    """Chains of chapters as stories, from the chapters whose pieces (`stirred`) or place in the chain changed."""
    stood = {chapter.id: chapter for chapter in index.chapters(sorted(old | made.keys()))}
    gone = sorted(old - made.keys())
    changed = [one for one in made.values() if one.id not in stood or replace(stood[one.id], story="") != one]
    index.put_chapters(gone, changed)
    turned = {*gone, *(chapter.id for chapter in changed)}
    torn = {stood[id].then for id in turned & stood.keys()}
    seen: set[str] = set()
    stories: dict[str, Story] = {}
    now: dict[str, str] = {}
    for id in sorted({id for id in stirred | turned | torn if id}):
        if id in seen:
            continue
        chain = _chain(index, id)
        seen.update(chapter.id for chapter in chain)
        pieces = index.pieces_in([chapter.id for chapter in chain])
        if not pieces:
            continue
        story = make_story(pieces)
        stories[story.id] = story
        now.update(dict.fromkeys(story.articles, story.id))
        index.put_chapters((), [replace(chapter, story=story.id) for chapter in chain if chapter.story != story.id])
    before = index.stories_of(sorted(now))
    return Retold(stories, before, now, tuple(sorted(set(before.values()) - stories.keys())))


def _chain(index: LinkIndex, id: str) -> list[Chapter]:
    """The chapters before and after one, in order."""
    chain = index.chapters([id])
    while chain and (before := index.chapters_before([chain[0].id])):
        chain.insert(0, before[0])
    while chain and (then := chain[-1].then):
        following = index.chapters([then])
        if not following:
            break
        chain.append(following[0])
    return chain


def make_story(pieces: Sequence[Piece]) -> Story:
    """The story of these pieces, with the title of the one that most texts report."""
    days = [day for piece in pieces for day in (piece.first, piece.last) if day is not None]
    telling = min(pieces, key=lambda piece: (not piece.title, -piece.texts, piece.first or 0, piece.id))
    articles = sorted(id for piece in pieces for id in piece.articles)
    return Story(
        id=content_id("story", articles[0]),
        title=telling.title,
        incidents=(),
        articles=tuple(articles),
        first=date.fromordinal(min(days)).isoformat() if days else None,
        last=date.fromordinal(max(days)).isoformat() if days else None,
    )
