"""The article's paragraphs out of a page's tree, without changing the tree.

One walk turns the tree into blocks (paragraphs, list items, headings, stretches of bare text), each with its share of
link text and the containers it lies in. The body is the smallest container that holds most of the running text; what
is navigation, teaser or call to action in it is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import lxml.etree
import lxml.html

Element = Any  # lxml ships no types

DOMINANT = 0.65  # share of a container's running text that makes a part of it the better container
MAX_DEPTH = 180  # deeper nesting than any page needs; below it the text is taken as one block

SKIPPED = frozenset(
    "script style noscript template iframe object embed svg canvas button select option input textarea label "
    "nav footer figure figcaption menu dialog video audio picture map head time math".split()
)
CONTAINERS = frozenset(
    "html body div section article main aside header table tbody thead tr td th ul ol dl center hgroup details "
    "fieldset blockquote form amp-body".split()
)
BLOCKS = frozenset("p li h1 h2 h3 h4 h5 h6 pre dd dt hr address summary caption".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

# Class and id words of what surrounds an article. A word counts where it begins
# at a boundary ("ad-slot", "relatedBox"), so that "download" is no "ad" and "unrelated" not "related".
AROUND = re.compile(
    r"(?:^|[\s_\-:]|(?<=[a-z])(?=[A-Z]))(?i:"
    r"comment|disqus|respond|related|read-?more|also-?read|more-?(?:on|from|stories|articles|news)|share|sharing|"
    r"social|promo|newsletter|subscri|signup|sign-up|sidebar|side-bar|rail|widget|advert|ads?(?=$|[\s_\-\d])|sponsor|"
    r"footer|foot|nav|navbar|navigation|menu|breadcrumb|crumb|caption|byline|author|bio(?=$|[\s_\-])|"
    r"tags?(?=$|[\s_\-])|topics?|keywords|cookie|consent|gdpr|banner|modal|popup|overlay|recommend|recirc|outbrain|"
    r"taboola|most-?(?:read|popular|viewed)|popular|trending|teaser|toolbar|pagination|pager|print|hidden|"
    r"disclaimer|login|timestamp|published|pubdate|post-?meta|entry-?meta|article-?meta|credits?(?=$|[\s_\-])|"
    r"copyright|follow|feedback|rating|vote|poll|quiz|carousel|slideshow|gallery|skip|screen-reader|sr-only|"
    r"visually-?hidden|toc(?=$|[\s_\-])|donat|sticky|jp-|wp-caption|editor-?note|up-?next|playlist|player"
    r")"
)
# What an article lies in, even if a word of the other kind is in the same class ("post-content has-sidebar").
# An embedded post ("social-media-embed") is quoted matter.
WITHIN = re.compile(
    r"(?i)(?:article|story)[-_]?(?:body|content|text)|(?:entry|post|main|body)[-_]?content|post[-_]?body|"
    r"content[-_]?body|body[-_]?text|embed"
)

# Calls to action and notices that stand among paragraphs. Each must be the whole of a short block or its beginning.
CALLS = re.compile(
    r"(?i)^(?:"
    r"read (?:more|also|next|the full)|also read|see also|"
    r"related(?:\s*:| (?:articles?|stories|content|news|posts?|topics))|"
    r"more (?:from|on|about)\b.{0,60}$|recommended|most read|trending|you (?:may|might) also like|want more|"
    r"advertisement|advertising|sponsored|sign (?:up|in)|log in|subscribe|"
    r"get (?:the|our) (?:latest|best|daily|morning|newsletter)|"
    r"follow (?:us|@|him|her|me|the)|share (?:this|on|via)|share:|like this:|click here|tap here|"
    r"download (?:the|our) app|"
    r"watch (?:now|live|more|the video)|loading|please (?:enable|wait|log in|sign)|print this|e-?mail this|"
    r"copyright|all rights reserved|©|\(c\) \d{4}|photo(?:graph)?s? (?:by|credit)|image(?: credit)?s?:|photo:|picture:|"
    r"getty images|story continues|continue reading|continued below|article continues|scroll (?:down|to)|"
    r"filed under|posted in|tags?:|topics?:|categories:|"
    r"leave a (?:reply|comment)|view comments|comments?$|\d+ comments?$|"
    r"join the (?:conversation|discussion)|send us|contact us|don.t miss|enter your e-?mail|thank you for|"
    r"we use cookies|this (?:site|website) uses)"
)
SENTENCE = re.compile(r"[.!?…。！？।؟;:,»”\"')]")
SPACE = re.compile(r"[ \t\r\f\v\u00a0\u200b\u3000]+")


@dataclass(slots=True)
class Block:
    """A stretch of text between two block boundaries."""

    tag: str
    text: str
    links: int  # characters that stand in links
    around: bool  # inside something whose name says it is none of the article
    container: int


@dataclass(slots=True)
class _Walk:
    """State of the one pass over the tree; containers are numbered in document order."""

    parent: list[int] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    links: int = 0

    @classmethod
    def over(cls, tree: Element) -> _Walk:
        """Walk a whole tree."""
        state = cls([-1], [tree])
        state.walk(tree, "div", 0, False, False, 0)
        state.flush("div", False, 0)
        return state

    def flush(self, tag: str, around: bool, container: int) -> None:
        if not self.pieces:
            return
        raw, links = "".join(self.pieces), self.links
        self.pieces.clear()
        self.links = 0
        for part in re.split(r"\n[ \t\u00a0]*\n\s*", raw):  # two line breaks part paragraphs
            lines = (SPACE.sub(" ", line).strip() for line in part.split("\n"))
            text = "\n".join(line for line in lines if line)
            if text:
                self.blocks.append(Block(tag, text, min(links, len(text)), around, container))

    def add(self, text: str | None, linked: bool) -> None:
        if text:
            text = text.replace("\n", " ")
            self.pieces.append(text)
            if linked and not text.lstrip().startswith(("http://", "https://", "www.")):  # a bare address is text
                self.links += len(text.strip())

    def walk(self, element: Element, tag: str, container: int, around: bool, linked: bool, depth: int) -> None:
        """One element: its text, its children and the text behind each of them."""
        name = element.tag
        if not isinstance(name, str) or name in SKIPPED:
            return
        if name == "br":
            self.pieces.append("\n")
            return
        starts_block = name in BLOCKS
        starts_container = name in CONTAINERS
        if starts_block or starts_container:
            self.flush(tag, around, container)
            outer = (tag, container, around)
            around = around or is_around(element, name)
            if starts_container:
                self.parent.append(container)
                self.elements.append(element)
                container = len(self.parent) - 1
                tag = name if name in ("td", "blockquote") or tag != "blockquote" else tag
            else:
                tag = name
        elif name == "a":
            linked = True
        elif name == "span" and is_around(element, name):
            return
        self.add(element.text, linked)
        if depth > MAX_DEPTH:
            self.add(" ".join(element.itertext()), linked)
        else:
            for child in element:
                self.walk(child, tag, container, around, linked, depth + 1)
                self.add(child.tail, linked)
        if starts_block or starts_container:
            self.flush(tag, around, container)
            tag, container, around = outer


def is_around(element: Element, name: str) -> bool:
    """Whether an element's own name says it surrounds the article rather than holds it."""
    if name in ("html", "body", "main", "article"):
        return False
    if name == "aside":
        return True
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("itemprop") == "articleBody":
        return False
    if attributes.get("role") in ("navigation", "banner", "contentinfo", "complementary", "dialog", "search"):
        return True
    style = attributes.get("style")
    if style and "display:none" in style.replace(" ", "").lower():
        return True
    words = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return bool(AROUND.search(words)) and not WITHIN.search(words)


