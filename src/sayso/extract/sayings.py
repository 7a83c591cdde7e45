"""Proposes who says what: one tiny function per construction, each from a word of saying to its candidates.

Proposals are many; `attribution` keeps those whose word in that construction mostly introduces somebody's words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

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
    possessor,
    preposition,
    subject_of,
    subtract,
    subtree,
    trim,
)
from sayso.extract.cues import LEMMA_FIXES, Cue, cues
from sayso.model import Parsed


@dataclass(frozen=True, slots=True)
class Voice:
    """One link as tokens: the head and range of the source (None: the text names none) and the cue."""

    head: int | None
    source: Range | None
    cue: Range


@dataclass(frozen=True, slots=True)
class Saying:
    """A proposed claim as tokens. `links` run from the source nearest the article to the origin."""

    cue: int
    part: str  # verb, noun, adjective, phrase
    lemma: str
    frame: str
    links: tuple[Voice, ...]
    content: tuple[Range, ...]
    entry: Cue | None = None
    addressee: int | None = None
    share: float = 1.0


Rule = Callable[[Parsed, int, str], Iterator[Saying]]


def lemma_of(parsed: Parsed, token: int) -> str:
    lemma = parsed.lemma[token]
    return LEMMA_FIXES.get(lemma) or lemma.lower()


def voice(parsed: Parsed, head: int | None, cue: Range) -> Voice:
    """A link; a source is cut off before its own cue: "the mayor, who said ..."."""
    if head is None:
        return Voice(None, None, cue)
    first, last = phrase(parsed, head)
    if first <= head < cue[0] <= last:
        clause_head = cue[1] if parsed.pos[cue[1]] == "VERB" else cue[0]
        while parsed.head[clause_head] not in (clause_head, head) and parsed.head[clause_head] > head:
            clause_head = parsed.head[clause_head]
        first, last = trim(parsed, first, max(head, min(cue[0], parsed.left[clause_head]) - 1)) or (head, head)
    return Voice(head, (first, last), cue)


def _say(
    parsed: Parsed,
    cue: int,
    frame: str,
    source: int | None,
    content: list[Range],
    *,
    span: Range | None = None,
    part: str = "verb",
    entry: Cue | None = None,
    addressee: int | None = None,
) -> Iterator[Saying]:
    """A saying unless nothing is left of its content once source and cue are taken out."""
    lemma = lemma_of(parsed, cue)
    if entry is None and part == "verb":
        entry = cues().verbs.get((lemma, frame))
    link = voice(parsed, source, span or cue_range(parsed, cue))
    holes = [link.cue] + ([link.source] if link.source else [])
    left = [found for piece in subtract(content, holes) if (found := trim(parsed, *piece))]
    left = [piece for piece in left if has_word(parsed, *piece)]
    if left and not (len(left) == 1 and left[0][0] == left[0][1] and parsed.pos[left[0][0]] in ("PRON", "DET")):
        yield Saying(cue, part, lemma, frame, (link,), tuple(left), entry, addressee)


def addressee_of(parsed: Parsed, verb: int) -> int | None:
    """Whom somebody tells: an object beside the content, "to" somebody, or the subject of a passive."""
    found = child(parsed, verb, "dative")
    if found is not None:
        return object_of(parsed, found) if parsed.pos[found] == "ADP" else found
    to = preposition(parsed, verb, "to")
    if to is not None:
        return object_of(parsed, to)
    found = child(parsed, verb, "dobj")
    if found is not None and lemma_of(parsed, verb) in _TELLING:
        return found
    return None


_TELLING = frozenset(
    "tell inform notify brief assure remind warn advise ask urge order instruct command beg implore press promise".split()
)


# --------------------------------------------------------------------------- verbs


def clause(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """The minister said (that) X; X, the minister said; it was reported that X; she was told that X."""
    found = [
        token
        for token in parsed.children[verb]
        if parsed.dep[token] == "ccomp" and not (parsed.tag[token] == "VB" and parsed.tag[verb] == "VBN" and token < verb)
    ]
    if not found:
        return
    content = [piece for token in found for piece in _content(parsed, token)]
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
    entry = cues().verbs.get((lemma, "clause"))
    yield from _say(parsed, verb, frame, source, content, entry=entry, addressee=addressee)


def _content(parsed: Parsed, head: int) -> list[Range]:
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
    yield from _say(
        parsed, verb, "as" if as_clause else "aside", subject, subtract([subtree(parsed, above)], [own]), entry=entry
    )


def infinitive(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """They want to X; he urged them to X; X is said to have Y."""
    found = child(parsed, verb, "xcomp")
    if found is None or not any(parsed.tag[token] == "TO" for token in parsed.children[found]):
        return
    content = [subtree(parsed, found)]
    if is_passive(parsed, verb):
        subject = own_subject(parsed, verb)
        if subject is None:
            return
        content.insert(0, phrase(parsed, subject))
        entry = cues().verbs.get((lemma, "clause"))
        yield from _say(parsed, verb, "to passive", agent_of(parsed, verb), content, entry=entry)
        return
    thing = child(parsed, verb, "dobj")
    if thing is not None and thing < found:
        content.insert(0, subtree(parsed, thing))
    frame = "to" if thing is None else "to somebody"
    entry = cues().verbs.get((lemma, "to"))
    yield from _say(parsed, verb, frame, subject_of(parsed, verb), content, entry=entry, addressee=thing)


def thing(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """They condemned X; described X as Y; accused X of Y; called X Y."""
    if is_passive(parsed, verb):
        yield from _passive_thing(parsed, verb)
        return
    found = child(parsed, verb, "dobj")
    named = child(parsed, verb, "oprd")
    if found is None and named is None:
        return
    if found is not None and lemma in cues().light and (lemma_of(parsed, found), "clause") in cues().nouns:
        return  # "issued a warning" is told by the noun
    content = [subtree(parsed, token) for token in (found, named) if token is not None]
    frame = "named" if named is not None else "object"
    if named is None:
        for word in ("as", "of", "for", "on", "with"):
            prep = preposition(parsed, verb, word)
            if prep is None and found is not None and (lemma, "object-" + word) in cues().verbs:
                prep = preposition(parsed, found, word)
            if prep is not None and prep > verb:
                part = subtree(parsed, prep)
                joined = [*content, part]
                entry = cues().verbs.get((lemma, "object-" + word))
                yield from _say(parsed, verb, "object-" + word, subject_of(parsed, verb), joined, entry=entry)
    yield from _say(parsed, verb, frame, subject_of(parsed, verb), content)


def _passive_thing(parsed: Parsed, verb: int) -> Iterator[Saying]:
    """X was accused of Y."""
    subject = own_subject(parsed, verb)
    for word in ("of", "as", "for"):
        prep = preposition(parsed, verb, word)
        if prep is not None and subject is not None:
            content = [phrase(parsed, subject), subtree(parsed, prep)]
            entry = cues().verbs.get((lemma_of(parsed, verb), "object-" + word))
            yield from _say(parsed, verb, f"object-{word} passive", agent_of(parsed, verb), content, entry=entry)


def about(parsed: Parsed, verb: int, lemma: str) -> Iterator[Saying]:
    """They called for X; complained about X."""
    for prep in parsed.children[verb]:
        if parsed.dep[prep] != "prep" or prep < verb:
            continue
        if parsed.text[prep].lower() == "as" and is_passive(parsed, verb):
            continue
        governed = object_of(parsed, prep)
        if governed is None:
            continue
        first, last = cue_range(parsed, verb)
        span = (first, prep) if prep == last + 1 else (first, last)
        content = [subtree(parsed, governed)]
        later = [token for token in parsed.children[verb] if parsed.dep[token] == "xcomp" and token > prep]
        content += [subtree(parsed, token) for token in later[:1]]  # "called on X to do Y"
        frame = "prep:" + parsed.text[prep].lower()
        source = agent_of(parsed, verb) if is_passive(parsed, verb) else subject_of(parsed, verb)
        yield from _say(parsed, verb, frame, source, content, span=span)


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
    if lemma not in cues().citing or parsed.tag[verb] != "VBG" or parsed.dep[verb] not in ("advcl", "acl", "xcomp", "conj"):
        return
    above, source = parsed.head[verb], child(parsed, verb, "dobj")
    if source is None or parsed.pos[above] not in ("VERB", "AUX"):
        return
    first, last = phrase(parsed, source)
    content = subtract([subtree(parsed, above)], [subtree(parsed, verb)])
    link = Voice(source, (first, last), (verb, verb))
    left = [found for piece in content if (found := trim(parsed, *piece))]
    if left:
        yield Saying(verb, "phrase", lemma, "citing", (link,), tuple(left))


# --------------------------------------------------------------------------- nouns, adjectives, phrases


def noun(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """Her claim that X; the plan to X; criticism of X; the ministry issued a warning that X."""
    table = cues().nouns
    if (lemma, "clause") not in table and (lemma, "prep:of") not in table:
        return
    source, first = _noun_source(parsed, head)
    span = (first, head)
    for token in parsed.children[head]:
        if token < head:
            continue
        relation = parsed.dep[token]
        if relation in ("acl", "ccomp", "relcl") and _has_that(parsed, token):
            entry = table.get((lemma, "clause"))
            yield from _say(parsed, head, "clause", source, [subtree(parsed, token)], span=span, part="noun", entry=entry)
        elif relation in ("acl", "xcomp") and any(parsed.tag[kid] == "TO" for kid in parsed.children[token]):
            entry = table.get((lemma, "to"))
            yield from _say(parsed, head, "to", source, [subtree(parsed, token)], span=span, part="noun", entry=entry)
        elif relation == "prep" and source is not None:
            governed = object_of(parsed, token)
            word = parsed.text[token].lower()
            entry = table.get((lemma, "prep:" + word)) or table.get((lemma, "clause"))
            if governed is not None and word != "by":
                content = [subtree(parsed, governed)]
                where = (span[0], token) if token == head + 1 else span
                yield from _say(
                    parsed, head, "prep:" + word, source, content, span=where, part="noun", entry=entry
                )


def _has_that(parsed: Parsed, clause_head: int) -> bool:
    """Whether a clause after a noun tells its content ("the claim that X") and does not describe it ("that he made")."""
    marks = [token for token in parsed.children[clause_head] if parsed.text[token].lower() == "that"]
    if any(parsed.dep[token] == "mark" or parsed.tag[token] == "IN" for token in marks):
        return True
    modal = any(parsed.tag[token] == "MD" for token in parsed.children[clause_head])
    lemma = lemma_of(parsed, clause_head)
    return bool(marks) and modal and lemma not in cues().light and lemma not in cues().speech


def _noun_source(parsed: Parsed, head: int) -> tuple[int | None, int]:
    """Whose claim it is, and where the cue begins: possessor, "by" or "from" somebody, or who makes the claim."""
    owner = child(parsed, head, "poss")
    first = max([parsed.left[head], *(parsed.right[token] + 1 for token in parsed.children[head] if token == owner)])
    if owner is not None:
        return owner, min(first, head)
    for word in ("by", "from"):
        by = preposition(parsed, head, word)
        if by is not None and (found := child(parsed, by, "pobj")) is not None:
            return found, head
    verb = parsed.head[head]
    light = cues().light
    if parsed.dep[head] == "dobj" and parsed.pos[verb] == "VERB" and lemma_of(parsed, verb) in light:
        if not is_passive(parsed, verb):
            return subject_of(parsed, verb), verb if verb < head else head
    return None, head


def adjective(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """The doctors are confident that X."""
    entry = cues().adjectives.get(lemma)
    be = parsed.head[head]
    if entry is None or parsed.dep[head] not in ("acomp", "conj") or parsed.pos[be] not in ("AUX", "VERB"):
        return
    for token in (*parsed.children[head], *parsed.children[be]):
        if token > head and (parsed.dep[token] == "ccomp" or (parsed.dep[token] == "xcomp" and parsed.head[token] == head)):
            first = cue_range(parsed, be)[0]
            frame = "clause" if parsed.dep[token] == "ccomp" else "to"
            yield from _say(
                parsed, head, frame, subject_of(parsed, be), [subtree(parsed, token)],
                span=(min(first, head), head), part="adjective", entry=entry,
            )  # fmt: skip
            return


def according(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """According to the police, X."""
    if parsed.text[head].lower() != "according":
        return
    to = preposition(parsed, head, "to") or (head + 1 if head + 1 < len(parsed) and parsed.text[head + 1] == "to" else None)
    source = object_of(parsed, to) if to is not None else None
    if to is None or source is None:
        return
    yield from _adjunct(parsed, head, "according", source, (head, to), (parsed.left[head], parsed.right[head]))


def _adjunct(parsed: Parsed, head: int, frame: str, source: int, span: Range, own: Range) -> Iterator[Saying]:
    """Content is the clause that the phrase stands in, up to the next other saying."""
    above = parsed.head[head]
    for _ in range(6):
        if parsed.pos[above] in ("VERB", "AUX") and parsed.dep[above] not in ("xcomp", "acl", "pcomp", "auxpass", "aux"):
            break
        if parsed.head[above] == above:
            break
        above = parsed.head[above]
    whole = subtract([subtree(parsed, above)], [own])
    first, last = phrase(parsed, source)
    link = Voice(source, (max(first, span[1] + 1), max(last, span[1] + 1)), span)
    holes = [link.source] if link.source else []
    left = [found for piece in subtract(whole, [*holes, span]) if (found := trim(parsed, *piece))]
    left = [piece for piece in left if has_word(parsed, *piece)]
    if left:
        yield Saying(head, "phrase", frame, frame, (link,), tuple(left))


def view(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """On the ministry's count, X; in the words of one witness, X."""
    table = cues()
    prep = parsed.head[head]
    if lemma not in table.view_nouns or parsed.dep[head] != "pobj" or parsed.text[prep].lower() not in table.view_preps:
        return
    if parsed.pos[parsed.head[prep]] not in ("VERB", "AUX") or parsed.dep[prep] != "prep":
        return
    source = child(parsed, head, "poss")
    if source is not None:
        yield from _view(parsed, prep, head, source, possessor(parsed, source))
        return
    of = preposition(parsed, head, "of")
    source = child(parsed, of, "pobj") if of is not None else None
    if source is not None:
        yield from _view(parsed, prep, head, source, phrase(parsed, source))


