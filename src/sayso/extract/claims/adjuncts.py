"""Proposes what nouns, adjectives and set phrases of saying introduce: her claim that X, according to Y, allegedly."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.claims.cues import cues
from sayso.extract.claims.sayings import Saying, Voice, lemma_of, say
from sayso.extract.clauses import (
    Range,
    agent_of,
    child,
    cue_range,
    has_word,
    is_passive,
    object_of,
    phrase,
    possessor,
    preposition,
    subject_of,
    subtract,
    subtree,
    trim,
)
from sayso.model import Parsed


def noun(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """Her claim that X; the plan to X; criticism of X; the ministry issued a warning that X."""
    table = cues().nouns
    if (lemma, "clause") not in table and (lemma, "prep:of") not in table:
        return
    source, first = noun_source(parsed, head)
    if source is None and (verb := _said_in(parsed, head)) is not None:
        for token in parsed.children[head]:
            if token > head and parsed.dep[token] in ("acl", "ccomp", "relcl") and _has_that(parsed, token):
                yield from say(parsed, verb, "clause", subject_of(parsed, verb), [subtree(parsed, token)])
        return
    span = (first, head)
    for token in (*parsed.children[head], *_drawn_in(parsed, source, head)):
        if token < head:
            continue
        relation = parsed.dep[token]
        if relation in ("acl", "ccomp", "relcl") and _has_that(parsed, token):
            entry = table.get((lemma, "clause"))
            yield from say(
                parsed, head, "clause", source, [subtree(parsed, token)], span=span, part="noun", entry=entry
            )
        elif relation in ("acl", "xcomp") and any(parsed.tag[kid] == "TO" for kid in parsed.children[token]):
            entry = table.get((lemma, "to"))
            yield from say(parsed, head, "to", source, [subtree(parsed, token)], span=span, part="noun", entry=entry)
        elif relation == "prep" and source is not None:
            governed = object_of(parsed, token)
            word = parsed.text[token].lower()
            entry = table.get((lemma, "prep:" + word)) or table.get((lemma, "clause"))
            if governed is not None and word != "by":
                content = [subtree(parsed, governed)]
                where = (span[0], token) if token == head + 1 else span
                yield from say(parsed, head, "prep:" + word, source, content, span=where, part="noun", entry=entry)


def _drawn_in(parsed: Parsed, source: int | None, head: int) -> tuple[int, ...]:
    """ "reports by local radio of shelling": the parser hangs what is reported on who reports it."""
    if source is None or source < head or parsed.pos[source] == "PROPN":
        return ()
    of = preposition(parsed, source, "of")
    return (of,) if of is not None and child(parsed, of, "pcomp") is not None else ()


def _said_in(parsed: Parsed, head: int) -> int | None:
    """The verb of "said in a statement that ...", where the parser hangs the clause on the statement."""
    prep = parsed.head[head]
    verb = parsed.head[prep]
    if parsed.dep[head] != "pobj" or parsed.text[prep].lower() != "in" or parsed.pos[verb] != "VERB":
        return None
    told = any(parsed.dep[token] == "ccomp" for token in parsed.children[verb])
    return verb if lemma_of(parsed, verb) in cues().speech and not told else None


def _has_that(parsed: Parsed, clause_head: int) -> bool:
    """Whether a clause after a noun tells its content ("the claim that X") and does not only describe it."""
    marks = [token for token in parsed.children[clause_head] if parsed.text[token].lower() == "that"]
    if any(parsed.dep[token] == "mark" or parsed.tag[token] == "IN" for token in marks):
        return True
    modal = any(parsed.tag[token] == "MD" for token in parsed.children[clause_head])
    lemma = lemma_of(parsed, clause_head)
    return bool(marks) and modal and lemma not in cues().light and lemma not in cues().speech


def noun_source(parsed: Parsed, head: int) -> tuple[int | None, int]:
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
    made = child(parsed, head, "acl")
    if made is not None and parsed.tag[made] == "VBN" and lemma_of(parsed, made) in light:
        return agent_of(parsed, made), head  # "the accusation, made by X, that"
    carried = parsed.dep[head] == "dobj" and parsed.pos[verb] == "VERB" and lemma_of(parsed, verb) in light
    if carried and not is_passive(parsed, verb):
        return subject_of(parsed, verb), min(verb, head)
    return None, head


_COPULAS = frozenset("be feel seem remain become get stay appear sound".split())


def adjective(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """The doctors are confident that X."""
    entry = cues().adjectives.get(lemma)
    be = parsed.head[head]
    if entry is None or parsed.dep[head] not in ("acomp", "conj") or lemma_of(parsed, be) not in _COPULAS:
        return
    for token in (*parsed.children[head], *parsed.children[be]):
        if token > head and (
            parsed.dep[token] == "ccomp" or (parsed.dep[token] == "xcomp" and parsed.head[token] == head)
        ):
            first = cue_range(parsed, be)[0]
            frame = "clause" if parsed.dep[token] == "ccomp" else "to"
            yield from say(
                parsed, head, frame, subject_of(parsed, be), [subtree(parsed, token)],
                span=(min(first, head), head), part="adjective", entry=entry,
            )  # fmt: skip
            return


def according(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """According to the police, X."""
    if parsed.text[head].lower() != "according":
        return
    to = preposition(parsed, head, "to") or (
        head + 1 if head + 1 < len(parsed) and parsed.text[head + 1] == "to" else None
    )
    source = object_of(parsed, to) if to is not None else None
    if to is None or source is None:
        return
    yield from _adjunct(parsed, head, "according", source, (head, to), (parsed.left[head], parsed.right[head]))


def per(parsed: Parsed, head: int, lemma: str) -> Iterator[Saying]:
    """26 dead, per the ministry; not "ten per family"."""
    source = object_of(parsed, head)
    before = parsed.text[head - 1].lower() if head else ""
    if lemma != "per" or source is None or before not in _BEFORE_PER:
        return
    if lemma_of(parsed, source) in cues().kinds or parsed.ent[source] in ("PERSON", "ORG"):
        first = head - (before == "as")
        yield from _adjunct(parsed, head, "according", source, (first, head), (first, parsed.right[head]))


_BEFORE_PER = frozenset({"", ",", "(", "as", "-", "–", "—"})


def _adjunct(parsed: Parsed, head: int, frame: str, source: int, span: Range, own: Range) -> Iterator[Saying]:
    """Content is the clause that the phrase stands in, up to the next other saying."""
    above = parsed.head[head]
    for _ in range(6):
        if parsed.pos[above] in ("VERB", "AUX") and parsed.dep[above] not in (
            "xcomp",
            "acl",
            "pcomp",
            "auxpass",
            "aux",
        ):
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
    cue = (prep, where[0] - 1)
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
