"""A body ends: desks point on, limits hold at once, obligations wait for a yes, and no key and no consent moves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from fener.casework.selectors import worklist
from fener.casework.services.referral_check import check_referral
from fener.network.agreements import sharing_limit
from fener.network.models import Desk, Duty, Succession
from fener.network.selectors.succession import consequences
from fener.network.services import agreements as agreement_services
from fener.network.services import succession as services
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment as C
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import Consent
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.paths import offered
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Body, BodyFactory, Mechanism
from tests.factories.network_map import allows, co_ordinator, drafted, duty, in_force


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


@pytest.fixture
def new_house(mechanism: Mechanism) -> Body:
    return BodyFactory(shelter=True, short_name="New House")


def ends(writes: Actor, body: Body, successor: Body | None, last_day: date) -> Succession:
    return services.end_organisation(
        actor=writes, organisation=body.organisation, last_day=last_day, legal_basis="Decree 5",
        successor=successor.organisation if successor else None,
    )  # fmt: skip


def test_desks_close_and_name_the_successors_desk(
    mechanism: Mechanism, writes: Actor, new_house: Body, today: date, case_manager: Actor
) -> None:
    old, new = mechanism.shelter.desk(), new_house.desk()
    service = mechanism.shelter.service()
    ends(writes, mechanism.shelter, new_house, today)
    old.refresh_from_db()
    assert (old.open, old.redirects_to) == (False, new)
    check = check_referral(actor=case_manager, case=CaseFactory(actor=case_manager), service=service)
    closed = next(one for one in check.closed if one.code == "desk")
    assert "New House" in str(closed.what_to_do)


def test_keys_and_consents_stay_with_the_body_that_was_named(
    mechanism: Mechanism, writes: Actor, new_house: Body, today: date, case_manager: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    consent = consent_to(case_manager, case, mechanism.shelter, C.IDENTITY)
    ends(writes, mechanism.shelter, new_house, today)
    assert list(Consent.objects.filter(subject_id=case.pk, recipient_id=mechanism.shelter.organisation.pk)) == [consent]
    check = check_referral(actor=case_manager, case=case, service=new_house.service(), compartments=[C.IDENTITY])
    assert "consent" in {one.code for one in check.closed}


def test_a_body_that_ended_gets_no_new_consent(
    mechanism: Mechanism, writes: Actor, today: date, case_manager: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    ends(writes, mechanism.shelter, None, today - timedelta(days=1))
    mechanism.shelter.organisation.refresh_from_db()
    with pytest.raises(InvalidInput) as wrong:
        consent_to(case_manager, case, mechanism.shelter, C.IDENTITY)
    assert "recipient" in wrong.value.errors


def test_what_is_touched_is_counted_and_the_sender_is_asked_to_ask_the_person(
    mechanism: Mechanism, writes: Actor, new_house: Body, today: date, case_manager: Actor
) -> None:
    offered(case_manager, mechanism.shelter)
    counts = {str(one.text): one.count for one in consequences(writes, mechanism.shelter.organisation)}
    assert counts["consents that name this body"] == 1
    assert counts["referrals that wait for its answer"] == 1
    ends(writes, mechanism.shelter, new_house, today - timedelta(days=1))
    tasks = [str(task.text) for task in worklist.today(case_manager) if task.kind == "ended_body"]
    assert tasks == ["Harbour House has ended: ask the person about New House"]


def test_limits_on_data_hold_for_the_successor_at_once_and_its_duties_wait(
    mechanism: Mechanism, writes: Actor, new_house: Body, today: date
) -> None:
    bodies = (mechanism.ngo, mechanism.shelter)
    draft = drafted(writes, *bodies)
    allows(writes, draft, *bodies, C.IDENTITY)
    duty(writes, mechanism.shelter, "accommodation", agreement=draft)
    in_force(writes, draft, bodies)
    ends(writes, mechanism.shelter, new_house, today - timedelta(days=1))
    asked: dict[str, Any] = {
        "giver": mechanism.ngo.organisation.pk, "receiver": new_house.organisation.pk,
        "purpose": Purpose.SHARE_SERVICE, "on": today,
    }  # fmt: skip
    assert sharing_limit(**asked, compartments=[C.IDENTITY]).limited
    assert not sharing_limit(**asked, compartments=[C.NARRATIVE]).allowed
    carried = Duty.objects.get(organisation=new_house.organisation)
    assert carried.awaits_confirmation
    draft.refresh_from_db()
    party = draft.parties.get(organisation=new_house.organisation)
    assert party.confirmed_on is None
    agreement_services.confirm_agreement(
        actor=new_house.actor(Role.ORGANISATION_ADMIN), agreement=draft, on=today, version=draft.version
    )
    party.refresh_from_db()
    assert party.confirmed_on == today


def test_a_mandate_ends_with_the_body_and_is_not_inherited(
    mechanism: Mechanism, writes: Actor, new_house: Body, today: date
) -> None:
    ends(writes, mechanism.decider, new_house, today)
    assert set(mechanism.decider.organisation.mandates.values_list("until", flat=True)) == {today}
    assert not new_house.organisation.mandates.filter(function="decide_status").exists()


def test_a_body_ends_once_is_not_its_own_successor_and_only_the_co_ordinator_says_so(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    with pytest.raises(InvalidInput):
        ends(writes, mechanism.shelter, mechanism.shelter, today)
    for role in (Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN):
        with pytest.raises(Refused):
            ends(mechanism.shelter.actor(role), mechanism.shelter, None, today)
    ends(writes, mechanism.shelter, None, today)
    with pytest.raises(AlreadyDone):
        ends(writes, mechanism.shelter, None, today)
    assert not Desk.objects.filter(organisation=mechanism.shelter.organisation, open=True).exists()


def test_the_page_says_that_keys_are_not_inherited_and_how_many_are_touched(
    mechanism: Mechanism, writes: Actor, new_house: Body, today: date, case_manager: Actor,
    signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    offered(case_manager, mechanism.shelter)
    browser = signed_in(writes)
    before = browser.get(f"/map/bodies/{mechanism.shelter.organisation.pk}/end/").content.decode()
    assert "Keys are never inherited" in before
    ends(writes, mechanism.shelter, new_house, today - timedelta(days=1))
    page = browser.get("/map/ended/").content.decode()
    assert "Keys are not inherited" in page
    assert "referrals that wait for its answer: 1" in page
