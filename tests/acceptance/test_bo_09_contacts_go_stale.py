"""BO-09: contacts of all actors, projects and coalitions carry a last-verified date and go stale visibly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from fener.casework.selectors import worklist
from fener.network.models import ContactPoint
from fener.network.selectors import coordination as selectors
from fener.network.services import contacts as services
from fener.norms.structures import structures
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.once import new_token
from fener.trust.roles import Role
from tests.factories.network import Mechanism
from tests.factories.network_map import co_ordinator

DAYS = structures().contact_days


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


def contact(actor: Actor, mechanism: Mechanism, verified: date | None, **more: Any) -> ContactPoint:
    fields = {"organisation": mechanism.ngo.organisation, "name": "Reception", "phone": "0800 1", **more}
    return services.record_contact(actor=actor, verified_on=verified, **fields)


def test_bo_09_a_contact_is_believed_for_the_packs_days_and_then_is_stale(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    made = contact(writes, mechanism, today)
    assert made not in selectors.stale_contacts(writes, today + timedelta(days=DAYS - 1))
    assert made in selectors.stale_contacts(writes, today + timedelta(days=DAYS))


def test_bo_09_a_contact_that_nobody_verified_is_stale_from_the_beginning(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    assert contact(writes, mechanism, None) in selectors.stale_contacts(writes, today)


@pytest.mark.parametrize("kind", ["project", "coalition"])
def test_bo_09_projects_and_coalitions_have_contacts_of_their_own(
    mechanism: Mechanism, writes: Actor, today: date, kind: str
) -> None:
    made = contact(writes, mechanism, None, kind=kind, organisation=None, name="Safe Fields")
    assert made in selectors.stale_contacts(writes, today)


def test_bo_09_a_new_number_has_to_be_verified_again(mechanism: Mechanism, writes: Actor, today: date) -> None:
    made = contact(writes, mechanism, today)
    fields = {"kind": "body", "organisation": mechanism.ngo.organisation, "name": "Reception"}
    assert services.change_contact(actor=writes, contact=made, phone="0800 1", **fields).verified_on == today
    assert services.change_contact(actor=writes, contact=made, phone="0800 2", **fields).verified_on is None


def test_bo_09_one_tap_verifies_it_and_the_page_shows_both_states(
    mechanism: Mechanism, writes: Actor, today: date, signed_in: Callable[..., Client]
) -> None:
    made, browser = contact(writes, mechanism, today - timedelta(days=DAYS + 5)), signed_in(writes)
    assert "Not verified for long" in browser.get("/map/contacts/").content.decode()
    answer = browser.post(f"/map/contacts/{made.pk}/verify/", {"once": new_token()})
    assert answer.status_code == 302
    made.refresh_from_db()
    assert (made.verified_on, made.verified_by_id) == (today, writes.user_id)
    assert "Not verified for long" not in browser.get("/map/contacts/").content.decode()


def test_bo_09_stale_contacts_wait_on_the_co_ordinators_list_and_on_that_of_their_body(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    contact(writes, mechanism, None)

    def asked(actor: Actor) -> bool:
        return any(task.kind == "contact" for task in worklist.today(actor))

    assert asked(writes)
    assert asked(mechanism.ngo.actor(Role.ORGANISATION_ADMIN, Role.CASE_MANAGER))
    assert not asked(mechanism.shelter.actor(Role.ORGANISATION_ADMIN, Role.SHELTER_WORKER))


def test_bo_09_a_body_looks_after_its_own_contacts_alone(mechanism: Mechanism, writes: Actor, today: date) -> None:
    made = contact(writes, mechanism, None)
    services.verify_contact(actor=mechanism.ngo.actor(Role.ORGANISATION_ADMIN), contact=made, on=today)
    stranger = mechanism.shelter.actor(Role.ORGANISATION_ADMIN)
    for act in (
        lambda: services.verify_contact(actor=stranger, contact=made, on=today),
        lambda: services.close_contact(actor=stranger, contact=made, on=today),
        lambda: services.change_contact(actor=stranger, contact=made, organisation=mechanism.shelter.organisation),
        lambda: contact(stranger, mechanism, None),
        lambda: contact(stranger, mechanism, None, kind="project", organisation=None),
    ):
        with pytest.raises(Refused):
            act()
    ours = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    with pytest.raises(Refused):  # nor does it give its contact to another body
        services.change_contact(actor=ours, contact=made, organisation=mechanism.shelter.organisation)


def test_bo_09_a_contact_that_cannot_be_reached_is_none(mechanism: Mechanism, writes: Actor) -> None:
    with pytest.raises(InvalidInput):
        contact(writes, mechanism, None, phone="")
