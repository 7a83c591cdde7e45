"""Finds how a text calls participants and happenings: nouns that name and judge, names in quotation marks, names given.

A label points at what it names: the actor's mention, the event's trigger where the words tell an event, else itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sayso.extract.lexicon import words as actor_words
from sayso.extract.pronouns import quoted_tokens
from sayso.knowledge import table
from sayso.model import EventDraft, LabelDraft, Mention, Parsed, Span

_LONGEST_NAME = 4  # words in quotation marks; longer ones are quotations
_NAMING_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "VBN", "VBG", "HYPH", "NFP"])


def find_labels(
    parsed: Parsed, mentions: tuple[Mention, ...], events: tuple[EventDraft, ...]
) -> tuple[LabelDraft, ...]:
    """Every label by position, one a stretch; the longest where they overlap."""
    actors = [mention for mention in mentions if mention.kind == "actor" and mention.label != "pronoun"]
    targets = _Targets(parsed, actors, events)
    found: dict[tuple[int, int], Span] = {}
    for first, last in (*_people(parsed, actors), *_happenings(parsed), *_quoted_names(parsed)):
        found.setdefault((first, last), targets.of(first, last))
    for first, last, target in _given_names(parsed, actors):
        found[first, last] = target
    kept = [edges for edges in found if not any(_is_inside(edges, other) for other in found)]
    return tuple(_draft(parsed, first, last, found[first, last]) for first, last in sorted(kept))


def _is_inside(edges: tuple[int, int], other: tuple[int, int]) -> bool:
    return other != edges and other[0] <= edges[0] and edges[1] <= other[1]


def _draft(parsed: Parsed, first: int, last: int, target: Span) -> LabelDraft:
    span = parsed.span(first, last)
    return LabelDraft(target, " ".join(parsed.article.quote(span).split()), span)


class _Targets:
    """What a stretch names: an event by its trigger, an actor by its mention."""

    def __init__(self, parsed: Parsed, actors: list[Mention], events: tuple[EventDraft, ...]) -> None:
        self._parsed = parsed
        self._heads = {mention.head: mention.span for mention in actors}
        self._triggers: dict[int, Span] = {}
        for event in events:
            token = parsed.token_at(event.trigger.start)
            if token is not None:
                self._triggers.setdefault(token, event.trigger)

    def of(self, first: int, last: int) -> Span:
        """The trigger in the stretch, else the mention whose head lies in it, else the stretch itself."""
        for known in (self._triggers, self._heads):
            for token in range(last, first - 1, -1):
                if token in known:
                    return known[token]
        return self._parsed.span(first, last)


# --------------------------------------------------------------------------- nouns that name


@lru_cache(maxsize=1)
def _nouns() -> tuple[frozenset[str], frozenset[str]]:
    """Nouns for people and for happenings."""
    data = table("labels.toml")
    people, happenings = (
        frozenset(word for row in data[kind] for word in row.get("words", "").split())
        for kind in ("people", "happenings")
    )
    return people, happenings


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases for happenings by their last word, longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for row in table("labels.toml")["happenings"]:
        for phrase in row.get("phrases", "").replace("\n", "|").split("|"):
            if phrase:
                parts = tuple(phrase.replace("-", " - ").split())
                found.setdefault(parts[-1], []).append(parts)
    return {last: tuple(sorted(parts, key=len, reverse=True)) for last, parts in found.items()}


@lru_cache(maxsize=2)
def _modifiers(name: str) -> frozenset[str]:
    return frozenset(table("labels.toml")["modifiers"][name].split())


def _noun(parsed: Parsed, token: int) -> str:
    """A noun in the singular and small letters, also where the parser took it for a name."""
    lemma = parsed.lemma[token].lower()
    return lemma.removesuffix("s") if parsed.tag[token] == "NNPS" else lemma


def _people(parsed: Parsed, actors: list[Mention]) -> Iterator[tuple[int, int]]:
    """Described actors whose noun says what the speaker holds them for: without number, with its adjectives."""
    for mention in actors:
        head = mention.head
        if mention.label == "nominal" and _noun(parsed, head) in actor_words("quantity"):
            head = next((t for p in parsed.children[head] for t in parsed.children[p] if parsed.dep[t] == "pobj"), head)
        if mention.label == "nominal" and _noun(parsed, head) in _nouns()[0]:
            yield _with_modifiers(parsed, head), head


def _happenings(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Nouns and phrases for happenings that name and judge: "unrest", "coup attempt"."""
    phrases = _phrases()
    for token in range(len(parsed)):
        if parsed.pos[token] not in ("NOUN", "PROPN"):
            continue
        noun = _noun(parsed, token)
        parts = next((p for p in phrases.get(noun, ()) if _ends_with(parsed, token, p)), None)
        if parts is not None:
            yield token - len(parts) + 1, token
        elif noun in _nouns()[1] and parsed.dep[token] not in ("compound", "nmod"):
            yield _with_modifiers(parsed, token), token


