"""What several reports agree on, where they stand against one another, and what is no disagreement at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.api import analyse_sources
from sayso.config import Config
from sayso.errors import InputError
from sayso.link import link
from sayso.model import Analysis, Copy, CopyKind
from sayso.report.agreement import agreement, first_told, incident_rows
from sayso.report.archive import Archive
from sayso.report.claims import Desk
from sayso.report.facets import agree_on_names
from sayso.report.frames import Frame, by_outlet, frame_of
from sayso.report.reach import first_report, reach
from sayso.report.show import show
from tests.builders import analysis
from tests.report.told import desk, report

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


def standings(made: Desk, facet: str) -> dict[str, str]:
    """How each position on a facet of the only incident stands."""
    (incident,) = made.archive.links.incidents
    return {row.position: row.standing for row in incident_rows(made, incident) if row.facet == facet}


def against(made: Desk, facet: str) -> dict[str, tuple[str, ...]]:
    (incident,) = made.archive.links.incidents
    return {row.position: row.against for row in incident_rows(made, incident) if row.facet == facet and row.against}


def copied(copy: Analysis, of: Analysis) -> Copy:
    return Copy(copy.article.id, of.article.id, CopyKind.EXACT, 1.0, ())


def test_two_origins_that_agree_are_undisputed() -> None:
    made = desk(report("Harbour News"), report("Lantern"))
    for facet in ("what", "who", "to whom", "where", "when", "killed"):
        assert set(standings(made, facet).values()) == {"undisputed"}, facet


def test_a_copy_adds_no_voice() -> None:
    one, two = report("Harbour News"), report("Lantern")
    made = desk(one, two, copies=[copied(two, one)])
    assert standings(made, "where") == {"Vell": "single-source"}
    (row,) = [row for row in agreement(made, made.archive.links.incidents[0].id) if row.facet == "where"]
    assert (row.articles, row.origins, set(row.outlets)) == (2, 1, {"Harbour News", "Lantern"})


def test_one_report_is_single_source() -> None:
    assert standings(desk(report("Harbour News")), "killed") == {"3": "single-source"}


# --------------------------------------------------------------------------- what is a disagreement


def test_places_too_far_apart_are_contested_and_say_by_whom() -> None:
    made = desk(report("Harbour News"), report("Lantern", place="Harrow"))
    assert standings(made, "where") == {"Vell": "contested", "Harrow": "contested"}
    assert against(made, "where") == {"Vell": ("Lantern: Harrow",), "Harrow": ("Harbour News: Vell",)}


def test_days_that_cannot_be_one_are_contested_and_the_next_day_may_be_one_night() -> None:
    later = report("Lantern", day=("2022-05-08", "2022-05-08"))
    assert set(standings(desk(report("Harbour News"), later), "when").values()) == {"contested"}
    next_day = report("Lantern", day=("2022-05-06", "2022-05-06"))
    assert set(standings(desk(report("Harbour News"), next_day), "when").values()) == {"differs"}


def test_who_shot_is_contested_between_the_state_and_rebels_but_in_a_firefight_nobody_disputes() -> None:
    made = desk(report("Harbour News"), report("Lantern", doer="Rebels"))
    assert standings(made, "who") == {"Soldiers": "contested", "Rebels": "contested"}
    made = desk(report("Harbour News"), report("Lantern", doer="Rebels", whom="soldiers"))
    assert standings(made, "who") == {"Soldiers": "single-source", "Rebels": "single-source"}
    assert "contested" not in standings(made, "to whom").values()


def test_figures_of_one_day_that_exclude_one_another_are_contested() -> None:
    made = desk(
        report("Harbour News", by="the interior ministry"),
        report("Lantern", killed="9 people", by="doctors", kind="person"),
    )
    assert standings(made, "killed") == {"3": "contested", "9": "contested"}
    assert "doctors" in against(made, "killed")["3"][0]


def test_a_denial_stands_opposite_what_it_denies() -> None:
    made = desk(report("Harbour News"), report("Lantern", denial="that anybody had been killed"))
    told = standings(made, "killed")
    assert told["3"] == "contested" and "mayor" in against(made, "killed")["3"][0]
    (denied,) = [words for words in told if words.startswith("denies")]
    assert "3" in against(made, "killed")[denied][0]
    assert set(standings(made, "what").values()) == {"undisputed"}  # the shooting itself nobody denies


def test_a_denied_shooting_is_contested() -> None:
    made = desk(report("Harbour News"), report("Lantern", denial="that soldiers had shot at marchers"))
    assert standings(made, "what")["assault (firearms)"] == "contested"


# --------------------------------------------------------------------------- what is none


def test_what_is_left_out_is_no_disagreement() -> None:
    made = desk(report("Harbour News"), report("Lantern", place=None, day=None))
    assert standings(made, "where") == {"Vell": "single-source"}
    assert standings(made, "when") == {"2022-05-05": "single-source"}


@pytest.mark.parametrize(("precise", "broad"), [("Vell", "Arland"), ("Old Port", "Vell"), ("Old Port", "Arland")])
def test_a_place_inside_another_is_no_disagreement_and_counts_for_it(precise: str, broad: str) -> None:
    made = desk(report("Harbour News", place=precise), report("Lantern", place=broad))
    assert standings(made, "where") == {precise: "single-source", broad: "undisputed"}


def test_a_day_inside_a_week_counts_for_the_week() -> None:
    made = desk(report("Harbour News"), report("Lantern", day=("2022-05-02", "2022-05-08")))
    assert standings(made, "when") == {"2022-05-05": "single-source", "2022-05-02 to 2022-05-08": "undisputed"}


def test_a_toll_that_has_grown_is_superseded() -> None:
    made = desk(report("Harbour News"), report("Lantern", killed="9 people", published="2022-05-08"))
    assert standings(made, "killed") == {"9": "single-source", "3": "superseded"}


def test_counts_of_others_do_not_exclude_one_another() -> None:
    made = desk(
        report("Harbour News", killed="3 officers", victims="police"),
        report("Lantern", killed="9 people", victims="civilians"),
    )
    assert "contested" not in standings(made, "killed").values()


def test_victims_told_apart_are_one_figure_by_their_sum() -> None:
    one = analysis(
        "Gunmen shot 2 men and 3 boys dead.",
        actors={"Gunmen": {}},
        events=[{"trigger": "shot", "actors": ["Gunmen"]}],
        tolls=[
            {"span": "2 men", "low": 2, "high": 2, "event": "shot", "kind": "civilians"},
            {"span": "3 boys", "low": 3, "high": 3, "event": "shot", "kind": "children"},
        ],
        outlet="Harbour News",
        published="2022-05-06",
    )
    ((words, standing),) = standings(desk(one), "killed").items()
    assert words.startswith("5 (the sum of") and standing == "single-source"


def test_bounds_that_meet_agree() -> None:
    made = desk(report("Harbour News"), report("Lantern", killed="2 or more", low=2, high=None))
    assert set(standings(made, "killed").values()) == {"undisputed"}


def test_one_outlet_that_revises_itself_disputes_nobody() -> None:
    made = desk(report("Harbour News"), report("Harbour News", place="Harrow", url="https://harbour.example/2"))
    assert "contested" not in standings(made, "where").values()


def test_who_gives_both_accounts_disputes_neither() -> None:
    both = report("Lantern")
    other = report("Lantern", place="Harrow", url="https://lantern.example/2")
    made = desk(report("Harbour News"), both, other)
    assert "contested" not in standings(made, "where").values()


def test_two_origins_on_one_source_say_so() -> None:
    by = {"by": "Ana Ruiz", "kind": "person"}
    made = desk(report("Harbour News", **by), report("Lantern", **by))
    rows = [row for row in agreement(made, made.archive.links.incidents[0].id) if row.facet == "what"]
    assert [(row.standing, row.only_source) for row in rows] == [("undisputed", "Ana Ruiz")]


OUTLETS = st.sampled_from(["Harbour News", "Lantern", "Delta"])


@given(
    st.lists(
        st.tuples(OUTLETS, st.sampled_from(["Vell", "Harrow", "Arland", None]), st.integers(1, 4)),
        min_size=1,
        max_size=4,
    )
)
def test_a_copy_changes_no_standing_and_raises_no_count(given_reports: list[tuple[str, str | None, int]]) -> None:
    told = [
        report(outlet, place=place, killed=f"{killed} people", url=f"https://one.example/{at}")
        for at, (outlet, place, killed) in enumerate(given_reports)
    ]
    _, place, killed = given_reports[0]
    again = report("Echo", place=place, killed=f"{killed} people", url="https://echo.example/1")
    alone, with_copy = desk(*told), desk(*told, again, copies=[copied(again, told[0])])
    for facet in ("what", "who", "where", "when", "killed"):
        assert standings(alone, facet) == standings(with_copy, facet)


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("name", "frame"),
    [
        ("protesters", Frame.PROTEST),
        ("foreign-trained radicals", Frame.TERROR),
        ("armed bandits", Frame.CRIME),
        ("attempted coup", Frame.PLOT),
        ("counter-terrorist operation", Frame.OPERATION),
        ("mass disorders", Frame.DISORDER),
        ("gunmen", Frame.FIGHTERS),
        ("insurgencies", Frame.REVOLT),
        ("meeting", None),
    ],
)
def test_a_name_is_of_the_frame_of_its_last_noun(name: str, frame: Frame | None) -> None:
    assert frame_of(name) is frame


def names(made: Desk) -> dict[str, str]:
    (story,) = made.archive.links.stories
    return {one.says: one.standing for facet in agree_on_names(made, story).facets for one in facet.positions}


def test_protest_and_coup_are_at_odds_and_unrest_leaves_it_open() -> None:
    made = desk(report("Harbour News", called="a protest"), report("Lantern", called="an attempted coup"))
    assert names(made) == {"a protest": "contested", "an attempted coup": "contested"}
    made = desk(report("Harbour News", called="unrest"), report("Lantern", called="an attempted coup"))
    assert names(made) == {"unrest": "differs", "an attempted coup": "differs"}


def test_each_outlet_is_shown_with_its_own_words_and_those_it_passes_on() -> None:
    made = desk(report("Harbour News", called="unrest"), report("Lantern", called="an attempted coup"))
    (story,) = made.archive.links.stories
    assert {row.outlet: row.own for row in by_outlet(made, story)} == {
        "Harbour News": ("unrest",),
        "Lantern": ("an attempted coup",),
    }


# --------------------------------------------------------------------------- who was first, who belongs to whom


def test_the_first_report_is_the_earliest_day_and_a_tie_is_told_as_one() -> None:
    made = desk(
        report("Harbour News", published="2022-05-07"),
        report("Lantern"),
        report("Delta"),
        report("Echo", published=None),
    )
    first = first_report(made.archive, made.archive.analyses)
    assert set(first.outlets) == {"Lantern", "Delta"} and first.published == "2022-05-06" and first.undated == 1


def test_an_hour_tells_only_among_those_that_give_one() -> None:
    early, late = report("Delta", published="2022-05-06T08:00Z"), report("Echo", published="2022-05-06T11:00Z")
    assert first_report((made := desk(early, late)).archive, made.archive.analyses).outlets == ("Delta",)
    made = desk(early, late, report("Lantern"))
    assert set(first_report(made.archive, made.archive.analyses).outlets) == {"Delta", "Lantern"}


def test_of_a_copy_and_its_original_of_one_day_the_original_was_first() -> None:
    one, two = report("Harbour News"), report("Lantern")
    made = desk(one, two, copies=[copied(one, two)])
    assert first_report(made.archive, made.archive.analyses).outlets == ("Lantern",)


def test_the_source_first_cited_is_that_of_the_earliest_report_that_cites_one() -> None:
    made = desk(
        report("Harbour News", published="2022-05-05"),
        report("Lantern", by="Ana Ruiz", kind="person"),
        report("Delta", by="Bo Lind", kind="person", published="2022-05-07"),
    )
    first, source = first_told(made, made.archive.links.incidents[0])
    assert first.outlets == ("Harbour News",)
    assert source and (source.name, source.outlet) == ("Ana Ruiz", "Lantern")


def test_an_origin_lists_its_articles_and_says_why_they_belong() -> None:
    one, two = report("Harbour News"), report("Lantern", published="2022-05-07")
    told = reach((made := desk(one, two, copies=[copied(two, one)])).archive, made.archive.analyses)
    assert (told.articles, told.outlets, told.origins) == (2, ("Harbour News", "Lantern"), 1)
    (share,) = told.shares
    assert [article.why for article in share.articles] == [
        "its own report",
        f"exact, 100% of its words, from Harbour News [{one.article.id[:8]}]",
    ]


def test_an_unknown_origin_is_listed_and_adds_none() -> None:
    told = reach((made := desk(report("Harbour News"), report("unknown"))).archive, made.archive.analyses)
    assert told.origins == 1
    assert [share.independent for share in told.shares if share.name == "unknown"] == [False]


# --------------------------------------------------------------------------- what is shown


def test_show_tells_agreement_reach_and_first_report() -> None:
    made = desk(report("Harbour News"), report("Lantern", place="Harrow"))
    data, lines = show(made.archive, "incident", made.archive.links.incidents[0].id)
    text = "\n".join(lines)
    assert "2 reports, 2 outlets, 2 independent origins" in text and "against Lantern: Harrow" in text
    assert data["first_report"]["published"] == "2022-05-06" and len(data["reach"]["shares"]) == 2
    assert data["agreement"]


def test_the_overview_has_one_row_for_what_one_origin_tells_alone() -> None:
    rows = agreement(desk(report("Harbour News")))
    assert [(row.facet, row.standing) for row in rows] == [("all of it", "single-source")]


def test_positions_can_be_asked_for_by_standing_and_an_unknown_id_is_named() -> None:
    made = desk(report("Harbour News"), report("Lantern", place="Harrow"))
    assert {row.facet for row in agreement(made, None, ["contested"])} == {"where"}
    with pytest.raises(InputError, match="ffff"):
        agreement(made, "ffff")


def test_every_position_quotes_its_articles(demo_analyses: tuple[Analysis, ...]) -> None:
    made = Desk(Archive(demo_analyses, link(demo_analyses)))
    rows = agreement(made)
    assert rows and all(row.evidence for row in rows)
    for one in (one for row in rows for one in row.evidence):
        assert one.quote == " ".join(made.archive.article(one.article).text[one.start : one.end].split())


def test_in_the_demo_only_names_are_contested(demo_analyses: tuple[Analysis, ...]) -> None:
    made = Desk(Archive(demo_analyses, link(demo_analyses)))
    told = {(row.facet, row.position): row.who for row in agreement(made, None, ["contested"])}
    assert {facet for facet, _ in told} == {"name"}
    frames = {position.rsplit("(as ", 1)[1].rstrip(")"): who for (_, position), who in told.items()}
    assert set(frames) == {"protest", "revolt", "terror"}


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not here")
def test_the_seeds_are_one_story_of_two_origins_that_frame_it_differently() -> None:
    analyses = [one for one in analyse_sources([str(SEEDS)], Config()) if isinstance(one, Analysis)]
    made = Desk(Archive(analyses, link(analyses)))
    (story,) = made.archive.links.stories
    told = reach(made.archive, story.articles)
    assert (told.articles, told.origins, len(told.shares)) == (2, 2, 2)
    own = {row.origin: {frame_of(name) for name in row.own} for row in by_outlet(made, story)}
    assert len(own) == 2
    assert [Frame.REVOLT in frames for frames in own.values()] in ([True, False], [False, True])
    (called,) = [facet for facet in agree_on_names(made, story).facets if facet.name == "name"]
    frames = {one.value: (one.standing, len(one.origins)) for one in called.positions}
    assert frames[Frame.REVOLT] == frames[Frame.TERROR] == ("contested", 1)
    assert frames[Frame.DISORDER][1] == frames[Frame.PLOT][1] == 2
