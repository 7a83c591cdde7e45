"""What the words of a phrase say about an actor: kind and PLOVER sectors, from `data/actors.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sayso.knowledge import table
from sayso.model import Parsed
from sayso.text import fold

_OVERRIDING = frozenset(["REB", "OPP", "PRM", "UAF", "CRM"])  # "rebel soldiers", "opposition officials"


@dataclass(frozen=True, slots=True)
class Role:
    """What an actor is said to be."""

    kind: str
    sector: tuple[str, ...]
    country: str | None = None
    key: str = ""  # the noun, singular
    qualifiers: tuple[str, ...] = ()  # words before or after it that say of what
    plural: bool = False
    single: bool = False  # one person: "a gunman", not "a crowd"
    words: str = ""  # as written


@lru_cache(maxsize=1)
def _known_names() -> Mapping[str, Role]:
    found: dict[str, Role] = {}
    data = table("actors.toml")
    for row in data["name"]:
        role = Role(row["kind"], tuple(row["sector"]), row["country"])
        found.update({fold(name): role for line in row["names"].split("\n") for name in line.split("|") if name})
    for row in data["agency"]:
        role = Role("agency", ("JRN",), row["country"])
        found.update({fold(name): role for name in row["names"].split("|")})
    for name in data["outlet"]["names"].replace("\n", "|").split("|"):
        found[fold(name)] = Role("media", ("JRN",))
    return found


@lru_cache(maxsize=16_384)
def known_name(text: str) -> Role | None:
    """A body whose name is known: the United Nations, a news agency, an armed group. Short acronyms keep their case."""
    name = text.strip(" \"'“”‘’()").removesuffix("'s").removesuffix("’s")
    folded = fold(name).removeprefix("the ")
    found = _known_names().get(folded)
    if found is not None and len(folded) <= 4 and not any(char.isupper() for char in name[1:]) and name != "dpa":
        return None
    if found is None and " " in folded and folded.rsplit(" ", 1)[1] in _outlet_words() and name[:1].isupper():
        return Role("media", ("JRN",))
    return found


@lru_cache(maxsize=1)
def _outlet_words() -> frozenset[str]:
    return frozenset(table("actors.toml")["outlet"]["last"].split())


@lru_cache(maxsize=1)
def _nouns() -> Mapping[str, Mapping[str, Any]]:
    return {word: row for row in table("actors.toml")["noun"] if "needs" not in row for word in row["words"].split()}


@lru_cache(maxsize=1)
def _needy_nouns() -> Mapping[tuple[str, str], Mapping[str, Any]]:
    rows = [row for row in table("actors.toml")["noun"] if "needs" in row]
    return {(word, row["needs"]): row for row in rows for word in row["words"].split()}


@lru_cache(maxsize=1)
def _ambiguous() -> frozenset[str]:
    return frozenset(word for word, _ in _needy_nouns())


@lru_cache(maxsize=1)
def _qualifiers() -> Mapping[str, str]:
    return {word: row["sector"] for row in table("actors.toml")["qualifier"] for word in row["words"].split()}


@lru_cache(maxsize=1)
def _limited() -> Mapping[str, frozenset[str]]:
    """Qualifiers that go with some kinds of nouns only."""
    rows = [row for row in table("actors.toml")["qualifier"] if "kinds" in row]
    return {word: frozenset(row["kinds"]) for row in rows for word in row["words"].split()}


@lru_cache(maxsize=1)
def _faceless() -> frozenset[str]:
    return frozenset(table("actors.toml")["words"]["faceless"].split())


@lru_cache(maxsize=1)
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((p, tuple(row["sector"])) for row in table("actors.toml")["phrase"] for p in row["phrases"].split("|"))


@lru_cache(maxsize=1)
def _former() -> frozenset[str]:
    return frozenset(table("actors.toml")["former"]["words"].split())


@lru_cache(maxsize=1)
def before_title() -> frozenset[str]:
    """Prepositions that may stand at the head of what was read as a title."""
    return frozenset(table("actors.toml")["words"]["before_title"].split())


@lru_cache(maxsize=16_384)
def _singular(lemma: str, text: str) -> str:
    """The noun under which a word is listed, or the lemma."""
    for word in (lemma, text):
        several = word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") else ""
        for form in (word, several, word[:-2] + "an" if word.endswith("men") else ""):
            if form in _nouns():
                return form
    return lemma


def role_of(parsed: Parsed, tokens: range, head: int | None = None) -> Role | None:
    """What a phrase says its bearer is, or None where no word in it is known.

    The noun is the head where it is given and known; else what is counted ("dozens of soldiers"), else the last known
    noun before "of" or "for".
    """
    cut = next((t for t in tokens if parsed.text[t].lower() in ("of", "for", "to") and t > tokens.start), tokens.stop)
    found = _noun_in(parsed, range(tokens.start, cut), head)
    if found is None or _is_quantity(parsed, found):
        found = _noun_in(parsed, range(min(cut + 1, tokens.stop), tokens.stop), None) or found
    words = [parsed.text[token].lower() for token in tokens]
    sector = _phrase_sector(" ".join(words))
    written = parsed.article.text[parsed.start[tokens.start] : parsed.end[tokens.stop - 1]] if tokens else ""
    if found is None:
        return Role("organization", sector, words=written) if sector else None
    key = _singular_at(parsed, found)
    row = _row(parsed, found)
    others = tuple(
        word
        for token, word in zip(tokens, words, strict=True)
        if token != found and word in _qualifiers() and row["kind"] in _limited().get(word, (row["kind"],))
    )
    plural = parsed.tag[found] in ("NNS", "NNPS") or (
        key.endswith("man") and parsed.text[found].lower().endswith("men")
    )
    own = _combined_sector(row, key, others, words)
    return Role(
        kind=row["kind"],
        sector=own if not sector or "ELI" in own else sector,
        key=key,
        qualifiers=others,
        plural=plural or key in ("people", "staff", "personnel"),
        single=not plural and key not in _faceless(),
        words=written,
    )


def noun_kind(parsed: Parsed, token: int) -> str | None:
    """The kind of actor the noun at a token stands for, or None."""
    row = _row_or_none(parsed, token)
    return row["kind"] if row is not None else None


def _noun_in(parsed: Parsed, tokens: range, head: int | None) -> int | None:
    if (
        head is not None
        and head + 2 in tokens
        and "-" in _singular_at(parsed, head + 2)
        and _row_or_none(parsed, head + 2)
    ):
        return head + 2  # "secretary-general", cut in three by the parser
    if head is not None and head in tokens and _row_or_none(parsed, head) is not None:
        return head
    return next((token for token in reversed(tokens) if _row_or_none(parsed, token) is not None), None)


def _is_quantity(parsed: Parsed, token: int) -> bool:
    return parsed.lemma[token].lower() in ("dozen", "number", "group", "handful", "crowd", "couple", "score", "member")


def _singular_at(parsed: Parsed, token: int) -> str:
    lemma, text = parsed.lemma[token].lower(), parsed.text[token].lower()
    if token > 1 and parsed.text[token - 1] == "-" and f"{parsed.text[token - 2].lower()}-{lemma}" in _nouns():
        return f"{parsed.text[token - 2].lower()}-{lemma}"
    return _singular(lemma, text)


def _row_or_none(parsed: Parsed, token: int) -> Mapping[str, Any] | None:
    if parsed.pos[token] not in ("NOUN", "PROPN", "ADJ"):
        return None
    key = _singular_at(parsed, token)
    if key in _nouns() and key not in _ambiguous():
        return _nouns()[key]
    for before in range(max(0, token - 2), token):
        found = _needy_nouns().get((key, _qualifiers().get(parsed.text[before].lower(), "")))
        if found is not None:
            return found
    return _nouns().get(key)


def _row(parsed: Parsed, token: int) -> Mapping[str, Any]:
    row = _row_or_none(parsed, token)
    assert row is not None
    return row


def _phrase_sector(text: str) -> tuple[str, ...]:
    return next((sector for phrase, sector in _phrases() if phrase in text), ())


def _combined_sector(row: Mapping[str, Any], key: str, others: tuple[str, ...], words: list[str]) -> tuple[str, ...]:
    """The noun's sector, changed or filled by its qualifiers; former officials are the elite's."""
    told = _unique(*(_qualifiers()[word] for word in others))
    own = tuple(row["sector"])
    over = tuple(sector for sector in told if sector in _OVERRIDING)
    if over:
        return over[:2]
    if row.get("open") and told:
        sector = told[:2]
    elif row["kind"] in ("office", "organization") and own:
        sector = _unique(*own, *told)[:2]
    else:
        sector = own or told[:2]
    if row["kind"] == "office" and words and (words[0] in _former() or key.startswith("ex-")):
        return ("ELI",)
    return sector


def _unique(*sectors: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sectors))
