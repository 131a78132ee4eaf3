"""Who acts. Every service and selector takes one; there is no ambient user."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import UUID

from fener.trust.roles import Role

if TYPE_CHECKING:
    from fener.trust.keys import Keyring


@dataclass(frozen=True)
class Actor:
    """One person acting for one organisation (or a background job, which has no keys and opens nothing).

    ``functions`` are the mandates of the organisation at this moment (refer, assess, identify, ...); ``keyring`` is
    there only while the session is unlocked.
    """

    user_id: UUID | None
    keeper_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    functions: frozenset[str] = frozenset()
    # Not compared and not printed: a key must not end up in a log line or an assertion message.
    keyring: Keyring | None = field(default=None, repr=False, compare=False)
    username: str = ""
    # The administration session that runs in this sign-in (``trust.elevation``), or None.
    elevation: UUID | None = None

    @property
    def is_system(self) -> bool:
        """True for background jobs."""
        return self is SYSTEM or (self.user_id is None and self.username == SYSTEM_NAME)

    def has_role(self, *roles: Role) -> bool:
        """Whether the actor holds any of the roles. For display only; decisions go through policy.py."""
        return not self.roles.isdisjoint(roles)

    def without_keys(self) -> Actor:
        """The same actor as a job or a log would see it."""
        return replace(self, keyring=None)


SYSTEM_NAME = "system"
SYSTEM = Actor(user_id=None, username=SYSTEM_NAME)
ANONYMOUS = Actor(user_id=None)
