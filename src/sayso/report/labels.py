"""Who calls the same people or the same happening what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model import Analysis, Label
from sayso.report.archive import Archive, days
from sayso.report.grounds import ground
from sayso.report.identity import PRONOUNS, Sources, Who, cited
from sayso.report.sayings import independent
from sayso.text import fold

_TITLE = 70  # characters of a story's title or an incident's summary in the name of a target


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One name for one target, with everybody who uses it."""

    target: str
    target_id: str  # of an incident, story or actor
    label: str
    by: tuple[str, ...]  # sources, then outlets in their own voice
    chains: tuple[str, ...]
    own_voice: bool  # no source is cited with it: the word is the outlets' own
    articles: int
    origins: int
    first: str | None
    article: str  # that uses it first


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name in one article."""

    target: str
    target_id: str
    label: str
    says: str
    user: str  # the source whose word it is, else the outlet
    own_voice: bool
    kinds: tuple[str, ...]
    cues: tuple[str | None, ...]
    stance: str | None
    certainty: str | None
    article: str


def labels(archive: Archive, of: str | None = None, source: str | None = None) -> list[LabelRow]:
    """Names of everything that goes by more than one; of one target (part of its name, or its id), or by one source."""
    found: dict[tuple[str, str], dict[str, list[Use]]] = defaultdict(lambda: defaultdict(list))
    for use in uses(archive):
        found[use.target_id, use.target][_bare(use.label)].append(use)
    rows: list[LabelRow] = []
    for (id, target), called in found.items():
        if of is None and len(called) < 2:
            continue
        if of and fold(of) not in fold(target) and not id.startswith(of):
            continue
        rows.extend(_row(archive, held) for held in called.values())
    size: dict[str, int] = defaultdict(int)
    for row in rows:
        size[row.target_id] += row.articles
    kept = [row for row in rows if source is None or any(fold(source) in fold(name) for name in row.by)]
    return sorted(kept, key=lambda row: (-size[row.target_id], row.target_id, -row.articles, row.label))


def _row(archive: Archive, held: list[Use]) -> LabelRow:
    articles = sorted({use.article for use in held}, key=lambda id: (archive.article(id).published or "9999", id))
    names = sorted({(use.own_voice, use.user) for use in held})
    return LabelRow(
        target=held[0].target,
        target_id=held[0].target_id,
        label=min((use.label for use in held), key=lambda text: (text[:1].isupper(), text)),
        by=tuple(name for _, name in names),
        chains=tuple(sorted({use.says for use in held})),
        own_voice=all(use.own_voice for use in held),
        articles=len(articles),
        origins=len(independent(archive, articles)),
        first=archive.article(articles[0]).published,
        article=articles[0],
    )


def _bare(label: str) -> str:
    """A name as it is compared: "Protesters" and "protester" are one."""
    folded = fold(label)
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") and not folded.endswith("ss") else folded


def uses(archive: Archive) -> Iterator[Use]:
    """Each use of a label, with what it names as far over articles as that can be told."""
    targets = _Targets(archive)
    sources = targets.sources
    for analysis in archive.analyses.values():
        for label in analysis.labels:
            id, name = targets.of(analysis, label)
            stands = ground(archive, label)
            held = [archive.claims[claim] for claim in label.claims if claim in archive.claims]
            links = cited(max(held, key=lambda claim: len(cited(claim)))) if held else ()
            who: Who | None = sources.of(links[-1], label.span.article) if links else None
            denying = f", who {stands.stance} it" if stands.stance not in (None, "asserts") else ""
            user = sources.label(who) + denying if who else f"{archive.outlet(label.span.article)} (own voice)"
            yield Use(
                target=name,
                target_id=id,
                label=label.text,
                says=stands.says,
                user=user,
                own_voice=who is None,
                kinds=stands.kinds,
                cues=stands.cues,
                stance=stands.stance,
                certainty=stands.certainty,
                article=label.span.article,
            )


class _Targets:
    """What a label names over articles: a participant by name, the harmed of an incident, an incident.

    What no event codes ("the unrest") is the matter of the article's story, and people whom nobody names are people in
    it: the table shows what each source calls them, and says that nobody says they are the same.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.sources = Sources(archive)
        self._stories = {article: story for story in archive.links.stories for article in story.articles}
        self._tolls = {
            id: incident.id
            for incident in archive.links.incidents
            for total in incident.tolls
            for id in total.standings
        }

    def of(self, analysis: Analysis, label: Label) -> tuple[str, str]:
        """(id, name) of what a label names."""
        archive, target = self._archive, label.target or ""
        if home := archive.incident_of.get(target):
            return home, self._incident(home)
        if target in archive.actors:
            return self._actor(analysis, label, target)
        if target in archive.events:
            return target, f"{archive.quote(archive.events[target].trigger)} ({archive.outlet(analysis.article.id)})"
        story = self._stories.get(analysis.article.id)
        if story is None:
            return analysis.article.id, f"what {archive.outlet(analysis.article.id)} tells: {_clip(_title(analysis))}"
        return story.id, f"what happened: {_clip(story.title)}"

    def _actor(self, analysis: Analysis, label: Label, id: str) -> tuple[str, str]:
        archive = self._archive
        for toll in analysis.tolls:
            home = self._tolls.get(toll.id) or archive.incident_of.get(toll.event or "")
            if home and toll.span.overlaps(label.span):
                return f"{home} {toll.harm}", f"the {toll.harm}: {self._incident(home)}"
        name = archive.actors[id].name
        if name[:1].isupper() and fold(name) != fold(label.text) and fold(name) not in PRONOUNS:
            return f"called {fold(name)}", name
        story = self._stories.get(analysis.article.id)
        if story is None:
            return id, f"{name} ({archive.outlet(analysis.article.id)})"
        return f"{story.id} people", f"people in: {_clip(story.title)} (not said to be the same)"

    def _incident(self, id: str) -> str:
        incident = self._archive.incidents[id]
        where = [part for part in (incident.place or incident.country, days(incident.first, incident.last)) if part]
        return f"{', '.join(where) or 'undated'}: {_clip(incident.summary)}"


def _title(analysis: Analysis) -> str:
    return analysis.article.title or analysis.article.text


def _clip(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _TITLE else plain[:_TITLE].rsplit(" ", 1)[0] + " …"
