"""What an article is headed by."""

from __future__ import annotations

import re

from sayso.model import Article

_DATELINE = re.compile(r"^[^.()]{2,60}\([^()]{2,40}\)\s*[:—–-]+\s*")


def heading(article: Article) -> str:
    """The title, else the first words of the report itself, past byline and dateline; "" for an empty article."""
    if article.title and article.title.strip():
        return " ".join(article.title.split())
    lines = [" ".join(line.split()) for line in article.text.splitlines() if line.strip()]
    told = next((line for line in lines if len(line.split()) >= 6 and " | " not in line), lines[0] if lines else "")
    text = re.split(r"(?<=[.!?])\s+(?=[A-Z“\"‘])", _DATELINE.sub("", told))[0].rstrip(".")
    return text if len(text) <= 120 else text[:120].rsplit(" ", 1)[0] + " …"
