"""Describes a reading, and who could have said it, in numbers: word, construction, subject, content, quotations."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate

from sayso.extract.claims.cues import cues
from sayso.extract.claims.direct import Quoted, quotation_at
from sayso.extract.claims.rates import Rates
from sayso.extract.claims.readings import Content, Reading
from sayso.extract.claims.sayings import lemma_of
from sayso.extract.clauses import SUBJECTS, is_passive, own_subject, subject_of
from sayso.model import Parsed, Stance

KINDS = (
    "ccomp", "xcomp", "dobj", "prep", "run", "pair", "raised", "advcl", "acl", "relcl", "pobj", "pcomp", "oprd", "attr",
    "acomp", "advmod", "appos", "conj", "npadvmod", "dep", "parataxis", "dative", "up", "sentence before",
    "sentence after", "sentence around", "sentence without", "quote before", "quote after", "quotes after",
    "quotes around", "before ccomp", "before dobj", "before advcl", "before prep", "be ccomp", "be xcomp", "be attr",
    "be prep", "be acomp", "be advcl", "grammar", "cut",
)  # fmt: skip
FRAMES = ("clause", "to", "object", "prep", "quote", "aside", "as", "named", "object-as", "object-of", "object-for")
SPEAKERS = (
    "subject", "agent", "shared", "possessor", "prep to", "prep from", "prep by", "prep of", "prep in", "prep among",
    "prep for", "prep with", "prep on", "prep at", "prep between", "after", "naming", "described", "above 1", "above 2",
    "above 3", "above 4", "possessor above", "agent above", "near after", "near before",
    "passive subject",
)  # fmt: skip


def _numbered(names: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names, 1)}


_KIND, _FRAME, _SPEAKER = _numbered(KINDS), _numbered(FRAMES), _numbered(SPEAKERS)
_POS = _numbered(("VERB", "NOUN", "ADJ", "ADV", "ADP", "AUX", "SCONJ", "PROPN"))
_TAG = _numbered(("VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "NN", "NNS"))
_DEP = _numbered(
    "ROOT ccomp advcl conj relcl acl xcomp parataxis pcomp amod pobj dobj nsubj prep attr csubj dep".split()
)
_ENT = _numbered(("PERSON", "ORG", "GPE", "NORP"))
_WORDS = {
    "that": 1, "to": 2, "whether": 3, "if": 3, "what": 4, "how": 4, "who": 4, "why": 4, "when": 4, "where": 4,
    "which": 4, "as": 5, "for": 6, "on": 7, "about": 8, "of": 9, "against": 10, "with": 11, "in": 12, "at": 13,
    "from": 14, "by": 15, "it": 16, "he": 17, "she": 17, "they": 17, "i": 18, "we": 18, "you": 19, "there": 20,
    "over": 8, "into": 21, "like": 5, "than": 22, "because": 23, "while": 24, "after": 24, "before": 24,
}  # fmt: skip
_STANCE = {stance: number for number, stance in enumerate(Stance, 1)}
_MARKS = {",": 1, ":": 2, ".": 3, "?": 4, "!": 4, "-": 5, "--": 5, "—": 5, "–": 5, ";": 6, "(": 7, ")": 7}
_QUOTES = frozenset("\"'“”‘’«»„`")
HEADS = frozenset({"VERB", "NOUN", "ADJ"})  # what can be a cue by itself; auxiliaries and prepositions go with it
_RARE = 0.02  # words that are cues more rarely are not read at all
_CLAUSAL = 0.03  # from here on they are read without a clause under them too
_PRONOUN, _OTHER = 0, 9
SPECIFIC = 1  # place of the share of a word and construction among the features of a content


class Words:
    """An article's words of saying: which could be cues, how likely, and what stands in quotation marks."""

    def __init__(self, parsed: Parsed, quotes: Sequence[Quoted], rates: Rates) -> None:
        self.parsed, self.quotes, self.rates = parsed, quotes, rates
        self.lemmas = [lemma_of(parsed, token) for token in range(len(parsed))]
        self.keys = [f"{lemma} {pos}" for lemma, pos in zip(self.lemmas, parsed.pos, strict=True)]
        self.shares = [
            rates.share(key) if pos in HEADS else 0.0 for key, pos in zip(self.keys, parsed.pos, strict=True)
        ]
        self.heads = [token for token, share in enumerate(self.shares) if share > 0.0 and self._is_head(token)]
        self.by_sentence: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for head in self.heads:
            self.by_sentence[parsed.sent[head]].append((head, self.shares[head]))
        inside = bytearray(len(parsed) + 1)
        self.marks: dict[int, int] = defaultdict(int)  # quotations that touch a sentence
        for quote in quotes:
            inside[quote.first + 1 : quote.last + 2] = b"\1" * (quote.last - quote.first + 1)
            for sentence in range(parsed.sent[quote.first], parsed.sent[quote.last] + 1):
                self.marks[sentence] += 1
        self.quoted = list(accumulate(inside))  # tokens in quotation marks before each token
        self.openings = {quote.first: quote.last for quote in quotes}
        self.paragraphs = list(accumulate(_breaks(parsed)))  # number of the paragraph of each token

    def _is_head(self, token: int) -> bool:
        parsed, share = self.parsed, self.shares[token]
        if share < _CLAUSAL and parsed.pos[token] == "NOUN" and (self.lemmas[token], "clause") in cues().nouns:
            return any(parsed.dep[kid] == "poss" for kid in parsed.children[token])  # "the general's threat"
        if share < _RARE or parsed.dep[token] in ("aux", "auxpass"):
            return False
        return share >= _CLAUSAL or any(parsed.dep[kid] == "ccomp" for kid in parsed.children[token])

    def form_key(self, head: int) -> str:
        """A word in its form: tag, whether negated, modal or infinitive."""
        tags = {self.parsed.tag[kid] for kid in self.parsed.children[head]}
        deps = {self.parsed.dep[kid] for kid in self.parsed.children[head]}
        marks = [name for name, on in (("neg", "neg" in deps), ("MD", "MD" in tags), ("TO", "TO" in tags)) if on]
        if is_passive(self.parsed, head):
            marks.append("passive")
        return f"{self.keys[head]}#{self.parsed.tag[head]} {' '.join(marks)}"

    def subject_key(self, head: int, subject: int | None) -> str:
        """A word with the kind of its subject: a pronoun by itself, a name by its kind, a noun by its number."""
        if subject is None:
            return f"{self.keys[head]}<none"
        if self.parsed.pos[subject] == "PRON":
            return f"{self.keys[head]}<{self.parsed.lemma[subject].lower()}"
        return f"{self.keys[head]}<{self.parsed.ent[subject] or self.parsed.tag[subject]}"

    def kind_key(self, head: int, kind: str) -> str:
        return f"{self.keys[head]}|{kind}"

    def rival(self, first: int, last: int) -> float:
        """The likeliest word of saying between two tokens, outside of quotations."""
        low, high = bisect_left(self.heads, first), bisect_right(self.heads, last)
        return max(
            (self.shares[head] for head in self.heads[low:high] if quotation_at(self.quotes, head) is None),
            default=0.0,
        )

    def reading_keys(self, reading: Reading) -> tuple[str, str, str]:
        """What the share of a reading is looked up by: kind alone, word and kind, word, kind and preposition."""
        specific, pos = self.kind_key(reading.head, reading.kind), self.parsed.pos[reading.head]
        return f"{pos}|{reading.kind}", specific, f"{specific}|{self._word_before(reading.content)}"

    def _word_before(self, content: Content) -> str:
        """The preposition or mark right before a content; "" where a word of another kind stands there."""
        at, parsed = content[0][0] - 1, self.parsed
        if at < 0 or parsed.pos[at] not in ("ADP", "SCONJ", "PART", "PUNCT"):
            return ""
        return parsed.text[at].lower()

    def source_key(self, token: int | None) -> str:
        """A noun by its lemma, a name by its kind, a pronoun by itself."""
        if token is None:
            return "source none"
        if self.parsed.pos[token] == "PROPN":
            return f"source {self.parsed.ent[token] or 'name'}"
        return f"source {self.parsed.lemma[token].lower()}"

    def speaker_key(self, head: int, kind: str) -> str:
        return f"{self.keys[head]}>{kind}"


