"""What a desk reads first: deeds before words, figures with their standing, every line with its references."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from sayso.api import Project
from sayso.config import Config
from sayso.errors import InputError
from sayso.link import link
from sayso.model import Analysis, Harm, TollEstimate
from sayso.report import tables
from sayso.report.agreement import Evidence
from sayso.report.archive import Archive
from sayso.report.changes import Change
from sayso.report.claims import Desk
from sayso.report.sitrep import Report, Scope, make_report
from sayso.report.sitrep.record import Kind, Line, Section, brackets
from tests.report.sitrep.archives import FIELDS, hostile, shooting


@pytest.fixture(scope="module")
def demo(demo_analyses: tuple[Analysis, ...]) -> Desk:
    return Desk(Archive(demo_analyses, link(demo_analyses)))


@pytest.fixture(scope="module")
def report(demo: Desk) -> Report:
    return make_report(demo)


@pytest.fixture(scope="module")
def project(demo_analyses: tuple[Analysis, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The demo in a file."""
    with Project(Config(db=str(tmp_path_factory.mktemp("sitrep") / "demo.db"))) as made:
        made.store.put(demo_analyses, [], [], "test")
        made.relink()
        yield made


def told(line: Line) -> str:
    return "".join(brackets(part.refs) if part.refs else part.words for part in line.parts)


def section(report: Report, title: str) -> Section:
    (found,) = (one for one in report.sections if one.title == title)
    return found


def facts(report: Report) -> dict[str, str]:
    return {fact.name: told(fact.line) for fact in report.facts}


def test_every_statement_has_its_references(report: Report) -> None:
    assert len(report.lines) > 100
    assert [told(line) for line in report.lines if not line.note and not line.refs] == []


def test_a_statement_ends_in_its_references(report: Report) -> None:
    for line in report.lines:
        kinds = [part.kind for part in line.parts if part.words.strip() or part.refs]
        assert line.note or Kind.REFS in kinds[-2:], told(line)
        assert kinds[-1] in (Kind.REFS, Kind.ID) or line.note, told(line)


def test_only_what_is_left_out_has_none(report: Report) -> None:
    notes = [told(line) for line in report.lines if line.note]
    assert (
        all(note.startswith("…") or any(reason in note for reason in ("no pipeline", ": ")) for note in notes)
        and len(notes) < 12
    )


def test_every_number_is_an_article_of_the_list(report: Report) -> None:
    cited = {number for line in report.lines for number in line.refs}
    assert cited == {article.number for article in report.articles} == set(range(1, len(report.articles) + 1))


def test_articles_are_listed_by_day(report: Report) -> None:
    in_scope = [article.day for article in report.articles[:40]]
    assert in_scope == sorted(in_scope)


def test_the_head_answers_in_five_lines(report: Report) -> None:
    said = facts(report)
    assert list(said) == ["Period", "Place", "Told by", "Harmed", "Contested"]
    assert said["Place"].startswith("Kazakhstan (")
    counts = r"\d+ articles of \d+ outlets go back to \d+ independent origins and tell \d+ incidents"
    assert re.match(counts, said["Told by"])
    assert "killed 225, Kazakhstan, 2022-01-01 to 2022-01-31" in said["Harmed"]


def test_the_head_adds_no_figures_up() -> None:
    said = facts(make_report(shooting()))
    assert "killed 3 (3 to 5), Vell, 2022-05-05" in said["Harmed"] and "killed 8" not in said["Harmed"]
    assert said["Told by"].startswith("3 articles of 3 outlets go back to 3 independent origins and tell 1 incident")
    assert said["Contested"] == "Vell, 2022-05-05: what, killed [1]–[3]"


