"""Invented people and bodies for the tests of trust: small, with cheap keys."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from fener.trust import accounts
from fener.trust.actor import SYSTEM, Actor
from fener.trust.keys import Keyring
from fener.trust.models import Keeper, User
from fener.trust.roles import Role

PASSWORD = "lantern-over-the-river"


@dataclass(frozen=True)
class Person:
    """An account with its open keyring."""

    user: User
    keyring: Keyring
    recovery_code: str

    def at(self, keeper: Keeper | UUID, *roles: Role, locked: bool = False, elevated: bool = False) -> Actor:
        """This person at work for a keeper; a case manager unless told otherwise. ``elevated``: in an administration
        session."""
        keeper_id = keeper.pk if isinstance(keeper, Keeper) else keeper
        return Actor(
            user_id=self.user.pk,
            keeper_id=keeper_id,
            roles=frozenset(roles or {Role.CASE_MANAGER}),
            keyring=None if locked else self.keyring,
            username=self.user.username,
            elevation=uuid4() if elevated else None,
        )


def make_person(username: str, *, full_name: str = "", password: str = PASSWORD) -> Person:
    account = accounts.create_user(
        actor=SYSTEM, username=username, full_name=full_name or username.title(), password=password
    )
    return Person(account.user, accounts.open_keyring(account.user, password), account.recovery_code)


def make_keeper(first_member: Person) -> Keeper:
    return accounts.create_keeper(actor=SYSTEM, first_member=first_member.user)
