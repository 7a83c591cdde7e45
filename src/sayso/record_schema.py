"""The JSON Schema of an analysis record; `docs/record.md` is generated from it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sayso.model import (
    Basis,
    Certainty,
    EventType,
    Harm,
    Level,
    SayingMode,
    SourceKind,
    Stance,
    Status,
    Use,
    VictimKind,
)
from sayso.record import SCHEMA

Json = dict[str, Any]


def schema() -> Json:
    """JSON Schema (draft 2020-12) of one line of `sayso code`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:sayso:analysis:1",
        "title": "sayso analysis record",
        "description": "All that one article tells. Offsets are characters of article.text, half-open; ids are local "
        "to the line; absent is null, never a guess.",
        **_object(
            {
                "schema": {"const": SCHEMA},
                "article": _article(),
                "actors": _list(_actor(), "Participants, each with all its mentions."),
                "places": _list(_place(), "Toponym mentions, located where one candidate is left."),
                "times": _list(
                    _time(), "Time expressions as intervals of calendar days; both ends of a range stand for all of it."
                ),
                "claims": _list(_claim(), "Contents that somebody is reported to say."),
                "events": _list(_event(), "Who did what to whom, coded in PLOVER."),
                "tolls": _list(_toll(), "Bounded counts of people harmed and of property lost."),
                "labels": _list(_label(), "What each source calls an event or participant."),
                "observations": _list(
                    _observation(), "First-hand: what the outlet's own people saw, heard, counted or were shown."
                ),
            },
            optional=("observations",),  # lines written before there were any lack it
        ),
    }


def _object(properties: Json, optional: tuple[str, ...] = ()) -> Json:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _list(items: Json, text: str = "") -> Json:
    return {"type": "array", "items": items} | ({"description": text} if text else {})


def _text(text: str) -> Json:
    return {"type": "string", "description": text}


def _maybe(of: Json, text: str = "") -> Json:
    return {"anyOf": [of, {"type": "null"}]} | ({"description": text} if text else {})


def _string(text: str) -> Json:
    return _maybe({"type": "string"}, text)


def _day(text: str) -> Json:
    return _maybe({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}, text)


def _enum(kind: type[StrEnum], text: str) -> Json:
    return {"enum": [str(value) for value in kind], "description": text}


def _id(letter: str) -> Json:
    return {"type": "string", "pattern": rf"^{letter}[1-9]\d*$"}


def _span(text: str = "") -> Json:
    pair = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
    return pair | ({"description": text} if text else {})


def _refs(letter: str, text: str) -> Json:
    return _list(_id(letter), text)


def _reasons() -> Json:
    reason = _object(
        {
            "name": _text("The rule, feature or table entry."),
            "score": {"type": "number", "description": "How much it weighs."},
            "detail": _text("The words it rests on."),
        }
    )
    return _list(reason, "Why it is what it is.")


def _article() -> Json:
    dateline = _object(
        {
            "place": _maybe(_id("p"), "Where the report was filed."),
            "date": _day("When it was filed."),
            "text": _string("The place as written."),
            "span": _maybe(_span(), "Of the place in the text."),
        }
    )
    return _object(
        {
            "id": _text("Given by the input, else a hash of text and URL."),
            "url": _string("Where it was published."),
            "outlet": _string("Who published it."),
            "title": _string("Its headline; the text opens with it."),
            "byline": _list({"type": "string"}, "Who wrote it."),
            "credits": _list({"type": "string"}, 'Agencies whose copy it carries; "X (photo)": whose picture.'),
            "dateline": _maybe(dateline),
            "published": _string("ISO 8601 date or date-time, never guessed."),
            "lang": _string("ISO 639-1."),
            "origin": _string("File, line, item or URL it was read from."),
            "text": _text("Title, blank line, body; the only coordinate space."),
        }
    )


def _actor() -> Json:
    return _object(
        {
            "id": _id("a"),
            "name": _text("Its fullest form in the article."),
            "kind": _text("person, office, organization, media, agency, group, country, witness, anonymous."),
            "country": _string("ISO 3166-1 alpha-3 or a PLOVER code such as IGO or IMG."),
            "sector": _list({"type": "string"}, "PLOVER sectors, the main one first."),
            "title": _string("Office or title as written."),
            "spans": _list(_span(), "All its mentions; none for an agency that only the credits name."),
            "reasons": _reasons(),
        }
    )


def _place() -> Json:
    return _object(
        {
            "id": _id("p"),
            "name": _text("The gazetteer's name, else as written."),
            "lat": _maybe({"type": "number", "minimum": -90, "maximum": 90}, "Degrees, WGS 84."),
            "lon": _maybe({"type": "number", "minimum": -180, "maximum": 180}, "Degrees, WGS 84."),
            "country": _string("ISO 3166-1 alpha-3."),
            "admin1": _string("The first-order division it lies in."),
            "geonameid": _maybe({"type": "integer"}, "GeoNames identifier."),
            "level": _maybe(_enum(Level, ""), "How precise it is."),
            "use": _enum(Use, "What the name does there: only a location tells where something happened."),
            "near": {"type": "boolean", "description": "What is told lies close to the place, not in it."},
            "span": _span(),
            "reasons": _reasons(),
        }
    )


