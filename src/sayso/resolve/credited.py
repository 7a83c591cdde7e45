"""The agency whose copy an article says it carries, as the outermost link of every chain of sources.

"Harbour News (from Silkroad Agency): police said" reaches the reader from police through the agency. Where the credits
name several agencies nobody can tell which of them passed a claim on, so none is put in the chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sayso.model import Actor, Article, Claim, Link, SourceKind, content_id
from sayso.resolve.roles import known_name
from sayso.text import fold

_PHOTO = "(photo)"  # marks a credit that is a picture's
_HELPED = re.compile(r"\b(?:[Aa]dditional|[Ff]urther|[Oo]ther) reporting by ([A-Z][\w &-]{1,38}?)\s*(?:[.;,)\n]|$)")
_TAIL = 600  # characters at the end in which reports thank those who helped
_NOBODY = frozenset({"agency", "agencies", "news agency", "news agencies", "wire", "wires", "staff", "reuse"})
_SMALL = frozenset({"the", "of", "and", "for"})


def credited_agency(article: Article) -> str | None:
    """The one agency whose copy the article carries; None if it names none, several or only itself."""
    helpers = [match[1] for match in _HELPED.finditer(article.text, max(0, len(article.text) - _TAIL))]
    others = [*helpers, *([article.outlet] if article.outlet else [])]
    found: list[str] = []
    for name in (" ".join(credit.split()) for credit in article.credits):
        nameless = not name or name.casefold().endswith(_PHOTO) or fold(name) in _NOBODY
        if not nameless and not any(_same_name(name, other) for other in (*others, *found)):
            found.append(name)
    return found[0] if len(found) == 1 else None


def through_credits(
    article: Article, actors: tuple[Actor, ...], claims: Sequence[Claim]
) -> tuple[tuple[Actor, ...], tuple[Claim, ...]]:
    """The claims with the credited agency before their chains, and the actors with that agency among them."""
    name = credited_agency(article)
    if name is None or not claims:
        return actors, tuple(claims)
    agency = _own_actor(name, actors) or _new_actor(name)
    names = {actor.id: actor.name for actor in actors}
    link = Link(agency.id, SourceKind.AGENCY, None, None)
    through = tuple(
        claim
        if _begins_with(claim, (agency.name, name), article, names)
        else replace(claim, chain=(link, *claim.chain))
        for claim in claims
    )
    missing = agency.id not in names and through != tuple(claims)
    return (*actors, agency) if missing else actors, through


def _own_actor(name: str, actors: Iterable[Actor]) -> Actor | None:
    """The participant that is the agency, where the article names it too."""
    media = (actor for actor in actors if actor.kind in ("agency", "media"))
    return next((actor for actor in media if _same_name(actor.name, name)), None)


def _new_actor(name: str) -> Actor:
    role = known_name(name)
    return Actor(
        id=content_id("actor", name),
        name=name,
        kind="agency",
        country=role.country if role else None,
        sector=("JRN",),
        title=None,
        spans=(),
    )


def _begins_with(claim: Claim, agency: Iterable[str], article: Article, actors: dict[str, str]) -> bool:
    """Whether the chain begins with the agency already, or with the outlet itself, which the agency did not hear."""
    if not claim.chain:
        return False
    first = claim.chain[0]
    called = [actors.get(first.actor or ""), article.quote(first.span) if first.span else None]
    known = [*agency, *([article.outlet] if article.outlet else [])]
    return any(_same_name(name, one) for name in called if name for one in known)


def _same_name(one: str, two: str) -> bool:
    """Whether two names may stand for one outlet: equal, or one is the other's initials ("SNA")."""
    left, right = _bare(one), _bare(two)
    short, long = sorted((left, right), key=len)
    return left == right or (len(short) >= 2 and " " in long and short == _initials(long))


def _bare(name: str) -> str:
    return fold(" ".join(name.split())).removeprefix("the ")


def _initials(folded: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", folded) if word not in _SMALL)
