"""Finds what the report gives as reason for an event, or on whom it lays the blame, in the text's own words.

A reason hangs on the event's own words ("protested over prices"), stands above them as what brought the event about
("the arrest sparked protests"), or is stated of it ("the reason for the strike was ..."). What only came before it
("after a meeting") is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from sayso.extract.grammar import Grammar
from sayso.knowledge import table
from sayso.model import Cause, EventType

_ANSWERS = frozenset({EventType.PROTEST})  # acts done over something
_BROADER = frozenset({EventType.COERCE, EventType.SANCTION, EventType.ACCUSE, EventType.RETREAT})
_PUNISHING = frozenset({EventType.COERCE, EventType.SANCTION})
_STRICT = frozenset({EventType.COERCE, EventType.MOBILIZE, EventType.ASSAULT, *_ANSWERS})
_SUBJECTS = frozenset({"nsubj", "csubj"})
_OBJECTS = frozenset({"dobj", "obj"})
_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
_VERBAL = frozenset({"VERB", "AUX"})
_POINTING = frozenset("it this that they these those he she who which there we i you what".split())


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("causes.toml")["words"][key].split())


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(table("causes.toml")["cue"][key])


@lru_cache(maxsize=1)
def _cues() -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(phrase.split()) for phrase in _listed("reason")), key=len, reverse=True))


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    return frozenset(cue[0] for cue in _cues())


@lru_cache(maxsize=1)
def _bringing() -> dict[str, str]:
    """Verbs that bring about what follows a preposition or particle: "led to", "resulted in"."""
    return dict(pair.split("=") for pair in _words("bring_prep"))


def find_causes(grammar: Grammar, anchors: Sequence[int], type: EventType) -> tuple[Cause, ...]:
    """The causes told of an event; `anchors` are its trigger, supporting verb and objects."""
    reader = _Reader(grammar, type)
    found: list[Cause] = []
    for cause in reader.causes(anchors):
        if not any(other.kind == cause.kind and other.span.overlaps(cause.span) for other in found):
            found.append(cause)
    return tuple(found)


class _Reader:
    """Reads the causes of one event off the parse."""

    def __init__(self, grammar: Grammar, type: EventType) -> None:
        self.grammar, self.parsed, self.type = grammar, grammar.parsed, type
        self.answering = type in _STRICT

    def causes(self, anchors: Sequence[int]) -> Iterator[Cause]:
        """All of them, those on the event's own words first."""
        if self.type is EventType.ASSAULT:  # people clash over something; whoever is killed after something need not be
            self.answering = any(self._lemma(token) in _words("unrest") for token in anchors)
        own = [*anchors, *(verb for token in anchors if (verb := self._happens(token)) is not None)]
        for anchor in dict.fromkeys(own):
            for child in self.parsed.children[anchor]:
                yield from self._pinned(child)
                yield from filter(None, (self._phrase(child), self._clause(child), self._purpose(child, anchor)))
                yield from filter(None, (self._cited(child), self._punished(child), self._brought_by(child)))
        for thing in self._things(own):
            for child in self.parsed.children[thing]:
                yield from filter(None, (self._phrase(child, aside=True), self._punished(child)))
        for anchor in dict.fromkeys(anchors):
            yield from self._brought(anchor)
            yield from self._stated(anchor)
            if self.type is not EventType.ACCUSE:
                yield from self._blamed(anchor)

    def _things(self, own: Sequence[int]) -> list[int]:
        """What the event is done to: "arrested a man for insulting the king" has its reason there."""
        parsed = self.parsed
        verbs = [token for token in dict.fromkeys(own) if parsed.pos[token] in _VERBAL]
        return [child for verb in verbs for child in parsed.children[verb] if parsed.dep[child] in _OBJECTS]

    def _happens(self, noun: int) -> int | None:
        """The verb under which an event's name says that it happened: "the unrest came in response to"."""
        parsed, head = self.parsed, self.parsed.head[noun]
        named = parsed.pos[noun] == "NOUN" and parsed.dep[noun] in ("nsubj", "nsubjpass")
        bringing = self._lemma(head) in _words("bring") and parsed.dep[noun] == "nsubjpass"
        return head if named and (self._lemma(head) in _words("happen") or bringing) else None

    # ------------------------------------------------------------------ on the event's own words

    def _phrase(self, child: int, *, aside: bool = False) -> Cause | None:
        """A cue phrase and all that depends on it: "over fuel prices"; `aside`: on another word than the event's."""
        parsed, first, last = self.parsed, self.parsed.left[child], self.parsed.right[child]
        if parsed.dep[child] not in ("prep", "advmod", "amod", "acomp", "agent", "advcl", "mark", "aux"):
            return None
        for start in (first, child):
            cue = self._cue(start, last) if self._lower(start) in _openers() else None
            if cue is not None:
                end = start + len(cue)
                fits = self._fits(" ".join(cue), end, last) and not (aside and " ".join(cue) in _listed("narrow"))
                return self._cause("reason", end, last, (start, end - 1)) if fits else None
        return None

    def _cue(self, start: int, last: int) -> tuple[str, ...] | None:
        """The longest cue that begins at a token and leaves words after it."""
        for cue in _cues():
            if start + len(cue) <= last and all(self._lower(start + n) == word for n, word in enumerate(cue)):
                return cue
        return None

    def _fits(self, cue: str, first: int, last: int) -> bool:
        """Whether a cue tells a reason for an event of this type before these words."""
        if cue in _listed("felt"):
            return any(self._lemma(token) in _words("feelings") for token in range(first, last + 1))
        if cue in _listed("vague"):
            return self.answering and self._provokes(first, last)
        if cue in _listed("protest"):  # "against the tax law" tells why, "against the government" whom
            return self.type in _ANSWERS and self._provokes(first, last, _words("disputed"))
        if cue == "over" and self.type is EventType.ASSAULT:
            return self._provokes(first, last)  # "attacked over the death", not "fired over the crowd"
        return cue not in _listed("narrow") or self.type in _ANSWERS | _BROADER

    def _provokes(self, first: int, last: int, more: frozenset[str] = frozenset()) -> bool:
        """Whether words name what people answer: a death, an arrest, a price rise; no meeting and no hour."""
        heads = [token for token in range(first, last + 1) if not first <= self.parsed.head[token] <= last]
        return any(self._lemma(token) in _words("provoking") | more for token in heads) or any(
            self._lemma(token) in _words("provoked") and self.parsed.tag[token] == "VBG" for token in heads
        )

    def _clause(self, child: int) -> Cause | None:
        """A clause under "because", or one that tells what provokes under "after"."""
        parsed = self.parsed
        if parsed.dep[child] != "advcl":
            return None
        for mark in parsed.children[child]:
            word = self._lower(mark)
            if parsed.dep[mark] != "mark" or mark > child or word not in _listed("clause"):
                continue
            if word == "because" or (self.answering and self._was_provoked(child)):
                return self._cause("reason", mark + 1, parsed.right[child], (mark, mark))
        return None

    def _was_provoked(self, verb: int) -> bool:
        """Whether a clause tells what people answer: "after police killed a student", "after riots left ten dead"."""
        parsed = self.parsed
        subjects = [child for child in parsed.children[verb] if parsed.dep[child] in ("nsubj", "nsubjpass")]
        named = any(self._lemma(noun) in _words("provoking") for noun in subjects)
        return bool(subjects) and (named or self._lemma(verb) in _words("provoked"))

    def _purpose(self, child: int, anchor: int) -> Cause | None:
        """ "Marched to demand the release": what it was done for."""
        parsed = self.parsed
        if child < anchor or parsed.tag[child] != "VB" or parsed.dep[child] not in ("advcl", "xcomp"):
            return None
        to = next((c for c in parsed.children[child] if c < child and self._lower(c) == "to"), None)
        meant = self.type.value in _words("purpose_types") and self._lemma(child) in _words("purpose")
        if to is None or not meant or (parsed.dep[child] == "xcomp" and self.type not in _ANSWERS):
            return None
        whole = (to - 2, to) if self._lower(to - 1) == "order" else (to, to)
        return self._cause("reason", child, parsed.right[child], whole)

    def _cited(self, child: int) -> Cause | None:
        """ "Closed the border, citing security concerns"."""
        parsed = self.parsed
        if parsed.tag[child] != "VBG" or self._lemma(child) not in _words("cite"):
            return None
        thing = next((c for c in parsed.children[child] if parsed.dep[c] in _OBJECTS), None)
        if thing is None or self._lemma(thing) in _words("uncited") or parsed.ent[thing] in ("PERSON", "ORG", "NORP"):
            return None
        return self._cause("reason", child + 1, parsed.right[child], (child, child))

    def _punished(self, child: int) -> Cause | None:
        """ "Arrested for insulting the king", "for their role in the coup"."""
        parsed = self.parsed
        if self.type not in _PUNISHING or parsed.dep[child] != "prep" or self._lower(child) != "for":
            return None
        deed = next((c for c in parsed.children[child] if parsed.dep[c] in ("pcomp", "pobj")), None)
        if deed is None or not (parsed.tag[deed] == "VBG" or self._lemma(deed) in _words("deed")):
            return None
        return self._cause("reason", child + 1, parsed.right[child], (child, child))

    def _brought_by(self, child: int) -> Cause | None:
        """ "Riots sparked by a rise in prices", "the riots were triggered by", "the unrest stems from"."""
        parsed = self.parsed
        if parsed.dep[child] in ("agent", "prep") and self._lower(child) in ("by", "from"):
            verb = parsed.head[child]
            wanted = _words("bring") if self._lower(child) == "by" else _words("stem")
            fits = self._lemma(verb) in wanted and parsed.pos[verb] in _VERBAL and not self._is_not(verb)
            return self._cause("reason", child + 1, parsed.right[child], self._span(verb, child)) if fits else None
        if parsed.dep[child] not in ("acl", "relcl", "advcl") or self._lemma(child) not in _words("bring"):
            return None
        by = next((c for c in parsed.children[child] if self._lower(c) == "by"), None)
        if by is None or self._is_not(child) or parsed.right[by] == by:
            return None
        return self._cause("reason", by + 1, parsed.right[by], self._span(child, by))

    # ------------------------------------------------------------------ above the event

    def _brought(self, anchor: int) -> Iterator[Cause]:
        """ "The arrest sparked protests", "led to riots", "prompted the governor to impose a curfew"."""
        parsed, at = self.parsed, anchor
        for _ in range(3):
            if parsed.dep[at] in ("conj", "xcomp", "pobj", "prep", "dobj", "ccomp", "prt"):
                at = parsed.head[at]
            else:
                return
            lemma = self._lemma(at)
            if parsed.pos[at] not in _VERBAL:
                continue
            if (lemma in _words("bring") or self._leads(at, anchor)) and not self._is_not(at):
                subject = next((c for c in parsed.children[at] if parsed.dep[c] in _SUBJECTS), None)
                if subject is None and parsed.dep[at] == "relcl":
                    subject = parsed.head[at]
                    yield from self._noun("reason", subject, (at, at), before=at)
                elif subject is not None and self._lower(subject) in ("which", "that") and parsed.dep[at] == "relcl":
                    yield from self._noun("reason", parsed.head[at], (at, at), before=at)
                elif subject is not None:
                    yield from self._noun("reason", subject, (at, at))
            return

    def _leads(self, verb: int, anchor: int) -> bool:
        """Whether an event is what a verb such as "led to" leads to."""
        wanted = _bringing().get(self._lemma(verb))
        return wanted is not None and any(
            self._lower(child) == wanted and verb < child < anchor for child in self.parsed.children[verb]
        )

    def _stated(self, anchor: int) -> Iterator[Cause]:
        """ "The reason for the strike was unpaid wages"."""
        parsed, prep = self.parsed, self.parsed.head[anchor]
        if parsed.dep[anchor] != "pobj" or self._lower(prep) not in ("for", "of", "behind"):
            return
        noun = parsed.head[prep]
        be = parsed.head[noun]
        if self._lemma(noun) not in _words("reason_nouns") or self._lemma(be) != "be" or self._is_not(be):
            return
        for child in parsed.children[be]:
            if parsed.dep[child] in ("attr", "ccomp") and child > be:
                yield self._cause("reason", parsed.left[child], parsed.right[child], self._span(noun, noun))
                return

    def _blamed(self, anchor: int) -> Iterator[Cause]:
        """Whom others blame: "blamed the riots on X", "accused X of inciting riots", "X is responsible for it"."""
        parsed, at, steps = self.parsed, anchor, 0
        prep: int | None = None
        while parsed.head[at] != at and steps < 6:
            above = parsed.head[at]
            lemma = self._lemma(above)
            verbal = parsed.pos[above] in _VERBAL
            if verbal and lemma in _words("blame") | _words("accuse"):
                if not self._is_not(above):
                    yield from self._culprits(above, at, prep)
                return
            if lemma in _words("responsible") and self._lower(at) == "for":
                yield from self._responsible(above)
                return
            if verbal and lemma not in _words("doing") and parsed.dep[above] != "pcomp":
                return
            prep = at if self._lower(at) in ("of", "for") else None
            at, steps = above, steps + 1

    def _pinned(self, child: int) -> Iterator[Cause]:
        """ "The attack, blamed on the rebels", "the attack that they blame on the rebels"."""
        parsed = self.parsed
        if (
            parsed.dep[child] not in ("acl", "relcl")
            or self._lemma(child) not in _words("blame")
            or self._is_not(child)
        ):
            return
        for prep in parsed.children[child]:
            if parsed.dep[prep] == "prep" and self._lower(prep) in ("on", "to"):
                for noun in parsed.children[prep]:
                    if parsed.dep[noun] == "pobj":
                        yield from self._noun("blame", noun, (child, prep))

    def _culprits(self, verb: int, event: int, prep: int | None) -> Iterator[Cause]:
        """Who is blamed by a verb under which the event stands at the token `event`, or in its phrase at `prep`."""
        parsed = self.parsed
        passive = any(parsed.dep[child] == "auxpass" for child in parsed.children[verb]) or parsed.dep[verb] == "acl"
        blaming = self._lemma(verb) in _words("blame")
        direct = parsed.dep[event] in (*_OBJECTS, "nsubjpass")
        if (
            prep is not None and direct and self._lower(prep) == ("for" if blaming else "of")
        ):  # "accused X of inciting riots", where the parser hangs "of" on X
            yield from self._noun("blame", event, (verb, verb), before=prep)
            return
        if blaming and direct:  # "blamed the riots on X"
            preps = [c for c in parsed.children[verb] if parsed.dep[c] == "prep" and self._lower(c) in ("on", "to")]
            inner = [c for c in parsed.children[event] if parsed.dep[c] == "prep" and self._lower(c) == "on"]
            for noun in [noun for prep in (preps or inner)[:1] for noun in parsed.children[prep]]:
                if parsed.dep[noun] == "pobj":
                    yield from self._noun("blame", noun, (verb, verb))
        elif parsed.dep[event] == "prep" and self._lower(event) in ("for", "of", "over"):
            wanted = ("nsubjpass",) if passive else _OBJECTS
            for noun in parsed.children[verb]:
                if parsed.dep[noun] in wanted:
                    yield from self._noun("blame", noun, (verb, verb))

    def _responsible(self, adjective: int) -> Iterator[Cause]:
        parsed = self.parsed
        verb = parsed.head[adjective]
        if self._is_not(verb) or parsed.dep[adjective] not in ("acomp", "oprd", "attr"):
            return
        for noun in parsed.children[verb]:
            if parsed.dep[noun] in _SUBJECTS:
                yield from self._noun("blame", noun, (adjective, adjective))

    # ------------------------------------------------------------------ words

    def _noun(self, kind: str, noun: int, cue: tuple[int, int], before: int | None = None) -> Iterator[Cause]:
        """A noun with all its own words as a cause, unless it only points."""
        parsed = self.parsed
        if self._lower(noun) in _POINTING:
            return
        last = parsed.right[noun] if before is None else min(parsed.right[noun], before - 1)
        for child in parsed.children[noun]:
            if child > noun and parsed.dep[child] in _CLAUSAL:
                last = min(last, parsed.left[child] - 1)
        while last > noun and self._lower(last) in ("which", "that", "who"):
            last -= 1
        yield self._cause(kind, parsed.left[noun], max(last, noun), cue)

    def _cause(self, kind: str, first: int, last: int, cue: tuple[int, int]) -> Cause:
        parsed = self.parsed
        passed = {"PUNCT", "SPACE"} | ({"DET"} if kind == "blame" else set())
        while first < last and parsed.pos[first] in passed:
            first += 1
        while last > first and parsed.pos[last] in ("PUNCT", "SPACE", "CCONJ"):
            last -= 1
        return Cause(kind, parsed.span(first, last), parsed.span(*cue))

    def _span(self, one: int, other: int) -> tuple[int, int]:
        return min(one, other), max(one, other)

    def _is_not(self, verb: int) -> bool:
        return any(self.parsed.dep[child] == "neg" for child in self.parsed.children[verb])

    def _lemma(self, token: int) -> str:
        return self.grammar.lemma[token]

    def _lower(self, token: int) -> str:
        return self.parsed.text[token].lower() if 0 <= token < len(self.parsed) else ""
