"""Proposes what verbs of saying introduce: one tiny function per construction, which passes on other cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sayso.extract.claims.cues import cues
from sayso.extract.claims.sayings import TELLING, Saying, Voice, addressee_of, lemma_of, say, voice
from sayso.extract.clauses import (
    SUBJECTS,
    Range,
    agent_of,
    child,
    cue_range,
    has_word,
    is_misplaced,
    is_passive,
    object_of,
    own_subject,
    phrase,
    preposition,
    subject_of,
    subtract,
    subtree,
    trim,
)
from sayso.model import Parsed


def clause(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """The minister said (that) X; X, the minister said; it was reported that X; she was told that X."""
    found = [
        token
        for token in parsed.children[verb]
        if parsed.dep[token] == "ccomp"
        and not (parsed.tag[token] == "VB" and parsed.tag[verb] == "VBN" and token < verb)
    ]
    found = [token for token in found if not _is_cut_off(parsed, verb, token)] or _hung_on_listener(parsed, verb, lemma)
    if not found:
        return
    content = [piece for token in found for piece in clause_content(parsed, token)]
    if (topic := _set_before(parsed, verb, found[0])) is not None:
        content.insert(0, subtree(parsed, topic))
    for token in parsed.children[verb]:  # "X, he said, and Y"
        if parsed.dep[token] not in ("conj", "parataxis") or not content[0][0] < verb < token:
            continue
        if _has_own_subject(parsed, token) and lemma_of(parsed, token) not in cues().speech:
            content.append(subtree(parsed, token))
    source, frame = subject_of(parsed, verb), "clause"
    addressee = addressee_of(parsed, verb)
    if is_passive(parsed, verb) or _is_bare_participle(parsed, verb):
        subject = own_subject(parsed, verb) or source
        frame, source = "clause passive", agent_of(parsed, verb)
        if subject is not None and parsed.text[subject].lower() not in ("it", "that"):
            addressee = subject
    elif source is None and max(found) < verb and (speaker := _speaker_after(parsed, verb)) is not None:
        source, addressee = speaker, None
    entry = cues().verbs.get((lemma, "clause"))
    yield from say(parsed, verb, frame, source, content, entry=entry, addressee=addressee)


def _hung_on_listener(parsed: Parsed, verb: int, lemma: str) -> list[int]:
    """ "reminds all nationals that X": the parser hangs X on the nationals."""
    listener = child(parsed, verb, "dobj")
    if listener is None or listener < verb or lemma not in TELLING:
        return []
    return [
        token
        for token in parsed.children[listener]
        if parsed.dep[token] in ("relcl", "acl")
        and parsed.text[parsed.left[token]].lower() == "that"
        and parsed.dep[parsed.left[token]] == "mark"
    ]


def _is_cut_off(parsed: Parsed, verb: int, clause_head: int) -> bool:
    """Whether a verb cannot introduce the clause the parser hung on it: a semicolon parts them ("they left; he says"),
    or the clause is itself 'said A' and the verb stands in what describes A ('"X," said A, who was, he said, ...').
    """
    if clause_head < verb and lemma_of(parsed, clause_head) == lemma_of(parsed, verb):
        return True
    between = range(min(verb, parsed.right[clause_head] + 1), verb)
    return any(parsed.text[token] == ";" for token in between)


def _set_before(parsed: Parsed, verb: int, clause_head: int) -> int | None:
    """The subject of a clause that stands before its speaker: "Almaty, the president said, was attacked"."""
    if clause_head < verb or _has_own_subject(parsed, clause_head):
        return None
    subjects = [token for token in parsed.children[verb] if parsed.dep[token] in SUBJECTS and token < verb]
    if len(subjects) < 2 or parsed.text[parsed.right[subjects[0]] + 1] != ",":
        return None
    return subjects[0]


def _speaker_after(parsed: Parsed, verb: int) -> int | None:
    """ "X?" asked one soldier: the parser takes the speaker for the one who was asked."""
    found = child(parsed, verb, "dobj", "dative")
    return found if found is not None and parsed.left[found] == verb + 1 else None


def clause_content(parsed: Parsed, head: int) -> list[Range]:
    """A content clause without what only looks part of it: ", while others said ...", ", and accused ..."."""
    speech, holes = cues().speech, []
    for token in parsed.children[head]:
        if token < head or parsed.dep[token] not in ("conj", "advcl") or lemma_of(parsed, token) not in speech:
            continue
        first, last = subtree(parsed, token)
        if parsed.dep[token] == "conj" and is_misplaced(parsed, token):
            holes.append((first - 1 if parsed.dep[first - 1] == "cc" else first, last))
        elif parsed.dep[token] == "advcl" and parsed.text[first].lower() == "while" and _has_own_subject(parsed, token):
            holes.append((first, last))
    return subtract([subtree(parsed, head)], holes)


def _is_bare_participle(parsed: Parsed, verb: int) -> bool:
    """ "Asked whether X, the colonel left": the colonel was asked."""
    return parsed.tag[verb] == "VBN" and parsed.dep[verb] == "advcl" and cue_range(parsed, verb)[0] == verb


def _has_own_subject(parsed: Parsed, verb: int) -> bool:
    return child(parsed, verb, *SUBJECTS) is not None


def aside(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """X, the minister said, where the parser hangs "said" under X; as the minister said, X."""
    relation, above = parsed.dep[verb], parsed.head[verb]
    if above == verb or child(parsed, verb, "ccomp") is not None:
        return
    as_clause = relation == "advcl" and any(
        parsed.dep[token] == "mark" and parsed.text[token].lower() == "as" for token in parsed.children[verb]
    )
    if relation not in ("parataxis", "intj") and not as_clause:
        return
    subject = own_subject(parsed, verb)
    if subject is None:
        return
    own = subtree(parsed, verb)
    entry = cues().verbs.get((lemma, "clause"))
    yield from say(
        parsed, verb, "as" if as_clause else "aside", subject, subtract([subtree(parsed, above)], [own]), entry=entry
    )


def infinitive(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """They want to X; he urged them to X; X is said to have Y; she disputes having X."""
    found = child(parsed, verb, "xcomp")
    if found is not None and parsed.tag[found] == "VBG" and (entry := cues().verbs.get((lemma, "object"))) is not None:
        yield from say(parsed, verb, "to", subject_of(parsed, verb), [subtree(parsed, found)], entry=entry)
    if found is None or not any(parsed.tag[token] == "TO" for token in parsed.children[found]):
        return
    content = [subtree(parsed, found)]
    if is_passive(parsed, verb):
        subject = own_subject(parsed, verb)
        if subject is None:
            return
        content.insert(0, phrase(parsed, subject))
        entry = cues().verbs.get((lemma, "clause"))
        yield from say(parsed, verb, "to passive", agent_of(parsed, verb), content, entry=entry)
        return
    thing = child(parsed, verb, "dobj")
    if thing is not None and thing < found:
        content.insert(0, subtree(parsed, thing))
    told = child(parsed, verb, "dative")
    told = thing if told is None else told
    frame = "to" if thing is None else "to somebody"
    entry = cues().verbs.get((lemma, "to"))
    yield from say(parsed, verb, frame, subject_of(parsed, verb), content, entry=entry, addressee=told)


def thing(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """They condemned X; described X as Y; accused X of Y; called X Y."""
    if is_passive(parsed, verb):
        yield from _passive_thing(parsed, verb)
        return
    found = child(parsed, verb, "dobj")
    named = child(parsed, verb, "oprd")
    if found is None and named is None:
        return
    told = found is not None and lemma in cues().light and (lemma_of(parsed, found), "clause") in cues().nouns
    if told and found is not None and child(parsed, found, "acl", "ccomp", "relcl", "prep") is not None:
        return  # "issued a warning" is told by the noun
    content = [subtree(parsed, token) for token in (found, named) if token is not None]
    entry = cues().verbs.get((lemma, "object-number"))
    if entry is not None and found is not None and child(parsed, found, "nummod") is not None:
        yield from say(parsed, verb, "object-number", subject_of(parsed, verb), content, entry=entry)
    frame = "named" if named is not None else "object"
    if named is None:
        for word in ("as", "of", "for", "on", "with", "at"):
            prep = preposition(parsed, verb, word)
            if prep is None and found is not None and (lemma, "object-" + word) in cues().verbs:
                prep = preposition(parsed, found, word)
            counts = word == "at" or (word == "as" and lemma == "give")
            if prep is not None and prep > verb and (not counts or _holds_number(parsed, prep)):
                part = subtree(parsed, prep)
                joined = [*content, part]
                entry = cues().verbs.get((lemma, "object-" + word))
                yield from say(parsed, verb, "object-" + word, subject_of(parsed, verb), joined, entry=entry)
    yield from say(parsed, verb, frame, subject_of(parsed, verb), content)


def _holds_number(parsed: Parsed, prep: int) -> bool:
    """ "put the toll at 11"."""
    return any(parsed.pos[token] == "NUM" for token in range(prep, parsed.right[prep] + 1))


def _passive_thing(parsed: Parsed, verb: int) -> Iterator[Saying]:
    """X was accused of Y."""
    subject = own_subject(parsed, verb)
    for word in ("of", "as", "for"):
        prep = preposition(parsed, verb, word)
        if prep is not None and subject is not None:
            content = [phrase(parsed, subject), subtree(parsed, prep)]
            entry = cues().verbs.get((lemma_of(parsed, verb), "object-" + word))
            yield from say(parsed, verb, f"object-{word} passive", agent_of(parsed, verb), content, entry=entry)


def _appeal(parsed: Parsed, verb: int, lemma: str, prep: int, governed: int) -> Iterator[Saying]:
    """They called on the station to X."""
    entry, done = cues().verbs.get((lemma, "prep:" + parsed.text[prep].lower())), child(parsed, verb, "xcomp", "advcl")
    if entry is None or parsed.text[prep].lower() not in ("on", "upon", "to") or done is None or done < governed:
        return
    if parsed.tag[parsed.left[done]] == "TO":
        source, content = subject_of(parsed, verb), [subtree(parsed, done)]
        yield from say(
            parsed, verb, "to somebody", source, content, entry=replace(entry, sure=True), addressee=governed
        )


_TOPICS = frozenset({"regarding", "concerning"})  # these say what was spoken of, wherever the parser hangs them


def about(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """They called for X; complained about X."""
    topics = [token for token in range(verb + 1, parsed.right[verb] + 1) if parsed.text[token].lower() in _TOPICS]
    for prep in (*parsed.children[verb], *topics[:1]):
        if parsed.dep[prep] not in ("prep", "prt") or prep < verb:  # "call on": the parser takes "on" for a particle
            continue
        if parsed.text[prep].lower() == "as" and is_passive(parsed, verb):
            continue
        governed = object_of(parsed, prep)
        if governed is None:
            continue
        yield from _appeal(parsed, verb, lemma, prep, governed)
        first, last = cue_range(parsed, verb)
        span = (first, prep) if prep == last + 1 else (first, last)
        content = [subtree(parsed, governed)]
        later = [token for token in parsed.children[verb] if parsed.dep[token] == "xcomp" and token > prep]
        content += [subtree(parsed, token) for token in later[:1]]  # "called on X to do Y"
        frame = "prep:" + parsed.text[prep].lower()
        source = agent_of(parsed, verb) if is_passive(parsed, verb) else subject_of(parsed, verb)
        yield from say(parsed, verb, frame, source, content, span=span)


def relayed(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """The agency quoted witnesses as saying X; she was quoted as saying X."""
    if lemma not in cues().quoting:
        return
    word = preposition(parsed, verb, "as")
    nodes = [word] if word is not None else []
    nodes += [token for token in parsed.children[verb] if parsed.dep[token] in ("advcl", "xcomp", "acl", "prep")]
    for node in nodes:
        saying = node if parsed.tag[node] == "VBG" else child(parsed, node, "pcomp", "ccomp", "advcl", "acl")
        if saying is None or parsed.tag[saying] not in ("VBG", "VBD") or not _after_as(parsed, saying):
            continue
        said = [subtree(parsed, token) for token in parsed.children[saying] if parsed.dep[token] in ("ccomp", "dobj")]
        content = said or [(saying + 1, parsed.right[saying])]
        outer_cue, inner_cue = cue_range(parsed, verb), (_as_before(parsed, saying), saying)
        if is_passive(parsed, verb):
            origin, relay = own_subject(parsed, verb), agent_of(parsed, verb)
            if relay is None and outer_cue[1] + 1 == inner_cue[0]:
                inner_cue = (outer_cue[0], inner_cue[1])
        else:
            origin, relay = child(parsed, verb, "dobj"), subject_of(parsed, verb)
        if origin is None:
            continue
        links = tuple(
            voice(parsed, head, cue) for head, cue in ((relay, outer_cue), (origin, inner_cue)) if head is not None
        )
        links = tuple(
            replace(link, source=_without(link.source, inner_cue[0])) if link.source else link for link in links
        )
        holes = [outer_cue, inner_cue, *(link.source for link in links if link.source)]
        left = [found for piece in subtract(content, holes) if piece[0] <= piece[1] and (found := trim(parsed, *piece))]
        if left:
            entry = cues().verbs.get((lemma_of(parsed, saying), "clause"))
            yield Saying(verb, "phrase", lemma, "as saying", links, tuple(left), entry)
            return


def _without(source: Range, at: int) -> Range:
    """A source cut off before a token that the parser drew into it."""
    return (source[0], at - 1) if source[0] < at <= source[1] else source


def _after_as(parsed: Parsed, saying: int) -> bool:
    return any(parsed.text[token].lower() == "as" for token in range(max(0, saying - 3), saying))


def _as_before(parsed: Parsed, saying: int) -> int:
    return next(token for token in range(saying - 1, -1, -1) if parsed.text[token].lower() == "as")


def citing(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """X, citing officials: the officials are the origin of what stands before."""
    if (
        lemma not in cues().citing
        or parsed.tag[verb] != "VBG"
        or parsed.dep[verb] not in ("advcl", "acl", "xcomp", "conj")
    ):
        return
    above, source = parsed.head[verb], child(parsed, verb, "dobj")
    if source is None or parsed.pos[above] not in ("VERB", "AUX"):
        return
    first, last = phrase(parsed, source)
    link = Voice(source, (first, last), (verb, verb))
    if lemma_of(parsed, above) in cues().speech and child(parsed, above, "ccomp") is None:
        yield from _cited_within(parsed, verb, above, link)
        return
    content = subtract([subtree(parsed, above)], [subtree(parsed, verb)])
    left = [found for piece in content if (found := trim(parsed, *piece))]
    if left:
        yield Saying(verb, "phrase", lemma, "citing", (link,), tuple(left))


def _cited_within(parsed: Parsed, verb: int, above: int, link: Voice) -> Iterator[Saying]:
    """The paper reported, quoting an official, that X: the parser hangs X on the official."""
    relay, source = subject_of(parsed, above), link.source
    clauses = [
        token
        for token in range(verb + 1, parsed.right[above] + 1)
        if parsed.dep[token] in ("ccomp", "acl", "relcl") and parsed.text[parsed.left[token]].lower() == "that"
    ]
    if not clauses or relay is None or source is None:
        return
    content = subtree(parsed, clauses[0])
    named = trim(parsed, source[0], min(source[1], content[0] - 1)) if source[0] < content[0] else None
    left = trim(parsed, *content)
    if named is not None and left is not None and has_word(parsed, *left):
        links = (voice(parsed, relay, cue_range(parsed, above)), replace(link, source=named))
        yield Saying(verb, "phrase", lemma_of(parsed, verb), "citing within", links, (left,))
