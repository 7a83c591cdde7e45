"""Who could be the source of a word of saying: subjects, possessors, agents, those it is "according to"."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.clauses import SUBJECTS, agent_of, antecedent, is_passive, own_subject, subject_of
from sayso.model import Parsed

_PREPOSITIONS = frozenset("to from by of in among for with on at between".split())
_NAMING = frozenset({"compound", "amod", "nmod"})
_DESCRIBED = frozenset({"relcl", "acl", "appos", "amod"})
_NAMED = frozenset({"PERSON", "ORG", "NORP", "GPE"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_CLIMBS = 4
_NEAR = 12  # tokens


def voices_of(parsed: Parsed, head: int) -> list[tuple[str, int]]:
    """(relation, token) of everybody who could speak here, the nearest relations first; each token once."""
    found: dict[int, str] = {}
    for relation, token in (*_own(parsed, head), *_above(parsed, head), *_near(parsed, head)):
        if token is None or parsed.pos[token] in ("PUNCT", "SPACE"):
            continue
        if parsed.tag[token] in ("WP", "WDT"):
            token = next((at for at in range(token - 1, max(-1, token - 4), -1) if parsed.pos[at] in _NOUNS), token)
        found.setdefault(token, relation)
    return [(relation, token) for token, relation in found.items()]


def _own(parsed: Parsed, head: int) -> Iterator[tuple[str, int | None]]:
    """What hangs on the word itself."""
    if parsed.pos[head] in ("VERB", "AUX"):
        passive = is_passive(parsed, head)
        yield "passive subject" if passive else "subject", own_subject(parsed, head)
        yield "agent", agent_of(parsed, head)
        yield "shared", subject_of(parsed, head)
    for kid in parsed.children[head]:
        relation = parsed.dep[kid]
        if relation == "poss":
            yield "possessor", kid
        elif relation in SUBJECTS:
            yield "subject", antecedent(parsed, head, kid)
        elif relation in ("prep", "agent", "dative") and parsed.text[kid].lower() in _PREPOSITIONS:
            for governed in parsed.children[kid]:
                if parsed.dep[governed] == "pobj":
                    yield f"prep {parsed.text[kid].lower()}", governed
        elif relation in ("dobj", "dative", "attr") and kid > head:
            yield "after", kid
        elif relation in _NAMING:
            yield "naming", kid


def _above(parsed: Parsed, head: int) -> Iterator[tuple[str, int | None]]:
    """What the word hangs on, and the subjects there."""
    node = head
    for climb in range(1, _CLIMBS + 1):
        above = parsed.head[node]
        if above == node:
            return
        if parsed.dep[node] in _DESCRIBED and parsed.pos[above] in ("NOUN", "PROPN", "PRON"):
            yield "described", above
        for kid in parsed.children[above]:
            relation = parsed.dep[kid]
            if kid == node:
                continue
            if relation in SUBJECTS:
                yield f"above {climb}", antecedent(parsed, above, kid)
            elif relation == "poss" and climb == 1:
                yield "possessor above", kid
            elif relation == "agent" and climb == 1:
                yield "agent above", next((one for one in parsed.children[kid] if parsed.dep[one] == "pobj"), None)
        node = above


def _near(parsed: Parsed, head: int) -> Iterator[tuple[str, int | None]]:
    """The next names and pronouns on either side, for where the parser lost the subject."""
    first, last = parsed.sents[parsed.sent[head]]
    for relation, tokens in (
        ("near after", range(head + 1, min(last, head + _NEAR))),
        ("near before", range(head - 1, max(first, head - _NEAR) - 1, -1)),
    ):
        for token in tokens:
            named = parsed.ent[token] in _NAMED and parsed.dep[token] != "compound"
            if named or (parsed.pos[token] == "PRON" and parsed.dep[token] == "nsubj"):
                yield relation, token
                break
