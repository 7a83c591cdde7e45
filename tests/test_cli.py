"""The commands as a user runs them: on real files, with a real archive."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPORT = """Protesters storm mayor's office in Aktau

AKTAU, 6 January 2022 (Invented News) - Protesters stormed the mayor's office in Aktau on Thursday and police fired
tear gas, residents told Invented News. The interior ministry said 12 officers had been injured and 40 people arrested.
The mayor denied that anybody had been killed. Aigul Seitova, Kazakhstan's deputy interior minister, spoke of order.
"""


def sayso(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sayso.cli", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env={**os.environ, **env}, timeout=120)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one report, an empty file, and an archive of both."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "in").mkdir()
    (folder / "in" / "report.txt").write_text(REPORT)
    (folder / "in" / "empty.txt").write_text("")
    done = sayso("add", "in", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_add_counts_what_it_did_and_is_safe_to_repeat(desk: Path) -> None:
    (again,) = rows(sayso("add", "in", cwd=desk))
    assert (again["added"], again["known"], again["rejected"]) == (0, 1, {"empty": 1})


def test_nothing_usable_is_status_1_and_wrong_use_status_2(desk: Path) -> None:
    assert sayso("add", "in/empty.txt", "--db", "other.db", cwd=desk).returncode == 1
    missing = sayso("add", "nowhere.txt", "--db", "other.db", cwd=desk)
    assert missing.returncode == 1
    wrong = sayso("add", cwd=desk)
    assert wrong.returncode == 2 and "nothing to add" in wrong.stderr
    assert sayso("incidents", "--limit", "0", cwd=desk).returncode == 2
    bad = sayso("incidents", cwd=desk, SAYSO_PROCESSES="many")
    assert bad.returncode == 2 and "processes" in bad.stderr


def test_a_missing_archive_is_named_with_the_way_out(desk: Path) -> None:
    done = sayso("claims", "--db", "none.db", cwd=desk)
    assert done.returncode == 1
    assert "none.db" in done.stderr and "Traceback" not in done.stderr
    assert not (desk / "none.db").exists()


def test_code_prints_analyses_that_link_reads(desk: Path) -> None:
    coded = sayso("code", "in/report.txt", cwd=desk)
    (line,) = rows(coded)
    assert line["schema"] == "sayso/1" and line["claims"] and line["events"]
    (desk / "coded.jsonl").write_text(coded.stdout + "not json\n")
    linked = sayso("link", "coded.jsonl", cwd=desk)
    (links,) = rows(linked)
    assert links["incidents"] and "coded.jsonl:2" in linked.stderr


@pytest.mark.parametrize("command", ["incidents", "claims", "tolls", "sources", "timeline"])
def test_tables_are_json_lines_in_a_pipe_and_tables_when_asked(desk: Path, command: str) -> None:
    assert rows(sayso(command, cwd=desk))
    table = sayso(command, "--table", cwd=desk)
    assert table.returncode == 0 and command in table.stdout


def test_the_denial_is_a_claim_and_no_killing(desk: Path) -> None:
    claims = rows(sayso("claims", cwd=desk))
    assert any(row["stance"] == "denies" and "killed" in str(row["content"]) for row in claims)
    assert not [row for row in rows(sayso("tolls", cwd=desk)) if row["harm"] == "killed" and row["low"]]


def test_agreement_lays_positions_side_by_side_and_names_an_unknown_id(desk: Path) -> None:
    told = rows(sayso("agreement", cwd=desk))
    assert told and {"facet", "standing", "position", "who", "against", "evidence"} <= told[0].keys()
    of = str(told[0]["id"])
    assert {row["id"] for row in rows(sayso("agreement", of[:8], cwd=desk))} == {of}
    table = sayso("agreement", "--table", cwd=desk)
    assert table.returncode == 0 and "single-source" in table.stdout
    unknown = sayso("agreement", "ffffffff", cwd=desk)
    assert unknown.returncode == 1 and "sayso incidents" in unknown.stderr
    assert sayso("agreement", "--standing", "sure", cwd=desk).returncode == 2


def test_diff_tells_what_is_new_and_refuses_what_is_no_day(desk: Path) -> None:
    found = rows(sayso("diff", "2022-01-01", "2022-01-31", cwd=desk))
    assert {row["kind"] for row in found} == {"new incident"} and all(row["evidence"] for row in found)
    table = sayso("diff", "2022-01-31", "2022-01-31", "--table", cwd=desk)
    assert table.returncode == 0 and "nothing changed" in table.stdout
    for days in (("2022-01-32", "2022-02-01"), ("2022-02-01", "2022-01-01"), ("", "2022-01-01")):
        wrong = sayso("diff", *days, cwd=desk)
        assert wrong.returncode == 2 and "sayso: " in wrong.stderr, days
    early = sayso("diff", "2000-01-01", "2000-01-02", cwd=desk)
    assert early.returncode == 1 and "no article is dated" in early.stderr


def test_a_timeline_since_a_day_says_what_is_new(desk: Path) -> None:
    assert {row["then"] for row in rows(sayso("timeline", "--since", "2022-01-06", cwd=desk))} == {"new"}
    assert {row["then"] for row in rows(sayso("timeline", cwd=desk))} == {""}


def test_show_quotes_the_words_a_record_rests_on(desk: Path) -> None:
    for command in ("incidents", "claims"):
        id = str(rows(sayso(command, cwd=desk))[0]["id"])
        done = sayso("show", id[:10], "--table", cwd=desk)
        assert done.returncode == 0 and id in done.stdout and "⟦" in done.stdout
    unknown = sayso("show", "ffffffffffff", cwd=desk)
    assert unknown.returncode == 1 and "give more digits" in unknown.stderr


def test_search_finds_words_and_says_when_there_are_none(desk: Path) -> None:
    (hit,) = rows(sayso("search", "tear gas", cwd=desk))
    assert "tear gas" in str(hit["around"])
    assert sayso("search", "zeppelin", cwd=desk).returncode == 1
    assert sayso("search", '"* OR (', cwd=desk).returncode in (0, 1)


def test_report_is_markdown_or_one_html_file(desk: Path) -> None:
    text = sayso("report", cwd=desk)
    assert text.returncode == 0 and text.stdout.startswith("# Situation report")
    assert sayso("report", "--format", "html", "--out", "sitrep.html", cwd=desk).returncode == 0
    page = (desk / "sitrep.html").read_text("utf-8")
    assert page.startswith("<!doctype html>") and "http" not in page


def test_report_is_a_pdf_or_a_document_with_what_is_new(desk: Path) -> None:
    for form, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
        done = sayso("report", "--format", form, "--out", f"sitrep.{form}", cwd=desk)
        assert done.returncode == 0 and (desk / f"sitrep.{form}").read_bytes().startswith(start), done.stderr
    assert "## New since 2022-01-06" in sayso("report", "--new-since", "2022-01-06", cwd=desk).stdout


def test_report_takes_a_template_and_prints_the_shipped_one(desk: Path) -> None:
    shipped = sayso("report", "--print-template", "md", cwd=desk).stdout
    (desk / "own.j2").write_text(shipped.replace("## Articles cited", "## Sources"), "utf-8")
    assert "## Sources" in sayso("report", "--template", "own.j2", cwd=desk).stdout
    (desk / "own.j2").write_text("{{ report.titel }}")
    broken = sayso("report", "--template", "own.j2", cwd=desk)
    assert broken.returncode == 2 and len(broken.stderr.splitlines()) == 1 and "own.j2:1" in broken.stderr
    assert sayso("report", "--format", "odt", cwd=desk).returncode == 2


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_exports_can_be_read_back(desk: Path, form: str) -> None:
    done = sayso("export", "--as", form, "--out", f"out-{form}", cwd=desk)
    assert done.returncode == 0, done.stderr
    path = desk / f"out-{form}" / f"events.{form}"
    if form == "parquet":
        import pyarrow.parquet

        found = pyarrow.parquet.read_table(path).to_pylist()
    elif form == "csv":
        import csv

        found = list(csv.DictReader(path.open(encoding="utf-8")))
    else:
        found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert found and all(row["quote"] and row["says"] for row in found)


@pytest.mark.parametrize("layout", ["plover", "polecat", "icews", "gdelt", "acled", "geojson", "ftm", "cap"])
def test_what_other_tools_read_is_written_and_what_stays_out_is_told(desk: Path, layout: str) -> None:
    done = sayso("export", "--as", layout, "--out", "layouts", cwd=desk)
    assert done.returncode == 0, done.stderr
    paths = [line.split("  ")[0] for line in done.stdout.splitlines()]
    assert len(paths) == (2 if layout in ("gdelt", "ftm") else 1) and all((desk / path).exists() for path in paths)
    assert all(line.startswith("left out: ") for line in done.stderr.splitlines())


def test_an_unknown_format_is_named_with_those_there_are(desk: Path) -> None:
    done = sayso("export", "--as", "xlsx", cwd=desk)
    assert done.returncode == 2 and "jsonl" in done.stderr and "acled" in done.stderr


def test_a_judgement_is_kept_and_wins(desk: Path) -> None:
    events = [
        json.loads(line) for line in (desk / "in" / "..").joinpath("out-jsonl/events.jsonl").read_text().splitlines()
    ]
    told = [row["id"] for row in events if row["incident"]]
    assert len(told) >= 2
    done = sayso("judge", told[0], "same", told[1], "--by", "ana", "--note", "one evening", cwd=desk)
    assert done.returncode == 0, done.stderr
    joined = rows(sayso("incidents", cwd=desk))
    shown = [json.loads(sayso("show", str(row["id"]), cwd=desk).stdout) for row in joined]
    assert any({told[0], told[1]} <= set(one["events"]) for one in shown)
    kept = rows(sayso("judgements", cwd=desk))[0]
    assert (kept["verdict"], kept["by"], kept["note"], kept["standing"]) == ("same", "ana", "one evening", "in force")
    assert "one evening" in sayso("judgements", "--table", cwd=desk).stdout
    back = sayso("judge", str(kept["id"])[:8], "--withdraw", cwd=desk, SAYSO_ANALYST="bo")
    assert back.returncode == 0, back.stderr
    assert [(row["by"], row["standing"]) for row in rows(sayso("judgements", cwd=desk))] == [
        ("bo", "in force"), ("ana", "overruled")
    ]  # fmt: skip


def test_what_cannot_be_judged_so_is_told(desk: Path) -> None:
    claim = str(rows(sayso("claims", cwd=desk))[0]["id"])
    event = json.loads((desk / "out-jsonl/events.jsonl").read_text().splitlines()[0])
    for said, status, says in (
        (("judge", claim, "copy", event["article"]), 1, f"{claim}: is the id of a claim, not of an article"),
        (("judge", event["id"], "same", event["id"]), 1, "is the same as itself"),
        (("judge", event["id"], "same"), 1, "same as what?"),
        (("judge", "ffffffff", "same", event["id"]), 1, "give more digits"),
        (("judge", event["id"], "wrong-code", "RIOT"), 1, "no PLOVER type 'RIOT'"),
        (("judge", event["id"], "alike", claim), 2, "no such verdict"),
        (("judge", event["id"], "not-same", event["id"], "--withdraw"), 1, "nobody has said so"),
        (("judge", "ffffffff", "--withdraw"), 1, "sayso judgements"),
    ):
        done = sayso(*said, "--by", "ana", cwd=desk)
        assert done.returncode == status and says in done.stderr, (said, done.stderr)
    nobody = sayso("judge", event["id"], "wrong-code", cwd=desk)
    assert nobody.returncode == 2 and "who says so?" in nobody.stderr and "SAYSO_ANALYST" in nobody.stderr


def test_judgements_go_to_another_archive_and_bad_lines_cost_nothing(desk: Path) -> None:
    assert sayso("judgements", "--export", "ana.jsonl", cwd=desk).returncode == 0
    good = (desk / "ana.jsonl").read_text("utf-8")
    (desk / "ana.jsonl").write_text('{"verdict": "same"}\nnot json\n' + good)
    sayso("add", "in", "--db", "second.db", cwd=desk)
    taken = sayso("judgements", "--import", "ana.jsonl", "--db", "second.db", cwd=desk)
    assert taken.returncode == 0, taken.stderr
    assert "ana.jsonl:1: " in taken.stderr and "ana.jsonl:2: " in taken.stderr
    assert f"{len(good.splitlines())} added, 0 known already, 2 not usable" in taken.stdout
    assert sayso("judgements", "--export", "-", "--db", "second.db", cwd=desk).stdout == good
    again = sayso("judgements", "--import", "ana.jsonl", "--db", "second.db", cwd=desk)
    assert f"0 added, {len(good.splitlines())} known already" in again.stdout
    assert sayso("judgements", "--import", "nowhere.jsonl", cwd=desk).returncode == 1


def test_questions_about_who_says_what(desk: Path) -> None:
    denied = rows(sayso("claims", "--stance", "denies", cwd=desk))
    assert [row["stance"] for row in denied] == ["denies"]
    kinds = {str(kind) for row in rows(sayso("claims", "--each", cwd=desk)) for kind in row["kinds"]}  # type: ignore[attr-defined]
    assert kinds and all(rows(sayso("claims", "--kind", kind, cwd=desk)) for kind in kinds)
    assert rows(sayso("claims", "--source", "zeppelin", cwd=desk)) == []
    table = sayso("claims", "--source", "mayor", "--table", cwd=desk)
    assert "denies" in table.stdout and "not graded" in table.stdout
    wrong = sayso("claims", "--about", "ffffff", cwd=desk)
    assert wrong.returncode == 1 and "give more digits" in wrong.stderr
    assert sayso("claims", "--stance", "shouts", cwd=desk).returncode == 2
    assert sayso("labels", "--table", cwd=desk).returncode == 0


def test_actors_are_those_whom_articles_introduce(desk: Path) -> None:
    (row,) = rows(sayso("actors", "seitova", cwd=desk))
    assert (row["name"], row["country"], row["first"]) == ("Aigul Seitova", "KAZ", "2022-01-06")
    assert "minister" in str(row["title"])
    assert rows(sayso("actors", "--country", "KAZ", "--since", "2022-01-06", cwd=desk)) == [row]
    assert rows(sayso("actors", "--until", "2022-01-05", cwd=desk)) == []
    assert "Aigul Seitova" in sayso("actors", "--table", cwd=desk).stdout


def test_a_grade_is_kept_shown_and_checked(desk: Path) -> None:
    (claim,) = rows(sayso("claims", "--stance", "denies", cwd=desk))
    bad = sayso("grade", str(claim["id"]), "H9", "--by", "ana", cwd=desk)
    assert bad.returncode == 1 and "Admiralty" in bad.stderr
    for given in ("F6", "B2"):
        done = sayso("grade", str(claim["id"]), given, "--by", "ana", cwd=desk)
        assert done.returncode == 0 and given in done.stdout, done.stderr
    (graded,) = rows(sayso("claims", "--stance", "denies", cwd=desk))
    assert (claim["grade"], graded["grade"]) == ("not graded", "B2")
    unknown = sayso("grade", "zeppelin company", "B2", "--by", "ana", cwd=desk)
    assert unknown.returncode == 1 and "no source of this name" in unknown.stderr
    wrong = sayso("judge", str(claim["id"]), "grade", str(claim["id"]), "--by", "ana", cwd=desk)
    assert wrong.returncode == 2 and "sayso grade" in wrong.stderr


def test_check_says_what_is_there(desk: Path) -> None:
    found = {row["name"]: row for row in rows_of_list(sayso("check", "--json", cwd=desk))}
    assert all(found[name]["ok"] for name in ("sayso", "pipeline", "places", "demo"))
    missing = sayso("check", "--table", cwd=desk, SAYSO_PIPELINE="no_such_pipeline")
    assert missing.returncode == 1 and "MISSING" in missing.stdout and "no_such_pipeline" in missing.stdout


def rows_of_list(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found
