"""Finds bounded counts of people harmed: who is said to be killed, injured, arrested, missing or driven out, how many.

A word of harm (verb, state or noun) names its victims through the sentence's structure; `extract.counts` reads how many
they are. What is only threatened, feared to come, denied or asked for gives no toll.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.extract.times.find import scan
from sayso.extract.tolls.corrections import correct
from sayso.extract.tolls.counts import Count, is_person, lemma_of, quote_who
from sayso.extract.tolls.kinds import by_kind, kind_of, noun_kind
from sayso.extract.tolls.parts import PART, THEM, among, fits, included, of_the_dead, parts
from sayso.extract.tolls.phrases import PHRASES, phrase_words
from sayso.extract.tolls.rules import RULES, Found, harm_words, unreal_words
from sayso.extract.tolls.shapes import SHAPE_WORDS, SHAPES, listed
from sayso.extract.tolls.surface import beyond_structure
from sayso.extract.tolls.victims import objects
from sayso.model import PROPERTY, Harm, Parsed, Reason, Span, TollDraft, VictimKind

_RULES = (among, included, of_the_dead, *SHAPES, *RULES, *PHRASES)


def find_tolls(parsed: Parsed) -> tuple[TollDraft, ...]:
    """All tolls of an article, title included, in order of the text."""
    words = harm_words()
    triggers = words.any | SHAPE_WORDS | phrase_words() | {"among"}
    found: list[Found] = []
    for token, lemma in enumerate(parsed.lemma):
        if lemma.lower() in triggers or parsed.text[token].lower() in words.state:
            toll = next((toll for rule in _RULES if (toll := rule(parsed, token, words))), None)
            if toll and not _is_unreal(parsed, toll) and not _is_listed_video(parsed, toll):
                found.extend(listed(parsed, toll) or [toll])
    found = [replace(toll, count=count) for toll in found for count in by_kind(parsed, toll.count)]
    found = _without_outdone(found)
    found = [*_nearest_parts([(toll, part) for toll in found for part in parts(parsed, toll)], found), *found]
    kept = _without_repeats(parsed, sorted(found, key=lambda toll: (toll.count.first, not toll.part, toll.trigger)))
    more = [toll for toll in beyond_structure(parsed, kept) if not _is_unreal(parsed, toll)]
    more = [replace(toll, count=count) for toll in more for count in by_kind(parsed, toll.count)]
    more = [*more, *_nearest_parts([(toll, part) for toll in more for part in parts(parsed, toll)], [*kept, *more])]
    kept = _without_repeats(parsed, sorted([*kept, *more], key=lambda toll: (toll.count.first, toll.trigger)))
    kept = [toll for toll in kept if not _asked(parsed, toll)]
    kept = _without_repeats(parsed, sorted(correct(parsed, kept), key=lambda toll: (toll.count.first, toll.trigger)))
    kept = [_sickened(parsed, toll) for toll in kept]
    return _write_all(parsed, _share_totals(parsed, kept))


_ILLNESS = re.compile(
    r"\b(?:poisoning|poisoned|gas leak|leaking gas|chlorine|ammonia|fumes|outbreak|cholera|anthrax"
    r"|diarrh\w+|breathing (?:difficult|problem)\w*"
    r"|virus|fever|ill|sick|illness|vomit\w*|epidemic|infections?|symptoms|contaminated|tainted|food|banquet"
    r"|nausea|disease|measles|malaria|dysentery|poisoned|typhoid|dengue)\b"
)
_TRAUMA = re.compile(
    r"\b(?:injur\w+|wound\w*|burns?|blast\w*|crash\w*|shot|shoot\w*|explo\w+|stab\w*|attack\w*|collapse\w*|quake|bomb\w*|collision"
    r"|beat\w*|blaze|bullets?|inhalation|tear gas)\b"
)
_WARDS = re.compile(r"\b(?:hospital\w*|clinics?|intensive care|treat\w*|wards?|condition)\b")


def _sickened(parsed: Parsed, toll: Found) -> Found:
    """Who lies in hospital in a text of illness, and of no violence, is sick."""
    if toll.harm is not Harm.INJURED:
        return toll
    text = parsed.article.text.lower()
    ill = _ILLNESS.search(text) and not _TRAUMA.search(text) and _WARDS.search(text)
    return replace(toll, harm=Harm.SICK) if ill else toll


def _asked(parsed: Parsed, toll: Found) -> bool:
    """ "Did the militia abduct 50 girls?" asks."""
    first, last = parsed.sents[parsed.sent[toll.trigger]]
    asks = parsed.text[first].lower() in {
        "did",
        "do",
        "does",
        "was",
        "were",
        "is",
        "are",
        "have",
        "has",
        "had",
        "what",
        "how",
        "will",
        "could",
    }
    return asks and "?" in parsed.text[last - 1]


_OUTDONE = {Harm.INJURED: Harm.KILLED, Harm.DAMAGED: Harm.DESTROYED}


def _without_outdone(found: Sequence[Found]) -> list[Found]:
    """The worse of two about one phrase: who "was shot and died" is killed, what was "looted and burnt" destroyed."""
    worst = {(toll.harm, toll.count.first) for toll in found if toll.count.bounds.high != 0}
    killed = {(toll.count.first, toll.count.last) for toll in found if toll.harm is Harm.KILLED}
    return [
        toll
        for toll in found
        if (_OUTDONE.get(toll.harm), toll.count.first) not in worst
        and not (toll.harm is Harm.ARRESTED and any(first <= toll.trigger <= last for first, last in killed))
    ]


def _nearest_parts(told: Sequence[tuple[Found, Found]], found: Sequence[Found]) -> list[Found]:
    """Each part once, of the whole right before it: "26 were killed and 100 hurt, three of them women".

    Not where a word of its own tells what befell it: "infected 3,400 people and killed 120 of them".
    """
    nearest: dict[int, tuple[Found, Found]] = {}
    for whole, part in told:
        held = nearest.get(part.count.first)
        if held is None or held[0].count.last < whole.count.last:
            nearest[part.count.first] = (whole, part)
    own = [(toll.count.first, toll.count.last) for toll in found]
    return [
        part
        for whole, part in nearest.values()
        if not any(first <= part.count.last and part.count.first <= last for first, last in own)
        or any(toll.harm is whole.harm and toll.count.first == part.count.first for toll in found)
    ]


def _is_unreal(parsed: Parsed, toll: Found) -> bool:
    """Whether an exercise, a film or a forecast tells it, which the word of harm hangs on."""
    token = toll.trigger
    for _ in range(8):
        head = parsed.head[token]
        if parsed.lemma[head].lower() in unreal_words():
            return True
        if head == token:
            return _in_fiction(parsed, token)
        token = head
    return False


def _in_fiction(parsed: Parsed, root: int) -> bool:
    """ "The film tells of", "In Sunday's exercise": what a sentence's first noun says of its verb."""
    for child in parsed.children[root]:
        heads = parsed.children[child] if parsed.dep[child] == "prep" and child < root else (child,)
        placed = parsed.dep[child] in {"nsubj", "nsubjpass"} or parsed.dep[child] == "prep"
        if placed and any(parsed.lemma[at].lower() in unreal_words() and parsed.pos[at] == "NOUN" for at in heads):
            return True
    return False


