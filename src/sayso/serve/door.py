"""The door: where the desk may be reached, who comes in, and by what they are known again.

At this machine's own address one person works without an account. Whatever else can reach the desk (another address,
a proxy) needs accounts; without any the desk does not open there.
"""

from __future__ import annotations

import getpass
import ipaddress
import logging
import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore

from fastapi import HTTPException, Request, Response

from sayso.config import Config
from sayso.errors import ConfigError
from sayso.serve.access import NOBODY, Access, Role, Way
from sayso.serve.accounts import Account, Accounts, holder, opens, read_accounts
from sayso.serve.limits import COMING_IN, READING, WRITING, Buckets, Failures, network
from sayso.serve.sessions import LONGEST, Sessions, new_id
from sayso.serve.signing import Signer

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.IGNORECASE)
_ID = re.compile(r"[\w-]{43}", re.ASCII)
_THROUGH = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
_AT_ONCE = 2  # passwords compared at a time: each takes 32 MB for a moment
_PATIENCE = 10.0  # seconds a password waits for that
_log = logging.getLogger(__name__)


class Door:
    """Who comes in, at the address that the desk is bound to. ConfigError where it would stand open."""

    def __init__(
        self, config: Config, host: str = "127.0.0.1", names: Collection[str] = (), *, proxied: bool = False
    ) -> None:
        self.file = config.accounts_file
        self._named = bool(config.accounts)
        self._read: tuple[object, Accounts] = (None, {})
        self._seen_accounts = False
        self._local = Access(config.analyst or login_name(), frozenset(Role))
        self._names = {host.lower().strip("[]"), *(name.lower().rstrip(".") for name in names)}
        self._comparing = BoundedSemaphore(_AT_ONCE)
        self.sessions, self.signer = Sessions(), Signer()
        self.reading, self.writing, self.coming_in = Buckets(READING), Buckets(WRITING), Buckets(COMING_IN)
        self.failures, self.failures_of_name = Failures(), Failures(free=20)
        if not self.accounts() and (proxied or names or not is_loopback(host)):
            raise ConfigError(
                "others could reach this address, and nobody has an account",
                about=host,
                way_out=f"sayso account add NAME --role judge --accounts {self.file}; or --host 127.0.0.1 alone",
            )

    # ------------------------------------------------------------------------------------------------ accounts

    def accounts(self) -> Accounts:
        """The accounts as the file has them now; ConfigError where it is broken, or gone after it was there."""
        stamp = _stamp(self.file)
        if stamp is None and not self._named and not self._seen_accounts:
            return {}
        if stamp is None or stamp != self._read[0]:
            self._read = (stamp, read_accounts(self.file))
            self._seen_accounts |= bool(self._read[1])
        return self._read[1]

    def needs_login(self) -> bool:
        """Whether accounts are used; once they are, they are until the desk is closed."""
        return bool(self.accounts()) or self._seen_accounts

    def signed_in(self) -> list[tuple[str, str]]:
        """Who logged in and has an account still, and when they asked for something last, ISO 8601 in UTC."""
        known, now = self.accounts(), datetime.now(UTC)
        return [
            (name, (now - timedelta(seconds=idle)).isoformat(timespec="seconds"))
            for name, idle in self.sessions.people().items()
            if name in known
        ]

    def prove(self, name: str, password: str) -> Account | None:
        """The account of a name and password. An unknown name takes as long as a wrong password."""
        account = self.accounts().get(name)
        if not self._comparing.acquire(timeout=_PATIENCE):
            raise HTTPException(503, "too many are coming in at once", {"Retry-After": "10"})
        try:
            proved = opens(password, account.password if account else "")
        finally:
            self._comparing.release()
        return account if proved else None

    # ----------------------------------------------------------------------------------------------- who it is

    def enter(self, request: Request) -> Access:
        """Who asks; HTTPException where they say they are somebody and are not."""
        try:
            needs_login = self.needs_login()
        except ConfigError as fault:
            _log.error("%s", fault)
            raise HTTPException(503, "nobody can come in: the accounts cannot be read") from fault
        if not needs_login:
            self._check_alone(request)
            return self._local
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        return self._by_token(request, token.strip()) if scheme.lower() == "bearer" else self._by_session(request)

    def _by_token(self, request: Request, token: str) -> Access:
        client = f"token {address_of(request)}"
        if wait := self.failures.wait(client):
            raise too_many(wait)
        if account := holder(self.accounts(), token):
            return Access(account.name, account.roles, Way.TOKEN)
        self.failures.add(client)
        raise HTTPException(401, "no account has this token", {"WWW-Authenticate": 'Bearer error="invalid_token"'})

    def _by_session(self, request: Request) -> Access:
        id = self.browser(request)
        session = self.sessions.find(id) if id else None
        account = self.accounts().get(session.name) if session else None
        if session is None or account is None or account.password != session.proof:
            self.sessions.end(id)
            return NOBODY
        return Access(account.name, account.roles, Way.SESSION)

    def _check_alone(self, request: Request) -> None:
        """Refuse what comes from elsewhere by a way that the address does not show: a proxy, another launcher."""
        if any(name in request.headers for name in _THROUGH):
            raise HTTPException(403, "this came through a proxy; accounts are needed for that (sayso account add NAME)")
        if request.client and is_address(request.client.host) and not is_loopback(request.client.host):
            raise HTTPException(403, "this came from another machine; accounts are needed (sayso account add NAME)")

    # --------------------------------------------------------------------------------------------- the browser

    def browser(self, request: Request) -> str:
        """The id a browser came with; "" for none, or for one that we never gave."""
        id = request.cookies.get(cookie_of(request), "")
        return id if _ID.fullmatch(id) else ""

    def remember(self, request: Request, response: Response, id: str) -> None:
        """Give a browser an id, which scripts cannot read and other sites cannot send along with a form."""
        week, private = int(LONGEST), is_private(request)
        response.set_cookie(cookie_of(request), id, week, secure=private, httponly=True, samesite="lax")

    def begin(self, request: Request, response: Response, account: Account) -> None:
        """Open a session under a new id; the one before ends."""
        self.sessions.end(self.browser(request))
        self.remember(request, response, self.sessions.begin(account.name, account.password))

    def leave(self, request: Request, response: Response) -> None:
        """End a session, and forget the browser."""
        self.sessions.end(self.browser(request))
        self.remember(request, response, new_id())

    def gave(self, request: Request, cookie: str) -> bool:
        """Whether a Set-Cookie header gives the browser its id."""
        return cookie.startswith(f"{cookie_of(request)}=")

    # --------------------------------------------------------------------------------------------- the address

    def check_host(self, request: Request) -> None:
        """Refuse names that are not the desk's: another site's name may be made to lead here (DNS rebinding)."""
        given = request.headers.getlist("host")
        found = _HOST.fullmatch(given[0]) if len(given) == 1 else None
        if not found:
            raise HTTPException(400, "exactly one Host header that names this desk is needed")
        name = found[1].lower().strip("[]").rstrip(".")
        own = str((request.scope.get("server") or ("",))[0]).lower()
        if name not in self._names and name != own and not is_loopback(name):
            raise HTTPException(421, "this desk has another name (sayso serve --allow-host NAME)")

    def check_rate(self, request: Request, access: Access, safe: bool) -> None:
        """Refuse who asks too often; alone at this machine nobody does."""
        if access.way is not Way.LOCAL:
            bucket = self.reading if safe else self.writing
            if wait := bucket.wait(access.name or address_of(request)):
                raise too_many(wait)


def too_many(wait: int) -> HTTPException:
    """Come back later, in so many seconds."""
    return HTTPException(429, f"too many requests; try again in {wait} s", {"Retry-After": str(wait)})


def address_of(request: Request) -> str:
    """Where a request comes from, as limits count it."""
    return network(request.client.host) if request.client else ""


def is_private(request: Request) -> bool:
    """Whether nobody on the way can read along."""
    return bool(request.scope["scheme"] == "https")


def is_address(host: str) -> bool:
    """Whether this is an IP address, not a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    bare = host.strip("[]").lower()
    return bare == "localhost" or (is_address(bare) and ipaddress.ip_address(bare).is_loopback)


def cookie_of(request: Request) -> str:
    """Desks at several ports of one machine share its cookies, so each has a name of its own."""
    port = (request.scope.get("server") or ("", 0))[1]
    return f"{'__Host-' if is_private(request) else ''}sayso_{port or 0}"


def login_name() -> str:
    """Who is at this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user may have no name
        return ""


def _stamp(path: Path) -> object:
    """What changes whenever a file does; None where there is none."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino
