"""Who each report goes back to. Independence is counted in origins, never in articles or outlets.

Articles share an origin when one was taken from the other, or when both credit one agency for what is, by their
words, one report. Nothing else joins them: an outlet that carries an agency today has its own reporters tomorrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.link.credit import credited_agencies
from sayso.model import Article, Origin, Reason, content_id
from sayso.text import fold, initials, same_name

UNKNOWN = "unknown"  # the name of an origin whose outlet is not known: it never adds independence
SAME_REPORT = 0.25  # cosine of two bodies that credit one agency within SAME_DAYS
SAME_DAYS = 3


def count_independent(article_ids: Sequence[str], origins: Sequence[Origin]) -> tuple[str, ...]:
    """The ids of independent origins behind these articles: one a name, and no unknown beside a known one."""
    wanted = set(article_ids)
    named: dict[str, str] = {}
    for origin in sorted(origins, key=lambda origin: (-len(origin.name), origin.first or "9999", origin.id)):
        if wanted & set(origin.articles) and not any(same_name(origin.name, name) for name in named):
            named[origin.name] = origin.id
    known = [id for name, id in named.items() if name != UNKNOWN]
    return tuple(sorted(known or named.values()))


def make_origin(group: Sequence[Article], taken: set[str], why: Mapping[str, str]) -> Origin:
    """One origin; its id depends on its articles alone, its name on the one nobody is seen to have taken."""
    root = min(group, key=lambda article: (article.id in taken, article.published or "9999", article.id))
    dates = sorted(article.published for article in group if article.published)
    name, ground = _name(root, group, _full_names(group))
    reasons = [Reason("name", 1.0 if name != UNKNOWN else 0.0, ground)]
    if len(group) > 1:
        reasons += [Reason("joined", 1.0, text) for text in sorted({why[a.id] for a in group if a.id in why})]
    return Origin(
        id=content_id("origin", min(article.id for article in group)),
        name=name,
        articles=tuple(sorted(article.id for article in group)),
        first=dates[0][:10] if dates else None,
        reasons=tuple(reasons),
    )


def _name(root: Article, group: Sequence[Article], full: Mapping[str, str]) -> tuple[str, str]:
    """The agency that the root credits, else its outlet, else an agency or outlet of the others."""
    for article in (root, *sorted(group, key=lambda one: (one.published or "9999", one.id))):
        agencies = credited_agencies(article)
        own = article.outlet
        if own and any(same_name(agency, own) for agency in agencies):
            return full.get(fold(own), own), f"{own} reports under its own name"
        if len(agencies) == 1:
            (agency,) = agencies
            return full.get(agency, agency), f"credited by {own or 'an unnamed outlet'}"
        if own:
            return full.get(fold(own), own), f"published by {own}"
    return UNKNOWN, "no outlet and no credit is known"


def _full_names(articles: Sequence[Article]) -> dict[str, str]:
    """What to print for a folded agency name: the outlet or credit as written; initials to the only name they fit."""
    written: dict[str, set[str]] = defaultdict(set)
    for article in articles:
        for name in (article.outlet, *article.credits):
            if name:
                written[fold(name)].add(name)
                if " " in name.strip() and len(initials(name)) >= 2:
                    written[initials(name)].add(name)
    found = {}
    for key, names in written.items():
        longer = {fold(name) for name in names} - {key}
        if len(longer) <= 1:
            found[key] = min(name for name in names if not longer or fold(name) in longer)
    return found
