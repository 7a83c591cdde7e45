"""Who is reported to say what: each claim with its chain, or one row for a saying over all its reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sayso.errors import InputError
from sayso.model import Claim, Link
from sayso.report import tables
from sayso.report.archive import Archive
from sayso.report.checks import Checks, clip
from sayso.report.grades import NOT_GRADED, Grade
from sayso.report.identity import PRONOUNS, cited
from sayso.report.reach import OriginShare, reach
from sayso.report.sayings import Saying, Sayings
from sayso.text import fold


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One reported saying of one article with its whole chain."""

    id: str
    article: str
    outlet: str | None
    published: str | None
    chain: tuple[str, ...]
    kinds: tuple[str, ...]
    cues: tuple[str | None, ...]  # the words that make each a source
    stance: str
    certainty: str
    hedge: str | None  # the words that lower the certainty
    not_said: str | None  # the words that negate the saying itself
    mode: str
    addressee: str | None
    channel: str | None
    said: str
    content: str
    about: tuple[str, ...]
    within: str | None  # -> claim in whose content it stands
    saying: str  # -> SayingRow: the first report of the same
    denied_by: tuple[str, ...]
    denies: tuple[str, ...]
    grade: str


@dataclass(frozen=True, slots=True)
class SayingRow:
    """One saying over all its reports; copies do not count as origins."""

    id: str  # of the claim that reported it first
    content: str  # the fullest wording
    who: tuple[str, ...]  # the origin of its chains, by every name it goes by
    kinds: tuple[str, ...]
    stance: str
    cue: str | None  # the words of saying in the first report: "opposes" tells more than its stance
    certainty: tuple[str, ...]
    hedges: tuple[str, ...]
    not_said: str | None
    articles: int
    outlets: tuple[str, ...]
    origins: int
    by_origin: tuple[OriginShare, ...]  # which articles go back to which origin, and why
    first: str | None
    first_outlet: str
    chains: tuple[str, ...]  # each way it came, from the outlet
    confirmed_by: tuple[str, ...]  # others who report the same in articles of another origin
    denied_by: tuple[str, ...]
    denies: tuple[str, ...]
    figures: tuple[str, ...]  # other figures of the same toll
    withdrawn: bool
    grade: str
    claims: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which claims somebody asks for; all that is given must hold. Days are those of publication."""

    source: str | None = None  # part of the name of a cited source, or of what the article calls it
    about: str | None = None  # id, or its first digits, of an event, incident, toll, story or claim
    stances: Sequence[str] = ()
    kinds: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    outlet: str | None = None


@dataclass(slots=True)
class Desk:
    """Everything that questions about claims and sources are answered from, made once."""

    archive: Archive
    grades: Mapping[str, Grade] = field(default_factory=dict)
    sayings: Sayings = field(init=False)
    checks: Checks = field(init=False)

    copied: frozenset[str] = field(init=False)  # articles taken from another

    def __post_init__(self) -> None:
        self.copied = frozenset(copy.article for copy in self.archive.links.copies)
        self.sayings = Sayings(self.archive)
        self.checks = Checks(self.sayings)

    def claims(self, asked: Asked) -> list[ClaimRow]:
        """Every claim that fits, by date of its article."""
        picked = _Picker(self.archive, asked)
        found = [_claim(self, claim) for claim in self.archive.claims.values() if picked.fits(claim)]
        return sorted(found, key=lambda row: (row.published or "9999", row.article, row.id))

    def said(self, asked: Asked) -> list[SayingRow]:
        """Every saying of which a report fits, by date of its first report."""
        picked = _Picker(self.archive, asked)
        return [row_of(self, saying) for saying in self.sayings.all if any(map(picked.fits, saying.claims))]

    def grade_of(self, saying: Saying) -> str:
        """The grade an analyst gave the saying, else its origin; "not graded"."""
        own = [grade for claim in saying.claims if (grade := self.grades.get(claim.id))]
        if own:
            return max(own, key=lambda grade: (grade.at, grade.by)).grade
        origins = [who[-1].key for claim in saying.claims if (who := self.sayings.who(claim))]
        return next((self.grades[key].grade for key in origins if key in self.grades), NOT_GRADED)

    def beside(self, saying: Saying) -> str:
        """A saying in a line: who, and what."""
        claim = saying.claims[0]
        links = cited(claim)
        who = self.archive.source(links[-1]) if links else self.archive.outlet(claim.content[0].article)
        return f"{who}: “{clip(self.archive.quotes(claim.content))}”"

    def denies(self, saying: Saying) -> tuple[str, ...]:
        """What a denial stands against: sayings of others, and outlets that tell it in their own voice."""
        against = self.checks.denied.get(saying.id, ())
        return (*map(self.beside, against), *self.checks.denied_voices(saying))


def row_of(desk: Desk, saying: Saying) -> SayingRow:
    """A saying as it is shown."""
    archive, check = desk.archive, desk.checks.of(saying)
    claims = saying.claims
    articles = list(dict.fromkeys(claim.content[0].article for claim in claims))
    first = archive.article(articles[0])
    fullest = max(claims, key=lambda claim: (*_fullness(desk, claim), claim.id))
    ends = [links[-1] for claim in claims if (links := cited(claim))]
    return SayingRow(
        id=saying.id,
        content=archive.quotes(fullest.content),
        who=_names(archive.source(link) for link in ends),
        kinds=tuple(dict.fromkeys(link.kind.value for link in ends)),
        stance=claims[0].stance,
        cue=archive.quote(claims[0].chain[-1].cue) or None,
        certainty=tuple(dict.fromkeys(claim.certainty.value for claim in claims)),
        hedges=tuple(dict.fromkeys(archive.quote(claim.hedge) for claim in claims if claim.hedge)),
        not_said=archive.quote(claims[0].negation) or None,
        articles=len(articles),
        outlets=tuple(dict.fromkeys(map(archive.outlet, articles))),
        origins=len(saying.origins),
        by_origin=reach(archive, articles).shares,
        first=first.published,
        first_outlet=archive.outlet(first.id),
        chains=tuple(
            dict.fromkeys(f"{archive.outlet(claim.content[0].article)} ← {archive.chain(claim)}" for claim in claims)
        ),
        confirmed_by=check.backers,
        denied_by=tuple(map(desk.beside, check.deniers)),
        denies=desk.denies(saying),
        figures=check.figures,
        withdrawn=check.withdrawn,
        grade=desk.grade_of(saying),
        claims=tuple(claim.id for claim in claims),
        about=tuple(dict.fromkeys(id for claim in claims for id in claim.about)),
    )


def _fullness(desk: Desk, claim: Claim) -> tuple[bool, int]:
    """How well a wording gives a saying: originals before copies, which reword; then the longer."""
    return claim.content[0].article not in desk.copied, len(desk.archive.quotes(claim.content))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    """Names in order of frequency; a pronoun only where there is nothing else."""
    found = Counter(names)
    known = [name for name, _ in found.most_common() if fold(name) not in PRONOUNS]
    return tuple(known or found)


def _claim(desk: Desk, claim: Claim) -> ClaimRow:
    archive, saying = desk.archive, desk.sayings.of[claim.id]
    article = archive.article(claim.content[0].article)
    addressee = archive.actors.get(claim.addressee) if claim.addressee else None
    return ClaimRow(
        id=claim.id,
        article=article.id,
        outlet=article.outlet,
        published=article.published,
        chain=tuple(archive.source(link) for link in claim.chain),
        kinds=tuple(link.kind.value for link in claim.chain),
        cues=tuple(archive.quote(link.cue) or None for link in claim.chain),
        stance=claim.stance,
        certainty=claim.certainty,
        hedge=archive.quote(claim.hedge) or None,
        not_said=archive.quote(claim.negation) or None,
        mode=claim.mode,
        addressee=addressee.name if addressee else archive.quote(claim.addressed) or None,
        channel=archive.quote(claim.channel) or None,
        said=archive.day(claim.time),
        content=archive.quotes(claim.content),
        about=claim.about,
        within=claim.within,
        saying=saying.id,
        denied_by=tuple(map(desk.beside, desk.checks.of(saying).deniers)),
        denies=desk.denies(saying),
        grade=desk.grade_of(saying),
    )


class _Picker:
    """Whether a claim is one that is asked for."""

    def __init__(self, archive: Archive, asked: Asked) -> None:
        self._archive = archive
        self._asked = asked
        self._source = fold(asked.source) if asked.source else None
        self._outlet = fold(asked.outlet) if asked.outlet else None
        self._about = about(archive, asked.about) if asked.about else None

    def fits(self, claim: Claim) -> bool:
        asked, article = self._asked, self._archive.article(claim.content[0].article)
        if asked.stances and claim.stance not in asked.stances:
            return False
        if asked.kinds and not any(link.kind in asked.kinds for link in cited(claim)):
            return False
        if self._outlet and self._outlet not in fold(article.outlet or ""):
            return False
        day = (article.published or "")[:10]
        if (asked.since and day < asked.since) or (asked.until and not "" < day <= asked.until):
            return False
        if self._about is not None and not self._about & {claim.id, *claim.about}:
            return False
        return self._source is None or any(self._named(link, self._source) for link in cited(claim))

    def _named(self, link: Link, part: str) -> bool:
        """Whether a source's name, or anything its article calls it, holds these words."""
        actor = self._archive.actors.get(link.actor or "")
        called = [self._archive.source(link), self._archive.quote(link.span)]
        called += [self._archive.quote(span) for span in actor.spans] if actor else []
        return any(part in folded for name in called if (folded := fold(name)) not in PRONOUNS)


