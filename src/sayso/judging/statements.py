"""From what an analyst states about events, incidents and articles to the words on pairs that are kept.

Incidents come and go with every run, events and articles stay. So a word on an incident is kept as words on its events
as they are, and holds whatever incidents become.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.errors import InputError
from sayso.judging.lookup import Lookup
from sayso.link.cluster import Pair, ordered
from sayso.link.verdicts import Verdicts, last_words, meaning, read_code, read_verdicts, subject, touched
from sayso.model import Anchor, Event, Judgement, Verdict, content_id
from sayso.ports import View

Said = tuple[Verdict, str, str]  # verdict, left, right


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says something, when and why."""

    by: str
    at: str  # ISO 8601 date-time
    note: str = ""


def state(view: View, what: str, verdict: Verdict, others: Sequence[str], signature: Signature) -> list[Judgement]:
    """The words that say that `what` is `verdict` of `others`; InputError where that cannot be said.

    Ids may be prefixes. The one other of a wrong code, if any, is the right code: "ASSAULT:firearms".
    """
    lookup, now = Lookup(view), read_verdicts(view.judgements())
    said = list(dict.fromkeys(_statement(verdict)(lookup, what, others, now)))
    return list(_words(said, signature, lookup.anchor))


def withdraw(
    view: View, what: str, verdict: Verdict | None, others: Sequence[str], signature: Signature
) -> list[Judgement]:
    """The words that take back what was said together: the whole of it, found by its own id or by stating it again."""
    words = list(view.judgements())
    last = last_words(words)
    standing = [word for word in words if subject(word) in last and meaning(word) == meaning(last[subject(word)])]
    lookup = Lookup(view)
    meant = _named(standing, what) if verdict is None else _stated(standing, what, verdict, others, lookup)
    if any(word.verdict is Verdict.GRADE for word in meant):
        raise InputError("a grade cannot be withdrawn", about=what, way_out="give another; F6 says nothing is known")
    anchors = {id: anchor for word in meant for id, anchor in _anchors(word)}
    said = [(Verdict.WITHDRAWN, word.left, word.right if len(touched(word)) > 1 else "") for word in meant]
    return list(_words(list(dict.fromkeys(said)), signature, lambda id: anchors.get(id)))


def reattach(view: View, words: Iterable[Judgement]) -> Iterator[tuple[Judgement, Judgement]]:
    """(word, the same of events that are here) for words on ids that are not, where an event has the very same words.

    An event that is no longer coded as it was has another id. What was said of a code alone does not pass to another.
    """
    lookup = Lookup(view)
    for word in words:
        if word.verdict in (Verdict.WRONG_CODE, Verdict.WITHDRAWN) and not word.right:
            continue
        moved = {id: lookup.at(anchor) for id, anchor in _anchors(word) if anchor.end and not lookup.here(id, anchor)}
        if moved and all(moved.values()):
            yield word, _moved(word, {id: event.id for id, event in moved.items() if event})


def word_group(word: Judgement) -> str:
    """The id of what was said together."""
    return word.group or word.id


def _anchors(word: Judgement) -> Iterator[tuple[str, Anchor]]:
    for id, anchor in ((word.left, word.left_anchor), (word.right, word.right_anchor)):
        if anchor:
            yield id, anchor


def _moved(word: Judgement, ids: dict[str, str]) -> Judgement:
    return replace(
        word, left=ids.get(word.left, word.left), right=ids.get(word.right, word.right), group=word_group(word)
    )


def _words(said: Sequence[Said], signature: Signature, anchor: Callable[[str], Anchor | None]) -> Iterator[Judgement]:
    group = content_id("judged", signature.by, signature.at, *(part for each in said for part in each))
    for verdict, left, right in said:
        place = anchor(right) if right and verdict is not Verdict.WRONG_CODE else None
        yield Judgement(left, right, verdict, signature.by, signature.at, signature.note, group, anchor(left), place)


# --------------------------------------------------------------------------- each verdict


def _statement(verdict: Verdict) -> Callable[[Lookup, str, Sequence[str], Verdicts], Iterator[Said]]:
    if verdict not in _STATEMENTS:
        raise InputError("cannot be said of records", about=str(verdict), way_out="one of " + ", ".join(_STATEMENTS))
    return _STATEMENTS[verdict]


def _same(lookup: Lookup, what: str, others: Sequence[str], now: Verdicts) -> Iterator[Said]:
    _some(others, what, "same as what?")
    groups = lookup.happenings([what, *others])
    if len(set(groups)) < 2:
        raise InputError("is the same as itself", about=what, way_out="name two events or incidents")
    yield from _joined([event for group in groups for event in group], now)


def _not_same(lookup: Lookup, what: str, others: Sequence[str], now: Verdicts) -> Iterator[Said]:
    _some(others, what, "not the same as what?")
    left, *rights = lookup.happenings([what, *others])
    for right in rights:
        if set(left) & set(right):
            raise InputError("is the same as itself", about=what, way_out="`split` takes events out of an incident")
        yield from ((Verdict.NOT_SAME, *pair) for pair in _parted(left, right, now))


def _split(lookup: Lookup, what: str, others: Sequence[str], now: Verdicts) -> Iterator[Said]:
    _some(others, what, "which events leave it?")
    incident = lookup.incident(what)
    if incident is None:
        event = lookup.event(what)
        home = lookup.incident_of(event.id) if event else None
        if home:
            raise InputError("is an event, not an incident", about=what, way_out=f"it is in incident {home[:8]}")
        raise lookup.no(what, "an incident")
    leaving = list(dict.fromkeys(_leaver(lookup, id, incident.events) for id in others))
    staying = [event for event in incident.events if event not in leaving]
    if not staying:
        raise InputError("all its events would leave it", about=what, way_out="name those that are another happening")
    yield from _joined(leaving, now)
    yield from ((Verdict.SPLIT, leaving[0], other) for other in staying)