def _view(parsed: Parsed, prep: int, head: int, source: int, where: Range) -> Iterator[Saying]:
    above, own = parsed.head[prep], subtree(parsed, prep)
    if prep > above and parsed.text[max(0, own[0] - 1)] != ",":
        return  # "interest in the ministry's view" is no attribution; one at the end needs its comma
    cue = (prep, where[0] - 1) if where[0] < head else (prep, where[0] - 1)
    left = [found for piece in subtract([subtree(parsed, above)], [own]) if (found := trim(parsed, *piece))]
    if left and cue[0] <= cue[1]:
        yield Saying(head, "phrase", "view", "view", (Voice(source, where, cue),), tuple(left))


def adverb(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """The clerk allegedly X: somebody says so, the text does not tell who."""
    if parsed.text[head].lower() not in cues().adverbs:
        return
    above = parsed.head[head]
    if above == head:
        return
    content = subtract([subtree(parsed, above)], [(head, head)])
    left = [found for piece in content if (found := trim(parsed, *piece))]
    if left:
        yield Saying(head, "phrase", "allegedly", "adverb", (Voice(None, None, (head, head)),), tuple(left))


VERB_RULES: tuple[tuple[Rule, frozenset[str]], ...] = (  # each with the kinds of frame it proposes
    (aside, frozenset({"aside", "as"})),
    (infinitive, frozenset({"to"})),
    (thing, frozenset({"object", "named"})),
    (about, frozenset({"prep"})),
)
Constructions = Mapping[str, frozenset[str]]


def propose(parsed: Parsed, constructions: Constructions | None = None) -> Iterator[Saying]:
    """All sayings the grammar of the sentences suggests, in the order of their cues.

    With `constructions` only those that a verb may pass in; a clause always, as it may turn out to be a quotation.
    """
    table = cues()
    others = table.adverbs | table.adjectives.keys() | {"according"}
    nouns = {lemma for lemma, _ in table.nouns} | table.view_nouns
    for token, pos in enumerate(parsed.pos):
        if pos == "VERB":
            yield from _propose_verb(parsed, token, constructions)
        elif pos == "NOUN":
            lemma = parsed.lemma[token].lower()
            if lemma in nouns:
                yield from noun(parsed, token, lemma)
                yield from view(parsed, token, lemma)
        elif pos in _OTHER and (word := parsed.text[token].lower()) in others:
            for rule in (according, adverb, adjective):
                yield from rule(parsed, token, word)


_OTHER = frozenset({"ADP", "ADV", "ADJ", "SCONJ", "ADV"})


def _propose_verb(parsed: Parsed, verb: int, constructions: Constructions | None) -> Iterator[Saying]:
    lemma = lemma_of(parsed, verb)
    if lemma in cues().quoting:
        yield from relayed(parsed, verb, lemma)
        yield from citing(parsed, verb, lemma)
    yield from clause(parsed, verb, lemma)
    if constructions is None:
        kinds = None
    elif not (kinds := constructions.get(lemma)):
        if lemma == "accord":
            yield from according(parsed, verb, lemma)
        return
    for rule, proposes in VERB_RULES:
        if kinds is None or kinds & proposes:
            yield from rule(parsed, verb, lemma)
    if kinds is None and lemma == "accord":
        yield from according(parsed, verb, lemma)
