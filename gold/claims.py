"""The open gold set of claims: `claims/<half>.toml` to records in which every quoted string has its characters.

GUIDE.md says how the texts are annotated. What can be checked of it is checked here, and an error names file and text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from sayso.model import Article, Certainty, SayingMode, SourceKind, Span, Stance

FOLDER = Path(__file__).with_name("claims")
HALVES = ("dev", "blind")  # open to developers; read by the scorer only

_TEXT_KEYS = set("id kind register invented text outlet published title byline credits claim firsthand".split())
_CLAIM_KEYS = set(
    "chain content mode stance certainty hedge addressee channel time negation within".split()
)  # fmt: skip
_LINK_KEYS = {"source", "cue", "kind", "actor"}
_ID = re.compile(r"[db]-([sa])-\d+")
_NUMBERED = re.compile(r"(.+)#([1-9]\d*)", re.DOTALL)
_KINDS = {"s": "sentence", "a": "article"}
_Word = TypeVar("_Word", bound=StrEnum)


class GoldError(ValueError):
    """Something in a file that the guide does not allow; the message names file and text."""


@dataclass(frozen=True, slots=True)
class GoldLink:
    """One source of a chain; `kind` None only where nobody is named."""

    source: Span | None
    cue: Span | None
    kind: SourceKind | None
    actor: str | None = None  # the fullest name that the article gives


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One claim as a person read it; the chain runs from the source nearest the reader to the origin."""

    chain: tuple[GoldLink, ...]
    content: tuple[Span, ...]
    mode: SayingMode
    stance: Stance
    certainty: Certainty
    hedge: Span | None = None
    addressee: Span | None = None
    channel: Span | None = None
    time: Span | None = None
    negation: Span | None = None
    within: int | None = None  # index into the text's claims: the one in whose content this stands


@dataclass(frozen=True, slots=True)
class Firsthand:
    """A passage that tells what the outlet's own people saw, heard, counted or were shown."""

    words: Span
    who: Span | None


@dataclass(frozen=True, slots=True)
class GoldText:
    """One sentence or article with all its claims, in the order of the file."""

    id: str
    kind: str  # sentence, article
    register: str
    invented: bool
    article: Article
    claims: tuple[GoldClaim, ...]
    firsthand: tuple[Firsthand, ...]


def halves() -> tuple[str, ...]:
    """The halves that are here."""
    return tuple(half for half in HALVES if _files(half))


def load(half: str) -> tuple[GoldText, ...]:
    """The texts of one half, from all its lots."""
    return tuple(text for path in _files(half) for text in read(path))


def _files(half: str) -> list[Path]:
    return sorted(FOLDER.glob(f"{half}*.toml"))


def read(path: Path) -> tuple[GoldText, ...]:
    """The texts of one file; GoldError if anything in it is not as the guide wants it."""
    try:
        rows = tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise GoldError(f"{path.name}: {fault}") from fault
    texts: list[GoldText] = []
    for number, row in enumerate(rows.get("text", ()), 1):
        where = f"{path.name}: {row.get('id', f'text {number}')}"
        texts.append(_text(row, where))
        if texts[-1].id in {text.id for text in texts[:-1]}:
            raise GoldError(f"{where}: this id stands twice")
    return tuple(texts)


def locate(words: str, text: str) -> tuple[int, int] | None:
    """Where the words stand in a text, first to one past last; "he#2" is the second place.

    Only whole words count, so that "he" is not found in "the".
    """
    found = _NUMBERED.fullmatch(words)
    plain, number = (found[1], int(found[2])) if found else (words, 1)
    before = r"(?<!\w)" if plain[:1].isalnum() else ""
    after = r"(?!\w)" if plain[-1:].isalnum() else ""
    places = re.finditer(before + re.escape(plain) + after, text)
    return next((place.span() for count, place in enumerate(places, 1) if count == number), None)


