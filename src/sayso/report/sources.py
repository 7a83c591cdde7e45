"""Who is cited, over all articles: how much, how often others report the same, how often it is disputed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.errors import InputError
from sayso.model import Claim, Link, Stance
from sayso.report.claims import Desk, SayingRow, row_of
from sayso.report.grades import NOT_GRADED
from sayso.report.identity import PRONOUNS, Who, cited
from sayso.report.sayings import Saying, independent
from sayso.text import fold


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source over all articles. Claims are counted once however many reports and copies carry them."""

    name: str
    names: tuple[str, ...]  # everything it goes by
    named: bool  # described only: one source in the reports of one origin, never joined over others
    described_in: str | None  # that origin
    country: str | None
    kinds: tuple[str, ...]
    claims: int
    passed_on: int  # of these, what it passes on from another
    confirmed: int  # of what it asserts, what others report in articles of another origin
    disputed: int  # denied by others, contradicted by their figures, or called back
    alone: int  # asserted, and neither
    articles: int
    origins: int
    first: str | None
    last: str | None
    stances: tuple[str, ...]
    grade: str
    graded_by: str | None
    grade_note: str | None
    key: str


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What one source said, and what others make of it."""

    source: str
    key: str  # of the source
    role: str  # origin, or passes on
    standing: str  # confirmed, disputed, alone; "" for what is not asserted
    saying: SayingRow


def sources(desk: Desk) -> list[SourceRow]:
    """Every cited source, named ones with most claims first; the agency that an article credits is none."""
    cited_by: dict[str, tuple[Who, dict[str, Saying]]] = {}
    for saying in desk.sayings.all:
        for claim in saying.claims:
            for who in desk.sayings.who(claim):
                cited_by.setdefault(who.key, (who, {}))[1][saying.id] = saying
    rows = [_source(desk, who, list(said.values())) for who, said in cited_by.values()]
    return sorted(rows, key=lambda row: (-row.claims, not row.named, row.name, row.key))


def _source(desk: Desk, who: Who, said: list[Saying]) -> SourceRow:
    archive, names = desk.archive, desk.sayings.sources
    claims = [claim for saying in said for claim in saying.claims if _cites(desk, claim, who.key)]
    articles = {claim.content[0].article for claim in claims}
    days = sorted(day for id in articles if (day := archive.article(id).published))
    standing = Counter(_standing(desk, saying) for saying in said)
    stances = Counter(saying.claims[0].stance.value for saying in said)
    grade = desk.grades.get(who.key) if who.named else None
    origin = None if who.named else archive.origins.get(who.key.rsplit(" / ", 1)[-1])
    return SourceRow(
        name=names.name(who.key),
        names=names.names(who.key),
        named=who.named,
        described_in=origin.name if origin else None,
        country=who.country or _home(desk, claims, who.key),
        kinds=_common(link.kind.value for claim in claims for link in _links(desk, claim, who.key)),
        claims=len(said),
        passed_on=sum(_role(desk, saying, who.key) == "passes on" for saying in said),
        confirmed=standing["confirmed"],
        disputed=standing["disputed"],
        alone=standing["alone"],
        articles=len(articles),
        origins=len(independent(archive, articles)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        stances=tuple(f"{stance} {count}" for stance, count in sorted(stances.items(), key=lambda one: (-one[1], one))),
        grade=grade.grade if grade else NOT_GRADED,
        graded_by=grade.by if grade else None,
        grade_note=(grade.note or None) if grade else None,
        key=who.key,
    )


def notes(desk: Desk, name: str) -> list[SourceNote]:
    """What the sources of a name (or part of it) said, by first report."""
    rows = pick(sources(desk), name)
    found = []
    for row in rows:
        for saying in desk.sayings.all:
            if row.key in saying.keys:
                role, standing = _role(desk, saying, row.key), _standing(desk, saying)
                found.append(SourceNote(row.name, row.key, role, standing, row_of(desk, saying)))
    return sorted(found, key=lambda note: (note.saying.first or "9999", note.saying.id, note.source))


def pick(rows: Iterable[SourceRow], name: str) -> list[SourceRow]:
    """The sources that go by a name; where none does, those of whose name it is a part."""
    wanted, rows = fold(name), list(rows)
    exact = [row for row in rows if wanted in map(fold, row.names)]
    return exact or [row for row in rows if any(wanted in fold(one) for one in row.names if fold(one) not in PRONOUNS)]


def gradable(desk: Desk, name: str) -> SourceRow:
    """The one named source of a name, or part of it; InputError says which there are where it is not one."""
    found = pick(sources(desk), name)
    named = [row for row in found if row.named]
    if len(named) == 1:
        return named[0]
    if named:
        several = "; ".join(f"{row.name} ({row.country or 'country unknown'})" for row in named[:8])
        raise InputError(
            f"{len(named)} sources go by this name: {several}", about=name, way_out="give more of the name"
        )
    if found:
        raise InputError(
            "is described and never named, so that two reports may mean two of them; a source is graded by its name",
            about=name,
            way_out="grade what it says: `sayso claims --source` shows the ids",
        )
    raise InputError("no source of this name is cited", about=name, way_out="`sayso sources` lists them")


def _standing(desk: Desk, saying: Saying) -> str:
    """Disputed outweighs confirmed: what is denied is not settled by a second voice."""
    if saying.claims[0].stance is not Stance.ASSERTS or saying.claims[0].negation is not None:
        return ""
    check = desk.checks.of(saying)
    return "disputed" if check.disputed else "confirmed" if check.backers else "alone"


def _role(desk: Desk, saying: Saying, key: str) -> str:
    ends = {who[-1].key for claim in saying.claims if (who := desk.sayings.who(claim))}
    return "origin" if key in ends else "passes on"


def _home(desk: Desk, claims: Iterable[Claim], key: str) -> str | None:
    """The one country that articles give a person; None where two do."""
    cited = (desk.archive.actors.get(link.actor or "") for claim in claims for link in _links(desk, claim, key))
    found = {actor.country for actor in cited if actor and actor.country}
    return found.pop() if len(found) == 1 else None


def _cites(desk: Desk, claim: Claim, key: str) -> bool:
    return any(who.key == key for who in desk.sayings.who(claim))


def _links(desk: Desk, claim: Claim, key: str) -> list[Link]:
    return [link for link, who in zip(cited(claim), desk.sayings.who(claim), strict=True) if who.key == key]


def _common(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in Counter(names).most_common())
