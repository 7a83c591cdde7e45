"""Who each report goes back to. Independence is counted in origins, never in articles or outlets.

Articles share an origin when one was taken from the other, or when both credit one agency for what is, by their
words, one report. Nothing else joins them: an outlet that carries an agency today has its own reporters tomorrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sayso.link.articles import Text, candidate_pairs, profile_articles
from sayso.link.credit import credited_agencies, initials, same_name
from sayso.link.days import published_day
from sayso.link.likeness import cosine
from sayso.model import Analysis, Article, Copy, Origin, Reason, content_id
from sayso.text import fold
from sayso.union import Union

UNKNOWN = "unknown"  # the name of an origin whose outlet is not known: it never adds independence
SAME_REPORT = 0.25  # cosine of two bodies that credit one agency within SAME_DAYS
SAME_DAYS = 3


def find_origins(
    articles: Sequence[Article], copies: Sequence[Copy], profiles: Sequence[Text] | None = None
) -> tuple[Origin, ...]:
    """The origins of all articles, each article in one; by id."""
    by_id = {article.id: article for article in articles}
    if profiles is None:
        profiles = profile_articles([Analysis(by_id[id]) for id in sorted(by_id)])
    union = Union()
    why: dict[str, str] = {}
    for copy in copies:
        if copy.article in by_id and copy.of in by_id:
            union.join(copy.article, copy.of)
            why[copy.article] = why[copy.of] = "copies"
    for one, two, agency in _common_agency(profiles, by_id):
        union.join(one, two)
        why[one] = why[two] = f"credits {agency}"
    groups: dict[str, list[str]] = defaultdict(list)
    for id in sorted(by_id):
        groups[union.find(id)].append(id)
    full = _full_names(articles)
    taken = {copy.article for copy in copies}
    found = [_origin([by_id[id] for id in group], taken, why, full) for group in groups.values()]
    return tuple(sorted(found, key=lambda origin: origin.id))


def count_independent(article_ids: Sequence[str], origins: Sequence[Origin]) -> tuple[str, ...]:
    """The ids of independent origins behind these articles: one a name, and no unknown beside a known one."""
    wanted = set(article_ids)
    named: dict[str, str] = {}
    for origin in sorted(origins, key=lambda origin: (origin.first or "9999", origin.id)):
        if wanted & set(origin.articles):
            named.setdefault(fold(origin.name), origin.id)
    known = [id for name, id in named.items() if name != UNKNOWN]
    return tuple(sorted(known or named.values()))


def _origin(group: Sequence[Article], taken: set[str], why: Mapping[str, str], full: Mapping[str, str]) -> Origin:
    """One origin; its id depends on its articles alone, its name on the one nobody is seen to have taken."""
    root = min(group, key=lambda article: (article.id in taken, article.published or "9999", article.id))
    dates = sorted(article.published for article in group if article.published)
    name, ground = _name(root, group, full)
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


def _common_agency(profiles: Sequence[Text], by_id: Mapping[str, Article]) -> list[tuple[str, str, str]]:
    """Pairs of articles that credit one agency (or are its own) and give one report by their words."""
    found = []
    names = {id: _sources(article) for id, article in by_id.items()}
    for one, two in candidate_pairs(profiles, most=SAME_DAYS, titles=False):
        left, right = profiles[one], profiles[two]
        if cosine(left.terms, right.terms) < SAME_REPORT:
            continue
        for a in left.articles:
            for b in right.articles:
                shared = sorted(x for x in names[a] for y in names[b] if same_name(x, y))
                days = published_day(by_id[a]), published_day(by_id[b])
                near = days[0] is not None and days[1] is not None and abs(days[0] - days[1]) <= SAME_DAYS
                credited = bool(credited_agencies(by_id[a]) and credited_agencies(by_id[b]))
                same_outlet = fold(by_id[a].outlet or "") == fold(by_id[b].outlet or " ")
                if shared and near and not same_outlet and (credited or cosine(left.terms, right.terms) > 0.5):
                    found.append((a, b, shared[0]))
    return sorted(found)


def _sources(article: Article) -> frozenset[str]:
    """The agencies an article credits, and its own name, which agencies' clients credit."""
    return credited_agencies(article) | ({fold(article.outlet)} if article.outlet else frozenset())
