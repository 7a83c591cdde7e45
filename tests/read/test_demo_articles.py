"""The articles that ship with sayso, against the facts their manifest states."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from sayso.config import Config
from sayso.model import Article, Rejected
from sayso.read import read_sources
from sayso.read.agencies import same_name

DEMO = files("sayso").joinpath("data", "demo")
MANIFEST = tomllib.loads(files("sayso").joinpath("data", "demo.toml").read_text("utf-8"))
SHORT = {outlet["short"]: outlet["name"] for outlet in MANIFEST["outlet"] if "short" in outlet}


@pytest.fixture(scope="module")
def found() -> dict[str, Article | Rejected]:
    return {str(item.origin).rsplit("/", 1)[-1]: item for item in read_sources([str(DEMO)], Config())}


def origin(entry: dict[str, object]) -> str:
    if "line" in entry:
        return f"{entry['file']}:{entry['line']}"
    return f"{entry['file']}#{entry['item']}" if "item" in entry else str(entry["file"])


@pytest.mark.parametrize("entry", MANIFEST["article"], ids=origin)
def test_every_article_has_the_facts_its_file_states(
    found: dict[str, Article | Rejected], entry: dict[str, object]
) -> None:
    article = found[origin(entry)]
    assert isinstance(article, Article)
    if article.title is not None:  # one article of the archive has none
        assert article.title == entry["title"]
    assert article.outlet is not None
    assert SHORT.get(article.outlet, article.outlet) == entry["outlet"] or same_name(
        article.outlet, str(entry["outlet"])
    )
    assert article.lang == entry["lang"]
    assert article.url == entry.get("url")
    credits = [SHORT.get(name, name) for name in article.credits]
    assert set(entry.get("credits", ())) <= set(credits)  # type: ignore[arg-type]


@pytest.mark.parametrize("entry", MANIFEST["broken"], ids=lambda entry: entry["file"])
def test_every_broken_file_is_rejected(found: dict[str, Article | Rejected], entry: dict[str, str]) -> None:
    assert any(isinstance(item, Rejected) for name, item in found.items() if name.startswith(entry["file"]))
