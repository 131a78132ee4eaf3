"""Needs, plan and services through their pages: two clicks from the case, and the person decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fener.casework.models import Case, Need, Plan, ServiceRecord
from fener.casework.selectors.assistance_view import assistance
from fener.casework.services import assistance as services
from fener.casework.services import needs
from fener.casework.services.notes import open_words
from fener.casework.views.assistance_context import assistance_context
from fener.network.models import Service
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.casework.browsing import page, read, send, sent
from tests.casework.paths import accepted, case_with_need, need_of
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

SignIn = Callable[..., Client]


def of(case: Case, what: str, *args: object) -> str:
    return reverse(f"casework:{what}", args=[case.code, *args])


def on_the_case(browser: Client, case: Case) -> str:
    return read(browser, of(case, "case"))


@pytest.fixture
def flat(mechanism: Mechanism) -> Service:
    """A place to stay that the person's own organisation runs."""
    return mechanism.ngo.service("shelter", name="Quiet Flat")


def offered_on_a_page(browser: Client, case: Case, flat: Service) -> ServiceRecord:
    sent(browser, of(case, "service_offer", case.needs.get().pk), service=str(flat.pk), on="2.3.2026")
    return ServiceRecord.objects.get(case=case)


# Needs ---------------------------------------------------------------------------------------------------------------


