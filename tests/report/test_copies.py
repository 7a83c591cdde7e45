"""Copies as people read them: rows with what changed, the difference word for word, sentence beside sentence."""

from __future__ import annotations

from dataclasses import replace

from sayso.link.copies import copy_of
from sayso.model import Analysis, Article, Copy, Links
from sayso.report import copies
from sayso.report.archive import Archive
from sayso.report.show import show
from tests.link.test_changes import REPORT

EARLY = Article(f"Fire\n\n{REPORT}", title="Fire", outlet="Tern News Agency", published="2021-05-03", id="a" * 16)


def archive_with(text: str) -> tuple[Archive, Copy]:
    late = Article(f"Blaze\n\n{text}", title="Blaze", outlet="Bay Post", published="2021-05-04", id="b" * 16)
    found = copy_of(EARLY, late)
    assert found is not None
    return Archive([Analysis(EARLY), Analysis(late)], Links((found,), (), (), ())), found


ALTERED = REPORT.replace("at least 12", "30").replace(", according to the harbour master", "")


def test_a_row_counts_what_changed() -> None:
    archive, found = archive_with(ALTERED)
    (row,) = copies.copies(archive)
    assert row.changed == "1 number, 1 qualifier, 1 source"
    assert row.id == copies.copy_id(found)
    assert ("number", "12", "30") in [(change.kind, change.before, change.after) for change in row.changes]


def test_the_difference_shows_what_is_gone_and_what_is_new() -> None:
    archive, found = archive_with(ALTERED)
    told = "\n".join(copies.lines(archive, found))
    assert "killing [-at least 12-] {+30+} people" in told
    assert "[-Quay, according to the harbour master.-] {+Quay.+}" in told
    assert "qualifier" in told and "“12” → “30”" in told
    assert "published" in told and "Tern News Agency" in told


def test_unchanged_stretches_are_shortened_and_paragraphs_kept() -> None:
    late = replace(EARLY, text=EARLY.text.replace("two engines", "three engines"), id="c")
    lines = copies.difference(EARLY, late)
    assert len(lines) == 1 and lines[0].startswith("…") and "[-two-] {+three+} engines" in lines[0]
    assert copies.difference(EARLY, replace(EARLY, id="c")) != [] and "[-" not in copies.difference(EARLY, EARLY)[0]


def test_a_copy_is_found_by_its_own_id_and_by_either_article() -> None:
    archive, found = archive_with(ALTERED)
    assert all(copies.copies_of(archive, id) == [found] for id in (copies.copy_id(found)[:6], "aaaa", "bbbb"))
    assert copies.copies_of(archive, "f00") == []


def test_show_gives_the_whole_record() -> None:
    archive, found = archive_with(ALTERED)
    record, lines = show(archive, "copy", copies.copy_id(found))
    assert len(record["changes"]) == 3 and record["changes"][0]["before"]["article"] == EARLY.id
    assert lines == list(copies.lines(archive, found))