def _ends_with(parsed: Parsed, token: int, parts: tuple[str, ...]) -> bool:
    first = token - len(parts) + 1
    return first >= 0 and all(parsed.text[first + i].lower() == part for i, part in enumerate(parts[:-1]))


def _with_modifiers(parsed: Parsed, head: int) -> int:
    """Where the label begins: its noun with the loaded words before it, hyphens and quotation marks passed over."""
    first = token = head
    loaded = _modifiers("loaded")
    while token > 0:
        token -= 1
        if parsed.text[token].lower() in loaded:
            first = token
            if token > 1 and parsed.text[token - 1] == "-":
                first = token = token - 2
        elif parsed.text[token] == "-" and token > 0:
            whole = f"{parsed.text[token - 1]}-{parsed.text[token + 1]}".lower()
            if whole not in loaded and parsed.text[token + 1].lower() not in ("trained", "backed"):
                break
            first = token = token - 1
        elif parsed.text[token].lower() not in ("trained", "backed", "called", "government", "regime", "nazi"):
            break
    return first


# --------------------------------------------------------------------------- names in quotation marks


def _quoted_names(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Short noun phrases in quotation marks inside a sentence, and what follows "so-called"."""
    quoted = quoted_tokens(parsed)
    token = 0
    while token < len(parsed):
        end = token
        while end < len(parsed) and quoted[token] and quoted[end] == quoted[token]:
            end += 1
        if end > token and _is_name(parsed, token + 1, end):
            yield token + 1, end - 1
        token = max(end, token + 1)


def _is_name(parsed: Parsed, first: int, end: int) -> bool:
    """Whether a quoted stretch is a name given to something rather than a part of speech."""
    if not 1 <= end - first <= _LONGEST_NAME or end >= len(parsed) or parsed.sent[first] != parsed.sent[end]:
        return False
    if parsed.pos[end - 1] not in ("NOUN", "PROPN") or not all(
        parsed.tag[t] in _NAMING_TAGS for t in range(first, end)
    ):
        return False
    start, stop = parsed.sents[parsed.sent[first]]
    return end - first < stop - start - 4 and any(
        parsed.pos[t] == "VERB" for t in range(start, stop) if not first <= t < end
    )


# --------------------------------------------------------------------------- names given


def _given_names(parsed: Parsed, actors: list[Mention]) -> Iterator[tuple[int, int, Span]]:
    """Labels somebody puts on a participant: "called the strikers bandits", "described them as terrorists"."""
    spans = {mention.head: mention.span for mention in actors}
    named = _nouns()[0] | _nouns()[1]
    for verb in range(len(parsed)):
        if parsed.pos[verb] != "VERB" or parsed.lemma[verb].lower() not in _modifiers("namer"):
            continue
        children = parsed.children[verb]
        objects = [child for child in children if parsed.dep[child] in ("dobj", "nsubjpass") and child in spans]
        given = [child for child in children if parsed.dep[child] in ("oprd", "attr", "ccomp") and child > verb]
        given += [t for c in children if parsed.text[c] == "as" for t in parsed.children[c] if parsed.dep[t] == "pobj"]
        for name in given:
            if parsed.dep[name] == "ccomp":
                objects += [c for c in parsed.children[name] if parsed.dep[c] == "nsubj" and c in spans]
            if objects and _noun(parsed, name) in named and parsed.pos[name] in ("NOUN", "PROPN"):
                yield _with_modifiers(parsed, name), name, spans[objects[0]]