_TIMECODE = re.compile(r"\s*\d{1,2}:\d\d\s+\S")


def _is_listed_video(parsed: Parsed, toll: Found) -> bool:
    """Whether its line begins with a running time, as those of videos about other things do: "0:47 Driver killed"."""
    text, start = parsed.article.text, parsed.start[toll.trigger]
    return bool(_TIMECODE.match(text[text.rfind("\n", 0, start) + 1 : start]))


def _without_repeats(parsed: Parsed, found: list[Found]) -> list[Found]:
    """One toll a phrase and harm; a phrase counted by several words keeps the first."""
    kept: list[Found] = []
    for toll in found:
        same = [
            other
            for other in kept
            if other.harm == toll.harm and other.count.first <= toll.count.last and toll.count.first <= other.count.last
        ]
        if not same:
            kept.append(toll)
    return kept


_CUMULATIVE = re.compile(
    r"\b(?:so far|to date|in (?:all|total)|a total of|altogether|overall|since|up to now)\b"
    r"|\b(?:in|during|amid) (?:the |weeks of |days of |months of |days-long )*(?:\w+ )?"
    r"(?:unrest|conflict|war|crisis|protests|demonstrations|violence|fighting|uprising|crackdown|outbreak|epidemic)\b",
    re.IGNORECASE,
)


