"""ID-25 (contact half): from the first contact to an open case without any police."""

from __future__ import annotations

from fener.contact.services import intakes
from fener.network.models import Organisation
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry, Consent
from fener.trust.roles import Role
from tests.factories.casework import keep_terms, told_everything
from tests.factories.contact import flagged, ready, sent
from tests.factories.network import Mechanism


def test_id_25_an_outreach_screening_and_a_flag_become_cases_without_police(
    mechanism: Mechanism, case_manager: Actor
) -> None:
    outreach = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    doctor = mechanism.health.actor(Role.HEALTH_WORKER)
    first = (sent(outreach, mechanism.ngo, ready(outreach, "adult-outreach")), flagged(doctor, mechanism.ngo))
    for intake in first:
        case = intakes.open_case_from_intake(
            actor=case_manager,
            intake=intake,
            facts={},
            language="sr",
            keep_consent=keep_terms(),
            information=told_everything(),
            compartments={},
        )
        assert (case.status, case.origin_id) == ("presumed", intake.pk)
    assert not any(body.is_law_enforcement for body in Organisation.objects.all())
    assert not Consent.objects.filter(purpose="share_police").exists()
    assert not AuditEntry.objects.filter(outcome="refused").exists()
