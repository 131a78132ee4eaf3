"""A health card on the pages: its code is shown once, opens kinds of care, and whoever guesses waits."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.health.card import HealthCard
from fener.casework.selectors.history import who_knows
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry, SubmittedForm
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def once(**typed: Any) -> dict[str, Any]:
    return {"once": str(uuid4()), **typed}


def given(client: Client, case: Case) -> str:
    answer = client.post(
        reverse("casework:health_card_new", args=[case.code]), once(opens=["urgent"], until="2026-06-01")
    )
    assert answer.status_code == 200, words(answer.content.decode())[:400]
    found = re.search(r"\w{4}-\w{4}-\w{4}-\w", answer.content.decode())
    assert found is not None
    return found.group()


def test_a_code_is_shown_once_opens_care_and_leaves_no_trace_on_the_case(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    code = given(client, case)
    chapter = client.get(reverse("casework:chapter", args=[case.code, "health"])).content.decode()
    assert "Card given on" in words(chapter)
    assert code not in chapter
    browser = signed_in(mechanism.health.actor(Role.HEALTH_WORKER))
    address = reverse("casework:health_card_use")
    page = browser.post(address, once(code=code)).content.decode()
    assert "Urgent care" in words(page)
    assert "Maternity" not in words(page)
    assert case.code not in page
    assert case.alias not in words(page)
    assert [line.act for line in who_knows(case_manager, case)].count("health_card.use") == 0


def test_whoever_guesses_waits_and_a_right_code_is_not_looked_at_meanwhile(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    code = given(signed_in(case_manager), case)
    browser, address = signed_in(mechanism.health.actor(Role.HEALTH_WORKER)), reverse("casework:health_card_use")
    for _ in range(6):
        assert browser.post(address, once(code="0000-0000-0000-1")).status_code == 422
    answer = browser.post(address, once(code=code))
    assert answer.status_code == 422
    assert "several failed attempts" in words(answer.content.decode())


def test_the_page_is_absent_to_everybody_else(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    address = reverse("casework:health_card_use")
    for actor in (case_manager, mechanism.police.actor(Role.FRONTLINE_OFFICER)):
        assert signed_in(actor).get(address).status_code in (403, 404)


def test_a_card_is_ended_once(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    given(client, case)
    card = HealthCard.objects.get()
    for _ in range(2):
        answer = client.post(reverse("casework:health_card_end", args=[case.code, card.pk]), once())
        assert answer.status_code == 302
    assert HealthCard.objects.get().ended_on is not None


def test_a_second_click_says_where_the_code_went_and_offers_a_new_card(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    address, typed = reverse("casework:health_card_new", args=[case.code]), once(opens=["urgent"], until="2026-06-01")
    assert client.post(address, typed).status_code == 200
    second = client.post(address, typed)
    assert second.status_code == 200
    text = words(second.content.decode())
    assert "one card was made" in text
    assert "can't be shown again" in text
    assert f'href="{address}"' in second.content.decode()
    assert HealthCard.objects.count() == 1


def test_a_second_click_on_the_code_gets_the_same_answer_and_is_no_failed_attempt(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    code = given(signed_in(case_manager), case)
    browser, address = signed_in(mechanism.health.actor(Role.HEALTH_WORKER)), reverse("casework:health_card_use")
    typed = once(code=code)
    for _ in range(9):
        answer = browser.post(address, typed)
        assert answer.status_code == 200
        assert "Urgent care" in words(answer.content.decode())
    assert AuditEntry.objects.filter(act="health_card.use").count() == 1
    assert browser.post(address, once(code=code)).status_code == 200  # nothing was counted


def test_a_page_that_was_sent_is_no_way_to_guess(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    first, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    client = signed_in(case_manager)
    code, another = given(client, first), given(client, other)
    browser, address = signed_in(mechanism.health.actor(Role.HEALTH_WORKER)), reverse("casework:health_card_use")
    page = once(code=code)
    assert browser.post(address, page).status_code == 200
    for _ in range(6):
        answer = browser.post(address, {**page, "code": another})
        assert answer.status_code == 422
        assert "Urgent care" not in words(answer.content.decode())
    assert "several failed attempts" in words(browser.post(address, once(code=another)).content.decode())
    assert not SubmittedForm.objects.filter(result__in=HealthCard.objects.values("code_hash")).exists()
