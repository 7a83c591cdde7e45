"""An analysis record validates, and read back it is the analysis it was."""

from __future__ import annotations

import json
from collections.abc import Callable

import jsonschema
import pytest
from hypothesis import given, settings

from sayso.errors import InputError
from sayso.model import Analysis, Parsed
from sayso.pipeline import analyse
from sayso.record import from_json, to_json
from sayso.record_schema import schema
from sayso.resolve.gazetteer import open_gazetteer
from tests.strategies import analyses

VALIDATOR = jsonschema.Draft202012Validator(schema())

REPORT = (
    "ALMATY, 7 January 2022 (Invented News) - The interior ministry said on Friday that 26 “armed criminals” had been "
    "killed and 18 injured in the unrest. Channel Nine, citing residents, reported that soldiers had fired at "
    "protesters near Republic Square. The mayor denied that anybody had been shot.\n\n"
    "“We saw trucks,” a shopkeeper told the channel. At least three people were detained."
)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@settings(max_examples=60, deadline=None)
@given(analyses())
def test_records_validate_and_come_back_equal(analysis: Analysis) -> None:
    line = json.loads(json.dumps(to_json(analysis)))
    VALIDATOR.validate(line)
    assert from_json(line) == analysis


def test_a_coded_report_validates_and_comes_back_equal(parse: Callable[..., Parsed]) -> None:
    analysis = analyse(parse(REPORT, published="2022-01-07", lang="en"), open_gazetteer())
    line = json.loads(json.dumps(to_json(analysis)))
    VALIDATOR.validate(line)
    assert to_json(from_json(line)) == line
    assert line["claims"] and line["events"] and line["tolls"] and line["places"] and line["times"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({}, "schema is None"),
        ({"schema": "sayso/9"}, "schema is 'sayso/9'"),
        ({"schema": "sayso/1", "article": {"id": "x"}}, "is not an analysis record"),
    ],
)
def test_what_is_no_record_is_named(line: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        from_json(line, "file.jsonl:3")
