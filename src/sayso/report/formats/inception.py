"""UIMA CAS for INCEpTION: a file an article as XMI, and the type system with a layer a kind of record.

A project imports `TypeSystem.xml` as its layers first, then the files as documents of "UIMA CAS XMI (XML 1.0)". Offsets
are those of the article's text; cassis writes them in UTF-16 units, as UIMA counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from cassis import Cas, TypeSystem  # type: ignore[import-untyped]
from cassis.typesystem import TYPE_NAME_ANNOTATION, TYPE_NAME_STRING  # type: ignore[import-untyped]

from sayso.model import Actor, Analysis, Claim, Event, Label, Place, Span, Time, Toll
from sayso.report.archive import Archive
from sayso.report.formats.files import Handed, file_name, in_place, language, plain
from sayso.report.grounds import ground

Marks = Iterator[tuple[Span, Mapping[str, object]]]
_PREFIX = "webanno.custom.Sayso"  # INCEpTION's name space for layers that a project makes itself
_META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_META_FEATURES = ("documentTitle", "documentId", "documentUri", "collectionId")

# Each layer with its features; a mark gives every one of them as text.
LAYERS = {
    "Event": ("code", "status", "says", "ownVoice", "recordId", "incident"),
    "Participant": ("role", "name", "kind", "country", "sector", "recordId"),
    "Claim": ("chain", "stance", "certainty", "mode", "recordId"),
    "Source": ("name", "kind", "claim"),
    "Cue": ("claim",),
    "Toll": ("harm", "low", "high", "victims", "says", "recordId"),
    "Place": ("name", "level", "latitude", "longitude", "country", "recordId"),
    "Time": ("first", "last", "basis", "recordId"),
    "Label": ("says",),
}


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """A folder with every article that has text; every record goes along, with its status."""
    place = folder / "inception"
    place.mkdir(exist_ok=True)
    types = type_system()
    types.to_xml(place / "TypeSystem.xml")
    written = [analysis for analysis in archive.analyses.values() if analysis.article.text]
    for analysis in written:
        cas(archive, analysis, types).to_xmi(place / f"{file_name(analysis.article.id)}.xmi")
    return Handed([(place, len(written))], Counter())


def type_system() -> TypeSystem:
    """One span layer a kind of record, all features strings, and the document's metadata."""
    types = TypeSystem()
    meta = types.create_type(_META, supertypeName="uima.tcas.DocumentAnnotation")
    for name in _META_FEATURES:
        types.create_feature(meta, name, TYPE_NAME_STRING)
    for layer, features in LAYERS.items():
        made = types.create_type(_PREFIX + layer, supertypeName=TYPE_NAME_ANNOTATION)
        for feature in features:
            types.create_feature(made, feature, TYPE_NAME_STRING)
    return types


def cas(archive: Archive, analysis: Analysis, types: TypeSystem) -> Cas:
    """An article with every mark on it."""
    article = analysis.article
    tongue = language(article.lang) or "x-unspecified"
    found = Cas(typesystem=types, sofa_string=in_place(article.text), sofa_mime="text/plain")
    about = (article.title or article.id, file_name(article.id), article.url, article.outlet)
    features = {name: plain(value) for name, value in zip(_META_FEATURES, about, strict=True) if value}
    found.add(types.get_type(_META)(begin=0, end=len(article.text), language=tongue, **features))
    for layer, marks in _MARKS.items():
        kind = types.get_type(_PREFIX + layer)
        for span, values in marks(archive, analysis):
            if span.article == article.id:
                found.add(kind(begin=span.start, end=span.end, **_words(values)))
    return found


def _words(values: Mapping[str, object]) -> dict[str, str]:
    return {name: plain(str(value)) for name, value in values.items() if value not in (None, "", ())}


# --------------------------------------------------------------------------- marks by layer


def _events(archive: Archive, analysis: Analysis) -> Marks:
    for event in analysis.events:
        stands = ground(archive, event)
        yield (
            event.trigger,
            {
                "code": f"{event.type}.{event.mode}" if event.mode else event.type.value,
                "status": event.status.value,
                "says": stands.says,
                "ownVoice": str(stands.own_voice).lower(),
                "recordId": event.id,
                "incident": archive.incident_of.get(event.id),
            },
        )


def _participants(archive: Archive, analysis: Analysis) -> Marks:
    for event in analysis.events:
        yield from _side(archive, "actor", event, event.actors, event.actor_spans)
        yield from _side(archive, "recipient", event, event.recipients, event.recipient_spans)


def _side(archive: Archive, role: str, event: Event, ids: tuple[str, ...], spans: tuple[Span, ...]) -> Marks:
    for id, span in zip(ids, spans, strict=False):
        actor: Actor | None = archive.actors.get(id)
        if actor:
            yield span, {"role": role, "name": actor.name, "kind": actor.kind, "country": actor.country,
                         "sector": ", ".join(actor.sector), "recordId": event.id}  # fmt: skip


def _claims(archive: Archive, analysis: Analysis) -> Marks:
    claim: Claim
    for claim in analysis.claims:
        for span in claim.content:
            yield span, {"chain": archive.chain(claim), "stance": claim.stance.value, "mode": claim.mode.value,
                         "certainty": claim.certainty.value, "recordId": claim.id}  # fmt: skip


def _sources(archive: Archive, analysis: Analysis) -> Marks:
    for claim in analysis.claims:
        for link in claim.chain:
            if link.span:
                yield link.span, {"name": archive.source(link), "kind": link.kind.value, "claim": claim.id}


def _cues(archive: Archive, analysis: Analysis) -> Marks:
    for claim in analysis.claims:
        for cue in (*(link.cue for link in claim.chain), claim.hedge, claim.negation):
            if cue:
                yield cue, {"claim": claim.id}


def _tolls(archive: Archive, analysis: Analysis) -> Marks:
    toll: Toll
    for toll in analysis.tolls:
        yield toll.span, {"harm": toll.harm.value, "low": toll.low, "high": toll.high, "victims": toll.victims,
                          "says": ground(archive, toll).says, "recordId": toll.id}  # fmt: skip


def _places(archive: Archive, analysis: Analysis) -> Marks:
    place: Place
    for place in analysis.places:
        level = place.level.value if place.level else None
        yield place.span, {"name": place.name, "level": level, "latitude": place.lat, "longitude": place.lon,
                           "country": place.country, "recordId": place.id}  # fmt: skip


def _times(archive: Archive, analysis: Analysis) -> Marks:
    time: Time
    for time in analysis.times:
        yield time.span, {"first": time.first, "last": time.last, "basis": time.basis.value, "recordId": time.id}


def _labels(archive: Archive, analysis: Analysis) -> Marks:
    label: Label
    for label in analysis.labels:
        yield label.span, {"says": ground(archive, label).says}


_MARKS: dict[str, Callable[[Archive, Analysis], Marks]] = {
    "Event": _events,
    "Participant": _participants,
    "Claim": _claims,
    "Source": _sources,
    "Cue": _cues,
    "Toll": _tolls,
    "Place": _places,
    "Time": _times,
    "Label": _labels,
}
