"""Finds set phrases of saying that no single word tells: "let it be known that", "the army's version is that".

`data/idioms.toml` holds them; they are taken by the grammar alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.extract.claims.cues import Cue, cues
from sayso.extract.claims.sayings import Saying, Voice, lemma_of, voice
from sayso.extract.clauses import (
    SUBJECTS,
    Range,
    agent_of,
    child,
    cue_range,
    has_word,
    is_passive,
    negated,
    object_of,
    own_subject,
    phrase,
    possessor,
    preposition,
    subject_of,
    subtract,
    subtree,
    trim,
)
from sayso.knowledge import table
from sayso.model import Parsed, Stance

_LONGEST_GAP = 6  # tokens that * may stand for
_OWN = frozenset("a an the its their his her our my this that".split())
_EDGES = frozenset(",;:.!?")


@dataclass(frozen=True, slots=True)
class Idiom:
    """A verb's set phrase: the words after the verb, each a set of choices, and what follows them."""

    words: tuple[tuple[frozenset[str], bool], ...]  # choices, and whether the word may be missing
    content: str
    entry: Cue


@dataclass(frozen=True, slots=True)
class Idioms:
    """The compiled table."""

    verbs: Mapping[str, tuple[Idiom, ...]]  # by lemma, longest first
    misread: Mapping[str, str]  # "reserves", which the parser may take for a noun, to its lemma
    courtesy: frozenset[str]
    wording: frozenset[str]
    tenets: frozenset[str]
    tenet_verbs: frozenset[str]
    travelling: frozenset[str]
    travel_verbs: frozenset[str]
    unowned: frozenset[str]
    wishes: frozenset[str]


@lru_cache(maxsize=1)
def idioms() -> Idioms:
    """The set phrases, by the lemma of their verb."""
    data = table("idioms.toml")
    found: defaultdict[str, list[Idiom]] = defaultdict(list)
    for row in data["idiom"]:
        entry = Cue(Stance(row["stance"]), sure=True)
        for words in row["words"]:
            first, *rest = words.split()
            idiom = Idiom(tuple(map(_word, rest)), row["content"], entry)
            for lemma in first.split("/"):
                found[lemma].append(idiom)
    verbs = {lemma: tuple(sorted(kept, key=lambda one: -len(one.words))) for lemma, kept in found.items()}

    def words_of(name: str, key: str) -> frozenset[str]:
        return frozenset(data[name][key].split())

    return Idioms(
        verbs,
        {lemma + "s": lemma for lemma in verbs},
        words_of("courtesy", "verbs"),
        words_of("wording", "verbs"),
        words_of("tenet", "nouns"),
        words_of("tenet", "verbs"),
        words_of("travel", "nouns"),
        words_of("travel", "verbs"),
        words_of("unowned", "nouns"),
        words_of("wishes", "nouns"),
    )


def _word(text: str) -> tuple[frozenset[str], bool]:
    optional = text.startswith("(")
    return frozenset(text.strip("()").split("/")), optional


# --------------------------------------------------------------------------- a verb and the words after it


