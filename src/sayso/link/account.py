"""Incidents, running totals and what stories tell, formed again around what changed; the rest of the archive stays.

What becomes of ids is recorded: an incident is named after its smallest event and a story after its smallest article,
so that both may be renamed, merged or split as reports come in.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from sayso.link.cards import Cards
from sayso.link.counts import TakenBack
from sayso.link.crises import crisis_totals
from sayso.link.happenings import article_in, event_in, node_of
from sayso.link.incidents import Around, group_tellings, make_incident, make_total
from sayso.link.stories import Retold
from sayso.link.verdicts import Verdicts
from sayso.model import Incident, Links
from sayso.ports import Gone, LinkIndex, Succession

CHUNK = 200  # incidents written at a time

Group = tuple[str, ...]


class Account:
    """The incidents of an archive, told again where articles, origins or stories changed."""

    def __init__(self, index: LinkIndex, cards: Cards, verdicts: Verdicts, retold: Retold) -> None:
        self.index = index
        self.cards = cards
        self.verdicts = verdicts
        self.retold = retold

    def tell_again(self, fresh: set[str], strangers: Iterable[str], lost: Iterable[str]) -> None:
        """`strangers` are articles whose origin changed, `lost` tellings that were grouped with fresh ones before."""
        before = self._keep_stories()
        changed = fresh | set(strangers)
        old, groups = self._stale(fresh, changed, lost)
        totals, counted = self._totals(changed)
        old.update((incident.id, incident) for incident in counted)
        made = {incident.id: incident for incident in self._write(groups, totals)}
        self.index.change(Gone(incidents=tuple(sorted(old.keys() - made.keys()))), Links())
        self.index.retire([*succeed("incident", _events(old.values()), _events(made.values())), *before])
        self._give_stories_incidents(old, made)

    # ----------------------------------------------------------------- which

    def _stale(
        self, fresh: set[str], changed: set[str], lost: Iterable[str]
    ) -> tuple[dict[str, Incident], list[Group]]:
        """The incidents that no longer stand as they are, and the groups of tellings in their place."""
        start = {node_of(telling) for id in fresh for telling in self.cards.one(id).tellings if not telling.total}
        nodes, groups = group_tellings(self.index, self.cards, start, lost, self.verdicts)
        home = self.index.incident_of(sorted(event_in(node) for node in nodes))
        spread = Counter(id for group in groups for id in {home.get(event_in(node)) for node in group})
        again = {incident.id for incident in self.index.incidents_of(sorted(changed)) if not incident.total}
        again |= self._recalled(fresh)
        made = []
        for group in groups:
            ids = {home.get(event_in(node)) for node in group}
            (first, *others) = ids
            whole = not others and first is not None and spread[first] == 1 and first not in again
            if not whole or not fresh.isdisjoint(article_in(node) for node in group):
                again |= {id for id in ids if id is not None}
                made.append(group)
        old = {incident.id: incident for incident in self.index.incidents(sorted(again))}
        made += self._elsewhere(old.values(), nodes, fresh)
        return old, made

    def _elsewhere(self, old: Iterable[Incident], nodes: set[str], fresh: set[str]) -> list[Group]:
        """Groups of stale incidents whose tellings were not grouped again, as they are."""
        found = []
        for incident in old:
            events = set(incident.events)
            group = tuple(
                node_of(telling)
                for card in self.cards.get(incident.articles).values()
                if card.id not in fresh
                for telling in card.tellings
                if telling.id in events and not telling.total
            )
            if group and nodes.isdisjoint(group):
                found.append(tuple(sorted(group)))
        return found

    def _recalled(self, fresh: set[str]) -> set[str]:
        """Incidents with tolls that articles calling figures withdrawn came to, or went from."""
        recalling = [
            (story, one.article) for story, one in self.index.flagged(sorted(self.retold.stories)) if one.recalls
        ]
        if not recalling:
            return set()
        moved = {*self.retold.moved, *fresh}
        stories = {story for story, article in recalling if article in moved}
        stories |= {
            self.retold.before[article] for _, article in recalling if article in moved & self.retold.before.keys()
        }
        inside = [id for story in self.index.stories(sorted(stories)) for id in story.incidents]
        near = [*self.index.incidents(inside), *self.index.incidents_of(sorted(moved))]
        return {incident.id for incident in near if incident.tolls and not incident.total}

    def _totals(self, changed: set[str]) -> tuple[list[str], list[Incident]]:
        """Stories whose running totals are to be counted again, and the incidents that count them now."""
        moved = sorted(changed.union(self.retold.moved))
        old = [incident for incident in self.index.incidents_of(moved) if incident.total]
        counting = {id for id, one in self.index.linked(moved).items() if one.totals}
        counting |= {id for incident in old for id in incident.articles}
        stories = sorted(set(self.index.stories_of(sorted(counting)).values()))
        inside = [one.article for _, one in self.index.flagged(stories) if one.totals]
        return stories, [incident for incident in self.index.incidents_of([*inside, *moved]) if incident.total]

    # ----------------------------------------------------------------- records

    def _write(self, groups: Sequence[Group], totals: Sequence[str]) -> Iterator[Incident]:
        """Form and store incidents, some at a time."""
        yield from self._told(groups)
        yield from self._counted(totals)

    def _told(self, groups: Sequence[Group]) -> Iterator[Incident]:
        rest = iter(groups)
        while some := list(islice(rest, CHUNK)):
            around = self._around({article_in(node) for group in some for node in group})
            made = [make_incident(group, around, self.verdicts) for group in some]
            self.index.change(Gone(), Links(incidents=tuple(made)))
            yield from made

    def _counted(self, stories: Sequence[str]) -> Iterator[Incident]:
        counting: dict[str, list[str]] = defaultdict(list)
        for story, each in self.index.flagged(stories):
            if each.totals:
                counting[story].append(each.article)
        for articles in counting.values():
            around = self._around(articles)
            tellings = [telling for card in self.cards.get(articles).values() for telling in card.tellings]
            made = [make_total(group, around) for group in crisis_totals(tellings)]
            self.index.change(Gone(), Links(incidents=tuple(made)))
            yield from made

    def _around(self, articles: Iterable[str]) -> Around:
        """What the incidents of these articles rest on."""
        wanted = sorted(set(articles))
        home = self.index.stories_of(wanted)
        recalled: dict[str, list[TakenBack]] = defaultdict(list)
        for story, each in self.index.flagged(sorted(set(home.values()))):
            if each.recalls:
                recalled[story] += self.cards.one(each.article).recalled
        origins = {id: origin for origin in self.index.origins(wanted) for id in origin.articles}
        return Around(self.cards, origins, home, recalled)

    # ----------------------------------------------------------------- stories

    def _keep_stories(self) -> list[Succession]:
        """Store the stories that changed, with the incidents they had; what became of those that are gone."""
        old = {story.id: story for story in self.index.stories(sorted({*self.retold.gone, *self.retold.stories}))}
        kept = [
            replace(story, incidents=old[id].incidents if id in old else ())
            for id, story in sorted(self.retold.stories.items())
        ]
        self.index.change(
            Gone(stories=tuple(sorted(old.keys() - self.retold.stories.keys()))), Links(stories=tuple(kept))
        )
        return succeed(
            "story",
            {id: story.articles for id, story in old.items()},
            {story.id: story.articles for story in kept},
        )

    def _give_stories_incidents(self, old: Mapping[str, Incident], made: Mapping[str, Incident]) -> None:
        """File each incident that is new, or whose articles moved, under the story of most of its articles."""
        moved = self.index.incidents_of(self.retold.moved)
        filed = {incident.id: incident for incident in (*moved, *made.values())}
        touched = {*filed, *old}
        home = self.index.stories_of(sorted({id for incident in filed.values() for id in incident.articles}))
        now: dict[str, set[str]] = defaultdict(set)
        for incident in filed.values():
            votes = Counter(home[id] for id in incident.articles if id in home)
            if votes:
                now[min(votes, key=lambda story: (-votes[story], story))].add(incident.id)
        before = self.index.stories_telling(sorted(touched))
        stories = self.index.stories(sorted({*now, *before.values(), *self.retold.stories}))
        given = [
            replace(story, incidents=tuple(sorted({*story.incidents} - touched | now[story.id]))) for story in stories
        ]
        changed = [new for was, new in zip(stories, given, strict=True) if was != new]
        self.index.change(Gone(), Links(stories=tuple(changed)))


def _events(incidents: Iterable[Incident]) -> dict[str, tuple[str, ...]]:
    return {incident.id: incident.events for incident in incidents}


def succeed(kind: str, old: Mapping[str, Sequence[str]], new: Mapping[str, Sequence[str]]) -> list[Succession]:
    """What became of each id whose members went elsewhere; ids to members (events or articles), before and after."""
    home = {member: id for id, members in new.items() for member in members}
    taken = {id: {home[member] for member in members if member in home} for id, members in old.items()}
    sources: Counter[str] = Counter(new for homes in taken.values() for new in homes)
    found = []
    for id, homes in sorted(taken.items()):
        if not homes:
            found.append(Succession(kind, id, None, "dissolved"))
        for other in sorted(homes - {id}):
            how = "split" if len(homes) > 1 else "merged" if sources[other] > 1 else "renamed"
            found.append(Succession(kind, id, other, how))
    return found
