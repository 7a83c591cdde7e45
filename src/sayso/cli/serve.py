"""The command that opens the desk: web pages and the REST API."""

from __future__ import annotations

from typing import Annotated

import typer

from sayso.cli.base import Db, app


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="address to answer at; others need a password")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="port", min=0, max=65535)] = 8765,
    db: Db = None,
) -> None:
    """Web pages and the REST API over an archive, on this machine.

    Example: sayso serve --db demo.db
    """
    import uvicorn

    from sayso.cli.render import err
    from sayso.config import load_config
    from sayso.serve.app import make_app

    desk = make_app(load_config({"db": db}))
    err().print(f"sayso is at http://{host}:{port}/ (Ctrl-C ends it)", markup=False, soft_wrap=True)
    uvicorn.run(desk, host=host, port=port, log_level="warning", access_log=False, server_header=False)
