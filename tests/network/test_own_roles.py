"""Nobody gives themselves a role, and whoever runs the server does not watch over it."""

from __future__ import annotations

import pytest

from fener.network.models import Membership
from fener.network.services.people import change_roles
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.roles import Role
from tests.factories.network import Mechanism

pytestmark = pytest.mark.django_db


def membership(actor: Actor) -> Membership:
    return Membership.objects.get(user_id=actor.user_id)


def test_an_administrator_of_a_body_cannot_make_themselves_a_case_manager(mechanism: Mechanism) -> None:
    admin = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    with pytest.raises(InvalidInput, match="Nobody gives themselves a role"):
        change_roles(actor=admin, membership=membership(admin), roles=[Role.ORGANISATION_ADMIN, Role.CASE_MANAGER])
    assert membership(admin).roles == [Role.ORGANISATION_ADMIN]


def test_a_colleague_can_give_the_role(mechanism: Mechanism) -> None:
    admin, other = mechanism.ngo.actor(Role.ORGANISATION_ADMIN), mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    roles = [Role.ORGANISATION_ADMIN, Role.CASE_MANAGER]
    change_roles(actor=admin, membership=membership(other), roles=roles)
    assert set(membership(other).roles) == set(roles)


@pytest.mark.parametrize("watches", [Role.AUDITOR, Role.MECHANISM_COORDINATOR])
def test_whoever_runs_the_server_is_neither_auditor_nor_co_ordinator(mechanism: Mechanism, watches: Role) -> None:
    admin, other = mechanism.co_ordination.actor(Role.SYSTEM_ADMIN), mechanism.co_ordination.actor(Role.SYSTEM_ADMIN)
    with pytest.raises(InvalidInput, match="does not watch over it"):
        change_roles(actor=admin, membership=membership(other), roles=[Role.SYSTEM_ADMIN, watches])