def _write_all(parsed: Parsed, tolls: Sequence[tuple[Found, bool]]) -> tuple[TollDraft, ...]:
    """Drafts in order of the text; whom a bare number counts was said by one before it."""
    all_of = [toll for toll, _ in tolls]
    written: list[tuple[Found, TollDraft]] = []
    for toll, cumulative in tolls:
        before = _told_before(parsed, toll, written)
        toll = _as_part(parsed, toll, before[0] if before else None)
        kind = _kind(parsed, toll, before[1].kind if before else None, all_of)
        draft = TollDraft(
            span=parsed.span(toll.count.first, _with_quote(parsed, toll.count)),
            harm=toll.harm,
            low=toll.count.bounds.low,
            high=toll.count.bounds.high,
            victims=_victims(parsed, toll, all_of),
            cumulative=cumulative,
            trigger=parsed.span(toll.trigger, toll.trigger),
            as_of=_as_of(parsed, toll, cumulative),
            reasons=toll.reasons,
            kind=kind,
            part=toll.part,
            withdrawn=toll.withdrawn,
        )
        written.append((toll, draft))
    return tuple(draft for _, draft in written)


def _told_before(
    parsed: Parsed, toll: Found, written: Sequence[tuple[Found, TollDraft]]
) -> tuple[Found, TollDraft] | None:
    """The last toll of people before a bare number, in its sentence or the one before, that says who they are."""
    number = parsed.sent[toll.count.first]
    for other, draft in reversed(written):
        if number - parsed.sent[other.count.first] > 1:
            return None
        people = draft.kind is not None and draft.harm not in PROPERTY and other.count.bounds.high != 0
        lends = other.count.bounds.high != 1 or toll.count.bounds.high == 1 or _anybody(parsed, other)
        if people and not other.part and lends:
            return other, draft
    return None


def _anybody(parsed: Parsed, toll: Found) -> bool:
    return toll.count.head is not None and parsed.lemma[toll.count.head].lower() == "person"


def _of_them(parsed: Parsed, toll: Found) -> bool:
    head = toll.count.head
    return head is not None and parsed.text[head].lower() in THEM


def _as_part(parsed: Parsed, toll: Found, before: Found | None) -> Found:
    """ "Four guards were taken captive, and one of them was found dead": a part of the four."""
    if toll.part or before is None or not fits(before.count.bounds, toll.count.bounds.low):
        return toll
    if not _of_them(parsed, toll) and not _lie_in_hospital(parsed, toll, before):
        return toll
    whole = parsed.article.quote(parsed.span(before.count.first, before.count.last))
    return replace(toll, part=True, reasons=(*toll.reasons, Reason(PART, 1.0, f"of {whole}")))


_WARD = frozenset({"care", "condition", "hospital", "surgery"})


def _lie_in_hospital(parsed: Parsed, toll: Found, before: Found) -> bool:
    """ "1,000 people have been injured, and 62 are in intensive care": they are some of the 1,000."""
    injured = toll.harm is before.harm is Harm.INJURED and toll.count.plain
    last = parsed.sents[parsed.sent[toll.count.first]][1]
    near = parsed.lemma[toll.count.last : min(last, toll.count.last + 7)]
    return injured and parsed.sent[toll.count.first] == parsed.sent[before.count.first] and bool(_WARD & set(near))


def _kind(parsed: Parsed, toll: Found, before: VictimKind | None, all_of: Sequence[Found]) -> VictimKind | None:
    if toll.harm in PROPERTY:
        return VictimKind.PROPERTY
    if _of_them(parsed, toll):
        return before or _counted_before(parsed, toll, all_of) or _named_before(parsed, toll.count.first)
    low = parsed.text[toll.count.last].lower()
    no_one = low == "one" and parsed.text[toll.count.last - 1].lower() == "no"
    if low in _NOBODY or no_one or (toll.harm is Harm.KILLED and low == "lives"):
        return VictimKind.CIVILIANS
    if toll.count.plain and toll.count.head is None:
        if toll.count.members:
            return None
        return before or _counted_before(parsed, toll, all_of) or _told_of_before(parsed, toll, all_of)
    kind = kind_of(parsed, toll.count)
    mates = toll.count.head is not None and lemma_of(parsed, toll.count.head) in {"colleague", "comrade"}
    return _mates_of(parsed, toll, all_of) or kind if mates else kind


