"""Reads what a state measure is: its level and where that stands on its scale, where and until when it holds, and
what it allows or forbids.

A measure is named once and explained later: "declared a state of emergency. It allows the army to search homes." So
its own clause is read first, then what the next sentence says of it by a pronoun or "the measure", and what any later
sentence says of it by name. Each detail is a reason in the text's own words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.extract.events.allowances import Allowances, Range, colours
from sayso.extract.events.terms import measure_words, modifier_terms, term_runs
from sayso.extract.grammar import Grammar
from sayso.model import EventDraft, EventType, Reason

_MODES = frozenset({"curfew", "martial-law", "restrict", "censor", None})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_OBJECTS = frozenset({"dobj", "obj", "nsubjpass"})
_POINTING = frozenset("it this that they these those which".split())
_DEFINITE = frozenset("the this these that those its their such".split())
_APART = frozenset("after following amid over because since despite before when while as".split())
_FAR = 12  # tokens between a verb and the words that are still quoted as one with it


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure as tokens: the word that names it, the verb it stands under, and its kind of name."""

    head: int
    verb: int
    kind: str  # a line of nouns, "act" or "fire"


def with_details(grammar: Grammar, drafts: Sequence[EventDraft]) -> tuple[EventDraft, ...]:
    """The events of an article; those that are state measures with their details among the reasons."""
    measures = {number: found for number, draft in enumerate(drafts) if (found := find_measure(grammar, draft))}
    if not measures:
        return tuple(drafts)
    reader = _Reader(grammar)
    details = {number: reader.own(measure) for number, measure in measures.items()}
    for sentence in range(len(grammar.parsed.sents)):
        for token, number in reader.spoken_of(sentence, measures):
            details[number] += reader.later(token)
    return tuple(
        replace(draft, reasons=(*draft.reasons, *dict.fromkeys(details[number]))) if number in details else draft
        for number, draft in enumerate(drafts)
    )


def find_measure(grammar: Grammar, draft: EventDraft) -> Measure | None:
    """The measure an event tells of, or None where it is another kind of coercion."""
    if draft.type is not EventType.COERCE or draft.mode not in _MODES:
        return None
    parsed = grammar.parsed
    trigger = parsed.token_at(draft.trigger.start)
    while trigger is not None and parsed.end[trigger] < draft.trigger.end and not _may_head(grammar, trigger):
        trigger += 1
    if trigger is None or trigger >= len(parsed):
        return None
    if parsed.pos[trigger] != "VERB":
        kind = _kind(grammar, trigger)
        above = grammar.governor(trigger)
        return Measure(trigger, trigger if above is None else above, kind) if kind else None
    lemma = grammar.lemma[trigger]
    if lemma in measure_words("verb", "fire") and grammar.lemma[parsed.head[trigger]] in measure_words("verb", "order"):
        return Measure(trigger, parsed.head[trigger], "fire")
    objects = [child for child in parsed.children[trigger] if parsed.dep[child] in _OBJECTS]
    objects += [inner for child in parsed.children[trigger] if grammar.lemma[child] == "under"
                for inner in parsed.children[child]]  # fmt: skip
    named = next(((child, kind) for child in objects if (kind := _kind(grammar, child))), None)
    if named:
        return Measure(named[0], trigger, named[1])
    if lemma in measure_words("verb", "act"):
        return Measure(objects[0] if objects else trigger, trigger, "act")
    return None


def _may_head(grammar: Grammar, token: int) -> bool:
    return grammar.parsed.pos[token] == "VERB" or _kind(grammar, token) is not None


def _kind(grammar: Grammar, noun: int) -> str | None:
    """Which kind of measure a noun names; a level or an alert needs a word for what it is a level of."""
    lemma, parsed = grammar.lemma[noun], grammar.parsed
    if parsed.pos[noun] not in ("NOUN", "PROPN"):
        return None
    kind = next((kind for kind in _KINDS if lemma in measure_words("noun", kind)), None)
    if kind == "level":
        company = [*parsed.children[noun], *(token for _, token in grammar.noun_preps(noun))]
        inner = [child for token in company for child in parsed.children[token]]
        words = {grammar.lemma[token] for token in (noun - 1, *company, *inner) if token >= 0}
        return kind if words & (measure_words("company", "words") | colours()) - {lemma} else None
    return kind


_KINDS = ("level", "curfew", "emergency", "closure", "limit", "search")


