"""The open gold set: files keep to the guide, the loader says what does not, the scorer counts as it promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.gold_claims import head_words, match, score
from gold.agreement import agreement, kappa
from gold.agreement import main as print_agreement
from gold.claims import FOLDER, HALVES, GoldError, GoldText, halves, load, locate, read
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
    heads = head_words(text.article, text.claims[0].chain[1].source or Span("", 0, 1))
    assert [text.article.quote(head) for head in heads] == [source[source.index("[") + 1 : source.index("]")]]


def test_the_blind_half_is_not_shown_unasked(capsys: pytest.CaptureFixture[str]) -> None:
    assert show(["blind"]) == 2
    assert not capsys.readouterr().out


def two_readings(folder: Path, *changes: tuple[str, str]) -> tuple[GoldText, GoldText]:
    """The same text annotated twice, the second time with other words for some."""
    changed = ROW
    for old, new in changes:
        assert old in changed
        changed = changed.replace(old, new)
    return read_row(ROW, folder), read_row(changed, folder)


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ((), {}),
        (((', cue = "said", kind = "media"', ', kind = "agency"'),), {"kind of source": 3 / 5}),
        ((('{ source = "two residents", cue = "citing", kind = "witness" },', ""),), {"chain": 0.0}),
        ((('source = "two residents', 'source = "residents'),), {}),  # a link is known by its head
        ((('"certain"\nwithin', '"possible"\nwithin'),), {"certainty": 0.5}),
        ((("within = 1", ""),), {"within F1": 0.0}),
        ((('"he had said the depot was empty"', '"he had said"'),), {"claims F1": 0.5}),
    ],
)
def test_two_annotations_are_compared_as_the_scorer_compares(
    tmp_path: Path, changes: tuple[tuple[str, str], ...], wrong: dict[str, float]
) -> None:
    first, second = two_readings(tmp_path, *changes)
    rates = {rate.name: rate.value for rate in agreement([first], [second])}
    for name in ("claims F1", "chain", "stance", "certainty", "kind of source", "within F1"):
        if "claims F1" not in wrong or name == "claims F1":
            assert rates[name] == pytest.approx(wrong.get(name, 1.0)), name


def test_kappa_takes_off_what_chance_gives() -> None:
    assert kappa([("asserts", "asserts"), ("denies", "denies")]) == 1.0
    assert kappa([("asserts", "asserts"), ("asserts", "denies"), ("denies", "asserts"), ("denies", "denies")]) == 0.0
    assert kappa([("asserts", "asserts")]) == 1.0


def test_annotations_of_other_texts_are_refused(
    tmp_path: Path, row: GoldText, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(GoldError, match="the same texts"):
        agreement([row], [])
    assert print_agreement([str(tmp_path / "some.toml"), str(tmp_path / "some.toml")]) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == ["claims", "F1", "1.000", "4"]


def test_the_second_annotation_of_the_blind_half_is_no_half_and_has_its_texts() -> None:
    second = FOLDER.parent / "second" / "blind.toml"
    if "blind" not in halves() or not second.exists():
        pytest.skip("not here")
    assert [text.article for text in read(second)] == [text.article for text in load("blind")]
