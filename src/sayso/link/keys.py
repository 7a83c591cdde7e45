"""What proposes that two articles be compared: keys of one article, chosen by fixed rarity alone.

A pair is a candidate when the keys that both have, each within its own reach in days, weigh enough together: two
uncommon words within two weeks, or one rare name in full within many months. So candidates are found by looking up
each key's articles within days, and whether a pair is one never depends on a third article.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from sayso.knowledge import rows
from sayso.link.profile import Profile
from sayso.link.words import WORD, normal

NEAR, FAR = 14, 500  # days
ENOUGH = 400  # weight of shared keys, in hundredths, that makes a candidate
UNCOMMON = 3.5  # least rarity of a key: one text in 33 holds it
BASE = 2.0  # of a word's rarity counts what is above this
TERMS, LEAD = 16, 16  # keys from the heaviest terms of the body, and of title and lead
RARE_NAME = 6.2  # rarity of a name phrase that proposes on its own, across months: below the table's floor
PHRASES = 24


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One word or name that articles can be found by."""

    text: str
    reach: int  # days between publications across which it proposes
    weight: int  # hundredths


def blocking_keys(profile: Profile, titles: bool = True) -> tuple[Key, ...]:
    """The keys of an article, sorted; without `titles` those of its body, which its word-for-word copies share."""
    body = [term for term in profile.terms if profile.rarity[term] >= UNCOMMON][:TERMS]
    lead = [term for term in profile.lead if profile.rarity[term] >= UNCOMMON][:LEAD] if titles else []
    near = [Key(term, NEAR, round(100 * (profile.rarity[term] - BASE))) for term in {*body, *lead}]
    phrases = [name for name, rarity in profile.names.items() if rarity >= RARE_NAME and _names_somebody(name)]
    return tuple(sorted([*near, *(Key(name, FAR, ENOUGH) for name in phrases[:PHRASES])]))


def _names_somebody(name: str) -> bool:
    """Whether a name is a phrase, and no part of what a country or its people are called: that says only where."""
    return " " in name and name not in _of_countries()


@cache
def _of_countries() -> frozenset[str]:
    """Two words in a row of the names of countries and peoples, as profiles hold names."""
    named = [row[1] for row in rows("country_codes.tsv") if len(row) > 1]
    named += [name for row in rows("countries.tsv") for cell in row[3:5] for name in cell.split("|")]
    words = [[normal(word) for word in WORD.findall(name) if word[0].isupper()] for name in named]
    return frozenset(f"^{one} {two}" for run in words for one, two in pairwise(run))


def are_candidates(left: Iterable[Key], right: Iterable[Key], gap: int | None) -> bool:
    """Whether two articles so many days apart are worth comparing; an unknown gap bars nothing."""
    return sum(key.weight for key in {*left} & {*right} if gap is None or gap <= key.reach) >= ENOUGH


def proposed_pairs(keys: Sequence[Sequence[Key]], days: Sequence[int | None], most: int = FAR) -> list[tuple[int, int]]:
    """Positions of all candidate pairs, `most` days apart at most; `keys` and `days` of publication side by side."""
    holders: dict[Key, list[int]] = defaultdict(list)
    for at in sorted(range(len(keys)), key=lambda at: (days[at] is not None, days[at] or 0, at)):
        for key in keys[at]:
            holders[key].append(at)
    weights: Counter[tuple[int, int]] = Counter()
    for key, members in holders.items():
        reach = min(most, key.reach)
        for position, left in enumerate(members):
            early = days[left]
            for right in members[position + 1 :]:
                late = days[right]
                if early is not None and late is not None and late - early > reach:
                    break
                weights[min(left, right), max(left, right)] += key.weight
    return sorted(pair for pair, weight in weights.items() if weight >= ENOUGH)
