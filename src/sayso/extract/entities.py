"""Named entities with the parser's commonest errors put right from the rest of the article.

The small pipeline tags a lone surname as an organisation, cuts titles into names and joins "Town, Country". The full
name elsewhere in the article, a title beside it or an organisation's noun inside it tell better.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.extract.lexicon import noun_at, noun_key, words
from sayso.extract.phrases import entity_edges, head_within
from sayso.model import Parsed

_NAMES = frozenset(["PERSON", "ORG", "GPE", "NORP", "LOC", "FAC"])
_DOUBTFUL = frozenset(["ORG", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LOC", "EVENT", "LAW", "GPE"])
PLACE_PREPOSITIONS = frozenset(
    "in at near inside outside across throughout around off within along into from through toward towards".split()
)


@dataclass(frozen=True, slots=True)
class Entity:
    """Tokens `first` to `last`, exclusive, that name something."""

    first: int
    last: int
    label: str


def find_entities(parsed: Parsed) -> list[Entity]:
    """The named persons, organisations, peoples and places, in order."""
    raw = [part for entity in parsed.entities() for part in _split(parsed, *entity)]
    raw += _unlabelled_names(parsed)
    raw = [Entity(e.first, e.last, _own_label(parsed, e)) for e in raw]
    surnames = _surnames(parsed, raw)
    towns = frozenset(
        parsed.text[e.first]
        for e in raw
        if e.label == "GPE" and e.last - e.first == 1 and len(parsed.text[e.first]) > 3
    )
    found = [Entity(e.first, e.last, _carried_label(parsed, e, surnames, towns)) for e in raw]
    taken = {token for e in found for token in range(e.first, e.last)}
    found += [
        Entity(token, token + 1, "PERSON")
        for token in range(len(parsed))
        if parsed.pos[token] == "PROPN" and token not in taken and parsed.text[token] in surnames
    ]
    kept = (
        e
        for e in found
        if e.label in _NAMES
        and parsed.text[e.first] not in ("GMT", "UTC")
        and any(map(str.isalpha, parsed.text[e.first]))
    )
    return sorted(kept, key=lambda e: e.first)


def _unlabelled_names(parsed: Parsed) -> list[Entity]:
    """Full names the parser left without a label, where they act or somebody's office stands beside them."""
    found, token = [], 0
    while token < len(parsed):
        end = token
        while end < len(parsed) and parsed.pos[end] == "PROPN" and not parsed.ent[end]:
            end += 1
        run = Entity(token, end, "PERSON")
        if end - token > 1 and parsed.dep[end - 1] in ("nsubj", "nsubjpass", "dobj"):
            first, _ = _past_titles(parsed, token, end, "PERSON")
            run = Entity(first, end, "PERSON")
            verb = parsed.text[parsed.head[end - 1]]
            if verb.islower() and _looks_personal(parsed, run, 2) and noun_at(parsed, end - 1) is None:
                found.append(run)
        token = max(end, token + 1)
    return found


def _split(parsed: Parsed, first: int, last: int, label: str) -> list[Entity]:
    """An entity without determiner and titles; "Town, Country" as two."""
    if label in ("GPE", "LOC"):
        commas = [token for token in range(first, last) if parsed.text[token] == ","]
        if commas:
            edges = [first, *(cut for comma in commas for cut in (comma, comma + 1)), last]
            parts = zip(edges[::2], edges[1::2], strict=True)
            return [Entity(*entity_edges(parsed, a, b), label) for a, b in parts if a < b]
    bracket = next((token for token in range(first, last) if parsed.text[token] == "("), None)
    if bracket is not None and first < bracket < last - 1:
        halves = ((first, bracket), (bracket + 1, last))
        return [Entity(*entity_edges(parsed, a, b), label) for a, b in halves]
    if label in ("PERSON", "ORG"):
        first, label = _past_titles(parsed, first, last, label)
    first, last = entity_edges(parsed, first, last)
    return [Entity(first, last, label)]


def _past_titles(parsed: Parsed, first: int, last: int, label: str) -> tuple[int, str]:
    """Where the name proper begins in "President Jane Doe", which is then a person's."""
    start = first
    if label == "PERSON":
        while last - start > 1 and (_is_title(parsed, start) or parsed.text[start].islower()):
            start += 1
    titles = [token for token in range(start, last - 1) if _is_title(parsed, token)]
    named = label == "PERSON" or (parsed.pos[last - 1] == "PROPN" and "of" not in parsed.text[first:last])
    if label == "ORG" and last - start > 2 and _is_title(parsed, start) and parsed.text[start + 1] in ("of", "for"):
        return start, ""  # "Spokesman of the Union": an office, found by its noun
    if titles and named and _looks_personal(parsed, Entity(titles[-1] + 1, last, label), 1):
        return titles[-1] + 1, "PERSON"
    return start, label


