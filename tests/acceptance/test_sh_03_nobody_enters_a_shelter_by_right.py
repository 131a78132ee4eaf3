"""SH-03: each wish of police or others to enter a shelter is kept with its answer; nobody enters by right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models.line import CaseLine
from fener.casework.models.shelter.access_request import ShelterAccessRequest
from fener.casework.models.shelter.house import Shelter
from fener.casework.services.shelter.access_requests import answer_access
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.shelter import admitted, asked_in, house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.fixture
def home(case_manager: Actor, mechanism: Mechanism) -> Shelter:
    return house(case_manager, mechanism.ngo)


def test_sh_03_a_wish_is_kept_with_who_why_and_what_was_shown_and_waits_for_an_answer(
    case_manager: Actor, home: Shelter, signed_in: SignIn
) -> None:
    client = signed_in(case_manager)
    path = reverse("casework:shelter_access_new", args=[home.pk])
    typed = {"by": "police", "purpose": "question_resident", "basis": "badge", "concerns": ""}
    asked_at = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    assert client.post(path, {"once": str(uuid4()), **typed, "asked_at": asked_at}).status_code == 302
    row = ShelterAccessRequest.objects.get()
    assert row.answer_due == row.asked_at + timedelta(hours=24)
    page = words(client.get(reverse("casework:shelter_access", args=[home.pk])).content.decode())
    for said in ("Police", "To question a resident", "A badge alone", "not answered; due"):
        assert said in page
    answer = reverse("casework:shelter_access_answer", args=[row.pk])
    given = {"once": str(uuid4()), "answer": "refused", "came_in": "no", "at": asked_at}
    assert client.post(answer, given).status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.came_in, row.answered_by_id) == ("refused", False, case_manager.user_id)
    assert AuditEntry.objects.filter(act="house_access.answer").count() == 1


def test_sh_03_an_order_of_a_court_lets_in_only_where_one_was_shown(case_manager: Actor, home: Shelter) -> None:
    plain, ordered = asked_in(case_manager, home), asked_in(case_manager, home, basis="court_order")
    with pytest.raises(InvalidInput):
        answer_access(actor=case_manager, request=plain, answer="court_order", came_in=True)
    answer_access(actor=case_manager, request=ordered, answer="court_order", came_in=True)
    with pytest.raises(AlreadyDone):
        answer_access(actor=case_manager, request=ordered, answer="refused", came_in=False)


@pytest.mark.parametrize("hours", [-1, 24 * 400])
def test_sh_03_a_time_that_is_plausible(case_manager: Actor, home: Shelter, hours: int) -> None:
    with pytest.raises(InvalidInput):
        asked_in(case_manager, home, asked_at=timezone.now() - timedelta(hours=hours))


def test_sh_03_what_was_about_a_resident_stands_on_that_case_and_on_no_page_of_the_house(
    case_manager: Actor, home: Shelter, signed_in: SignIn
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    for each in (case, other):
        admitted(case_manager, each, home)
    row = asked_in(case_manager, home, concerns=case)
    assert CaseLine.objects.get(record="shelter.access").due == row.answer_due
    client = signed_in(case_manager)
    on_case, on_other = (
        words(client.get(reverse("casework:chapter", args=[each.code, "shelter"])).content.decode())
        for each in (case, other)
    )
    assert "To question a resident" in on_case
    assert "To question a resident" not in on_other
    listed = client.get(reverse("casework:shelter_access", args=[home.pk])).content.decode()
    assert case.code not in listed
    assert str(case.pk) not in listed
    answer_access(actor=case_manager, request=row, answer="refused", came_in=True)
    assert CaseLine.objects.get(record="shelter.access").due is None
    page = words(client.get(reverse("casework:chapter", args=[case.code, "shelter"])).content.decode())
    assert "came in against the answer" in page


def test_sh_03_nobody_outside_the_house_reads_or_answers_and_only_residents_are_named(
    case_manager: Actor, home: Shelter, mechanism: Mechanism, signed_in: SignIn
) -> None:
    row = asked_in(case_manager, home)
    with pytest.raises(InvalidInput):
        asked_in(case_manager, home, concerns=CaseFactory(actor=case_manager))
    for actor in (
        mechanism.shelter.actor(Role.SHELTER_WORKER),
        mechanism.police.actor(Role.FRONTLINE_OFFICER),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
    ):
        with pytest.raises(Refused):
            answer_access(actor=actor, request=row, answer="refused", came_in=False)
        client = signed_in(actor)
        for name, pk in (
            ("shelter_access", home.pk),
            ("shelter_access_new", home.pk),
            ("shelter_access_answer", row.pk),
        ):
            assert client.get(reverse(f"casework:{name}", args=[pk])).status_code in (403, 404)
