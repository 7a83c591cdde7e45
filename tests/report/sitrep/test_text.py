"""Reports as Markdown and as one HTML page, and templates of a user's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree, html
from markdown_it import MarkdownIt

from sayso.errors import ConfigError
from sayso.report.sitrep import make_report, render, write
from sayso.report.sitrep.as_text import shipped
from sayso.report.sitrep.pictures import inlined
from tests.report.sitrep.archives import FIELDS, hostile, shooting

SHOOTING = """\
# Situation report

- **Period:** 2022-05-05 [1]–[3]
- **Place:** XXA (1 incident) [1]–[3]
- **Told by:** 3 articles of 3 outlets go back to 3 independent origins and tell 1 incident [1]–[3]
- **Harmed:** Largest counts, which may overlap and are not added up: **killed 3 (3 to 5)**, Vell, 2022-05-05 [1][2]
- **Contested:** Vell, 2022-05-05: what, killed [1]–[3]

A number in brackets is an article, listed at the end.

## What happened

### 2022-05-05

- **Vell.** “Soldiers shot at marchers in Vell on that day, killing 3 people.” [1] `015cb113`  
  *Killed 3 (3 to 5).* 3 independent origins: own voice of Northern Post, Vell Times; said by The ministry. [1]–[3] \
Disputed by mayor of Vell. [3] Contested: what, killed. Undisputed: who, to whom, where, when. [1]–[3]

## How many were harmed

- **Killed 3 (3 to 5).** Vell, 2022-05-05 [1]–[3] `015cb113`
  - 3 (“3 people”): Vell Times (own voice), Harbour News ← The ministry (office) [1][2]
  - disagrees: 5 (“5 people”): Northern Post (own voice) [3]

## Disputed

- mayor of Vell denies “any soldiers were there” [3] against “Soldiers shot at marchers in Vell on that day, killing 3 \
people.” [1]–[3] `015cb113`
- **Killed,** “Soldiers shot at marchers in Vell on that day, killing 3 people.”: 3 (Vell Times, The ministry \
(in Harbour News)) [1][2] against 5 (Northern Post) [3]

## Articles cited

