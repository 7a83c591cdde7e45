"""The desk: web pages and the REST API over one archive. `app.make_app` wires it; nothing here decides anything.

`shelf` reads parts of the archive and keeps them while they hold; `pages` has a module a page, `rest` the API,
`access` who may do what, `guard` what every request and answer must fulfil.
"""

from __future__ import annotations
