"""The pages of the first contact: each leads to the next one, and none shows more than it should."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.contact.models import Intake, Screening
from fener.contact.services import intakes, offers
from fener.norms.screening import questions, screening_set
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.contact.visits import fill, signed_in, to, token
from tests.factories.contact import CHILD, HEALTH, NEEDS, REACH, SIGNS, finished, flagged, ready, sent, started
from tests.factories.network import Mechanism
from tests.web.pages import words

EVERYTHING = "the test looks at all rows"
PAGES = ("screening", "screening_needs", "screening_page", "screening_answers", "screening_renewed")
PAGES += ("screening_danger", "screening_result", "screening_rights", "screening_offer", "screening_declined")


@pytest.fixture
def inspector(mechanism: Mechanism) -> Actor:
    return mechanism.inspection.actor(Role.FRONTLINE_OFFICER)


@pytest.fixture
def phone(inspector: Actor) -> Client:
    """The inspector's browser."""
    return signed_in(inspector)


@pytest.fixture
def desk(case_manager: Actor) -> Client:
    """The case manager's browser."""
    return signed_in(case_manager)


def only_screening() -> Screening:
    found: Screening = Screening.objects.unscoped(reason=EVERYTHING).get()
    return found


def only_intake() -> Intake:
    found: Intake = Intake.objects.unscoped(reason=EVERYTHING).get()
    return found


def test_the_whole_way_from_the_first_page_to_the_receipt(mechanism: Mechanism, phone: Client) -> None:
    receiving = mechanism.ngo.desk("intake")
    here = fill(phone, "/screening/", {"setting": "labour_inspection", "person": "adult"})["Location"]
    here = fill(phone, here, NEEDS)["Location"]
    asked = 0
    while "/question/" in here:
        page = phone.get(here)
        question = here.rstrip("/").rpartition("/")[2]
        assert f"Question {asked + 1} of 36" in words(page.content.decode())
        here = phone.post(here, {"answer": SIGNS.get(question, "no")})["Location"]
        asked += 1
    assert asked == len(questions(screening_set("labour_inspection", child=False)))
    assert "/answers/" in here
    here = phone.post(here)["Location"]
    result = words(phone.get(here).content.decode())
    assert "The answers suggest that this person is being exploited" in result
    assert "Rights information" not in result
    assert "Give the rights information" in result
    assert "Close without sending anything" not in result
    here = fill(phone, here.replace("result", "rights"), {"language": "uk", "interpreter": "Oksana Yalynova"})[
        "Location"
    ]
    offer = words(phone.get(here).content.decode())
    assert "The person lets Lighthouse (invented) read contact details until 1 April 2026" in offer
    assert "This was explained in Ukrainian, through Oksana Yalynova." in offer
    answer = fill(phone, here, {"desk": receiving.pk, "agrees": "on", **REACH})
    assert answer["Location"] == "/sent/?sent=1"
    receipts = words(phone.get(answer["Location"]).content.decode())
    assert only_intake().code in receipts
    assert "On its way" in receipts
    assert REACH["number"] not in receipts


def test_the_reasons_say_rule_version_and_source_in_words(phone: Client, inspector: Actor) -> None:
    page = words(phone.get(to("screening_result", finished(inspector))).content.decode())
    assert "Why" in page
    assert "version 1.0" in page.lower()
    assert "sets no status" in page


def test_back_shows_what_was_answered_and_another_answer_replaces_it(phone: Client, inspector: Actor) -> None:
    screening = started(inspector)
    first, second = [q.id for q in questions(screening_set("labour_inspection", child=False))[:2]]
    here = phone.post(to("screening_question", screening, question=first), {"answer": "yes"})["Location"]
    assert here == to("screening_question", screening, question=second)
    back = to("screening_question", screening, question=first)
    assert f'href="{back}"' in phone.get(here).content.decode()
    assert (
        'value="yes" class="govuk-button govuk-button--secondary" aria-pressed="true"'
        in phone.get(back).content.decode()
    )
    assert phone.post(back, {"answer": "no"})["Location"] == here
    assert only_screening().answers == {first: "no"}


def test_it_can_be_left_and_taken_up_again_where_it_was(phone: Client, inspector: Actor) -> None:
    screening = started(inspector)
    first, second = [q.id for q in questions(screening_set("labour_inspection", child=False))[:2]]
    phone.post(to("screening_question", screening, question=first), {"answer": "unknown"})
    start = phone.get("/screening/").content.decode()
    assert to("screening", screening) in start
    assert phone.get(to("screening", screening))["Location"] == to("screening_question", screening, question=second)