def _text(row: Mapping[str, Any], where: str) -> GoldText:
    _check_keys(row, _TEXT_KEYS, {"id", "kind", "register", "text"}, where)
    article = _article(row)
    given = _ID.fullmatch(article.id)
    if not given or _KINDS[given[1]] != row["kind"]:
        raise GoldError(f"{where}: id and kind {row['kind']!r} do not fit GUIDE.md")
    spot = _finder(article, where)
    claims = tuple(
        _claim(claim, f"{where}, claim {number}", spot) for number, claim in enumerate(row.get("claim", ()), 1)
    )
    _check_nesting(claims, where)
    passages = tuple(
        Firsthand(spot(passage.get("words", "")), spot(passage["who"]) if "who" in passage else None)
        for passage in row.get("firsthand", ())
    )
    invented = row.get("invented", False)
    return GoldText(article.id, row["kind"], row["register"], invented, article, claims, passages)


def _article(row: Mapping[str, Any]) -> Article:
    body, title = row["text"].strip(), row.get("title")
    published, byline = row.get("published"), row.get("byline", ())
    return Article(
        text=f"{title}\n\n{body}" if title else body,
        id=row["id"],
        title=title,
        outlet=row.get("outlet"),
        published=None if published is None else str(published),
        byline=(byline,) if isinstance(byline, str) else tuple(byline),
        credits=tuple(row.get("credits", ())),
    )


_Finder = Callable[[str], Span]


def _finder(article: Article, where: str) -> _Finder:
    def spot(words: str) -> Span:
        place = locate(words, article.text) if words else None
        if place is None:
            raise GoldError(f"{where}: not in the text: {words!r}")
        return Span(article.id, *place)

    return spot


def _claim(row: Mapping[str, Any], where: str, spot: _Finder) -> GoldClaim:
    _check_keys(row, _CLAIM_KEYS, {"chain", "content", "mode", "stance", "certainty"}, where)
    if not row["chain"] or not row["content"] or isinstance(row["content"], str):
        raise GoldError(f"{where}: chain and content are lists with at least one item")
    content = tuple(spot(piece) for piece in row["content"])
    if any(one.end > two.start for one, two in pairwise(content)):
        raise GoldError(f"{where}: the pieces of the content overlap or are out of order")
    parts = {key: spot(row[key]) for key in ("hedge", "addressee", "channel", "time", "negation") if key in row}
    return GoldClaim(
        chain=tuple(_link(link, where, spot) for link in row["chain"]),
        content=content,
        mode=_word(SayingMode, row["mode"], where),
        stance=_word(Stance, row["stance"], where),
        certainty=_word(Certainty, row["certainty"], where),
        within=row["within"] - 1 if "within" in row else None,
        **parts,
    )


def _link(row: Mapping[str, Any], where: str, spot: _Finder) -> GoldLink:
    _check_keys(
        row, _LINK_KEYS, {"source", "kind"} if "source" in row else {"actor" if "actor" in row else "cue"}, where
    )
    return GoldLink(
        source=spot(row["source"]) if "source" in row else None,
        cue=spot(row["cue"]) if "cue" in row else None,
        kind=_word(SourceKind, row["kind"], where) if "kind" in row else None,
        actor=row.get("actor"),
    )


def _word(vocabulary: type[_Word], value: Any, where: str) -> _Word:
    try:
        return vocabulary(value)
    except ValueError:
        known = ", ".join(vocabulary)
        raise GoldError(f"{where}: unknown {vocabulary.__name__.lower()} {value!r}; known are {known}") from None


def _check_keys(row: Mapping[str, Any], known: set[str], needed: set[str], where: str) -> None:
    for key in sorted(row.keys() - known):
        raise GoldError(f"{where}: unknown key {key!r}")
    for key in sorted(needed - row.keys()):
        raise GoldError(f"{where}: {key!r} is missing")


def _check_nesting(claims: tuple[GoldClaim, ...], where: str) -> None:
    """A claim within another stands in that one's content."""
    for number, claim in enumerate(claims, 1):
        if claim.within is None:
            continue
        if not 0 <= claim.within < len(claims) or claim.within == number - 1:
            raise GoldError(f"{where}, claim {number}: within {claim.within + 1} is out of range")
        outer = claims[claim.within]
        if not any(whole.covers(part) for whole in outer.content for part in _own_words(claim)):
            raise GoldError(f"{where}, claim {number}: stands nowhere in the content of claim {claim.within + 1}")


def _own_words(claim: GoldClaim) -> Iterator[Span]:
    """The words of a claim's last link, which stand in the content of a claim around it."""
    origin = claim.chain[-1]
    yield from (part for part in (origin.cue, origin.source) if part)
