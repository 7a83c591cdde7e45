"""The open gold set: files keep to the guide, the loader says what does not, the scorer counts as it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gold_claims import head_words, match, score
from gold.claims import HALVES, GoldError, GoldText, halves, load, locate, read
from gold.show import main as show
from sayso.model import Analysis, Claim, Link, SourceKind, Span

ROW = '''
[[text]]
id = "d-s-001"
kind = "sentence"
register = "agency"
invented = true
text = """The channel, citing two residents, said he had said the depot was empty."""

[[text.claim]]
chain = [
  { source = "The channel", cue = "said", kind = "media" },
  { source = "two residents", cue = "citing", kind = "witness" },
]
content = ["he had said the depot was empty"]
mode = "indirect"
stance = "asserts"
certainty = "certain"

[[text.claim]]
chain = [
  { source = "The channel", cue = "said", kind = "media" },
  { source = "two residents", cue = "citing", kind = "witness" },
  { source = "he", cue = "said#2", kind = "person" },
]
content = ["the depot was empty"]
mode = "indirect"
stance = "asserts"
certainty = "certain"
within = 1
'''


@pytest.fixture
def row(tmp_path: Path) -> GoldText:
    return read_row(ROW, tmp_path)


def read_row(row: str, folder: Path) -> GoldText:
    (folder / "some.toml").write_text(row, "utf-8")
    return read(folder / "some.toml")[0]


@pytest.mark.parametrize("half", HALVES)
def test_a_half_keeps_to_the_guide(half: str) -> None:
    if half not in halves():
        pytest.skip(f"{half} is not here")
    texts = load(half)
    assert all(text.id.startswith(half[0]) for text in texts)
    if halves() == HALVES:
        assert sum(text.kind == "sentence" for text in texts) >= 75
        assert sum(text.kind == "article" for text in texts) >= 10


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("he", "[he] then"),
        ("he#2", "he then said [he] left"),
        ("the#2", "the other, [the] last"),
        ("“Go,”", "[“Go,”] he"),
    ],
)
def test_words_are_found_whole_and_counted(words: str, place: str) -> None:
    text = place.replace("[", "").replace("]", "")
    assert locate(words, text) == (place.index("["), place.index("]") - 1)


def test_offsets_of_a_titled_article_are_in_its_whole_text(tmp_path: Path) -> None:
    row = ROW.replace("d-s", "d-a").replace('"sentence"', '"article"\noutlet = "The Post"\ntitle = "Depot empty"')
    text = read_row(row, tmp_path)
    assert text.article.text.startswith("Depot empty\n\nThe channel")
    assert text.article.quote(text.claims[0].content[0]) == "he had said the depot was empty"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('source = "he"', 'source = "she"', "not in the text: 'she'"),
        ('"said#2"', '"said#3"', "not in the text: 'said#3'"),
        ('"asserts"', '"claims"', "unknown stance 'claims'"),
        ('"witness"', '"onlooker"', "unknown sourcekind 'onlooker'"),
        ("within = 1", "within = 3", "within 3 is out of range"),
        ("within = 1", "within = 2", "within 2 is out of range"),
        ('mode = "indirect"', "", "'mode' is missing"),
        ("invented = true", "invented = true\nnote = 1", "unknown key 'note'"),
        ('content = ["the depot was empty"]', 'content = ["empty", "the depot"]', "out of order"),
        ('kind = "sentence"', 'kind = "article"', "do not fit"),
        ('"indirect"', "indirect", "some.toml: Invalid value"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_text(tmp_path: Path, right: str, wrong: str, message: str) -> None:
    assert right in ROW
    with pytest.raises(GoldError) as caught:
        read_row(ROW.replace(right, wrong), tmp_path)
    assert message in str(caught.value) and "some.toml" in str(caught.value)
    assert "d-s-001" in str(caught.value) or "Invalid value" in message


def predicted(text: GoldText, depth: int) -> Claim:
    """A gold claim handed back as a prediction, with only the first links of its chain."""
    gold = text.claims[1]
    chain = tuple(Link(None, link.kind or SourceKind.PERSON, link.source, link.cue) for link in gold.chain[:depth])
    credit = Link(None, SourceKind.AGENCY, None, None)
    return Claim(f"c{depth}", (credit, *chain), gold.content, gold.mode, gold.stance, gold.certainty)


def test_of_equal_contents_the_longer_shared_chain_is_taken_and_credits_do_not_count(row: GoldText) -> None:
    analysis = Analysis(row.article, claims=(predicted(row, 1), predicted(row, 3), predicted(row, 2)))
    assert [(pair.number, pair.claim.id) for pair in match(row, analysis)] == [(0, "c2"), (1, "c3")]
    rates = score([row], [analysis])
    assert rates["claims"]["P"] == pytest.approx(2 / 3) and rates["claims"]["R"] == 1.0
    assert rates["chain"]["R"] == rates["chain of found"]["R"] == 1.0
    assert rates["long chain"]["gold"] == 2


def test_a_chain_cut_short_is_wrong(row: GoldText) -> None:
    rates = score([row], [Analysis(row.article, claims=(predicted(row, 2),))])
    assert rates["claims"]["right"] == rates["chain of found"]["gold"] == 1
    assert rates["chain"]["right"] == 0


@pytest.mark.parametrize(
    "source",
    ["the mayor's [spokesman] for roads", "two [residents]", "[Ministry] of the Interior", "[people] who left", "[He]"],
)
def test_a_source_is_known_by_its_head(tmp_path: Path, source: str) -> None:
    plain = source.replace("[", "").replace("]", "")
    text = read_row(ROW.replace("two residents", plain), tmp_path)
    heads = head_words(text, text.claims[0].chain[1].source or Span("", 0, 1))
    assert [text.article.quote(head) for head in heads] == [source[source.index("[") + 1 : source.index("]")]]


def test_the_blind_half_is_not_shown_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    assert show(["blind"]) == 2
    assert not capsys.readouterr().out
