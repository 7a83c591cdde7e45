"""The parser's promises: exact offsets, one root a sentence, each distinct sentence parsed once."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.model import Article, Parsed
from sayso.parse.spacy_parser import SpacyParser, parse_sentences

WIRE = "Soldiers   fired into the air\tnear the port. Two men were hurt.\n\nALMATY POLICE DETAINED TWO MEN ON FRIDAY."


def test_tokens_quote_the_article_exactly(parse: Callable[[str], Parsed]) -> None:
    parsed = parse(WIRE)
    for text, start, end in zip(parsed.text, parsed.start, parsed.end, strict=True):
        assert WIRE[start:end] == text
    assert [WIRE[parsed.start[a] : parsed.end[b - 1]][:8] for a, b in parsed.sents] == [
        "Soldiers",
        "Two men ",
        "ALMATY P",
    ]


def test_capitals_are_parsed_in_normal_case(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("POLICE DETAINED TWO MEN ON FRIDAY.")
    assert parsed.lemma[1] == "detain" and parsed.pos[1] == "VERB"
    assert parsed.text[1] == "DETAINED"


def test_each_sentence_has_one_root_and_heads_inside_it(parse: Callable[[str], Parsed]) -> None:
    parsed = parse(WIRE)
    for first, last in parsed.sents:
        roots = [token for token in range(first, last) if parsed.head[token] == token]
        assert len(roots) == 1
        assert all(first <= parsed.head[token] < last for token in range(first, last))
        assert parsed.left[roots[0]] == first and parsed.right[roots[0]] == last - 1


def test_identical_sentences_are_parsed_once() -> None:
    parser = SpacyParser()
    asked: list[str] = []

    def run(missing: object) -> list[object]:
        asked.extend(missing)  # type: ignore[arg-type]
        return parse_sentences(parser.pipeline, missing)  # type: ignore[arg-type,return-value]

    copy = [Article("The port is closed. Two men were hurt.", url=str(n)) for n in range(3)]
    first = parser.parse_batch(copy, run)  # type: ignore[arg-type]
    second = parser.parse_batch([Article("Two men were hurt. The rest fled.")], run)  # type: ignore[arg-type]
    assert asked == ["The port is closed.", "Two men were hurt.", "The rest fled."]
    assert [one.lemma for one in first] == [first[0].lemma] * 3
    assert second[0].lemma[: len(second[0].lemma)] == (*first[0].lemma[5:], *second[0].lemma[5:])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=120))
def test_any_text_is_parsed_with_exact_offsets(parse: Callable[[str], Parsed], text: str) -> None:
    parsed = parse(text)
    assert all(parsed.article.text[a:b] == t for t, a, b in zip(parsed.text, parsed.start, parsed.end, strict=True))
