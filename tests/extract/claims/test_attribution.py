"""What attribution promises: the claims of marked sentences, and on any text spans that hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sayso.extract.claims.attribution import find_claims
from sayso.extract.claims.observations import find_observations
from sayso.extract.mentions import find_mentions
from sayso.knowledge import table
from sayso.model import ClaimDraft, Parsed
from tests.extract.claims.marks import Told, agrees, read_cases, read_mark, show

FILES = ("claims.txt", "manner.txt", "echoes.txt", "quoting.txt")
CASES = [case for name in FILES for case in read_cases(Path(__file__).with_name(name))]
EXAMPLES = [
    example
    for part in ("verb", "noun", "adjective")
    for entry in table("cues.toml")[part]
    for example in entry["examples"]
]


@pytest.mark.parametrize(("text", "marked"), CASES, ids=[text[:50] for text, _ in CASES])
def test_marked_claims(parse: Callable[[str], Parsed], text: str, marked: list[Told]) -> None:
    parsed = parse(text)
    found = [show(parsed.article, claim) for claim in find_claims(parsed, find_mentions(parsed))]
    for told in marked:
        assert any(agrees(told, one) for one in found), f"{told}\nnot among\n" + "\n".join(map(str, found))
    assert len(found) == len(marked), "\n".join(map(str, found))


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_table_is_found(parse: Callable[[str], Parsed], example: str) -> None:
    """The example sentences beside the cues hold what they mark; source and content at least overlap."""
    marked = example.replace("]", ":any]")
    text, told = read_mark(marked)
    assert told is not None
    parsed = parse(text)
    source, content = told.chain[0][0] or "", told.content[0]
    found = [show(parsed.article, claim) for claim in find_claims(parsed, find_mentions(parsed))]
    assert any(
        (one.chain and (one.chain[-1][0] or "").startswith(source.removesuffix("'s").removesuffix("'")[:4]))
        and content in " ".join(one.content) + " "
        for one in found
    ), found


@pytest.mark.parametrize("example", table("cues.toml")["sieve"]["examples"])
def test_what_the_table_calls_no_claim_is_none(parse: Callable[[str], Parsed], example: str) -> None:
    assert not find_claims(parse(example))


def check(parsed: Parsed, claims: tuple[ClaimDraft, ...]) -> None:
    """What holds of the claims of any text."""
    article = parsed.article
    for claim in claims:
        assert claim.chain
        assert claim.content
        for span in claim.content:
            assert article.quote(span).strip()
            for link in claim.chain:
                assert link.source is None or not link.source.overlaps(span)
                assert link.cue is None or not link.cue.overlaps(span)
        for extra in (claim.addressee, claim.channel, claim.time, claim.hedge, claim.negation):
            assert extra is None or article.quote(extra)
    for place, inner in enumerate(claims):
        if inner.within is None:
            continue
        outer, cue = claims[inner.within], inner.chain[-1].cue
        assert inner.within != place
        assert cue is None or any(span.covers(cue) for span in outer.content)
        sources = [(one.source, two.source) for one in outer.chain for two in inner.chain]
        assert any(one == two or (one and two and one.overlaps(two)) for one, two in sources)


PIECES = st.sampled_from(
    "said that \" “ ” ‘ ’ ' '' « » „ “ : , . ? ! — the minister police told Reuters quoted witnesses as saying "
    "according to killed were people he added citing officials \n it's workers' and allegedly claim of in was not "
    "never may but though through it which spoke saw our reporter dismissed told by to leave or".split(" ")
)


@given(words=st.lists(PIECES, max_size=40))
@example(words=["minister", "and", "told", "said", "said", "said"])
@example(words=["said", "said", "said", "that"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_claims_that_hold(parse: Callable[[str], Parsed], words: list[str]) -> None:
    parsed = parse(" ".join(words))
    claims = find_claims(parsed, find_mentions(parsed))
    check(parsed, claims)
    for seen in find_observations(parsed, claims):
        assert parsed.article.quote(seen.content).strip()


@given(st.text(alphabet="ab \"'“”‘’«»„.,:\n—é中😀", max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_characters_give_claims_that_hold(parse: Callable[[str], Parsed], text: str) -> None:
    parsed = parse(text)
    check(parsed, find_claims(parsed, find_mentions(parsed)))


def test_an_inner_claim_carries_the_links_of_the_outer(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("The agency said the minister had told reporters that police believed the bomb was home-made.")
    claims = find_claims(parsed, find_mentions(parsed))
    check(parsed, claims)
    assert max(len(claim.chain) for claim in claims) == 3


def test_what_the_same_source_adds_came_the_same_way(parse: Callable[[str], Parsed]) -> None:
    """A sentence that goes on with "he added" after an agency quoted him keeps the agency."""
    parsed = parse(
        "The TASS news agency quoted a guard as saying the gate was shut. He added that shots had been fired."
    )
    chains = [
        [parsed.article.quote(link.source) for link in claim.chain if link.source]
        for claim in find_claims(parsed, find_mentions(parsed))
    ]
    assert chains == [["The TASS news agency", "a guard"], ["The TASS news agency", "He"]]


def test_words_that_only_name_a_topic_are_said_in_the_next_sentence(parse: Callable[[str], Parsed]) -> None:
    """A spokesman passes on that somebody spoke of a thing; what "he" then hopes came through the spokesman too."""
    text = "The spokesman said that the envoy spoke about the crisis. He expressed his hope that calm would return."
    parsed = parse(text)
    claims = find_claims(parsed, find_mentions(parsed))
    hope = next(claim for claim in claims if "calm would return" in parsed.article.quote(claim.content[0]))
    assert [parsed.article.quote(link.source) for link in hope.chain if link.source] == ["The spokesman", "He"]


def test_same_article_same_claims(parse: Callable[[str], Parsed]) -> None:
    parsed = parse("Police said, “Go home.” The mayor said they would.")
    assert find_claims(parsed, find_mentions(parsed)) == find_claims(parsed, find_mentions(parsed))


@pytest.mark.parametrize("text", table("echoes.toml")["verbs"]["examples"])
def test_what_is_said_again_has_the_content_of_what_was_said(parse: Callable[[str], Parsed], text: str) -> None:
    """The examples of `echoes.toml`: two claims of two sources have one content."""
    content = text[text.index("{") + 1 : text.index("}")]
    parsed = parse(text.replace("{", "").replace("}", ""))
    claims = find_claims(parsed, find_mentions(parsed))
    said = [" ".join(parsed.article.quote(piece) for piece in claim.content).strip(" ,.") for claim in claims]
    assert said == [content, content]


@pytest.mark.parametrize("example", table("speakers.toml")["speakers"]["examples"])
def test_a_quotation_that_nobody_says_goes_to_who_acts_beside_it(parse: Callable[[str], Parsed], example: str) -> None:
    """The examples of `speakers.toml`: one claim, of who is marked."""
    text = example.translate(str.maketrans("", "", "[]{}"))
    parsed = parse(text)
    told = [show(parsed.article, claim) for claim in find_claims(parsed, find_mentions(parsed))]
    source, content = (example[example.index(a) + 1 : example.index(b)] for a, b in ("[]", "{}"))
    assert [(one.chain[0][0], one.content) for one in told] == [(source, [content])]
