"""HE-06 (contact half): one page, one form, and nothing of other sectors' records on it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from fener.casework.models import Case
from fener.contact.models import Intake
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.contact.visits import fill, signed_in
from tests.factories.casework import CaseFactory
from tests.factories.contact import flagged, sent
from tests.factories.network import Mechanism


@pytest.fixture
def doctor(mechanism: Mechanism) -> Actor:
    return mechanism.health.actor(Role.HEALTH_WORKER)


def test_he_06_one_page_is_enough(mechanism: Mechanism, doctor: Actor) -> None:
    desk = mechanism.ngo.desk("intake")
    browser = signed_in(doctor)
    answer = fill(browser, "/suspicion/", {"person_knows": "yes", "signs": ["untreated_injury"], "desk": desk.pk})
    assert answer["Location"] == "/sent/?sent=1"
    intake = Intake.objects.unscoped(reason="what was sent").get()
    assert (intake.source, intake.organisation_id, intake.summary["signs"]) == (
        "suspicion",
        mechanism.ngo.id,
        ["untreated_injury"],
    )


def test_he_06_the_page_shows_nothing_that_others_recorded(
    mechanism: Mechanism, doctor: Actor, case_manager: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    others = sent(mechanism.inspection.actor(Role.FRONTLINE_OFFICER), mechanism.ngo)
    browser = signed_in(doctor)
    pages = [browser.get("/suspicion/"), browser.get("/sent/"), browser.get("/")]
    told = " ".join(page.content.decode() for page in pages)
    assert not [code for code in (case.code, case.alias, others.code) if code in told]
    assert browser.get(reverse("contact:intake", args=[others.code])).status_code == 404


def test_he_06_afterwards_the_health_worker_sees_the_receipt_alone(mechanism: Mechanism, doctor: Actor) -> None:
    intake = flagged(doctor, mechanism.ngo)
    browser = signed_in(doctor)
    assert intake.code in browser.get("/sent/").content.decode()
    assert browser.get(reverse("contact:intake", args=[intake.code])).status_code == 404
    assert not Case.objects.unscoped(reason="counting").exists()


@pytest.mark.parametrize("role", [Role.STATISTICIAN, Role.AUDITOR, Role.SYSTEM_ADMIN])
def test_he_06_only_whoever_meets_people_raises_one(mechanism: Mechanism, role: Role) -> None:
    with pytest.raises(Refused):
        flagged(mechanism.health.actor(role), mechanism.ngo)
