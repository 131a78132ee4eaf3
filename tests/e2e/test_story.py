"""The main job from the first talk to the written-back outcome, as people see it: with scripts and without."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from fener.casework.models import Case
from fener.network import services as network
from fener.norms.screening import questions, screening_set
from fener.trust.actor import SYSTEM
from fener.trust.models import Consent
from fener.web.demo import mechanism as demo
from fener.web.demo.acts import Teller
from tests.e2e import cast as words
from tests.e2e.cast import Cast
from tests.e2e.conftest import SitDown

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIGNS = {"papers-kept": "yes", "may-leave": "no", "wages-paid": "no", "free-to-quit": "no", "owes-debt": "yes"}
NOT_FOUND = "There is nothing here"


@pytest.fixture
def made(transactional_db: None) -> demo.Mechanism:
    """The demonstration's bodies and accounts, and a second shelter for adults. No case yet."""
    mechanism = demo.make()
    mechanism.services["river"] = network.create_service(
        actor=SYSTEM, desk=mechanism.desks["gnezdo"], kind="shelter", name="House by the river", capacity=3,
        min_age=18, languages=["sr"],
    )  # fmt: skip
    return mechanism


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def people(request: pytest.FixtureRequest, made: demo.Mechanism, live_server: LiveServer, sit_down: SitDown) -> Cast:
    return Cast(sit_down, live_server.url, made, scripts=request.param)


def test_the_whole_story(people: Cast) -> None:
    a_man_in_a_workshop_is_screened(people)
    the_organisation_receives_him_and_opens_a_case(people)
    police_are_asked_and_see_nothing_afterwards(people)
    three_views_stand_side_by_side(people)
    the_mandated_body_decides_and_a_colleague_answers_the_review(people)
    needs_plan_and_services(people)
    the_first_shelter_declines_and_the_second_accepts(people)
    a_referral_that_nobody_answers_goes_on(people)
    withdrawn_is_withdrawn(people)
    the_country_is_seen_without_a_name(people)
    nobody_saw_what_was_not_for_them(people)


def a_man_in_a_workshop_is_screened(p: Cast) -> None:
    p.open("inspector", "contact:screening_start")
    p.fill("inspector", setting="labour_inspection", person="adult")
    p.press("inspector", "Begin")
    p.says("inspector", "A safe place to talk and to stay")
    for need in ("safety", "medical", "basics", "phone_call", "interpreter"):
        p.fill("inspector", **{need: "not_needed"})
    p.press("inspector")
    page = p.page("inspector")
    asked = [q.id for q in questions(screening_set("labour_inspection", child=False))]
    for question in asked:
        page.wait_for_url(f"**/question/{question}/")
        page.click(f".fener-answers button[value={SIGNS.get(question, 'unknown')}]")
    page.wait_for_url("**/answers/")
    p.press("inspector")
    p.says("inspector", "The answers suggest that this person is being exploited", "sets no status", "Why")
    p.press("inspector", "Give the rights information")
    p.fill("inspector", language="sr")
    p.press("inspector", "It was told; go on")
    p.says("inspector", "The person lets the organisation chosen above read contact details until")
    p.fill("inspector", desk=str(p.made.desks["lanterna"].pk), how="call", number=words.NUMBER,
           name_to_use=words.NICK, safe_times="after 20:00", agrees=True)  # fmt: skip
    p.press("inspector", "Send this, and nothing else")
    page.wait_for_url("**/sent/?sent=1")
    p.says("inspector", "On its way")


def the_organisation_receives_him_and_opens_a_case(p: Cast) -> None:
    shown = p.open("manager", "contact:intakes")
    assert words.NUMBER not in shown
    code = p.page("manager").locator("main table a").first.inner_text()
    p.press("manager", code)
    assert words.NUMBER not in p.press("manager", "Take it on")
    p.tap("manager", "form[action$='/open/'] button")
    p.says("manager", words.NUMBER, words.NICK)
    p.open("inspector", "contact:receipts")
    p.says("inspector", "Received")
    p.press("manager", "Open a case with the person")
    p.tick_all("manager", "told")
    page = p.page("manager")
    p.unfold("manager")  # what can wait is folded on a phone
    p.fill("manager", language="sr", keep_giver="person", keep_compartments=["identity", "contact", "narrative"],
           status="presumed", age_at_contact=34, age_at_contact_certainty="stated", gender="Masculine",
           first_name=words.FIRST, second_name=words.SECOND, mobile_phone=words.LATER_NUMBER,
           own_view=words.ACCOUNT)  # fmt: skip
    p.press("manager", "Open the case")
    page.wait_for_url("**/cases/*/")
    p.code = page.url.rstrip("/").rpartition("/")[2]
    shown = p.words("manager")
    assert p.code in shown
    assert "Recovery and reflection period" in shown
    assert "Why" in shown
    assert not any(secret in shown for secret in words.NAMES)
    receipt = p.open("inspector", "contact:receipts")
    assert p.code not in receipt


def agrees(p: Cast, body: str, purpose: str, *parts: str) -> None:
    """The person agrees to a sentence that is read to him first."""
    p.open("manager", "casework:consent_new", p.code)
    agrees_here(p, body, purpose, *parts)


def agrees_here(p: Cast, body: str, purpose: str, *parts: str) -> None:
    p.fill("manager", recipient=str(p.made.organisations[body].pk), purpose=purpose, compartments=list(parts))
    p.press("manager", "Show the sentence")
    p.says("manager", f"The person lets {p.made.organisations[body].name} receive from Lanterna", "in Serbian")
    p.press("manager", "The person agrees: record it")


def asks(p: Cast, kind: str, desk: str) -> None:
    """Ask a body for an assessment or a decision, after reading what it will be told."""
    p.open("manager", "casework:referral_new", p.code)
    p.open("manager", "casework:referral_ask", p.code, kind, p.made.desks[desk].pk)
    p.says("manager", "these things about this person", "It will not learn: contact details")
    p.press("manager", "Send this to")


def answers_at_the_desk(p: Cast, who: str) -> str:
    """Open what waits at one's desk; the masked page."""
    p.open(who, "casework:desk")
    return p.tap(who, "section[aria-labelledby=waiting] table a")


def police_are_asked_and_see_nothing_afterwards(p: Cast) -> None:
    agrees(p, "police", "identification", "identity")
    asks(p, "assessment", "police")
    masked = answers_at_the_desk(p, "officer")
    assert "It holds no name and no place" in masked
    assert p.code not in masked
    p.press("officer", "Accept")
    referral = p.page("officer").url
    p.tap("officer", "form[action$='/told/identity/'] button")
    told = p.page("officer").url
    p.says("officer", words.SECOND)
    p.page("officer").goto(referral)
    p.press("officer", "Record your assessment")
    p.fill("officer", opinion="undetermined", reasons=words.POLICE_REASONS, acts__harbouring="yes",
           purposes__forced_labour="yes", means__deception="unknown")  # fmt: skip
    p.press("officer")
    p.press("officer", "Write back what became of it")
    p.fill("officer", outcome="assessed")
    p.press("officer")
    answer = p.page("officer").goto(referral)
    assert answer is not None
    assert answer.status == 404
    token = p.page("officer").locator("[name=csrfmiddlewaretoken]").first.input_value()
    assert p.page("officer").request.post(told, form={"csrfmiddlewaretoken": token}).status == 404
    assert not any(name in p.open("officer", "casework:desk") for name in (*words.SECRETS, p.code))


def three_views_stand_side_by_side(p: Cast) -> None:
    p.open("manager", "casework:assessment_new", p.code)
    p.fill("manager", opinion="identified", reasons=words.NGO_REASONS, acts__recruitment="yes", means__deception="yes",
           purposes__forced_labour="yes")  # fmt: skip
    p.press("manager")
    p.open("manager", "casework:own_view", p.code)
    p.fill("manager", view="own_view_partly", words=words.OWN_WORDS)
    p.press("manager")
    p.open("manager", "casework:case", p.code)
    beside = p.page("manager").locator(".fener-side-by-side article")
    expect(beside).to_have_count(3)
    shown = " ".join(beside.all_inner_texts())
    for seen in ("The person's own view", "sees a part of it the same way", "Police", "Undetermined", "Lanterna",
                 "Identified"):  # fmt: skip
        assert seen in shown
    assert words.OWN_WORDS not in p.words("manager")


def decides(p: Cast, who: str, status: str, reasons: str) -> None:
    p.fill(who, status=status, legal_basis="Invented rulebook, article 4", reasons=reasons)
    p.press(who)


