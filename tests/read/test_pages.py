"""Web pages: the body without what surrounds it, and metadata from every place that states it."""

from __future__ import annotations

import json

import pytest

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.body import fragment_text
from sayso.read.page_facts import without_outlet
from sayso.read.pages import read_page

PARAGRAPHS = (
    "Shops along the quay stayed shut on Saturday, traders said, after a fire in the old customs house.",
    "“We saw smoke at four and ran,” said Nino Kapanadze, who sells bread there. Nobody was hurt, police said.",
    "The mayor promised to open the fair on Monday, and asked visitors to keep away from the northern gate until then.",
)
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str = f"<article>{BODY}</article>", head: str = "") -> bytes:
    return f'<!DOCTYPE html><html lang="en-GB"><head>{head}</head><body>{body}</body></html>'.encode()


def linked(**record: object) -> str:
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", **record})
    return f'<script type="application/ld+json">{data}</script>'


def read(data: bytes, **known: str) -> Article:
    (found,) = read_page(data, "page", Config(), **known)
    assert isinstance(found, Article), found
    return found


def body(article: Article) -> str:
    return article.text[article.body :]


@pytest.mark.parametrize(
    "around",
    [
        "<nav><ul><li><a href=/a>World news of the day</a></li></ul></nav>{}",
        "{}<footer><p>All rights reserved by the Quayside Post, its owners and heirs, for all time.</p></footer>",
        '{}<aside><p>Sign up for our letter, the best of the quay in your inbox every single morning.</p></aside>',
        '{}<div class="related-stories"><p>Bread is dearer than ever, bakers on the quay complain.</p></div>',
        '{}<div id="comments"><p>I was there and saw it all, and it was not at four but at five.</p></div>',
        '<div class="cookie-consent"><p>We use cookies to count readers, and to sell them things.</p></div>{}',
        "{}<ul><li><a href=/1>Bread dearer than ever, bakers say</a></li><li><a href=/2>Letters</a></li></ul>",
        '<form action="/">{}</form>',
        "{}<script>var text = 'Shops along the quay stayed open on Saturday, traders said in an interview';</script>",
        '{}<p style="display: none">Shops along the quay stayed open on Saturday, traders said in an interview.</p>',
    ],
)  # fmt: skip
def test_what_surrounds_an_article_is_left_out(around: str) -> None:
    assert body(read(page(around.format(f"<div class=story>{BODY}</div>")))).split("\n\n") == list(PARAGRAPHS)


def test_bare_text_with_line_breaks_is_paragraphs() -> None:
    text = "<br><br>".join(PARAGRAPHS)
    assert body(read(page(f"<div class=content>{text}</div>"))).split("\n\n") == list(PARAGRAPHS)


def test_inline_markup_leaves_no_gaps_and_no_joins() -> None:
    found = body(
        read(page(f"<article><p>The <b>old</b> <i>customs</i> house,<br>on fire<sup>1</sup>.</p>{BODY}</article>"))
    )
    assert found.startswith("The old customs house,\non fire1.")


def test_a_short_page_keeps_its_title_out_of_the_body() -> None:
    found = read(page(f"<h1>Fair opens late</h1><p>Fair opens late</p>{BODY}"))
    assert found.title == "Fair opens late"
    assert found.text.startswith(f"Fair opens late\n\n{PARAGRAPHS[0]}")


def test_a_body_that_only_json_holds_is_taken_from_there() -> None:
    found = read(
        page(
            "<div id=app></div><p>Please enable scripts.</p>",
            linked(headline="Fair", articleBody="\n\n".join(PARAGRAPHS * 2)),
        )
    )
    assert body(found).startswith(PARAGRAPHS[0])


def test_facts_from_linked_data() -> None:
    found = read(
        page(
            head=linked(
                headline="Fair &amp; fire",
                author=[{"@type": "Person", "name": "Jane Roe"}, {"@type": "Person", "name": "José de la Cruz"}],
                publisher={"@type": "Organization", "name": "Quayside Post"},
                datePublished="2021-03-11T07:00:00+04:00",
                dateline="RUSTAVI, Georgia",
                isBasedOn="https://www.reuters.com/world/fair",
                sourceOrganization={"name": "Quayside Wire"},
                creditText="AFP",
                mainEntityOfPage="https://post.example/fair",
            )
        )
    )
    assert (found.title, found.outlet, found.byline) == (
        "Fair & fire",
        "Quayside Post",
        ("Jane Roe", "José de la Cruz"),
    )
    assert (found.published, found.url) == ("2021-03-11T07:00:00+04:00", "https://post.example/fair")
    assert found.dateline is not None
    assert (found.dateline.place, found.dateline.span) == ("RUSTAVI", None)
    assert found.credits == ("Reuters", "Quayside Wire", "AFP")
    assert found.lang == "en"


@pytest.mark.parametrize(
    ("author", "byline", "credits"),
    [
        ("Quayside Wire", (), ("Quayside Wire",)),
        ("Harbour Post, QW", (), ("QW",)),
        ("Post foreign desk", ("Post foreign desk",), ()),
        ("Harbour Post", (), ()),
    ],
)
def test_an_organisation_as_author_is_an_agency_a_desk_or_the_outlet(
    author: str, byline: tuple[str, ...], credits: tuple[str, ...]
) -> None:
    record = linked(
        headline="Fair", publisher={"name": "Harbour Post"}, author={"@type": "Organization", "name": author}
    )
    found = read(page(head=record))
    assert (found.byline, found.credits, found.outlet) == (byline, credits, "Harbour Post")


