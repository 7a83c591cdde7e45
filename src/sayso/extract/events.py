"""Finds who did what to whom: PLOVER events, each with its status, evidence, place, time and causes.

One candidate act per verb or event noun (`match`); then acts that stand inside others are joined with them ("refused to
release", "agreed to send"), what is still to come is retyped as PLOVER asks, doubles within a sentence are merged, and
the rest is written down by characters.
"""

from __future__ import annotations

from collections.abc import Sequence

from sayso.extract.causes import blame, find_reasons
from sayso.extract.frames import context_words, cue_words
from sayso.extract.grammar import Grammar
from sayso.extract.match import Act, propose
from sayso.extract.roles import Roles
from sayso.extract.screen import tells_something
from sayso.extract.status import is_future, is_long_ago, is_refused, named_status, purpose_status, verb_status
from sayso.model import Cause, EventDraft, EventType, Mention, Parsed, Reason, Span, Status, Timex

E = EventType
_COOPERATIVE = frozenset({E.CONSULT, E.SUPPORT, E.COOPERATE, E.AID, E.AGREE})
_YIELDING = frozenset({E.RETREAT, E.CONCEDE})
_HARSH = frozenset({E.ASSAULT, E.COERCE, E.SANCTION, E.MOBILIZE, E.PROTEST, E.THREATEN})
# Done in the very act that serves it: "blocked a road to protest", "telephoned to express his solidarity".
_DONE_BY_SAYING = frozenset({E.PROTEST, E.REQUEST, E.ACCUSE, E.SUPPORT})
_TO_COME = frozenset({Status.PLANNED, Status.THREATENED})
# The mode of a request or refusal is its content, that of a threat what is threatened.
_CONTENT_MODE = {E.AID: "assist", E.SUPPORT: "assist", E.COOPERATE: "assist", E.MOBILIZE: "assist", E.RETREAT: "yield",
                 E.CONCEDE: "yield", E.CONSULT: "meet"}  # fmt: skip
_THREAT_MODE = {E.ASSAULT: "violence", E.MOBILIZE: "violence", E.COERCE: "restrict", E.SANCTION: "restrict",
                E.REJECT: "relations"}  # fmt: skip
_CONTENT_WORDS = {
    "withdrawal": "yield", "release": "yield", "resignation": "yield", "access": "yield", "ceasefire": "yield",
    "help": "assist", "aid": "assist", "assistance": "assist", "support": "assist", "money": "assist", "loan": "assist",
    "troop": "assist", "intervention": "assist", "meeting": "meet", "talk": "meet", "dialogue": "meet",
    "negotiation": "meet", "visit": "meet", "apology": "yield",
}  # fmt: skip
_LOCATIVE = frozenset(
    "in at near on outside across around inside throughout along off within over to into from".split()
)


def find_events(parsed: Parsed, mentions: tuple[Mention, ...], timexes: tuple[Timex, ...]) -> tuple[EventDraft, ...]:
    """The events of one article in order of their triggers."""
    grammar = Grammar(parsed)
    writer = _Writer(grammar, Roles(grammar, mentions), mentions, timexes)
    drafts: list[EventDraft] = []
    for first, last in parsed.sents:
        acts = propose(grammar, writer.roles, first, last)
        if acts:
            drafts.extend(writer.draft(act, acts) for act in _settle(grammar, acts))
    return tuple(drafts)


# ------------------------------------------------------------------ acts among each other


def _settle(grammar: Grammar, acts: list[Act]) -> list[Act]:
    """Judge, join and merge the acts of one sentence."""
    acts = _drop_owned(acts)
    for act in acts:
        if act.named:
            act.status = named_status(grammar, act.trigger, act.support, act.type is E.COERCE)
        else:
            act.status = verb_status(grammar, act.verb)
            if act.status is Status.PLANNED and act.type in _DONE_BY_SAYING:
                act.status = purpose_status(grammar, act.verb)
    acts = [act for act in acts if tells_something(grammar, act)]
    acts = _join_content(grammar, acts)
    for act in acts:
        _retype(grammar, act)
    return _merge(grammar, acts)