def the_mandated_body_decides_and_a_colleague_answers_the_review(p: Cast) -> None:
    agrees(p, "centre", "identification", "identity", "narrative")
    asks(p, "decision", "centre")
    answers_at_the_desk(p, "decider")
    p.press("decider", "Accept")
    p.press("decider", "Decide on the status")
    decides(p, "decider", "identified", words.DECIDED_BECAUSE)
    p.says("decider", "Go through the rights information with the person.", "Nothing that you entered is lost")
    p.open("manager", "casework:information", p.code)
    p.tick_all("manager", "items")
    p.press("manager")
    assert p.page("decider").input_value("[name=reasons]") == words.DECIDED_BECAUSE
    p.press("decider")
    p.says("decider", "From Presumed to Identified")
    p.open("manager", "casework:case", p.code)
    p.press("manager", "Record that it was told")
    p.press("manager")
    p.says("manager", "Told to the person on")
    p.press("manager", "Ask for a review")
    p.fill("manager", kind="review", asked_by="person")
    p.press("manager", "Ask for it")
    p.says("manager", "Waits for an answer")
    p.open("decider2", "casework:case", p.code)
    p.press("decider2", "Answer it")
    decides(p, "decider2", "identified", words.DECIDED_BECAUSE)
    shown = p.open("manager", "casework:case", p.code)
    assert "It answers a review of the decision of" in shown


def needs_plan_and_services(p: Cast) -> None:
    for kind, said in (("shelter", words.NEED), ("psychological_care", ""), ("legal_advice", "")):
        p.open("manager", "casework:need_new", p.code)
        p.fill("manager", kind=kind, words=said, stated_by_person="yes")
        p.press("manager")
    p.open("manager", "casework:plan_new", p.code)
    p.fill("manager", goals=words.GOAL)
    p.press("manager")
    shown = p.open("manager", "casework:case", p.code)
    assert "the person has not decided yet" in shown
    p.page("manager").locator("main a[href*='/decision/']").first.click()
    p.fill("manager", agreed="yes")
    p.press("manager")
    assert "Version 1, agreed on" in p.open("manager", "casework:case", p.code)
    case = stored(p)
    declined = case.needs.get(kind="psychological_care")
    p.open("manager", "casework:service_offer", p.code, declined.pk)
    p.fill("manager", service=str(p.made.services["counselling"].pk))
    p.press("manager")
    answers(p, "psychological_care", accepted="no", reason="not_now")
    wanted = case.needs.get(kind="legal_advice")
    p.open("manager", "casework:service_offer", p.code, wanted.pk)
    p.fill("manager", service=str(p.made.services["legal"].pk))
    p.press("manager")
    answers(p, "legal_advice", accepted="yes")
    record = case.services.get(kind="legal_advice")
    p.open("manager", "casework:service_deliver", p.code, record.pk)
    p.press("manager")
    shown = p.open("manager", "casework:case", p.code)
    assert "Not now" in shown


def answers(p: Cast, kind: str, **answer: str) -> None:
    record = stored(p).services.get(kind=kind)
    p.open("manager", "casework:service_answer", p.code, record.pk)
    p.fill("manager", **answer)
    p.press("manager")


def stored(p: Cast) -> Case:
    found: Case = Case.objects.unscoped(reason="the test looks at what is stored").get(code=p.code)
    return found


def the_first_shelter_declines_and_the_second_accepts(p: Cast) -> None:
    need = stored(p).needs.get(kind="shelter")
    p.open("manager", "casework:referral_services", p.code, need.pk)
    p.unfold("manager")
    p.says("manager", "8 of 8 places are free", "3 of 3 places are free", "The person has not agreed yet")
    send_to(p, "Places for adults", "pristan")
    masked = answers_at_the_desk(p, "shelter")
    assert "It holds no name and no place" in masked
    assert "25 to 34" in masked
    assert not any(secret in masked for secret in (*words.SECRETS, p.code))
    p.press("shelter", "Say no, with a reason")
    p.fill("shelter", reason="full")
    p.press("shelter")
    p.says("shelter", "Nobody waits for an answer from you.")
    p.open("manager", "casework:case", p.code)
    p.press("manager", "Pristan: ")
    p.says("manager", "They said no", "No place is free. The service counts as full")
    p.press("manager", "Choose another")
    p.says("manager", "The service said that it is full")
    send_to(p, "House by the river", "gnezdo")
    masked = answers_at_the_desk(p, "shelter2")
    assert not any(secret in masked for secret in (*words.SECRETS, p.code))
    p.press("shelter2", "Accept")
    referral = p.page("shelter2").url
    p.press("shelter2", "Open the case, as far as you were told")
    opens_exactly_what_was_agreed(p)
    p.page("shelter2").goto(referral)
    p.press("shelter2", "Write back what became of it")
    p.fill("shelter2", outcome="started")
    p.press("shelter2")
    p.open("manager", "casework:case", p.code)
    p.press("manager", "Gnezdo: ")
    p.says("manager", "Written back on", "It has started")


