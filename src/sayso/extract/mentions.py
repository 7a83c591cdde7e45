"""Finds the actors and places an article mentions.

Actors are named persons, organisations, countries and peoples that act, phrases headed by a noun of actors ("26 armed
criminals", "the interior ministry") and he, she, they. A country that acts is a place as well. The spans leave
determiners and clauses out and keep titles, numbers and short complements ("residents of Almaty").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.coref import Draft, join_mentions
from sayso.extract.entities import PLACE_PREPOSITIONS, Entity, find_entities
from sayso.extract.lexicon import Noun, is_plural, noun_at, noun_key, words
from sayso.extract.phrases import complement_end, head_within, phrase_start
from sayso.extract.pronouns import join_pronouns
from sayso.model import Mention, Parsed, Span

FEW = 50  # words to a capital letter from which on a text counts as written in small letters
_INSIDE = frozenset(["compound", "amod", "nmod", "nummod"])
_ACTING = frozenset(["nsubj", "nsubjpass", "dobj", "dative", "agent", "iobj", "attr", "oprd", "npadvmod"])
_PRONOUNS = frozenset(["he", "she", "they", "him", "her", "them", "his", "their", "himself", "herself", "themselves"])
_POS = frozenset(["NOUN", "PROPN", "PRON", "NUM", "ADJ"])
_QUOTES = frozenset('"“”„«»‘')
_NOT_ACTORS = frozenset(["DATE", "TIME", "MONEY", "EVENT", "LAW", "WORK_OF_ART", "LANGUAGE", "PRODUCT", "PERCENT"])
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH})(?:,? \d{{4}})?"
_DATELINE = re.compile(
    r"\s*(?P<place>[A-Z][\w'’./-]+(?:[ -][A-Z][\w'’-]+){0,2})(?:, [A-Z][\w'’.-]+(?: [A-Z][\w'’-]+)?)?"
    rf"(?:(?:,? {_DATE})?\s*\([^()\n]{{2,40}}\)\s*[-–—:]*|,? {_DATE}\s*[-–—:]+|\s+[–—]|\s+-{{1,2}}(?= ))"
)


def find_mentions(parsed: Parsed) -> tuple[Mention, ...]:
    """Every mention of an actor or a place, by position; mentions of one participant share a number."""
    entities = find_entities(parsed)
    opening = _dateline(parsed)
    actors = find_actor_mentions(parsed, entities, opening.end if opening else 0)
    joined = join_mentions(parsed, actors)
    join_pronouns(joined)
    groups = [joined.of(place) for place in range(len(actors))]
    found = [
        Mention(parsed.span(draft.first, draft.last), "actor", draft.label, draft.head, group)
        for draft, group in zip(actors, groups, strict=True)
    ]
    found += find_place_mentions(parsed, entities, opening, len(actors))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, mention.kind, mention.span.end)))


# --------------------------------------------------------------------------- actors


def find_actor_mentions(parsed: Parsed, entities: list[Entity], dateline: int = 0) -> list[Draft]:
    """Named, described and pronominal actors, by head; none in the dateline, which ends at a character."""
    body = parsed.article.body
    entities = [e for e in entities if not body <= parsed.start[e.first] < dateline]
    named = list(_named_actors(parsed, entities))
    inside = {token for draft in named for token in range(draft.first, draft.last + 1) if draft.label != "nominal"}
    inside |= {token for entity in entities for token in range(entity.first, entity.last)}
    described = [
        draft
        for token, pos in enumerate(parsed.pos)
        if pos in _POS
        and token not in inside
        and not body <= parsed.start[token] < dateline
        and (draft := _described_actor(parsed, token)) is not None
    ]
    found = (_past(parsed, draft, body, dateline) for draft in (*named, *described))
    return sorted(found, key=lambda draft: (draft.first, -draft.last))


def _past(parsed: Parsed, draft: Draft, body: int, dateline: int) -> Draft:
    """A phrase that the parser began in the dateline, from where the report begins."""
    first = draft.first
    while first < draft.head and body <= parsed.start[first] < dateline:
        first += 1
    while first < draft.head and first > draft.first and parsed.pos[first] in ("PUNCT", "DET"):
        first += 1
    return draft if first == draft.first else replace(draft, first=first)


def _named_actors(parsed: Parsed, entities: list[Entity]) -> Iterator[Draft]:
    for entity in entities:
        head = head_within(parsed, entity.first, entity.last)
        if entity.label in ("LOC", "FAC") or not _stands_as_actor(parsed, entity, head):
            continue
        first = min(entity.first, phrase_start(parsed, head))
        title = _title_before(parsed, first, head)
        first = phrase_start(parsed, title) if title is not None else first
        last = entity.last - 1
        if entity.label == "ORG":
            last = complement_end(parsed, head, last, "of")
        yield Draft(first, last, head, entity.label, entity.first, entity.last)


def _title_before(parsed: Parsed, first: int, head: int) -> int | None:
    """The title that the parser made the head of a name: "foreign minister | Wang Yi" read as an apposition."""
    before = first - 1
    if before < 0 or parsed.head[head] != before or parsed.dep[head] != "appos":
        return None
    noun = noun_at(parsed, before)
    return before if noun is not None and noun.kind in ("office", "person", "anonymous") else None


def _stands_as_actor(parsed: Parsed, entity: Entity, head: int) -> bool:
    """Whether a named entity acts or is acted upon, and is no mere qualifier of another actor."""
    dep, above = parsed.dep[head], parsed.head[head]
    if entity.label in ("PERSON", "ORG"):
        if dep in _INSIDE and above >= entity.last:
            return noun_at(parsed, above) is None and parsed.ent[above] not in ("PERSON", "ORG")
        return True
    if head + 1 < len(parsed) and parsed.text[head + 1] in ("-", "–") and parsed.end[head] == parsed.start[head + 1]:
        return False  # "Russian-led"
    if dep in _INSIDE:
        return noun_key(parsed, above) in words("act")
    return (entity.label == "NORP" and parsed.pos[head] != "ADJ") or _acts(parsed, head)


def _acts(parsed: Parsed, head: int) -> bool:
    """Whether a country's place in the sentence is that of an actor rather than of a location."""
    for _ in range(6):
        if parsed.dep[head] not in ("conj", "appos"):
            break
        head = parsed.head[head]
    dep, above = parsed.dep[head], parsed.head[head]
    if dep == "pobj":
        return parsed.text[above].lower() not in PLACE_PREPOSITIONS and parsed.text[above].lower() != "of"
    if dep == "poss":
        return noun_key(parsed, above) in words("act")
    return dep in _ACTING


