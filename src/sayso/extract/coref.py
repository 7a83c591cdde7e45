"""Which mentions of an article are the same participant: precision first, unresolved rather than wrong.

Names join by their words, appositions and titles join what stands beside each other, described actors join where the
article speaks of one body only ("the interior ministry ... the ministry"), and pronouns go to `pronouns`.
What needs knowledge of countries ("the Kazakh president") is left to `resolve`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.extract.lexicon import is_plural, noun_at, noun_key, qualifiers, words
from sayso.model import Parsed

_SMALL = frozenset(["of", "the", "and", "for", "'s", "’s", "-", "&", "in", "de", "on"])
_NEW = frozenset(["a", "an", "another", "one", "some", "several", "many", "other", "no", "any"])
_SELF_EVIDENT = frozenset(["organization", "group", "media", "agency"])


@dataclass(frozen=True, slots=True)
class Draft:
    """An actor mention by tokens: `first` to `last`, both inclusive, and the name inside it (`end` exclusive)."""

    first: int
    last: int
    head: int
    label: str
    name: int
    end: int


@dataclass(slots=True)
class Groups:
    """Mentions joined so far: a forest over their places in the list."""

    parsed: Parsed
    drafts: list[Draft]
    above: list[int] = field(init=False)
    by_head: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        self.above = list(range(len(self.drafts)))
        self.by_head = {draft.head: place for place, draft in enumerate(self.drafts)}

    def of(self, place: int) -> int:
        """The earliest mention of a mention's group."""
        while self.above[place] != place:
            place = self.above[place]
        return place

    def join(self, left: int, right: int) -> None:
        low, high = sorted((self.of(left), self.of(right)))
        self.above[high] = low

    def join_if_one(self, place: int, candidates: list[int]) -> bool:
        """Join a mention with its candidates if they are one participant already."""
        found = {self.of(candidate) for candidate in candidates}
        if len(found) == 1:
            self.join(place, found.pop())
        return len(found) == 0 and bool(candidates)


def join_mentions(parsed: Parsed, drafts: list[Draft]) -> Groups:
    """All groups that names, apposition and description tell; pronouns stay alone."""
    groups = Groups(parsed, drafts)
    _join_same_names(groups)
    _join_shorter_names(groups, [place for place, draft in enumerate(drafts) if draft.label == "PERSON"])
    _join_organizations(groups)
    _join_neighbours(groups)
    _join_descriptions(groups)
    return groups


# --------------------------------------------------------------------------- names


def name_words(parsed: Parsed, draft: Draft) -> tuple[str, ...]:
    """The words of a name in small letters, without hyphens and quotes."""
    found = (parsed.text[token].casefold() for token in range(draft.name, draft.end))
    return tuple(word for word in found if any(char.isalnum() for char in word) and word not in ("'s", "’s"))


def _join_same_names(groups: Groups) -> None:
    first: dict[tuple[object, ...], int] = {}
    for place, draft in enumerate(groups.drafts):
        if draft.label in ("nominal", "pronoun"):
            continue
        kind = "PERSON" if draft.label == "PERSON" else ""
        groups.join(first.setdefault((kind, *name_words(groups.parsed, draft)), place), place)


def _join_shorter_names(groups: Groups, places: list[int]) -> None:
    """A surname joins the one full name before it that holds it; before any, the one after."""
    names = {place: name_words(groups.parsed, groups.drafts[place]) for place in places}
    for place in places:
        own = set(names[place])
        longer = [p for p in places if len(names[p]) > len(names[place]) and own <= set(names[p])]
        before = [p for p in longer if p < place]
        if own and longer:
            groups.join_if_one(place, before or longer)


def _join_organizations(groups: Groups) -> None:
    """Acronyms join the name they are made of; a name without its country joins the one that has it."""
    places = [place for place, draft in enumerate(groups.drafts) if draft.label == "ORG"]
    names = {place: name_words(groups.parsed, groups.drafts[place]) for place in places}
    initials: dict[str, list[int]] = {}
    for place, name in names.items():
        if len(name) > 1:
            initials.setdefault("".join(word[0] for word in name if word not in _SMALL), []).append(place)
    for place, name in names.items():
        if len(name) == 1 and len(name[0]) > 1:
            groups.join_if_one(place, [p for p in initials.get(name[0].replace(".", ""), []) if p != place])
        elif len(name) > 1:
            groups.join_if_one(
                place, [p for p in places if len(names[p]) > len(name) and names[p][-len(name) :] == name]
            )


def _join_neighbours(groups: Groups) -> None:
    """Appositions, complements of "be" and titles with a long complement belong to the name beside them."""
    parsed, drafts = groups.parsed, groups.drafts
    ends = {draft.last: place for place, draft in enumerate(drafts) if draft.label == "nominal"}
    for place, draft in enumerate(drafts):
        before = ends.get(draft.first - 1)
        if (
            before is None
            and draft.first > 3
            and parsed.text[draft.first - 1] == ")"
            and parsed.text[draft.first - 3] == "("
        ):
            before = ends.get(draft.first - 4)  # "secretary-general of the Union of Ports (UP) Jane Doe"
        if draft.label == "PERSON" and before is not None and _is_title(parsed, drafts[before]):
            groups.join(before, place)
        if parsed.dep[draft.head] == "appos":
            other = groups.by_head.get(parsed.head[draft.head])
            if other is not None and _may_be_same(parsed, drafts[other], draft):
                groups.join(other, place)
        if parsed.dep[draft.head] == "attr" and draft.label == "nominal":
            subject = _subject(parsed, parsed.head[draft.head])
            other = groups.by_head.get(subject) if subject is not None else None
            if other is not None and _may_be_same(parsed, drafts[other], draft) and drafts[other].label == "PERSON":
                groups.join(other, place)