_NOBODY = frozenset({"nobody", "no-one", "noone"})


def _told_of_before(parsed: Parsed, toll: Found, all_of: Sequence[Found]) -> VictimKind | None:
    """ "The skiers set off the slide: one is dead"; "villagers on a bridge; eight are missing": people just told of."""
    number = parsed.sent[toll.count.first]
    for at in range(toll.count.first - 1, parsed.sents[max(0, number - 1)][0] - 1, -1):
        if parsed.tag[at] not in {"NNS", "NNPS"} or parsed.pos[at] not in {"NOUN", "PROPN"}:
            continue
        if any(other.part and other.count.first <= at <= other.count.last for other in all_of):
            continue
        known = is_person(parsed, at) and lemma_of(parsed, at) not in _TELLERS
        kind = noun_kind(parsed, at) if known else None
        by = parsed.dep[at] == "pobj" and parsed.text[parsed.head[at]].lower() in {"by", "to"}
        said = parsed.dep[at] == "nsubj" and (
            parsed.lemma[parsed.head[at]] in _TELLING or bool(objects(parsed, parsed.head[at]))
        )
        if kind in set(VictimKind) - {VictimKind.PROPERTY} and not by and not said:
            return VictimKind(kind)
    return None


_TELLERS = frozenset(
    {
        "official",
        "eyewitness",
        "expert",
        "source",
        "resident",
        "witness",
        "authority",
        "doctor",
        "rescuer",
        "reporter",
        "journalist",
        "medic",
        "gunman",
        "attacker",
    }
)
_TELLING = frozenset(
    "say speak tell report add confirm announce claim deny state write explain open fire arrest".split()
)


def _mates_of(parsed: Parsed, toll: Found, all_of: Sequence[Found]) -> VictimKind | None:
    """ "A policewoman was stabbed and two of her colleagues were beaten": police too."""
    before = [other for other in all_of if other.count.last < toll.count.first and other.harm not in PROPERTY]
    near = [other for other in before if parsed.sent[toll.trigger] - parsed.sent[other.trigger] in (0, 1)]
    return kind_of(parsed, near[-1].count) if near else None


def _counted_before(parsed: Parsed, toll: Found, all_of: Sequence[Found]) -> VictimKind | None:
    """ "Nine crew members were rescued and two are missing": of the people counted before in the sentence."""
    first, _ = parsed.sents[parsed.sent[toll.count.first]]
    for at in range(toll.count.first - 1, first - 1, -1):
        counted = parsed.tag[at] in {"NNS", "NNPS"} and any(
            parsed.dep[child] == "nummod" for child in parsed.children[at]
        )
        if any(other.count.first <= at <= other.count.last for other in all_of):
            return None
        if counted and (is_person(parsed, at) or parsed.lemma[at].lower() == "people"):
            kind = noun_kind(parsed, at)
            return VictimKind(kind) if kind in set(VictimKind) else None
    return None


def _named_before(parsed: Parsed, token: int) -> VictimKind | None:
    """The people of the sentence whom "six of them" stands for: the nearest plural before it."""
    first, _ = parsed.sents[parsed.sent[token]]
    for at in range(token - 1, first - 1, -1):
        kind = noun_kind(parsed, at) if parsed.tag[at] in {"NNS", "NNPS"} and parsed.pos[at] == "NOUN" else None
        if kind in set(VictimKind) - {VictimKind.PROPERTY, VictimKind.CIVILIANS}:
            return VictimKind(kind)
    return None


def _share_totals(parsed: Parsed, tolls: Sequence[Found]) -> list[tuple[Found, bool]]:
    """Each toll with whether it is a running total; joined ones, and parts, are what their sentence's first is."""
    told = [(toll, toll.total or (_several(toll) and _is_cumulative(parsed, toll))) for toll in tolls]
    totals = {parsed.sent[toll.trigger] for toll, total in told if total and not toll.total}
    first = {
        sent: min(t.count.first for t, total in told if total and parsed.sent[t.trigger] == sent) for sent in totals
    }
    return [
        (toll, total or (parsed.sent[toll.trigger] in totals and _joined_to(parsed, toll, first)))
        for toll, total in told
    ]