def resolve(archive: Archive, prefix: str) -> tuple[str, str]:
    """(kind, full id) of the one record of an incident, event, toll, claim or story that an id begins."""
    stories = {story.id: story for story in archive.links.stories}
    kinds: dict[str, Mapping[str, object]] = {
        "incident": archive.incidents, "event": archive.events, "toll": archive.tolls, "claim": archive.claims,
        "story": stories,
    }  # fmt: skip
    found: dict[str, str] = {}
    for kind, ids in kinds.items():
        for id in ids:
            if prefix and id.startswith(prefix):
                found.setdefault(id, kind)  # an incident is named by its first event
    if len(found) != 1:
        raise InputError(
            "no incident, event, toll, claim or story has this id, or several begin with it",
            about=prefix,
            way_out="give more digits; `sayso incidents` and `sayso tolls` show ids",
        )
    ((id, kind),) = found.items()
    return kind, id


def about(archive: Archive, prefix: str) -> frozenset[str]:
    """Events, tolls and claims that whoever speaks of a record may speak of: those of its whole incident or story."""
    kind, id = resolve(archive, prefix)
    if kind == "claim":
        return frozenset({id, *archive.claims[id].about})
    if kind == "story":
        story = next(story for story in archive.links.stories if story.id == id)
        return frozenset().union(*(_of_incident(archive, one) for one in story.incidents))
    if kind == "event":
        home = archive.incident_of.get(id)
        own = {id} | {toll.id for toll in archive.tolls.values() if toll.event == id}
        return _of_incident(archive, home) if home else frozenset(own)
    if kind == "toll":
        toll = archive.tolls[id]
        totals = [total for incident in archive.links.incidents for total in incident.tolls if total.harm is toll.harm]
        beside = [set(total.standings) for total in totals]
        return frozenset({id}.union(*(ids for ids in beside if id in ids)))
    return _of_incident(archive, id)


def _of_incident(archive: Archive, id: str) -> frozenset[str]:
    incident = archive.incidents[id]
    figures = {toll for total in incident.tolls for toll in total.standings}
    counted = {toll.id for toll in archive.tolls.values() if toll.event in incident.events}
    denials = {claim.id for claim in tables.disputes(archive, incident)}
    return frozenset({*incident.events, *figures, *counted, *denials})


def told_in_own_voice(archive: Archive, prefix: str) -> list[str]:
    """Outlets that tell the incident of a record themselves, citing nobody."""
    kind, id = resolve(archive, prefix)
    home = archive.incident_of.get(id) if kind == "event" else id
    if kind == "toll":
        home = archive.incident_of.get(archive.tolls[id].event or "")
    return tables.own_voices(archive, archive.incidents[home])[0] if home in archive.incidents else []