def _described_actor(parsed: Parsed, token: int) -> Draft | None:
    """A phrase headed by a noun of actors, or a pronoun for persons."""
    text = parsed.text[token].lower()
    if parsed.pos[token] == "PRON":
        return Draft(token, token, token, "pronoun", token, token + 1) if text in _PRONOUNS else None
    if parsed.ent[token] in _NOT_ACTORS:
        return None
    if token + 2 < len(parsed) and parsed.text[token + 1] == "-" and parsed.pos[token + 2] in ("NOUN", "PROPN", "ADJ"):
        return None  # "secretary-general" is found at its last word, "police-led" is nobody
    noun = noun_at(parsed, token) if parsed.pos[token] in ("NOUN", "PROPN") else None
    if noun is None or text in words("quantity"):
        noun = _counted_noun(parsed, token) or noun
    if noun is None or not _heads_phrase(parsed, token):
        return None
    if token > 1 and parsed.text[token - 1] == "-" and parsed.start[token] == parsed.end[token - 1]:
        if "-" in noun_key(parsed, token):
            return _hyphenated(parsed, token)
        if parsed.pos[token] == "PROPN" and len(parsed.text[token - 2]) > 2 and parsed.text[token - 2] != "Vice":
            return None  # a place or a person whose name ends in such a word
    first = min(phrase_start(parsed, token), token)
    last = max(_described_end(parsed, token), token)
    if last + 1 < len(parsed) and _opens_quote(parsed, first, last) and parsed.text[last + 1] in _QUOTES:
        last += 1
    if not _says_enough(parsed, token, noun, first, last):
        return None
    return Draft(first, last, token, "nominal", token, token + 1)


def _hyphenated(parsed: Parsed, token: int) -> Draft:
    """A description whose noun the parser cut in three: "secretary-general of the union"."""
    head = head_within(parsed, token - 2, token + 1)
    first = min(phrase_start(parsed, token - 2), token - 2)
    last = max(complement_end(parsed, head, token, "of"), token)
    return Draft(first, last, head, "nominal", head, head + 1)


def _counted_noun(parsed: Parsed, token: int) -> Noun | None:
    """The noun after "of" where the head only counts: "dozens of soldiers"."""
    if noun_key(parsed, token) not in words("quantity") and parsed.text[token].lower() not in words("quantity"):
        return None
    for prep in parsed.children[token]:
        if parsed.text[prep] == "of":
            return next(
                (noun_at(parsed, inner) for inner in parsed.children[prep] if parsed.dep[inner] == "pobj"), None
            )
    return None


