"""Sessions: how they begin, what their cookie is, when they end; and how often somebody may ask."""

from __future__ import annotations

from pathlib import Path

from sayso.serve.limits import Buckets, Failures, Rate, network
from sayso.serve.sessions import IDLE, LONGEST, Sessions
from tests.serve.visitors import account, come_in, guarded, signature, signing, visitor


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_ends_after_twelve_hours_without_use_and_after_a_week_in_any_case() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    idle = sessions.begin("ana", "")
    clock.now += IDLE - 1
    assert sessions.find(idle)
    clock.now += IDLE + 1
    assert sessions.find(idle) is None
    used, began = sessions.begin("ana", ""), clock.now
    while clock.now - began < LONGEST - IDLE / 2:
        clock.now += IDLE / 2
        assert sessions.find(used)
    clock.now += IDLE / 2 + 1
    assert sessions.find(used) is None


def test_of_too_many_sessions_of_one_person_the_one_idle_longest_ends() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    other = sessions.begin("bo", "")
    ids = []
    for _ in range(21):
        clock.now += 1
        ids.append(sessions.begin("ana", ""))
    assert [bool(sessions.find(id)) for id in (other, *ids)] == [True, False, *[True] * 20]


def test_the_cookie_is_hidden_from_scripts_and_other_sites_and_under_tls_from_the_network(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"))
    plain = come_in(visitor(app), "ana").headers["set-cookie"]
    assert plain.startswith("sayso_80=")
    assert "HttpOnly" in plain and "SameSite=lax" in plain and "Path=/" in plain and "Secure" not in plain
    private = come_in(visitor(app, base_url="https://127.0.0.1"), "ana").headers["set-cookie"]
    assert private.startswith("__Host-sayso_443=")
    assert "Secure" in private


def test_coming_in_gives_a_new_id_so_that_a_planted_one_opens_nothing(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"))
    client, thief = visitor(app), visitor(app)
    signature(client)
    planted = client.cookies["sayso_80"]
    come_in(client, "ana")
    assert client.cookies["sayso_80"] != planted
    thief.cookies.set("sayso_80", planted)
    assert thief.get("/").status_code == 303


def test_who_leaves_has_left_with_the_old_cookie_too(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana"))
    client = visitor(app)
    come_in(client, "ana")
    kept = client.cookies["sayso_80"]
    assert signing(client).post("/logout").headers["location"] == "/login"
    assert client.get("/").status_code == 303
    thief = visitor(app)
    thief.cookies.set("sayso_80", kept)
    assert thief.get("/").status_code == 303


def test_a_form_signed_before_coming_in_is_not_signed_after(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana", "judge"))
    client = visitor(app)
    before = signature(client)
    come_in(client, "ana")
    assert client.post("/logout", headers={"X-CSRF": before}).status_code == 403


def test_a_bucket_gives_so_many_at_once_and_fills_again() -> None:
    clock = Clock()
    bucket = Buckets(Rate(2, 3), clock)
    assert [bucket.wait("ana") for _ in range(4)] == [0, 0, 0, 1]
    assert bucket.wait("bo") == 0
    clock.now += 1
    assert [bucket.wait("ana") for _ in range(3)] == [0, 0, 1]


def test_each_failure_doubles_the_wait_up_to_a_quarter_of_an_hour_and_an_hour_forgets() -> None:
    clock = Clock()
    failures = Failures(clock)
    waits = []
    for _ in range(20):
        failures.add("ana")
        waits.append(failures.wait("ana", "bo"))
    assert waits == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, *[900] * 6]
    clock.now += Failures.FORGOTTEN + 1
    assert failures.wait("ana") == 0


def test_readers_have_room_and_floods_are_told_when_to_come_back(tmp_path: Path) -> None:
    app = guarded(tmp_path / "desk.db", account("ana", "judge"))
    client = visitor(app)
    signing(client)
    come_in(client, "ana")
    signing(client)
    sent = [client.post("/no-such-page") for _ in range(60)]
    assert sent[0].status_code in (404, 405)
    assert sent[-1].status_code == 429
    assert int(sent[-1].headers["retry-after"]) >= 1
    assert all(client.get("/login").status_code == 303 for _ in range(100))


def test_of_ipv6_the_network_counts_and_of_anything_else_the_address() -> None:
    assert network("2001:db8::1") == network("2001:db8::2") != network("2001:db8:0:1::1")
    assert network("192.0.2.1") != network("192.0.2.2")
    assert (network("::1"), network("testclient")) == ("::1", "testclient")
