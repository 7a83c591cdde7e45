"""Who may come in, and what they may do there."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.config import Config
from sayso.errors import ConfigError
from sayso.serve.access import Role, Way
from sayso.serve.accounts import write_accounts
from sayso.serve.app import make_app
from sayso.serve.door import Door, is_loopback
from tests.serve.visitors import PASSWORD, account, come_in, guarded, signature, signing, visitor

TOKEN = "sayso_invented-token"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return Config(db=str(tmp_path / "desk.db"), analyst="ana")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_at_this_machine_one_person_needs_no_account(config: Config, host: str) -> None:
    with visitor(make_app(config, Door(config, host))) as client:
        assert client.get("/").status_code == 200
        assert "· ana" in client.get("/").text


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example", "127.0.0.1.example"])
def test_elsewhere_the_desk_does_not_open_without_accounts(config: Config, host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(ConfigError, match=r"nobody has an account.*sayso account add NAME"):
        Door(config, host)


def test_neither_does_it_behind_a_proxy_or_by_another_name(config: Config) -> None:
    with pytest.raises(ConfigError, match="nobody has an account"):
        Door(config, "127.0.0.1", proxied=True)
    with pytest.raises(ConfigError, match="nobody has an account"):
        Door(config, "127.0.0.1", ["desk.example"])


def test_what_comes_through_an_untold_proxy_or_from_another_machine_is_not_the_person_here(config: Config) -> None:
    app = make_app(config)
    assert visitor(app).get("/", headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 403
    assert visitor(app, "192.0.2.7").get("/").status_code == 403
    assert visitor(app, "::1").get("/").status_code == 200


def test_with_accounts_pages_lead_to_the_login_and_programs_are_told(tmp_path: Path) -> None:
    client = visitor(guarded(tmp_path / "desk.db", account("ana")))
    page = client.get("/?since=all&country=KAZ")
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=/%3Fsince%3Dall%26country%3DKAZ")
    for program in (client.get("/api/v1/incidents"), client.get("/", headers={"Sec-Fetch-Mode": "cors"})):
        assert (program.status_code, program.headers["www-authenticate"]) == (401, "Bearer")
    assert client.get(client.get("/login").text.partition('stylesheet" href="')[2].partition('"')[0]).status_code == 200


def test_a_login_leads_on_to_the_page_that_was_asked_for(tmp_path: Path) -> None:
    client = visitor(guarded(tmp_path / "desk.db", account("ana", "judge")))
    gone_on = come_in(client, "ana", next="/?since=all")
    assert (gone_on.status_code, gone_on.headers["location"]) == (303, "/?since=all")
    page = client.get("/?since=all")
    assert page.status_code == 200
    assert "Leave<span" in page.text


@pytest.mark.parametrize(
    "next", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example", ""]
)
def test_a_login_never_leads_to_another_site(tmp_path: Path, next: str) -> None:
    client = visitor(guarded(tmp_path / "desk.db", account("ana")))
    assert come_in(client, "ana", next=next).headers["location"] == "/"


def test_a_wrong_name_and_a_wrong_password_look_alike(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"), account("robot", password="", token=TOKEN))
    told = [come_in(visitor(app), name, "not the password") for name in ("ana", "nobody-of-this-name", "robot")]
    assert {one.status_code for one in told} == {403}
    assert all("No account has this name and password." in one.text for one in told)
    assert all(visitor(app).get("/").status_code == 303 for _ in told)


def test_after_five_failures_an_address_waits_longer_and_longer(tmp_path: Path) -> None:
    client = visitor(guarded(tmp_path / "desk.db", account("ana")))
    assert [come_in(client, "ana", "wrong").status_code for _ in range(5)] == [403] * 5
    waiting = come_in(client, "ana")  # even with the right one
    assert waiting.status_code == 429
    assert int(waiting.headers["retry-after"]) >= 1
    assert come_in(visitor(client.app, "192.0.2.9"), "ana").status_code == 303  # others are not kept out


def test_a_token_opens_without_cookies_or_signed_forms(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("robot", "add", password="", token=TOKEN))
    client = visitor(app, headers={"Authorization": f"Bearer {TOKEN}"})
    assert client.get("/").status_code == 200
    assert client.post("/no-such-page").status_code in (404, 405)
    wrong = visitor(app, headers={"Authorization": "Bearer sayso_wrong"}).get("/")
    assert wrong.status_code == 401
    assert "invalid_token" in wrong.headers["www-authenticate"]
    assert visitor(app).get(f"/?token={TOKEN}").status_code == 303  # never in an address


def test_roles_decide_what_the_menu_offers_and_who_only_reads_changes_nothing(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("reader"), account("judge", "judge"), account("adder", "add"))
    for name, adds in (("reader", False), ("judge", False), ("adder", True)):
        client = visitor(app)
        come_in(client, name)
        assert (">Import</a>" in client.get("/").text) is adds
        assert (signing(client).post("/no-such-page").status_code == 403) is (name == "reader")


def test_judging_and_adding_both_include_reading() -> None:
    assert account("ana", "judge").roles == {Role.READ, Role.JUDGE}
    assert account("ana", "add", "judge").roles == set(Role)


def test_an_account_that_is_taken_away_is_out_at_once(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"), account("bo"))
    client = visitor(app)
    come_in(client, "ana")
    assert client.get("/").status_code == 200
    write_accounts(app.state.door.file, [account("bo")])
    assert client.get("/").status_code == 303


def test_another_password_ends_the_sessions_of_the_old_one(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"))
    client = visitor(app)
    come_in(client, "ana")
    write_accounts(app.state.door.file, [account("ana", password="another one, longer")])
    assert client.get("/").status_code == 303


@pytest.mark.parametrize("left", ["", "[[account]]\nname = 3\n", None])
def test_accounts_that_go_missing_never_open_the_desk(tmp_path: Path, left: str | None) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"))
    file: Path = app.state.door.file
    file.unlink() if left is None else file.write_text(left)
    assert visitor(app).get("/").status_code in (303, 503)


def test_the_first_account_closes_a_desk_that_stood_open(config: Config) -> None:
    app = make_app(config)
    assert visitor(app).get("/").status_code == 200
    write_accounts(config.accounts_file, [account("ana")])
    assert visitor(app).get("/").status_code == 303


def test_at_this_machine_nobody_has_to_log_in_or_out(config: Config) -> None:
    client = visitor(make_app(config))
    assert client.get("/login").headers["location"] == "/"
    fields = {"name": "ana", "password": PASSWORD, "csrf": signature(client)}
    assert client.post("/login", data=fields).headers["location"] == "/"


def test_how_somebody_came_in_is_known_to_pages(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana", token=TOKEN))

    @app.get("/api/way")
    def way(request: __import__("fastapi").Request) -> str:  # type: ignore[valid-type]
        return str(request.state.access.way)  # type: ignore[attr-defined]

    client: TestClient = visitor(app)
    assert client.get("/api/way", headers={"Authorization": f"bearer {TOKEN}"}).json() == Way.TOKEN
    come_in(client, "ana")
    assert client.get("/api/way").json() == Way.SESSION
