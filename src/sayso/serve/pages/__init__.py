"""The pages, a module each. A route reads what the page needs from the shelf and hands it to its template."""

from __future__ import annotations

from sayso.serve.pages import (
    article,
    health,
    importing,
    incident,
    keys,
    lineage,
    login,
    report,
    review,
    search,
    situation,
    sources,
)

ROUTERS = tuple(
    page.router
    for page in (situation, incident, article, search, sources, lineage, report, review, importing, health, keys, login)
)
