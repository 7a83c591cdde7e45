"""Actor and place mentions: what is marked, where it begins and ends, who is who."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.extract.labels import find_labels
from sayso.extract.mentions import find_mentions
from sayso.knowledge import table
from sayso.model import Article, Mention, Parsed
from sayso.ports import Candidate
from sayso.resolve.actors import resolve_actors

Parse = Callable[..., Parsed]
MARKED = re.compile(r"\[([^\]]+)\]")


def shown(parsed: Parsed, kind: str, *, pronouns: bool = False) -> list[str]:
    found = (mention for mention in find_mentions(parsed) if mention.kind == kind)
    return [parsed.article.quote(m.span) for m in found if pronouns or m.label != "pronoun"]


@pytest.mark.parametrize(
    "marked",
    [
        "[Kazakh President Aidos Serikbay] met [Russian Prime Minister Oleg Vostrov] on Friday.",
        "The [police] fired at [protesters].",
        "The [interior ministry] said [26 people] had died.",
        'The [ministry] said [26 "armed criminals"] had been killed.',
        "A [hospital worker] counted the dead.",
        "[Security forces] who arrived on Monday detained [witnesses].",
        "[Residents of Almaty] stayed at home.",
        "[Russia] sent [paratroopers].",
        "[Dozens of soldiers] moved forward.",
    ],
)
def test_actor_spans_leave_determiners_and_clauses_out(parse: Parse, marked: str) -> None:
    text = MARKED.sub(r"\1", marked)
    assert shown(parse(text), "actor") == MARKED.findall(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "[Russia] sent troops to [Kazakhstan].",
        "Shots were heard in [Almaty], [Kazakhstan].",
        "[Kazakhstan]'s foreign minister left.",
    ],
)
def test_each_toponym_is_a_place(parse: Parse, marked: str) -> None:
    assert shown(parse(MARKED.sub(r"\1", marked)), "place") == MARKED.findall(marked)


@pytest.mark.parametrize(
    "opening", ["Shymkent, 6 January (SNA) - ", "SHYMKENT, Jan. 6 (SNA) — ", "Shymkent (SNA): ", "SHYMKENT — "]
)
def test_the_dateline_is_a_place_and_no_actor(parse: Parse, opening: str) -> None:
    parsed = parse(opening + "Police dispersed a crowd near the station on Thursday.")
    assert shown(parsed, "place")[0].casefold() == "shymkent"
    assert "Shymkent" not in [name.title() for name in shown(parsed, "actor")]


def groups(parsed: Parsed) -> list[set[str]]:
    """The mentions of each actor that has several, as written, lower case."""
    found: dict[int, list[str]] = {}
    for mention in find_mentions(parsed):
        if mention.kind == "actor":
            found.setdefault(mention.group, []).append(parsed.article.quote(mention.span).lower())
    return [set(texts) for texts in found.values() if len(texts) > 1]


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("President Anna Orlova spoke. Orlova blamed the army.", {"president anna orlova", "orlova"}),
        ("Anna Orlova said that she had resigned.", {"anna orlova", "she"}),
        ("President Anna Orlova arrived. The president said nothing.", {"president anna orlova", "president"}),
        ("The interior ministry denied it. The ministry gave no toll.", {"interior ministry", "ministry"}),
        ("Viktor Baran, a police spokesman, denied it.", {"viktor baran", "police spokesman"}),
        ("Police came. Police left.", {"police"}),
    ],
)
def test_one_participant_shares_a_number(parse: Parse, text: str, same: set[str]) -> None:
    assert same in groups(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "Anna Orlova said that Maria Koval had won. She was tired.",
        "Viktor Baran spoke. Viktor Melnik spoke. Viktor left.",
        "A man was shot. A man was hanged.",
        "Three people died in the north. Nine people died in the south.",
        "President Anna Orlova met President Ivan Melnik. The president smiled.",
    ],
)
def test_what_stays_open_is_not_joined(parse: Parse, text: str) -> None:
    last = max((m for m in find_mentions(parse(text)) if m.kind == "actor"), key=lambda mention: mention.span)
    assert [m for m in find_mentions(parse(text)) if m.group == last.group and m.kind == "actor"] == [last]


def test_example_sentences_of_the_table_name_an_actor(parse: Parse) -> None:
    sentences = [sentence for row in table("actors.toml")["noun"] for sentence in row["examples"]]
    silent = [sentence for sentence in sentences if not shown(parse(sentence), "actor")]
    assert not silent


@pytest.mark.parametrize(
    "text", ["", " \n\n ", "“", "The", "''''", "(", "NUR — ", "of of of", "他说", "🙂 said 🙂", "He."]
)
def test_odd_texts_are_read_without_complaint(parse: Parse, text: str) -> None:
    parsed = parse(text)
    assert all(isinstance(mention, Mention) for mention in find_mentions(parsed))


DEPS = ["nsubj", "dobj", "pobj", "prep", "compound", "amod", "appos", "conj", "poss", "ROOT", "attr", "ccomp", "punct"]
WORDS = [
    "Police",
    "minister",
    "of",
    "-",
    '"',
    "he",
    "they",
    "Orlova",
    "said",
    "(",
    "dozens",
    "secretary",
    "be",
    "26",
    "the",
]
LABELS = ["", "PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "DATE"]


@st.composite
def broken_parses(draw: st.DrawFn) -> Parsed:
    """Any words under any tree: what a parser might answer on its worst day."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=12))
    size = len(words)
    text = " ".join(words)
    starts = [sum(len(word) + 1 for word in words[:place]) for place in range(size)]
    pick = st.sampled_from

    def column(*values: str) -> tuple[str, ...]:
        return tuple(draw(st.lists(pick(values), min_size=size, max_size=size)))

    heads = tuple(draw(st.integers(0, size - 1)) for _ in range(size))
    return Parsed(
        article=Article(text),
        text=tuple(words),
        lemma=tuple(word.lower() for word in words),
        pos=column("NOUN", "PROPN", "PRON", "VERB", "ADP", "PUNCT", "NUM", "DET"),
        tag=column("NN", "NNS", "NNP", "PRP$", "POS", "IN", "CD"),
        dep=column(*DEPS),
        head=heads,
        start=tuple(starts),
        end=tuple(start + len(word) for start, word in zip(starts, words, strict=True)),
        ent=column(*LABELS),
        ent_start=tuple(draw(st.booleans()) for _ in range(size)),
        sents=((0, size),) if size else (),
    )


class NoPlaces:
    """A gazetteer without an entry."""

    name = "none"

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        return ()

    def country(self, name: str) -> str | None:
        return None

    def capital_of(self, name: str) -> str | None:
        return None


@given(broken_parses())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_parse_is_too_broken(parsed: Parsed) -> None:
    mentions = find_mentions(parsed)
    for mention in mentions:
        assert parsed.article.quote(mention.span)
        assert 0 <= mention.head < len(parsed)
    for label in find_labels(parsed, mentions, ()):
        assert parsed.article.quote(label.span)
    actors = resolve_actors(parsed, mentions, NoPlaces())
    spoken = {mention.group for mention in mentions if mention.kind == "actor" and mention.label != "pronoun"}
    assert len(actors) == len(spoken)


def test_a_text_may_begin_with_a_hyphen(parse: Callable[..., Parsed]) -> None:
    for text in ("- police the", "-police left"):
        parsed = parse(text)
        assert all(parsed.article.quote(mention.span) for mention in find_mentions(parsed))
