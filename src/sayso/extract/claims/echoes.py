"""Finds who speaks of what somebody else has said: two sources, one content.

"The ministry denied a claim by the union that X": the union claims X, the ministry denies X. "Rebels said X. The army
denied it.", "X, he said, a figure disputed by the police": what is denied or disputed is X, told by its first source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from sayso.extract.claims.adjuncts import noun_source
from sayso.extract.claims.chains import Chained
from sayso.extract.claims.cues import cues
from sayso.extract.claims.sayings import Saying, lemma_of, voice
from sayso.extract.claims.wording import wording
from sayso.extract.clauses import (
    Range,
    agent_of,
    child,
    cue_range,
    is_passive,
    own_subject,
    preposition,
    subject_of,
    subtract,
    subtree,
    trim,
)
from sayso.knowledge import table
from sayso.model import Parsed

_PRONOUNS = frozenset({"it", "this", "that", "them", "so"})
_WHICH = frozenset({"which", "that"})
_NO_JUDGES = frozenset({"it", "which", "that", "we", "i", "this"})
_POINTING = frozenset({"the", "this", "that", "these", "those", "such", "any", "both", "all"})
_DESCRIBING = frozenset({"acl", "relcl", "ccomp", "prep", "xcomp"})
_UNABLE = frozenset({"could", "can", "able", "unable", "cannot", "impossible", "possible"})
_PARTICLES = frozenset({"off", "aside", "away"})
_MARKS = frozenset({",", "-", "--", "—", "–"})
_BEFORE_NOUN = frozenset({"det", "amod", "compound", "poss", "nummod", "predet"})
_LONGEST_NAME = 6  # tokens of what a claim is called
_STEM = 5  # letters that "accuse" and "accusation" share
_REACH = 2  # sentences between a claim and the noun that names its kind ("the accusation")


@dataclass(frozen=True, slots=True)
class Words:
    """The lemmas of `echoes.toml`."""

    judging: frozenset[str]
    negated: frozenset[str]
    naming: frozenset[str]
    particles: frozenset[str]
    answering: frozenset[str]
    nouns: frozenset[str]


_KEYS = ("judging", "negated", "naming", "particles", "answering")


@lru_cache(maxsize=1)
def words() -> Words:
    """The compiled table."""
    data: Mapping[str, Mapping[str, str]] = table("echoes.toml")
    verbs = {key: frozenset(data["verbs"][key].split()) for key in _KEYS}
    return Words(**verbs, nouns=frozenset(" ".join(data["nouns"].values()).split()))


# --------------------------------------------------------------------------- before chains are made


def with_echoes(parsed: Parsed, sayings: Sequence[Saying]) -> list[Saying]:
    """The sayings with those added and mended that speak of another's claim."""
    by_cue = {saying.cue: saying for saying in sayings}
    told: dict[int, Saying] = {}
    beside: list[Range] = []
    for verb, thing in _judged(parsed):
        said = by_cue.get(verb)
        if said is not None and said.frame == "quote":
            continue
        clause = _own_clause(parsed, thing, verb)
        if clause is not None or said is None:
            judged = _judgement(parsed, verb, said, clause or (_begin(parsed, thing), thing))
            if judged is None:
                continue
            told[verb] = judged
        if clause is None:
            beside += _beside(parsed, thing, verb)
        elif (claim := _claim(parsed, thing, clause)) is not None:
            told.setdefault(claim.cue, replace(by_cue.get(claim.cue, claim), content=claim.content))
    for verb, claim in _answered(parsed):
        told.setdefault(claim.cue, replace(by_cue.get(claim.cue, claim), content=claim.content))
        by_cue.pop(verb, None)
        sayings = [one for one in sayings if one.cue != verb and one.content != claim.content]
    kept = [_without(parsed, saying, beside) for saying in sayings if saying.cue not in told]
    return sorted([*kept, *told.values()], key=lambda saying: saying.cue)