@dataclass(frozen=True, slots=True)
class Body:
    """What was taken for the article's body, and how sure one can be."""

    paragraphs: tuple[str, ...]
    share: float  # of the page's running text, 0 to 1
    seen: int  # characters of text in the whole page
    beside: str  # short texts near it that were left out (captions, notices, bylines), a line each


def find_body(tree: Element) -> Body:
    """The article's body in a page's tree; no paragraphs if the page holds no running text."""
    state = _Walk.over(tree)
    blocks = [block for block in state.blocks if not block.around]
    everything = sum(map(weight, state.blocks))
    if sum(map(weight, blocks)) < 250 and everything > 500:
        blocks = state.blocks  # a page whose class names mislead
    home = choose_container(state, drop_lesser_articles(state, blocks))
    inside = _descendants(state.parent, home)
    kept = tidy([block for block in drop_lesser_articles(state, blocks) if inside[block.container]])
    taken = set(map(id, kept))
    beside = (block.text for block in state.blocks if id(block) not in taken and len(block.text) < 200)
    share = sum(map(weight, kept)) / everything if everything else 0.0
    seen = sum(len(block.text) for block in state.blocks)
    return Body(tuple(block.text for block in kept), share, seen, "\n".join(beside))


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML such as a feed's content: all its paragraphs, nothing chosen but what is no prose."""
    if "<" not in markup and "&" not in markup:
        return "\n\n".join(part.strip() for part in re.split(r"\n\s*\n", markup) if part.strip())
    try:
        tree = lxml.html.fromstring(f"<div>{markup}</div>", parser=lxml.html.HTMLParser(no_network=True))
    except (lxml.etree.LxmlError, ValueError, AssertionError):
        return ""
    return "\n\n".join(block.text for block in tidy(_Walk.over(tree).blocks))


