"""The command that opens the desk: web pages and the REST API."""

from __future__ import annotations

import os
import socket
from typing import Annotated

import typer

from sayso.cli.base import Db, app
from sayso.errors import ConfigError


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="address to answer at; others need a password")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="port; 0 takes any that is free", min=0, max=65535)] = 8765,
    show: Annotated[bool, typer.Option("--open", help="open it in the browser too")] = False,
    db: Db = None,
) -> None:
    """Web pages and the REST API over an archive, on this machine.

    Example: sayso serve --db demo.db --open
    """
    import uvicorn

    from sayso.cli.render import err
    from sayso.config import load_config
    from sayso.serve.app import make_app

    desk = make_app(load_config({"db": db}))
    listening = _listen(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    err().print(f"sayso is at {address} (Ctrl-C ends it)", markup=False, soft_wrap=True)
    if show:
        _open_soon(address)
    settings = uvicorn.Config(desk, log_level="warning", access_log=False, server_header=False)
    uvicorn.Server(settings).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    """A socket that answers at an address; ConfigError where it cannot."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # Named as TCP, for asyncio sends at once only through sockets that say so; else each answer waits 40 ms.
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(2048)
        return listening
    except OSError as cause:
        about, way_out = f"{host}:{port}", "give another with --port, or --port 0 for any that is free"
        raise ConfigError(
            f"cannot be answered at: {os.strerror(cause.errno or 0)}", about=about, way_out=way_out
        ) from cause


def _open_soon(address: str) -> None:
    """Open a page once the server answers, which begins in a moment."""
    import threading
    import webbrowser

    threading.Timer(1.0, webbrowser.open, [address]).start()
