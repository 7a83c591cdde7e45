"""Pictures as files: SVG as the XML it is, PNG as the pixels it holds, and the commands that write them."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from sayso.errors import ConfigError, InputError
from sayso.model import Analysis, EventType
from sayso.report.archive import Archive
from sayso.report.plots.calendar import calendar
from sayso.report.plots.draw_map import draw_map, packed
from sayso.report.plots.draw_timeline import draw_timeline
from sayso.report.plots.draw_tolls import draw_tolls
from sayso.report.plots.figures import panels
from sayso.report.plots.marks import locate
from sayso.report.plots.picture import Picture, Size, read_picture, read_size
from tests.report.plotted import TOWN, archive, incident
from tests.store.conftest import keep

Draw = Callable[[Archive, Picture], None]
_NS = {"svg": "http://www.w3.org/2000/svg"}


def _map(held: Archive, picture: Picture) -> None:
    draw_map(locate(held), picture)


def _timeline(held: Archive, picture: Picture) -> None:
    shown = calendar(held)
    assert shown
    draw_timeline(shown, picture)


def _tolls(held: Archive, picture: Picture) -> None:
    draw_tolls(panels(held), picture)


DRAWN = pytest.mark.parametrize("draw", [_map, _timeline, _tolls])


def svg(draw: Draw, held: Archive, folder: Path) -> etree._Element:
    path = folder / "picture.svg"
    draw(held, read_picture(path))
    return etree.fromstring(path.read_bytes())


def words(page: etree._Element) -> str:
    return " ".join("".join(text.itertext()) for text in page.iterfind(".//svg:text", _NS))


def ids(page: etree._Element, prefix: str) -> list[str]:
    return [str(one.get("id")) for one in page.iterfind(".//svg:g[@id]", _NS) if str(one.get("id")).startswith(prefix)]


def test_a_map_has_a_mark_for_each_incident_and_says_what_is_missing(tmp_path: Path) -> None:
    page = svg(_map, archive(), tmp_path)
    assert len(ids(page, "incident-")) == 5
    text = words(page)
    for part in (
        "5 incidents, 2 to 20 January 2022", "Almaty (2)", "26 killed, 100 injured", "km", "Natural Earth", "hollow",
        "Not on the map: 2 incidents", "KAZAKHSTAN",
    ):  # fmt: skip
        assert part in text


def test_marks_of_a_country_as_a_whole_are_hollow(tmp_path: Path) -> None:
    page = svg(_map, archive(), tmp_path)
    for id, hollow in (("a", False), ("c", False), ("d", True), ("e", True)):
        (group,) = [one for one in page.iterfind(".//svg:g[@id]", _NS) if one.get("id") == f"incident-{id * 8}"]
        style = etree.tostring(group).decode()
        assert ("fill-opacity: 0.55" in style or "opacity: 0.55" in style) is hollow


def test_a_timeline_has_a_bar_for_each_group_of_a_day_and_the_dead_below(tmp_path: Path) -> None:
    page = svg(_timeline, archive(), tmp_path)
    assert len(ids(page, "bar-")) == 4 and ids(page, "killed-") == ["killed-2022-01-05"]
    assert ids(page, "incident-") == ["incident-" + "d" * 8]
    assert "26 Almaty" in words(page) or ("26" in words(page) and "Almaty" in words(page))


def test_tolls_have_a_mark_for_each_figure_and_cross_out_what_was_withdrawn(tmp_path: Path) -> None:
    page = svg(_tolls, archive(), tmp_path)
    assert len(ids(page, "figure-")) == 4 and len(ids(page, "withdrawn-")) == 1
    assert "40 withdrawn" in words(page) and "Lantern" in words(page)


@DRAWN
def test_the_same_archive_is_the_same_file(draw: Draw, tmp_path: Path) -> None:
    for name in ("one.svg", "two.svg"):
        draw(archive(), read_picture(tmp_path / name))
    one, two = ((tmp_path / name).read_bytes() for name in ("one.svg", "two.svg"))
    assert one == two and b"<dc:date>" not in one


@DRAWN
@pytest.mark.parametrize("size", [Size(800, 500), Size(600, 900), Size(1000, 300)])
def test_a_png_has_the_size_asked_for(draw: Draw, size: Size, tmp_path: Path) -> None:
    from matplotlib.image import imread

    draw(archive(), Picture(tmp_path / "picture.png", "png", size))
    pixels = imread(tmp_path / "picture.png")
    assert pixels.shape[:2] == (size.height, size.width)
    assert len({tuple(pixel) for row in pixels[::7, ::7] for pixel in row.tolist()}) > 8


@DRAWN
def test_names_in_any_script_and_with_any_sign_are_drawn_without_a_word(draw: Draw, tmp_path: Path) -> None:
    odd = TOWN | {"name": "$阿拉木图$ <b>Алматы</b> & \x00المآتا", "lat": 10.0, "lon": 170.0}
    held = archive(incident("7", "ASSAULT", odd, "2022-01-05", tolls=archive().links.incidents[0].tolls))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = svg(draw, held, tmp_path)
        draw(held, read_picture(tmp_path / "picture.png"))
    assert draw is not _map or "阿拉木图" in words(page)


def test_types_far_apart_are_drawn_on_a_map_of_the_world(tmp_path: Path) -> None:
    more = [
        incident(f"{at:x}x", type, TOWN | {"name": type, "lat": lat, "lon": lon}, None)
        for at, (type, lat, lon) in enumerate(zip(EventType, range(-80, 80, 10), range(-175, 180, 22), strict=False))
    ]
    page = svg(_map, archive(*more), tmp_path)
    assert len(ids(page, "incident-")) == 5 + len(more) and " km" not in words(page)


def test_of_many_incidents_a_mark_stands_for_all_of_a_group_at_a_place(tmp_path: Path) -> None:
    more = [replace(incident("7", "PROTEST", TOWN, "2022-01-05"), id=f"7{at:07}") for at in range(200)]
    page = svg(_map, archive(*more), tmp_path)
    assert ids(page, "incident-") == [] and len(ids(page, "incidents-")) == 5
    assert "Almaty (202)" in words(page) and "all incidents of its type" in words(page)


def test_circles_are_packed_without_overlap() -> None:
    circles = packed([9.0, 5.0, *[3.0] * 30])
    assert circles[0][:2] == (0.0, 0.0)
    for at, (x, y, r) in enumerate(circles):
        assert all((x - a) ** 2 + (y - b) ** 2 >= (r + s) ** 2 for a, b, s in circles[:at])


@pytest.mark.parametrize("name", ["map.gif", "map", "map.svg.txt", "nowhere/map.svg"])
def test_a_file_that_cannot_be_is_named_with_the_way_out(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as fault:
        read_picture(tmp_path / name)
    assert name.split("/")[-1] in str(fault.value) and fault.value.way_out


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken.svg").mkdir()
    with pytest.raises(InputError, match=r"taken\.svg"):
        _map(archive(), read_picture(tmp_path / "taken.svg"))


@pytest.mark.parametrize("size", ["", "800", "10x10", "99999x9", "800x8000", "4000x400", "axb"])
def test_a_size_that_makes_no_sense_is_refused(size: str) -> None:
    with pytest.raises(ConfigError):
        read_size(size)


def test_plots_cost_nothing_until_one_is_drawn() -> None:
    code = (
        "import sys, sayso.cli.app, sayso.report.plots.text_map, sayso.report.plots.calendar;"
        "print([name for name in sys.modules if name.startswith(('matplotlib', 'PIL'))])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --------------------------------------------------------------------------- the commands


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive that was stored, and an empty one."""
    from sayso.store import open_store

    folder = tmp_path_factory.mktemp("plots")
    held = archive()
    for name, analyses, links in (
        ("sayso.db", tuple(held.analyses.values()), held.links),
        ("empty.db", (), Archive([], held.links.__class__()).links),
    ):
        store = open_store(str(folder / name), create=True)
        with store.writing():
            _put(store, analyses)
            keep(store, links)
        store.close()
    return folder


