"""LB-01: immigration roles can read neither complaints, wage claims nor labour cases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from fener.casework import access
from fener.casework.domain import labour
from fener.casework.models import Case, CaseAccess, Referral
from fener.casework.selectors import file as files
from fener.casework.services import compartments, overrides, referral_check, referral_disclosure
from fener.casework.services.cases import update_facts
from fener.casework.services.needs import record_need
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, NotGranted, Refused
from fener.trust.models import Consent
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory, consent_to, shared_with
from tests.factories.network import Body, BodyFactory, Mechanism


@pytest.fixture
def immigration(mechanism: Mechanism) -> Body:
    body: Body = BodyFactory(
        since=date(2020, 1, 1), sector="immigration", mandates=("refer", "assess"), short_name="Immigration"
    )
    return body


@pytest.fixture
def labour_case(case_manager: Actor) -> Case:
    """Somebody in forced labour, whose wages are owed."""
    case = CaseFactory(actor=case_manager)
    update_facts(
        actor=case_manager,
        case=case,
        version=case.version,
        facts={**case.facts, "exploitation": ["ForcedLabour"], "industry": "A_AgricultureForestryAndFishing"},
    )
    record_need(actor=case_manager, case=case, kind="wage_claim", urgent=True)
    assess(case_manager, case)
    found: Case = Case.objects.unscoped(reason="test").get(pk=case.pk)
    return found


@pytest.mark.parametrize("role", Role)
def test_lb_01_without_the_persons_consent_there_is_no_case(labour_case: Case, immigration: Body, role: Role) -> None:
    actor = immigration.actor(role)
    assert labour_case not in Case.objects.for_actor(actor)
    assert not access.allowed(actor, access.READ, access.relationships(actor, labour_case))
    with pytest.raises(Refused):
        files.file(actor, labour_case.code)


def test_lb_01_no_override_takes_the_place_of_the_persons_consent(
    labour_case: Case, case_manager: Actor, immigration: Body, mechanism: Mechanism
) -> None:
    terms = {
        "compartments": [Compartment.IDENTITY], "legal_basis": "Act on foreigners, article 3",
        "reason": "The law obliges.", "until": timezone.localdate() + timedelta(days=3),
    }  # fmt: skip
    with pytest.raises(InvalidInput):
        overrides.request_override(actor=case_manager, case=labour_case, recipient=immigration.organisation, **terms)
    # Also one that was there before: it opens no case to an immigration service.
    other = overrides.request_override(
        actor=case_manager, case=labour_case, recipient=mechanism.police.organisation, **terms
    )
    overrides.confirm_override(actor=mechanism.ngo.actor(Role.CASE_MANAGER), override=other)
    CaseAccess.objects.create(
        case=labour_case, organisation=immigration.organisation, relationship="referred_to", override=other
    )
    worker = immigration.actor(Role.CASE_MANAGER)
    assert labour_case not in Case.objects.for_actor(worker)
    assert not access.allowed(worker, access.READ, access.relationships(worker, labour_case))


def test_lb_01_what_happened_and_legal_papers_are_shared_with_none(
    labour_case: Case, case_manager: Actor, immigration: Body
) -> None:
    for part in labour.CLOSED_PARTS:
        with pytest.raises(InvalidInput):
            consent_to(case_manager, labour_case, immigration, Compartment.IDENTITY, part)
    shared_with(case_manager, labour_case, immigration, Compartment.IDENTITY)
    Consent.objects.filter(recipient_id=immigration.organisation.pk).update(compartments=["identity", "narrative"])
    worker = immigration.actor(Role.CASE_MANAGER)
    for part in labour.CLOSED_PARTS:
        with pytest.raises(NotGranted):
            compartments.open_compartment(
                actor=worker, case=labour_case, compartment=part, purpose=Purpose.SHARE_SERVICE
            )
    opened = compartments.open_compartment(
        actor=worker, case=labour_case, compartment=Compartment.IDENTITY, purpose=Purpose.SHARE_SERVICE
    )
    assert opened["first_name"] == "Đorđe"


def test_lb_01_of_a_case_that_was_shared_no_labour_fact_and_no_assessment_is_shown(
    labour_case: Case, case_manager: Actor, immigration: Body, mechanism: Mechanism
) -> None:
    for kind in ("service", "assessment"):  # also asked to look at the person, it sees only what it wrote itself
        shared_with(case_manager, labour_case, immigration, Compartment.IDENTITY, kind=kind)
    shown = files.file(immigration.actor(Role.CASE_MANAGER), labour_case.code)
    assert set(shown.facts) <= labour.OPEN_FACTS
    assert not {"exploitation", "industry", "control_methods"} & set(shown.facts)
    assert shown.assessments == () == shown.decisions
    assert files.file(case_manager, labour_case.code).facts["exploitation"] == ["ForcedLabour"]


def test_lb_01_an_officer_of_it_reads_no_story_through_a_referral(
    labour_case: Case, case_manager: Actor, immigration: Body
) -> None:
    referral, _consent = shared_with(case_manager, labour_case, immigration, Compartment.IDENTITY, kind="assessment")
    Referral.objects.unscoped(reason="test").filter(pk=referral.pk).update(compartments=["identity", "narrative"])
    referral.refresh_from_db(from_queryset=Referral.objects.unscoped(reason="test"))
    with pytest.raises(NotGranted):
        referral_disclosure.open_told(
            actor=immigration.actor(Role.FRONTLINE_OFFICER), referral=referral, compartment=Compartment.NARRATIVE
        )


def test_lb_01_no_claim_is_referred_or_previewed_to_it(
    labour_case: Case, case_manager: Actor, immigration: Body, mechanism: Mechanism
) -> None:
    service = immigration.service("wage_claim")
    check = referral_check.check_referral(actor=case_manager, case=labour_case, service=service)
    assert "labour" in {condition.code for condition in check.closed}
    there = referral_check.masked_preview(labour_case, urgency="normal", to=immigration.organisation)
    elsewhere = referral_check.masked_preview(labour_case, urgency="normal", to=mechanism.shelter.organisation)
    assert "wage_claim" not in there["needs"] + there["urgent_needs"]
    assert "wage_claim" in elsewhere["urgent_needs"]


def test_lb_01_nobody_of_it_sees_the_whole_country(labour_case: Case, immigration: Body, mechanism: Mechanism) -> None:
    inside = immigration.actor(Role.MECHANISM_COORDINATOR)
    assert set(Case.objects.for_actor(inside)) == set()
    assert labour_case in Case.objects.for_actor(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
