"""Who disputes what, who said it to whom, what it is called, and what is given as its cause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from sayso.model import Claim, Incident
from sayso.report.archive import depth
from sayso.report.facets import Facet, agree_on_names
from sayso.report.grounds import ground_of
from sayso.report.identity import PRONOUNS
from sayso.report.labels import uses
from sayso.report.positions import Standing
from sayso.report.sitrep.record import Item, Line, Part
from sayso.report.sitrep.scope import Bench, head, id_of, left_out, line, quote
from sayso.report.sitrep.wording import NAME, capital, clip, listed

_NAMES = 15
_REPORTS = 15  # cited for a name; the first of each who uses it before their second
_CHAINS = 10
_CAUSES = 20
_DISPUTED = 20  # denials, and as many facets
_FRAGMENT = 30  # characters: what is shorter says nothing alone


def disputed(bench: Bench) -> Iterator[Item]:
    """Events first, then figures: only what one source denies or doubts and another tells."""
    denied = {claim.id: (incident, claim) for incident in bench.incidents for claim in bench.denied(incident)}
    facets = [(facet, one.summary) for one in bench.incidents for facet in bench.agreed(one).contested]
    facets += [(facet, title) for title, found in contested_names(bench) for facet in found]
    for incident, claim in list(denied.values())[:_DISPUTED]:
        yield Item(_denial(bench, incident, claim))
    for facet, of in facets[:_DISPUTED]:
        yield from _sides(bench, facet, quote(of))
    yield from left_out(max(len(denied), _DISPUTED) + max(len(facets), _DISPUTED), 2 * _DISPUTED, "agreement")


def _denial(bench: Bench, incident: Incident, claim: Claim) -> Line:
    who = clip(bench.archive.source(claim.chain[-1]), NAME)
    said = quote(bench.archive.quotes(claim.content))
    against = (quote(incident.summary), bench.cite(incident.articles), id_of(incident.id))
    return line(f"{who} {claim.stance}", said, bench.cite([claim.content[0].article]), "against", *against)


def contested_names(bench: Bench) -> Iterator[tuple[str, tuple[Facet, ...]]]:
    """What the matter of a story, or its people, are called by some and not by others in the scope; by its title."""
    bounded = bench.scope.since or bench.scope.until
    for story in bench.archive.links.stories:
        if not bench.articles & set(story.articles):
            continue
        told = tuple(id for id in story.articles if not bounded or bench.tells(id))
        if found := agree_on_names(bench.desk, replace(story, articles=told)).contested:
            yield story.title, found


def _sides(bench: Bench, facet: Facet, of: Part) -> Iterator[Item]:
    """The positions of a facet that stand against one another, beside the denials that are told already."""
    opposed = [one for one in facet.positions if one.standing is Standing.CONTESTED and not one.denies]
    if len(opposed) < 2:
        return
    parts: list[Part | str] = []
    for one in opposed:
        names = listed(list(dict.fromkeys(who.name for who in one.holders)), 3)
        against = "against " if parts else ""
        parts += [f"{against}{clip(one.says)} ({names})", bench.cite(who.article for who in one.holders)]
    yield Item(line(head(f"{capital(facet.name)},"), of, ":", *parts))


# --------------------------------------------------------------------------- who said it to whom


def chains(bench: Bench) -> Iterator[Item]:
    """Sayings with an addressee, a channel or more than one source between the outlet and the first of them."""
    claims = [claim for id in bench.articles for claim in bench.archive.analyses[id].claims]
    telling = [one for one in claims if depth(one) > 1 or one.addressee or one.addressed or one.channel]
    for claim in sorted(filter(lambda one: _readable(bench, one), telling), key=lambda one: _order(bench, one))[
        :_CHAINS
    ]:
        yield Item(_chain(bench, claim))


def _order(bench: Bench, claim: Claim) -> tuple[int, str, str]:
    published = bench.archive.article(claim.content[0].article).published
    return -depth(claim), published or "9999", claim.id


def _chain(bench: Bench, claim: Claim) -> Line:
    archive = bench.archive
    outlet = archive.outlet(claim.content[0].article)
    names = " ← ".join(clip(name, NAME) for name in (outlet, *map(archive.source, claim.chain)))
    actor = archive.actors.get(claim.addressee) if claim.addressee else None
    addressee = actor.name if actor else archive.quote(claim.addressed)
    to = f" to {clip(addressee, NAME)}" if addressee else ""
    channel = f" {clip(archive.quote(claim.channel), NAME)}" if claim.channel else ""
    stance = f"did not say: {archive.quote(claim.negation)}" if claim.negation else claim.stance
    how = ", ".join([clip(stance, NAME), *([claim.certainty] if claim.certainty != "certain" else [])])
    cited = bench.cite([claim.content[0].article])
    return line(f"{names}{to}{channel} ({how}):", quote(archive.quotes(claim.content)), cited)


def _readable(bench: Bench, claim: Claim) -> bool:
    """Whether a saying can be read alone: named speakers, and more than a fragment of content."""
    named = not any(bench.archive.source(link).casefold() in PRONOUNS for link in claim.chain)
    content = bench.archive.quotes(claim.content)
    return named and len(content) >= _FRAGMENT and "…" not in content[:12]


# --------------------------------------------------------------------------- names and causes


def naming(bench: Bench) -> Iterator[Item]:
    """What people and happenings are called, the commonest first, and by whom."""
    used: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for use in uses(bench.archive):
        if use.article in bench.articles:
            used[use.label.casefold()][use.says].append(use.article)
    for words, sayers in sorted(used.items(), key=lambda item: -sum(map(len, item[1].values())))[:_NAMES]:
        articles = [article for rank in zip_longest(*sayers.values()) for article in rank if article]
        who = "; ".join(clip(name) for name in list(sayers)[:4])
        more = f"; {len(sayers) - 4} more" if len(sayers) > 4 else ""
        reports = len(set(articles))
        more += f"; in {reports} reports, of them" if reports > _REPORTS else ""
        yield Item(line(quote(words), f": {who}{more}", bench.cite(list(dict.fromkeys(articles))[:_REPORTS])))


def causes(bench: Bench) -> Iterator[Item]:
    """Reasons given and blame laid, in the reports' words."""
    events = [bench.archive.events[id] for incident in bench.incidents for id in incident.events]
    found = [(event, cause) for event in events for cause in event.causes]
    for event, cause in found[:_CAUSES]:
        code = ", ".join(filter(None, (event.type.lower(), event.mode)))
        who = clip(ground_of(bench.archive, event, cause).says)
        told = (quote(bench.words(event.trigger)), f": {cause.kind}", quote(bench.words(cause.span)), f", {who}")
        yield Item(line(code, *told, bench.cite([cause.span.article])))
    yield from left_out(len(found), _CAUSES, "agreement")
