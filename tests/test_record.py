"""An analysis record validates, and read back it is the analysis it was."""

from __future__ import annotations

import json
from collections.abc import Callable

import jsonschema
import pytest
from hypothesis import given, settings

from sayso.errors import InputError
from sayso.model import Analysis, Link, Parsed, SourceKind, claim_id
from sayso.pipeline import analyse
from sayso.record import from_json, to_json
from sayso.record_schema import schema
from sayso.resolve.gazetteer import open_gazetteer
from tests.builders import before, witnessed
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


def test_a_credited_agency_without_words_keeps_its_id_and_its_place_in_the_chain() -> None:
    analysis = witnessed()
    back = from_json(json.loads(json.dumps(to_json(analysis))))
    assert back == analysis
    agency = next(actor for actor in back.actors if not actor.spans)
    assert all(claim.chain[0] == Link(agency.id, SourceKind.AGENCY, None, None) for claim in back.claims)


def test_no_claim_changes_its_id_for_a_credit() -> None:
    for claim in witnessed().claims:
        assert claim.id == claim_id(claim.content, claim.chain) == claim_id(claim.content, claim.chain[1:])


def test_a_line_from_before_hedges_and_observations_is_read() -> None:
    line = before(to_json(witnessed()))
    VALIDATOR.validate(line)
    back = from_json(line)
    assert back.observations == ()
    assert [(one.hedge, one.negation, one.within) for one in back.claims] == [(None, None, None)] * 2
    assert [one.id for one in back.claims] == [one.id for one in witnessed().claims]


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
