"""Accounts: the file, what it keeps of passwords, and the commands that write it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import ConfigError
from sayso.serve.accounts import digest, holder, opens, read_accounts, seal, write_accounts
from tests.serve.visitors import CHEAP, PASSWORD, account


def sayso(*arguments: str, cwd: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith("SAYSO_")} | {
        "SAYSO_ANALYST": "keeper"
    }
    command = [sys.executable, "-m", "sayso.cli", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, input=given, capture_output=True, text=True, timeout=120)


def test_accounts_are_made_changed_listed_and_taken_away(tmp_path: Path) -> None:
    made = sayso("account", "add", "ana", "--role", "judge", "--password-stdin", cwd=tmp_path, given=PASSWORD + "\n")
    assert (made.returncode, made.stdout) == (0, "ana may judge, read: sayso.db.accounts.toml\n")
    token = sayso("account", "add", "robot", "--role", "add", "--token", cwd=tmp_path).stdout.split("\n")[1]
    assert token.startswith("sayso_")
    sayso("account", "add", "ana", "--role", "add", "--role", "judge", "--token", cwd=tmp_path)
    held = read_accounts(tmp_path / "sayso.db.accounts.toml")
    assert holder(held, token) == held["robot"]
    assert sorted(held["ana"].roles) == ["add", "judge", "read"]
    assert opens(PASSWORD, held["ana"].password), "another token leaves the password as it is"
    listed = sayso("account", "list", "--table", cwd=tmp_path).stdout
    assert "ana" in listed and "password and token" in listed
    assert sayso("account", "remove", "robot", cwd=tmp_path).returncode == 0
    assert set(read_accounts(tmp_path / "sayso.db.accounts.toml")) == {"ana"}
    logged = sayso("account", "log", "--table", cwd=tmp_path).stdout
    assert [line.split("  ")[1:4:2] for line in logged.splitlines()] == [
        ["keeper", "account removed"],
        ["keeper", "account changed"],
        *[["keeper", "account added"]] * 2,
    ]
    assert PASSWORD not in logged and token not in logged


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["add", "ana", "--password-stdin"], "password: has 5 characters (10 to 1024)"),
        (["add", "ana"], "no terminal to ask for a password (--password-stdin or --token)"),
        (["add", "a b", "--token"], "a b: is no name of an account"),
        (["add", "ana", "--token", "--role", "boss"], "boss: no such role (read, judge or add)"),
        (["remove", "ana"], "ana: nobody has an account of this name (sayso account list)"),
    ],
)
def test_what_makes_no_account_is_told_with_the_way_out(tmp_path: Path, arguments: list[str], told: str) -> None:
    done = sayso("account", *arguments, cwd=tmp_path, given="short\n")
    assert done.returncode == 2
    assert told in done.stderr
    assert not list(tmp_path.iterdir())


def test_serving_elsewhere_without_accounts_is_refused_with_the_way_out(tmp_path: Path) -> None:
    done = sayso("serve", "--host", "0.0.0.0", "--port", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert "nobody has an account (sayso account add NAME" in done.stderr
    half = sayso("serve", "--tls-cert", "cert.pem", cwd=tmp_path)
    assert "give both" in half.stderr


def test_the_file_is_for_its_owner_alone_and_holds_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "accounts.toml"
    write_accounts(path, [account("ana", "judge", token="sayso_secret"), account("Ṡmith@desk.example")])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PASSWORD not in path.read_text("utf-8") and "sayso_secret" not in path.read_text("utf-8")
    assert set(read_accounts(path)) == {"ana", "Ṡmith@desk.example"}
    assert [one.name for one in tmp_path.iterdir()] == ["accounts.toml"]


SEALED = seal(PASSWORD, CHEAP)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[account]]\nname = ana\n", "not valid TOML.*line 2"),
        ("[[account]]\nroles = ['read']\n", "line 1: name is not"),
        ("\n[[account]]\nname = 'ana'\nroles = ['boss']\n", "line 2: roles is not a list of read, judge or add"),
        ("[[account]]\nname = 'ana'\nroles = []\n", "line 1: roles"),
        ("[[account]]\nname = 'ana'\nroles = ['read']\npassword = 'plain words'\n", "line 1: password is not scrypt"),
        (f"[[account]]\nname = 'ana'\nroles = ['read']\npassword = '{SEALED.replace('$2$', '$3$')}'\n", "password"),
        (f"[[account]]\nname = 'ana'\nroles = ['read']\npassword = '{SEALED.replace('$8$', '$99$')}'\n", "password"),
        ("[[account]]\nname = 'ana'\nroles = ['read']\ntoken = 'sayso_plain'\n", "line 1: token"),
        ("[[account]]\nname = 'ana'\nroles = ['read']\n", "line 1: has neither password nor token"),
        (
            f"[[account]]\nname = 'ana'\nroles = ['read']\npassword = '{SEALED}'\nadmin = true\n",
            "unknown field 'admin'",
        ),
        (f"[[account]]\nname = 'ana'\nroles = ['read']\npassword = '{SEALED}'\n" * 2, "line 5: 'ana' is there twice"),
        ("account = [3]\n", "is no .*account.* table"),
        ("users = []\n", "holds more than"),
        ("\x00", "not valid TOML"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "accounts.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=rf"accounts\.toml.*{told}"):
        read_accounts(path)


@given(st.text(min_size=10, max_size=40), st.text(max_size=40))
@settings(max_examples=30, deadline=None)
def test_a_password_opens_what_it_sealed_and_nothing_else_does(password: str, other: str) -> None:
    sealed = seal(password, CHEAP)
    assert opens(password, sealed)
    assert opens(other, sealed) is (other == password)
    assert seal(password, CHEAP) != sealed


def test_passwords_are_kept_at_the_cost_that_is_advised_and_an_unknown_name_takes_as_long() -> None:
    sealed = seal(PASSWORD)
    assert sealed.startswith("scrypt$32768$8$3$")
    assert opens(PASSWORD, sealed)
    assert not opens(PASSWORD, "")


def test_nobody_has_the_empty_token() -> None:
    held = {"ana": account("ana"), "robot": account("robot", token="sayso_secret")}
    assert holder(held, "") is None
    assert holder(held, digest("sayso_secret")) is None
    assert holder(held, "sayso_secret") == held["robot"]
