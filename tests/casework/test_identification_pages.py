"""Assessments, decisions, doubts about age, refusals, overrides, clocks and closing, as pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models import AgeDispute, Assessment, Case, CaseAssignment, Clock, RefusalOfHelp, StatusDecision
from fener.casework.services import ages, assessments, compartments, decisions, overrides
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import DisclosureOverride, User
from fener.trust.roles import Role
from tests.casework.test_case_pages import at, post, read
from tests.factories.casework import CaseFactory, shared_with
from tests.factories.network import Mechanism

SignIn = Callable[[Actor], Client]

ASSESSMENT = {
    "opinion": "identified", "reasons": "He was held by a debt.", "assessed_on": "2.3.2026",
    "acts.recruitment": "yes", "acts.recruitment.confidence": "high", "acts.recruitment.evidence": ["self_declared"],
    "means.deception": "yes", "purposes.forced_labour": "yes", "purposes.slavery": "unknown",
}  # fmt: skip
DECISION = {
    "status": "identified", "legal_basis": "Act on the mechanism, article 5", "reasons": "Three elements are met.",
    "decided_on": "2.3.2026",
}  # fmt: skip


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


def fresh(case: Case) -> Case:
    found: Case = Case.objects.unscoped(reason="test").get(pk=case.pk)
    return found


def assessed(actor: Actor, case: Case) -> Assessment:
    return assessments.record_assessment(
        actor=actor, case=case, opinion="identified", reasons="Held by a debt.",
        elements={"acts": {"recruitment": {"answer": "yes"}}},
    )  # fmt: skip


# Assessments ----------------------------------------------------------------------------------------------------------


def test_an_assessment_is_recorded_and_explains_itself_step_by_step(
    case: Case, case_manager: Actor, signed_in: SignIn
) -> None:
    client = signed_in(case_manager)
    assert "Record an assessment" in read(client.get(at("assessment_new", case.code)))
    done = post(client, at("assessment_new", case.code), **ASSESSMENT)
    row = Assessment.objects.get()
    assert done["Location"] == at("assessment", case.code, row.pk)
    assert row.elements["acts"]["recruitment"] == {
        "answer": "yes", "confidence": "high", "evidence": ["self_declared"]
    }  # fmt: skip
    assert "transfer" not in row.elements["acts"]  # not asked is not an answer
    told = read(client.get(done["Location"]))
    assert "palermo" in told
    assert "By these answers the definition is met." in told
    assert "held by a debt" not in told


def test_assessments_and_the_own_view_stand_side_by_side_with_sealed_reasons(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    police = mechanism.police.actor(Role.FRONTLINE_OFFICER)
    referral, _consent = shared_with(case_manager, case, mechanism.police, Compartment.NARRATIVE, kind="assessment")
    theirs = signed_in(police)
    read(theirs.get(at("referral_assessment", referral.pk)))
    answer = post(theirs, at("referral_assessment", referral.pk), **{**ASSESSMENT, "opinion": "undetermined"})
    assert answer["Location"] == reverse("casework:referral", args=[referral.pk])
    client = signed_in(case_manager)
    own = {"view": "own_view_partly", "words": "It was work, and it was not.", "said_on": "2.3.2026"}
    assert post(client, at("own_view", case.code), **own).status_code == 302
    post(client, at("assessment_new", case.code), **ASSESSMENT)
    told = read(client.get(at("case", case.code)))
    assert "sees a part of it the same way" in told
    assert "Police (invented) Undetermined" in told
    assert "Lighthouse (invented) Identified" in told
    assert "It was work" not in told


def test_sealed_reasons_open_on_purpose(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    row = assessed(case_manager, case)
    assert row.reasons is not None
    client, where = signed_in(case_manager), at("words_open", case.code, row.reasons.pk)
    assert client.get(where).status_code == 405
    assert "Held by a debt." in read(client.post(where))
    assert signed_in(mechanism.other_ngo.actor(Role.CASE_MANAGER)).post(where).status_code == 404


def test_a_compartment_is_not_opened_as_if_it_were_a_note(case: Case, case_manager: Actor, signed_in: SignIn) -> None:
    item = compartments.main_item(case, Compartment.IDENTITY)
    assert item is not None
    assert signed_in(case_manager).post(at("words_open", case.code, item.pk)).status_code == 404


def test_an_assessment_is_only_asked_of_a_desk_that_took_it_on(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    service, _consent = shared_with(case_manager, case, mechanism.shelter, Compartment.IDENTITY)
    client = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert client.get(at("referral_assessment", service.pk)).status_code == 404
    assert client.get(at("referral_own_view", uuid4())).status_code == 404


# Decisions ------------------------------------------------------------------------------------------------------------


def _at_the_decider(case: Case, case_manager: Actor, mechanism: Mechanism) -> Actor:
    shared_with(case_manager, case, mechanism.decider, Compartment.NARRATIVE, kind="decision")
    return mechanism.decider.actor(Role.CASE_MANAGER)


def test_a_decision_needs_more_than_the_police_and_then_changes_the_status(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    client = signed_in(_at_the_decider(case, case_manager, mechanism))
    told = read(post(client, at("decision_new", case.code), **DECISION), 422)
    assert "Three elements are met." in told  # nothing typed is lost
    row = assessed(case_manager, case)
    done = post(client, at("decision_new", case.code), **DECISION, considered=[str(row.pk)])
    assert done.status_code == 302, read(done, 422)
    assert fresh(case).status == "identified"
    told = read(client.get(at("case", case.code)))
    assert "From Presumed to Identified" in told
    assert "Not told to the person yet" in told


def test_without_the_mandate_the_page_says_whose_task_it_is(case: Case, case_manager: Actor, signed_in: SignIn) -> None:
    client = signed_in(case_manager)
    assert "Decide on the status" not in read(client.get(at("case", case.code)))
    assert "no mandate to decide" in read(client.get(at("decision_new", case.code)))
    assert post(client, at("decision_new", case.code), **DECISION).status_code == 403


def test_a_decision_is_told_reviewed_and_answered_by_somebody_else(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    assessed(case_manager, case)
    decider = _at_the_decider(case, case_manager, mechanism)
    decision = decisions.decide_status(
        actor=decider, case=fresh(case), status="identified", legal_basis="Article 5", reasons="Met."
    )
    ours = signed_in(case_manager)
    told = {"told_on": "2.3.2026", "told_language": "sr", "told_interpreter": "Vesna"}
    assert post(ours, at("decision_told", case.code, decision.pk), **told).status_code == 302
    review = {"kind": "review", "asked_by": "person", "reasons": "It was not so.", "requested_on": "2.3.2026"}
    assert post(ours, at("review_new", case.code, decision.pk), **review).status_code == 302
    request = decision.review_requests.get()
    again = {**DECISION, "considered": [str(row.pk) for row in Assessment.objects.all()]}
    first = signed_in(decider)
    assert "Answer a review" in read(first.get(at("review_answer", case.code, request.pk)))
    assert post(first, at("review_answer", case.code, request.pk), **again).status_code == 403
    second = signed_in(mechanism.decider.actor(Role.CASE_MANAGER))
    assert post(second, at("review_answer", case.code, request.pk), **again).status_code == 302
    assert StatusDecision.objects.filter(review_of=decision).count() == 1
    page = read(ours.get(at("case", case.code)))
    assert "Told to the person on 2 March 2026 in Serbian." in page
    assert "Answered on 2 March 2026." in page


def test_a_downgrade_says_what_is_missing_beside_what_was_typed(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    row = assessed(case_manager, case)
    client = signed_in(_at_the_decider(case, case_manager, mechanism))
    down = {**DECISION, "status": "not_identified", "alternative": "smuggling", "considered": [str(row.pk)]}
    answer = post(client, at("decision_new", case.code), **down)
    assert "There is a problem" in read(answer, 422) or "condition" in read(answer, 422)
    assert fresh(case).status == "presumed"
    assert (
        post(client, at("decision_new", case.code), **down, evidence=["document"], review_told="on").status_code == 302
    )
    assert "Called instead: Smuggling of migrants." in read(client.get(at("case", case.code)))


# Age, refusal, override -----------------------------------------------------------------------------------------------


def test_a_doubt_about_age_makes_a_child_at_once_until_it_is_decided(
    case: Case, case_manager: Actor, signed_in: SignIn
) -> None:
    client = signed_in(case_manager)
    form = {"evidence": "He looks very young.", "raised_on": "2.3.2026"}
    assert post(client, at("age_dispute", case.code), **form).status_code == 302
    told = read(client.get(at("case", case.code)))
    assert "The age is in doubt." in told
    assert "Appointment of a guardian" in told
    dispute = AgeDispute.objects.get()
    decided = {"result": "adult", "reasons": "A document came.", "age_at_contact": "34", "decided_on": "2.3.2026"}
    assert post(client, at("age_decide", case.code, dispute.pk), **decided).status_code == 302
    assert not fresh(case).treated_as_child


def test_a_doubt_of_another_case_is_not_decided_through_this_one(
    case: Case, case_manager: Actor, signed_in: SignIn
) -> None:
    other = CaseFactory(actor=case_manager)
    dispute = ages.raise_dispute(actor=case_manager, case=other)
    decided = {"result": "adult", "reasons": "No.", "age_at_contact": "34", "decided_on": "2.3.2026"}
    assert post(signed_in(case_manager), at("age_decide", case.code, dispute.pk), **decided).status_code == 404


def test_a_refusal_is_the_persons_own_and_ends_nothing(case: Case, case_manager: Actor, signed_in: SignIn) -> None:
    client = signed_in(case_manager)
    form = {"of": "identification", "reason": "fear", "words": "Not now.", "refused_on": "2.3.2026"}
    assert post(client, at("refusal_new", case.code), **form).status_code == 302
    told = read(client.get(at("case", case.code)))
    assert "being identified, on 2 March 2026: is afraid of what follows. The offer stays." in told
    assert RefusalOfHelp.objects.get().offer_stays_open
    assert fresh(case).status == "presumed"


def test_a_disclosure_without_consent_waits_for_a_second_person(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    client = signed_in(case_manager)
    form = {
        "recipient": str(mechanism.police.organisation.pk), "compartments": ["identity"], "until": "5.3.2026",
        "legal_basis": "Criminal procedure, article 280", "reason": "A threat to life.",
    }  # fmt: skip
    done = post(client, at("override_new", case.code), **form)
    assert done.status_code == 302, read(done, 422)
    override = DisclosureOverride.objects.get()
    where = at("override_confirm", case.code, override.pk)
    assert "cannot be the second person" in read(client.get(where))
    assert post(client, where).status_code == 422
    second = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    assert "Look at a disclosure without consent" in read(second.get(at("case", case.code)))
    assert post(second, where).status_code == 302
    assert "Confirmed by" in read(client.get(at("case", case.code)))


def test_an_override_of_another_case_is_not_confirmed_through_this_one(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    def asked(about: Case) -> DisclosureOverride:
        return overrides.request_override(
            actor=case_manager, case=about, recipient=mechanism.police.organisation,
            compartments=[Compartment.IDENTITY], legal_basis="Law", reason="Life", until=date(2026, 3, 5),
        )  # fmt: skip

    own, foreign = asked(case), asked(CaseFactory(actor=case_manager))
    second = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    assert second.get(at("override_confirm", case.code, own.pk)).status_code == 200
    assert post(second, at("override_confirm", case.code, foreign.pk)).status_code == 404
    assert not DisclosureOverride.objects.filter(confirmed_at__isnull=False).exists()


# Workers, clocks, closing ---------------------------------------------------------------------------------------------


def test_a_case_is_given_to_a_colleague_and_to_nobody_else(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    colleague = mechanism.ngo.actor(Role.LAWYER)
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    client, where = signed_in(case_manager), at("case_assign", case.code)
    told = read(client.get(where))
    assert User.objects.get(pk=colleague.user_id).full_name in told
    assert User.objects.get(pk=stranger.user_id).full_name not in told
    assert post(client, where, user=str(stranger.user_id), act="assign").status_code == 422
    assert post(client, where, user=str(colleague.user_id), act="assign").status_code == 302
    assert CaseAssignment.objects.filter(case=case, user_id=colleague.user_id, until__isnull=True).exists()
    assert post(client, where, user=str(colleague.user_id), act="unassign").status_code == 302
    assert not CaseAssignment.objects.filter(case=case, user_id=colleague.user_id, until__isnull=True).exists()


def test_the_recovery_period_ends_only_by_the_persons_own_wish_and_can_be_extended(
    case: Case, case_manager: Actor, signed_in: SignIn
) -> None:
    clock = Clock.objects.get(case=case, code="recovery_reflection")
    client = signed_in(case_manager)
    told = read(client.get(at("clock_end", case.code, clock.pk)))
    assert "the person&#x27;s right" in told or "the person's right" in told
    assert "It is not needed any more" not in told
    assert post(client, at("clock_end", case.code, clock.pk), reason="done").status_code == 422
    form = {"amount": "10", "unit": "days", "legal_basis": "Decision 5/2026"}
    done = post(client, at("clock_extend", case.code, clock.pk), **form)
    if done.status_code == 302:
        longer = Clock.objects.get(case=case, code="recovery_reflection", ended_at__isnull=True)
        assert (longer.due_on - clock.due_on).days == 10
    else:  # where the jurisdiction's rule allows none, the page says so
        assert "allows no extension" in read(done, 422)


def test_a_case_is_closed_with_a_reason_and_the_recovery_period_runs_on(
    case: Case, case_manager: Actor, signed_in: SignIn
) -> None:
    client = signed_in(case_manager)
    told = read(client.get(at("case_close", case.code)))
    assert "does not testify" not in told
    form = {"version": str(case.version), "state": "Closed", "reason": "goals_reached"}
    assert post(client, at("case_close", case.code), **{**form, "version": "99"}).status_code == 422
    assert post(client, at("case_close", case.code), **{**form, "reason": "refuses_to_testify"}).status_code == 422
    assert post(client, at("case_close", case.code), **form).status_code == 302
    told = read(client.get(at("case", case.code)))
    assert "This case is closed" in told
    assert "Nobody may remove this person" in told
    post(client, at("case_reopen", case.code), version=str(fresh(case).version))
    assert fresh(case).state == Case.State.ACTIVE


def test_who_knows_lists_what_was_opened_by_whom_and_why(case: Case, case_manager: Actor, signed_in: SignIn) -> None:
    client = signed_in(case_manager)
    client.post(at("compartment_open", case.code, "identity"), {"purpose": "keep"})
    told = read(client.get(at("who_knows", case.code)))
    assert "opened name and identity" in told
    assert "a file can be kept and help arranged" in told
    assert "Ilić" not in told


FORMS = (
    "case_facts", "information", "consent_new", "assessment_new", "own_view", "age_dispute", "refusal_new",
    "override_new", "case_assign", "case_close", "who_knows",
)  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_stranger_finds_none_of_the_forms_and_they_are_one_click_from_the_case(
    name: str, case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    where = at(name, case.code)
    assert signed_in(mechanism.other_ngo.actor(Role.CASE_MANAGER)).get(where).status_code == 404
    client: Any = signed_in(case_manager)
    assert f'href="{where}"' in client.get(at("case", case.code)).content.decode()
    assert "victim" not in read(client.get(where)).lower()