def _put(store: object, analyses: tuple[Analysis, ...]) -> None:
    if analyses:
        store.put(analyses, [], [], "test")  # type: ignore[attr-defined]


def sayso(*arguments: str, cwd: Path, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    import os

    command = [sys.executable, "-m", "sayso.cli", *arguments]
    env = {**os.environ, "PYTHONIOENCODING": encoding, "COLUMNS": "80"}
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", env=env, timeout=120)


@pytest.mark.parametrize("command", [("map",), ("timeline", "--plot"), ("timeline",), ("tolls", "--plot"), ("tolls",)])
def test_out_writes_a_picture(command: tuple[str, ...], desk: Path) -> None:
    done = sayso(*command, "--out", "made.png", "--size", "640x400", cwd=desk)
    assert done.returncode == 0 and done.stdout.startswith("made.png"), done.stderr
    assert (desk / "made.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("command", [("map", "--table"), ("timeline", "--plot"), ("tolls", "aaaa", "--plot")])
def test_without_out_it_is_drawn_in_characters(command: tuple[str, ...], desk: Path) -> None:
    done = sayso(*command, cwd=desk)
    assert done.returncode == 0 and "Almaty" in done.stdout, done.stderr
    assert "\x1b" not in done.stdout and max(map(len, done.stdout.splitlines())) <= 80
    poor = sayso(*command, cwd=desk, encoding="ascii")
    assert poor.returncode == 0 and poor.stdout.isascii(), poor.stderr


def test_a_map_in_a_pipe_is_a_record_a_line(desk: Path) -> None:
    import json

    done = sayso("map", "--country", "KAZ", cwd=desk)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == 5 and rows[0]["place"] == "Kazakhstan" and rows[0]["exact"] is False


def test_tolls_of_one_incident(desk: Path) -> None:
    done = sayso("tolls", "aaaa", cwd=desk)
    assert done.returncode == 0 and '"dddddddd"' not in done.stdout and '"aaaaaaaa"' in done.stdout
    assert sayso("tolls", "ffff0", "--plot", cwd=desk).returncode == 1


@pytest.mark.parametrize("command", [("map", "--table"), ("timeline", "--plot"), ("tolls", "--plot")])
@pytest.mark.parametrize("to", [(), ("--out", "never.svg")])
def test_nothing_to_draw_is_said_with_status_1(command: tuple[str, ...], to: tuple[str, ...], desk: Path) -> None:
    done = sayso(*command, *to, "--db", "empty.db", cwd=desk)
    assert done.returncode == 1 and "to " in done.stderr and not (desk / "never.svg").exists()


def test_an_unknown_ending_is_named(desk: Path) -> None:
    done = sayso("map", "--out", "map.gif", cwd=desk)
    assert done.returncode == 1 and "map.gif" in done.stderr and ".svg or .png" in done.stderr