def idiom(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """The palace let it be known that X; the front took credit for X; the Ministry reserves the right to X."""
    for known in idioms().verbs.get(lemma, ()):
        end = parsed.sents[parsed.sent[verb]][1]
        for at in _matches(parsed, known.words, 0, verb + 1, end):
            content = _content(parsed, at, known.content, end)
            if content is None:
                continue
            head, span = _speaker(parsed, verb), (cue_range(parsed, verb)[0], at - 1)
            if head is None and known.content != "that":
                return
            if known.entry.stance is Stance.DENIES and negated(parsed, verb):
                return  # "could not rule out sabotage" only says that it may be
            for saying in _tell(parsed, verb, "idiom", head, span, [content], known.entry):
                yield replace(saying, addressee=_wished(parsed, verb, at)) if known.content == "wish" else saying
            return


def _wished(parsed: Parsed, verb: int, at: int) -> int | None:
    """Whom one wishes well: "conveyed his condolences to the families"."""
    preps = (preposition(parsed, head, "to") for head in (top_from(parsed, at), verb))
    return next((object_of(parsed, prep) for prep in preps if prep is not None), None)


def _matches(
    parsed: Parsed, words: tuple[tuple[frozenset[str], bool], ...], number: int, at: int, end: int
) -> Iterator[int]:
    """Where the words of an idiom end, from a token on: the first way that fits."""
    if number == len(words):
        yield at
        return
    choices, optional = words[number]
    if at < end and _fits(parsed, at, choices):
        yield from _matches(parsed, words, number + 1, at + 1, end)
    if optional or not choices.isdisjoint("~$"):
        yield from _matches(parsed, words, number + 1, at, end)
    if "*" in choices:
        for stop in range(at + 1, min(end, at + 1 + _LONGEST_GAP)):
            if parsed.text[stop - 1] in _EDGES or parsed.pos[stop - 1] in ("VERB", "SCONJ"):
                break
            yield from _matches(parsed, words, number + 1, stop, end)


def _fits(parsed: Parsed, at: int, choices: frozenset[str]) -> bool:
    text = parsed.text[at].lower()
    if not choices.isdisjoint((text, lemma_of(parsed, at))):
        return True
    return ("~" in choices and parsed.pos[at] == "ADV") or ("$" in choices and text in _OWN)


def _content(parsed: Parsed, at: int, kind: str, end: int) -> Range | None:
    """What an idiom introduces, from a token on; None if what stands there is something else."""
    if at >= end or parsed.text[at] in _EDGES:
        return None
    node = top_from(parsed, at)
    if not _FITS[kind](parsed, at, node):
        return None
    last = min(parsed.right[node], end - 1)
    if kind == "that" and last == at:  # the parser parts "that" from its clause
        last = end - 1
    if kind == "np":
        last = _with_places(parsed, last, end)
    if kind == "wish" and (to := preposition(parsed, node, "to")) is not None:
        last = to - 1  # whom one wishes well
    found = trim(parsed, at, last)
    return found if found is not None and has_word(parsed, *found) else None


def _with_places(parsed: Parsed, last: int, end: int) -> int:
    """ "the count in two provinces": what the parser hangs on the verb goes with the noun, but for when and how."""
    while last + 2 < end and parsed.pos[last + 1] == "ADP" and parsed.text[last + 1].lower() in _PLACING:
        noun = object_of(parsed, last + 1)
        if noun is None or parsed.ent[noun] in ("DATE", "TIME") or lemma_of(parsed, noun) in cues().channel_nouns:
            break
        last = parsed.right[last + 1]
    return last


_PLACING = frozenset("in near at between inside outside across against of".split())


def _is_that_clause(parsed: Parsed, at: int, node: int) -> bool:
    return parsed.text[at].lower() in ("that", "how", "why") or parsed.dep[node] == "ccomp"


def _is_infinitive(parsed: Parsed, at: int, node: int) -> bool:
    return parsed.tag[at] == "TO"


def _is_thing(parsed: Parsed, at: int, node: int) -> bool:
    if parsed.tag[at] in ("TO", "IN", "WDT") or parsed.pos[node] not in _THINGS:
        return False
    return node != at or not _is_pointer(parsed, at)


def _is_wish(parsed: Parsed, at: int, node: int) -> bool:
    return lemma_of(parsed, node) in idioms().wishes and parsed.pos[node] == "NOUN"


_FITS: dict[str, Callable[[Parsed, int, int], bool]] = {
    "that": _is_that_clause,
    "to": _is_infinitive,
    "np": _is_thing,
    "wish": _is_wish,
}
_THINGS = frozenset({"NOUN", "PROPN", "VERB", "NUM", "ADJ"})


def _is_pointer(parsed: Parsed, token: int) -> bool:
    return parsed.pos[token] in ("PRON", "DET")


def top_from(parsed: Parsed, first: int) -> int:
    """The highest token of what begins at a token."""
    node = first
    while parsed.head[node] != node and parsed.left[parsed.head[node]] == first:
        node = parsed.head[node]
    return node


def _speaker(parsed: Parsed, verb: int) -> int | None:
    if parsed.pos[verb] not in ("VERB", "AUX"):
        return _before_misread(parsed, verb)
    return agent_of(parsed, verb) if is_passive(parsed, verb) else subject_of(parsed, verb)


def _before_misread(parsed: Parsed, verb: int) -> int | None:
    """ "The Embassy reserves the right": the parser took the verb for a noun, so its subject is what stands before;
    after "and" it is the subject of the verb before.
    """
    first = parsed.sents[parsed.sent[verb]][0]
    if parsed.text[verb - 1].lower() == "and":
        before = (at for at in range(first, verb) if parsed.tag[at] in ("VBZ", "VBD") and own_subject(parsed, at))
        return next((own_subject(parsed, at) for at in before), None)
    start = next((at + 1 for at in range(verb - 1, first - 1, -1) if parsed.text[at] in _EDGES), first)
    nouns = [at for at in range(start, verb) if parsed.pos[at] in ("NOUN", "PROPN")]
    if not nouns or any(parsed.pos[at] == "VERB" for at in range(start, verb)):
        return None
    return next((at for at in nouns if at + 1 not in nouns), nouns[-1])


def misread(parsed: Parsed, noun: int) -> Iterator[Saying]:
    """ "The Embassy reserves the right to X", where the parser sees reserves."""
    lemma = idioms().misread.get(parsed.text[noun].lower())
    if lemma is not None:
        yield from idiom(parsed, noun, lemma)


def _tell(
    parsed: Parsed, cue: int, frame: str, head: int | None, span: Range, content: list[Range], entry: Cue | None
) -> Iterator[Saying]:
    """A saying that stands without ranking, unless nothing is left of its content."""
    link = Voice(None, None, span)
    if head is not None:
        link = voice(parsed, head, span)
        stop = min([first for first in (span[0], content[0][0]) if first > head], default=len(parsed))
        if link.source is not None and link.source[1] >= stop:
            link = Voice(head, trim(parsed, link.source[0], stop - 1), span)
    holes = [span, link.source] if link.source else [span]
    left = [found for piece in subtract(content, holes) if (found := trim(parsed, *piece))]
    left = [piece for piece in left if has_word(parsed, *piece)]
    if left and not (left[0][0] == left[-1][1] and _is_pointer(parsed, left[0][0])):
        yield Saying(cue, "phrase", lemma_of(parsed, cue), frame, (link,), tuple(left), entry)


# --------------------------------------------------------------------------- other constructions


def tenet(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """The army's version is that X; the message from the palace was that X."""
    if lemma not in idioms().tenet_verbs or (noun := own_subject(parsed, verb)) is None or noun > verb:
        return
    name = lemma_of(parsed, noun)
    if name not in idioms().tenets:
        return
    that = next((at for at in range(verb + 1, min(verb + 4, len(parsed))) if parsed.text[at].lower() == "that"), None)
    if that is None or parsed.tag[that] != "IN" or any(parsed.pos[at] != "ADV" for at in range(verb + 1, that)):
        return
    owner = child(parsed, noun, "poss")
    for word in ("from", "of", "by"):
        prep = preposition(parsed, noun, word)
        owner = object_of(parsed, prep) if owner is None and prep is not None else owner
    end = parsed.sents[parsed.sent[verb]][1]
    content = _content(parsed, that, "that", end)
    if owner is None or content is None:
        return
    where = possessor(parsed, owner) if parsed.dep[owner] == "poss" else phrase(parsed, owner)
    first = noun if where[1] < noun else verb
    entry = cues().nouns.get((name, "clause"))
    yield from _tell(parsed, verb, "tenet", owner, (first, that - 1), [content], entry)


def travel(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """Word came from the front that X; X, came the answer from the ministry."""
    if lemma not in idioms().travel_verbs or (noun := own_subject(parsed, verb)) is None:
        return
    name = lemma_of(parsed, noun)
    if name not in idioms().travelling:
        return
    source = next(
        (object_of(parsed, prep) for at in (verb, noun) if (prep := preposition(parsed, at, "from")) is not None), None
    )
    end = parsed.sents[parsed.sent[verb]][1]
    entry = cues().nouns.get((name, "clause"))
    if noun > verb:
        before = child(parsed, verb, "ccomp")
        if before is not None and before < verb and parsed.text[verb - 1] == ",":
            yield from _tell(parsed, verb, "travel", source, (verb, noun), [subtree(parsed, before)], entry)
        return
    that = next((at for at in range(verb + 1, end) if parsed.text[at].lower() == "that" and _opens(parsed, at)), None)
    if that is not None and (content := _content(parsed, that, "that", end)) is not None:
        yield from _tell(parsed, verb, "travel", source, (noun, verb), [content], entry)


def _opens(parsed: Parsed, that: int) -> bool:
    """Whether "that" opens a clause of content, not one that describes: it is no subject or object itself."""
    if parsed.dep[that] == "mark" or parsed.tag[that] == "IN":
        return True
    node = top_from(parsed, that)
    return parsed.dep[that] not in SUBJECTS and own_subject(parsed, node) not in (None, that)


def worded(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """The vote, as the bishop put it, was X."""
    if lemma not in idioms().wording or parsed.text[min(verb + 1, len(parsed) - 1)].lower() != "it":
        return
    subject, (first, end) = own_subject(parsed, verb), parsed.sents[parsed.sent[verb]]
    low = parsed.left[subject] - 1 if subject is not None else -1
    if subject is None or low < first or parsed.text[low].lower() != "as" or subject > verb:
        return
    own = (low, max(verb + 1, parsed.right[verb]))
    yield from _tell(parsed, verb, "worded", subject, (verb, verb + 1), subtract([(first, end - 1)], [own]), None)


def unowned(parsed: Parsed, noun: int, lemma: str) -> Iterator[Saying]:
    """There are reports that X; rumours of X: somebody says so, the text does not tell who."""
    if lemma not in idioms().unowned or parsed.dep[noun] != "attr":
        return
    be = parsed.head[noun]
    if not any(parsed.text[token].lower() == "there" for token in parsed.children[be]):
        return
    if child(parsed, noun, "poss") is not None or any(parsed.text[at].lower() == "no" for at in parsed.children[noun]):
        return
    end = parsed.sents[parsed.sent[noun]][1]
    if noun + 2 >= end or any(preposition(parsed, noun, word) for word in ("by", "from")):
        return
    word = parsed.text[noun + 1].lower()
    content = None
    if word == "that":
        content, last = _content(parsed, noun + 1, "that", end), noun
    elif word == "of":
        content, last = _content(parsed, noun + 2, "np", end), noun + 1
    if content is not None:
        yield from _tell(parsed, noun, "unowned", None, (noun, last), [content], cues().nouns.get((lemma, "clause")))