def _judged(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Verbs that speak of a claim, each with the noun or pronoun for it."""
    for verb in _judging(parsed):
        thing = _thing(parsed, verb)
        if thing is not None and (is_echo(parsed, thing) or _own_clause(parsed, thing, verb) is not None):
            yield verb, thing


def _judging(parsed: Parsed) -> Iterator[int]:
    """Verbs that may speak of a claim."""
    table = words()
    for verb, pos in enumerate(parsed.pos):
        lemma = lemma_of(parsed, verb) if pos == "VERB" else ""
        if lemma in table.naming:
            judges = _is_called_false(parsed, verb)
        elif lemma in table.judging:
            judges = not _could_not(parsed, verb)
        elif lemma in table.negated:
            judges = child(parsed, verb, "neg") is not None
        else:
            judges = lemma in table.particles and parsed.text[min(verb + 1, len(parsed) - 1)].lower() in _PARTICLES
        if judges:
            yield verb


def _answered(parsed: Parsed) -> Iterator[tuple[int, Saying]]:
    """ "Responding to accusations by the union that X, she said Y": the union accuses, and she says only Y."""
    for verb, lemma in enumerate(parsed.lemma):
        if lemma.lower() not in words().answering or parsed.pos[verb] != "VERB":
            continue
        to = preposition(parsed, verb, "to")
        thing = child(parsed, to, "pobj", "pcomp") if to is not None else None
        clause = _own_clause(parsed, thing, verb) if thing is not None else None
        claim = _claim(parsed, thing, clause) if thing is not None and clause is not None else None
        if claim is not None:
            yield verb, claim


def _could_not(parsed: Parsed, verb: int) -> bool:
    """ "could not confirm the claim", "unable to verify it": nothing is said about it."""
    above = verb - 1
    words_before = {parsed.text[at].lower() for at in range(max(0, verb - 4), above + 1)}
    return bool(words_before & _UNABLE) and bool(words_before & {"not", "n't", "n’t", "to", "cannot"})


def _is_called_false(parsed: Parsed, verb: int) -> bool:
    """ "called it a lie", "described as groundless": what is named so is denied."""
    for kid in parsed.children[verb]:
        if kid < verb:
            continue
        if parsed.dep[kid] in ("oprd", "xcomp", "ccomp", "attr", "acomp") and _is_false(parsed, kid):
            return True
    for at in range(verb + 1, parsed.right[verb]):
        if parsed.text[at].lower() == "as" and any(
            _is_false(parsed, one) for one in range(at + 1, min(at + 4, len(parsed)))
        ):
            return True
    return False


def _is_false(parsed: Parsed, token: int) -> bool:
    return lemma_of(parsed, token) in wording().false


def _thing(parsed: Parsed, verb: int) -> int | None:
    """What a verb speaks of: its object, the subject of its passive, the noun that it describes."""
    above, relation = parsed.head[verb], parsed.dep[verb]
    if is_passive(parsed, verb):
        subjects = [kid for kid in parsed.children[verb] if parsed.dep[kid] in ("nsubjpass", "nsubj") and kid < verb]
        found = subjects[-1] if subjects else None
    elif relation == "acl" and parsed.tag[verb] == "VBN":
        found = above
    else:
        found = child(parsed, verb, "dobj")
        if found is None and relation == "relcl" and parsed.pos[above] == "NOUN":
            found = above
        if found is None and lemma_of(parsed, verb) in words().naming:
            found = next((kid for kid in parsed.children[verb] if parsed.dep[kid] == "nsubj" and kid > verb), None)
    if found is None or parsed.pos[found] not in ("NOUN", "PRON", "DET"):
        return None
    if parsed.text[found].lower() in _WHICH and relation == "relcl":
        return above if parsed.pos[above] == "NOUN" and _is_claim_noun(parsed, above) else found
    return found


def _is_claim_noun(parsed: Parsed, token: int) -> bool:
    return lemma_of(parsed, token) in words().nouns


def is_echo(parsed: Parsed, thing: int) -> bool:
    """Whether a noun or pronoun only points at what was said: "it", "the claim", "an account ..."."""
    word = parsed.text[thing].lower()
    if parsed.pos[thing] in ("PRON", "DET"):
        return word in _PRONOUNS or word == "which"
    if not _is_claim_noun(parsed, thing):
        return False
    first = _begin(parsed, thing)
    if parsed.dep[thing] == "appos" or parsed.text[first].lower() in ("a", "an"):
        return _is_set_off(parsed, first)
    kids = [kid for kid in parsed.children[thing] if parsed.dep[kid] in _DESCRIBING]
    pointed = any(parsed.text[kid].lower() in _POINTING or parsed.dep[kid] == "poss" for kid in parsed.children[thing])
    return pointed and not kids


def _own_clause(parsed: Parsed, thing: int, verb: int) -> Range | None:
    """The "that" clause of a noun of saying: what is claimed. The parser may hang it on the claimant or the verb."""
    if (lemma_of(parsed, thing), "clause") not in cues().nouns and not _is_claim_noun(parsed, thing):
        return None
    by = preposition(parsed, thing, "by")
    claimant = child(parsed, by, "pobj") if by is not None else None
    for above in (thing, claimant, verb):
        for kid in parsed.children[above] if above is not None else ():
            first, last = subtree(parsed, kid)
            if first <= thing or kid == verb or parsed.dep[kid] not in ("acl", "ccomp", "relcl"):
                continue
            if parsed.text[first].lower() == "that" and _is_whole(parsed, kid, first):
                return trim(parsed, first, _named_after(parsed, verb, first, last))
    return None


def _is_whole(parsed: Parsed, clause: int, that: int) -> bool:
    """Whether a clause lacks nothing but "that", which only opens it: not "the report that cited Y"."""
    return parsed.tag[that] == "IN" or child(parsed, clause, "nsubj", "nsubjpass") not in (None, that)


def _named_after(parsed: Parsed, verb: int, first: int, last: int) -> int:
    """Where a claim ends if what it is called follows: "described claims that X | as baseless"."""
    if lemma_of(parsed, verb) not in words().naming:
        return last
    named = next((at for at in range(last, first, -1) if parsed.text[at].lower() == "as"), None)
    return named - 1 if named is not None and last - named < _LONGEST_NAME else last


def _claim(parsed: Parsed, thing: int, clause: Range) -> Saying | None:
    """The claim that is judged, where the text tells whose it is."""
    source, first = noun_source(parsed, thing)
    lemma = lemma_of(parsed, thing)
    verb = parsed.head[thing]
    if source is None or (parsed.pos[verb] == "VERB" and source < verb < thing):  # "made a claim that X"
        return None
    link = voice(parsed, source, (first, thing))
    if link.source is not None and link.source[1] >= clause[0]:
        link = replace(link, source=(link.source[0], max(source, clause[0] - 1)))
    return Saying(thing, "noun", lemma, "clause", (link,), (clause,), cues().nouns.get((lemma, "clause")))


def _judgement(parsed: Parsed, verb: int, said: Saying | None, content: Range) -> Saying | None:
    """Who judges a claim, with the claim for its content."""
    if said is not None:
        return replace(said, content=(content,))
    lemma = lemma_of(parsed, verb)
    passive = is_passive(parsed, verb) or (parsed.dep[verb] == "acl" and parsed.tag[verb] == "VBN")
    head = agent_of(parsed, verb) if passive else own_subject(parsed, verb)
    if head is None and not passive:
        head = subject_of(parsed, verb)
    if head is None or content[0] <= head <= content[1] or parsed.text[head].lower() in _NO_JUDGES:
        return None
    entry = cues().verbs.get((lemma, "object"))
    frame = "named" if child(parsed, verb, "oprd") is not None else "object"
    return Saying(verb, "verb", lemma, frame, (voice(parsed, head, cue_range(parsed, verb)),), (content,), entry)


def _begin(parsed: Parsed, thing: int) -> int:
    """Where a noun's phrase begins, without what the parser hung on it from further off."""
    first = thing
    for kid in reversed(parsed.children[thing]):
        if kid < first and parsed.right[kid] == first - 1 and parsed.dep[kid] in _BEFORE_NOUN:
            first = parsed.left[kid]
    return first


def _beside(parsed: Parsed, thing: int, verb: int) -> Iterator[Range]:
    """What is set beside a claim, from its noun to the end of the clause: ", a claim the army denies"."""
    first = _begin(parsed, thing)
    if parsed.dep[verb] in ("relcl", "acl") and _is_set_off(parsed, first):
        yield first, max(parsed.right[verb], thing)


def _is_set_off(parsed: Parsed, first: int) -> bool:
    return first > 0 and parsed.text[first - 1] in _MARKS


def _without(parsed: Parsed, saying: Saying, cut: Sequence[Range]) -> Saying:
    """A saying whose content ends where another's judgement of it begins."""
    holes = [hole for hole in cut if not hole[0] <= saying.cue <= hole[1]]
    if not holes:
        return saying
    pieces = [piece for part in subtract(saying.content, holes) if (piece := trim(parsed, *part))]
    return replace(saying, content=tuple(pieces)) if pieces else saying


# --------------------------------------------------------------------------- once chains are made


def resolve_echoes(parsed: Parsed, told: Sequence[Chained]) -> list[Chained]:
    """Claims whose content is a noun that only points back get the content that it points at; "denied it" stays."""
    echoes = {
        verb: thing
        for verb, thing in _judged(parsed)
        if (parsed.pos[thing] == "NOUN" or parsed.text[thing].lower() == "which") and is_echo(parsed, thing)
    }
    if not echoes:
        return list(told)
    resolved: dict[int, Chained] = {}
    for one in sorted(told, key=lambda one: one.saying.cue):
        thing = echoes.get(one.saying.cue) if one.saying.part == "verb" and one.saying.frame != "quote" else None
        rivals = [*resolved.values(), *(other for other in told if other.saying.cue not in echoes)]
        before = _antecedent(parsed, one, thing, rivals) if thing is not None else None
        if before is not None:
            one = replace(one, saying=replace(one.saying, content=before.saying.content))
        if thing is None or before is not None:
            resolved[one.saying.cue] = one
    return [resolved.get(one.saying.cue, one) for one in told]


def _antecedent(parsed: Parsed, one: Chained, echo: int, told: Iterable[Chained]) -> Chained | None:
    """The claim before that a word points at: of its kind where it names one, else the nearest."""
    saying = one.saying
    sentence = parsed.sent[saying.cue]
    lemma = lemma_of(parsed, echo)
    noun_echo = parsed.pos[echo] == "NOUN"
    reach = _REACH if noun_echo else 1
    found: list[tuple[tuple[bool, int, bool, int], Chained]] = []
    for other in told:
        rival = other.saying
        if rival.cue == saying.cue:
            continue
        last = rival.content[-1][1]
        away = sentence - parsed.sent[rival.cue]
        if not 0 <= away <= reach or last >= echo or rival.cue >= saying.cue:
            continue
        if away == 0 and rival.content[0][0] <= saying.cue <= last:
            continue
        alike = noun_echo and rival.lemma[:_STEM] == lemma[:_STEM]
        if away > 1 and not alike:
            continue
        found.append(((not alike, away, other.inner, -rival.cue), other))
    return min(found, key=lambda pair: pair[0])[1] if found else None
