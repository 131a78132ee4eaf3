"""What somebody prepared before they were sent away leads nowhere: invitations, recoveries, linked accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from django.utils import timezone

from fener.network import services
from fener.network.models import Invitation, Membership
from fener.network.services import leaving, staff_erasure
from fener.trust import accounts
from fener.trust.actor import Actor
from fener.trust.custody import recovery
from fener.trust.errors import InvalidInput
from fener.trust.models import Custodian, KeeperMember, User
from fener.trust.roles import Role
from tests.factories.network import Body

OWN = "a-sentence-of-my-own-9"


@pytest.fixture
def clock(today: date) -> Iterator[Any]:
    with time_machine.travel(f"{today} 09:00:00+00:00", tick=False) as moment:
        yield moment


@pytest.fixture
def looks_after(ngo: Body) -> Actor:
    return ngo.actor(Role.ORGANISATION_ADMIN)


def place(of: Actor) -> Membership:
    return Membership.objects.get(user_id=of.user_id)


def invited(by: Actor, body: Body) -> services.Invited:
    return services.invite(
        actor=by, organisation=body.organisation, full_name="Nobody", roles=[Role.ORGANISATION_ADMIN],
        since=timezone.localdate(),
    )  # fmt: skip


def opens(made: services.Invited) -> bool:
    try:
        services.find(code=made.code, at=timezone.now())
    except InvalidInput:
        with pytest.raises(InvalidInput):
            services.take_up(invitation_id=made.invitation.pk, username="back-again", password=OWN)
        return False
    return True


def test_a_code_that_an_administrator_kept_does_not_lead_back_in_after_they_left(
    looks_after: Actor, ngo: Body, clock: Any, today: date
) -> None:
    leaver = ngo.actor(Role.ORGANISATION_ADMIN)
    kept, others = invited(leaver, ngo), invited(looks_after, ngo)
    services.end_membership(actor=looks_after, membership=place(leaver), until=today)
    assert opens(kept)
    clock.shift(timedelta(days=1))
    assert not opens(kept)  # from the first moment, whether or not the timer ran
    leaving.carry_out_due(timezone.now())
    taken_back = Invitation.objects.get(pk=kept.invitation.pk)
    assert taken_back.revoked_at is not None
    assert taken_back.full_name == ""
    assert opens(others)


def test_an_invitation_that_is_taken_back_names_nobody_any_more(looks_after: Actor, ngo: Body) -> None:
    made = invited(looks_after, ngo)
    services.revoke(actor=looks_after, invitation=made.invitation)
    assert not opens(made)
    assert Invitation.objects.get(pk=made.invitation.pk).full_name == ""


def test_nor_after_their_account_was_closed(looks_after: Actor, ngo: Body) -> None:
    closed = ngo.actor(Role.ORGANISATION_ADMIN)
    kept = invited(closed, ngo)
    services.set_account_active(actor=looks_after, membership=place(closed), active=False)
    assert not opens(kept)
    assert not User.objects.filter(username="back-again").exists()


def test_the_link_with_a_bodys_own_sign_in_goes_with_the_place(
    looks_after: Actor, ngo: Body, clock: Any, today: date
) -> None:
    leaver, stays = ngo.actor(Role.CASE_MANAGER), ngo.actor(Role.CASE_MANAGER)
    for one in (leaver, stays):
        SocialAccount.objects.create(user_id=one.user_id, provider="oidc-1", uid=str(one.user_id))
    services.end_membership(actor=looks_after, membership=place(leaver), until=today)
    clock.shift(timedelta(days=1))
    leaving.carry_out_due(timezone.now())
    assert list(SocialAccount.objects.values_list("user_id", flat=True)) == [stays.user_id]


def test_what_stays_of_an_erased_account_is_linked_with_no_other_sign_in(ngo: Body) -> None:
    gone = ngo.actor(Role.CASE_MANAGER)
    SocialAccount.objects.create(user_id=gone.user_id, provider="oidc-1", uid="her-number-there")
    assert gone.user_id is not None
    staff_erasure.prepare(gone.user_id, timezone.now())
    assert not SocialAccount.objects.exists()


def test_two_codes_bring_back_no_key_that_was_taken_after_they_were_given(looks_after: Actor, ngo: Body) -> None:
    forgetful, first, second = (ngo.actor(Role.CASE_MANAGER) for _each in range(3))
    for one in (first, second):
        Custodian.objects.create(keeper_id=ngo.organisation.pk, user_id=one.user_id, since=timezone.now())
    user = User.objects.get(pk=forgetful.user_id)
    asked = recovery.ask(user=user, keeper_id=ngo.organisation.pk)
    assert asked is not None
    codes = [recovery.approve(actor=one, recovery_id=asked.pk) for one in (first, second)]
    services.take_key(actor=looks_after, membership=place(forgetful))
    told = recovery.complete(username=user.username, codes=codes, new_password=OWN)
    assert accounts.open_private_key(told.user, OWN) is not None  # the account is theirs again
    assert not KeeperMember.objects.filter(user=user).exists()
