"""Judgements as lines of JSON, to hand to a colleague or another archive, and back.

Ids are hashes of content: they are the same wherever the same articles are coded alike. Beside each stands what a
person, or an archive that codes otherwise, knows the record by: its article and its very words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.errors import InputError
from sayso.link.verdicts import read_code
from sayso.model import Anchor, Judgement, Verdict

SCHEMA = "sayso-judgement/1"
_VALUED = frozenset({Verdict.WRONG_CODE, Verdict.GRADE})  # right is no id
_LARGEST = 2**31 - 1  # offset that a database holds


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking words in."""

    added: int = 0
    known: int = 0  # said here before
    moved: tuple[tuple[Judgement, Judgement], ...] = ()  # as said, and on the event that has the very words here
    missing: tuple[Judgement, ...] = ()  # kept, but about records that are not here
    bad: tuple[str, ...] = ()  # "file:3: what is wrong"


def word_lines(words: Iterable[Judgement]) -> Iterator[str]:
    """One line of JSON a word."""
    return (json.dumps(_line(word), ensure_ascii=False) for word in words)


def read_lines(lines: Iterable[str], name: str) -> tuple[list[Judgement], list[str]]:
    """The words of some lines, and what is wrong with the others, each with file and line."""
    words, bad = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            words.append(_word(json.loads(line)))
        except (ValueError, RecursionError) as fault:
            bad.append(f"{name}:{number}: is not a line of JSON: {fault}")
        except InputError as fault:
            bad.append(f"{name}:{number}: {fault}")
    return words, bad


# --------------------------------------------------------------------------- out


def _line(word: Judgement) -> dict[str, Any]:
    valued = word.verdict in _VALUED
    return {
        "schema": SCHEMA,
        "left": _record(word.left, word.left_anchor),
        "verdict": word.verdict.value,
        "right": None if valued or not word.right else _record(word.right, word.right_anchor),
        "value": (word.right or None) if valued else None,
        "by": word.by,
        "at": word.at,
        "note": word.note,
        "group": word.group or None,
    }


def _record(id: str, anchor: Anchor | None) -> dict[str, Any]:
    if anchor is None:
        return {"id": id}
    span = [anchor.start, anchor.end] if anchor.end else None
    return {"id": id, "article": anchor.article, "span": span, "words": anchor.words}


# --------------------------------------------------------------------------- in


def _word(line: Any) -> Judgement:
    if not isinstance(line, dict):
        raise InputError("is not a judgement", way_out=f'an object with "schema": "{SCHEMA}"')
    if line.get("schema", SCHEMA) != SCHEMA:
        raise InputError(f"schema {line['schema']!r} is not {SCHEMA}", way_out="`sayso judgements --export` writes it")
    verdict = _verdict(line)
    left, left_anchor = _record_of(line, "left")
    right, right_anchor = ("", None)
    if verdict in _VALUED:
        right = _value(line, verdict)
    elif line.get("right") is not None or verdict is not Verdict.WITHDRAWN:
        right, right_anchor = _record_of(line, "right")
    if left == right:
        raise InputError("is about one record alone", about=left)
    return Judgement(
        left=left,
        right=right,
        verdict=verdict,
        by=_text(line, "by"),
        at=_moment(line),
        note=_text(line, "note", needed=False),
        group=_text(line, "group", needed=False),
        left_anchor=left_anchor,
        right_anchor=right_anchor,
    )


def _verdict(line: dict[str, Any]) -> Verdict:
    try:
        return Verdict(_text(line, "verdict"))
    except ValueError as cause:
        raise InputError(f"no such verdict {line['verdict']!r}", way_out="one of " + ", ".join(Verdict)) from cause


def _value(line: dict[str, Any], verdict: Verdict) -> str:
    """A code, "" where a wrong code was given no right one, or a grade."""
    text = _text(line, "value", needed=verdict is Verdict.GRADE)
    if verdict is Verdict.WRONG_CODE:
        return str(read_code(text)) if text else ""
    if len(text) != 2 or text[0] not in "ABCDEF" or text[1] not in "123456":
        raise InputError(f"{text!r} is not an Admiralty grade", way_out="A to F, then 1 to 6: B2")
    return text


def _moment(line: dict[str, Any]) -> str:
    text = _text(line, "at")
    try:
        datetime.fromisoformat(text)
    except ValueError as cause:
        raise InputError(f"at {text!r} is not a date and time", way_out="2022-01-08T10:00:00+00:00") from cause
    return text


def _record_of(line: dict[str, Any], side: str) -> tuple[str, Anchor | None]:
    given = line.get(side)
    if not isinstance(given, dict):
        raise InputError(f"{side} is missing", way_out=f'"{side}": {{"id": …}}')
    return _text(given, "id"), _anchor(given)


def _anchor(given: dict[str, Any]) -> Anchor | None:
    article, words = _text(given, "article", needed=False), _text(given, "words", needed=False)
    start, end = (0, 0) if given.get("span") is None else _span(given["span"])
    return Anchor(article, start, end, words) if article else None


def _span(given: Any) -> tuple[int, int]:
    match given:
        case [int(start), int(end)] if 0 <= start < end <= _LARGEST:
            return start, end
    raise InputError(f"span {given!r} is no stretch of text", way_out="[start, end] in characters")


def _text(given: dict[str, Any], key: str, needed: bool = True) -> str:
    """A text that every archive can hold."""
    text = given.get(key)
    if text is None and not needed:
        return ""
    if not isinstance(text, str) or (needed and not text.strip()):
        raise InputError(f"{key} is missing or is no text")
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise InputError(f"{key} holds characters that no archive can keep")
    return text
