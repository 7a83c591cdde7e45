"""Who asks, and what they may do. On this machine alone everybody may do everything; elsewhere see `Door`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fastapi import HTTPException, Request


class Role(StrEnum):
    """What somebody may do; each includes reading."""

    READ = "read"
    JUDGE = "judge"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody who asks."""

    name: str  # whose judgements these are; "" for nobody in particular
    roles: frozenset[Role]

    def may(self, role: Role) -> bool:
        return role in self.roles


def may(role: Role) -> Callable[[Request], Access]:
    """A dependency of a route: who asks, where they have a role; 403 where they have not."""

    def check(request: Request) -> Access:
        access: Access = request.state.access
        if not access.may(role):
            raise HTTPException(403, f"this needs the role {role!r}")
        return access

    return check
