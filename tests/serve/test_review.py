"""Review: the narrowest decisions come first; a word takes one off the queue, and taking it back brings it back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.api import Project
from sayso.config import Config
from sayso.judging import JudgementRow
from sayso.listing import Doubted, DoubtKind
from sayso.model import Verdict
from sayso.serve.app import make_app
from tests.builders import unrest
from tests.serve.doubtful import REPORTS, doubtful_archive

QUESTION = re.compile(r'id="q-(\w+)-(\w+)(?:-(\w+))?"')
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return doubtful_archive(tmp_path_factory.mktemp("review") / "doubtful.db")


@pytest.fixture
def db(made: Path, tmp_path: Path) -> Path:
    there = tmp_path / "own.db"
    there.write_bytes(made.read_bytes())
    return there


@pytest.fixture
def client(db: Path) -> Iterator[TestClient]:
    with TestClient(make_app(Config(db=str(db))), base_url="http://127.0.0.1", follow_redirects=False) as client:
        yield client


def signed(client: TestClient, page: str = "/review") -> dict[str, str]:
    """The field that forms of a page carry."""
    held = re.search(r'<meta name="csrf" content="([^"]*)">', client.get(page).text)
    assert held
    return {"csrf": held[1]}


def asked(client: TestClient, **about: str) -> list[tuple[str, str]]:
    """The two records of each question."""
    page = client.get("/review", params=about)
    assert page.status_code == 200, page.text
    return [(left, right) for _, left, right in QUESTION.findall(page.text)]


def said(db: Path) -> list[JudgementRow]:
    with Project(Config(db=str(db)), create=False) as project:
        return project.judgements()


def judged(client: TestClient, verdict: str, left: str, right: str = "", **more: str) -> str:
    """The id of what is kept."""
    fields = {"left": left, "right": right, "verdict": verdict, **more, **signed(client)}
    answer = client.post("/review/judge", data=fields, headers=JSON)
    assert answer.status_code == 200, answer.text
    group: str = answer.json()["group"]
    return group


def test_tellings_near_the_threshold_are_asked_about_the_nearest_first_and_two_incidents_once(
    client: TestClient, db: Path
) -> None:
    with Project(Config(db=str(db)), create=False) as project, project.catalogue() as lists:
        near = lists.uncertain(Doubted(DoubtKind.TELLINGS))
    distances = [abs(one.score - 0.5) for one in near]
    assert distances == sorted(distances) and distances[-1] <= 0.2
    homes = {frozenset(one.incidents) for one in near}
    assert len(asked(client)) == len([one for one in homes if len(one) > 1]) + len(
        [one for one in near if len(set(one.incidents)) == 1]
    )


def test_a_question_shows_both_tellings_and_what_speaks_for_it(client: TestClient) -> None:
    page = client.get("/review").text
    assert "One happening or two?" in page and "For one" in page
    assert "Gazette" in page and "officials said" in page and re.search(r"\?at=\d+-\d+#at", page)


@pytest.mark.parametrize(
    ("kind", "question", "verdicts"),
    [
        ("tellings", "One happening or two?", {"same", "not-same", "wrong-code"}),
        ("copies", "Copy or independent?", {"copy", "not-copy"}),
        ("codes", "Is this a PROTEST?", {"wrong-code"}),
    ],
)
def test_each_kind_of_question_has_its_answers(
    client: TestClient, kind: str, question: str, verdicts: set[str]
) -> None:
    page = client.get("/review", params={"kind": kind}).text
    assert question in page
    assert set(re.findall(r'name="verdict" value="([\w-]+)"', page)) == verdicts


@pytest.mark.parametrize("verdict", ["same", "not-same"])
def test_what_is_judged_leaves_the_queue_and_comes_back_when_it_is_taken_back(
    client: TestClient, db: Path, verdict: str
) -> None:
    first = asked(client)[0]
    group = judged(client, verdict, *first, note="seen the pictures")
    assert first not in asked(client)
    row = said(db)[-1]
    assert (row.verdict, row.note, row.standing) == (verdict, "seen the pictures", "in force")
    answer = client.post("/review/undo", data={"group": group, **signed(client)}, headers=JSON)
    assert answer.status_code == 200
    assert asked(client)[0] == first
    assert said(db)[0].standing == "overruled"


@pytest.mark.parametrize("verdict", ["copy", "not-copy"])
def test_copies_are_judged(client: TestClient, db: Path, verdict: str) -> None:
    ((left, right),) = asked(client, kind="copies")
    judged(client, verdict, left, right)
    assert asked(client, kind="copies") == []
    with Project(Config(db=str(db)), create=False) as project:
        assert bool(project.store.links().copies) == (verdict == "copy")


def test_the_least_sure_code_is_asked_first_and_corrected(client: TestClient, db: Path) -> None:
    first, second = (left for left, _ in asked(client, kind="codes"))
    assert [one.events[0].id for one in (REPORTS[3], REPORTS[1])] == [first, second]
    judged(client, "wrong-code", first, "MOBILIZE")
    assert [left for left, _ in asked(client, kind="codes")] == [second]
    with Project(Config(db=str(db)), create=False) as project:
        assert project.archive().events[first].type == "MOBILIZE"


def test_without_a_script_the_form_leads_back_with_an_undo(client: TestClient) -> None:
    left, right = asked(client)[0]
    fields = {"left": left, "right": right, "verdict": "same", "back": "/review?kind=tellings&done=old"}
    answer = client.post("/review/judge", data={**fields, **signed(client)})
    assert answer.status_code == 303
    page = client.get(answer.headers["location"]).text
    assert "Kept: one happening" in page and 'action="/review/undo"' in page
    assert answer.headers["location"].count("done=") == 1


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(client: TestClient, back: str) -> None:
    left, right = asked(client)[0]
    fields = {"left": left, "right": right, "verdict": "same", "back": back, **signed(client)}
    answer = client.post("/review/judge", data=fields)
    assert answer.headers["location"].startswith("/review?done=")


def test_all_pairs_of_an_incident_are_shown_however_sure(client: TestClient, db: Path) -> None:
    with Project(Config(db=str(db)), create=False) as project:
        incident = max(project.store.links().incidents, key=lambda one: len(one.events))
    pairs = asked(client, incident=incident.id)
    assert pairs and all({*pair} & {*incident.events} for pair in pairs)
    assert {left for left, _ in asked(client, incident=incident.id, kind="codes")} == {*incident.events}


def test_questions_of_one_country(client: TestClient) -> None:
    assert asked(client, country="KAZ") == asked(client)
    assert asked(client, country="FRA") == []
    assert asked(client, country="FRA", kind="codes") == []


def test_nonsense_is_told_and_nothing_is_kept(client: TestClient, db: Path) -> None:
    left, right = asked(client)[0]
    for verdict, one, two in (("grade", left, right), ("same", left, left), ("wrong-code", left, "NONSENSE")):
        fields = {"left": one, "right": two, "verdict": verdict, **signed(client)}
        answer = client.post("/review/judge", data=fields, headers=JSON)
        assert answer.status_code == 400
    assert said(db) == []
    assert client.get("/review", params={"kind": "nonsense"}).status_code == 400


def test_what_was_said_is_listed_handed_out_and_taken_in(client: TestClient, db: Path, made: Path) -> None:
    group = judged(client, "not-same", *asked(client)[0], note="<b>two squares</b>")
    page = client.get("/review", params={"show": "said"}).text
    assert "two happenings" in page and "&lt;b&gt;two squares" in page and group in page
    lines = client.get("/review/judgements.jsonl").text
    assert json.loads(lines.splitlines()[0])["verdict"] == "not-same"
    with TestClient(make_app(Config(db=str(made))), base_url="http://127.0.0.1") as other:
        sent = {"file": ("ana.jsonl", lines + "nonsense\n")}
        taken = other.post("/review/judgements", files=sent, data=signed(other))
        assert taken.status_code == 200
        assert f"{len(lines.splitlines())} added" in taken.text and "is not a line of JSON" in taken.text


def test_a_claim_is_graded(client: TestClient, db: Path) -> None:
    with Project(Config(db=str(db))) as project:
        told = unrest()
        project.store.put([told], [], [], "test")
        project.relink()
    fields = {"what": told.claims[0].id, "grade": "b2", "back": "/sources/x", **signed(client)}
    answer = client.post("/review/grade", data=fields)
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, "/sources/x")
    assert said(db)[-1].right == ("B2",)
    assert client.post("/review/grade", data={**fields, "grade": "Z9"}).status_code == 400


def test_hostile_words_are_shown_and_do_nothing(client: TestClient, db: Path) -> None:
    with Project(Config(db=str(db))) as project:
        article, of = REPORTS[5].article.id, REPORTS[4].article.id
        project.judge(article, Verdict.NOT_COPY, [of], by="<script>alert(1)</script>")
    page = client.get("/review", params={"show": "said"}).text
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
