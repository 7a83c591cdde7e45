"""The command that opens the desk: web pages and the REST API."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import Db, app
from sayso.errors import ConfigError

if TYPE_CHECKING:
    from sayso.serve.door import Door

AccountsFile = Annotated[
    str | None, typer.Option("--accounts", help="who may use it [default: DB.accounts.toml]", metavar="FILE")
]


@app.command()
def serve(
    host: Annotated[str, typer.Option("--host", help="address to answer at; others need accounts")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="port; 0 takes any that is free", min=0, max=65535)] = 8765,
    show: Annotated[bool, typer.Option("--open", help="open it in the browser too")] = False,
    accounts: AccountsFile = None,
    names: Annotated[
        list[str], typer.Option("--allow-host", help="name it is reached by; repeatable", metavar="NAME")
    ] = [],  # noqa: B006
    proxy: Annotated[
        str | None, typer.Option("--proxy", help="address of the proxy before it, whose word on clients counts")
    ] = None,
    certificate: Annotated[Path | None, typer.Option("--tls-cert", help="certificate, PEM", metavar="FILE")] = None,
    key: Annotated[Path | None, typer.Option("--tls-key", help="its key, PEM", metavar="FILE")] = None,
    db: Db = None,
) -> None:
    """Web pages and the REST API over an archive, on this machine; elsewhere with accounts (sayso account add).

    Example: sayso serve --db demo.db --open
    """
    import uvicorn

    from sayso.cli.render import err
    from sayso.config import load_config
    from sayso.serve.app import make_app
    from sayso.serve.door import Door

    _check_tls(certificate, key)
    config = load_config({"db": db, "accounts": accounts})
    door = Door(config, host, names, proxied=bool(proxy))
    desk = make_app(config, door)
    listening = _listen(host, port)
    scheme, named = "https" if certificate else "http", f"[{host}]" if ":" in host else host
    address = f"{scheme}://{named}:{listening.getsockname()[1]}/"
    for line in (f"sayso is at {address} (Ctrl-C ends it)", *_warnings(door, host, bool(certificate or proxy))):
        err().print(line, markup=False, soft_wrap=True)
    if show:
        _open_soon(address)
    settings = uvicorn.Config(
        desk,
        ssl_certfile=certificate,
        ssl_keyfile=key,
        proxy_headers=bool(proxy),
        forwarded_allow_ips=proxy or "",
        log_level="warning",
        access_log=False,
        server_header=False,
    )
    uvicorn.Server(settings).run(sockets=[listening])


def _check_tls(certificate: Path | None, key: Path | None) -> None:
    if bool(certificate) != bool(key):
        raise ConfigError("one without the other", about="--tls-cert, --tls-key", way_out="give both")
    for path in (certificate, key):
        if path and not path.is_file():
            raise ConfigError("no such file", about=str(path))


def _warnings(door: Door, host: str, private: bool) -> list[str]:
    """What whoever opens it must know."""
    from sayso.serve.door import is_loopback

    lines = [f"accounts: {len(door.accounts())} in {door.file}"] if door.needs_login() else []
    if not is_loopback(host) and not private:
        lines.append("warning: what is sent, passwords too, is not encrypted: use --tls-cert and --tls-key, or a proxy")
    return lines


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
