"""The open gold set of events: files keep to the codebook, the loader says what does not, the scorer counts right."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from eval.gold_events import actors_agree, match, score
from gold.claims import GoldError
from gold.event_agreement import agreement, codings
from gold.event_agreement import main as print_agreement
from gold.events import PARTS, SECOND, CodedText, files, load, read
from sayso.model import MODES, EventType, Status

ROW = '''
[[text]]
id = "e1-s-001"
register = "agency"
invented = true
text = """Rebels shelled the port of Dorva on Friday and police in Lunt arrested two dockers, a pilot said."""
events = [
  { trigger = "shelled", type = "ASSAULT", mode = "heavy-weapons", status = "occurred", \
actors = ["Rebels | - | REB"], recipients = ["the port of Dorva | - | -"], time = "on Friday" },
  { trigger = "arrested", type = "COERCE", mode = "arrest", status = "occurred", \
actors = ["police in Lunt | - | COP"], recipients = ["two dockers | - | LAB"], place = "Lunt" },
]
tolls = [{ words = "two dockers", harm = "arrested", low = 2, high = 2, event = 2 }]
claims = [{ chain = ["a pilot | witness | said"], \
content = "Rebels shelled the port of Dorva on Friday", stance = "asserts" }]
'''


def read_row(row: str, folder: Path) -> CodedText:
    (folder / "some.toml").write_text(row, "utf-8")
    return read(folder / "some.toml")[0]


@pytest.mark.parametrize("written", ['"2022-01-07"', "2022-01-07"], ids=["quoted", "bare"])
def test_a_date_may_stand_without_quotes(tmp_path: Path, written: str) -> None:
    row = ROW.replace('register = "agency"', f'register = "agency"\npublished = {written}')
    assert read_row(row, tmp_path).article.published == "2022-01-07"


@pytest.mark.parametrize("part", PARTS)
def test_a_part_keeps_to_the_codebook(part: str) -> None:
    texts = load(part)
    assert texts and all(text.article.lang == "en" for text in texts)


def test_every_type_mode_and_status_is_there_twice_and_more() -> None:
    events = [event for part in ("train", "test") for text in load(part) for event in text.events]
    codes = Counter((event.type, event.mode) for event in events)
    assert {event.type for event in events} == set(EventType)
    assert all(codes[EventType(kind), mode] >= 2 for kind, modes in MODES.items() for mode in modes)
    assert all(count > 50 for count in Counter(event.status for event in events).values())
    assert {event.status for event in events} == set(Status)


def test_it_is_as_large_as_the_datasheet_says() -> None:
    texts = [text for part in ("train", "test") for text in load(part)]
    sentences = [text for text in texts if text.is_sentence]
    assert len(sentences) >= 1500 and len(texts) - len(sentences) >= 60
    assert 0.2 < sum(not text.events for text in sentences) / len(sentences) < 0.3


def test_no_two_texts_are_alike() -> None:
    owner: dict[tuple[str, ...], str] = {}
    for text in (text for part in PARTS for text in load(part)):
        words = re.findall(r"\w+", text.article.text.lower())
        for at in range(len(words) - 9):
            other = owner.setdefault(tuple(words[at : at + 10]), text.id)
            assert other == text.id, f"{text.id} and {other} share ten words in a row"


@pytest.mark.parametrize(
    "path", [path for part in ("train", "test") for path in files(part)], ids=lambda path: path.name
)
def test_every_text_was_coded_twice(path: Path) -> None:
    assert len(list(codings(path))) == len(read(path))


def test_two_coders_agree_well_beyond_chance() -> None:
    rows = {name: value for name, value, _ in agreement([both for path in files("test") for both in codings(path)])}
    assert rows["events F1 (type and actors)"] > 0.8 and rows["status, kappa"] > 0.8


def test_an_event_is_right_with_its_type_and_actors(tmp_path: Path) -> None:
    text = read_row(ROW, tmp_path)
    shelled, arrested = text.events
    rates = score([text], [[shelled, arrested]])
    assert rates["events"]["F"] == rates["status"]["R"] == 1.0
    swapped = read_row(ROW.replace('actors = ["Rebels | - | REB"]', "actors = []"), tmp_path).events
    assert not actors_agree(text, shelled, swapped[0])
    rates = score([text], [swapped])
    assert (rates["types"]["F"], rates["events"]["F"]) == (1.0, 0.5)
    assert len(match(text, [arrested])) == 1


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ('trigger = "bombed"', 'trigger = "shelled"', "does not stand in the text"),
        ('mode = "curfew"', 'mode = "heavy-weapons"', "has no mode"),
        ('status = "done"', 'status = "occurred"', "is none of"),
        ('"Rebels | REB"', '"Rebels | - | REB"', "words | country | sector"),
        ('"Rebels | - | RBL"', '"Rebels | - | REB"', "is no sector"),
        ("event = 3", "event = 2", "event one of the events"),
    ],
)
def test_a_fault_is_named_with_its_text(tmp_path: Path, wrong: str, right: str, message: str) -> None:
    assert right in ROW
    with pytest.raises(GoldError, match=r"some.toml: e1-s-001") as fault:
        read_row(ROW.replace(right, wrong, 1), tmp_path)
    assert message in str(fault.value)


def test_agreement_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    path = files("train")[0]
    assert print_agreement([str(path)]) == 0
    assert "status, kappa" in capsys.readouterr().out
    assert (SECOND / path.name).is_file()
