"""What stands before all routes: signed forms, names, sizes, headers, the audit log. Every route is walked."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from fastapi import FastAPI, Form, HTTPException, Request, UploadFile
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.config import Config
from sayso.errors import StoreError
from sayso.serve.app import make_app
from sayso.serve.audit import Audit, note
from sayso.serve.door import Door
from sayso.serve.signing import Signer, token_in
from tests.serve.routes import SAFE, filled, routes_of
from tests.serve.visitors import PASSWORD, account, come_in, guarded, signature, signing, visitor

TOKEN = "sayso_invented-token"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def with_forms(app: FastAPI) -> FastAPI:
    """The desk with a page that somebody wrote without a thought for any of this."""

    @app.post("/said")
    def said(words: str = Form()) -> str:
        return words

    @app.post("/import/said")
    def handed(file: UploadFile) -> int:
        return len(file.file.read())

    @app.api_route("/told", methods=["POST", "PUT", "PATCH", "DELETE"])
    def told(request: Request, said: dict[str, str] | None = None) -> dict[str, str]:
        note(request, "told", about="the harbour")
        return said or {}

    @app.get("/broken")
    def broken() -> str:
        raise ZeroDivisionError("a secret of the program")

    @app.get("/late")
    def late() -> str:
        raise HTTPException(503, "later", {"Retry-After": "7"})

    return app


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=str(tmp_path / "desk.db"), analyst="ana", max_bytes=1_500_000)


@pytest.fixture
def client(config: Config) -> TestClient:
    return visitor(with_forms(make_app(config)))


# --------------------------------------------------------------------------- signed forms


def test_no_route_changes_anything_without_a_signed_form(config: Config, tmp_path: Path) -> None:
    walled = guarded(tmp_path / "other.db", account("ana", "judge", "add"))
    inside = visitor(walled)
    come_in(inside, "ana")
    for app, client in ((make_app(config), None), (walled, inside)):
        client = client or visitor(app)
        unsafe = [(method, path) for method, path in routes_of(with_forms(app)) if method not in SAFE]
        assert ("POST", "/logout") in unsafe and ("DELETE", "/told") in unsafe
        for method, path in unsafe:
            for headers in ({}, {"X-CSRF": "guessed.token"}, {"X-CSRF": Signer().sign("another desk")}):
                client.app.state.door.writing._seen._held.clear()  # type: ignore[attr-defined]
                refused = client.request(method, filled(path), headers=headers, data={"csrf": "guessed.token"})
                assert refused.status_code == 403, (method, path)
                assert "not signed" in refused.text


def test_every_page_gives_what_forms_are_signed_with(client: TestClient) -> None:
    assert client.post("/said", data={"words": "a"}, headers={"X-CSRF": signature(client)}).json() == "a"
    assert client.post("/said", data={"words": "b", "csrf": signature(client)}).json() == "b"
    assert client.post("/told", json={"a": "c"}, headers={"X-CSRF": client.get("/csrf").json()["csrf"]}).json() == {
        "a": "c"
    }
    page = client.get("/").text
    assert page.count(client.get("/csrf").json()["csrf"]) == 0, "each page has a signature of its own"


def test_a_form_with_files_is_signed_by_its_first_field_and_reaches_the_route_whole(client: TestClient) -> None:
    data = bytes(range(256)) * 5_000
    sent = client.post("/import/said", data={"csrf": signature(client)}, files={"file": ("a.bin", data)})
    assert sent.json() == len(data)
    late = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        + b"a" * 70_000
        + (f'\r\n--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{signature(client)}\r\n--x--\r\n'.encode())
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert client.post("/import/said", content=late, headers=kind).status_code == 403


def test_a_signature_is_good_for_one_browser_of_one_desk(client: TestClient, config: Config) -> None:
    mine = signature(client)
    other = visitor(client.app)
    signature(other)
    assert other.post("/said", data={"words": "a", "csrf": mine}).status_code == 403
    restarted = visitor(with_forms(make_app(config)), cookies=dict(client.cookies))
    assert restarted.post("/said", data={"words": "a", "csrf": mine}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused_even_signed(client: TestClient, headers: dict[str, str]) -> None:
    signing(client)
    assert client.post("/said", data={"words": "a"}).status_code == 200
    assert client.post("/said", data={"words": "a"}, headers=headers).status_code == 403
    own = {"Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    assert client.post("/said", data={"words": "a"}, headers=own).status_code == 200


def test_a_cookie_of_the_wrong_shape_is_as_good_as_none(client: TestClient) -> None:
    for planted in ("x", "../../etc", "a" * 5_000, "\u0661" * 10):
        answer = visitor(client.app).get("/", headers={"Cookie": f"sayso_80={planted}".encode()})
        assert "sayso_80=" in answer.headers["set-cookie"]


@given(
    st.binary(max_size=300),
    st.sampled_from(["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]),
)
def test_only_what_was_signed_is_a_signature(body: bytes, kind: str) -> None:
    assert not Signer().holds(token_in(body, kind), "a browser")


def test_a_token_stands_for_a_signature_and_is_worth_nothing_where_there_are_no_accounts(
    client: TestClient, tmp_path: Path
) -> None:
    robot = account("robot", "add", password="", token=TOKEN)
    program = visitor(with_forms(guarded(tmp_path / "other.db", robot)), headers={"Authorization": f"Bearer {TOKEN}"})
    assert program.post("/told", json={"a": "b"}).json() == {"a": "b"}
    assert client.post("/told", json={"a": "b"}, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 403


# --------------------------------------------------------------------------- roles, names, sizes


def test_no_route_opens_without_an_account_but_the_login(tmp_path: Path) -> None:
    app = with_forms(guarded(tmp_path / "desk.db", account("ana")))
    client = visitor(app)
    for method, path in routes_of(app):
        answer = client.request(method, filled(path))
        if path.startswith("/static/"):
            assert answer.status_code == 404
        elif path == "/login":
            assert answer.status_code == (200 if method in SAFE else 403)
        else:
            assert answer.status_code in (303, 401), (method, path)
            assert answer.status_code == 401 or answer.headers["location"].startswith("/login")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 303), ("localhost:8765", 303), ("[::1]:8765", 303), ("LOCALHOST.", 303), ("desk.example", 421),
        ("127.0.0.1.evil.example", 421), ("evil.example:8765", 421), ("127.0.0.1@evil.example", 400), ("a b", 400),
        ("", 400),
    ],
)  # fmt: skip
def test_a_name_that_is_not_the_desks_is_refused(config: Config, host: str, status: int) -> None:
    app = make_app(config)
    assert visitor(app).get("/login", headers={"Host": host}).status_code == status


def test_names_of_the_desk_can_be_given(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"))
    door = Door(Config(db=str(tmp_path / "desk.db")), "0.0.0.0", ["Desk.example"])
    assert visitor(app).get("/login", headers={"Host": "desk.example"}).status_code == 421
    named = visitor(make_app(Config(db=str(tmp_path / "desk.db")), door), "192.0.2.7")
    assert named.get("/login", headers={"Host": "desk.example"}).status_code == 200


def test_what_is_too_large_is_refused(client: TestClient) -> None:
    signing(client)
    assert client.get("/?q=" + "a" * 9_000).status_code == 414
    assert client.get("/", headers={"X-Much": "a" * 40_000}).status_code == 431
    assert client.post("/said", data={"words": "a" * 1_000_001}).status_code == 413
    assert client.post("/said", content=iter([b"a" * 600_000] * 2), headers=FORM).status_code == 413
    assert client.post("/import/said", files={"file": ("a", b"a" * 2_000_000)}).json() == 2_000_000
    assert client.post("/import/said", files={"file": ("a", b"a" * 3_100_000)}).status_code == 413
    assert client.get("/", headers={"Content-Length": "many"}).status_code == 413


# --------------------------------------------------------------------------- headers


def policy(answer: object) -> dict[str, str]:
    parts = answer.headers["content-security-policy"].split(";")  # type: ignore[attr-defined]
    return {name: value for name, _, value in (part.strip().partition(" ") for part in parts)}


def check_headers(answer: object, about: object) -> None:
    held, csp = answer.headers, policy(answer)  # type: ignore[attr-defined]
    assert csp["default-src"] == "'none'", about
    assert csp.get("script-src", "'self'") == "'self'", about
    assert csp["base-uri"] == "'none'" and csp["frame-ancestors"] in ("'none'", "'self'"), about
    assert held["x-content-type-options"] == "nosniff", about
    assert held["referrer-policy"] == "same-origin", about
    assert held["cross-origin-opener-policy"] == held["cross-origin-resource-policy"] == "same-origin", about
    assert "camera=()" in held["permissions-policy"], about
    assert held["cache-control"], about
    assert "access-control-allow-origin" not in held, about


def test_every_answer_of_every_route_carries_the_headers(config: Config, tmp_path: Path) -> None:
    walled = guarded(tmp_path / "other.db", account("ana", "judge", "add"))
    inside = visitor(walled)
    come_in(inside, "ana")
    for client in (visitor(with_forms(make_app(config))), visitor(walled), inside):
        others = [("GET", "/no-such-page"), ("PUT", "/"), ("TRACE", "/")]
        for method, path in [*routes_of(client.app), *others]:  # type: ignore[arg-type]
            for asked in (filled(path), filled(path, "%3Cscript%3E%00"), filled(path) + "?after=%FF&since=x"):
                check_headers(client.request(method, asked), (method, asked))
        style = client.get("/login", follow_redirects=True).text.partition('stylesheet" href="')[2].partition('"')[0]
        check_headers(client.get(style), style)
        check_headers(client.get("/", headers={"Host": "evil.example"}), "host")


def test_pages_of_those_who_came_in_are_kept_nowhere(tmp_path: Path, config: Config) -> None:
    inside = visitor(guarded(tmp_path / "other.db", account("ana")))
    assert inside.get("/login").headers["cache-control"] == "private, no-store"
    come_in(inside, "ana")
    assert inside.get("/").headers["cache-control"] == "private, no-store"
    assert visitor(make_app(config)).get("/").headers["cache-control"] == "private, no-cache"


def test_under_tls_browsers_are_told_to_stay_there(config: Config) -> None:
    app = make_app(config)
    assert (
        "max-age=31536000" in visitor(app, base_url="https://127.0.0.1").get("/").headers["strict-transport-security"]
    )
    assert "strict-transport-security" not in visitor(app).get("/").headers


def test_a_fault_of_the_program_tells_nothing_of_it(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "something is wrong in the program" in answer.text
    assert "ZeroDivisionError" not in answer.text and "secret" not in answer.text and "Traceback" not in answer.text
    assert "a secret of the program" in caplog.text, "whoever keeps the desk can see it"
    check_headers(answer, "broken")


# --------------------------------------------------------------------------- the audit log


def test_every_change_is_noted_with_who_when_where_and_what(client: TestClient, config: Config) -> None:
    signing(client)
    client.get("/")
    client.post("/said", data={"words": "the mayor\n said\u202e so", "password": PASSWORD, "csrf": signature(client)})
    client.post("/told", json={"verdict": "same", "token": "x"})
    client.post("/import/said", files={"file": ("report.txt", b"words")})
    client.post("/said", data={"words": "unsigned"}, headers={"X-CSRF": "wrong"})
    rows = [json.loads(line) for line in config.audit_file.read_text("ascii").splitlines()]
    assert [(row["who"], row["address"], row["what"], row["about"].get("status")) for row in rows] == [
        ("ana", "127.0.0.1", "POST /said", 200),
        ("ana", "127.0.0.1", "told", None),
        ("ana", "127.0.0.1", "POST /told", 200),
        ("ana", "127.0.0.1", "POST /import/said", 200),
        ("ana", "127.0.0.1", "POST /said", 403),
    ]
    assert rows[0]["about"]["sent_words"] == "the mayor\n said\u202e so"
    assert rows[2]["about"] == {"status": 200, "sent_verdict": "same"}
    assert rows[3]["about"]["sent_files"] == ["report.txt"]
    assert PASSWORD not in config.audit_file.read_text("ascii")
    assert stat.S_IMODE(config.audit_file.stat().st_mode) == 0o600


def test_coming_in_failing_to_and_leaving_are_noted_without_passwords(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana", "judge"))
    client = visitor(app)
    come_in(client, "ana", "not the password")
    come_in(client, "ana")
    signing(client).post("/logout")
    noted = app.state.audit.recent()
    assert [(one.who, one.what) for one in noted] == [("ana", "logout"), ("ana", "login"), ("", "login failed")]
    assert "not the password" not in app.state.audit.path.read_text("ascii")


def test_what_cannot_be_noted_is_not_done(tmp_path: Path) -> None:
    client = visitor(with_forms(make_app(Config(db=str(tmp_path / "desk.db"), audit=str(tmp_path / "no" / "log")))))
    answer = signing(client).post("/told", json={"a": "b"})
    assert answer.status_code == 500
    assert "name another file with the setting `audit`" in answer.text


def test_the_log_is_read_from_its_end_past_what_is_broken(tmp_path: Path) -> None:
    audit = Audit(tmp_path / "log")
    assert audit.recent() == []
    for number in range(3_000):
        audit.write("ana", "", f"said {number}", words="w" * 600, many=list(range(100)))
    with audit.path.open("a") as file:
        file.write('{"at": "cut o\n[]\n')
    assert [one.what for one in audit.recent(2)] == ["said 2999", "said 2998"]
    assert len(audit.recent(1)[0].about["words"]) == 500
    with pytest.raises(StoreError, match="cannot be read"):
        Audit(tmp_path).recent()


@given(st.text(), st.text())
def test_an_entry_is_one_line_whatever_it_says(tmp_path_factory: pytest.TempPathFactory, who: str, words: str) -> None:
    audit = Audit(tmp_path_factory.mktemp("log") / "log")
    audit.write(who, "", "said", words=words, half="\ud800")
    (line,) = audit.path.read_bytes().splitlines()
    assert all(32 <= byte < 127 for byte in line)
    assert audit.recent()[0].who == who[:500]
