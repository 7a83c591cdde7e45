"""RSS and Atom: items, their source elements, and files that are no feeds."""

from __future__ import annotations

import pytest

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read.feeds import read_feed

BODY = "<p>Shops along the quay stayed shut on Saturday, traders said.</p><p>Nobody was hurt.</p>"


def rss(items: str, title: str = "Quayside Post - Region") -> bytes:
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{title}</title><link>https://post.example/</link><language>en</language>{items}</channel></rss>""".encode()


def item(number: int, more: str = "") -> str:
    return f"""<item><title>Fair opens {number}</title><link>https://post.example/{number}</link>
<pubDate>Mon, 10 Jan 2022 19:00:00 +0600</pubDate><description>Shops along the quay …</description>
<content:encoded><![CDATA[{BODY}]]></content:encoded>{more}</item>"""


def read(data: bytes) -> list[Article | Rejected]:
    return list(read_feed(data, "feed", Config()))


def test_an_item_is_an_article_with_its_whole_content() -> None:
    (found,) = read(rss(item(1, "<dc:creator>Jane Roe</dc:creator>")))
    assert isinstance(found, Article)
    assert (
        found.text == "Fair opens 1\n\nShops along the quay stayed shut on Saturday, traders said.\n\nNobody was hurt."
    )
    assert (found.outlet, found.byline, found.credits) == ("Quayside Post", ("Jane Roe",), ())
    assert (found.published, found.url) == ("2022-01-10T19:00:00+06:00", "https://post.example/1")
    assert found.origin == "feed#1"


def test_the_source_element_of_one_item_is_a_credit() -> None:
    source = '<source url="https://wire.example/feed.xml">Quayside Wire</source>'
    first, second, third = read(rss(item(1) + item(2, source) + item(3)))
    assert isinstance(first, Article) and isinstance(second, Article) and isinstance(third, Article)
    assert (first.credits, second.credits) == ((), ("Quayside Wire",))
    assert second.outlet == "Quayside Post"


def test_the_source_elements_of_a_gathering_feed_are_outlets() -> None:
    items = "".join(item(n, f'<source url="https://{n}.example">Paper {n}</source>') for n in range(4))
    found = read(rss(items, "fair - Gatherer"))
    assert [one.outlet for one in found if isinstance(one, Article)] == ["Paper 0", "Paper 1", "Paper 2", "Paper 3"]


def test_an_agency_in_the_author_field_is_a_credit() -> None:
    (found,) = read(rss(item(1, "<dc:creator>Quayside News Agency</dc:creator>")))
    assert isinstance(found, Article)
    assert (found.byline, found.credits) == ((), ("Quayside News Agency",))


def test_atom() -> None:
    (found,) = read(
        b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Quayside Post</title>
<entry><title>Fair opens</title><id>urn:1</id><link rel="alternate" href="https://post.example/1"/>
<published>2022-01-06T05:45:00Z</published><author><name>Jane Roe</name></author>
<content type="html">&lt;p&gt;Shops stayed shut.&lt;/p&gt;</content></entry></feed>"""
    )
    assert isinstance(found, Article)
    assert found.text == "Fair opens\n\nShops stayed shut."
    assert (found.byline, found.published) == (("Jane Roe",), "2022-01-06T05:45:00Z")


def test_a_summary_or_a_title_alone_is_read() -> None:
    first, second = read(
        rss("<item><title>A</title><description>Shops shut.</description></item><item><title>Fair opens</title></item>")
    )
    assert isinstance(first, Article) and isinstance(second, Article)
    assert first.text == "A\n\nShops shut."
    assert second.text == "Fair opens"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<?xml version='1.0'?><catalogue><book/></catalogue>", "not a feed"),
        (rss(""), "empty"),
        (
            b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><rss>&b;</rss>',
            "entities in XML",
        ),
        (b"", "not a feed"),
    ],
)
def test_what_is_no_feed(data: bytes, reason: str) -> None:
    assert [one.reason for one in read(data) if isinstance(one, Rejected)] == [reason]


def test_a_file_outside_is_not_pulled_in() -> None:
    data = b'<?xml version="1.0"?><!DOCTYPE r SYSTEM "file:///etc/passwd"><rss version="2.0"><channel><title>T</title>'
    assert all(
        "root:" not in one.text
        for one in read(data + item(1).encode() + b"</channel></rss>")
        if isinstance(one, Article)
    )
