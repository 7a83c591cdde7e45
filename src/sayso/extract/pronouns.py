"""Who he, she and they are: the nearest subject that fits, or nobody."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.extract.coref import Groups
from sayso.extract.lexicon import is_plural, noun_at, words
from sayso.model import Parsed

_FEMALE = frozenset(["she", "her", "hers", "herself"])
_MALE = frozenset(["he", "him", "his", "himself"])
_MARKS = frozenset(["“", "”", "«", "»", '"', "``", "''"])
_SINGULAR = frozenset(["person", "office", "witness", "anonymous", "group"])


def join_pronouns(groups: Groups) -> None:
    """Join each pronoun with its antecedent where one is left; others stay alone."""
    parsed = groups.parsed
    quoted = quoted_tokens(parsed)
    genders: dict[int, str] = {}
    for place, draft in enumerate(groups.drafts):
        gender = _said_gender(parsed, draft.first, draft.last)
        if gender and draft.label != "pronoun":
            genders[groups.of(place)] = gender
    for place, draft in enumerate(groups.drafts):
        if draft.label != "pronoun":
            continue
        text = parsed.text[draft.head].lower()
        gender = "f" if text in _FEMALE else "m" if text in _MALE else ""
        found = _antecedent(groups, place, gender, genders, quoted)
        if found is not None:
            if gender:
                genders.setdefault(groups.of(found), gender)
            groups.join(found, place)


def quoted_tokens(parsed: Parsed) -> list[int]:
    """For each token the number of the quotation it stands in, 0 outside; a blank line closes an open one."""
    if not _MARKS.intersection(parsed.text):
        return [0] * len(parsed)
    found, inside, number, end = [], False, 0, 0
    text = parsed.article.text
    for token in range(len(parsed)):
        if inside and "\n" in text[end : parsed.start[token]]:
            inside = False
        end = parsed.end[token]
        mark = parsed.text[token]
        if mark in ("“", "«") or (mark in ('"', "``", "''") and not inside):
            inside, number = True, number + 1
        elif mark in ("”", "»", '"', "''"):
            inside = False
        found.append(number if inside else 0)
    return found


def _said_gender(parsed: Parsed, first: int, last: int) -> str:
    for token in range(first, last + 1):
        word = parsed.lemma[token].lower().rstrip(".")
        if word in words("female"):
            return "f"
        if word in words("male"):
            return "m"
    return ""


def _antecedent(groups: Groups, place: int, gender: str, genders: dict[int, str], quoted: list[int]) -> int | None:
    """The mention a pronoun goes back to: a subject above it, the last sentence's subject, or the only candidate."""
    head = groups.drafts[place].head
    sentence = groups.parsed.sent[head]

    def fits(other: int | None) -> bool:
        if other is None or groups.drafts[other].head >= head or quoted[groups.drafts[other].head] != quoted[head]:
            return False
        known = genders.get(groups.of(other), gender)
        return _is_plural_actor(groups, other) if not gender else _is_person(groups, other) and known == gender

    near = [p for p in _just_before(groups, place, sentence - 1) if fits(p)]
    earlier = [p for p in near if groups.parsed.sent[groups.drafts[p].head] == sentence]
    for subject in _subjects_above(groups.parsed, head):
        other = groups.by_head.get(subject)
        if other is not None and fits(other):
            between = {groups.of(p) for p in earlier if p > other}
            return other if between <= {groups.of(other)} else None
    if not earlier and groups.parsed.dep[head] in ("nsubj", "nsubjpass", "poss"):
        main = _main_subject(groups.parsed, sentence - 1)
        other = groups.by_head.get(main) if main is not None else None
        if other is not None and fits(other):
            return other if _is_only_subject(groups, other, near) else None
    return near[0] if gender and len({groups.of(p) for p in near}) == 1 else None


def _just_before(groups: Groups, place: int, sentence: int) -> list[int]:
    """The mentions before a place that stand in this sentence or a later one, in order."""
    near: list[int] = []
    for other in range(place - 1, -1, -1):
        draft = groups.drafts[other]
        if groups.parsed.sent[draft.head] >= sentence:
            near.append(other)
        elif groups.parsed.sent[draft.last] < sentence:
            break  # mentions stand in the order of the text
    return near[::-1]


def _is_only_subject(groups: Groups, place: int, near: list[int]) -> bool:
    """Whether no other candidate is a subject too: after "a spokesman said Orlov had met him", "he" is open."""
    others = {groups.of(p) for p in near if groups.parsed.dep[groups.drafts[p].head] in ("nsubj", "nsubjpass")}
    return others <= {groups.of(place)}


def _is_person(groups: Groups, place: int) -> bool:
    draft = groups.drafts[place]
    if draft.label == "PERSON":
        return True
    if draft.label == "pronoun":
        return groups.parsed.text[draft.head].lower() in _FEMALE | _MALE
    noun = noun_at(groups.parsed, draft.head) if draft.label == "nominal" else None
    return noun is not None and noun.kind in _SINGULAR and not is_plural(groups.parsed, draft.head)


def _is_plural_actor(groups: Groups, place: int) -> bool:
    draft = groups.drafts[place]
    if draft.label == "pronoun":
        return groups.parsed.text[draft.head].lower() in ("they", "them", "their")
    return draft.label in ("nominal", "NORP") and is_plural(groups.parsed, draft.head)


def _subjects_above(parsed: Parsed, head: int) -> Iterator[int]:
    """Subjects of the clauses above a pronoun, nearest first; the subject of its own verb only for a possessive."""
    own = parsed.dep[head] != "poss"  # "Ivanov met his aide", but in "Ivanov met him" he is somebody else
    is_object = own and parsed.dep[head] not in ("nsubj", "nsubjpass")
    node = head
    for _ in range(12):
        above = parsed.head[node]
        if above == node:
            return
        verb = parsed.pos[above] in ("VERB", "AUX")
        if verb and not own:
            yield from (c for c in parsed.children[above] if parsed.dep[c] in ("nsubj", "nsubjpass") and c != node)
        if verb:
            own = is_object and parsed.dep[above] in ("conj", "xcomp")
        node = above


def _main_subject(parsed: Parsed, sentence: int) -> int | None:
    """The subject of a sentence's main verb."""
    if sentence < 0:
        return None
    for token in range(*parsed.sents[sentence]):
        if parsed.head[token] == token:
            return next((c for c in parsed.children[token] if parsed.dep[c] in ("nsubj", "nsubjpass")), None)
    return None