def _is_title(parsed: Parsed, draft: Draft) -> bool:
    noun = noun_at(parsed, draft.head)
    return noun is not None and noun.kind in ("office", "person") and not is_plural(parsed, draft.head)


def _subject(parsed: Parsed, verb: int) -> int | None:
    """The subject of a clause that says what is so."""
    deps = [parsed.dep[child] for child in parsed.children[verb]]
    if "neg" in deps or parsed.lemma[verb] != "be":
        return None
    return next((child for child in parsed.children[verb] if parsed.dep[child] == "nsubj"), None)


def _may_be_same(parsed: Parsed, left: Draft, right: Draft) -> bool:
    """Whether two neighbours can be one participant: a name and a description of the same number."""
    labels = {left.label, right.label}
    if "nominal" not in labels or "pronoun" in labels or not labels & {"PERSON", "ORG", "nominal"}:
        return False
    if "PERSON" in labels:
        nominal = left if left.label == "nominal" else right
        noun = noun_at(parsed, nominal.head)
        plural = is_plural(parsed, nominal.head)
        return not plural and (noun is None or noun.kind not in ("organization", "media", "agency"))
    return is_plural(parsed, left.head) == is_plural(parsed, right.head)


# --------------------------------------------------------------------------- descriptions


@dataclass(frozen=True, slots=True)
class _Description:
    """How a described actor is described."""

    place: int
    key: str
    modifiers: frozenset[str]
    definite: bool
    new: bool  # "a man", "two men": somebody not spoken of before


def _describe(parsed: Parsed, place: int, draft: Draft) -> _Description:
    spoken = [parsed.lemma[t].casefold() for t in range(draft.first, draft.last + 1) if t != draft.head]
    modifiers = frozenset(word for word in spoken if any(char.isalnum() for char in word) and word not in _SMALL)
    before = parsed.text[draft.first - 1].lower() if draft.first else ""
    counted = any(parsed.pos[token] == "NUM" for token in range(draft.first, draft.head))
    definite = before in ("the", "this", "that", "these", "those")
    owned = draft.first > 0 and parsed.tag[draft.first - 1] == "PRP$"  # "his people" are not "the people"
    return _Description(place, noun_key(parsed, draft.head), modifiers, definite, counted or owned or before in _NEW)


def _join_descriptions(groups: Groups) -> None:
    parsed = groups.parsed
    seen: dict[str, list[_Description]] = {}
    titles = _titles(groups)
    names: dict[str, list[int]] = {}
    for place, draft in enumerate(groups.drafts):
        if draft.label == "ORG":
            names.setdefault(parsed.text[draft.end - 1].casefold(), []).append(place)
            names.setdefault(parsed.text[draft.name].casefold(), []).append(place)
    for place, draft in enumerate(groups.drafts):
        if draft.label != "nominal" or noun_key(parsed, draft.head) in words("quantity"):
            continue
        found = _describe(parsed, place, draft)
        if not found.new:
            _join_description(groups, found, seen.get(found.key, []), titles, names)
        seen.setdefault(found.key, []).append(found)


def _join_description(
    groups: Groups,
    found: _Description,
    seen: list[_Description],
    titles: list[tuple[int, frozenset[str]]],
    names: dict[str, list[int]],
) -> None:
    """Join a description with the one participant it can mean, if there is one."""
    parsed, head = groups.parsed, groups.drafts[found.place].head
    plural = is_plural(parsed, head)
    noun = noun_at(parsed, head)
    if noun is not None and noun.kind == "office":
        if found.definite and not plural:
            wanted = found.modifiers | {found.key}
            groups.join_if_one(found.place, [p for p, said in titles if wanted <= said and p < found.place])
        return
    alike = [other for other in seen if is_plural(parsed, groups.drafts[other.place].head) == plural]
    same = [other.place for other in alike if other.modifiers == found.modifiers and not other.new]
    sector = noun.sector if noun is not None else ()
    told = bool(sector) or any(word in qualifiers() for word in found.modifiers)
    evident = noun is not None and (noun.fixed or (noun.kind in _SELF_EVIDENT and told and sector != ("CVL",)))
    if sector == ("CVL",) and plural and not found.modifiers:
        return  # "the people" are other people each time
    if same and (evident or found.definite):
        groups.join_if_one(found.place, same[-1:])
    elif found.definite:
        fuller = [other.place for other in alike if found.modifiers <= other.modifiers]
        if not found.modifiers and not plural:
            fuller += [place for place in names.get(found.key, []) if place < found.place]
        groups.join_if_one(found.place, fuller)


def _titles(groups: Groups) -> list[tuple[int, frozenset[str]]]:
    """Persons with the words of the titles they carry."""
    found = []
    for place, draft in enumerate(groups.drafts):
        if draft.label != "PERSON":
            continue
        said = {noun_key(groups.parsed, token) for token in range(draft.first, draft.name)}
        said |= {groups.parsed.lemma[token].casefold() for token in range(draft.first, draft.name)}
        if said:
            found.append((place, frozenset(said)))
    for place, draft in enumerate(groups.drafts):
        if draft.label == "nominal" and groups.of(place) in {groups.of(other) for other, _ in found}:
            found.append(
                (place, _describe(groups.parsed, place, draft).modifiers | {noun_key(groups.parsed, draft.head)})
            )
    return found
