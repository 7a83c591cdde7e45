"""Who asks, and what they may do. How they come in is for `door`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from fastapi import HTTPException, Request


class Role(StrEnum):
    """What somebody may do; each includes reading."""

    READ = "read"
    JUDGE = "judge"
    ADD = "add"


class Way(StrEnum):
    """How somebody came in."""

    NONE = "none"  # not at all
    LOCAL = "local"  # at this machine, where nobody has an account
    SESSION = "session"  # by a password, in a browser
    TOKEN = "token"  # a program


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody who asks."""

    name: str  # whose judgements these are; "" for nobody in particular
    roles: frozenset[Role]
    way: Way = Way.LOCAL

    def may(self, role: Role) -> bool:
        return role in self.roles


NOBODY = Access("", frozenset(), Way.NONE)


def with_reading(roles: Iterable[Role]) -> frozenset[Role]:
    """Roles with what they include."""
    given = frozenset(roles)
    return given | {Role.READ} if given else given


def may(role: Role) -> Callable[[Request], Access]:
    """A dependency of a route: who asks, where they have a role; 403 where they have not."""

    def check(request: Request) -> Access:
        access: Access = request.state.access
        if not access.may(role):
            raise HTTPException(403, f"this needs the role {str(role)!r}")
        return access

    return check
