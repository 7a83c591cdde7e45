"""What a desk reads at 80 columns, as it stands on the terminal."""

from __future__ import annotations

import pytest

from sayso.cli.render import out
from sayso.cli.sayings import print_notes, print_pivot, print_sayings
from sayso.link import link
from sayso.model import Links, Story
from sayso.report.archive import Archive
from sayso.report.claims import Asked, Desk
from sayso.report.grades import Grade
from sayso.report.labels import labels
from sayso.report.sources import gradable, notes
from tests.builders import unrest, witnessed
from tests.report.test_claims import BRIDGE, desk, said
from tests.report.test_labels import told

SAYINGS = """\
claims (2, in 2 reports; --each lists every one)
{0}  The mayor (office) did not say (did not)
  “police had reportedly told him guards fired on a crowd”
  first Harbour News, undated; not graded
  origins: Silkroad Agency (Harbour News)
  through Harbour News ← Silkroad Agency (agency, credited) ← The mayor (office)
{1}  police (organization) asserts (“reportedly”)
  “guards fired on a crowd”
  first Harbour News, undated; not graded
  origins: Silkroad Agency (Harbour News)
  through Harbour News ← Silkroad Agency (agency, credited) ← police
  (organization)
"""
NOTES = """\
Ana Ruiz (person)
  1 claim in 2 reports of 2 origins, 2022-01-05 to 2022-01-06: asserts 1
  confirmed 0, disputed 1, alone 0; passes on 0
  B2 by mia: was there
{0}  Ana Ruiz (person) asserts  [disputed]
  “that the bridge at Port Vell had been shut since Monday”
  first Harbour News, 2022-01-05; 2 reports of 2 origins, also Lantern; B2
  denied by: Bo Lind: “that the bridge at Port Vell had been shut since Monday”
"""
PIVOT = """\
what happened: Shots in Port Vell
  “riot”  own voice only: Harbour, Lantern  (2 reports of 2 origins, first
  undated)
  “uprising”  interior ministry  (1 report of 1 origin, first undated)
"""


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    out.cache_clear()


def printed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


def test_sayings(capsys: pytest.CaptureFixture[str]) -> None:
    one = witnessed()
    rows = sorted(Desk(Archive([one], link([one]))).said(Asked()), key=lambda row: not row.not_said)
    print_sayings(rows, 10)
    assert printed(capsys.readouterr().out) == SAYINGS.format(*(row.id[:8] for row in rows))


def test_one_source_with_its_grade(capsys: pytest.CaptureFixture[str]) -> None:
    made = desk(
        said("Harbour News", "Ana Ruiz", BRIDGE, published="2022-01-05"),
        said("Lantern", "Ana Ruiz", BRIDGE, published="2022-01-06"),
        said("Delta", "Bo Lind", BRIDGE, cue="denied", stance="denies"),
    )
    made.grades = {gradable(made, "Ana Ruiz").key: Grade("B2", "mia", "2022-02-01", "was there")}
    print_notes(gradable(made, "Ana Ruiz"), notes(made, "Ana Ruiz"), 10)
    assert printed(capsys.readouterr().out) == NOTES.format(made.said(Asked(source="Ana"))[0].id[:8])


def test_names(capsys: pytest.CaptureFixture[str]) -> None:
    found = told("Harbour", "riot"), told("Lantern", "riots"), told("Delta", "uprising", "interior ministry")
    story = Story("s1", "Shots in Port Vell", (), tuple(one.article.id for one in found))
    print_pivot(labels(Archive(found, Links(stories=(story,)))), 10)
    assert printed(capsys.readouterr().out) == PIVOT


def test_an_empty_answer_says_where_to_look(capsys: pytest.CaptureFixture[str]) -> None:
    print_sayings([], 10)
    assert "sayso sources" in capsys.readouterr().out
    assert Desk(Archive([unrest()], link([unrest()]))).said(Asked())