def test_a_need_is_written_down_in_the_persons_words_and_stands_on_the_case(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, browser = CaseFactory(actor=case_manager), signed_in(case_manager)
    assert of(case, "need_new") in page(browser, of(case, "case"))
    led_to = sent(
        browser, of(case, "need_new"), kind="shelter", words="Without men.", urgent="on", stated_by_person="yes"
    )
    assert led_to == of(case, "case") + "#needs"
    need = Need.objects.get(case=case)
    assert open_words(actor=case_manager, case=case, item=need.own_words) == "Without men."
    text = on_the_case(browser, case)
    assert "Safe place to stay" in text
    assert "Nothing was offered yet." in text
    assert "Without men." not in text


def test_words_that_the_person_did_not_say_are_not_kept_as_theirs(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    answer = send(
        signed_in(case_manager), of(case, "need_new"), kind="shelter", words="Is cold.", stated_by_person="no"
    )
    assert answer.status_code == 422
    assert "Is cold." in answer.content.decode()
    assert not case.needs.exists()


def test_a_form_sent_twice_records_one_need(case_manager: Actor, signed_in: SignIn) -> None:
    case, browser = CaseFactory(actor=case_manager), signed_in(case_manager)
    first = send(browser, of(case, "need_new"), kind="shelter", stated_by_person="yes")
    again = {"once": first.wsgi_request.POST["once"], "kind": "shelter", "stated_by_person": "yes"}
    assert browser.post(of(case, "need_new"), again).headers["Location"] == first.headers["Location"]
    assert case.needs.count() == 1


def test_the_person_says_that_a_need_is_met(case_manager: Actor, signed_in: SignIn) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    sent(browser, of(case, "need_met", case.needs.get().pk))
    assert case.needs.get().met_on == timezone.localdate()


# Services ------------------------------------------------------------------------------------------------------------


def test_a_service_is_offered_declined_with_a_reason_offered_again_accepted_given_and_asked_about(
    case_manager: Actor, signed_in: SignIn, flat: Service
) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    record = offered_on_a_page(browser, case, flat)
    answer = of(case, "service_answer", record.pk)
    assert answer in page(browser, of(case, "case"))
    sent(browser, answer, accepted="no", reason="too_far", words="My girl is here.", on="2.3.2026")
    text = on_the_case(browser, case)
    assert "declined by the person" in text
    assert "The person's reason: Too far away" in text
    assert "My girl is here." not in text
    sent(browser, of(case, "service_again", record.pk))
    sent(browser, answer, accepted="yes", on="2.3.2026")
    sent(browser, of(case, "service_deliver", record.pk), on="2.3.2026")
    sent(browser, of(case, "service_helpful", record.pk), helpful="partly")
    record.refresh_from_db()
    assert (record.state, record.helpful, record.decline_reason) == ("delivered", "partly", "")
    sent(browser, of(case, "service_leave", record.pk), on="2.3.2026")
    record.refresh_from_db()
    assert record.state == "left"


def test_a_no_without_the_persons_reason_comes_back_with_what_was_typed(
    case_manager: Actor, signed_in: SignIn, flat: Service
) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    record = offered_on_a_page(browser, case, flat)
    answer = send(browser, of(case, "service_answer", record.pk), accepted="no", words="Not there.", on="2.3.2026")
    assert answer.status_code == 422
    assert "did not say why" in answer.content.decode()
    assert "Not there." in answer.content.decode()


def test_what_nobody_runs_in_the_directory_is_offered_by_naming_who_gives_it(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    offer = of(case, "service_offer", case.needs.get().pk)
    assert send(browser, offer, service="other", on="2.3.2026").status_code == 422
    sent(browser, offer, service="other", provider=str(mechanism.health.id), on="2.3.2026")
    assert ServiceRecord.objects.get(case=case).provider_id == mechanism.health.id


def test_a_step_that_is_not_possible_any_more_is_said_and_changes_nothing(
    case_manager: Actor, signed_in: SignIn, flat: Service
) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    record = offered_on_a_page(browser, case, flat)
    assert send(browser, of(case, "service_deliver", record.pk), on="2.3.2026").status_code in {409, 422}
    record.refresh_from_db()
    assert record.state == "offered"


def test_a_day_in_the_future_comes_back(case_manager: Actor, signed_in: SignIn, flat: Service) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    answer = send(browser, of(case, "service_offer", case.needs.get().pk), service=str(flat.pk), on="3.3.2026")
    assert answer.status_code == 422
    assert "Choose today or an earlier day." in answer.content.decode()


# Plan ----------------------------------------------------------------------------------------------------------------


def test_a_plan_is_drawn_up_decided_changed_and_left(case_manager: Actor, signed_in: SignIn, flat: Service) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    assess(case_manager, case)
    line = case.needs.get().pk.hex
    goals = {"goals": "A room, then work.", f"in_{line}": "on", f"by_{line}": str(flat.pk)}
    assert sent(browser, of(case, "plan_new"), **goals) == of(case, "case") + "#plan"
    text = on_the_case(browser, case)
    assert "Version 1: the person has not decided yet" in text
    assert "A room, then work." not in text
    first = Plan.objects.get(case=case)
    sent(browser, of(case, "plan_agree", first.pk), agreed="yes", on="2.3.2026")
    assert "Version 1, agreed on 2 March 2026" in on_the_case(browser, case)
    assert f'value="{flat.pk}" selected' in page(browser, of(case, "plan_change"))
    sent(browser, of(case, "plan_change"), **goals, at_persons_wish="no")
    text = on_the_case(browser, case)
    assert "Version 1, agreed on 2 March 2026" in text
    assert "Version 2: the person has not decided yet" in text
    sent(browser, of(case, "plan_leave", first.pk), on="2.3.2026")
    first.refresh_from_db()
    assert first.left_on == timezone.localdate()
    assert not Plan.objects.get(case=case, number=2).changed_at_persons_wish


def test_a_plan_waits_for_an_assessment_and_says_that_help_does_not(case_manager: Actor, signed_in: SignIn) -> None:
    case = case_with_need(case_manager)
    line = case.needs.get().pk.hex
    answer = send(signed_in(case_manager), of(case, "plan_new"), goals="A room.", **{f"in_{line}": "on"})
    assert answer.status_code == 422
    assert "Services can be offered now, without a plan." in answer.content.decode()
    assert "A room." in answer.content.decode()


def test_a_plan_without_a_line_comes_back(case_manager: Actor, signed_in: SignIn) -> None:
    case = case_with_need(case_manager)
    assess(case_manager, case)
    answer = send(signed_in(case_manager), of(case, "plan_new"), goals="A room.")
    assert "A plan needs at least one line" in answer.content.decode()
    assert not case.plans.exists()


# Who sees and does what ----------------------------------------------------------------------------------------------


def test_a_recipient_sees_its_own_work_and_nothing_of_others(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    case = referral.case
    lawyer = need_of(case_manager, case, "legal_advice")
    services.offer_service(actor=case_manager, case=case, need=lawyer, kind="legal_advice", provider=case.organisation)
    ours = signed_in(worker)
    text = on_the_case(ours, case)
    assert "shelter of Harbour House" in text
    assert "Legal advice" not in text
    theirs = ServiceRecord.objects.get(case=case, kind="legal_advice")
    page(ours, of(case, "service_leave", theirs.pk), status=404)
    page(ours, of(case, "plan_new"), status=403)
    needs.record_need(actor=worker, case=case, kind="schooling", words="School.")
    seen = assistance(worker, case, timezone.now()).needs  # type: ignore[union-attr]
    assert sorted(need.kind for need in seen) == ["schooling", "shelter"]


def test_another_organisation_finds_none_of_the_pages(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, flat: Service
) -> None:
    case = case_with_need(case_manager)
    record = offered_on_a_page(signed_in(case_manager), case, flat)
    stranger = signed_in(mechanism.other_ngo.actor(Role.CASE_MANAGER))
    need = case.needs.get().pk
    for name, *args in (
        ("need_new",), ("need_met", need), ("service_offer", need), ("plan_new",), ("plan_change",),
        *((f"service_{step}", record.pk) for step in ("answer", "deliver", "helpful", "leave", "again")),
    ):  # fmt: skip
        page(stranger, of(case, name, *args), status=404)


def test_a_record_of_another_case_looks_absent(case_manager: Actor, signed_in: SignIn, flat: Service) -> None:
    browser, one, other = signed_in(case_manager), case_with_need(case_manager), case_with_need(case_manager)
    record = offered_on_a_page(browser, one, flat)
    page(browser, of(other, "service_answer", record.pk), status=404)
    page(browser, of(other, "need_met", one.needs.get().pk), status=404)


def test_the_co_ordinator_is_shown_none_of_it(case_manager: Actor, mechanism: Mechanism) -> None:
    case = case_with_need(case_manager)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert assistance_context(co_ordinator, case, timezone.now()) == {"assistance": None}


def test_the_part_of_the_case_page_takes_at_most_eight_queries(
    case_manager: Actor, mechanism: Mechanism, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    referral, worker = accepted(case_manager, mechanism.shelter)
    case = referral.case
    assess(case_manager, case)
    for kind in ("legal_advice", "schooling", "medical_care"):
        need = need_of(case_manager, case, kind)
        services.offer_service(actor=case_manager, case=case, need=need, kind=kind, provider=case.organisation)
    now = timezone.now()
    for actor in (case_manager, worker):
        with django_assert_max_num_queries(8):
            shown = assistance_context(actor, case, now)
        assert shown["assistance"]["referrals"]