def _breaks(parsed: Parsed) -> Iterator[int]:
    """1 for each token that begins a paragraph."""
    text = parsed.article.text
    begins = {bisect_left(parsed.start, found.end()) for found in re.finditer(r"\n", text)}
    return (token in begins for token in range(len(parsed)))


def subject_or_owner(parsed: Parsed, head: int) -> int | None:
    """The subject of a verb, its own or shared; the possessor of a noun."""
    subject = subject_of(parsed, head) if parsed.pos[head] == "VERB" else own_subject(parsed, head)
    if subject is not None:
        return subject
    return next((kid for kid in parsed.children[head] if parsed.dep[kid] == "poss"), None)


def head_features(words: Words, head: int) -> list[float]:
    """The word itself, where it stands, who is its subject, what it governs."""
    parsed, rates, lemma = words.parsed, words.rates, words.lemmas[head]
    kids, above, pos = parsed.children[head], parsed.head[head], parsed.pos[head]
    sentence = parsed.sent[head]
    first, last = parsed.sents[sentence]
    deps = {parsed.dep[kid] for kid in kids}
    tags = {parsed.tag[kid] for kid in kids}
    subject = subject_or_owner(parsed, head)
    known = cues().verbs if pos == "VERB" else cues().nouns
    after = parsed.text[head + 1].lower() if head + 1 < len(parsed) else ""
    return [
        words.shares[head],
        math.log1p(rates.seen(words.keys[head])),
        _POS.get(pos, 0),
        _TAG.get(parsed.tag[head], 0),
        _DEP.get(parsed.dep[head], 0),
        (lemma, "clause") in known,
        (lemma, "quote") in known or (lemma, "to") in known or lemma in cues().adjectives,
        _stance(pos, lemma),
        is_passive(parsed, head),
        "neg" in deps,
        "MD" in tags,
        "TO" in tags,
        own_subject(parsed, head) is not None,
        *_speaker_shape(words, subject),
        (subject - head) if subject is not None else 99,
        quotation_at(words.quotes, head) is not None,
        last - first,
        head - first,
        _outer_share(words, head),
        words.shares[above] if above != head else 0.0,
        "ccomp" in deps,
        "xcomp" in deps,
        "dobj" in deps,
        "prep" in deps,
        "agent" in deps,
        "poss" in deps,
        "det" in deps,
        parsed.text[last - 1] == "?",
        _WORDS.get(after, 0),
        _MARKS.get(after, 0),
        _MARKS.get(parsed.text[head - 1], 0) if head else 0,
        sentence == 0,
        words.marks.get(sentence, 0),
        rates.share(words.form_key(head)),
        rates.share(words.subject_key(head, subject)),
    ]