def _opens_quote(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a quotation mark inside the phrase is left open: 26 "armed criminals."""
    return sum(parsed.text[token] in _QUOTES for token in range(first, last + 1)) % 2 == 1


def _heads_phrase(parsed: Parsed, token: int) -> bool:
    """Whether a noun is no part of a larger phrase about an actor."""
    above = parsed.head[token]
    if parsed.dep[token] == "poss":
        return noun_at(parsed, above) is None
    if parsed.dep[token] == "pobj" and parsed.text[above] == "of":
        return _counted_noun(parsed, parsed.head[above]) is None  # the phrase is found at "dozens"
    if parsed.dep[token] not in _INSIDE:
        return True
    return parsed.dep[token] == "compound" and noun_key(parsed, above) in words("act")


def _described_end(parsed: Parsed, token: int) -> int:
    last = complement_end(parsed, token, token, "of")
    key = noun_key(parsed, token)
    if last == token and key in words("named_by_for"):
        last = complement_end(parsed, token, token, "for")
    if last == token and key in words("named_by_to"):
        last = complement_end(parsed, token, token, "to")
    return last


def _says_enough(parsed: Parsed, token: int, noun: Noun, first: int, last: int) -> bool:
    if noun.kind == "country":
        return is_plural(parsed, token)
    following = parsed.text[token + 1].lower() if token + 1 < len(parsed) else ""
    if following == "to" and noun_key(parsed, token) in words("abstract_with_to") and not is_plural(parsed, token):
        return False
    if noun.bare == "plural":
        return is_plural(parsed, token) or (parsed.dep[token] != "pobj" and first < token)
    return bool(noun.bare) or last > token or any(parsed.pos[near] != "NUM" for near in range(first, token))


# --------------------------------------------------------------------------- places


def find_place_mentions(parsed: Parsed, entities: list[Entity], opening: Span | None, group: int) -> list[Mention]:
    """Every toponym, one mention each; the same name shares a number."""
    numbers: dict[str, int] = {}
    found: dict[tuple[int, int], Mention] = {}
    capitals = sum(letter.isupper() for letter in parsed.article.text)
    ordinary = capitals * FEW > len(parsed)  # an article in small letters writes its towns so, too
    for entity in [*entities, *_missed_toponyms(parsed, entities)]:
        if entity.label not in ("GPE", "LOC", "FAC") and not _misread_toponym(parsed, entity):
            continue
        name = " ".join(parsed.text[entity.first : entity.last])
        if name.islower() and ordinary:
            continue  # "the gulf between rich and poor"
        name = name.casefold()
        number = numbers.setdefault(name, group + len(numbers))
        span = parsed.span(entity.first, entity.last - 1)
        label = entity.label if entity.label in ("GPE", "LOC", "FAC") else "GPE"
        head = head_within(parsed, entity.first, entity.last)
        found.setdefault((span.start, span.end), Mention(span, "place", label, head, number))
    for span in _dateline_places(parsed, opening):
        if any(mention.span.overlaps(span) for mention in found.values()):
            continue
        token = parsed.token_at(span.start)
        name = parsed.article.quote(span).casefold()
        if token is not None:
            number = numbers.setdefault(name, group + len(numbers))
            found[span.start, span.end] = Mention(span, "place", "GPE", token, number)
    return list(found.values())


def _misread_toponym(parsed: Parsed, entity: Entity) -> bool:
    """A lone capitalised name right after "in" or "near" that the parser took for a person or an organisation."""
    if entity.label not in ("PERSON", "ORG") or entity.first == 0 or entity.last - entity.first > 2:
        return False
    texts = [parsed.text[token] for token in range(entity.first, entity.last)]
    return (
        parsed.text[entity.first - 1].lower() in ("in", "near", "outside", "around", "across")
        and all(text[:1].isupper() and text[1:].islower() for text in texts)
        and not any(text.lower() in words("organization") for text in texts)
        and not (entity.last < len(parsed) and parsed.tag[entity.last] == "POS")
    )


def _missed_toponyms(parsed: Parsed, entities: list[Entity]) -> Iterator[Entity]:
    """Capitalised names right after "in" or "near" that the parser left without a label."""
    for token in range(1, len(parsed)):
        if (
            parsed.pos[token] == "PROPN"
            and not parsed.ent[token]
            and parsed.dep[token] == "pobj"
            and parsed.head[token] == token - 1
            and parsed.text[token - 1].lower() in ("in", "near", "outside", "around")
            and parsed.text[token][1:].islower()
            and parsed.text[token][:1].isupper()
            and noun_at(parsed, token) is None
        ):
            yield Entity(token, token + 1, "GPE")


def _dateline(parsed: Parsed) -> Span | None:
    """The dateline that opens the body: "Almaty, 11 January 2022 (ABC):"."""
    article = parsed.article
    found = _DATELINE.match(article.text, article.body, article.body + 160)
    return Span(article.id, found.start("place"), found.end()) if found is not None else None


def _dateline_places(parsed: Parsed, opening: Span | None) -> Iterator[Span]:
    """The place of the dateline, as the reader found it, else as the body opens."""
    article = parsed.article
    if article.dateline is not None and article.dateline.span is not None:
        start, end = article.dateline.span
        if 0 <= start < end <= len(article.text):
            yield Span(article.id, start, end)
    elif opening is not None:
        found = _DATELINE.match(article.text, article.body)
        if found is not None:
            yield Span(article.id, *found.span("place"))
