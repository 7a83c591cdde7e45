"""STIX 2.1: one bundle. STIX's own `incident` is a stub, so that ours has an extension with its definition beside it.

Ids follow from sayso's own (UUIDv5), so that a second export replaces the first. A sighting's `count` is that of
independent origins, and `where_sighted_refs` are these origins; how many articles pass it on is in the extension.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sayso.model import Article, Claim, Stance
from sayso.report.archive import Archive
from sayso.report.formats.facts import (
    Proof,
    Spot,
    chosen,
    facts,
    headline,
    place_of,
    proofs_of,
    reported,
    spread,
    told_lines,
)
from sayso.report.formats.files import Handed, as_json, language, plain, plainly, short, web, write_text
from sayso.report.formats.told import Days, Happening, Party, moment
from sayso.report.identity import PRONOUNS
from sayso.text import fold

Object = dict[str, Any]
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:sayso:stix")
_START = datetime(1970, 1, 1, tzinfo=UTC)  # of what has no dated report
_CLASSES = {
    "person": "individual", "organization": "organization", "media": "organization", "agency": "organization",
    "office": "organization", "country": "organization", "group": "group",
}  # fmt: skip
_OPINIONS = {Stance.DENIES: "strongly-disagree", Stance.DOUBTS: "disagree"}
_MOST_SEEN = 999_999_999
_LONG = 300  # characters of a name
_LOCATION_LEVELS = {"city": "city", "site": "city", "province": "administrative_area"}


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """One bundle with every object once."""
    left: Counter[str] = Counter()
    found: dict[str, Object] = {}
    for one in chosen(archive, every, left):
        found.update((item["id"], item) for item in objects(one))
    found.update((report["id"], report) for report in _reports(archive, found))
    listed = [_TOOL, _EXTENSION, *found.values()]  # also of nothing: some readers want objects in every bundle
    head = as_json({"type": "bundle", "id": _id("bundle", *sorted(found))})[:-1]
    text = head + ',"objects":[\n' + ",\n".join(map(as_json, listed)) + "\n]}\n"
    return Handed([write_text(folder / "bundle.stix.json", text, len(listed))], left)


def objects(one: Happening) -> Iterator[Object]:
    """An incident with its place, parties, origins, claims and what speaks against it."""
    times = _stamps(one)
    incident = _incident(one, times)
    yield incident
    spot = place_of(one)
    if spot and (place := _location(spot)):
        yield place
        yield _relation(incident, "located-at", place, spot.described, times)
    for kind, word, parties in (("related-to", "actor", one.actors), ("targets", "recipient", one.recipients)):
        for party in parties:
            if fold(party.name) not in PRONOUNS and (who := _party(party)):
                yield who
                said = f"{word} as told: {plain(one.lead.ground.says)}"
                yield _relation(incident, kind, who, f"{said}{' (an accusation)' if one.lead.accused else ''}", times)
    yield from _sighting(one, incident, times)
    for claim in _claims(one):
        yield from _note(one.lead.archive, claim, incident)


def _id(type: str, *parts: object) -> str:
    return f"{type}--{uuid5(_NAMESPACE, chr(31).join(map(str, (type, *parts))).encode('utf-8', 'replace').decode())}"


def _object(type: str, key: tuple[object, ...], times: Object, **fields: Any) -> Object:
    """An object with its common fields; those that are None or empty are left out."""
    kept = {name: value for name, value in fields.items() if value not in (None, "", [], ())}
    head = {"type": type, "spec_version": "2.1", "id": _id(type, *key), "created_by_ref": _id("identity", "sayso")}
    return plainly({**head, **times, **kept})  # type: ignore[no-any-return]


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


_FIXED: Object = {"created": _moment(_START), "modified": _moment(_START)}


def _stamps(one: Happening) -> Object:
    """Created with the first report and modified with the last, so that the next export of the same is the same."""
    out = reported(one) or [_START]
    return {"created": _moment(out[0]), "modified": _moment(out[-1])}


# --------------------------------------------------------------------------- incident


def _incident(one: Happening, times: Object) -> Object:
    return _object(
        "incident",
        (one.id,),
        times,
        name=headline(one),
        description=" | ".join(told_lines(one)),
        labels=[one.lead.event.type.value.lower(), *([one.mode] if one.mode else [])],
        lang=language(one.lead.article.lang),
        external_references=[_reference(proof) for proof in proofs_of(one)],
    ) | {"extensions": {_EXTENSION["id"]: {"extension_type": "property-extension", **_known(one)}}}


def _known(one: Happening) -> Object:
    """The facts, without the evidence that stands in `external_references` as far as STIX has room for it."""
    known: Object = plainly({name: value for name, value in facts(one).items() if name != "id" and value != []})
    return {**known, "sayso_id": one.id}


def _reference(proof: Proof) -> Object:
    """Where the evidence stands; `external_id` is article:start-end in characters."""
    return {
        "source_name": proof.outlet or "unknown outlet",
        "description": proof.quote,
        "external_id": f"{proof.article}:{proof.start}-{proof.end}",
        **({"url": proof.url} if proof.url else {}),
    }


def _location(spot: Spot) -> Object | None:
    """A place of which STIX can hold something: a point, or a country."""
    if not spot.is_located and not spot.codes:
        return None
    level = _LOCATION_LEVELS.get(spot.level or "")
    return _object(
        "location",
        ("place", spot.name, spot.country, spot.lat, spot.lon, spot.radius),
        _FIXED,
        name=spot.name,
        country=spot.codes.alpha2 if spot.codes else None,
        administrative_area=spot.admin1,
        **({level: spot.name} if level == "city" else {}),
        **({"latitude": spot.lat, "longitude": spot.lon} if spot.is_located else {}),
        precision=float(spot.radius) if spot.radius and spot.is_located else None,
    )


def _party(party: Party) -> Object | None:
    """An actor by name, kind and country: the same over all incidents."""
    name = short(plain(party.name), _LONG)
    if not name:
        return None
    return _object(
        "identity",
        ("actor", fold(name), party.kind, party.country),
        _FIXED,
        name=name,
        identity_class=_CLASSES.get(party.kind, "unknown") if party.is_named else "class",
        labels=[party.kind],
    )


def _outlet(name: str) -> Object:
    name = short(plain(name), _LONG) or "unknown outlet"
    return _object("identity", ("outlet", fold(name)), _FIXED, name=name, identity_class="organization",
                   labels=["outlet"])  # fmt: skip


def _relation(source: Object, kind: str, target: Object, words: str, times: Object) -> Object:
    key = (source["id"], kind, target["id"])
    return _object("relationship", key, times, relationship_type=kind, description=words,
                   source_ref=source["id"], target_ref=target["id"])  # fmt: skip


# --------------------------------------------------------------------------- who tells it


def _sighting(one: Happening, incident: Object, times: Object) -> Iterator[Object]:
    archive = one.lead.archive
    ids = dict.fromkeys(archive.origin_of.get(article.id, "") for article in one.articles)
    names = {archive.origins[id].name for id in ids if id in archive.origins}
    origins = {item["id"]: item for item in map(_outlet, sorted(names or {"unknown outlet"}))}
    yield from origins.values()
    seen = _seen(one.days) if one.days else {}
    yield _object("sighting", (one.id,), times, sighting_of_ref=incident["id"], count=min(one.origins, _MOST_SEEN),
                  where_sighted_refs=list(origins), description=spread(one), **seen)  # fmt: skip


def _seen(days: Days) -> Object:
    last = {"last_seen": f"{days.last}T23:59:59Z"} if days.last else {}
    return {"first_seen": f"{days.first}T00:00:00Z", **last}


def _claims(one: Happening) -> list[Claim]:
    """The claims that tell it, and those that speak of it or of its tolls."""
    archive = one.lead.archive
    about = [telling.id for telling in one.tellings]
    about += [id for total in (one.incident.tolls if one.incident else ()) for id in total.standings]
    found = [claim for id in about for claim in archive.claims_on.get(id, ())]
    found += [claim for telling in one.tellings for claim in telling.claims]
    return list({claim.id: claim for claim in found}.values())


def _note(archive: Archive, claim: Claim, incident: Object) -> Iterator[Object]:
    """What somebody is reported to say; of a denial or doubt an opinion beside."""
    span = claim.content[0]
    article = archive.article(span.article)
    at = moment(article.published) or _START
    times = {"created": _moment(at), "modified": _moment(at)}
    who, said = archive.chain(claim), archive.quotes(claim.content)
    proof = Proof(article.id, span.start, claim.content[-1].end, said, archive.outlet(article.id), web(article.url),
                  article.published, who)  # fmt: skip
    fields: Object = {
        "authors": [who or "unnamed source"],
        "object_refs": [incident["id"]],
        "lang": language(article.lang),
        "labels": [f"stance:{claim.stance}", f"certainty:{claim.certainty}"],
        "external_references": [_reference(proof)],
    }
    yield _object("note", (incident["id"], claim.id), times, abstract=who, content=said or "(no words)", **fields)
    if opinion := _OPINIONS.get(claim.stance):
        yield _object("opinion", (incident["id"], claim.id), times, opinion=opinion, explanation=said, **fields)


# --------------------------------------------------------------------------- articles


def _reports(archive: Archive, found: dict[str, Object]) -> Iterator[Object]:
    """Each dated article with the incidents it tells; STIX has no report without a date of publication."""
    told: dict[str, list[str]] = {}
    for item in found.values():
        if item["type"] == "incident":
            for reference in item["external_references"]:
                told.setdefault(reference["external_id"].rsplit(":", 1)[0], []).append(item["id"])
    for id, refs in told.items():
        article = archive.analyses[id].article if id in archive.analyses else None
        at = moment(article.published) if article else None
        if article and at:
            yield from _report(article, at, refs)


def _report(article: Article, at: datetime, refs: Iterable[str]) -> Iterator[Object]:
    outlet = plain(article.outlet or "") or "unknown outlet"
    times = {"created": _moment(at), "modified": _moment(at)}
    link = {"source_name": outlet, "external_id": article.id}
    yield _object(
        "report",
        (article.id,),
        times,
        name=short(plain(article.title or ""), _LONG) or f"{outlet}, {at:%Y-%m-%d}",
        description=f"{outlet}; {', '.join(article.byline)}" if article.byline else outlet,
        published=_moment(at),
        object_refs=list(dict.fromkeys(refs)),
        lang=language(article.lang),
        external_references=[{**link, "url": url} if (url := web(article.url)) else link],
    )


_TOOL: Object = {
    "type": "identity", "spec_version": "2.1", "id": _id("identity", "sayso"), **_FIXED,
    "name": "sayso", "identity_class": "system", "description": "Reads news reports and says on whose word.",
}  # fmt: skip
_PROPERTIES = {
    "sayso_id": "string", "incident": "string", "status": "string", "says": "string", "own_voice": "boolean",
    "first_hand": "string", "stance": "string", "accusation": "boolean", "certainty": "string", "hedge": "string",
    "origins": "integer", "articles": "integer", "only_source": "string", "first_day": "string", "last_day": "string",
    "dated_by": "string", "place": "string", "place_level": "string", "radius_m": "integer", "country": "string",
    "geonameid": "integer", "article": "string", "start": "integer", "end": "integer", "quote": "string",
    "type": "string", "mode": "string", "actors": "array", "recipients": "array", "summary": "string",
    "outlets": "array", "disputed": "boolean", "disputed_by": "array", "tolls": "array", "evidence": "array",
}  # fmt: skip
_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {name: {"type": type} for name, type in _PROPERTIES.items()},
    "required": ["sayso_id", "status", "says", "own_voice", "origins", "articles", "disputed"],
}
_EXTENSION: Object = {
    "type": "extension-definition", "spec_version": "2.1", "id": _id("extension-definition", "incident"), **_FIXED,
    "created_by_ref": _id("identity", "sayso"), "name": "Incidents as news reports tell them",
    "description": "When, where within how many metres, tolls with bounds, and on whose word. Days are ISO 8601 dates.",
    "schema": json.dumps(_SCHEMA, separators=(",", ":")), "version": "1.0.0", "extension_types": ["property-extension"],
}  # fmt: skip
