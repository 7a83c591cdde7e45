"""Which report was taken from which: exact, edited, excerpted, rewritten or translated copies, with aligned passages.

Candidates share keys of sentences, or names and heavy words within days. A pair is a copy by its words
outside quotation marks, since two reporters in one room quote the same statement; or, with no passage in common, when
sentence after sentence retells the other in its order. The rules look at the two texts alone, never at the rest of
the archive, so that a third report can neither make nor unmake a copy. What is not certain is no copy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sayso.link.articles import Profile, candidate_pairs, cosine, profile_articles
from sayso.link.candidates import may_be_copy, signature
from sayso.link.changes import find_changes
from sayso.link.cluster import Pair, ordered
from sayso.link.credit import credits_outlet
from sayso.link.direction import direct
from sayso.link.kinds import RETOLD, Likeness, kind_of, likenesses, sentence_count
from sayso.link.told import read_told
from sayso.model import Analysis, Article, Copy, CopyKind, Judgement, Reason, Span, Verdict

FANOUT = 30  # texts that one sentence proposes to each of its carriers
REWRITE_DAYS = 7
REWRITE_COSINE = 0.3
EVIDENCE = 40  # aligned passages kept


def find_copies(
    articles: Sequence[Article],
    judgements: Iterable[Judgement] = (),
    profiles: Sequence[Profile] | None = None,
) -> tuple[Copy, ...]:
    """The copies among articles, each pointing at the report it fits best; by id of the copy."""
    by_id = {article.id: article for article in articles}
    if profiles is None:
        profiles = profile_articles([Analysis(by_id[id]) for id in sorted(by_id)])
    yes, no = _verdicts(judgements, by_id)
    options: dict[str, list[Copy]] = defaultdict(list)
    for left, right in sorted(_candidates(profiles, by_id) | yes):
        if (left, right) in no:
            continue
        judged = (left, right) in yes
        if not judged and not may_be_copy(by_id[left], by_id[right]):
            continue
        found = copy_of(by_id[left], by_id[right], judged)
        if found is not None:
            options[found.article].append(found)
    best = {id: min(options[id], key=lambda copy: _preference(copy, by_id)) for id in sorted(options)}
    copies = {id: _from_source(best[id], best, options[id]) for id in sorted(best)}
    copies.update(_left_alone(copies, options))
    return tuple(copies[id] for id in sorted(copies))


def _left_alone(copies: Mapping[str, Copy], options: Mapping[str, Sequence[Copy]]) -> Iterator[tuple[str, Copy]]:
    """Carriers of a text that was taken from elsewhere: what seemed their copy has another source, so they are its."""
    related = {*copies, *(copy.of for copy in copies.values())}
    for id in sorted(options):
        for one in options[id]:
            if one.kind is CopyKind.EXACT and one.of not in related:
                yield one.of, replace(one, article=one.of, of=id, evidence=tuple((of, own) for own, of in one.evidence))


def _from_source(copy: Copy, best: Mapping[str, Copy], options: Sequence[Copy]) -> Copy:
    """Of a text and its copies, all as near, the text: nothing then says that the copy was the source."""
    above = best.get(copy.of)
    if above is None or {"credit", "judgement"} & {reason.name for reason in copy.reasons}:
        return copy
    return next((one for one in options if one.of == above.of and one.share >= copy.share - 0.1), copy)


def copy_of(one: Article, two: Article, judged: bool = False) -> Copy | None:
    """The copy relation of two articles, None if there is none; `judged` when an analyst has said that there is."""
    one, two = sorted((one, two), key=lambda article: (article.id, article.text))
    likes = likenesses(read_told(one), read_told(two))
    kinds = _kind(likes[0], one, two), _kind(likes[1], two, one)  # of the first as the copy, of the second
    if kinds == (None, None) and not judged:
        return None
    early, late, reasons = direct(one, two)
    like, kind = (likes[0], kinds[0] or _turned(kinds[1])) if late is one else (likes[1], kinds[1] or _turned(kinds[0]))
    if judged:
        reasons = (*reasons, Reason("judgement", 1.0, "an analyst says that it is a copy"))
    retold = like.retold.share if like.retold else 0.0
    share = max(like.left, retold) if kind in (CopyKind.REWRITTEN, CopyKind.TRANSLATED, None) else like.left
    return Copy(
        article=late.id,
        of=early.id,
        kind=kind or CopyKind.REWRITTEN,
        share=round(min(1.0, share), 4),
        evidence=_evidence(late, early, like),
        reasons=(*_reasons(like, kind), *reasons),
        changes=() if kind is CopyKind.EXACT else find_changes(late, early, kind or CopyKind.REWRITTEN),
    )


def _turned(kind: CopyKind | None) -> CopyKind | None:
    """The kind seen from the other side: who came first does not unmake a copy."""
    return CopyKind.EDITED if kind is CopyKind.EXCERPT else kind


def _kind(like: Likeness, late: Article, early: Article) -> CopyKind | None:
    return kind_of(like, read_told(late), read_told(early))


# --------------------------------------------------------------------------- candidates and judgements


def _candidates(profiles: Sequence[Profile], by_id: Mapping[str, Article]) -> set[Pair]:
    """Pairs of ids worth laying side by side: carriers of one text, texts with common runs, texts about one matter."""
    first = {profile.text: _earliest(profile, by_id) for profile in profiles}
    found = {
        ordered(first[profile.text], article)
        for profile in profiles
        for article in profile.articles
        if article != first[profile.text] and by_id[article].text.strip()
    }
    pairs = _sharing_sentences([by_id[profile.articles[0]] for profile in profiles])
    retold = [sentence_count(read_told(by_id[profile.articles[0]])) for profile in profiles]
    for one, two in candidate_pairs(profiles, near=REWRITE_DAYS, far=REWRITE_DAYS, titles=False):
        long = min(profiles[one].size, profiles[two].size) >= 60 and min(retold[one], retold[two]) >= RETOLD
        if long and cosine(profiles[one].terms, profiles[two].terms) >= REWRITE_COSINE:
            pairs.add((one, two))
    for one, two in pairs:
        found.add(ordered(first[profiles[one].text], first[profiles[two].text]))
        if len(profiles[one].articles) + len(profiles[two].articles) > 2:
            found.update(_credited(profiles[one].articles, profiles[two].articles, by_id))
    return found


def _credited(left: Sequence[str], right: Sequence[str], by_id: Mapping[str, Article]) -> Iterator[Pair]:
    """Carriers of two texts of which one credits the other: whoever carries a text first, the credited told it."""
    for one in left:
        for two in right:
            articles = by_id[one], by_id[two]
            if credits_outlet(articles[0], articles[1].outlet) or credits_outlet(articles[1], articles[0].outlet):
                yield ordered(one, two)


def _earliest(profile: Profile, by_id: Mapping[str, Article]) -> str:
    """The carrier that the others of a text were most likely taken from."""
    best = by_id[profile.articles[0]]
    for id in profile.articles[1:]:
        best = direct(best, by_id[id])[0]
    return best.id


def _sharing_sentences(articles: Sequence[Article]) -> set[tuple[int, int]]:
    """Pairs of positions with a key of a sentence in common."""
    carriers: dict[int, list[int]] = defaultdict(list)
    for at, article in enumerate(articles):
        for key in signature(article):
            carriers[key].append(at)
    return {
        (left, right)
        for members in carriers.values()
        for position, right in enumerate(members)
        for left in members[: min(position, FANOUT)]
    }


def _verdicts(judgements: Iterable[Judgement], by_id: Mapping[str, Article]) -> tuple[set[Pair], set[Pair]]:
    """Pairs an analyst called copies and pairs called none; of several words on a pair the last counts."""
    last: dict[Pair, Verdict] = {}
    for word in sorted(judgements, key=lambda word: (word.at, word.by, word.verdict)):
        pair = ordered(word.left, word.right)
        known = pair[0] in by_id and pair[1] in by_id and pair[0] != pair[1]
        if known and word.verdict in (Verdict.COPY, Verdict.NOT_COPY):
            last[pair] = word.verdict
    yes = {pair for pair, verdict in last.items() if verdict is Verdict.COPY}
    return yes, set(last) - yes


# --------------------------------------------------------------------------- preference, evidence


def _preference(copy: Copy, by_id: Mapping[str, Article]) -> tuple[object, ...]:
    """Of several originals: the judged, then the credited, then the one that explains more words, then the earliest."""
    names = {reason.name for reason in copy.reasons}
    original = by_id[copy.of]
    return (
        "judgement" not in names,
        "credit" not in names,
        -round(copy.share, 1),
        original.published or "9999",
        -copy.share,
        copy.of,
    )


def _evidence(late: Article, early: Article, like: Likeness) -> tuple[tuple[Span, Span], ...]:
    left, right = read_told(late), read_told(early)
    found = [(p.left, p.left + p.size - 1, p.right, p.right + p.size - 1) for p in like.passages]
    if like.retold is not None and like.left < 0.35:
        found += [(one.first, one.last, two.first, two.last) for one, two in like.retold.pairs]
    longest = sorted(found, key=lambda row: (row[0] - row[1], row))[:EVIDENCE]
    return tuple(
        (Span(late.id, left.start[a], left.end[b]), Span(early.id, right.start[c], right.end[d]))
        for a, b, c, d in sorted(longest)
    )


def _reasons(like: Likeness, kind: CopyKind | None) -> tuple[Reason, ...]:
    words = Reason("words", round(like.left, 3), f"{like.left:.0%} of its own words there, {like.right:.0%} back")
    if kind in (CopyKind.REWRITTEN, CopyKind.TRANSLATED) and like.retold is not None:
        told = like.retold
        return (words, Reason("order", round(told.order, 3), f"{len(told.pairs)} sentences retold in the same order"))
    return (words, Reason("passage", float(like.longest), f"longest common passage of {like.longest} words"))
