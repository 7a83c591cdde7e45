"""What set phrases, headlines and list entries promise: whose words they are, and that a deed is nobody's."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.extract.claims.attribution import find_claims
from sayso.knowledge import table
from sayso.model import Parsed

_MARKS = re.compile(r"[\[\]{}<>]")
LINES = [
    line
    for line in Path(__file__).with_name("phrases.txt").read_text("utf-8").splitlines()
    if line and line[:2] != "# "
]
EXAMPLES = [
    example
    for part in table("idioms.toml").values()
    for entry in (part if isinstance(part, list) else [part])
    for example in entry["examples"]
]


@pytest.mark.parametrize("line", LINES)
def test_each_line_tells_what_it_marks_and_no_more(parse: Callable[[str], Parsed], line: str) -> None:
    assert told(parse, line) == marked(line)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_of_the_idioms_is_found(parse: Callable[[str], Parsed], example: str) -> None:
    assert marked(example)[0] in told(parse, example)


def marked(line: str) -> list[tuple[str, str]]:
    """The source and the content that the marks of a line hold."""
    content = " ".join(re.findall(r"{([^}]*)}", line))
    return [(" ".join(re.findall(r"\[([^]]*)\]", line)), _bare(content))] if content else []


def told(parse: Callable[[str], Parsed], line: str) -> list[tuple[str, str]]:
    """The source and the content of each claim found in a line without its marks."""
    parsed = parse(_MARKS.sub("", line))
    quote = parsed.article.quote
    return [
        (
            " ".join(quote(link.source) for link in claim.chain if link.source),
            _bare(" ".join(quote(piece) for piece in claim.content)),
        )
        for claim in find_claims(parsed)
    ]


def _bare(content: str) -> str:
    return content.strip(" ,.'\"‘’“”").replace(" '", " ")
