"""Finds who did what to whom: PLOVER events, each with its status, evidence, place, time and causes.

Rules propose acts (`match`, `settling`), so do the words themselves; the learned typer decides (`typed`), and what
remains is written down by characters, each happening once (`sameness`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sayso.extract.events.causes import find_causes
from sayso.extract.events.frames import context_words
from sayso.extract.events.gate import may_tell
from sayso.extract.events.match import Act
from sayso.extract.events.measures import with_details
from sayso.extract.events.roles import Roles
from sayso.extract.events.sameness import same_events
from sayso.extract.events.settling import settled_acts
from sayso.extract.events.status import is_long_ago
from sayso.extract.events.typed import TypedActs, odds_beside
from sayso.extract.events.typer import Model
from sayso.extract.grammar import Grammar
from sayso.model import Cause, EventDraft, Mention, Parsed, Reason, Span, Status, Timex

_LOCATIVE = frozenset(
    "in at near on outside across around inside throughout along off within over to into from".split()
)


def find_events(
    parsed: Parsed, mentions: tuple[Mention, ...], timexes: tuple[Timex, ...], model: Model | None = None
) -> tuple[EventDraft, ...]:
    """The events of one article in order of their triggers; without a model the rules alone decide."""
    grammar = Grammar(parsed)
    roles = Roles(grammar, mentions)
    writer = _Writer(grammar, roles, mentions, timexes)
    drafts: list[EventDraft] = []
    for acts in _acts(grammar, roles, model):
        drafts.extend(writer.draft(act) for act in acts)
    return with_details(grammar, same_events(parsed, mentions, timexes, drafts))


def _acts(grammar: Grammar, roles: Roles, model: Model | None) -> Iterator[list[Act]]:
    """The acts of each sentence that has any."""
    parsed = grammar.parsed
    ruled = [(first, last, settled_acts(grammar, roles, first, last)) for first, last in parsed.sents]
    if model is None:
        yield from (rules for _, _, rules in ruled)
        return
    chosen = [(first, last, rules) for first, last, rules in ruled if may_tell(grammar, first, last, rules)]
    sentences = [parsed.article.text[parsed.start[first] : parsed.end[last - 1]] for first, last, _ in chosen]
    typed = TypedActs(grammar, model.typer)
    sights = [typed.look(*one, encoded) for one, encoded in zip(chosen, model.encoder.encode(sentences), strict=True)]
    odds = odds_beside([sight.telling for sight in sights], len(ruled))
    yield from map(typed.read, sights, odds)


# ------------------------------------------------------------------ writing down


class _Writer:
    """Writes the acts of one article as drafts."""

    def __init__(
        self, grammar: Grammar, roles: Roles, mentions: tuple[Mention, ...], timexes: tuple[Timex, ...]
    ) -> None:
        self.grammar, self.roles, self.parsed = grammar, roles, grammar.parsed
        self._places = self._by_sentence(
            [(mention.head, mention.span) for mention in mentions if mention.kind == "place"]
        )
        self._times = self._by_sentence([(timex.token, timex.span) for timex in timexes])

    def draft(self, act: Act) -> EventDraft:
        """One act by characters."""
        actors = self.roles.spans(act.actors)
        recipients = tuple(span for span in self.roles.spans(act.recipients) if span not in actors)
        trigger = self._trigger(act)
        time = self._nearest(self._times, act)
        status = act.status
        if (
            time is not None
            and status is Status.OCCURRED
            and is_long_ago(self.parsed.article, self.parsed.article.quote(time))
        ):
            status = Status.HISTORICAL
        first, last = self._clause(act)
        evidence = Span(
            trigger.article,
            min(self.parsed.start[first], trigger.start),
            max(self.parsed.end[last], trigger.end),
        )
        return EventDraft(
            trigger=trigger,
            type=act.type,
            mode=act.mode,
            context=self._context(act, first, last),
            actors=actors,
            recipients=recipients,
            status=status,
            evidence=(evidence,),
            place=self._nearest(self._places, act, _LOCATIVE),
            time=time,
            causes=self._causes(act),
            reasons=self._reasons(act, evidence),
            vectors={self.roles.span(noun): vector for noun, vector in act.vectors.items()},
        )

    def _by_sentence(self, found: Sequence[tuple[int, Span]]) -> dict[int, list[tuple[int, Span]]]:
        grouped: dict[int, list[tuple[int, Span]]] = {}
        for token, span in found:
            if token < len(self.parsed):
                grouped.setdefault(self.parsed.sent[token], []).append((token, span))
        return grouped

    def _trigger(self, act: Act) -> Span:
        """The predicate word with its particle or completing word where they are close."""
        near = [token for token in act.extra if abs(token - act.trigger) <= 3]
        if act.trigger > 1 and self.parsed.text[act.trigger - 1] == "-":  # "sit-in" is three tokens
            near.append(act.trigger - 2)
        return self.parsed.span(min([act.trigger, *near]), max([act.trigger, *near]))

    def _clause(self, act: Act) -> tuple[int, int]:
        """The clause that tells the act, stretched over who takes part."""
        verb = act.verb
        if self.parsed.pos[verb] not in ("VERB", "AUX"):
            above = self.grammar.governor(act.trigger)
            verb = above if above is not None else verb
        tokens = [*act.actors, *act.recipients, act.trigger]
        first, last = self.grammar.clause(verb)
        low, high = self.parsed.sents[self.parsed.sent[act.trigger]]
        return max(low, min([first, *tokens])), min(high - 1, max([last, *tokens]))

    def _nearest(
        self, found: dict[int, list[tuple[int, Span]]], act: Act, preps: frozenset[str] | None = None
    ) -> Span | None:
        """The place or time that hangs nearest on the act; None if each belongs to another clause."""
        best: tuple[int, int, Span] | None = None
        for token, span in found.get(self.parsed.sent[act.trigger], ()):
            steps = self._steps(token, act, preps)
            if steps is not None:
                rank = (steps, abs(token - act.trigger), span)
                best = min(best, rank) if best is not None else rank
        return best[2] if best else None

    def _steps(self, token: int, act: Act, preps: frozenset[str] | None) -> int | None:
        """Steps up from a token to the act's words, None where another verb lies between or no locative does."""
        goals = {act.trigger, act.verb, *act.objects}
        parsed, at, located = self.parsed, token, preps is None
        for steps in range(12):
            if at in goals:
                return steps if located and at != token else None
            head = parsed.head[at]
            if preps is not None and parsed.pos[head] in ("ADP", "SCONJ") and self.grammar.lemma[head] in preps:
                located = True
            if head == at or (parsed.pos[at] == "VERB" and at not in goals and parsed.dep[at] not in ("xcomp", "conj")):
                return None
            at = head
        return None

    def _context(self, act: Act, first: int, last: int) -> tuple[str, ...]:
        words = context_words()
        found = {words[lemma] for lemma in self.grammar.lemma[first : last + 1] if lemma in words}
        return tuple(sorted({*found, *act.frame.context}))

    def _reasons(self, act: Act, evidence: Span) -> tuple[Reason, ...]:
        found = list(act.reasons)
        if act.note:
            found.append(Reason("future", 1.0, act.note))
        return tuple(found)

    def _causes(self, act: Act) -> tuple[Cause, ...]:
        anchors = list(dict.fromkeys([act.trigger, act.verb, *act.objects]))
        return find_causes(self.grammar, anchors, act.type)
