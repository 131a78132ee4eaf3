"""The pages of the map: everybody who signs in reads, the co-ordinator writes, bodies confirm for themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from fener.network.models import Agreement, Area, ContactPoint, CoordinationBody, Duty
from fener.network.services import contacts
from fener.trust.actor import Actor
from fener.trust.once import new_token
from fener.trust.roles import Role
from tests.factories.network import Mechanism
from tests.factories.network_map import SAID, co_ordinator, drafted, duty

Browser = Callable[..., Client]
READ = ("map", "duties", "agreements", "coordination", "contacts", "coverage", "gaps", "partners", "successions")
WRITE = ("duty_add", "agreement_add", "coordination_add", "coverage_add", "mapped_add", "risk_add", "area_add")


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.FRONTLINE_OFFICER, Role.AUDITOR, Role.STATISTICIAN])
def test_everybody_reads_the_map_and_only_the_co_ordinator_writes_it(
    mechanism: Mechanism, signed_in: Browser, role: Role, today: date
) -> None:
    browser = signed_in(mechanism.ngo.actor(role))
    for name in READ:
        assert browser.get(reverse(f"network:{name}")).status_code == 200, name
    for name in WRITE:
        assert browser.get(reverse(f"network:{name}")).status_code == 403, name


def test_nobody_reads_it_without_signing_in(client: Client, db: None) -> None:
    for name in READ:
        assert client.get(reverse(f"network:{name}")).status_code == 302, name


def send(browser: Client, route: str, /, *args: object, **data: object) -> int:
    address = reverse(f"network:{route}", args=args)
    return browser.post(address, {"once": new_token(), **data}).status_code


def test_the_co_ordinator_writes_the_whole_map_through_pages(
    mechanism: Mechanism, writes: Actor, signed_in: Browser, today: date
) -> None:
    browser, ngo, police = signed_in(writes), mechanism.ngo.organisation, mechanism.police.organisation
    assert send(browser, "area_add", code="N", name="North", level="regional") == 302
    north = Area.objects.get(code="N")
    assert send(
        browser, "agreement_add", title="Memorandum", kind="memorandum", parties=[str(ngo.pk), str(police.pk)]
    ) == 302  # fmt: skip
    agreement = Agreement.objects.get()
    terms = {f"term_{code}": words for code, words in SAID.items()}
    assert send(browser, "agreement_change", agreement.pk, title="Memorandum", **terms) == 302
    assert send(browser, "clause_add", agreement.pk, text="A list is sent.", hands_over="data") == 302
    rule = {"giver": str(ngo.pk), "receiver": str(police.pk), "compartments": ["identity"], "purpose": "identification"}
    assert send(browser, "sharing_add", agreement.pk, **rule) == 302
    assert send(browser, "agreement_start", agreement.pk, until=today.isoformat()) == 422  # the gate: nobody confirmed
    assert send(
        browser, "duty_add", stage="first_contact", organisation=str(police.pk), role="responsible",
        what="Calls the NGO.", agreement=agreement.pk, trigger="met", act="call", towards=str(ngo.pk),
        within_hours="24", since=today.isoformat(),
    ) == 302  # fmt: skip
    assert send(
        browser, "coordination_add", kind="working_group", name="Group", level="national", since=today.isoformat(),
        members=[str(ngo.pk)], led_by_child_specialist="unknown",
    ) == 302  # fmt: skip
    group = CoordinationBody.objects.get()
    assert send(browser, "post_add", group.pk, title="Chair", since=today.isoformat()) == 302
    assert send(browser, "meeting_add", group.pk, held_on=today.isoformat(), present=[str(ngo.pk)]) == 302
    assert send(browser, "contact_add", kind="body", organisation=str(ngo.pk), name="Desk", phone="0800 1") == 302
    assert send(
        browser, "coverage_add", sector="legal", level="national", organisation=str(ngo.pk), source="S",
        since=today.isoformat(),
    ) == 302  # fmt: skip
    assert send(
        browser, "mapped_add", kind="day_centre", name="Open Door", provider="Children First", provider_sector="ngo",
        level="regional", area=north.pk, source="S", since=today.isoformat(), takes_trafficked="unknown",
    ) == 302  # fmt: skip
    assert send(browser, "risk_add", area=north.pk, kind="recruitment", source="S", since=today.isoformat()) == 302
    assert send(browser, "body_place", ngo.pk, level="local", area=north.pk) == 302
    for name in READ:
        assert browser.get(reverse(f"network:{name}")).status_code == 200, name
    page = browser.get(reverse("network:agreement", args=[agreement.pk])).content.decode()
    assert "It cannot take effect yet" in page
    assert "within 24 hours" in page


def test_a_party_confirms_through_its_page_and_a_stranger_cannot(
    mechanism: Mechanism, writes: Actor, signed_in: Browser, today: date
) -> None:
    draft = drafted(writes, mechanism.ngo, mechanism.police)
    stranger = signed_in(mechanism.shelter.actor(Role.ORGANISATION_ADMIN))
    assert stranger.get(reverse("network:agreement_confirm", args=[draft.pk])).status_code in (403, 404)
    ours = signed_in(mechanism.ngo.actor(Role.ORGANISATION_ADMIN))
    address = reverse("network:agreement_confirm", args=[draft.pk])
    assert ours.get(address).status_code == 200
    assert ours.post(address, {"once": new_token(), "version": draft.version - 1}).status_code == 422
    assert ours.post(address, {"once": new_token(), "version": draft.version}).status_code == 302


def test_a_body_adds_its_own_contact_point_and_no_other(
    mechanism: Mechanism, writes: Actor, signed_in: Browser, today: date
) -> None:
    ours = signed_in(mechanism.ngo.actor(Role.ORGANISATION_ADMIN))
    other = str(mechanism.police.organisation.pk)
    assert send(ours, "contact_add", kind="body", organisation=other, name="Desk", phone="0800 1") == 422
    own = str(mechanism.ngo.organisation.pk)
    assert send(ours, "contact_add", kind="body", organisation=own, name="Desk", phone="0800 1", verified="on") == 302
    made = ContactPoint.objects.get()
    assert made.verified_on == today
    foreign = contacts.record_contact(
        actor=writes, organisation=mechanism.police.organisation, name="Unit", phone="0800 2"
    )
    assert ours.get(reverse("network:contact_change", args=[foreign.pk])).status_code in (403, 404)
    assert send(ours, "contact_verify", foreign.pk) in (403, 404)


def test_what_does_not_exist_looks_absent(mechanism: Mechanism, writes: Actor, signed_in: Browser) -> None:
    browser = signed_in(writes)
    for name, args in (
        ("agreement", [999]), ("duty_end", [999]), ("entry_end", ["coverage", 999]), ("entry_end", ["nothing", 1]),
        ("contact_change", [999]), ("coordination_change", [999]), ("post_change", [999]), ("area_change", [999]),
    ):  # fmt: skip
        assert browser.get(reverse(f"network:{name}", args=args)).status_code == 404, name


def test_a_day_that_is_none_shows_today(mechanism: Mechanism, writes: Actor, signed_in: Browser) -> None:
    browser = signed_in(writes)
    for on in ("2026-13-40", "x", ""):
        assert browser.get(reverse("network:duties"), {"on": on}).status_code == 200


def test_the_matrix_of_another_day_says_that_it_is_one(mechanism: Mechanism, writes: Actor, signed_in: Browser) -> None:
    duty(writes, mechanism.decider)
    page = signed_in(writes).get(reverse("network:duties"), {"on": "2025-06-01"}).content.decode()
    assert "As it was on another day" in page
    assert Duty.objects.exists()
    assert "accountable at identification" not in page