def _stance(pos: str, lemma: str) -> int:
    """What the tables say that a word does with its content, in whatever construction; 0 for a word of no table."""
    table = cues().verbs if pos == "VERB" else cues().nouns
    entry = next((entry for frame in FRAMES if (entry := table.get((lemma, frame)))), None)
    if entry is None and pos == "ADJ":
        entry = cues().adjectives.get(lemma)
    return _STANCE[entry.stance] if entry else 0


def _speaker_shape(words: Words, subject: int | None) -> tuple[float, float, float, float]:
    """Part of speech, entity, share as a source and word of a subject."""
    if subject is None:
        return _PRONOUN, -1, words.rates.share("source none"), -1
    parsed = words.parsed
    pos = _PRONOUN if parsed.pos[subject] == "PRON" else _POS.get(parsed.pos[subject], _OTHER)
    share = words.rates.share(words.source_key(subject))
    return pos, _ENT.get(parsed.ent[subject], 0), share, _WORDS.get(parsed.text[subject].lower(), 0)


def _outer_share(words: Words, head: int) -> float:
    """The likeliest word of saying that governs a word."""
    parsed, node, share = words.parsed, head, 0.0
    for _ in range(4):
        if parsed.head[node] == node:
            break
        node = parsed.head[node]
        share = max(share, words.shares[node])
    return share


