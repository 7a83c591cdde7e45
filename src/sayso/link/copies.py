"""Which report was taken from which: exact, edited, excerpted, rewritten or translated copies, with aligned passages.

Candidates share sampled runs of five words, or names and heavy words within days. A pair is a copy by its words
outside quotation marks, since two reporters in one room quote the same statement; or, with no passage in common, when
sentence after sentence retells the other in its order. The rules look at the two texts alone, never at the rest of
the archive, so that a third report can neither make nor unmake a copy. What is not certain is no copy.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sayso.link.align import Passage, Retelling, Sentence, common_passages, retelling, shares
from sayso.link.articles import Text, candidate_pairs, profile_articles
from sayso.link.cluster import Pair, ordered
from sayso.link.credit import credits_outlet, files_own_copy
from sayso.link.likeness import cosine
from sayso.link.words import Words, carries_meaning, read_words, stem
from sayso.model import Analysis, Article, Copy, CopyKind, Judgement, Reason, Span, Verdict

FANOUT = 30  # texts that one run proposes to each of its carriers
REWRITE_DAYS = 7
REWRITE_COSINE = 0.3
RETOLD = 6  # sentences that a retelling must match
EVIDENCE = 40  # aligned passages kept


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two texts have in common, left as seen from right and back."""

    left: float  # share of left's own words found in right
    right: float
    longest: int  # words of the longest common passage outside quotation marks
    passages: tuple[Passage, ...]
    retold: Retelling | None = None  # left's sentences in right, where passages say too little
    reverse: float = 0.0  # share of right retold by left


def find_copies(
    articles: Sequence[Article],
    judgements: Iterable[Judgement] = (),
    profiles: Sequence[Text] | None = None,
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
        found = copy_of(by_id[left], by_id[right], judged=(left, right) in yes)
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
    early, late, reasons = _direction(one, two)
    like = liken(read_words(late), read_words(early))
    kind = kind_of(like, read_words(late), read_words(early))
    if kind is None and not judged:
        return None
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
    )


def liken(left: Words, right: Words) -> Likeness:
    """Compare two texts word for word and, where that says little, sentence by sentence."""
    passages = common_passages(left, right)
    mine, theirs, longest = shares(left, right, passages)
    if max(mine, theirs) >= 0.6 or min(_sentences(left), _sentences(right)) < RETOLD or not _may_retell(left, right):
        return Likeness(mine, theirs, longest, tuple(passages))
    return Likeness(mine, theirs, longest, tuple(passages), retelling(left, right), retelling(right, left).share)


def _sentences(words: Words) -> int:
    return words.sentence[-1] + 1 if words.sentence else 0


def _may_retell(left: Words, right: Words) -> bool:
    """Whether enough words of meaning are common at all: cheap, and spares laying sentences side by side."""
    one = {stem(word) for word in left.text if carries_meaning(word)}
    two = {stem(word) for word in right.text if carries_meaning(word)}
    return bool(one and two) and len(one & two) >= 0.25 * max(len(one), len(two))


def kind_of(like: Likeness, late: Words, early: Words) -> CopyKind | None:
    """What kind of copy the later text is; None where it is none, as where there is not a word to copy."""
    if not late.text or not early.text:
        return None
    if (
        early.text == late.text
        or min(like.left / 0.94, like.right / 0.85) >= 1 <= min(len(late.text), len(early.text)) // 25
    ):
        return CopyKind.EXACT
    verbatim = like.longest >= 12 and like.left * late.quoted.count(False) >= (30 if like.left >= 0.9 else 50)
    if verbatim and like.left >= 0.75 and like.right < 0.6:
        return CopyKind.EXCERPT
    if verbatim and (like.left >= 0.35 or like.right >= 0.5):
        return CopyKind.EDITED
    told = like.retold
    if told is None or len(told.pairs) < RETOLD or told.order < 0.8 or told.matched < 0.55:
        return None
    if min(told.share, like.reverse) < 0.33 or _outside_quotes(told) < 4:
        return None
    return CopyKind.TRANSLATED if _requoted(told, late, early) else CopyKind.REWRITTEN