class _Reader(Allowances):
    """Reads the details of measures off the parse of one article."""

    def own(self, measure: Measure) -> list[Reason]:
        """What the clause that tells the measure says of it."""
        first, last = self._sentence(measure.head)
        words = self._words(measure)
        found = [self._reason("level", words)]
        if measure.kind == "level":
            found += [self._reason("scale", scale) for scale in self._scales(measure, words, last)]
        return found + self._holding(measure.head, measure.verb, (first, last)) + self._clauses(measure)

    def spoken_of(self, sentence: int, measures: dict[int, Measure]) -> Iterator[tuple[int, int]]:
        """The words of a sentence that speak of a measure told before it, each with the number of the measure."""
        first, last = self.parsed.sents[sentence]
        for token in range(first, last):
            role = self.parsed.dep[token]
            under = role == "pobj" and self._lower(self.parsed.head[token]) in measure_words("allows", "under")
            if (role in _SUBJECTS or under) and (number := self._meant(token, sentence, measures)) is not None:
                yield token, number

    def later(self, token: int) -> list[Reason]:
        """What the clause of a word that speaks of a measure says of it."""
        parsed = self.parsed
        sentence = self._sentence(token)
        if parsed.dep[token] == "pobj":
            prep = parsed.head[token]
            verb = self.grammar.governor(prep)
            while verb is not None and parsed.dep[verb] == "xcomp" and parsed.pos[parsed.head[verb]] == "VERB":
                verb = parsed.head[verb]  # "are not allowed to leave under the order"
            if verb is None:
                return []
            skip = (parsed.left[prep], parsed.right[prep])
            return self._said_under(verb, skip) + self._holding(token, verb, sentence, under=True)
        verb = parsed.head[token]
        found = [detail for each in self._joined(verb) for detail in self._allowed(each)]
        if self.grammar.lemma[verb] == "be":
            found += [self._reason("scale", scale) for scale in self._ranked(verb, parsed.right[verb])]
        return found + self._holding(token, verb, sentence)

    # ------------------------------------------------------------------ which measure

    def _meant(self, token: int, sentence: int, measures: dict[int, Measure]) -> int | None:
        """The last measure told before a sentence that a subject or an "under" phrase of it can mean."""
        earlier = sorted(
            (measure.head, number)
            for number, measure in measures.items()
            if self.parsed.sent[measure.head] < sentence
        )  # fmt: skip
        if not earlier:
            return None
        near = [number for head, number in earlier if sentence - self.parsed.sent[head] == 1]
        if self._lower(token) in _POINTING:
            return near[-1] if near and self._speaks_of_holding(token) else None
        definite = any(self._lower(child) in _DEFINITE for child in self.parsed.children[token])
        if not definite and self.parsed.dep[token] != "pobj":
            return None
        kind = _kind(self.grammar, token) or self._bare_kind(token)
        alike = [n for _, n in earlier if measures[n].kind == kind and self._same_step(token, measures[n].head)]
        if alike:
            return alike[-1]
        return near[-1] if near and self._means_any(token) else None

    def _means_any(self, token: int) -> bool:
        """ "The decree", "the emergency rules"; not "the tax rules"."""
        named = measure_words("noun", "emergency") | measure_words("noun", "curfew") | {"new", "same"}
        beside = (self.grammar.lemma[child] for child in self.grammar.modifiers(token))
        return self.grammar.lemma[token] in measure_words("noun", "any") and named.issuperset(beside)

    def _bare_kind(self, token: int) -> str | None:
        """ "The level", "the alert": once it was told what it is a level of."""
        lemma = self.grammar.lemma[token]
        return next((kind for kind in _KINDS if lemma in measure_words("noun", kind)), None)

    def _same_step(self, token: int, head: int) -> bool:
        """Whether two names of a level agree: "the red level" is not the yellow one."""
        mine, theirs = (
            {self._lower(child) for child in self._within(*self._phrase(noun))} & colours() for noun in (token, head)
        )
        return not mine or not theirs or bool(mine & theirs)

    def _speaks_of_holding(self, subject: int) -> bool:
        """Whether what is said of "it" is what measures do: allow, forbid, hold; and not "it said"."""
        verb = self.parsed.head[subject]
        return any(self.grammar.lemma[each] in _measure_verbs() for each in self._joined(verb))

    # ------------------------------------------------------------------ level and scale

    def _words(self, measure: Measure) -> Range:
        """The words that name a measure: "critical red level of terrorist danger", "closed the border"."""
        if measure.kind == "fire":
            first, last = sorted((measure.verb, measure.head))
            more = self._lower(last + 1), self._lower(last + 2)
            return first, last + 2 * (more in (("to", "kill"), ("on", "sight")))
        first, last = self._phrase(measure.head)
        if measure.kind == "act" and measure.head != measure.verb:
            near = first - measure.verb if first > measure.verb else measure.verb - last
            return (min(first, measure.verb), max(last, measure.verb)) if near <= _FAR else (first, last)
        return first, last

    def _scales(self, measure: Measure, words: Range, last: int) -> Iterator[Range]:
        """Where a level stands: the step it was brought to, else the one its name holds."""
        parsed = self.parsed
        start = min(measure.head, measure.verb)
        for token in range(start, min(last, start + 2 * _FAR) + 1):
            if self._lower(token) in ("to", "at", "as") and (found := self._step(token + 1, last)):
                yield found
                return
        inside = [found for token in self._within(*words) if (found := self._step(token, words[1])) is not None]
        if inside:
            yield from dict.fromkeys(inside)
        elif parsed.text[measure.head].lower() == "alert" and self._lower(measure.head + 1) in colours():
            yield measure.head + 1, measure.head + 1

    def _step(self, token: int, last: int) -> Range | None:
        """A step of a scale that begins at a token, but for articles and quotation marks: "its second highest"."""
        while token <= last and (self.parsed.pos[token] in ("DET", "PUNCT") or self._lower(token) in ("its", "the")):
            token += 1
        if token > last:
            return None
        word = self._lower(token)
        after = self._lower(token + 1)
        if word in measure_words("scale", "ranks") and after in ("highest", "lowest", "-"):
            return token, token + 1 + (after == "-")
        if word in measure_words("scale", "before_number") and self._is_number(token + 1):
            return token + 1, token + 1
        if self._is_number(token) and after in ("on", "out", "of"):
            return token, token
        if word in colours() or word in measure_words("scale", "words"):
            return token, token
        return None

    def _ranked(self, verb: int, last: int) -> Iterator[Range]:
        """ "It is the third of five levels"."""
        for token in range(verb + 1, last + 1):
            if self._lower(token) in measure_words("scale", "ranks") and not self._is_time(token):
                joins = [t for t in range(token, min(last, token + 4) + 1) if self._lower(t) in ("of", "on", "in")]
                if joins:
                    yield token, self._end(joins[0])
                    return

    # ------------------------------------------------------------------ where and how long

    def _holding(self, head: int, verb: int, sentence: Range, *, under: bool = False) -> list[Reason]:
        """Where and how long a measure holds, as its clause says."""
        first, last = sentence
        goals = {head, verb}
        runs = [run for run in term_runs(self.parsed, first, last) if self._belongs(run[0], goals)]
        terms = [self._reason("term", run) for run in runs]
        terms += [self._reason("term", run) for run in modifier_terms(self.parsed, *self._phrase(head))]
        if under:
            return terms
        return [self._reason("area", area) for area in self._areas(goals, head, verb, sentence)] + terms

    def _areas(self, goals: set[int], head: int, verb: int, sentence: Range) -> Iterator[Range]:
        parsed = self.parsed
        for token in range(sentence[0], sentence[1] + 1):
            word = self._lower(token)
            wide = word in measure_words("area", "modifiers") or (word.endswith("wide") and len(word) > 6)
            if wide and (parsed.head[token] in goals or token in self._within(*self._phrase(head))):
                yield token, token
            elif self._belongs(token, goals) and self._is_place(token) and not self._of_subject(token, verb, head):
                if word in measure_words("area", "preps"):
                    yield token, self._and_next(self._end(token), head)
                elif parsed.head[token] in goals and (word == "for" or (word == "to" and self._reaches(token))):
                    yield token + 1, self._end(token)
        put = any(self._lower(child) == "under" and child == parsed.head[head] for child in parsed.children[verb])
        if put or self.grammar.lemma[verb] in measure_words("area", "verbs"):
            for child in parsed.children[verb]:
                if parsed.dep[child] in ("dobj", *(("nsubjpass",) if put else ())) and self._names_area(child):
                    yield parsed.left[child], self._end(child) if parsed.right[child] > child else child

    def _reaches(self, prep: int) -> bool:
        """ "It applies to", "extends to"."""
        return self.grammar.lemma[self.parsed.head[prep]] in measure_words("area", "to")

    def _and_next(self, end: int, head: int) -> int:
        """ "A curfew in Almaty and the coastal region": an area that the parser joins to the measure."""
        for child in self.parsed.children[head]:
            next_to = self._lower(end + 1) == "and" and self.parsed.left[child] == end + 2
            if self.parsed.dep[child] == "conj" and next_to and self._names_area(child):
                return child
        return end

    def _of_subject(self, token: int, verb: int, head: int) -> bool:
        """Whether a phrase says where those who act are: "authorities in the north imposed"."""
        parsed, at = self.parsed, token
        for _ in range(8):
            above = parsed.head[at]
            if parsed.dep[at] in (*_SUBJECTS, "agent") and at != head and above == verb:
                return True
            if above == at:
                return False
            at = above
        return False

    def _is_place(self, prep: int) -> bool:
        return any(self._names_area(child) for child in self.parsed.children[prep] if child > prep)

    def _names_area(self, noun: int) -> bool:
        parsed = self.parsed
        named = parsed.ent[noun] in ("GPE", "LOC", "FAC") or (
            parsed.ent[noun] in ("ORG", "") and parsed.tag[noun].startswith("NNP") and parsed.dep[noun] == "pobj"
        )
        known = self.grammar.lemma[noun] in measure_words("area", "nouns") and not self._is_time(noun)
        inner = (token for name, token in self.grammar.noun_preps(noun) if name == "of")
        return parsed.dep[noun] in ("pobj", "dobj", "conj", "nsubjpass") and (
            named or known or any(parsed.ent[token] in ("GPE", "LOC") for token in inner)
        )

    def _belongs(self, token: int, goals: set[int]) -> bool:
        """Whether a phrase hangs on a measure and on no other happening in its sentence."""
        parsed, at = self.parsed, token
        for _ in range(12):
            if at in goals:
                return True
            above = parsed.head[at]
            if above == at or (at != token and self._lower(at) in _APART):
                return False
            if at != token and parsed.pos[at] == "VERB" and self.grammar.lemma[at] not in _measure_verbs() | colours():
                return False
            at = above
        return False

    # ------------------------------------------------------------------ clauses on the measure itself

    def _clauses(self, measure: Measure) -> list[Reason]:
        """What clauses on the measure itself tell: "which allows police to search homes", "banning rallies"."""
        parsed = self.parsed
        found: list[Reason] = []
        if measure.kind == "fire":
            return [self._reason("allows", self._verb_phrase(measure.head))]
        for goal in dict.fromkeys((measure.head, measure.verb)):
            for child in parsed.children[goal]:
                if parsed.dep[child] == "relcl" or (
                    parsed.dep[child] in ("acl", "advcl") and parsed.tag[child] == "VBG" and child > measure.head
                ):
                    found += [detail for each in self._joined(child) for detail in self._allowed(each)]
                    found += self._relative_under(child)
        return found + [detail for verb in self._trailing(measure) for detail in self._allowed(verb)]

    def _trailing(self, measure: Measure) -> Iterator[int]:
        """Verbs after ", which" that hang on when or where it holds: "from 10 pm to 5 am, which bans"."""
        parsed = self.parsed
        for token in range(measure.head + 1, self._sentence(measure.head)[1] + 1):
            if parsed.dep[token] != "relcl" or parsed.head[token] in (measure.head, measure.verb):
                continue
            which = parsed.left[token]
            added = self._lower(which) == "which" and self._lower(which - 1) == ","
            if added and self._belongs(parsed.head[token], {measure.head, measure.verb}):
                yield from self._joined(token)

    def _relative_under(self, verb: int) -> list[Reason]:
        """ "under which residents may not leave their homes"."""
        for prep in self.parsed.children[verb]:
            if self._lower(prep) in measure_words("allows", "under") and self._lower(prep + 1) == "which":
                return self._said_under(verb, (prep, prep + 1))
        return []


@lru_cache(maxsize=1)
def _measure_verbs() -> frozenset[str]:
    """Verbs a measure can be the subject of when its details are told."""
    allows = (measure_words("allows", part) for part in ("enable", "give", "bar", "mean"))
    return frozenset().union(measure_words("term", "verbs"), measure_words("area", "verbs"), *allows)
