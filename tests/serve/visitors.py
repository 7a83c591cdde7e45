"""Those who come to the desk in tests: with a signed form, an account, a token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from sayso.config import Config
from sayso.serve.access import Role, with_reading
from sayso.serve.accounts import Account, digest, seal, write_accounts
from sayso.serve.app import make_app

CHEAP = (2, 8, 1)  # of scrypt: tests need no strength
PASSWORD = "correct horse battery"


def account(name: str, *roles: str, password: str = PASSWORD, token: str = "") -> Account:
    """An account, by a password that costs nothing to check."""
    held = with_reading(map(Role, roles or ("read",)))
    return Account(name, held, seal(password, CHEAP) if password else "", digest(token) if token else "")


def guarded(db: Path, *accounts: Account, **settings: Any) -> FastAPI:
    """The desk over an archive, for those with an account."""
    config = Config(db=str(db), **settings)
    write_accounts(config.accounts_file, accounts)
    return make_app(config)


def visitor(app: FastAPI, address: str = "127.0.0.1", **settings: Any) -> TestClient:
    """A browser that was given nothing yet."""
    settings = {"base_url": "http://127.0.0.1", "follow_redirects": False, **settings}
    return TestClient(app, client=(address, 50_000), **settings)


def signature(client: TestClient) -> str:
    """What a page of the desk gives this browser to sign its forms with."""
    page = client.get("/login", follow_redirects=True).text
    return page.partition('name="csrf" content="')[2].partition('"')[0]


def signing(client: TestClient) -> TestClient:
    """The same browser; from now on it signs whatever it sends."""
    client.headers["X-CSRF"] = signature(client)
    return client


def come_in(client: TestClient, name: str, password: str = PASSWORD, next: str = "/") -> Any:
    """Send the form of the login page."""
    fields = {"name": name, "password": password, "next": next, "csrf": signature(client)}
    return client.post("/login", data=fields, headers={"X-CSRF": ""})
