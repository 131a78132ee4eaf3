"""Somebody leaves: one act, carried out by the timer when the last day is over; what is left to do is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.services import cases as casework
from fener.network import selectors, services
from fener.network.due import JOBS
from fener.network.models import Membership
from fener.network.services import leaving
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry, KeeperMember, User
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Body, Mechanism

Browser = Callable[..., Client]


@pytest.fixture
def clock(today: date) -> Iterator[Any]:
    with time_machine.travel(f"{today} 09:00:00+00:00", tick=False) as moment:
        yield moment


@pytest.fixture
def looks_after(ngo: Body) -> Actor:
    return ngo.actor(Role.ORGANISATION_ADMIN)


@pytest.fixture
def leaver(ngo: Body) -> Actor:
    return ngo.actor(Role.CASE_MANAGER)


def place(of: Actor) -> Membership:
    return Membership.objects.get(user_id=of.user_id)


def tick() -> int:
    (job,) = (job for job in JOBS if job.kind == "departures_carried_out")
    return job.run(timezone.now())


def test_when_the_last_day_is_over_sessions_key_and_account_end(
    looks_after: Actor, leaver: Actor, ngo: Body, signed_in: Browser, clock: Any, today: date
) -> None:
    there = signed_in(leaver)
    services.end_membership(actor=looks_after, membership=place(leaver), until=today)
    assert tick() == 0
    assert there.get("/").status_code == 200  # the last day is a day at work
    clock.shift(timedelta(days=1))
    assert tick() == 1
    assert there.get("/").headers["Location"].startswith("/account/login/")
    assert not KeeperMember.objects.filter(user_id=leaver.user_id).exists()
    assert not User.objects.get(pk=leaver.user_id).is_active
    assert place(leaver).left_at is not None
    assert tick() == 0  # and nothing more happens
    kept = AuditEntry.objects.filter(chain__chain_id=ngo.organisation.pk, subject_id=leaver.user_id).order_by("seq")
    assert list(kept.values_list("act", flat=True))[-3:] == [
        "network.member.end",
        "account.revoke_key",
        "network.member.left",
    ]


def test_a_day_that_is_over_is_carried_out_at_once(looks_after: Actor, leaver: Actor, today: date) -> None:
    services.end_membership(actor=looks_after, membership=place(leaver), until=today - timedelta(days=1))
    assert place(leaver).left_at is not None
    assert not KeeperMember.objects.filter(user_id=leaver.user_id).exists()


def test_somebody_who_stays_after_all_keeps_everything(
    looks_after: Actor, leaver: Actor, clock: Any, today: date
) -> None:
    services.end_membership(actor=looks_after, membership=place(leaver), until=today)
    services.end_membership(actor=looks_after, membership=place(leaver), until=None)
    clock.shift(timedelta(days=2))
    assert tick() == 0
    assert KeeperMember.objects.filter(user_id=leaver.user_id).exists()


def test_whoever_works_elsewhere_too_keeps_their_account(
    looks_after: Actor, leaver: Actor, mechanism: Mechanism, clock: Any, today: date
) -> None:
    user = User.objects.get(pk=leaver.user_id)
    Membership.objects.create(
        user=user, organisation=mechanism.shelter.organisation, roles=["shelter_worker"], since=today
    )
    first = Membership.objects.get(user=user, organisation_id=leaver.keeper_id)
    services.end_membership(actor=looks_after, membership=first, until=today - timedelta(days=1))
    user.refresh_from_db()
    assert user.is_active


def test_the_last_who_holds_the_key_cannot_leave_before_handing_it_on(
    looks_after: Actor, leaver: Actor, ngo: Body, today: date
) -> None:
    KeeperMember.objects.exclude(user_id=leaver.user_id).filter(keeper_id=ngo.organisation.pk).delete()
    with pytest.raises(InvalidInput, match="last person"):
        services.end_membership(actor=looks_after, membership=place(leaver), until=today)


def test_two_who_leave_do_not_count_on_each_other(looks_after: Actor, leaver: Actor, ngo: Body, today: date) -> None:
    second = ngo.actor(Role.CASE_MANAGER)
    KeeperMember.objects.filter(keeper_id=ngo.organisation.pk).exclude(
        user_id__in=[leaver.user_id, second.user_id]
    ).delete()
    services.end_membership(actor=looks_after, membership=place(leaver), until=today + timedelta(days=5))
    with pytest.raises(InvalidInput, match="last person"):
        services.end_membership(actor=looks_after, membership=place(second), until=today)


def test_a_key_that_cannot_be_taken_yet_stays_due_and_is_said(
    looks_after: Actor, leaver: Actor, ngo: Body, clock: Any, today: date, signed_in: Browser
) -> None:
    services.end_membership(actor=looks_after, membership=place(leaver), until=today)
    KeeperMember.objects.exclude(user_id=leaver.user_id).filter(keeper_id=ngo.organisation.pk).delete()
    clock.shift(timedelta(days=1))
    assert tick() == 0
    assert KeeperMember.objects.filter(user_id=leaver.user_id).exists()
    assert (
        selectors.actor_for(user=User.objects.get(pk=leaver.user_id), keyring=None, on=timezone.localdate()).keeper_id
        is None
    )  # all the same they act for nobody
    page = signed_in(looks_after).get(reverse("network:leaving", args=[ngo.organisation.pk, place(leaver).pk]))
    assert "Nobody else holds the key" in page.content.decode()


def test_the_page_counts_cases_and_names_desks_and_shows_no_case(
    looks_after: Actor, leaver: Actor, ngo: Body, today: date, signed_in: Browser
) -> None:
    cases = [CaseFactory(actor=leaver) for _n in range(2)]
    ngo.desk("service")
    for case in cases:
        casework.assign(actor=leaver, case=case, user=User.objects.get(pk=leaver.user_id))
    services.end_membership(actor=looks_after, membership=place(leaver), until=today + timedelta(days=3))
    page = signed_in(looks_after).get(reverse("network:leaving", args=[ngo.organisation.pk, place(leaver).pk]))
    told = " ".join(page.content.decode().split())
    assert "2 open cases are carried by this person" in told
    assert "Desk for service" in told
    assert "make the organisation a new one" in told
    assert not [case.code for case in cases if case.code in told]


def test_the_desks_are_staffed_as_long_as_somebody_stays(ngo: Body, leaver: Actor, today: date) -> None:
    ngo.desk("service")
    assert not leaving.desks_left_alone(ngo.organisation, today)
    Membership.objects.filter(user_id=leaver.user_id).update(until=today)
    assert [desk.name for desk in leaving.desks_left_alone(ngo.organisation, today)] == ["Desk for service"]
    ngo.actor(Role.SHELTER_WORKER)
    assert not leaving.desks_left_alone(ngo.organisation, today)


def test_a_case_manager_finds_the_cases_on_one_page_and_gives_them_on(
    looks_after: Actor, leaver: Actor, ngo: Body, today: date, signed_in: Browser
) -> None:
    case = CaseFactory(actor=leaver)
    user = User.objects.get(pk=leaver.user_id)
    casework.assign(actor=leaver, case=case, user=user)
    colleague = ngo.actor(Role.CASE_MANAGER)
    client = signed_in(colleague)
    assert case.code not in client.get(reverse("casework:handover")).content.decode()
    services.end_membership(actor=looks_after, membership=place(leaver), until=today + timedelta(days=3))
    page = client.get(reverse("casework:handover")).content.decode()
    assert case.code in page
    assert reverse("casework:case_assign", args=[case.code]) in page
    casework.assign(actor=colleague, case=case, user=User.objects.get(pk=colleague.user_id))
    casework.unassign(actor=colleague, case=case, user=user)
    assert case.code not in client.get(reverse("casework:handover")).content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CASE_MANAGER])
def test_nobody_else_sees_cases_to_hand_over(role: Role, ngo: Body, signed_in: Browser) -> None:
    assert signed_in(ngo.actor(role)).get(reverse("casework:handover")).status_code in {403, 404}


def test_whoever_does_not_look_after_the_body_says_no_last_day(
    leaver: Actor, ngo: Body, mechanism: Mechanism, today: date
) -> None:
    for actor in (ngo.actor(Role.CASE_MANAGER), mechanism.shelter.actor(Role.ORGANISATION_ADMIN)):
        with pytest.raises(Refused):
            services.end_membership(actor=actor, membership=place(leaver), until=today)