def _time() -> Json:
    return _object(
        {
            "id": _id("t"),
            "first": _day("First day, inclusive; null where the text does not tell."),
            "last": _day("Last day, inclusive."),
            "basis": _enum(Basis, "What the days rest on."),
            "type": {"enum": ["DATE", "TIME", "DURATION", "SET"], "description": "TIMEX3 type."},
            "value": _string("TIMEX3 value."),
            "span": _span(),
        }
    )


def _claim() -> Json:
    link = _object(
        {
            "actor": _maybe(_id("a")),
            "kind": _enum(SourceKind, "What kind of source."),
            "span": _maybe(_span(), "The words that name the source; null for an agency that the credits name."),
            "cue": _maybe(_span(), "The words that make it a source; null for an agency that the credits name."),
        }
    )
    return _object(
        {
            "id": _id("c"),
            "chain": {**_list(link, "From the source nearest the article to the origin."), "minItems": 1},
            "content": {**_list(_span(), "What is said."), "minItems": 1},
            "mode": _enum(SayingMode, "In quotation marks, in the reporter's words, or partly each."),
            "stance": _enum(Stance, "What the source does with the content."),
            "certainty": _enum(Certainty, "How sure the source is said to be."),
            "addressee": _maybe(_id("a"), "Who was told."),
            "channel": _maybe(_span(), "Call, statement, interview, post."),
            "time": _maybe(_id("t"), "When it was said."),
            "about": _about(),
            "reasons": _reasons(),
            "hedge": _maybe(_span(), "The words that lower the certainty."),
            "negation": _maybe(_span(), "The words that negate the saying itself: it was not said."),
            "within": _maybe(_id("c"), "The claim in whose content it stands."),
            "addressed": _maybe(_span(), "The words for who was told, a known actor or not."),
        },
        optional=("hedge", "negation", "within", "addressed"),  # older lines lack them
    )


def _about() -> Json:
    return _list({"type": "string", "pattern": r"^[ek][1-9]\d*$"}, "Events and tolls inside the content.")


def _code(most: int, words: str) -> Json:
    """A precision code of the UCDP GED codebook; null where place or days are not known."""
    return _maybe({"type": "integer", "minimum": 1, "maximum": most}, f"UCDP GED: {words}")


def _event() -> Json:
    cause = _object(
        {
            "kind": {"enum": ["reason", "blame"]},
            "span": _span("The words that state it."),
            "cue": _maybe(_span(), "because of, blamed on."),
            "event": _maybe(_id("e"), "The event that it is, where the article tells it."),
            "claims": _refs("c", "Claims that give it; none: the outlet's own voice."),
        }
    )
    return _object(
        {
            "id": _id("e"),
            "type": _enum(EventType, "PLOVER type."),
            "mode": _string("PLOVER mode."),
            "context": _list({"type": "string"}, "PLOVER contexts."),
            "actors": _refs("a", "Who did it."),
            "recipients": _refs("a", "To whom."),
            "place": _maybe(_id("p")),
            "time": _maybe(_id("t")),
            "status": _enum(Status, "Whether it is told as having happened."),
            "trigger": _span("The words that tell it."),
            "evidence": {**_list(_span(), "The clause or sentence."), "minItems": 1},
            "claims": _refs("c", "Claims that hold it; none: the outlet's own voice, as with a reason of that name."),
            "causes": _list(cause, "Reasons given or blame laid."),
            "reasons": _reasons(),
            "actor_spans": _list(_span(), "Beside actors: the mention meant."),
            "recipient_spans": _list(_span(), "Beside recipients: the mention meant."),
            "place_precision": _code(
                7, "1 a known spot, 2 near one, 3 district, 4 province, 5 region, 6 country alone."
            ),
            "time_precision": _code(5, "1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer."),
        }
    )


def _toll() -> Json:
    return _object(
        {
            "id": _id("k"),
            "event": _maybe(_id("e")),
            "harm": _enum(Harm, "What is counted."),
            "low": {"type": "integer", "minimum": 0},
            "high": _maybe({"type": "integer", "minimum": 0}, "null: open above."),
            "victims": _string("As the source names them."),
            "kind": _maybe(
                {"enum": [str(kind) for kind in VictimKind]}, "Of victims; null: several kinds, or not told."
            ),
            "cumulative": {"type": "boolean", "description": "A running total, not this event alone."},
            "part": {"type": "boolean", "description": "Of another figure: nine people, including two children."},
            "withdrawn": {"type": "boolean", "description": "Said to be wrong, retracted, denied or replaced."},
            "as_of": _maybe(_id("t")),
            "span": _span("The counted phrase."),
            "claims": _refs("c", "Who says so; none: the outlet's own voice."),
            "reasons": _reasons(),
        }
    )


def _label() -> Json:
    return _object(
        {
            "target": _maybe({"type": "string", "pattern": r"^[ae][1-9]\d*$"}),
            "text": _text("The words used."),
            "span": _span(),
            "claims": _refs("c", "Who uses them; none: the outlet."),
        }
    )


def _observation() -> Json:
    return _object(
        {
            "who": _span("Whose eyes and ears."),
            "cue": _span("The words of seeing, hearing, counting or being shown."),
            "content": _span("What was found."),
            "about": _about(),
        }
    )
