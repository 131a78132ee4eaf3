"""ID-13 (contact half): a finished screening leaves a suggestion with its reasons, and no status anywhere."""

from __future__ import annotations

from fener.casework.models import Assessment, Case, StatusDecision
from fener.contact.services import intakes
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.contact.visits import signed_in, to
from tests.factories.casework import keep_terms, told_everything
from tests.factories.contact import finished, ready, sent
from tests.factories.network import Mechanism
from tests.web.pages import words


def test_id_13_finishing_makes_no_case_no_assessment_and_no_decision(mechanism: Mechanism) -> None:
    screening = finished(mechanism.police.actor(Role.FRONTLINE_OFFICER), "adult-police")
    assert screening.suggestion["status_suggested"] == "presumed"
    assert not Case.objects.unscoped(reason="counting").exists()
    assert not Assessment.objects.exists()
    assert not StatusDecision.objects.exists()


def test_id_13_each_reason_is_on_the_page_with_rule_version_and_source(mechanism: Mechanism) -> None:
    inspector = mechanism.inspection.actor(Role.FRONTLINE_OFFICER)
    screening = finished(inspector)
    page = words(signed_in(inspector).get(to("screening_result", screening)).content.decode())
    assert screening.suggestion["disclaimer"] in page
    for reason in screening.suggestion["reasons"]:
        assert reason["text"] in page
        assert reason["rule"] in page
    assert "1.0" in page


def test_id_13_the_receiving_organisation_says_how_it_sees_it_itself(mechanism: Mechanism, case_manager: Actor) -> None:
    inspector = mechanism.inspection.actor(Role.FRONTLINE_OFFICER)
    intake = sent(inspector, mechanism.ngo, ready(inspector))
    assert "suggests" not in intake.summary
    case = intakes.open_case_from_intake(
        actor=case_manager,
        intake=intake,
        facts={},
        language="sr",
        status="potential",
        keep_consent=keep_terms(),
        information=told_everything(),
        compartments={},
    )
    assert case.status == "potential"