def _outside_quotes(told: Retelling) -> int:
    return sum(one.quoted < 0.6 and two.quoted < 0.6 for one, two in told.pairs)


def _requoted(told: Retelling, late: Words, early: Words) -> bool:
    """Whether quotations were put in other words, as translation there and back does and rewriting does not."""
    kept = changed = 0
    for one, two in told.pairs:
        mine, theirs = _quotation(late, one), _quotation(early, two)
        if len(mine) < 5 or len(theirs) < 5:
            continue
        runs = {mine[at : at + 3] for at in range(len(mine) - 2)}
        common = sum(theirs[at : at + 3] in runs for at in range(len(theirs) - 2))
        kept, changed = (kept + 1, changed) if common * 2 >= min(len(mine), len(theirs)) - 2 else (kept, changed + 1)
    return changed > kept


def _quotation(words: Words, sentence: Sentence) -> tuple[str, ...]:
    return tuple(words.text[at] for at in range(sentence.first, sentence.last + 1) if words.quoted[at])


# --------------------------------------------------------------------------- candidates and judgements


def _candidates(profiles: Sequence[Text], by_id: Mapping[str, Article]) -> set[Pair]:
    """Pairs of ids worth laying side by side: carriers of one text, texts with common runs, texts about one matter."""
    first = {profile.text: _earliest(profile, by_id) for profile in profiles}
    found = {
        ordered(first[profile.text], article)
        for profile in profiles
        for article in profile.articles
        if article != first[profile.text] and by_id[article].text.strip()
    }
    pairs = _sharing_runs(profiles)
    retold = [_sentences(read_words(by_id[profile.articles[0]])) for profile in profiles]
    for one, two in candidate_pairs(profiles, most=REWRITE_DAYS, titles=False):
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


def _earliest(profile: Text, by_id: Mapping[str, Article]) -> str:
    """The carrier that the others of a text were most likely taken from."""
    best = by_id[profile.articles[0]]
    for id in profile.articles[1:]:
        best = _direction(best, by_id[id])[0]
    return best.id


def _sharing_runs(profiles: Sequence[Text]) -> set[tuple[int, int]]:
    """Pairs of positions with at least two sampled five-word runs in common, and a tenth of the shorter's."""
    carriers: dict[int, list[int]] = defaultdict(list)
    for at, profile in enumerate(profiles):
        for run in profile.runs:
            carriers[run].append(at)
    common: Counter[tuple[int, int]] = Counter()
    for members in carriers.values():
        for position, right in enumerate(members):
            common.update((left, right) for left in members[: min(position, FANOUT)])
    return {
        (one, two)
        for (one, two), count in common.items()
        if count >= 2 and count >= 0.1 * min(len(profiles[one].runs), len(profiles[two].runs))
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


# --------------------------------------------------------------------------- direction, preference, evidence


def _direction(one: Article, two: Article) -> tuple[Article, Article, tuple[Reason, ...]]:
    """(original, copy, why): credit before time before who files as an agency before length before id."""
    one, two = sorted((one, two), key=lambda article: article.id)
    credit = (credits_outlet(one, two.outlet), credits_outlet(two, one.outlet))
    if credit[0] != credit[1]:
        early, late = (two, one) if credit[0] else (one, two)
        return early, late, (Reason("credit", 1.0, f"credits {early.outlet}"),)
    moments = _moments(one, two)
    if moments is not None and moments[0] != moments[1]:
        early, late = (one, two) if moments[0] < moments[1] else (two, one)
        return early, late, (Reason("published", 0.8, f"{late.published} after {early.published}"),)
    files = files_own_copy(one), files_own_copy(two)
    if files[0] != files[1]:
        early, late = (one, two) if files[0] else (two, one)
        return early, late, (Reason("agency", 0.6, f"{early.outlet} files under its own name"),)
    sizes = len(one.text), len(two.text)
    if sizes[0] != sizes[1]:
        early, late = (one, two) if sizes[0] > sizes[1] else (two, one)
        return early, late, (Reason("completeness", 0.3, "published at one time; the longer is taken as the original"),)
    return one, two, (Reason("order", 0.1, "nothing tells which came first; the direction is by id alone"),)


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
    left, right = read_words(late), read_words(early)
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
