"""FollowTheMoney: entities as JSON lines, as Aleph and `ftm` load them, and beside them the evidence by offsets.

FollowTheMoney knows who, when, where and which document, and no claim: the chain stands in `notes` in words, and in
full in the second file, a line for each stretch of text.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sayso.knowledge import table
from sayso.model import Article, content_id
from sayso.report.archive import Archive
from sayso.report.formats.codes import country_codes
from sayso.report.formats.facts import Spot, chosen, facts, headline, outlets_of, place_of, proofs_of, told_lines
from sayso.report.formats.files import Handed, in_place, plain, plainly, short, web, write_lines
from sayso.report.formats.told import Days, Happening, Party, moment
from sayso.report.identity import PRONOUNS
from sayso.text import fold

Entity = dict[str, Any]
_ID = re.compile(r"[0-9A-Za-z]{1,64}")
_DATASET = "sayso"
# Those who take part in an event are people and bodies with a name; "protesters" are nobody to look up.
_SCHEMATA = {
    "person": "Person", "organization": "Organization", "media": "Organization", "agency": "Organization",
    "office": "PublicBody", "group": "LegalEntity", "country": "PublicBody",
}  # fmt: skip
_LONG = 300  # characters of a name


def write(archive: Archive, folder: Path, every: bool = False) -> Handed:
    """Entities, each once, and the evidence."""
    left: Counter[str] = Counter()
    told = chosen(archive, every, left)
    found: dict[str, Entity] = {}
    for one in told:
        found.update((entity["id"], entity) for entity in entities(one))
    evidence = (line for one in told for line in _evidence(one))
    files = [
        write_lines(folder / "entities.ftm.json", found.values()),
        write_lines(folder / "evidence.jsonl", evidence),
    ]
    return Handed(files, left)


def entities(one: Happening) -> Iterator[Entity]:
    """An event with its place, its people and its articles."""
    spot = place_of(one)
    people = {entity["id"]: entity for party in (*one.actors, *one.recipients) if (entity := _party(party))}
    address = _address(spot) if spot else None
    yield _event(one, spot, address, list(people))
    if address:
        yield address
    yield from people.values()
    yield from map(_article, one.articles)
    yield from _mentions(one)


def _key(kind: str, *parts: object) -> str:
    """An id that FollowTheMoney takes as a reference: letters, digits and hyphens."""
    own = str(parts[0]) if len(parts) == 1 else ""
    return f"sayso-{kind}-{own if _ID.fullmatch(own) else content_id('ftm', kind, *parts)}"


def _entity(id: str, schema: str, **properties: Any) -> Entity:
    """All values are lists of text; properties without a value are left out."""
    listed = {
        name: [plain(str(item)) for item in (value if isinstance(value, list) else [value]) if item is not None]
        for name, value in properties.items()
    }
    kept = {name: list(dict.fromkeys(filter(None, items))) for name, items in listed.items()}
    return {
        "id": id,
        "schema": schema,
        "properties": {name: items for name, items in kept.items() if items},
        "datasets": [_DATASET],
    }


def _event(one: Happening, spot: Spot | None, address: Entity | None, people: list[str]) -> Entity:
    days = one.days
    return _entity(
        _key("event", one.id),
        "Event",
        name=headline(one),
        summary=facts(one)["summary"],
        startDate=_held(days.first) if days else None,
        endDate=_held(days.last) if days else None,
        date=_held(partial(days)) if days else None,
        country=_alpha2(spot.country) if spot else None,
        location=spot.described if spot else None,
        addressEntity=address["id"] if address else None,
        involved=people,
        keywords=[one.lead.event.type.value, one.mode],
        notes=told_lines(one),
        recordId=one.id,
        sourceUrl=[url for article in one.articles if (url := web(article.url))],
        publisher=outlets_of(one),
        proof=[_document(article) for article in one.articles],
    )


def _held(day: str | None) -> str | None:
    """A date of the years 1000 to 2999; FollowTheMoney takes no other, and `notes` have it in words."""
    return day if day and day[0] in "12" else None


def partial(days: Days) -> str | None:
    """A day, or "2022-01" and "2022" where a month or year is all that is told; None for any other range."""
    if days.last is None:
        return None
    first, last = date.fromisoformat(days.first), date.fromisoformat(days.last)
    if first == last:
        return days.first
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return days.first[:4]
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    return days.first[:7] if whole and days.first[:7] == days.last[:7] else None


def _alpha2(country: str | None) -> str | None:
    codes = country_codes(country)
    return codes.alpha2.lower() if codes else None


def _address(spot: Spot) -> Entity | None:
    name = plain(spot.name)
    if not name:
        return None
    return _entity(
        _key("place", fold(name), spot.country, spot.lat, spot.lon, spot.radius),
        "Address",
        full=", ".join(filter(None, dict.fromkeys([name, plain(spot.admin1 or "")]))),
        city=spot.name if spot.level in ("city", "site") else None,
        state=spot.admin1,
        country=_alpha2(spot.country),
        latitude=spot.point[0] if spot.point else None,
        longitude=spot.point[1] if spot.point else None,
        remarks=spot.described,
    )


def _party(party: Party) -> Entity | None:
    schema, name = _SCHEMATA.get(party.kind), short(plain(party.name), _LONG)
    if schema is None or not party.is_named or not name or fold(name) in PRONOUNS:
        return None
    country = _alpha2(party.country)
    position = party.title if schema == "Person" else None
    return _entity(_person(party), schema, name=name, country=country, position=position)


def _person(party: Party) -> str:
    return _key("actor", party.kind, fold(plain(party.name)), party.country)


def _document(article: Article) -> str:
    return _key("article", article.id)


def _article(article: Article) -> Entity:
    published = moment(article.published)
    found = _entity(
        _document(article),
        "Article",
        title=article.title,
        author=list(article.byline),
        publisher=article.outlet,
        publishedAt=_held(published.date().isoformat()) if published else None,
        language=table("formats.toml")["language"].get(article.lang or ""),
        sourceUrl=web(article.url),
    )
    found["properties"]["bodyText"] = [in_place(article.text)]  # offsets in the evidence are characters of it
    return found


def _mentions(one: Happening) -> Iterator[Entity]:
    """Which document names whom, and who that is."""
    for telling in one.tellings:
        for party in (*telling.actors, *telling.recipients):
            resolved = _party(party)
            if resolved:
                yield resolved
                document = _document(telling.article)
                yield _entity(
                    _key("mention", document, resolved["id"]),
                    "Mention",
                    document=document,
                    resolved=resolved["id"],
                    name=plain(party.raw) or party.name,
                    detectedSchema=resolved["schema"],
                    contextCountry=_alpha2(party.country),
                )


def _evidence(one: Happening) -> Iterator[dict[str, Any]]:
    """Characters of articles under an event, with on whose say-so each has it."""
    for proof in proofs_of(one):
        yield plainly({
            "entity": _key("event", one.id),
            "document": _key("article", proof.article),
            "article": proof.article,
            "start": proof.start,
            "end": proof.end,
            "quote": proof.quote,
            "says": proof.says,
            "outlet": proof.outlet,
            "url": proof.url,
        })  # fmt: skip