def content_features(words: Words, reading: Reading) -> list[float]:
    """The stretch that a reading takes for content."""
    parsed, rates, head, content = words.parsed, words.rates, reading.head, reading.content
    general, specific, prep = words.reading_keys(reading)
    first, last = content[0][0], content[-1][1]
    size = sum(high - low + 1 for low, high in content)
    quoted = sum(words.quoted[high + 1] - words.quoted[low] for low, high in content)
    begin, end = parsed.sents[parsed.sent[head]]
    top = top_of(parsed, *content[0])
    kids = parsed.children[top]
    tags = {parsed.tag[kid] for kid in kids}
    single = len(content) == 1
    held = outside = 0.0
    for token, share in words.by_sentence[parsed.sent[head]]:
        if token == head:
            continue
        inside = first <= token <= last and (single or any(low <= token <= high for low, high in content))
        if inside:
            held = share if share > held else held
        elif share > outside:
            outside = share
    saying = reading.saying
    return [
        _KIND.get(reading.kind, 0),
        rates.share(specific),
        rates.share(general),
        rates.share(prep),
        math.log1p(rates.seen(specific)),
        *_gap(words, reading),
        reading.widened,
        size,
        len(content),
        first - head if first > head else last - head,
        _WORDS.get(parsed.text[first].lower(), 0),
        _WORDS.get(parsed.text[first - 1].lower(), 0) if first else 0,
        _MARKS.get(parsed.text[first - 1], 0) if first else 0,
        parsed.text[first][:1] in _QUOTES,
        _MARKS.get(parsed.text[last + 1], 0) if last + 1 < len(parsed) else 0,
        quoted / size,
        words.openings.get(first, -9) >= last - 1,
        first == begin,
        last >= end - 2,
        (last - first + 1) / max(1, end - begin),
        _POS.get(parsed.pos[top], 0),
        _TAG.get(parsed.tag[top], 0),
        _DEP.get(parsed.dep[top], 0),
        any(parsed.dep[kid] in SUBJECTS for kid in kids),
        "MD" in tags,
        any(parsed.dep[kid] == "mark" for kid in kids),
        "TO" in tags,
        parsed.head[top] == head,
        held,
        outside,
        parsed.sent[first] != parsed.sent[head] or parsed.sent[last] != parsed.sent[head],
        _ENT.get(parsed.ent[top], 0),
        parsed.pos[top] == "PRON",
        _FRAME.get(saying.frame.partition(" ")[0].partition(":")[0], 12) if saying else 0,
        saying is not None and saying.entry is not None,
        saying is not None and saying.entry is not None and saying.entry.sure,
        reading.objected,
    ]


def _gap(words: Words, reading: Reading) -> tuple[float, float, float]:
    """What stands between a word and its content: tokens, paragraphs, the likeliest other word of saying."""
    size = paragraphs = 0
    rival = 0.0
    for first, last in reading.content:
        low, high = (reading.head + 1, first - 1) if first > reading.head else (last + 1, reading.head - 1)
        if low <= high:
            size = max(size, high - low + 1)
            rival = max(rival, words.rival(low, high))
        there = first if first > reading.head else last
        paragraphs = max(paragraphs, abs(words.paragraphs[there] - words.paragraphs[reading.head]))
    return size, paragraphs, rival


def top_of(parsed: Parsed, first: int, last: int) -> int:
    """The word that governs a stretch."""
    for token in range(first, last + 1):
        above = parsed.head[token]
        if (above == token or not first <= above <= last) and parsed.pos[token] not in ("PUNCT", "SPACE"):
            return token
    return first


def speaker_features(words: Words, reading: Reading, kind: str, speaker: int, order: int) -> list[float]:
    """Who could have said a content: by which relation, what kind of noun, how far from the word of saying."""
    parsed, rates, head, content = words.parsed, words.rates, reading.head, reading.content
    source = words.source_key(speaker)
    pos, entity, share, word = _speaker_shape(words, speaker)
    ruled = reading.saying.links[-1].head if reading.saying else None
    subject = own_subject(parsed, head)
    return [
        _SPEAKER.get(kind, 0),
        order,
        share,
        math.log1p(rates.seen(source)),
        rates.share(words.speaker_key(head, kind)),
        pos,
        entity,
        word,
        _TAG.get(parsed.tag[speaker], 0),
        speaker - head,
        abs(speaker - head),
        any(low <= speaker <= high for low, high in content),
        speaker < content[0][0],
        content[0][0] < head,
        _POS.get(parsed.pos[head], 0),
        _TAG.get(parsed.tag[head], 0),
        _DEP.get(parsed.dep[head], 0),
        is_passive(parsed, head),
        quotation_at(words.quotes, speaker) is not None,
        parsed.right[speaker] - parsed.left[speaker],
        words.shares[head],
        parsed.tag[speaker] == "VBG",
        parsed.text[speaker][:1].isupper(),
        0 if reading.saying is None else 1 if ruled is None else 2 if ruled != speaker else 3,
        subject is None or any(low <= subject <= high for low, high in content),
        parsed.left[speaker] - head,
        min(abs(head - high) for _, high in content),
        parsed.text[content[0][0]][:1] in _QUOTES,
    ]
