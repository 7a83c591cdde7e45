"""The words of reports that tell an incident, each with its place and on whose word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model import Event, Incident
from sayso.report.archive import Archive, own_voice


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a report that tell the incident, and on whose word it tells them."""

    article: str
    outlet: str
    published: str | None
    start: int  # in characters of the article's text
    end: int
    words: str
    says: str
    code: str
    status: str
    own: bool


def quotes(archive: Archive, incident: Incident) -> Iterator[Quote]:
    """The events of an incident, those told first before."""
    events = (archive.events[id] for id in incident.events if id in archive.events)
    for event in sorted(events, key=lambda one: _when(archive, one)):
        article = archive.article(event.trigger.article)
        words = event.evidence[0] if event.evidence else event.trigger
        yield Quote(
            article=article.id,
            outlet=archive.outlet(article.id),
            published=article.published,
            start=words.start,
            end=words.end,
            words=archive.quote(words),
            says=archive.voices(event),
            code=f"{event.type.lower()}{f', {event.mode}' if event.mode else ''}",
            status=event.status.value,
            own=own_voice(archive, event),
        )


def _when(archive: Archive, event: Event) -> tuple[str, str]:
    return archive.article(event.trigger.article).published or "9999", event.id