def _drop_owned(acts: list[Act]) -> list[Act]:
    """Leave out nouns that only complete a verb: the sanctions of "lifted sanctions"."""
    owned = {token for act in acts if act.type not in (E.ACCUSE, E.REQUEST, E.ASSAULT) for token in act.objects}
    owned |= {token for act in acts for token in act.extra}
    return [act for act in acts if act.trigger not in owned]


def _join_content(grammar: Grammar, acts: list[Act]) -> list[Act]:
    """Give requests, refusals, promises and threats their mode and recipients from what they are about."""
    dropped: set[int] = set()
    for act in acts:
        if not (act.frame.content or act.type is E.THREATEN):
            continue
        inner = [other for other in acts if other is not act and _is_inside(grammar, other, act)]
        words = {_CONTENT_WORDS.get(grammar.lemma[token]) for token in act.objects}
        words |= {
            _CONTENT_WORDS.get(grammar.lemma[token])
            for name, token in grammar.arguments(act.verb).preps
            if name == "for"
        }
        first = inner[0] if inner else None
        if act.type in (E.REQUEST, E.REJECT) and act.mode is None:
            act.mode = _CONTENT_MODE.get(first.type) if first else next((word for word in words if word), None)
            act.mode = act.mode or ("change" if act.frame.content else None)
        elif act.type is E.THREATEN and act.mode is None and first is not None:
            act.mode = "arrest" if first.mode == "arrest" else _THREAT_MODE.get(first.type)
        elif act.type is E.AGREE and first is not None:
            _promise(grammar, act, first, dropped)
        if first is not None and not act.recipients:
            act.recipients = [token for token in first.recipients if token not in act.actors]
        if act.type in (E.REJECT, E.AGREE, E.CONCEDE) and id(act) not in dropped:
            dropped.update(id(other) for other in inner if not (act.type is E.AGREE and other.type in _HARSH))
    return [act for act in acts if id(act) not in dropped]


def _promise(grammar: Grammar, act: Act, inner: Act, dropped: set[int]) -> None:
    if inner.type in _YIELDING:
        act.type, act.mode, act.note = E.CONCEDE, None, f"{inner.type} still to come"
    elif inner.type is E.MOBILIZE:
        dropped.add(id(inner))
    elif inner.type in _HARSH and inner.status is not Status.NEGATED:
        if grammar.lemma[act.trigger] in ("vow", "promise", "pledge"):
            act.type, act.mode = E.THREATEN, _THREAT_MODE.get(inner.type)
        else:
            dropped.add(id(act))


def _is_inside(grammar: Grammar, inner: Act, outer: Act) -> bool:
    """Whether an act is the content of another: in its infinitive, or the noun it is about."""
    at = inner.verb
    for _ in range(3):
        if at in outer.complements:
            return True
        if grammar.parsed.dep[at] != "conj":
            break
        at = grammar.parsed.head[at]
    if inner.trigger in outer.objects:
        return True
    head = grammar.parsed.head[inner.trigger]
    return (
        grammar.parsed.dep[inner.trigger] == "pobj"
        and grammar.lemma[head] == "for"
        and grammar.parsed.head[head] == outer.trigger
    )


def _retype(grammar: Grammar, act: Act) -> None:
    """Type what is still to come, or will not come, as PLOVER does."""
    if act.type is E.MOBILIZE and _is_relief(grammar, act):
        act.type, act.mode = E.AID, None
    note = f"{act.type} still to come"
    if act.status in _TO_COME and act.type in _COOPERATIVE - {E.AGREE}:
        act.type, act.mode, act.note = E.AGREE, None, note
    elif act.status in _TO_COME and act.type is E.RETREAT:
        act.type, act.mode, act.note = E.CONCEDE, None, note
    elif (
        act.status is Status.NEGATED
        and act.type in _COOPERATIVE | _YIELDING
        and (is_future(grammar, act.verb) or is_refused(grammar, act.verb))
    ):
        act.mode, act.note = _CONTENT_MODE.get(act.type), f"no {act.type} to come"
        act.type, act.status = E.REJECT, Status.OCCURRED


