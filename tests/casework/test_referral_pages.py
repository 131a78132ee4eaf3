"""The way of a referral through its pages: what for, whom, what they will be told; preview, answer, outcome."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from fener.casework.models import Case, Referral, ServiceRecord
from fener.casework.services import consents
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import SealedItem
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.browsing import page, read, send, sent, token
from tests.casework.paths import accepted, case_with_need, offered
from tests.conftest import NOW
from tests.factories.casework import CONTACT, IDENTITY, consent_to, shared_with
from tests.factories.network import Mechanism

SignIn = Callable[..., Client]
DESK = reverse("casework:desk")


def at(referral: Referral, what: str = "") -> str:
    return reverse(f"casework:referral{'_' + what if what else ''}", args=[referral.pk])


def names_nobody(html: str, case: Case) -> bool:
    secrets = [*IDENTITY.values(), *CONTACT.values(), case.code, case.alias]
    rest = html.replace("Harbour House", "")  # a body of the tests, whose name holds a word that is also an alias
    return not any(str(secret) in rest for secret in secrets)


def stale(referral: Referral) -> Referral:
    return Referral.objects.unscoped(reason="a test looks at what is stored").get(pk=referral.pk)


# The sender ----------------------------------------------------------------------------------------------------------


def test_it_begins_with_a_need_of_the_person_or_a_question_of_status(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = case_with_need(case_manager)
    html = page(signed_in(case_manager), reverse("casework:referral_new", args=[case.code]))
    need = case.needs.get()
    assert reverse("casework:referral_services", args=[case.code, need.pk]) in html
    assert reverse("casework:referral_bodies", args=[case.code, "assessment"]) in html
    assert reverse("casework:referral_bodies", args=[case.code, "decision"]) in html


def test_each_service_shows_its_places_and_what_to_do_about_what_does_not_fit(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    mechanism.shelter.service("shelter", name="Open House", capacity=3)
    mechanism.health.service("shelter", name="Full House", capacity=0)
    mechanism.ngo.service("shelter", name="Own Flat")
    case = case_with_need(case_manager)
    need = case.needs.get()
    text = read(signed_in(case_manager), reverse("casework:referral_services", args=[case.code, need.pk]))
    assert text.index("Open House") < text.index("Full House")
    assert "3 of 3 places are free" in text
    assert "0 of 0 places are free" in text
    assert "Choose another service, or ask the desk when a place becomes free." in text
    assert "Own Flat. For that you need no referral" in text


def test_without_consent_nothing_can_be_sent_and_the_page_leads_to_the_person_and_back(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, service = case_with_need(case_manager), mechanism.shelter.service("shelter")
    address = reverse("casework:referral_send", args=[case.code, service.pk])
    browser = signed_in(case_manager)
    html = page(browser, address)
    assert "The person has not agreed to this yet" in html
    assert f"recipient={mechanism.shelter.id}&amp;purpose=share_service" in html
    assert "Send this to" not in html
    assert 'name="once"' not in html
    answer = browser.post(address, {"urgency": "normal", "once": "6a1c0e0e-6b0c-4ad3-8a83-0d6d4c0d4a11"})
    assert answer.status_code == 422
    assert not Referral.objects.unscoped(reason="a test counts").exists()


def test_the_sentence_says_what_is_told_why_until_when_and_what_is_not(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, service = case_with_need(case_manager), mechanism.shelter.service("shelter")
    consent_to(case_manager, case, mechanism.shelter, Compartment.IDENTITY, Compartment.CONTACT)
    text = read(signed_in(case_manager), reverse("casework:referral_send", args=[case.code, service.pk]))
    assert (
        "You are about to tell Harbour House these things about this person: name and identity contact details" in text
    )
    assert "because the person agreed on 2 March 2026, until 31 May 2026" in text
    assert (
        "It will not learn: what happened, in the person's words; health; legal papers and proceedings; "
        "where the person stays." in text
    )
    assert "Send this to Harbour House" in text


def test_what_is_sent_is_what_was_left_ticked_and_a_second_click_sends_nothing_more(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, service = case_with_need(case_manager), mechanism.shelter.service("shelter")
    consent_to(case_manager, case, mechanism.shelter, Compartment.IDENTITY, Compartment.CONTACT)
    address = reverse("casework:referral_send", args=[case.code, service.pk])
    browser = signed_in(case_manager)
    filled = {"once": token(page(browser, address)), "urgency": "urgent", "compartments": ["identity"]}
    first, second = browser.post(address, filled), browser.post(address, filled)
    assert first.status_code == second.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]
    referral = Referral.objects.unscoped(reason="a test looks at what is stored").get()
    assert (referral.compartments, referral.urgency) == (["identity"], "urgent")


def test_what_the_person_did_not_agree_to_cannot_be_added(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, service = case_with_need(case_manager), mechanism.shelter.service("shelter")
    consent_to(case_manager, case, mechanism.shelter, Compartment.IDENTITY)
    address = reverse("casework:referral_send", args=[case.code, service.pk])
    answer = send(signed_in(case_manager), address, urgency="normal", compartments=["identity", "health"])
    assert answer.status_code == 422
    assert not Referral.objects.unscoped(reason="a test counts").exists()


def test_an_assessment_is_asked_of_a_body_with_the_mandate(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    desk, other = mechanism.police.desk("assessment"), mechanism.shelter.desk("assessment")
    case = case_with_need(case_manager)
    consent_to(case_manager, case, mechanism.police, Compartment.NARRATIVE, purpose=Purpose.IDENTIFICATION)
    browser = signed_in(case_manager)
    text = read(browser, reverse("casework:referral_bodies", args=[case.code, "assessment"]))
    assert text.index("Police") < text.index("Harbour House")
    assert "Ask the body that has the mandate." in text
    address = reverse("casework:referral_ask", args=[case.code, "assessment", desk.pk])
    sent(browser, address, urgency="normal", compartments=["narrative"])
    assert Referral.objects.unscoped(reason="a test counts").get().kind == "assessment"
    closed = read(browser, reverse("casework:referral_ask", args=[case.code, "assessment", other.pk]))
    assert "This cannot be sent now" in closed


def test_a_no_shows_the_reason_what_follows_and_the_way_to_another(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    assert sent(worker, at(referral, "decline"), reason="full", note="Perhaps in May.") == DESK
    mechanism.other_ngo.service("shelter", name="Second House")
    browser = signed_in(case_manager)
    html = page(browser, at(referral))
    assert "No place is free. The service counts as full" in html
    assert "Perhaps in May." in html
    another = reverse("casework:referral_services", args=[referral.case.code, referral.case.needs.get().pk])
    assert another in html
    assert "Beacon: Second House" in html
    text = read(browser, another)
    assert text.index("Second House") < text.index("shelter of Harbour House")
    assert "The service said that it is full" in text


def test_a_no_without_a_reason_comes_back(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    assert send(worker, at(referral, "decline"), note="No.").status_code == 422
    assert stale(referral).state == "offered"


def test_the_sender_takes_it_back_and_the_desk_has_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    sent(signed_in(case_manager), at(referral, "withdraw"))
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    assert stale(referral).state == "withdrawn"
    page(worker, at(referral), status=404)
    assert "Nobody waits for an answer from you." in read(worker, DESK)


def test_an_offer_that_nobody_answers_is_late_on_both_sides(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    with time_machine.travel(referral.answer_due + timedelta(minutes=5), tick=False):
        assert "nobody answered before" in read(signed_in(worker), DESK)
        text = read(signed_in(case_manager), at(referral))
    assert "Nobody answered in time" in text
    assert "Choose another" in text


# The desk ------------------------------------------------------------------------------------------------------------


def test_the_desk_shows_what_waits_by_when_it_is_due_and_names_nobody(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    service = mechanism.shelter.service("shelter")
    later = offered(case_manager, mechanism.shelter, service=service)
    sooner = offered(case_manager, mechanism.shelter, service=service, urgency="immediate")
    html = page(signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER)), DESK)
    assert html.index(at(sooner)) < html.index(at(later))
    assert "Danger now" in html
    assert names_nobody(html, later.case)
    assert names_nobody(html, sooner.case)


def test_before_the_answer_there_is_a_masked_picture_and_the_sentence(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    html = page(worker, at(referral))
    assert names_nobody(html, referral.case)
    assert "25 to 34" in html
    text = read(worker, at(referral))
    assert "name and identity contact details" in text
    assert "because the person agreed on 2 March 2026" in text
    page(worker, reverse("casework:referral_outcome", args=[referral.pk]), status=404)


def test_acceptance_opens_what_was_agreed_to_and_starts_the_service(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    assert sent(worker, at(referral, "accept"), shown=at(referral)) == at(referral)
    html = page(worker, at(referral))
    assert reverse("casework:case", args=[referral.case.code]) in html
    assert ServiceRecord.objects.get(referral=referral).state == "accepted"
    assert referral.case.code in page(worker, DESK)
    assert "accepted" in read(signed_in(case_manager), at(referral))


def test_a_second_click_on_accept_leads_to_the_same_page(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    data = {"once": token(page(worker, at(referral)))}
    answers = [worker.post(at(referral, "accept"), data) for _click in range(2)]
    assert [answer.headers.get("Location") for answer in answers] == [at(referral)] * 2
    assert ServiceRecord.objects.filter(referral=referral).count() == 1


def test_the_outcome_goes_back_and_closes_what_was_open(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral, _worker = accepted(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    sent(worker, at(referral, "outcome"), outcome="started", note="He has a room.")
    assert "It has started" in read(worker, at(referral))
    assert sent(worker, at(referral, "outcome"), outcome="completed", note="") == DESK
    page(worker, at(referral), status=404)
    html = page(signed_in(case_manager), at(referral))
    assert "The service was given in full" in html
    assert "He has a room." not in html


def test_a_withdrawn_consent_closes_the_shelters_next_page(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral, _accepter = accepted(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    case_page = reverse("casework:case", args=[referral.case.code])
    page(worker, at(referral))
    page(worker, case_page)
    assert referral.consent is not None
    consents.withdraw(actor=case_manager, consent=referral.consent)
    page(worker, at(referral), status=404)
    page(worker, case_page, status=404)
    assert referral.case.code not in page(worker, DESK)


def test_an_expired_consent_closes_the_shelters_next_page(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral, _accepter = accepted(case_manager, mechanism.shelter)
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    case_page = reverse("casework:case", args=[referral.case.code])
    with time_machine.travel(NOW + timedelta(days=91), tick=False):
        browser = signed_in(worker)
        page(browser, at(referral), status=404)
        page(browser, case_page, status=404)
        assert referral.case.code not in page(browser, DESK)


def test_consent_withdrawn_between_offer_and_answer_accepts_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    once = token(page(worker, at(referral)))
    assert referral.consent is not None
    consents.withdraw(actor=case_manager, consent=referral.consent)
    assert worker.post(at(referral, "accept"), {"once": once}).status_code == 404
    assert not ServiceRecord.objects.filter(referral=referral).exists()


# Who else ------------------------------------------------------------------------------------------------------------


def test_police_who_accepted_assess_and_have_no_case(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = case_with_need(case_manager)
    referral, _consent = shared_with(case_manager, case, mechanism.police, Compartment.NARRATIVE, kind="assessment")
    officer = signed_in(mechanism.police.actor(Role.FRONTLINE_OFFICER))
    html = page(officer, at(referral))
    assert reverse("casework:referral_assessment", args=[referral.pk]) in html
    assert names_nobody(html, case)
    assert names_nobody(page(officer, DESK), case)
    for form in ("assessment", "own_view"):
        assert names_nobody(page(officer, at(referral, form)), case)
    page(officer, reverse("casework:case", args=[case.code]), status=404)


def test_police_see_no_referral_of_another_kind(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    case = case_with_need(case_manager)
    referral, _consent = shared_with(case_manager, case, mechanism.police, Compartment.IDENTITY)
    officer = signed_in(mechanism.police.actor(Role.FRONTLINE_OFFICER))
    page(officer, at(referral), status=404)
    assert at(referral) not in page(officer, DESK)
    assert at(referral) in page(signed_in(mechanism.police.actor(Role.CASE_MANAGER)), DESK)


@pytest.mark.parametrize(
    "role", [Role.LAW_ENFORCEMENT_LIAISON, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.STATISTICIAN, Role.HELPLINE_OPERATOR]
)
def test_nobody_else_reaches_a_desk(role: Role, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    case = case_with_need(case_manager)
    referral, _consent = shared_with(case_manager, case, mechanism.police, Compartment.NARRATIVE, kind="assessment")
    browser = signed_in(mechanism.police.actor(role))
    page(browser, DESK, status=404)
    page(browser, at(referral), status=404)


def test_only_the_body_with_the_mandate_is_led_to_the_decision(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = case_with_need(case_manager)
    referral, _consent = shared_with(case_manager, case, mechanism.decider, Compartment.NARRATIVE, kind="decision")
    html = page(signed_in(mechanism.decider.actor(Role.CASE_MANAGER)), at(referral))
    assert reverse("casework:decision_new", args=[case.code]) in html
    other, _consent = shared_with(case_manager, case, mechanism.social_work, Compartment.NARRATIVE, kind="decision")
    html = page(signed_in(mechanism.social_work.actor(Role.CASE_MANAGER)), at(other))
    assert reverse("casework:decision_new", args=[case.code]) not in html


def test_another_organisation_finds_no_referral_and_no_way_to_send_one(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral, service = offered(case_manager, mechanism.shelter), mechanism.shelter.service("shelter", name="Other")
    stranger = signed_in(mechanism.other_ngo.actor(Role.CASE_MANAGER))
    code, need = referral.case.code, referral.case.needs.get()
    for address in (
        at(referral),
        at(referral, "decline"),
        at(referral, "outcome"),
        at(referral, "withdraw"),
        reverse("casework:referral_new", args=[code]),
        reverse("casework:referral_services", args=[code, need.pk]),
        reverse("casework:referral_bodies", args=[code, "decision"]),
        reverse("casework:referral_send", args=[code, service.pk]),
    ):
        page(stranger, address, status=404)
    assert stranger.post(at(referral, "accept"), {"once": "6a1c0e0e-6b0c-4ad3-8a83-0d6d4c0d4a11"}).status_code == 404


# Speed ---------------------------------------------------------------------------------------------------------------


def test_the_desk_takes_few_queries_however_much_waits(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    service = mechanism.shelter.service("shelter")
    for _each in range(4):
        offered(case_manager, mechanism.shelter, service=service)
        accepted(case_manager, mechanism.shelter, service=service)
    for actor in (mechanism.shelter.actor(Role.SHELTER_WORKER), case_manager):
        browser = signed_in(actor)
        page(browser, DESK)
        with django_assert_max_num_queries(15):
            page(browser, DESK)


def test_a_referral_takes_few_queries(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    for actor in (mechanism.shelter.actor(Role.SHELTER_WORKER), case_manager):
        browser = signed_in(actor)
        page(browser, at(referral))
        with django_assert_max_num_queries(20):
            page(browser, at(referral))


def test_the_choice_of_services_takes_few_queries_however_many_there_are(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(8):
        mechanism.shelter.service("shelter", name=f"House {number}", capacity=3)
    case = case_with_need(case_manager)
    address = reverse("casework:referral_services", args=[case.code, case.needs.get().pk])
    browser = signed_in(case_manager)
    page(browser, address)
    with django_assert_max_num_queries(30):
        page(browser, address)


def test_keys_that_lie_ready_are_not_in_force_on_the_desk(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    worker = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    page(worker, reverse("casework:case", args=[referral.case.code]), status=404)
    assert SealedItem.objects.filter(subject_id=referral.case_id).exists()
    assert timezone.now() < referral.answer_due


# The whole way -------------------------------------------------------------------------------------------------------


def test_the_consent_that_is_missing_is_recorded_and_the_referral_goes_on_where_it_stopped(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, desk = case_with_need(case_manager), mechanism.police.desk("assessment")
    browser = signed_in(case_manager)
    address = reverse("casework:referral_ask", args=[case.code, "assessment", desk.pk])
    found = re.search(r'href="([^"]*consents/new/[^"]*)"', page(browser, address))
    assert found
    consent_page = unescape(found.group(1))
    html = page(browser, consent_page)
    assert f'value="{mechanism.police.id}" selected' in html
    answers = {
        "recipient": str(mechanism.police.id),
        "purpose": "identification",
        "compartments": ["narrative"],
        "until": "31.5.2026",
        "giver": "person",
        "language": "sr",
        "given_on": "2.3.2026",
    }
    read_out = browser.post(consent_page, {"once": token(html), **answers}).content.decode()
    assert browser.post(consent_page, {"once": token(read_out), "confirmed": "1", **answers})["Location"] == address
    led_to = sent(browser, address, urgency="normal", compartments=["narrative"])
    officer = signed_in(mechanism.police.actor(Role.FRONTLINE_OFFICER))
    sent(officer, f"{led_to}accept/", shown=led_to)
    assert "Record your assessment" in read(officer, led_to)


def test_the_way_back_leads_to_no_other_site(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    case, browser = case_with_need(case_manager), signed_in(case_manager)
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example"):
        address = f"{reverse('casework:consent_new', args=[case.code])}?{urlencode({'next': elsewhere})}"
        answers = {
            "recipient": str(mechanism.shelter.id),
            "purpose": "share_service",
            "compartments": ["contact"],
            "until": "31.5.2026",
            "giver": "person",
            "language": "sr",
            "given_on": "2.3.2026",
            "confirmed": "1",
        }
        assert browser.post(address, {"once": token(page(browser, address)), **answers})["Location"].startswith(
            "/cases/"
        )