def weight(block: Block) -> float:
    """How much running text a block holds: its characters outside links, if it reads like prose."""
    size = len(block.text)
    plain = size - block.links
    if block.tag in HEADINGS or plain < 0.5 * size or size < 25:
        return 0.0
    if block.tag == "li":
        return 0.3 * plain
    return float(plain) if size > 80 or SENTENCE.search(block.text) else 0.3 * plain


def drop_lesser_articles(state: _Walk, blocks: list[Block]) -> list[Block]:
    """Without the teasers that a page marks up as `article` beside or inside the one it is about."""
    own = [-1] * len(state.parent)  # the innermost `article` each container lies in
    for number, element in enumerate(state.elements):
        own[number] = number if element.tag == "article" else own[state.parent[number]] if number else -1
    held: dict[int, float] = {}
    for block in blocks:
        held[own[block.container]] = held.get(own[block.container], 0.0) + weight(block)
    most = max((size for article, size in held.items() if article >= 0), default=0.0)
    if most < 250:
        return blocks
    return [block for block in blocks if own[block.container] < 0 or held[own[block.container]] > 0.3 * most]


def choose_container(state: _Walk, blocks: list[Block]) -> int:
    """The smallest container that holds most of the running text, going down from the root."""
    total = [0.0] * len(state.parent)
    for block in blocks:
        total[block.container] += weight(block)
    children: list[list[int]] = [[] for _ in state.parent]
    for number in range(len(state.parent) - 1, 0, -1):
        total[state.parent[number]] += total[number]
        children[state.parent[number]].append(number)
    here = 0
    while children[here]:
        best = max(children[here], key=lambda number: (total[number], -number))
        if total[best] < DOMINANT * total[here] or total[best] == 0:
            break
        here = best
    # A quotation or a table cell is a part of an article, never the whole of a longer one.
    while here > 0 and state.elements[here].tag in ("blockquote", "ul", "ol", "tr", "tbody", "li"):
        here = state.parent[here]
    return here


def _descendants(parent: list[int], home: int) -> list[bool]:
    inside = [False] * len(parent)
    inside[home] = True
    for number in range(home + 1, len(parent)):
        inside[number] = inside[parent[number]]
    return inside


def tidy(blocks: list[Block]) -> list[Block]:
    """Without link lists, calls to action, repeated blocks, and headings under which nothing follows."""
    kept: list[Block] = []
    for block in blocks:
        size = len(block.text)
        if block.tag == "h1" or (size < 160 and CALLS.match(block.text)):
            continue
        if block.links > 0.65 * size and not (
            block.tag in ("p", "blockquote") and size > 120 and SENTENCE.search(block.text)
        ):
            continue
        if not any(map(str.isalnum, block.text)):
            continue
        if any(block.text == earlier.text for earlier in kept[-2:]):  # the same text laid out for two screen sizes
            continue
        kept.append(block)
    while kept and kept[-1].tag in HEADINGS:
        kept.pop()
    return kept