def _is_relief(grammar: Grammar, act: Act) -> bool:
    """Whether troops are sent to keep the peace or to help after a disaster."""
    first, last = grammar.clause(act.verb)
    words = cue_words("relief", "words")
    return any(
        grammar.lemma[token] in words for token in range(max(first, act.trigger - 6), min(last, act.trigger + 14) + 1)
    )


def _merge(grammar: Grammar, acts: list[Act]) -> list[Act]:
    """One act for what a sentence tells twice: "killed in an attack", "ended the talks they held"."""
    kept: list[Act] = []
    for act in sorted(acts, key=lambda act: (act.named, act.trigger)):
        twin = next((other for other in kept if _is_twin(grammar, act, other)), None)
        if twin is None:
            kept.append(act)
            continue
        twin.actors = twin.actors or [token for token in act.actors if token not in twin.recipients]
        twin.recipients = twin.recipients or [token for token in act.recipients if token not in twin.actors]
        twin.mode = twin.mode or act.mode
    return sorted(kept, key=lambda act: act.trigger)


def _is_twin(grammar: Grammar, act: Act, other: Act) -> bool:
    """Whether two acts of one type tell one thing: a noun under the other's verb, or verbs of one clause."""
    if act.type is not other.type or act.status is not other.status:
        return False
    if not act.named:  # verbs tell things of their own, unless one only says how the other was done
        head = grammar.parsed.head[act.verb]
        gerund = grammar.parsed.dep[act.verb] in ("pcomp", "acl") and grammar.parsed.tag[act.verb] == "VBG"
        if gerund and grammar.governor(act.verb) == other.verb and not other.actors:
            return True  # "killed in police firing"
        return (
            grammar.parsed.dep[act.verb] in ("advcl", "xcomp", "conj", "pcomp", "acl")
            and _shares(act, other)
            and (head == other.verb or grammar.parsed.head[head] == other.verb)
        )
    if act.actors and other.actors and not set(act.actors) & set(other.actors):
        return False
    return other.verb in (act.verb, grammar.governor(act.trigger)) or other.verb == act.support


def _shares(act: Act, other: Act) -> bool:
    return bool(set(act.recipients) & set(other.recipients)) and set(act.actors) <= set(other.actors) | set(
        act.recipients
    )


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

    def draft(self, act: Act, acts: Sequence[Act]) -> EventDraft:
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
            causes=self._causes(act, acts),
            reasons=self._reasons(act, evidence),
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
        found = []
        if act.frame.level:
            found.append(Reason("level", 1.0, self._level_words(act)))
        if act.note:
            found.append(Reason("future", 1.0, act.note))
        return tuple(found)

    def _level_words(self, act: Act) -> str:
        """The words that name a state measure: "a critical red level of terrorist danger"."""
        if act.frame.ordered:
            order = self.parsed.head[act.trigger]
            return self.parsed.article.quote(self.parsed.span(min(order, act.trigger), max(order, act.trigger)))
        token = act.objects[0] if act.objects else act.trigger
        first, last = self.roles.first(token), token
        for child in self.parsed.children[token]:
            if child > token and self.grammar.lemma[child] == "of":
                last = self.parsed.right[child]
        return self.parsed.article.quote(self.parsed.span(min(first, last), max(first, last)))

    def _causes(self, act: Act, acts: Sequence[Act]) -> tuple[Cause, ...]:
        anchors = list(dict.fromkeys([act.trigger, act.verb, *act.objects]))
        return find_reasons(self.grammar, anchors, act.type) + self._blamed(act, acts)

    def _blamed(self, act: Act, acts: Sequence[Act]) -> tuple[Cause, ...]:
        """Whom others in the sentence blame or accuse for this act."""
        if act.type is E.ACCUSE:
            return ()
        found = []
        for other in acts:
            if (
                other.type is not E.ACCUSE
                or other.mode != "allege"
                or other.trigger not in _ancestors(self.parsed, act.trigger)
            ):
                continue
            found += [blame(span, self._trigger(other)) for span in self.roles.spans(other.recipients)]
        return tuple(found)


def _ancestors(parsed: Parsed, token: int) -> set[int]:
    found: set[int] = set()
    while parsed.head[token] != token and len(found) < 12:
        token = parsed.head[token]
        found.add(token)
    return found