def _leaver(lookup: Lookup, id: str, events: Sequence[str]) -> str:
    event = lookup.event(id)
    if event is None:
        raise lookup.no(id, "an event")
    if event.id not in events:
        home = lookup.incident_of(event.id)
        where = f"it is in incident {home[:8]}" if home else "it is in none"
        raise InputError("is no event of this incident", about=id, way_out=where)
    return event.id


def _copy(lookup: Lookup, what: str, others: Sequence[str], now: Verdicts) -> Iterator[Said]:
    yield (Verdict.COPY, *_two_articles(lookup, what, others))


def _not_copy(lookup: Lookup, what: str, others: Sequence[str], now: Verdicts) -> Iterator[Said]:
    yield (Verdict.NOT_COPY, *_two_articles(lookup, what, others))


def _two_articles(lookup: Lookup, what: str, others: Sequence[str]) -> Pair:
    if len(others) != 1:
        raise InputError("a copy is of one article", about=what, way_out="sayso judge ARTICLE copy ARTICLE")
    left, right = lookup.article(what), lookup.article(others[0])
    if left == right:
        raise InputError("is no copy of itself", about=what)
    return left, right


def _wrong_code(lookup: Lookup, what: str, others: Sequence[str], now: Verdicts) -> Iterator[Said]:
    event = lookup.event(what)
    if event is None:
        raise lookup.no(what, "an event")
    if len(others) > 1:
        raise InputError(
            "one code at most", about=" ".join(others), way_out="TYPE or TYPE:MODE, as in ASSAULT:firearms"
        )
    code = str(read_code(others[0])) if others else ""
    if code == _coded(event):
        raise InputError(f"is coded {code} as it is", about=what, way_out="--withdraw takes back what was said of it")
    yield Verdict.WRONG_CODE, event.id, code


def _coded(event: Event) -> str:
    return f"{event.type}:{event.mode}" if event.mode else str(event.type)


def _some(others: Sequence[str], what: str, question: str) -> None:
    if not others:
        raise InputError(question, about=what, way_out="sayso judge --help shows examples")


_STATEMENTS: dict[Verdict, Callable[[Lookup, str, Sequence[str], Verdicts], Iterator[Said]]] = {
    Verdict.SAME: _same,
    Verdict.NOT_SAME: _not_same,
    Verdict.SPLIT: _split,
    Verdict.COPY: _copy,
    Verdict.NOT_COPY: _not_copy,
    Verdict.WRONG_CODE: _wrong_code,
}


# --------------------------------------------------------------------------- which pairs


def _joined(members: Sequence[str], now: Verdicts) -> Iterator[Said]:
    """Each with the first, and what was called apart, so that the last word on every pair among them says the same."""
    first, *others = dict.fromkeys(members)
    yield from ((Verdict.SAME, first, other) for other in others)
    for at, left in enumerate(others):
        for right in others[at + 1 :]:
            if ordered(left, right) in now.parted_pairs:
                yield Verdict.SAME, left, right


def _parted(left: Sequence[str], right: Sequence[str], now: Verdicts) -> Iterator[Pair]:
    """The first of each with all of the other: no incident that goes on to hold a first one can hold of both.

    And each pair that was called the same, since such a pair is joined before anything is weighed.
    """
    yield from ((left[0], other) for other in right)
    yield from ((one, right[0]) for one in left[1:])
    for one in left[1:]:
        for other in right[1:]:
            if one in now.class_of and now.class_of[one] == now.class_of.get(other):
                yield one, other


# --------------------------------------------------------------------------- taking back


def _named(standing: Sequence[Judgement], id: str) -> list[Judgement]:
    """What was said together under an id, as `sayso judgements` prints it."""
    groups = {word_group(word) for word in standing if word_group(word).startswith(id)}
    if len(groups) != 1:
        raise InputError(
            "no judgement in force has this id, or several begin with it",
            about=id,
            way_out="`sayso judgements` lists them",
        )
    return [word for word in standing if word_group(word) in groups]


def _stated(
    standing: Sequence[Judgement], what: str, verdict: Verdict, others: Sequence[str], lookup: Lookup
) -> list[Judgement]:
    """What was said together wherever a part of it says this."""
    of_articles = verdict in (Verdict.COPY, Verdict.NOT_COPY)
    if of_articles:
        left, rights = {lookup.article(what)}, {lookup.article(id) for id in others}
    elif verdict is Verdict.SPLIT:
        rights, left = set(lookup.happenings([what])[0]), {id for each in others for id in _event_id(lookup, each)}
    elif verdict is Verdict.WRONG_CODE:
        left, rights = set(_event_id(lookup, what)), set()
    else:
        first, *rest = lookup.happenings([what, *others])
        left, rights = set(first), {event for group in rest for event in group}
    groups = {word_group(word) for word in standing if word.verdict is verdict and _is_between(word, left, rights)}
    if not groups:
        raise InputError("nobody has said so", about=what, way_out="`sayso judgements` lists what was said, with ids")
    return [word for word in standing if word_group(word) in groups]


def _event_id(lookup: Lookup, id: str) -> tuple[str]:
    event = lookup.event(id)
    if event is None:
        raise lookup.no(id, "an event")
    return (event.id,)


def _is_between(word: Judgement, left: set[str], right: set[str]) -> bool:
    if word.verdict is Verdict.WRONG_CODE:
        return word.left in left
    return (word.left in left and word.right in right) or (word.right in left and word.left in right)