def _is_title(parsed: Parsed, token: int) -> bool:
    key = noun_key(parsed, token).rstrip(".")
    noun = noun_at(parsed, token)
    return key in words("honorific") or (noun is not None and noun.kind in ("office", "person", "anonymous"))


def _own_label(parsed: Parsed, entity: Entity) -> str:
    """The label as its own words and its title have it."""
    tokens = range(entity.first, entity.last)
    outlet = parsed.article.outlet
    if (
        outlet
        and entity.label != "ORG"
        and outlet
        in (
            parsed.article.text[parsed.start[entity.first] : parsed.end[entity.last - 1]],
            "The " + parsed.article.text[parsed.start[entity.first] : parsed.end[entity.last - 1]],
        )
    ):
        return "ORG"
    organized = any(parsed.text[token].lower() in words("organization") for token in tokens)
    if entity.label in ("PERSON", "GPE") and len(tokens) > 1 and organized:
        return "ORG"
    if entity.label not in ("PERSON", "NORP") and _is_described_as_person(parsed, entity):
        return "PERSON"
    titled = entity.first > 0 and _is_title(parsed, entity.first - 1) and parsed.text[entity.first - 1] != ","
    if entity.label in ("ORG", "PRODUCT", "WORK_OF_ART", "FAC") and titled and _looks_personal(parsed, entity, 1):
        head = entity.first - 1
        if entity.first <= parsed.head[head] < entity.last and parsed.pos[entity.last - 1] == "PROPN":
            return "PERSON"
    return entity.label


def _is_described_as_person(parsed: Parsed, entity: Entity) -> bool:
    """Whether an apposition says somebody: "Jane Doe, a lawmaker"."""
    head = head_within(parsed, entity.first, entity.last)
    described = (noun_at(parsed, c) for c in parsed.children[head] if parsed.dep[c] == "appos" and c >= entity.last)
    kinds = {noun.kind for noun in described if noun is not None}
    return bool(kinds & {"office", "person"}) and _looks_personal(parsed, entity)


def _looks_personal(parsed: Parsed, entity: Entity, least: int = 2) -> bool:
    """A few capitalised words without an organisation's noun or acronym."""
    tokens = [parsed.text[token] for token in range(entity.first, entity.last)]
    return least <= len([text for text in tokens if text != "-"]) <= 4 and all(
        text == "-"
        or (text[:1].isupper() and not (text.isupper() and len(text) > 2) and text.lower() not in words("organization"))
        for text in tokens
    )


def _surnames(parsed: Parsed, entities: list[Entity]) -> frozenset[str]:
    """Words of full names that may stand alone for the person; never the words of places the article names."""
    lone = {
        parsed.text[token]
        for token in range(len(parsed))
        if parsed.dep[token] in ("nsubj", "pobj", "dobj", "poss", "conj", "dative") and _stands_alone(parsed, token)
    }
    found: set[str] = set()
    places: set[str] = set()
    for entity in entities:
        names = [parsed.text[token] for token in range(entity.first, entity.last)]
        if entity.label == "PERSON" and len(names) > 1:
            found.update(name for name in names if len(name) > 1 and name[:1].isupper() and name.rstrip(".").isalpha())
        elif entity.label == "ORG" and len(names) == 2 and names[-1] in lone and _looks_personal(parsed, entity):
            found.add(names[-1])
        elif entity.label == "GPE" and _after_place_preposition(parsed, entity):
            places.update(names)
    return frozenset(found - places)


def _stands_alone(parsed: Parsed, token: int) -> bool:
    """Whether a name is not part of a longer one."""
    around = [near for near in (token - 1, token + 1) if 0 <= near < len(parsed)]
    return parsed.pos[token] == "PROPN" and not any(parsed.pos[near] == "PROPN" for near in around)


def _after_place_preposition(parsed: Parsed, entity: Entity) -> bool:
    return entity.first > 0 and parsed.text[entity.first - 1].lower() in PLACE_PREPOSITIONS


def _carried_label(parsed: Parsed, entity: Entity, surnames: frozenset[str], towns: frozenset[str]) -> str:
    """The label a lone name takes from the rest of the article; full names whose surname stands alone are persons."""
    if entity.label not in _DOUBTFUL and entity.label != "PERSON":
        return entity.label
    names = [parsed.text[token] for token in range(entity.first, entity.last)]
    if len(names) == 1 and names[0] in surnames:
        return "PERSON"
    if len(names) == 1 and names[0] in towns:
        return "GPE"
    if len(names) == 2 and entity.label == "ORG" and names[-1] in surnames and _looks_personal(parsed, entity):
        return "PERSON"
    return entity.label