def test_deeds_come_before_words(demo: Desk) -> None:
    first = [row.type for row in tables.incidents(demo.archive)[:15]]
    assert set(first) <= {"ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "RETREAT"}


def test_what_happened_is_short_and_by_day(report: Report) -> None:
    groups = [group for group in section(report, "What happened").groups if group.day]
    assert 5 <= sum(len(group.items) for group in groups) <= 15
    days = [re.findall(r"\d{4}-\d\d-\d\d", group.day)[0] for group in groups if group.day != "Undated"]
    assert days == sorted(days) and len(set(days)) > 4


def test_a_quotation_is_told_by_those_who_have_the_words(report: Report, demo: Desk) -> None:
    numbers = {article.number: article.id for article in report.articles}
    (item,) = (one for one in section(report, "What happened").items if "Crowd storms" in told(one.line))
    cited = [numbers[number] for number in item.line.refs]
    texts = [demo.archive.article(id).text for id in demo.archive.analyses if id[:8] in cited]
    assert len(texts) == 2 and all("Crowd storms Almaty city hall" in text for text in texts)


def test_no_figure_is_called_unknown(report: Report) -> None:
    harmed = [told(line) for item in section(report, "How many were harmed").items for line in item.lines]
    assert harmed and not any("unknown (" in line or "killed unknown" in line.casefold() for line in harmed)
    assert any("withdrawn: 164" in line for line in harmed)


def test_a_figure_that_disagrees_is_told_beside_the_best() -> None:
    (item,) = section(make_report(shooting()), "How many were harmed").items
    assert told(item.line).startswith("Killed 3 (3 to 5). Vell, 2022-05-05 [1]")
    assert any(told(line).startswith("disagrees: 5 (5 people): Northern Post") for line in item.under)


def test_a_scope_holds_what_lies_in_it(demo: Desk) -> None:
    report = make_report(demo, Scope("2022-01-05", "2022-01-06", "kaz"))
    assert report.title == "Situation report: Kazakhstan, 2022-01-05 to 2022-01-06"
    days = {group.day for group in section(report, "What happened").groups if group.day}
    assert "2022-01-05" in days and "2022-01-13" not in days and "Undated" not in days
    assert report.map and {mark.country for mark in report.map.marks} == {"KAZ"}
    assert report.timeline and report.timeline.first.isoformat() == "2022-01-05"


@pytest.mark.parametrize("days", [("2022-01-05", "2022-01-07"), ("2022-01-08", None), (None, "2022-01-03")])
def test_the_part_of_a_period_reports_as_the_whole(project: Project, days: tuple[str | None, str | None]) -> None:
    scope = Scope(*days, "KAZ")
    part = project.period(*days)
    assert len(part.archive.analyses) < len(project.archive().analyses)
    assert make_report(part, scope) == make_report(project.desk(), scope)


def test_an_empty_scope_says_so_and_draws_nothing(demo: Desk) -> None:
    report = make_report(demo, Scope("1999-01-01", "1999-01-02"))
    assert (report.map, report.timeline, report.articles) == (None, None, ())
    assert facts(report)["Told by"].startswith("0 articles") and all(fact.line.note for fact in report.facts)


def test_without_a_place_there_is_no_map() -> None:
    report = make_report(shooting())
    assert report.map is None and report.timeline is not None


def test_an_unknown_story_is_named(demo: Desk) -> None:
    with pytest.raises(InputError, match="fffffff: no story has this id"):
        make_report(demo, Scope(story="fffffff"))


def test_what_is_new_stands_first_with_its_references() -> None:
    (incident,) = shooting().archive.links.incidents
    evidence = Evidence(incident.articles[2], 0, 4, "words", "Northern Post", "Northern Post", "Northern Post")
    changes = [
        Change("toll", incident.id, "Shooting in Vell", "killed", "killed 3", "killed 5", (evidence,)),
        Change("toll", "elsewhere", "Another", "killed", "killed 1", "killed 2", (evidence,)),
    ]
    report = make_report(shooting(), changes=changes, since="2022-05-08")
    assert report.sections[0].title == "New since 2022-05-08"
    (item,) = report.sections[0].items
    assert told(item.line).startswith("Shooting in Vell [3]")
    assert [told(line) for line in item.under] == ["Toll: killed 3 → killed 5 [3]"]


def test_words_that_no_file_can_hold_are_left_out() -> None:
    report = make_report(hostile())
    words = [part.words for line in report.lines for part in line.parts]
    words += [word for one in report.articles for word in (one.title, one.outlet, one.origin)] + [report.title]
    assert len(report.articles) == len(FIELDS) and any("<script>" in word for word in words)
    assert not re.search("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]", "".join(words))
    assert max(map(len, words)) < 1_500


@pytest.mark.parametrize(
    ("toll", "said"),
    [
        (TollEstimate(Harm.KILLED, 26, 26, 26, ("a",), ()), "killed 26"),
        (TollEstimate(Harm.KILLED, 7, 7, 11, ("a",), ("b",)), "killed 7 (7 to 11, 1 report disagrees)"),
        (TollEstimate(Harm.INJURED, 12, 12, None, ("a",), ()), "injured at least 12"),
        (TollEstimate(Harm.KILLED, 0, None, None, (), (), ("a",)), "killed: 1 figure, withdrawn"),
    ],
)
def test_an_estimate_in_words(toll: TollEstimate, said: str) -> None:
    assert tables.estimate(toll) == said


@pytest.mark.parametrize(
    ("numbers", "said"), [((1,), "[1]"), ((1, 2), "[1][2]"), ((1, 2, 3, 7), "[1]–[3][7]"), ((), "")]
)
def test_runs_of_numbers_are_closed_up(numbers: tuple[int, ...], said: str) -> None:
    assert brackets(numbers) == said
