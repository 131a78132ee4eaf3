"""AS-12: eligibility, languages, hours, cost and area in words that users know; what is not said shows as a gap."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import time_machine
from django.test import Client

from fener.casework.selectors.referrals import next_services
from fener.network.selectors import directory
from fener.network.services.directory import describe_service
from fener.norms.directory import STATED
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.casework.browsing import read
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

SAID = {
    "eligibility": "Everybody who lived through exploitation",
    "areas": ["Novi Brod"],
    "cost": "free",
    "concealed": False,
}
HOURS = [((0, time(9), time(17)), None, "")]


def test_as_12_a_service_that_says_nothing_shows_all_five_gaps(mechanism: Mechanism) -> None:
    service = mechanism.ngo.service("legal_advice")
    found = directory.service(mechanism.ngo.actor(Role.CASE_MANAGER), service.pk)
    assert found.gaps == STATED


@pytest.mark.parametrize("left_out", STATED)
def test_as_12_each_of_the_five_is_missed_when_it_is_not_stated(mechanism: Mechanism, left_out: str) -> None:
    looks_after = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    service = mechanism.ngo.service("legal_advice", languages=[] if left_out == "languages" else ["sr"])
    fields = {name: value for name, value in SAID.items() if {"area": "areas"}.get(left_out, left_out) != name}
    describe_service(
        actor=looks_after, service=service, fields=fields, hours=[] if left_out == "hours" else HOURS, checked=True
    )
    assert directory.service(looks_after, service.pk).gaps == (left_out,)


def test_as_12_the_co_ordinator_sees_every_gap_and_a_body_its_own(mechanism: Mechanism) -> None:
    own, other = mechanism.ngo.service("legal_advice"), mechanism.shelter.service("shelter")
    whole = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert {one.service for one in directory.with_findings(whole)} == {own, other}
    looks_after = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    assert [one.service for one in directory.with_findings(looks_after)] == [own]
    with pytest.raises(Refused):
        directory.with_findings(mechanism.ngo.actor(Role.CASE_MANAGER))


def test_as_12_what_nobody_checked_for_half_a_year_is_a_finding_too(mechanism: Mechanism, today: date) -> None:
    looks_after, service = mechanism.ngo.actor(Role.ORGANISATION_ADMIN), mechanism.ngo.service(languages=["sr"])
    describe_service(actor=looks_after, service=service, fields={**SAID}, hours=HOURS, checked=True)
    assert directory.with_findings(looks_after) == []
    with time_machine.travel(today + timedelta(days=190)):
        assert [one.service for one in directory.with_findings(looks_after)] == [service]


def test_as_12_a_condition_on_testimony_return_label_or_papers_is_shown_and_filters_nobody(
    mechanism: Mechanism,
) -> None:
    manager, service = mechanism.ngo.actor(Role.CASE_MANAGER), mechanism.shelter.service("legal_advice")
    case = CaseFactory(actor=manager)
    before = next_services(manager, case=case, kind="legal_advice")
    describe_service(
        actor=mechanism.shelter.actor(Role.ORGANISATION_ADMIN),
        service=service,
        fields={
            **SAID,
            "conditions": ["Must testify", "Must agree to voluntary return", "Only identified victims"],
            "documents": ["Passport"],
        },
    )
    assert [kind.code for kind in directory.service(manager, service.pk).forbidden] == [
        "testimony", "return", "label", "papers",
    ]  # fmt: skip
    after = next_services(manager, case=case, kind="legal_advice")
    assert [(one.pk, check.conditions) for one, check in after] == [(one.pk, check.conditions) for one, check in before]


def test_as_12_the_pages_say_what_is_not_stated(mechanism: Mechanism, signed_in: Callable[[Actor], Client]) -> None:
    service = mechanism.ngo.service("legal_advice", languages=["sr"])
    page = read(signed_in(mechanism.ngo.actor(Role.CASE_MANAGER)), f"/directory/{service.pk}/")
    assert "Not stated in words: for whom it is, when it is open, what it costs, where it helps." in page
    gaps = read(signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)), "/directory/missing/")
    assert service.name in gaps
