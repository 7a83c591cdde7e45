"""Disjoint sets: what belongs together because some pairs do."""

from __future__ import annotations


class Union:
    """Disjoint sets whose name is their smallest member, whatever the order of joining."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, member: str) -> str:
        """The name of a member's set."""
        root = member
        while (above := self._above.get(root, root)) != root:
            root = above
        while (above := self._above.get(member, root)) != root:
            self._above[member], member = root, above
        return root

    def join(self, left: str, right: str) -> None:
        """Make one set of two members' sets."""
        left, right = sorted((self.find(left), self.find(right)))
        if left != right:
            self._above[right] = left