1. Vell Times, 2022-05-06: Soldiers shot at marchers in Vell on that day, killing … (origin: Vell Times) `6850fd18`
2. Harbour News, 2022-05-07: Soldiers shot at marchers in Vell on that day, killing … (origin: Harbour News) `88218d6d`
3. Northern Post, 2022-05-07: Soldiers shot at marchers in Vell on that day, killing … (origin: Northern Post) \
`dac02bd8`
"""


def page_of(data: bytes) -> html.HtmlElement:
    return html.document_fromstring(data.decode())


@pytest.fixture(scope="module")
def bad() -> html.HtmlElement:
    return page_of(render(make_report(hostile()), "html"))


def test_markdown_reads_so() -> None:
    assert render(make_report(shooting()), "md").decode() == SHOOTING


def test_markdown_has_its_pictures_beside_it(tmp_path: Path) -> None:
    files = write(make_report(hostile()), "md", tmp_path / "week 1.md")
    assert [file.name for file in files] == ["week 1.md", "week 1-map.svg", "week 1-timeline.svg"]
    links = re.findall(r"^!\[[^\]]+\]\((\S+)\)$", files[0].read_text("utf-8"), re.M)
    assert links == ["week%201-map.svg", "week%201-timeline.svg"]
    assert all(etree.parse(file).getroot().tag.endswith("svg") for file in files[1:])


def test_nothing_in_an_article_is_markdown() -> None:
    tokens = [
        child
        for token in MarkdownIt("commonmark").parse(render(make_report(hostile()), "md").decode())
        for child in (token, *(token.children or ()))
    ]
    assert not {"html_inline", "html_block", "image", "link_open"} & {token.type for token in tokens}
    assert all(re.fullmatch("[0-9a-f]{8}", token.content) for token in tokens if token.type == "code_inline")


# --------------------------------------------------------------------------- HTML


def test_a_page_is_one_file(bad: html.HtmlElement) -> None:
    outside = [
        (each.tag, name, value)
        for each in bad.iter(etree.Element)
        for name, value in each.attrib.items()
        if name in ("src", "srcset", "data", "action", "poster")
        or (name.endswith("href") and not value.startswith("#"))
    ]
    style = "".join(bad.xpath("//style/text()"))
    assert outside == [] and not re.search(r"url\(|@import|//", style)
    assert not bad.xpath("//link | //iframe | //object | //embed | //base | //form | //meta[@http-equiv]")


def test_nothing_on_a_page_can_run(bad: html.HtmlElement) -> None:
    assert not bad.xpath("//script | //img | //foreignObject | //animate | //set")
    assert not [name for each in bad.iter(etree.Element) for name in each.attrib if name.lower().startswith("on")]
    assert "<script>alert('x')</script>" in bad.text_content()  # the words are there to be read
    assert "{{ 7 * 7 }}" in bad.text_content()  # and no template reads them again


def test_a_page_has_headings_and_references_that_lead_to_articles(bad: html.HtmlElement) -> None:
    assert [each.text for each in bad.xpath("//h1")] == ["Situation report"]
    assert bad.xpath("//h2/text()")[:2] == ["What happened", "How many were harmed"]
    ids = bad.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {link.removeprefix("#") for link in bad.xpath("//a/@href")}
    assert targets == {f"article-{number}" for number in range(1, len(FIELDS) + 1)} <= set(ids)


def test_pictures_stand_on_the_page(bad: html.HtmlElement) -> None:
    names = bad.xpath("//figure/*[local-name()='svg']/@aria-label")
    assert [name.split()[0] for name in names] == ["Map", "Timeline"]
    (day,) = [each for each in bad.xpath("//style/text()") if "@page" in each and "break-after: avoid" in each]
    assert day


def test_a_page_without_pictures_has_none() -> None:
    assert b"<svg" not in render(make_report(hostile()), "html", show=False)


def test_ids_of_two_pictures_do_not_clash() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9pt" height="9pt">'
        '<metadata/><style>*{}</style><script>x</script><defs><path id="a" onclick="x"/></defs>'
        '<use xlink:href="#a" clip-path="url(#a)"/><use href="https://evil.invalid/#a"/></svg>'
    )
    made = inlined(svg.encode(), "map", 'A "map"')
    assert 'id="map-a"' in made and 'href="#map-a"' in made and "url(#map-a)" in made
    assert not re.search("script|onclick|metadata|<style|invalid|xmlns", made)


# --------------------------------------------------------------------------- templates


def test_a_users_template_replaces_ours(tmp_path: Path) -> None:
    own = tmp_path / "ours.j2"
    own.write_text("{% for fact in report.facts %}{{ fact.name }};{% endfor %}{{ report.sections[0].title }}")
    made = render(make_report(shooting()), "md", own).decode()
    assert made == "Period;Place;Told by;Harmed;Contested;What happened"


def test_a_folder_may_hold_what_a_template_includes(tmp_path: Path) -> None:
    (tmp_path / "report.html.j2").write_text("{% include 'head.j2' %}<p>{{ report.articles[0].title }}")
    (tmp_path / "head.j2").write_text("<h1>Ministry</h1>")
    made = render(make_report(hostile()), "html", tmp_path).decode()
    assert made.startswith("<h1>Ministry</h1><p>") and "<script>" not in made and "<img" not in made


@pytest.mark.parametrize("form", ["md", "html"])
def test_the_shipped_template_is_one_to_start_from(tmp_path: Path, form: str) -> None:
    own = tmp_path / "copy.j2"
    own.write_text(shipped(form), "utf-8")
    report = make_report(hostile())
    assert render(report, form, own) == render(report, form)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("one\n{% for %}", "own.j2:2: is broken"),
        ("one\n\n{{ report.titel }}", "own.j2:3: is broken"),
        ("{{ report.title | nosuch }}", "own.j2:1: is broken"),
        ("\n{{ report.__class__.__mro__ }}", "own.j2:2: is broken"),
        ("{{ ''.__class__.__subclasses__() }}", "own.j2:1: is broken"),
        ("{{ pictures[0].draw.__globals__ }}", "own.j2:1: is broken"),
        ("{{ pictures[0].write('x.svg') }}", "own.j2:1: is broken"),
        ("{{ report.articles.append(1) }}", "own.j2:1: is broken"),
        ("\n{{ 1 / 0 }}", "own.j2:2: is broken: division by zero"),
        ("{% include 'secret.txt' %}", "no template secret.txt"),
        ("{% include '/etc/passwd' %}", "no template /etc/passwd"),
        ("{{ 'x' | inline }}", "own.j2:1: is broken"),
    ],
)
def test_a_broken_template_is_told_with_its_line(tmp_path: Path, template: str, said: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    own = tmp_path / "own.j2"
    own.write_text(template)
    with pytest.raises(ConfigError, match=re.escape(said)) as told:
        render(make_report(hostile()), "html", own)
    assert "--print-template html" in str(told.value)


def test_a_template_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        render(make_report(shooting()), "md", tmp_path / "none.j2")
    (tmp_path / "bytes.j2").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="not text in UTF-8"):
        render(make_report(shooting()), "md", tmp_path / "bytes.j2")
    with pytest.raises(ConfigError, match=re.escape("no template report.md.j2")):
        render(make_report(shooting()), "md", tmp_path)


def test_a_folder_is_not_left(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    inside = tmp_path / "templates"
    inside.mkdir()
    (inside / "report.md.j2").write_text("{% include '../secret.txt' %}")
    with pytest.raises(ConfigError, match="no template"):
        render(make_report(shooting()), "md", inside)


def test_an_unknown_format_names_the_known() -> None:
    with pytest.raises(ConfigError, match="md, html, pdf, docx"):
        render(make_report(shooting()), "odt")
