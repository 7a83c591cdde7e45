"""Chooses, for each word that may be one of saying, what it introduces and whose words these are.

`data/claims.npz` holds the fitted shares and trees (see `claims.card.md`). One set of trees tells whether a word
introduces anything, which spares most words the rest; one how likely a content is right at all; one how likely it is
right to the word; one who says it.
"""

from __future__ import annotations

import io
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby

import numpy as np

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted
from sayso.extract.claims.features import SPECIFIC, Words, content_features, head_features, speaker_features, top_of
from sayso.extract.claims.rates import Rates, Table
from sayso.extract.claims.readings import Reading, readings
from sayso.extract.claims.sayings import TELLING, Saying, addressee_of, voice
from sayso.extract.claims.voices import voices_of
from sayso.extract.clauses import cue_range, is_passive, subtract, trim
from sayso.knowledge import blob
from sayso.model import Parsed
from sayso.trees import Rows, Trees

HOPEFUL = 0.1  # least probability of a word to be a cue at which its readings are weighed
KNOWN = 0.4  # added to the score of a construction that the tables know and nothing speaks against
KNOWN_FLOOR = 0.1  # least share at which such a construction is kept
EXACT = 0.5  # weight of "right to the word" beside "right"
_HOPELESS = 0.004  # readings whose construction was right more rarely are not weighed


@dataclass(frozen=True, slots=True)
class Ranker:
    """The fitted parts; `floor` and `speaker_floor` are the least probabilities to be kept."""

    rates: Rates
    cue: Trees
    content: Trees
    exact: Trees
    speaker: Trees
    floor: float
    speaker_floor: float


@lru_cache(maxsize=1)
def ranker() -> Ranker:
    """The shipped model."""
    arrays = np.load(io.BytesIO(blob("claims.npz")), allow_pickle=False)
    keys = json.loads(arrays["keys"].tobytes())
    counts = dict(zip(keys, zip(arrays["right"].tolist(), arrays["cases"].tolist(), strict=True), strict=True))
    cue, content, exact, speaker = (Trees.of(arrays, name) for name in ("cue", "content", "exact", "speaker"))
    floor, speaker_floor = arrays["floors"].tolist()
    return Ranker(Table(counts), cue, content, exact, speaker, floor, speaker_floor)


def read_all(words: Words, heads: Iterable[int], proposed: Iterable[Saying]) -> list[Reading]:
    """All readings of some words of an article, those of one word next to each other."""
    by_cue: dict[int, list[Saying]] = defaultdict(list)
    for saying in proposed:
        by_cue[saying.cue].append(saying)
    found: list[Reading] = []
    for head in heads:
        found += readings(words.parsed, head, words.quotes, by_cue.get(head, ()), partial(_is_hopeful, words, head))
    return found


def _is_hopeful(words: Words, head: int, kind: str) -> bool:
    return words.rates.share(words.kind_key(head, kind)) >= _HOPELESS


def head_rows(words: Words) -> dict[int, list[float]]:
    """One row of features for each word that may be a cue."""
    return {head: head_features(words, head) for head in words.heads}


def content_rows(words: Words, heads: Mapping[int, list[float]], found: Sequence[Reading]) -> Rows:
    """One row of features for each reading, shape (readings, features): its word's, its own, and its rivals'."""
    rows: list[list[float]] = []
    for head, rivals in groupby(found, key=lambda reading: reading.head):
        own = [content_features(words, reading) for reading in rivals]
        best = sorted((row[SPECIFIC] for row in own), reverse=True)
        for row in own:
            rival = best[0] if row[SPECIFIC] < best[0] else best[1] if len(best) > 1 else 0.0
            rows.append([*heads[head], *row, rival, len(own)])
    return np.asarray(rows, dtype=np.float32)


def rank(parsed: Parsed, quotes: Sequence[Quoted], proposed: Iterable[Saying]) -> list[Saying]:
    """For each word the likeliest of what it introduces, with the likeliest source, where it is likely enough."""
    fitted = ranker()
    words = Words(parsed, quotes, fitted.rates)
    heads = head_rows(words)
    if not heads:
        return []
    chances = fitted.cue.probability(np.asarray(list(heads.values()), dtype=np.float32))
    proposed = list(proposed)
    known = {saying.cue for saying in proposed if saying.part == "noun" and saying.links[-1].head is not None}
    hopeful_heads = [
        head for head, chance in zip(heads, chances.tolist(), strict=True) if chance >= HOPEFUL or head in known
    ]
    found = read_all(words, hopeful_heads, proposed)
    if not found:
        return []
    rows = content_rows(words, heads, found)
    right = fitted.content.probability(rows)
    hopeful = np.flatnonzero(right >= KNOWN_FLOOR)
    if not len(hopeful):
        return []
    exact = fitted.exact.probability(rows[hopeful])
    best: dict[int, tuple[float, float, Reading]] = {}
    for row, probability in zip(hopeful.tolist(), exact.tolist(), strict=True):
        reading, chance = found[row], float(right[row])
        score = chance + EXACT * probability + KNOWN * _is_known(reading)
        if reading.head not in best or score > best[reading.head][0]:
            best[reading.head] = (score, chance, reading)
    chosen = [(chance, reading) for _, chance, reading in best.values()]
    return _with_sources(words, fitted, chosen)


