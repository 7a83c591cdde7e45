"""Claims of many reports that are one saying: the same words of the same source, quoted in two papers or copied.

An assertion never meets a denial, nor a number another number. Sources must be compatible: the same over articles, or
a shorter name of it; what is only described ("a nurse") meets itself in reports of one origin alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sayso.model import Article, Claim, Stance
from sayso.report.archive import Archive
from sayso.report.contents import Content, alike_pairs, read_content
from sayso.report.identity import Sources, Who, cited
from sayso.text import fold
from sayso.union import Union

CROWDED = 10_000  # pairs of sources of one content ("no comment") above which only equal sources join
FIGURES = 2  # figures that make a saying known in a copy's other words
UNKNOWN = "unknown"  # the name of an origin whose outlet is not known: it never adds independence


@dataclass(frozen=True, slots=True)
class Saying:
    """One saying over articles; `claims` in order of publication, the first report first."""

    claims: tuple[Claim, ...]
    keys: frozenset[str]  # every source of its chains
    origins: frozenset[str]  # names of the independent origins that report it

    @property
    def id(self) -> str:
        """The first report's claim: what names the saying."""
        return self.claims[0].id


class Sayings:
    """Every saying of an archive, with those that say the same or the opposite."""

    def __init__(self, archive: Archive, sources: Sources | None = None) -> None:
        self.archive = archive
        self.sources = sources or Sources(archive)
        self._who = {id: self._read_who(claim) for id, claim in archive.claims.items()}
        read = cache(read_content)
        self.contents = {id: read(archive.quotes(claim.content)) for id, claim in archive.claims.items()}
        self._whole: dict[str, list[str]] = defaultdict(list)  # claims by content, word for word
        for id in sorted(archive.claims):
            self._whole[self.contents[id].whole].append(id)
        first = {ids[0]: self.contents[ids[0]] for ids in self._whole.values()}
        self._pairs = list(alike_pairs(first))
        self.all = tuple(sorted(map(self._saying, self._groups()), key=self.order))
        self.of = {claim.id: saying for saying in self.all for claim in saying.claims}
        self._near = self._neighbours()

    def who(self, claim: Claim) -> tuple[Who, ...]:
        """The cited sources of a claim over articles, from the nearest to the origin."""
        return self._who[claim.id]

    def _read_who(self, claim: Claim) -> tuple[Who, ...]:
        return tuple(self.sources.of(link, claim.content[0].article) for link in cited(claim))

    def alike(self, saying: Saying) -> tuple[list[Saying], list[Saying]]:
        """Sayings of others with the same content, and those with the opposite one."""
        near = [self.of[id] for id in sorted(self._near.get(saying.id, ()))]
        others = [other for other in near if not other.keys & saying.keys]
        return (
            [other for other in others if self.polarity(other.claims[0]) == self.polarity(saying.claims[0])],
            [other for other in others if _opposed(self, saying, other)],
        )

    def polarity(self, claim: Claim) -> tuple[Stance, bool, frozenset[str]]:
        """What keeps two claims of alike content apart: stance, whether it was not said, and what it negates."""
        return claim.stance, claim.negation is not None, self.contents[claim.id].negated

    def order(self, saying: Saying) -> tuple[str, str, str]:
        """By first report."""
        return moment(self.archive, saying.claims[0])

    # ----------------------------------------------------------------- grouping

    def _groups(self) -> list[list[Claim]]:
        union = Union()
        for ids in self._whole.values():
            if len(ids) > 1:
                self._join(union, ids, ids)
        for left, right in self._pairs:
            self._join(union, self._bucket(left), self._bucket(right))
        self._join_copies(union)
        groups: dict[str, list[Claim]] = defaultdict(list)
        for id in sorted(self.archive.claims):
            groups[union.find(id)].append(self.archive.claims[id])
        return list(groups.values())

    def _bucket(self, id: str) -> Sequence[str]:
        return self._whole[self.contents[id].whole]

    def _join(self, union: Union, left: Sequence[str], right: Sequence[str]) -> None:
        """Join the claims of two alike contents whose polarity and sources agree."""
        mine, theirs = self._kinds(union, left), self._kinds(union, right)
        for polarity in sorted(mine.keys() & theirs.keys(), key=repr):
            ones, twos = mine[polarity], theirs[polarity]
            by_source = {key: claim for (key, _), claim in sorted(twos.items())}
            for (key, _), one in ones.items():
                if key in by_source:
                    union.join(one.id, by_source[key].id)
            if len(ones) * len(twos) > CROWDED:
                continue
            for one in ones.values():
                for two in twos.values():
                    if union.find(one.id) != union.find(two.id) and self._one_saying(one, two):
                        union.join(one.id, two.id)

    def _join_copies(self, union: Union) -> None:
        """Join what a copy puts in other words: the same figures of the same source, in it and in its original."""
        for copy in self.archive.links.copies:
            theirs = self._figures(copy.of)
            for key, id in self._figures(copy.article).items():
                if key in theirs:
                    union.join(id, theirs[key])

    def _figures(self, article: str) -> dict[object, str]:
        """Claims of an article by source, polarity and figures; only those that no other there is equal to."""
        analysis = self.archive.analyses.get(article)
        found: dict[object, list[str]] = defaultdict(list)
        for claim in analysis.claims if analysis else ():
            who, numbers = self.who(claim), self.contents[claim.id].numbers
            if who and len(numbers) >= FIGURES:
                found[who[-1].key, self.polarity(claim), numbers].append(claim.id)
        return {key: ids[0] for key, ids in found.items() if len(ids) == 1}

    def _kinds(self, union: Union, ids: Iterable[str]) -> dict[object, dict[tuple[str, str], Claim]]:
        """Claims of one content by polarity, then source and origin; those equal in all are joined at once."""
        found: dict[object, dict[tuple[str, str], Claim]] = defaultdict(dict)
        for id in ids:
            claim = self.archive.claims[id]
            who = self.who(claim)
            origin = self.archive.origin_of.get(claim.content[0].article, claim.content[0].article)
            key = who[-1].key if who else f"nobody / {origin}"
            first = found[self.polarity(claim)].setdefault((key, origin), claim)
            union.join(first.id, id)
        return found

    def _one_saying(self, one: Claim, two: Claim) -> bool:
        """Whether alike contents of two claims go back to one source."""
        mine, theirs = self.who(one), self.who(two)
        if not mine or not theirs:
            return not mine and not theirs and self._copied(one, two)
        left, right = mine[-1], theirs[-1]
        if left.key == right.key:
            return True
        if left.named and right.named:
            return self.sources.may_be_one(left, right)
        return self._copied(one, two) and (not (left.words and right.words) or self.sources.may_be_one(left, right))

    def _copied(self, one: Claim, two: Claim) -> bool:
        """Whether they stand in two articles of one origin."""
        articles = one.content[0].article, two.content[0].article
        of = self.archive.origin_of
        return articles[0] != articles[1] and of.get(articles[0], articles[0]) == of.get(articles[1], articles[1])

    def _saying(self, claims: list[Claim]) -> Saying:
        told = tuple(sorted(claims, key=lambda claim: moment(self.archive, claim)))
        return Saying(
            claims=told,
            keys=frozenset(who.key for claim in told for who in self.who(claim)),
            origins=independent(self.archive, (claim.content[0].article for claim in told)),
        )

    def _neighbours(self) -> dict[str, set[str]]:
        """Other sayings of alike content, by the sayings' ids."""
        near: dict[str, set[str]] = defaultdict(set)
        same = ((ids[0], ids[0]) for ids in self._whole.values() if len(ids) > 1)
        for left, right in [*self._pairs, *same]:
            one = {self.of[id].id for id in self._bucket(left)}
            two = {self.of[id].id for id in self._bucket(right)} if left != right else one
            for a in one if 1 < len(one) * len(two) <= CROWDED else ():
                near[a] |= two - {a}
                for b in two - {a}:
                    near[b].add(a)
        return near


def moment(archive: Archive, claim: Claim) -> tuple[str, str, str]:
    """When a claim was reported, for sorting; undated last."""
    article: Article = archive.article(claim.content[0].article)
    return article.published or "9999", article.id, claim.id


def independent(archive: Archive, articles: Iterable[str]) -> frozenset[str]:
    """The names of the independent origins of some articles; no unknown one beside a known."""
    names = set()
    for article in articles:
        origin = archive.origins.get(archive.origin_of.get(article, ""))
        names.add(fold(origin.name) if origin else f"{UNKNOWN} {article}")
    return frozenset({name for name in names if not name.startswith(UNKNOWN)} or names)


def _opposed(sayings: Sayings, one: Saying, two: Saying) -> bool:
    """Whether of two alike contents one is asserted and the other denied, or negated."""
    left, right = (sayings.polarity(saying.claims[0]) for saying in (one, two))
    stances = {left[0], right[0]}
    if stances == {Stance.ASSERTS}:
        return (left[1], left[2]) != (right[1], right[2])
    return stances in ({Stance.ASSERTS, Stance.DENIES}, {Stance.ASSERTS, Stance.DOUBTS}) and left[2] == right[2]


__all__ = ["Content", "Saying", "Sayings", "independent", "moment"]
