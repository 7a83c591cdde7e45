"""The pages, a module each. A route reads what the page needs from the shelf and hands it to its template."""

from __future__ import annotations

from sayso.serve.pages import article, incident, lineage, search, situation, sources

ROUTERS = (situation.router, incident.router, search.router, sources.router, lineage.router, article.router)
