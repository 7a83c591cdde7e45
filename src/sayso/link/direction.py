"""Which of two texts was taken from which: by credits, times, agencies' heads, and what copying leaves in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sayso.link.align import Passage, common_passages
from sayso.link.credit import credits_outlet, files_own_copy
from sayso.link.cues import ATTRIBUTION, VAGUE, qualifiers
from sayso.link.told import has_dateline, read_told
from sayso.link.words import Words, carries_meaning, read_words, stem
from sayso.model import Article, Reason

Sides = tuple[Article, Article, tuple[Reason, ...]]


def direct(one: Article, two: Article) -> Sides:
    """(original, copy, why): credits before times before who files as an agency before what the texts show."""
    one, two = sorted((one, two), key=lambda article: article.id)
    for rule in (_by_credit, _by_time, _by_agency, _by_traces):
        found = rule(one, two)
        if found is not None:
            return found
    return one, two, (Reason("order", 0.1, "nothing tells which came first; the direction is by id alone"),)


def _by_credit(one: Article, two: Article) -> Sides | None:
    credit = (credits_outlet(one, two.outlet), credits_outlet(two, one.outlet))
    if credit[0] == credit[1]:
        return None
    early, late = (two, one) if credit[0] else (one, two)
    return early, late, (Reason("credit", 1.0, f"credits {early.outlet}"),)


def _by_time(one: Article, two: Article) -> Sides | None:
    moments = _moments(one, two)
    if moments is None or moments[0] == moments[1]:
        return None
    early, late = (one, two) if moments[0] < moments[1] else (two, one)
    return early, late, (Reason("published", 0.8, f"{late.published} after {early.published}"),)


def _by_agency(one: Article, two: Article) -> Sides | None:
    files = files_own_copy(one), files_own_copy(two)
    if files[0] == files[1]:
        return None
    early, late = (one, two) if files[0] else (two, one)
    return early, late, (Reason("agency", 0.6, f"{early.outlet} files under its own name"),)


def _by_traces(one: Article, two: Article) -> Sides | None:
    """What copying leaves behind, all traces weighed together; None where there is none or they cancel out."""
    found = list(traces(one, two))
    total = sum(score for score, _, _ in found)
    if abs(total) < 0.05:
        return None
    early, late = (one, two) if total > 0 else (two, one)
    reasons = [Reason(name, round(abs(score), 3), detail) for score, name, detail in found if score * total > 0]
    return early, late, tuple(reasons)


# --------------------------------------------------------------------------- traces


def traces(one: Article, two: Article) -> Iterator[tuple[float, str, str]]:
    """(score, name, detail) of each trace; above zero it speaks for the first as the original. Weights are our own."""
    left, right = read_told(one), read_told(two)
    passages = common_passages(left, right)
    rules: tuple[tuple[float, str, str, float], ...] = (
        (
            0.6,
            "dateline",
            "only the original gives place and agency at its head",
            has_dateline(one) - has_dateline(two),
        ),
        (0.4, "furniture", "the copy has more that belongs to a page", _sign(_furnished(two) - _furnished(one))),
        (0.5, "at hand", "the original says that it was there or was told itself", _present(one) - _present(two)),
        (0.4, "attribution", "the copy names fewer sources and bounds", _sign(_said(one) - _said(two), 1)),
        (0.6, "coherence", "the rest of the copy is about other matters", _cohering(left, right, passages)),
        (0.3, "completeness", "the longer is taken as the original", _sign(len(left.text) - len(right.text))),
    )
    for weight, name, detail, sign in rules:
        if sign:
            yield weight * sign, name, detail


def _sign(difference: float, slack: float = 0) -> float:
    return float((difference > slack) - (difference < -slack))


def _furnished(article: Article) -> int:
    """Words of the page and not of the report."""
    return len(read_words(article).text) - len(read_told(article).text) - 8 * has_dateline(article)


_AT_HAND = re.compile(
    r"\b(?:this|the) agency\b|\bthis (?:newspaper|reporter|correspondent)|\bour (?:own )?(?:reporter|correspondent)"
    r"|\b(?:told|seen by|to) [A-Z]{2,5}\b|\bby telephone\b",
)


def _present(article: Article) -> float:
    return float(bool(_AT_HAND.search(article.text, article.body)))


def _said(article: Article) -> int:
    """How often it says who said something, or how sure a figure is."""
    text = article.text[article.body :]
    return len(ATTRIBUTION.findall(text)) + len(qualifiers(text)) - 2 * len(VAGUE.findall(text))


def _cohering(left: Words, right: Words, passages: Sequence[Passage]) -> float:
    """+1 where the rest of right, though long, has less to do with the common passages than the rest of left; or -1."""
    mine = _bond(left, {at for p in passages for at in range(p.left, p.left + p.size)})
    theirs = _bond(right, {at for p in passages for at in range(p.right, p.right + p.size)})
    if mine is None or theirs is None or max(mine, theirs) < 0.05:
        return 0.0
    return _sign(mine - theirs, 0.5 * max(mine, theirs))


def _bond(words: Words, common: set[int]) -> float | None:
    """Share of the rest's words of meaning that occur in the common part too; None where either is short."""
    inside = {stem(words.text[at]) for at in common if carries_meaning(words.text[at])}
    rest = [stem(word) for at, word in enumerate(words.text) if at not in common and carries_meaning(word)]
    if len(inside) < 10 or len(rest) < 25:
        return None
    return sum(word in inside for word in rest) / len(rest)


# --------------------------------------------------------------------------- times


def _moments(one: Article, two: Article) -> tuple[float, float] | None:
    """Comparable times of publication; days only where one of the two gives no time of day."""
    texts = one.published, two.published
    try:
        read = [datetime.fromisoformat(text) for text in texts if text]
    except ValueError:
        return None
    if len(read) < 2:
        return None
    if all(text and len(text) > 10 for text in texts) and len({moment.tzinfo is None for moment in read}) == 1:
        aware = [moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in read]
        return aware[0].timestamp(), aware[1].timestamp()
    return float(read[0].date().toordinal()), float(read[1].date().toordinal())
