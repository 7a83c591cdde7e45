"""Accounts: a TOML file of names, roles and what proves them. Passwords and tokens themselves are kept nowhere.

A password is kept as scrypt (RFC 7914) with its parameters, a token, which is 256 random bits, as SHA-256.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import ConfigError
from sayso.serve.access import Role, with_reading

SHORTEST = 10  # characters of a password
_LONGEST = 1024
_NAME = re.compile(r"[\w.@+-]{1,64}")
_COST = (2**15, 8, 3)  # n, r, p of scrypt: 32 MB, and of the choices OWASP's password storage cheat sheet calls equal
_MOST_COST = (2**18, 16, 16)  # of a file that somebody wrote by hand: more would stop the machine
_SEALED = re.compile(r"scrypt\$(\d{1,9})\$(\d{1,3})\$(\d{1,3})\$[A-Za-z0-9+/=]{8,99}\$[A-Za-z0-9+/]{43}=")
_TOKEN = "sayso_"  # tokens begin so, that they are found where they should not be
_HEAD = "# Who may use the desk. `sayso account` writes this file; it holds no password and no token.\n"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may come in, by a password, a token or either."""

    name: str
    roles: frozenset[Role]  # reading is always among them
    password: str = ""  # "scrypt$N$R$P$SALT$KEY"; "" where there is none
    token: str = ""  # "sha256$HEX"; "" where there is none


Accounts = Mapping[str, Account]  # by name


# ------------------------------------------------------------------------------------------------- what proves them


def seal(password: str, cost: tuple[int, int, int] = _COST) -> str:
    """A password as it is kept; ConfigError where it is too short to keep anybody out."""
    if not SHORTEST <= len(password) <= _LONGEST:
        raise ConfigError(f"has {len(password)} characters", about="password", way_out=f"{SHORTEST} to {_LONGEST}")
    salt = secrets.token_bytes(16)
    return "$".join(["scrypt", *map(str, cost), _text(salt), _text(_scrypt(password, salt, cost))])


def opens(password: str, sealed: str) -> bool:
    """Whether a password is the one that was kept; takes as long where none was kept."""
    _, n, r, p, salt, key = (sealed or _decoy()).split("$")
    made = _scrypt(password[:_LONGEST], base64.b64decode(salt), (int(n), int(r), int(p)))
    return hmac.compare_digest(made, base64.b64decode(key)) and bool(sealed)


@cache
def _decoy() -> str:
    """What the password of somebody unknown is compared with."""
    return seal(secrets.token_hex())


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=n, r=r, p=p, maxmem=256 * r * (n + p + 2), dklen=32)


def _text(given: bytes) -> str:
    return base64.b64encode(given).decode()


def new_token() -> str:
    """A token for a program."""
    return _TOKEN + secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """A token as it is kept."""
    return "sha256$" + hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def holder(accounts: Accounts, token: str) -> Account | None:
    """Whose token this is."""
    given, found = digest(token), None
    for account in accounts.values():
        if account.token and hmac.compare_digest(account.token, given):
            found = account
    return found


# ------------------------------------------------------------------------------------------------------- the file


def read_accounts(path: Path) -> dict[str, Account]:
    """The accounts of a file; ConfigError names the line that is wrong."""
    try:
        text = path.read_text("utf-8")
        held = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise ConfigError(f"is not valid TOML: {cause}", about=str(path)) from cause
    except OSError as cause:
        way_out = f"sayso account add NAME --accounts {path}"
        raise ConfigError(f"cannot be read: {cause.strerror}", about=str(path), way_out=way_out) from cause
    rows = held.get("account", [])
    if set(held) - {"account"} or not isinstance(rows, list):
        raise ConfigError("holds more than [[account]] tables", about=str(path), way_out="see docs/serving.md")
    lines = [number for number, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[\s*account\s*\]\]", line)]
    read: dict[str, Account] = {}
    for place, row in enumerate(rows):
        about = f"{path}, line {lines[place]}" if place < len(lines) else str(path)
        account = _account(row, about)
        if account.name in read:
            raise ConfigError(f"{account.name!r} is there twice", about=about)
        read[account.name] = account
    return read


def _account(row: Any, about: str) -> Account:
    if not isinstance(row, dict):
        raise ConfigError("is no [[account]] table", about=about)
    for field, fits, wanted in _FIELDS:
        if not fits(row.get(field, "")):
            raise ConfigError(f"{field} is not {wanted}", about=about, way_out="sayso account add NAME writes it anew")
    if unknown := set(row) - {field for field, _, _ in _FIELDS}:
        raise ConfigError(f"unknown field {min(unknown)!r}", about=about)
    if not row.get("password") and not row.get("token"):
        raise ConfigError("has neither password nor token", about=about)
    roles = with_reading(map(Role, row["roles"]))
    return Account(row["name"], roles, row.get("password", ""), row.get("token", ""))


def _is_sealed(value: Any) -> bool:
    """Whether this is a password as kept, at a cost that this machine can pay; "" is none."""
    found = _SEALED.fullmatch(str(value))
    if value == "" or not found:
        return bool(value == "")
    n, r, p = cost = tuple(map(int, found.groups()))
    sound = n >= 2 and n & (n - 1) == 0 and r >= 1 and p >= 1
    return sound and all(given <= most for given, most in zip(cost, _MOST_COST, strict=True))


def _are_roles(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and set(map(str, value)) <= set(Role)


_NAMED = "letters, digits and . @ + - _, up to 64"
_FIELDS: tuple[tuple[str, Callable[[Any], object], str], ...] = (
    ("name", lambda value: isinstance(value, str) and _NAME.fullmatch(value), _NAMED),
    ("roles", _are_roles, "a list of read, judge or add"),
    ("password", _is_sealed, "scrypt$N$R$P$SALT$KEY"),
    ("token", lambda value: re.fullmatch(r"(sha256\$[0-9a-f]{64})?", str(value)), "sha256$DIGITS"),
)


def check_name(name: str) -> str:
    """A name as accounts may have it."""
    if not _NAME.fullmatch(name):
        raise ConfigError(
            "is no name of an account", about=name[:80], way_out="letters, digits and . @ + - _, up to 64"
        )
    return name


def write_accounts(path: Path, accounts: Iterable[Account]) -> None:
    """All accounts, for the owner alone to read; the file is whole at every moment."""
    text = "\n".join([_HEAD, *map(_table, sorted(accounts, key=lambda one: one.name))])
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as made:  # mode 0600
            made.write(text)
            made.flush()
            os.fsync(made.fileno())
        os.replace(made.name, path)
    except OSError as cause:
        raise ConfigError(f"cannot be written: {cause.strerror}", about=str(path)) from cause


def _table(account: Account) -> str:
    proofs = {"password": account.password, "token": account.token}
    rows = {"name": account.name, "roles": sorted(account.roles), **{key: held for key, held in proofs.items() if held}}
    return "[[account]]\n" + "".join(
        f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items()
    )