def _several(toll: Found) -> bool:
    return toll.count.bounds.high is None or toll.count.bounds.high > 1


def _joined_to(parsed: Parsed, toll: Found, first: dict[int, int]) -> bool:
    """Whether a toll stands after a running total in one clause with it: "37 confirmed dead and 112 wounded since"."""
    start = first[parsed.sent[toll.trigger]]
    between = {parsed.text[at] for at in range(min(start, toll.count.first), max(start, toll.count.first))}
    return _several(toll) and ";" not in between


def _with_quote(parsed: Parsed, count: Count) -> int:
    """The last token of the phrase, with the mark that closes a quotation begun in it."""
    opened = any(parsed.text[token] in _OPENING for token in range(count.first, count.last + 1))
    closes = count.last + 1 < len(parsed) and parsed.text[count.last + 1] in _CLOSING
    return count.last + 1 if opened and closes else count.last


_OPENING = frozenset({"\u201c", "\u2018", '"', "'", "``", "\u00ab"})
_CLOSING = frozenset({"\u201d", "\u2019", '"', "'", "''", "\u00bb"})


def _victims(parsed: Parsed, toll: Found, all_of: list[Found]) -> str | None:
    """Who, in the source's words; "and 18 injured" are of those named before in the sentence."""
    if not toll.count.plain and toll.count.who:
        return quote_who(parsed, _without_trigger(toll.count.who, toll.trigger))
    sentence = parsed.sent[toll.trigger]
    before = [other.count.who for other in all_of if _lends_victims(parsed, other, toll, sentence)]
    return quote_who(parsed, before[-1] if before else toll.count.who)


def _lends_victims(parsed: Parsed, other: Found, toll: Found, sentence: int) -> bool:
    """Whether a toll was told before another in its sentence, of several people, and says who they are."""
    count = other.count
    named = count.who is not None and not count.plain and count.bounds.low != 1 and not other.part
    return named and count.last < toll.count.first and parsed.sent[other.trigger] == sentence


def _without_trigger(who: tuple[int, int], trigger: int) -> tuple[int, int]:
    """ "Six wounded protesters" are protesters."""
    return (trigger + 1, who[1]) if who[0] <= trigger < who[1] and trigger - who[0] <= 1 else who


def _is_cumulative(parsed: Parsed, toll: Found) -> bool:
    """A running total: "so far", "a total of", or the perfect with a whole war or unrest as its time."""
    first, last = parsed.sents[parsed.sent[toll.trigger]]
    text = parsed.article.text[parsed.start[first] : parsed.end[last - 1]]
    found = _CUMULATIVE.search(text)
    if found is None:
        return False
    if found.group().lower() in {"so far", "to date", "up to now", "altogether", "overall"}:
        return True
    if "since" in found.group().lower() and parsed.pos[toll.trigger] != "VERB":
        return True  # "60 dead since October"
    verbs = (toll.trigger, parsed.head[toll.trigger])
    return any(
        parsed.lemma[child] == "have" and parsed.dep[child] == "aux"
        for verb in verbs
        for child in parsed.children[verb]
    )


_AS_OF = re.compile(r"(?:as of|as at|by|until)\s+$", re.IGNORECASE)


def _as_of(parsed: Parsed, toll: Found, cumulative: bool) -> Span | None:
    """The day a toll is counted to: after "as of" or "by", else the only day a running total's sentence names."""
    first, last = parsed.sents[parsed.sent[toll.trigger]]
    begin = parsed.start[first]
    text = parsed.article.text[begin : parsed.end[last - 1]]
    times = [found for found in scan(text) if found[2] in {"DATE", "TIME"} and "_REF" not in found[3]]
    stated = [found for found in times if _AS_OF.search(text[max(0, found[0] - 8) : found[0]])]
    chosen = stated[:1] or (times if cumulative and len(times) == 1 else [])
    return Span(parsed.article.id, begin + chosen[0][0], begin + chosen[0][1]) if chosen else None
