"""Commands on who may use the desk: account add, list, remove, log."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.cli.base import AsJson, Db, Limit, app
from sayso.cli.render import print_json, print_lines, wants_json
from sayso.cli.serve import AccountsFile
from sayso.errors import ConfigError

if TYPE_CHECKING:
    from sayso.config import Config
    from sayso.serve.access import Role
    from sayso.serve.accounts import Account

account = typer.Typer(help="Who may use the desk at another address than this machine's.", no_args_is_help=True)
app.add_typer(account, name="account")

Name = Annotated[str, typer.Argument(help="name of the account", metavar="NAME")]


@account.command()
def add(
    name: Name,
    roles: Annotated[
        list[str], typer.Option("--role", help="read, judge or add; repeatable [default: read]", metavar="ROLE")
    ] = [],  # noqa: B006
    token: Annotated[
        bool, typer.Option("--token", help="for a program: print a token, and ask for no password")
    ] = False,
    from_input: Annotated[bool, typer.Option("--password-stdin", help="read the password from standard input")] = False,
    accounts: AccountsFile = None,
    db: Db = None,
) -> None:
    """Make an account, or give one another password, token or roles; what is not given stays.

    Example: sayso account add ana --role judge
    """
    from dataclasses import replace

    from sayso.serve.accounts import Account, check_name, digest, new_token, seal, write_accounts

    config = _config(db, accounts)
    held = _held(config.accounts_file)
    before = held.get(check_name(name))
    one = before or Account(name, frozenset())
    one = replace(one, roles=_roles(roles) if roles or not before else one.roles)
    made = new_token() if token else ""
    one = replace(one, token=digest(made)) if token else replace(one, password=seal(_password(from_input)))
    write_accounts(config.accounts_file, (held | {name: one}).values())
    _note(config, "account changed" if before else "account added", name=name, roles=sorted(one.roles), token=token)
    print_lines([f"{name} may {', '.join(sorted(one.roles))}: {config.accounts_file}"])
    if token:
        print_lines([made, "This token is shown once and kept nowhere; send it as `Authorization: Bearer TOKEN`."])


@account.command(name="list")
def list_accounts(accounts: AccountsFile = None, db: Db = None, as_json: AsJson = None) -> None:
    """Who has an account, what they may do, and by what they come in.

    Example: sayso account list
    """
    held = _held(_config(db, accounts).accounts_file)
    rows = [
        {"name": one.name, "roles": sorted(one.roles), "password": bool(one.password), "token": bool(one.token)}
        for one in held.values()
    ]
    if wants_json(as_json):
        for row in rows:
            print_json(row)
        return
    for one in held.values():
        proofs = " and ".join(kind for kind, proof in (("password", one.password), ("token", one.token)) if proof)
        print_lines([f"{one.name:<20} {', '.join(sorted(one.roles)):<18} {proofs}"])
    if not held:
        print_lines(["nobody has an account; `sayso account add NAME` makes one"])


@account.command()
def remove(name: Name, accounts: AccountsFile = None, db: Db = None) -> None:
    """Take an account away; its sessions end at once.

    Example: sayso account remove ana
    """
    from sayso.serve.accounts import write_accounts

    config = _config(db, accounts)
    held = _held(config.accounts_file)
    if held.pop(name, None) is None:
        raise ConfigError("nobody has an account of this name", about=name, way_out="sayso account list")
    write_accounts(config.accounts_file, held.values())
    _note(config, "account removed", name=name)
    print_lines([f"{name} is out: {config.accounts_file}"])


@account.command()
def log(limit: Limit = 50, db: Db = None, as_json: AsJson = None) -> None:
    """What was done at the desk, the latest first: changes, logins, accounts.

    Example: sayso account log --limit 20
    """
    import json

    from sayso.serve.audit import Audit

    for entry in Audit(_config(db, None).audit_file).recent(limit):
        if wants_json(as_json):
            print_json(entry)
        else:
            about = " ".join(f"{name}={json.dumps(value)}" for name, value in entry.about.items())
            print_lines([f"{entry.at}  {entry.who or '-'}  {entry.address or '-'}  {entry.what}  {about}"])


def _config(db: str | None, accounts: str | None) -> Config:
    from sayso.config import load_config

    return load_config({"db": db, "accounts": accounts})


def _held(path: Path) -> dict[str, Account]:
    from sayso.serve.accounts import read_accounts

    return read_accounts(path) if path.exists() else {}


def _roles(given: list[str]) -> frozenset[Role]:
    from sayso.serve.access import Role, with_reading

    if unknown := sorted(set(given) - set(Role)):
        raise ConfigError("no such role", about=unknown[0], way_out="read, judge or add")
    return with_reading(map(Role, given)) or frozenset({Role.READ})


def _password(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise ConfigError(
            "no terminal to ask for a password", about="account add", way_out="--password-stdin or --token"
        )
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))


def _note(config: Config, what: str, **about: object) -> None:
    """Note a change of accounts, by whoever is at this machine."""
    from sayso.serve.audit import Audit
    from sayso.serve.door import login_name

    Audit(config.audit_file).write(config.analyst or login_name(), "", what, **about)