def send_to(p: Cast, service: str, body: str) -> None:
    """Choose a service, ask him, come back, read the sentence, send."""
    p.press("manager", f"Choose {service}")
    p.says("manager", "The person has not agreed to this yet")
    p.press("manager", "Ask the person, and record the answer")
    p.says("manager", "Who may have it?")
    agrees_here(p, body, "share_service", "identity", "contact")
    p.says("manager", "these things about this person", "It will not learn: what happened", "because the person agreed")
    p.press("manager", "Send this to")


def opens_exactly_what_was_agreed(p: Cast) -> None:
    page = p.page("shelter2")
    for part, inside in (("identity", words.SECOND), ("contact", words.LATER_NUMBER)):
        p.open("shelter2", "casework:case", p.code)
        p.tap("shelter2", f"form[action$='/sealed/{part}/'] button")
        p.says("shelter2", inside)
    p.open("shelter2", "casework:case", p.code)
    p.says("shelter2", "Sealed. Not for your role, or not shared with your organisation.")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    for part in ("narrative", "health", "legal", "location"):
        assert page.locator(f"form[action$='/sealed/{part}/']").count() == 0
        address = p.url + reverse("casework:compartment_open", args=[p.code, part])
        answer = page.request.post(address, form={"csrfmiddlewaretoken": token, "purpose": "share_service"})
        assert answer.status in {403, 404}, (part, answer.status)
        assert not any(secret in answer.text() for secret in words.SECRETS)


def a_referral_that_nobody_answers_goes_on(p: Cast) -> None:
    """Offered days ago through the service: the browser's clock is not ours to turn."""
    teller = Teller(p.made)
    case = teller.opened("late", 9)
    teller.needs(case, "shelter", 9, "Somewhere else.")
    teller.agrees(case, "gnezdo", 7)
    late = teller.refers(case, 6, service="river", urgency="urgent")
    p.open("shelter2", "casework:desk")
    p.open("manager", "casework:referral", late.pk)
    p.says("manager", "Nobody answered in time", "the co-ordinator sees it", "Take it back")
    p.open("coordinator", "web:board")
    p.says("coordinator", "Referrals that wait for an answer", "Gnezdo", "No place is free")
    p.open("coordinator", "casework:cases")
    p.says("coordinator", case.code)


def withdrawn_is_withdrawn(p: Cast) -> None:
    shown = p.open("shelter2", "casework:case", p.code)
    assert p.code in shown
    p.open("manager", "casework:case", p.code)
    consent = Consent.objects.get(
        subject_id=stored(p).pk, recipient_id=p.made.organisations["gnezdo"].pk, withdrawn_at__isnull=True
    )
    p.tap("manager", f"main a[href*='{consent.pk}']")
    p.press("manager")
    p.says("manager", "It is withdrawn", "Done, at once")
    for route in ("casework:case", "casework:who_knows"):
        p.open("shelter2", route, p.code)
        p.says("shelter2", NOT_FOUND)
    assert p.code not in p.open("shelter2", "casework:cases")


def the_country_is_seen_without_a_name(p: Cast) -> None:
    p.open("coordinator", "casework:case", p.code)
    p.says("coordinator", p.code)
    assert p.page("coordinator").locator("form[action*='/sealed/'], form[action*='/words/']").count() == 0
    p.open("auditor", "web:audit")
    p.says("auditor", "Ana Breza")
    for who in ("auditor", "admin", "inspector", "officer", "shelter", "helpline"):
        p.open(who, "casework:case", p.code)
        p.says(who, NOT_FOUND)
    for who in ("admin", "auditor"):
        p.open(who, "web:today")


# What each may have read, beyond their own words. Everybody else: none of it.
MAY_READ = {
    "manager": set(words.SECRETS),
    "inspector": {words.NUMBER, words.NICK},  # typed once, and not shown again
    "officer": {words.POLICE_REASONS, words.FIRST, words.SECOND},  # as he agreed; until it was answered
    "decider": {words.DECIDED_BECAUSE},
    "decider2": {words.DECIDED_BECAUSE},
    "shelter2": {words.FIRST, words.SECOND, words.LATER_NUMBER},
}


def nobody_saw_what_was_not_for_them(p: Cast) -> None:
    for who, pages in p.seen.items():
        hidden = set(words.SECRETS) - MAY_READ.get(who, set())
        found = [(url, secret) for url, html in pages for secret in hidden if secret in html]
        assert not found, (who, found)
        assert len(pages) > 1, who
    for who, shown in (("manager", words.NUMBER), ("shelter2", words.SECOND), ("decider", words.DECIDED_BECAUSE)):
        assert any(shown in html for _url, html in p.seen[who]), "what is looked for can be found"
