"""How much of one article stands in the other: what the cosine of a short report and a long one hides.

A flash of three sentences may share all it tells with a long account of that night, and the account little with it.
So here parts of the one (its title, opening and scene) are laid beside the whole body of the other, and what both tell
is measured by what the one with less to tell has at all. A function of two profiles, as in `likeness`.
"""

from __future__ import annotations

import math

from sayso.link.profile import Profile, cosine, main_day, telling

SLACK = 10.0  # squared rarity that an article with nothing to tell counts as having
MONTH = 30  # days beyond which a day told is as far as can be
UNTOLD = -1.0  # where a day of publication is unknown

HELD = (
    "less of a lead in body", "more of a lead in body", "less of a title in body", "more of a title in body",
    "less of a scene in body", "more of a scene in body",
    "rarity held", "telling rarity held", "rarest shared word", "second rarest shared word",
    "less of a lead held", "more of a lead held",
    "rarest shared phrase", "rarity of shared names", "ages held",
    "days told from first publication", "days told from other publication",
)  # fmt: skip


def held(left: Profile, right: Profile) -> tuple[float, ...]:
    """The features of a pair in the order of HELD, the same whichever comes first."""
    one, two = left.totals, right.totals
    shared = sorted((left.rarity[term] for term in left.terms.keys() & right.terms.keys()), reverse=True)
    return (
        *sorted((cosine(left.lead, right.terms), cosine(right.lead, left.terms))),
        *sorted((cosine(left.title, right.terms), cosine(right.title, left.terms))),
        *sorted((cosine(left.scene, right.terms), cosine(right.scene, left.terms))),
        math.fsum(shared) / max(1.0, min(one.body, two.body)),
        math.fsum(map(telling, shared)) / (SLACK + min(one.telling, two.telling)),
        *[*shared, 0.0, 0.0][:2],
        *sorted((_lead_held(left, right), _lead_held(right, left))),
        *_names_held(left, right),
        len(left.ages & right.ages) / (min(len(left.ages), len(right.ages)) + 1),
        *_days_held(left, right),
    )


def _lead_held(one: Profile, other: Profile) -> float:
    """Share of an article's title and lead, by rarity, that the other tells."""
    told = math.fsum(one.rarity[term] for term in one.lead if term in other.terms or term in other.lead)
    return told / one.totals.lead if one.totals.lead else 0.0


def _names_held(left: Profile, right: Profile) -> tuple[float, float]:
    """Rarity of the rarest phrase that both name, and of all names in common."""
    names = left.names.keys() & right.names.keys()
    rarest = max((left.names[name] for name in names if " " in name), default=0.0)
    return rarest, math.log1p(math.fsum(left.names[name] for name in names))


def _days_held(left: Profile, right: Profile) -> tuple[float, float]:
    """How far the days that each tells lie from the first publication, and its main day from the other's own."""
    if left.published is None or right.published is None:
        return UNTOLD, UNTOLD
    first = min(left.published, right.published)
    one, two = left.days or {left.published: 1.0}, right.days or {right.published: 1.0}
    far = max(math.fsum(share * min(MONTH, abs(day - first)) for day, share in days.items()) for days in (one, two))
    near = min(abs(main_day(one) - right.published), abs(main_day(two) - left.published))
    return math.log1p(far), math.log1p(near)
