"""The API where there are accounts: who comes in, what each role may do, and how a refusal is told to programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.config import Config
from sayso.serve.app import make_app
from sayso.serve.limits import READING
from tests.serve.visitors import account, come_in, guarded, signing, visitor

TOKENS = {role: f"sayso_invented-{role}" for role in ("read", "judge", "add")}
SAID = {"what": "ffff0000ffff0000", "verdict": "wrong-code"}
WRITES = {"judgements": ("judge", SAID), "grades": ("judge", {"of": "Nobody", "grade": "B2"}),
          "articles": ("add", [])}  # fmt: skip


@pytest.fixture
def program(tmp_path: Path) -> Iterator[TestClient]:
    people = [account(name, name, token=token) for name, token in TOKENS.items()]
    with visitor(guarded(tmp_path / "desk.db", *people)) as client:
        yield client


def by(role: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {TOKENS[role]}"}


def check_problem(answer: Any, status: int, kind: str) -> None:
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (answer.json()["status"], answer.json()["type"]) == (status, f"/api#{kind}")
    assert answer.json()["instance"] == answer.request.url.path


def test_without_a_token_programs_are_told_what_is_needed(program: TestClient) -> None:
    for path in ("incidents", "health", "openapi.json", "imports"):
        answer = program.get(f"/api/v1/{path}")
        check_problem(answer, 401, "not-signed-in")
        assert answer.headers["www-authenticate"] == "Bearer"
    check_problem(program.post("/api/v1/judgements", json=SAID), 401, "not-signed-in")
    wrong = program.get("/api/v1/incidents", headers={"Authorization": "Bearer sayso_wrong"})
    check_problem(wrong, 401, "not-signed-in")
    assert "invalid_token" in wrong.headers["www-authenticate"]


@pytest.mark.parametrize("role", TOKENS)
@pytest.mark.parametrize("path", WRITES)
def test_a_role_writes_what_it_may_and_nothing_else(program: TestClient, role: str, path: str) -> None:
    needed, body = WRITES[path]
    answer = program.post(f"/api/v1/{path}", json=body, headers=by(role))
    if role == needed:
        assert answer.status_code in (404, 422)  # let in, and told that what is said cannot be
    else:
        check_problem(answer, 403, "not-allowed")


def test_imports_are_told_to_those_who_add(program: TestClient) -> None:
    assert program.get("/api/v1/imports", headers=by("add")).status_code == 200
    check_problem(program.get("/api/v1/imports", headers=by("judge")), 403, "not-allowed")


def test_a_judgement_by_token_bears_the_name_of_its_account(tmp_path: Path, own_db: Path) -> None:
    client = visitor(guarded(own_db, account("ana", "judge", token=TOKENS["judge"])), headers=by("judge"))
    event = client.get("/api/v1/events?type=ASSAULT&limit=1").json()["items"][0]["id"]
    said = client.post("/api/v1/judgements", json={"what": event, "verdict": "wrong-code", "others": ["COERCE"]})
    assert (said.status_code, said.json()["by"]) == (201, "ana")
    last = client.app.state.audit.recent(1)[0]  # type: ignore[attr-defined]
    assert (last.who, last.what, last.about["status"]) == ("ana", "POST /api/v1/judgements", 201)


def test_people_who_logged_in_write_with_the_signature_of_csrf_alone(program: TestClient) -> None:
    come_in(program, "judge")
    check_problem(program.post("/api/v1/judgements", json=SAID), 403, "not-allowed")
    program.headers["X-CSRF"] = program.get("/csrf").json()["csrf"]
    check_problem(program.post("/api/v1/judgements", json=SAID), 404, "not-found")


def test_the_description_names_what_opens_the_desk(program: TestClient) -> None:
    told = program.get("/api/v1/openapi.json", headers=by("read")).json()
    schemes = told["components"]["securitySchemes"]
    assert (schemes["token"]["type"], schemes["token"]["scheme"]) == ("http", "bearer")
    come_in(program, "read")
    assert schemes["session"]["name"] in program.cookies
    assert schemes["csrf"]["name"] == "X-CSRF"
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert {"401", "403", "413", "421", "429"} <= set(operation["responses"]), path
            assert ({} in operation["security"]) is (method == "get"), path


def test_who_asks_too_often_is_told_when_to_come_back(program: TestClient) -> None:
    answers = [program.get("/api/v1/nothing", headers=by("read")) for _ in range(int(READING.at_once))]
    assert {one.status_code for one in answers} == {404}, "a page with 30 requests, six times in a row"
    while (answer := program.get("/api/v1/nothing", headers=by("read"))).status_code == 404:
        program.app.state.door.reading._seen.clock = lambda: 0.0  # type: ignore[attr-defined]
    check_problem(answer, 429, "too-many-requests")
    assert int(answer.headers["retry-after"]) >= 1
    assert program.get("/api/v1/nothing", headers=by("judge")).status_code == 404, "others are not kept waiting"


def test_nobody_is_limited_at_this_machine_without_accounts(tmp_path: Path) -> None:
    client = visitor(make_app(Config(db=str(tmp_path / "desk.db"))))
    assert {client.get("/api/v1/nothing").status_code for _ in range(50 * 10)} == {404}


def test_another_name_and_too_much_are_told_to_programs(tmp_path: Path) -> None:
    client = signing(visitor(make_app(Config(db=str(tmp_path / "desk.db"), analyst="ana"))))
    check_problem(client.get("/api/v1/incidents", headers={"Host": "evil.example"}), 421, "another-desk")
    check_problem(client.get("/api/v1/incidents", headers={"Host": "a b"}), 400, "not-readable")
    check_problem(client.post("/api/v1/judgements", content=b"x" * 1_000_001), 413, "too-large")
    check_problem(client.get("/api/v1/incidents", headers={"X-Much": "a" * 40_000}), 431, "headers-too-large")


def test_health_says_whether_there_are_accounts_and_whose_to_nobody(program: TestClient, tmp_path: Path) -> None:
    told = program.get("/api/v1/health", headers=by("judge"))
    assert told.json()["accounts"] is True
    assert not any(f'"{name}"' in told.text for name in TOKENS)
    alone = visitor(make_app(Config(db=str(tmp_path / "other.db")))).get("/api/v1/health")
    assert alone.json()["accounts"] is False


def test_who_judges_sees_on_the_page_of_health_who_is_in_and_did_what(program: TestClient) -> None:
    come_in(program, "judge")
    shown = program.get("/health").text
    assert "Who did what" in shown and "Signed in: <bdi>judge</bdi>" in shown and "login" in shown
    reader = visitor(program.app)  # type: ignore[arg-type]
    come_in(reader, "read")
    assert "Who did what" not in reader.get("/health").text
