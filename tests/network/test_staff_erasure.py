"""What stays of the account of somebody who left, and for how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fener.casework.selectors.history import who_knows
from fener.casework.services import erasure as services
from fener.casework.services.compartments import open_compartment
from fener.network.models import Membership
from fener.trust import audit
from fener.trust.models import AuditEntry, Erasure, KeeperMember, User
from fener.trust.privacy import erasures
from fener.trust.privacy.declaration import Erase
from fener.trust.privacy.registry import models
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory, keep_terms
from tests.factories.network import Mechanism

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(tmp_path: Any, settings: Any) -> None:
    settings.FENER_HOME = tmp_path


def test_name_and_keys_go_when_the_period_has_run_out_and_somebody_looked(mechanism: Mechanism) -> None:
    leaver = mechanism.ngo.actor(Role.CASE_MANAGER)
    stays = mechanism.ngo.actor(Role.CASE_MANAGER)
    until = timezone.localdate() + timedelta(days=1000)
    case = CaseFactory(actor=leaver, keep_consent=keep_terms(until=until))
    open_compartment(actor=leaver, case=case, compartment="identity", purpose="keep")
    user = User.objects.get(pk=leaver.user_id)
    name = user.full_name
    assert any(line.person == name for line in who_knows(stays, case))
    Membership.objects.filter(user=user).update(until=timezone.localdate())
    admin = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    services.set_period(actor=admin, data_class="staff_account", months=24, reason="People may still ask.")

    assert erasures.propose_due(timezone.now() + timedelta(days=700)) == 0
    later = timezone.now() + timedelta(days=740)
    assert erasures.propose_due(later) == 1
    services.approve_erasure(actor=admin, erasure=Erasure.objects.get(), at=later)
    assert erasures.carry_out_due(later + timedelta(days=30)) == 1

    user.refresh_from_db()
    assert (user.full_name, user.is_active, bytes(user.public_key)) == ("", False, b"")
    assert name not in str(User.objects.filter(pk=user.pk).values())
    assert not KeeperMember.objects.filter(user=user).exists()
    assert AuditEntry.objects.filter(actor_id=user.pk).exists(), "who did what stays, as an id"
    assert any(line.organisation for line in who_knows(stays, case)), "and the list still names the body"
    assert audit.verify_database() == []
    assert erasures.propose_due(later + timedelta(days=100)) == 0


def test_every_field_that_goes_with_the_account_is_gone(mechanism: Mechanism) -> None:
    """The declaration and the service say the same about ``User``."""
    from fener.network.services.staff_erasure import prepare

    leaver = mechanism.ngo.actor(Role.CASE_MANAGER)
    before = User.objects.filter(pk=leaver.user_id).values().get()
    prepare(before["id"], timezone.now())
    after = User.objects.filter(pk=leaver.user_id).values().get()
    fields = [n for n, one in models()["trust.User"].personal.items() if one.erasure is Erase.WITH_ACCOUNT]
    kept = [n for n in fields if before[n] not in ("", None, b"", {}, False) and after[n] == before[n]]
    assert kept == ["created_at"], "the day on which the account began says nothing without a name"
