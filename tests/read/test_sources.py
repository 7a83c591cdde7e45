"""From what the user names to articles: kinds told by content, folders in order, every failure one reject."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read import read_sources
from sayso.read.sources import read_stream

STORY = "Shops along the quay stayed shut on Saturday, traders said. Nobody was hurt in the fire, they added."
RECORD = {"id": "q1", "title": "Fair opens", "text": STORY, "outlet": "Quayside Post", "published": "2021-03-11"}


def read(*sources: object, config: Config | None = None) -> list[Article | Rejected]:
    return list(read_sources(map(str, sources), config or Config()))


def reasons(found: list[Article | Rejected]) -> list[str]:
    return [item.reason if isinstance(item, Rejected) else "article" for item in found]


def test_plain_text_stays_as_it_is_but_for_mark_and_line_ends(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbf" + f"Fair opens early\r\n\r\n  {STORY}\r\n".encode())
    (found,) = read(file)
    assert isinstance(found, Article)
    assert found.text == f"Fair opens early\n\n  {STORY}\n"
    assert found.title == "Fair opens early"
    assert found.lang == "en"
    assert found.origin == str(file)
    assert found.published is None  # the file's own time is no evidence


def test_json_lines_keep_their_text_character_for_character(tmp_path: Path) -> None:
    text = "  Two  blanks,\ttab,\r\n“quotes” and a soft\u00adhyphen.  "
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": text}) + "\n\n" + json.dumps(RECORD) + "\n", "utf-8")
    first, second = read(file)
    assert isinstance(first, Article) and isinstance(second, Article)
    assert first.text == text
    assert first.title is None
    assert second.id == "q1"
    assert second.text == f"Fair opens\n\n{STORY}"
    assert second.text[second.body :] == STORY
    assert (second.outlet, second.published, second.origin) == ("Quayside Post", "2021-03-11", f"{file}:3")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (
            {
                "maintext": STORY, "title": "Fair", "date_publish": "2021-03-11 07:00:00",
                "source_domain": "post.example",
                "authors": ["Jane Roe"], "language": "en", "url": "https://post.example/a", "filename": "a.json",
            },
            ("Fair", "post.example", ("Jane Roe",), "2021-03-11T07:00:00", "https://post.example/a"),
        ),
        (
            {
                "body": STORY, "title": "Fair", "dateTime": "2021-03-11T07:00:00Z", "lang": "eng", "uri": "77",
                "source": {"uri": "post.example", "title": "Quayside Post"}, "authors": [{"name": "Jane Roe"}],
            },
            ("Fair", "Quayside Post", ("Jane Roe",), "2021-03-11T07:00:00Z", None),
        ),
        (
            {"event_text": STORY, "headline": "Fair", "pub_date": "2021-03-11", "publisher": "Quayside Post"},
            ("Fair", "Quayside Post", (), "2021-03-11", None),
        ),
        (
            {
                "content": STORY, "headline": "Fair", "author": "By Jane Roe",
                "link": "https://www.post.example/2021/03/11/fair",
            },
            ("Fair", "post.example", ("Jane Roe",), "2021-03-11", "https://www.post.example/2021/03/11/fair"),
        ),
    ],
    ids=["news-please", "event registry", "ngec", "plain crawler"],
)  # fmt: skip
def test_field_names_of_common_crawlers(
    tmp_path: Path, record: dict[str, object], expected: tuple[object, ...]
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(record), "utf-8")
    (found,) = read(file)
    assert isinstance(found, Article)
    assert (found.title, found.outlet, found.byline, found.published, found.url) == expected
    assert found.lang == "en"


def test_a_broken_line_costs_itself_alone(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    lines = [
        json.dumps(RECORD),
        '{"text": "cut',
        "[1, 2]",
        '{"id": 4}',
        '{"text": 7}',
        "{" * 50_000,
        json.dumps(RECORD),
    ]
    file.write_text("\n".join(lines), "utf-8")
    found = read(file)
    assert reasons(found) == ["article", "broken JSON", "not a record", "no text", "no text", "broken JSON", "article"]
    assert found[1].origin == f"{file}:2"


def test_a_long_line_is_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": "x" * 900_000}) + "\n" + json.dumps(RECORD), "utf-8")
    assert reasons(read(file, config=replace(Config(), max_chars=1000))) == ["too long", "article"]


def test_lone_surrogates_and_nul_are_replaced_one_for_one(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"text": "a\\ud800b\\u0000c, said Jane"}', "utf-8")
    (found,) = read(file)
    assert isinstance(found, Article)
    assert found.text == "a\ufffdb\ufffdc, said Jane"


def test_json_files_hold_one_record_or_a_list(tmp_path: Path) -> None:
    one, many, lines = tmp_path / "1.json", tmp_path / "2.json", tmp_path / "3.json"
    one.write_text(json.dumps(RECORD, indent=1), "utf-8")
    many.write_text(json.dumps({"articles": [RECORD, {"n": 1}]}), "utf-8")
    lines.write_text(json.dumps(RECORD) + "\n" + json.dumps(RECORD), "utf-8")
    assert reasons(read(one, many, lines)) == ["article", "article", "no text", "article", "article"]


def test_a_json_feed_is_a_list_of_records(tmp_path: Path) -> None:
    item = {"id": "7", "url": "https://post.example/7", "title": "Fair", "content_html": "<p>Shops <b>shut</b>.</p>"}
    file = tmp_path / "feed"
    file.write_text(
        json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Post", "items": [item]}), "utf-8"
    )
    (found,) = read(file)
    assert isinstance(found, Article)
    assert (found.id, found.text, found.origin) == ("7", "Fair\n\nShops shut.", f"{file}:1#1")


def test_gzip_is_undone_whatever_is_inside(tmp_path: Path) -> None:
    text, rows = tmp_path / "a.txt.gz", tmp_path / "b.jsonl.gz"
    text.write_bytes(gzip.compress(STORY.encode()))
    rows.write_bytes(gzip.compress((json.dumps(RECORD) + "\n").encode()))
    assert reasons(read(text, rows)) == ["article", "article"]


def test_what_is_whole_in_a_cut_gzip_is_read(tmp_path: Path) -> None:
    rows = "".join(json.dumps({"text": f"{STORY} {number} {os.urandom(200).hex()}"}) + "\n" for number in range(300))
    file = tmp_path / "b.jsonl.gz"
    file.write_bytes(gzip.compress(rows.encode())[:-40])
    found = reasons(read(file))
    assert found[:-1] == ["article"] * (len(found) - 1)
    assert len(found) > 250
    assert found[-1] in ("cut off", "broken JSON")


def test_folders_are_read_in_order_and_say_what_they_left(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/d.txt", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text(STORY, "utf-8")
    found = read(tmp_path)
    assert [os.path.relpath(str(item.origin), tmp_path) for item in found] == [
        "a.txt",
        "b/d.txt",
        "c.txt",
        "picture.png",
    ]
    assert reasons(found) == ["article", "article", "article", "unknown kind"]


def test_a_folder_that_leads_back_to_itself_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert reasons(read(tmp_path)) == ["article", "folder loop"]


def test_patterns_and_what_they_do_not_match(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.md"):
        (tmp_path / name).write_text(STORY, "utf-8")
    assert [Path(str(item.origin)).name for item in read(tmp_path / "*.txt")] == ["a.txt", "b.txt"]
    assert reasons(read(tmp_path / "*.pdf")) == ["not found"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO((json.dumps(RECORD) + "\n").encode())

    monkeypatch.setattr(sys, "stdin", Stdin())
    (found,) = read("-")
    assert isinstance(found, Article)
    assert found.origin == "-:1"


def test_files_that_cannot_be_read_do_not_stop_the_rest(tmp_path: Path) -> None:
    good, gone, link = tmp_path / "good.txt", tmp_path / "gone.txt", tmp_path / "dangling.txt"
    good.write_text(STORY, "utf-8")
    link.symlink_to(gone)
    assert reasons(read(gone, link, "a\0b", "", good)) == [
        "not found",
        "not found",
        "not found",
        "not found",
        "article",
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_a_reject(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, "utf-8")
    file.chmod(0)
    assert reasons(read(file)) == ["not readable"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"-- ** --", "empty"),
        (bytes(range(256)) * 20, "not text"),
        (b"\x89PNG\r\n\x1a\n" + os.urandom(3000), "not text"),
        (STORY.encode() * 3 + "ж".encode()[:1], "article"),  # half a character at the end
        (("Kinder spielten am Hafen, später fuhren Busse. " * 3).encode("cp1252"), "article"),
        (("Магазины на набережной были закрыты. " * 3).encode("cp1251"), "article"),
        (("Магазины на набережной были закрыты. " * 3).encode("koi8-r"), "article"),
        (STORY.encode("utf-16"), "article"),
        (b"\x1f\x8b", "cut off"),
    ],
)
def test_bytes_of_all_kinds(data: bytes, expected: str) -> None:
    assert reasons(list(read_stream(io.BytesIO(data), "x.txt", Config()))) == [expected]


@pytest.mark.parametrize("coding", ["cp1251", "koi8-r", "utf-16", "utf-8"])
def test_cyrillic_is_told_from_its_bytes(coding: str) -> None:
    text = "Магазины на набережной были закрыты, сообщили торговцы. " * 3
    (found,) = read_stream(io.BytesIO(text.encode(coding)), "x.txt", Config())
    assert isinstance(found, Article)
    assert found.text == text
    assert found.lang == "ru"


def test_fifty_megabytes_on_one_line_are_refused_after_a_few() -> None:
    class Endless(io.RawIOBase):
        given = 0

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: object) -> int:
            view = memoryview(buffer)  # type: ignore[arg-type]
            view[:] = b"x" * len(view)
            self.given += len(view)
            return len(view) if self.given < 60_000_000 else 0

    stream = Endless()
    assert reasons(list(read_stream(stream, "x.txt", Config()))) == ["too long"]  # type: ignore[arg-type]
    assert stream.given < 6_000_000


@pytest.mark.parametrize(
    ("given", "text", "lang"),
    [
        ("fr", STORY, "fr"),  # given wins
        ("English", "kurz", "en"),
        ("xx", STORY, "en"),  # no language: the text decides
        (None, "Fair opens", None),  # too short to tell
    ],
)
def test_language(tmp_path: Path, given: str | None, text: str, lang: str | None) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": text, "lang": given}), "utf-8")
    (found,) = read(file)
    assert isinstance(found, Article)
    assert found.lang == lang


def test_the_same_source_gives_the_same_ids(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(STORY, "utf-8")
    make: Callable[[], list[Article | Rejected]] = lambda: read(file)  # noqa: E731
    assert make() == make()
