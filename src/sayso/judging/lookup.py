"""Finds what analysts name: articles, events and incidents by the first digits of an id, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.errors import InputError
from sayso.model import Analysis, Anchor, Event, Incident
from sayso.ports import View

_TITLE = 80  # characters of a text that has no title


class Lookup:
    """Answers from one state of an archive; each analysis is read once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._read: dict[str, Analysis | None] = {}
        self._events: dict[str, Event] = {}

    def analysis(self, article: str) -> Analysis | None:
        if article not in self._read:
            self._read[article] = analysis = self.view.analysis(article)
            self._events.update((event.id, event) for event in (analysis.events if analysis else ()))
        return self._read[article]

    def incident(self, id: str) -> Incident | None:
        found = self.view.find(id, "incident")
        if found and not found.id.startswith(id) and self.event(id):
            found = None  # once the name of an incident, it is that of an event now
        incident = next(iter(self.view.links_of([found.id]).incidents), None) if found else None
        for article in incident.articles if incident else ():
            self.analysis(article)
        return incident

    def incident_of(self, event: str) -> str | None:
        return next((incident.id for incident in self.view.links_of([event]).incidents), None)

    def event(self, id: str) -> Event | None:
        if id not in self._events and (found := self.view.find(id, "event")) and found.article:
            self.analysis(found.article)
            id = found.id
        return self._events.get(id)

    def article(self, id: str) -> str:
        """The one article whose id begins so; InputError for anything else."""
        found = self.view.find(id, "article")
        if found is None:
            raise self.no(id, "an article")
        return found.id

    def happenings(self, ids: Sequence[str]) -> list[tuple[str, ...]]:
        """The events that each id stands for: those of an incident, or one.

        An incident has the id of its first event. It is meant unless another of its events is named beside it.
        """
        incidents = [self.incident(id) for id in ids]
        events = [self.event(one.id if one else id) for id, one in zip(ids, incidents, strict=True)]
        named = {event.id for event in events if event}
        found: list[tuple[str, ...]] = []
        for id, incident, event in zip(ids, incidents, events, strict=True):
            if incident and not named & {*incident.events} - {incident.id}:
                found.append(incident.events)
            elif event:
                found.append((event.id,))
            else:
                raise self.no(id, "an event or incident")
        return found

    def no(self, id: str, wanted: str) -> InputError:
        """Why an id cannot be used here."""
        found = self.view.find(id)
        if found is None:
            way_out = "give more digits; `sayso show` and `sayso incidents` print ids"
            return InputError("no record has this id, or several begin with it", about=id, way_out=way_out)
        return InputError(f"is the id of {_article(found.kind)}, not of {wanted}", about=id)

    def anchor(self, id: str) -> Anchor | None:
        """Where an event's trigger or an article stands."""
        if event := self.event(id):
            analysis = self.analysis(event.trigger.article)
            words = analysis.article.quote(event.trigger) if analysis else ""
            return Anchor(event.trigger.article, event.trigger.start, event.trigger.end, words)
        if article := self.view.article(id):
            return Anchor(id, 0, 0, (article.title or article.text[:_TITLE]).strip())
        return None

    def here(self, id: str, anchor: Anchor | None) -> bool:
        """Whether a judged record is in the archive."""
        if anchor and anchor.end:
            analysis = self.analysis(anchor.article)
            return analysis is not None and any(event.id == id for event in analysis.events)
        return bool(self.view.has([id])) or self.view.find(id) is not None

    def at(self, anchor: Anchor) -> Event | None:
        """The one event that is told by exactly these words."""
        analysis = self.analysis(anchor.article)
        events = analysis.events if analysis else ()
        told = [event for event in events if (event.trigger.start, event.trigger.end) == (anchor.start, anchor.end)]
        return (
            told[0] if len(told) == 1 and analysis and analysis.article.quote(told[0].trigger) == anchor.words else None
        )


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"