def test_no_question_is_shown_before_the_needs(phone: Client, inspector: Actor) -> None:
    screening = started(inspector, needs=False)
    for address in (
        to("screening", screening),
        to("screening_question", screening, question="hurt"),
        to("screening_answers", screening),
        to("screening_page", screening),
    ):
        assert phone.get(address)["Location"] == to("screening_needs", screening)


@pytest.mark.parametrize("data", [{}, {"answer": ""}, {"answer": "maybe"}, {"answer": "yes\x00"}])
def test_an_answer_that_is_none_is_refused_in_words(phone: Client, inspector: Actor, data: dict[str, str]) -> None:
    answer = phone.post(to("screening_question", started(inspector), question="hurt"), data)
    assert answer.status_code == 422
    assert "Choose yes, no or not known." in words(answer.content.decode())


def test_danger_is_one_tap_away_from_each_page_of_asking(phone: Client, inspector: Actor) -> None:
    screening = started(inspector)
    for address in (
        to("screening_needs", screening),
        to("screening_question", screening, question="hurt"),
        to("screening_answers", screening),
    ):
        assert to("screening_danger", screening) in phone.get(address).content.decode()
    assert phone.post(to("screening_danger", screening))["Location"] == to("screening_danger", screening)
    assert "Marked as danger now" in words(phone.get(to("screening_danger", screening)).content.decode())
    assert "Danger now" in words(phone.get("/screening/").content.decode())


