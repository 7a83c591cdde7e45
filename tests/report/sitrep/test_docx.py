"""A report as a text document, read back by python-docx."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from sayso.errors import ConfigError
from sayso.report.sitrep import make_report, render
from tests.report.sitrep.archives import FIELDS, hostile, shooting


def read(data: bytes) -> Any:
    return Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def made() -> Any:
    return read(render(make_report(hostile()), "docx"))


def text(document: Any) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def test_a_document_tells_what_the_record_tells() -> None:
    told = text(read(render(make_report(shooting()), "docx")))
    assert "Told by\t3 articles of 3 outlets go back to 3 independent origins and tell 1 incident [1]–[3]" in told
    assert "Vell. “Soldiers shot at marchers in Vell on that day, killing 3 people.” [1] 015cb113" in told
    assert "disagrees: 5 (“5 people”): Northern Post (own voice) [3]" in told


def test_headings_are_headings(made: Any) -> None:
    report = make_report(hostile())
    found = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Heading 1"]
    assert found == [*(section.title for section in report.sections), "Articles cited"]
    assert [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "Title"] == [report.title]


def test_every_reference_leads_to_a_bookmark(made: Any) -> None:
    body = made.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert marks == [f"article_{number}" for number in range(1, len(FIELDS) + 1)]
    assert set(anchors) == set(marks) and len(anchors) > 30
    assert not [rel for rel in made.part.rels.values() if rel.is_external]


def test_pictures_have_words_for_those_who_cannot_see_them(made: Any) -> None:
    told = [shape._inline.docPr.get("descr").split()[0] for shape in made.inline_shapes]
    assert told == ["Map", "Timeline"]
    assert all(shape.width.mm == pytest.approx(162, abs=1) for shape in made.inline_shapes)


def test_properties_say_what_it_is(made: Any) -> None:
    about = made.core_properties
    assert (about.title, about.author, about.language) == ("Situation report", "sayso", "en")


def test_hostile_words_are_only_words(made: Any) -> None:
    told = text(made)
    assert "<script>alert('x')</script>" in told and "שלום עולם" in told
    assert "\x00" not in told and "\u202e" not in told


def test_a_users_document_lends_styles_and_head(tmp_path: Path) -> None:
    own = Document()
    own.add_paragraph("Ministry of Examples")
    own.styles["Heading 1"].font.name = "Courier New"
    own.save(str(tmp_path / "own.docx"))
    made = read(render(make_report(shooting()), "docx", tmp_path / "own.docx"))
    assert made.paragraphs[0].text == "Ministry of Examples"
    assert made.styles["Heading 1"].font.name == "Courier New"


@pytest.mark.parametrize("data", [None, b"not a document", b"PK\x03\x04cut"])
def test_a_broken_document_is_told_in_one_line(tmp_path: Path, data: bytes | None) -> None:
    own = tmp_path / "own.docx"
    if data is not None:
        own.write_bytes(data)
    with pytest.raises(ConfigError, match=r"own\.docx: is") as told:
        render(make_report(shooting()), "docx", own)
    assert "\n" not in str(told.value) and "--template" in str(told.value)