def _with_sources(words: Words, fitted: Ranker, chosen: Sequence[tuple[float, Reading]]) -> list[Saying]:
    parsed = words.parsed
    speakers = [voices_of(parsed, reading.head) for _, reading in chosen]
    rows = [
        speaker_features(words, reading, relation, token, order)
        for (_, reading), voices in zip(chosen, speakers, strict=True)
        for order, (relation, token) in enumerate(voices)
    ]
    chances = iter(fitted.speaker.probability(np.asarray(rows, dtype=np.float32)).tolist() if rows else ())
    told: list[Saying] = []
    for (chance, reading), voices in zip(chosen, speakers, strict=True):
        likely = max(((next(chances), token) for _, token in voices), default=(0.0, -1))
        share = chance * min(1.0, likely[0] + 0.2) ** 0.5
        if share < (KNOWN_FLOOR if _is_known(reading) else fitted.floor):
            continue
        speaker = likely[1] if likely[0] >= fitted.speaker_floor else None
        if saying := to_saying(words, reading, speaker, (1 + share) / 2 if _is_known(reading) else share):
            told.append(saying)
    return told


def _is_known(reading: Reading) -> bool:
    return reading.saying is not None and reading.saying.entry is not None and not reading.objected


_JOINTS = frozenset({"ADP", "CCONJ", "SCONJ", "DET"})  # what is left of a content around a source is none
_FRAMES = {"ccomp": "clause", "xcomp": "to", "dobj": "object", "oprd": "named"}


def to_saying(words: Words, reading: Reading, speaker: int | None, share: float) -> Saying | None:
    """A reading with its source as a saying; None where nothing but the source is left of its content."""
    parsed, head = words.parsed, reading.head
    known = reading.saying
    if known is not None and known.part == "noun":  # the grammar knows whose claim it is, and when nobody's
        sourceless = known.links[-1].head is None and known.frame.startswith("prep")
        return None if sourceless else replace(known, share=share)
    if known is not None and (len(known.links) > 1 or known.links[-1].head == speaker):
        return replace(known, share=share)
    span = known.links[-1].cue if known else _cue(parsed, reading)
    link = voice(parsed, speaker, span)
    holes = [span, link.source] if link.source else [span]
    pieces = (found for piece in subtract(reading.content, holes) if (found := trim(parsed, *piece)))
    content = tuple(piece for piece in pieces if piece[0] < piece[1] or parsed.pos[piece[0]] not in _JOINTS)
    if len(content) > 1 and words.lemmas[head] in TELLING:
        content = tuple(piece for piece in content if parsed.dep[top_of(parsed, *piece)] not in ("dobj", "dative"))
    if not content:
        return None
    if known is not None:
        return replace(known, links=(link,), content=content, share=share)
    part = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "ADJ": "adjective"}.get(parsed.pos[head], "phrase")
    frame = _frame(parsed, reading)
    table = cues().nouns if part == "noun" else cues().verbs
    entry = table.get((words.lemmas[head], frame)) or table.get((words.lemmas[head], "clause"))
    if part == "adjective":
        entry = cues().adjectives.get(words.lemmas[head])
    return Saying(head, part, words.lemmas[head], frame, (link,), content, entry, addressee_of(parsed, head), share)


def _cue(parsed: Parsed, reading: Reading) -> tuple[int, int]:
    """A word with its auxiliaries, and the preposition between it and its content."""
    first, last = cue_range(parsed, reading.head)
    begin = reading.content[0][0]
    if reading.kind == "prep" and last + 1 == begin - 1 and parsed.pos[last + 1] == "ADP":
        last += 1
    return first, last


def _frame(parsed: Parsed, reading: Reading) -> str:
    """The construction in the words of the tables, by what governs the content."""
    if reading.kind.startswith("quote") or reading.widened:
        return "quote"
    before = reading.content[0][0] - 1
    top = top_of(parsed, *reading.content[0])
    if parsed.dep[top] in ("pobj", "pcomp") and before >= 0 and parsed.pos[before] in ("ADP", "SCONJ"):
        return f"prep:{parsed.text[before].lower()}"
    frame = _FRAMES.get(parsed.dep[top], "clause") if parsed.head[top] == reading.head else "clause"
    return f"{frame} passive" if frame in ("clause", "to") and is_passive(parsed, reading.head) else frame
