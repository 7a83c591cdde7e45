"""Tables: sequences of records, data frames that keep what is unknown, and a view that no article can break out of."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import lxml.html
import pandas
import polars
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso
from sayso import Article, Config, InputError, Project, Table
from sayso.errors import ConfigError, ModelMissing, StoreError
from sayso.model import Harm
from sayso.report.tables import IncidentRow
from tests.builders import unrest, witnessed


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    many: int


@dataclass(frozen=True, slots=True)
class Made:
    """A row with every kind of column."""

    day: str | None
    low: int
    high: int | None
    lat: float | None
    sure: bool
    harm: Harm
    names: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()


ROWS = (
    Made("2022-01-05", 12, None, 43.25, True, Harm.KILLED, ("a", "b"), (Part("x", 1),)),
    Made(None, 26, 30, None, False, Harm.INJURED),
    Made("2022-01-09T09:00Z", 0, 2**40, -1.5, True, Harm.MISSING, ("c",), ()),
)
TABLE = Table(ROWS, Made)

SOME_WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
MADE = st.builds(
    Made,
    st.none() | st.dates().map(str),
    st.integers(0, 10**21),
    st.none() | st.integers(0, 10**21),
    st.none() | st.floats(-90, 90),
    st.booleans(),
    st.sampled_from(Harm),
    st.lists(SOME_WORDS, max_size=2).map(tuple),
    st.lists(st.builds(Part, SOME_WORDS, st.integers(0, 9)), max_size=2).map(tuple),
)


# --------------------------------------------------------------------------- sequences and frames


def test_a_table_is_a_sequence_and_a_slice_a_table() -> None:
    assert isinstance(TABLE, Sequence) and list(TABLE) == list(ROWS) and TABLE == ROWS
    assert TABLE[1] is ROWS[1] and TABLE[-1] is ROWS[2]
    assert isinstance(TABLE[1:], Table) and TABLE[1:] == ROWS[1:]
    assert repr(TABLE) == "<Table of 3 Made>"


def test_pandas_columns_keep_what_is_unknown() -> None:
    frame = TABLE.to_pandas()
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "day": "string", "low": "int64", "high": "Int64", "lat": "float64", "sure": "bool", "harm": "string",
        "names": "object", "parts": "object",
    }  # fmt: skip
    assert frame["high"].isna().tolist() == [True, False, False]
    assert frame["day"].tolist() == ["2022-01-05", pandas.NA, "2022-01-09T09:00Z"]
    assert frame["names"][0] == ["a", "b"] and frame["parts"][0] == [{"name": "x", "many": 1}]


def test_polars_columns_keep_what_is_unknown() -> None:
    frame = TABLE.to_polars()
    assert frame.schema["parts"] == polars.List(polars.Struct({"name": polars.String, "many": polars.Int64}))
    assert frame["high"].to_list() == [None, 30, 2**40]
    assert frame["day"].to_list() == ["2022-01-05", None, "2022-01-09T09:00Z"]
    assert frame.to_dicts() == TABLE.to_dicts()


def test_a_table_without_rows_has_the_same_columns_and_types() -> None:
    assert TABLE[:0].to_polars().schema == TABLE.to_polars().schema
    assert TABLE[:0].to_pandas().dtypes.equals(TABLE.to_pandas().dtypes)


@given(st.lists(MADE, max_size=4))
def test_frames_hold_the_very_values_however_large(rows: list[Made]) -> None:
    table = Table(rows, Made)
    told = table.to_dicts()
    assert table.to_polars().height == len(rows) == len(table.to_pandas())
    for name in ("low", "high", "day", "names"):
        wanted = [row[name] for row in told]
        assert table.to_polars()[name].to_list() == wanted
        assert [None if value is pandas.NA else value for value in table.to_pandas()[name]] == wanted


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_without_the_library_the_error_names_the_extra(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ModelMissing, match=rf"{library}: is not installed \(pip install 'sayso\[{library}\]'\)"):
        getattr(TABLE, f"to_{library}")()


def test_csv_is_that_of_the_export(tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "made.csv")
    with (tmp_path / "made.csv").open(encoding="utf-8", newline="") as lines:
        first = next(csv.DictReader(lines))
    assert (first["low"], first["high"], first["names"], first["harm"]) == ("12", "", "a; b", "killed")


# --------------------------------------------------------------------------- in a notebook


def test_a_notebook_shows_the_first_rows_and_says_how_many_more() -> None:
    root = lxml.html.fragment_fromstring(Table(ROWS * 10, Made)._repr_html_(), create_parent=True)
    assert len(root.xpath(".//tbody/tr")) == 20
    assert root.xpath("string(.//p)") == "30 rows, 10 more than shown"


def test_words_of_articles_stay_words() -> None:
    bad = replace(ROWS[0], day="<script>alert(1)</script>\u202egnp.exe\u202c", names=("<img src=x onerror=alert(1)>",))
    root = lxml.html.fragment_fromstring(Table([bad], Made)._repr_html_(), create_parent=True)
    assert not root.xpath(".//script | .//img")
    assert root.xpath("string(.//bdi)").startswith("<script>alert(1)</script>")


# --------------------------------------------------------------------------- questions


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """Two reports, analysed by hand."""
    with sayso.open(tmp_path_factory.mktemp("project") / "two.db") as made:
        made.store.put([unrest(), witnessed()], [], [], "by hand")
        made.relink()
        yield made


def test_an_archive_is_made_unless_it_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        sayso.open(tmp_path / "none.db", create=False)
    with sayso.open(tmp_path / "new.db", processes=2) as made:
        assert made.config == Config(db=str(tmp_path / "new.db"), processes=2)
    assert (tmp_path / "new.db").exists()
    with pytest.raises(ConfigError, match="unknown setting 'colour'"):
        sayso.open(tmp_path / "new.db", colour="red")


QUESTIONS = "incidents tolls timeline copies articles stories claims sources actors labels".split()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_answers_with_a_table_that_frames_take(project: Project, question: str) -> None:
    table = getattr(project, question)()
    assert isinstance(table, Table) and table._repr_html_()
    assert table.to_pandas().shape == table.to_polars().shape == (len(table), len(table.columns))


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ({"country": "kaz"}, lambda row: row.country == "KAZ"),
        ({"type": "assault"}, lambda row: row.type == "ASSAULT"),
        ({"place": "almaty"}, lambda row: row.place == "Almaty"),
        ({"since": "2022-01-07", "until": "2022-01-07"}, lambda row: row.first == "2022-01-07"),
        ({"actor": "RIOTERS"}, lambda row: "rioters" in row.actors),
        ({"outlet": "harbour"}, lambda row: "Harbour News" in row.outlet_names),
    ],
)
def test_incidents_are_those_asked_for(project: Project, asked: dict[str, str], held: object) -> None:
    found, every = project.incidents(**asked), project.incidents()  # type: ignore[arg-type]
    assert found and found == [row for row in every if held(row)]  # type: ignore[operator]


def test_incidents_of_a_story_and_of_many_origins(project: Project) -> None:
    story = project.stories()[0]
    assert len(project.incidents(story=story.id[:10])) == story.incidents
    assert len(project.incidents(origins=9)) == 0
    with pytest.raises(InputError, match="give that of a story"):
        project.incidents(story=project.claims(each=True)[0].id)


@pytest.mark.parametrize(("asked", "told"), [({"since": "last week"}, "YYYY-MM-DD"), ({"type": "WAR"}, "ASSAULT")])
def test_what_cannot_be_asked_says_what_can(project: Project, asked: dict[str, str], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        project.incidents(**asked)  # type: ignore[arg-type]


def test_incidents_are_put_on_a_map(project: Project) -> None:
    found = project.incidents(country="KAZ")
    assert found.map()._repr_svg_().startswith("<svg") and found[:1].map().words == "map of 1 incidents"
    with pytest.raises(InputError, match="no incident with a known place"):
        found[:0].map()


def test_an_article_is_shown_with_its_marks(project: Project) -> None:
    view = project.article(unrest().article.id[:6])
    assert repr(view) == f"<Article {unrest().article.id} Harbour News: Crowds burn city hall>"
    html = view._repr_html_()
    assert "Harbour News" in html and all(f'class="mark {mark.kind}"' in html for mark in view.marks)
    with pytest.raises(InputError, match="no analysed article"):
        project.article("nothing")


def test_an_incident_is_shown_with_who_says_what(project: Project) -> None:
    row = next(row for row in project.incidents() if "rioters" in row.actors)
    view = project.incident(row.id[:8])
    assert view.row == row and isinstance(view.row, IncidentRow)
    html = view._repr_html_()
    assert all(words in html for words in ("eyewitnesses (witness)", "Reports by origin", "data:image/svg+xml;base64"))


def test_a_search_shows_the_words_it_found(project: Project) -> None:
    (hit,) = project.search("colour revolution")
    text = project.article(hit.article).article.text
    assert text[hit.start : hit.end].casefold().startswith("colour") and "colour revolution" in hit.around


def test_an_article_full_of_markup_runs_nothing(tmp_path: Path) -> None:
    bad = "</style><script>alert(1)</script><img src=x onerror=alert(1)>"
    hostile = unrest(outlet=bad, byline=(bad,), credits=(bad,))
    with sayso.open(tmp_path / "bad.db") as made:
        made.store.put([hostile], [], [], "by hand")
        made.relink()
        shown = [made.article(hostile.article.id), *map(made.incident, (row.id for row in made.incidents()))]
        pages = [*(view._repr_html_() for view in shown), *(getattr(made, name)()._repr_html_() for name in QUESTIONS)]
    for page in pages:
        root = lxml.html.fragment_fromstring(page, create_parent=True)
        assert not root.xpath(".//script | .//img[not(starts-with(@src, 'data:image/svg+xml;base64,'))]")


def test_articles_know_where_they_come_from(project: Project) -> None:
    rows = project.articles()
    assert {row.id for row in rows} == {unrest().article.id, witnessed().article.id}
    assert all(isinstance(project.store.article(row.id), Article) for row in rows)