def test_linked_data_in_a_graph_with_references() -> None:
    graph = [
        {"@type": "WebSite", "@id": "#site", "name": "Quayside Post online"},
        {"@type": "Person", "@id": "#jane", "name": "Jane Roe"},
        {"@type": ["NewsArticle"], "headline": "Fair opens", "author": {"@id": "#jane"}, "publisher": {"@id": "#site"}},
    ]
    data = json.dumps({"@context": "https://schema.org", "@graph": graph})
    kind = 'type="application/ld+json"'
    found = read(page(head=f"<script {kind}>{data}</script><script {kind}>{{broken</script>"))
    assert (found.title, found.byline, found.outlet) == ("Fair opens", ("Jane Roe",), "Quayside Post online")


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta property="og:title" content="Fair opens">', "title", "Fair opens"),
        ("<title>Fair opens</title>", "title", "Fair opens"),
        ('<meta property="og:site_name" content="Post"><title>Fair opens | Post</title>', "title", "Fair opens"),
        ('<meta property="og:site_name" content="Quayside Post">', "outlet", "Quayside Post"),
        ('<meta property="article:published_time" content="2021-03-11T07:00Z">', "published", "2021-03-11T07:00Z"),
        ('<meta name="parsely-pub-date" content="2021-03-11T07:00:00Z">', "published", "2021-03-11T07:00:00Z"),
        ('<meta name="DC.date.issued" content="2021-03-11">', "published", "2021-03-11"),
        ('<meta property="article:published_time" content="9999-03-11T07:00:00Z">', "published", None),
        ('<meta name="author" content="Jane Roe and John Doe">', "byline", ("Jane Roe", "John Doe")),
        ('<meta name="author" content="https://facebook.com/jane">', "byline", ()),
        ('<meta name="author" content="Reuters">', "credits", ("Reuters",)),
        ('<meta name="syndication-source" content="https://wire.example/1">', "credits", ("wire.example",)),
        ('<link rel="canonical" href="https://post.example/2021/03/11/fair">', "published", "2021-03-11"),
        ('<link rel="canonical" href="https://www.post.example/fair">', "outlet", "post.example"),
        ('<link rel="canonical" href="javascript:1">', "url", None),
    ],
)  # fmt: skip
def test_facts_from_meta_names(head: str, field: str, value: object) -> None:
    assert getattr(read(page(head=head)), field) == value


def test_a_byline_among_the_paragraphs_is_no_part_of_the_body() -> None:
    found = read(page(f"<h1>Fair opens</h1><p>By Jane Roe</p>{BODY}"))
    assert found.byline == ("Jane Roe",)
    assert body(found).split("\n\n") == list(PARAGRAPHS)


def test_facts_from_elements() -> None:
    time = '<time datetime="2021-03-11T07:00:00Z">Thu</time>'
    found = read(page(f'<article><h1>Fair opens</h1><p class="byline">By Jane Roe</p>{time}{BODY}</article>'))
    assert (found.title, found.byline, found.published) == ("Fair opens", ("Jane Roe",), "2021-03-11T07:00:00Z")
    assert body(found).startswith("Shops")


def test_the_dateline_in_a_page_is_found_in_its_text() -> None:
    found = read(
        page(f"<h1>Fair opens</h1><article><p>RUSTAVI, March 11 (Quayside Wire) — It rained.</p>{BODY}</article>")
    )
    assert found.dateline is not None and found.dateline.span is not None
    assert found.text[slice(*found.dateline.span)] == "RUSTAVI"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a page"),
        (b"<", "no body"),
        (b"<html></html>", "no body"),
        (b"<!-- only a comment -->", "not a page"),
        (page("<nav><a href=/>Home</a></nav>"), "no body"),
        (bytes(range(256)) * 40, "not a page"),
    ],
)
def test_pages_with_nothing_to_read(data: bytes, reason: str) -> None:
    (found,) = read_page(data, "page", Config())
    assert isinstance(found, Rejected)
    assert found.reason == reason


def test_entities_are_not_expanded() -> None:
    entities = '<!ENTITY a "boom"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'
    story = f"<article>{BODY}<p>Then &b; and &c; came.</p></article>"
    bomb = f"<!DOCTYPE html [{entities}]><html><body>{story}</body></html>"
    text = read(bomb.encode()).text
    assert "boomboom" not in text
    assert "root:" not in text


@pytest.mark.parametrize("tag", ["div", "b", "p", "li", "table"])
def test_depth_does_no_harm(tag: str) -> None:
    list(read_page(page(f"<{tag}>" * 5000 + BODY + f"</{tag}>" * 5000), "page", Config()))


def test_a_declared_encoding_is_used() -> None:
    text = "".join(f"<p>Магазины на набережной были закрыты, сообщили торговцы {number}.</p>" for number in range(9))
    data = f'<html><head><meta charset="windows-1251"></head><body>{text}</body></html>'.encode("cp1251")
    assert read(data).text.startswith("Магазины на набережной")


def test_fragments() -> None:
    assert fragment_text("<p>One &amp; two.</p><p>Three.</p>") == "One & two.\n\nThree."
    assert fragment_text("One.\n\nTwo.") == "One.\n\nTwo."
    assert fragment_text("") == ""


def test_the_outlet_behind_a_title_is_cut() -> None:
    assert without_outlet("Fair opens - Quayside Post", "Quayside Post") == "Fair opens"
    assert without_outlet("Quayside Post", "Quayside Post") == "Quayside Post"