def test_the_emergency_number_is_said_only_where_a_source_says_it(
    phone: Client, inspector: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from fener.norms.packs import load_packs

    address = to("screening_danger", started(inspector))
    assert "Call the emergency number." in words(phone.get(address).content.decode())
    pack = load_packs().get("jurisdiction", "RS")
    monkeypatch.setitem(pack.data, "emergency_number", "999")
    assert "Call the emergency number: 999." in words(phone.get(address).content.decode())


def test_a_set_on_one_page_is_answered_at_once_and_may_stay_open(mechanism: Mechanism) -> None:
    doctor = mechanism.health.actor(Role.HEALTH_WORKER)
    browser = signed_in(doctor)
    screening = started(doctor, HEALTH)
    assert browser.get(to("screening", screening))["Location"] == to("screening_page", screening)
    page = browser.get(to("screening_page", screening)).content.decode()
    assert page.count("<fieldset") == 16
    answer = fill(browser, to("screening_page", screening), {"injuries": "yes", "hurt": "yes"})
    assert answer["Location"] == to("screening_result", screening)
    assert only_screening().answers == {"injuries": "yes", "hurt": "yes"}
    assert "14 questions are open" in words(browser.get(answer["Location"]).content.decode())


def test_a_second_click_on_the_offer_goes_where_the_first_one_went(
    mechanism: Mechanism, phone: Client, inspector: Actor
) -> None:
    address = to("screening_offer", ready(inspector))
    data = {"desk": mechanism.ngo.desk("intake").pk, "agrees": "on", "once": token(phone.get(address)), **REACH}
    first, second = phone.post(address, data), phone.post(address, data)
    assert (first["Location"], second["Location"]) == ("/sent/?sent=1", "/sent/?sent=1")
    assert only_intake()


@pytest.mark.parametrize("name", ["screening_declined", "screening_close"])
def test_a_second_click_on_an_ending_goes_where_the_first_one_went(phone: Client, inspector: Actor, name: str) -> None:
    screening = ready(inspector, signs={"papers-kept": "no"})
    mark = token(phone.get(to("screening_declined", screening)))
    first, second = (phone.post(to(name, screening), {"once": mark, "reason": ""}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert first["Location"].startswith("/sent/?")
    assert phone.post(to(name, screening), {"once": "nonsense"}).status_code in (404, 422)


def test_the_offer_says_what_is_missing_and_keeps_what_was_typed(
    mechanism: Mechanism, phone: Client, inspector: Actor
) -> None:
    mechanism.ngo.desk("intake")
    answer = fill(phone, to("screening_offer", ready(inspector)), {"number": "+381601112223"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "tick this only if the answer was yes" in page
    assert 'value="+381601112223"' in page


def test_without_a_desk_the_page_says_what_to_do(phone: Client, inspector: Actor) -> None:
    page = words(phone.get(to("screening_offer", ready(inspector))).content.decode())
    assert "No organisation here takes first calls yet" in page


def test_the_offer_needs_the_rights_card_first(phone: Client, inspector: Actor) -> None:
    screening = finished(inspector)
    assert phone.get(to("screening_offer", screening))["Location"] == to("screening_rights", screening)


def test_for_a_child_the_page_asks_for_the_childs_yes_and_a_guardian_if_there_is_one(
    mechanism: Mechanism, phone: Client, inspector: Actor
) -> None:
    receiving = mechanism.ngo.desk("intake")
    screening = ready(inspector, CHILD, {})
    page = words(phone.get(to("screening_offer", screening)).content.decode())
    assert "The child said yes to this call or visit, and to nothing else." in page
    assert "A guardian is here and agrees" in page
    fill(phone, to("screening_offer", screening), {"desk": receiving.pk, "agrees": "on", **REACH})
    assert only_intake().consent is None


def test_after_closing_the_officer_reads_the_screening_at_no_address(
    mechanism: Mechanism, phone: Client, inspector: Actor
) -> None:
    screening = ready(inspector)
    sent(inspector, mechanism.ngo, screening)
    absent = phone.get("/screening/00000000-0000-4000-8000-000000000000/")
    assert absent.status_code == 404
    for name in PAGES:
        assert phone.get(to(name, screening)).status_code == 404, name
        assert phone.post(to(name, screening)).status_code in (404, 405), name
    assert phone.get(to("screening_question", screening, question="hurt")).status_code == 404
    assert str(screening.pk) not in phone.get("/screening/").content.decode()
    assert phone.get(reverse("contact:intake", args=[only_intake().code])).status_code == 404
    assert AuditEntry.objects.filter(outcome="refused").exists()


def test_another_officer_reads_it_at_no_address_at_no_time(mechanism: Mechanism, inspector: Actor) -> None:
    screening = ready(inspector)
    colleague = signed_in(mechanism.inspection.actor(Role.FRONTLINE_OFFICER))
    for name in PAGES:
        assert colleague.get(to(name, screening)).status_code == 404, name
    assert colleague.post(to("screening_question", screening, question="hurt"), {"answer": "no"}).status_code == 404


def test_a_session_that_ended_gives_back_what_was_typed(mechanism: Mechanism, phone: Client, inspector: Actor) -> None:
    address = to("screening_offer", ready(inspector))
    mark = token(phone.get(address))
    phone.post("/account/logout/")
    answer = phone.post(address, {"once": mark, "agrees": "on", **REACH})
    assert answer.status_code == 403
    assert "You were signed out" in words(answer.content.decode())
    assert REACH["number"] in answer.content.decode()
    assert phone.get(address)["Location"].startswith("/account/login/")
    assert not Intake.objects.unscoped(reason=EVERYTHING).exists()


def test_renewed_questions_leave_a_way_to_offer_help(mechanism: Mechanism, phone: Client, inspector: Actor) -> None:
    screening = started(inspector)
    mechanism.ngo.desk("intake")
    Screening.objects.unscoped(reason="a pack was renewed").update(set_version="0.9")
    here = phone.get(to("screening", screening))["Location"]
    assert here == to("screening_renewed", screening)
    page = words(phone.get(here).content.decode())
    assert "earlier version" in page
    assert "Close without sending anything" not in page  # an authority offers first
    for name in ("screening_answers", "screening_page"):
        assert phone.get(to(name, screening))["Location"] == here
    here = fill(phone, to("screening_rights", screening), {"language": "sr"})["Location"]
    assert phone.get(here).status_code == 200


def test_a_result_of_an_earlier_version_still_shows_its_reasons(phone: Client, inspector: Actor) -> None:
    screening = finished(inspector)
    Screening.objects.unscoped(reason="a pack was renewed").update(set_version="0.9")
    page = phone.get(to("screening_result", screening))
    assert page.status_code == 200
    assert screening.suggestion["reasons"][0]["text"] in words(page.content.decode())


def test_the_desk_takes_on_opens_and_goes_on_to_a_case(mechanism: Mechanism, inspector: Actor, desk: Client) -> None:
    intake = sent(inspector, mechanism.ngo)
    listed = words(desk.get("/first-contacts/").content.decode())
    assert intake.code in listed
    assert "Not received yet" in listed
    address = reverse("contact:intake", args=[intake.code])
    page = words(desk.get(address).content.decode())
    assert "Take it on" in page
    assert "The person lets Lighthouse (invented)" in page
    assert REACH["number"] not in page
    assert desk.post(f"{address}receive/")["Location"] == address
    opened = desk.post(f"{address}open/")
    assert REACH["number"] in opened.content.decode()
    assert REACH["name_to_use"] in opened.content.decode()
    assert "no-store" in opened["Cache-Control"]
    assert REACH["number"] not in desk.get(address).content.decode()
    assert "Open a case with the person" in words(desk.get(address).content.decode())
    assert desk.get(f"{address}case/").status_code == 200


def test_a_help_line_operator_calls_and_leaves_the_case_to_a_case_manager(
    mechanism: Mechanism, inspector: Actor, case_manager: Actor
) -> None:
    intake = sent(inspector, mechanism.ngo)
    intakes.receive_intake(actor=case_manager, intake=intake, at=timezone.now())
    page = signed_in(mechanism.ngo.actor(Role.HELPLINE_OPERATOR)).get(reverse("contact:intake", args=[intake.code]))
    assert "Open a case with the person" not in words(page.content.decode())
    assert "A case manager of your organisation opens a case" in words(page.content.decode())
    assert page.client.get(reverse("contact:intake_case", args=[intake.code])).status_code == 403


def test_a_first_contact_is_closed_with_a_reason_once(mechanism: Mechanism, inspector: Actor, desk: Client) -> None:
    intake = sent(inspector, mechanism.ngo)
    address = reverse("contact:intake_close", args=[intake.code])
    mark = token(desk.get(address))
    assert desk.post(address, {"once": mark}).status_code == 422
    for _ in range(2):
        assert desk.post(address, {"once": mark, "reason": "does_not_wish"})["Location"] == "/first-contacts/"
    page = words(desk.get(reverse("contact:intake", args=[intake.code])).content.decode())
    assert "does not wish it now" in page
    assert "destroyed" in page
    assert desk.post(reverse("contact:intake_contact", args=[intake.code])).status_code == 404
    assert intake.code not in words(desk.get("/first-contacts/").content.decode())
    assert intake.code in words(desk.get("/first-contacts/?show=all").content.decode())


def test_a_suspicion_goes_to_one_desk_and_shows_nothing_of_anybody(
    mechanism: Mechanism, phone: Client, desk: Client
) -> None:
    receiving = mechanism.ngo.desk("intake")
    told = {"person_knows": "no", "desk": receiving.pk, "words": "Влада газда одговара уместо њега."}
    answer = fill(phone, "/suspicion/", told)
    assert answer["Location"] == "/sent/?sent=1"
    address = reverse("contact:intake", args=[only_intake().code])
    assert "The person does not know yet" in words(desk.get(address).content.decode())
    assert "Влада газда" in desk.post(f"{address}open/").content.decode()


def test_a_suspicion_that_says_nothing_is_asked_for_words(mechanism: Mechanism, phone: Client) -> None:
    receiving = mechanism.ngo.desk("intake")
    answer = fill(phone, "/suspicion/", {"person_knows": "yes", "desk": receiving.pk})
    assert answer.status_code == 422
    assert "Tick a sign or write what you noticed." in words(answer.content.decode())


def test_a_question_page_costs_few_queries(phone: Client, inspector: Actor, django_assert_max_num_queries: Any) -> None:
    screening = started(inspector)
    address = to("screening_question", screening, question="hurt")
    phone.get(address)
    with django_assert_max_num_queries(12):
        phone.get(address)


def test_a_list_of_300_costs_as_few_queries_as_one_of_3(
    mechanism: Mechanism, inspector: Actor, desk: Client, django_assert_max_num_queries: Any
) -> None:
    first = flagged(inspector, mechanism.ngo)
    copies = [
        Intake(
            code=f"TST-{n:04d}",
            source=first.source,
            organisation_id=first.organisation_id,
            from_organisation_id=first.from_organisation_id,
            desk_id=first.desk_id,
            sent_at=first.sent_at,
            answer_due=first.answer_due,
        )
        for n in range(299)
    ]
    Intake.objects.bulk_create(copies)
    desk.get("/first-contacts/")
    with django_assert_max_num_queries(15):
        page = desk.get("/first-contacts/?page=2")
    assert "26 to 50 of 300" in words(page.content.decode())
    with django_assert_max_num_queries(15):
        desk.get(reverse("contact:intake", args=[first.code]))


def test_whoever_may_not_screen_is_not_led_there(mechanism: Mechanism) -> None:
    auditor = signed_in(mechanism.co_ordination.actor(Role.AUDITOR))
    for address in ("/screening/", "/sent/", "/suspicion/", "/first-contacts/"):
        assert auditor.get(address).status_code in (403, 404), address
    assert "/screening/" not in auditor.get("/").content.decode()


def test_declining_and_closing_say_what_became_of_it(phone: Client, inspector: Actor) -> None:
    answer = fill(phone, to("screening_declined", ready(inspector)), {"reason": "afraid"})
    assert "the offer stays" in words(phone.get(answer["Location"]).content.decode())
    assert only_screening().offer_answer == Screening.Answer.DECLINED
    assert offers.DECLINE_REASONS[only_screening().decline_reason] == "afraid of what happens next"


def test_an_answer_is_written_out_once_though_two_rules_rest_on_it(phone: Client, inspector: Actor) -> None:
    page = phone.get(to("screening_result", finished(inspector))).content.decode()
    asked = re.findall(r"<li><strong>[^<]+</strong><br>([^<]+)<strong>", page)
    assert asked
    assert len(asked) == len(set(asked))
