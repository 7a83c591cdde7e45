"""The API keeps to its description: requests made from it by the thousand, valid and not, by schemathesis.

Whatever is sent to be added gets a process of its own, as it should, but one that says at once that it is done: the
parser would be loaded hundreds of times else. What becomes of articles that are sent is told in `test_rest_import`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from schemathesis.engine import events, from_schema

from sayso.config import Config
from sayso.serve.app import make_app
from sayso.serve.imports import Imports
from tests.serve.small import small_archive

SETTINGS: dict[str, Any] = {
    "seed": 1,
    "generation": {"max-examples": 4, "database": "none"},
    # All checks are on. Guessed links between operations are off: it takes `copies` for what `/articles/{id}/copies`
    # creates, and then finds its own guess invalid. The links that the description states are followed.
    # The desk has no accounts, so that a wrong token beside the right signature counts for nothing; `test_rest_access`
    # asks one that has.
    "checks": {"ignored_auth": {"enabled": False}},
    "phases": {"stateful": {"inference": {"algorithms": []}, "generation": {"max-examples": 5}}},
}


class Quick(Imports):
    """Its processes add nothing."""

    def command(self) -> list[str]:
        return ["/bin/sh", "-c", 'cat >/dev/null; echo \'{"stage": "done"}\'']


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    db: Path = small_archive(tmp_path_factory.mktemp("contract") / "small.db")
    made = make_app(Config(db=str(db), analyst="ana"))
    made.state.imports = Quick(Config(db=str(db)))
    return made


@pytest.fixture(scope="module")
def told(app: FastAPI) -> tuple[list[str], Counter[tuple[str, int]]]:
    """What schemathesis finds wrong, and how often each operation answered with each status."""
    _give_examples(app)
    settings = schemathesis.Config.from_dict({**SETTINGS, "headers": _signed(app)})
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=settings)
    faults: list[str] = []
    answers: Counter[tuple[str, int]] = Counter()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            faults += _faults(event)
            for id, seen in event.recorder.interactions.items():
                operation = event.recorder.cases[id].value.operation.label
                answers[operation, seen.response.status_code if seen.response else 0] += 1
        elif isinstance(event, events.NonFatalError):
            faults.append(f"{event.label}: {event.value}")
        elif isinstance(event, events.FatalError):
            faults.append(str(event.exception))
    return faults, answers


def _give_examples(app: FastAPI) -> None:
    """A statement that can be made of the records that are there, so that one is kept and taken back."""
    event = TestClient(app).get("/api/v1/events?type=ASSAULT").json()["items"][0]["id"]
    statement = {"what": event, "verdict": "wrong-code", "others": ["COERCE"], "note": "a measure of the state"}
    body = app.state.description["paths"]["/api/v1/judgements"]["post"]["requestBody"]
    body["content"]["application/json"]["examples"] = {"wrong code": {"value": statement}}
    source = TestClient(app).get("/api/v1/sources").json()["items"][0]["name"]
    body = app.state.description["paths"]["/api/v1/grades"]["post"]["requestBody"]
    body["content"]["application/json"]["examples"] = {"a source": {"value": {"of": source, "grade": "B2"}}}


def _signed(app: FastAPI) -> dict[str, str]:
    """What writing needs without a token: the cookie of a browser and what /csrf gives it."""
    client = TestClient(app)
    signature = client.get("/csrf").json()["csrf"]
    return {"X-CSRF": signature, "Cookie": "; ".join(f"{name}={held}" for name, held in client.cookies.items())}


def _faults(event: events.ScenarioFinished) -> list[str]:
    return [
        f"{event.recorder.label}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
        for checks in event.recorder.checks.values()
        for check in checks
        if check.failure_info
    ]


def test_no_answer_is_other_than_described(told: tuple[list[str], Counter[tuple[str, int]]]) -> None:
    faults, _ = told
    assert not faults, "\n\n".join(faults[:10])


def test_every_operation_was_asked_and_answered(app: FastAPI, told: tuple[list[str], Counter[tuple[str, int]]]) -> None:
    _, answers = told
    done = {operation for operation, status in answers if status < 300}
    wanted = {
        f"{method.upper()} {path}"
        for path, operations in app.state.description["paths"].items()
        for method in operations
    }
    assert wanted - done <= {"GET /api/v1/origins/{id}"}, answers  # no list tells it the id of an origin
    assert sum(answers.values()) > 1_000
