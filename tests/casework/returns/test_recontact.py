"""Contact after the journey, on its pages."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from fener.casework.models.returns.recontact import FollowUp, Recontact
from fener.casework.services.returns import removals
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago, ready
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def test_from_the_agreement_to_the_queue_and_the_end(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    gone = removals.depart(actor=case_manager, journey=ready(case_manager, case), on=days_ago(5))
    removals.confirm(actor=case_manager, journey=gone, by="person", on=days_ago(4))
    chapter, due = reverse("casework:chapter", args=[case.code, "returns"]), reverse("casework:recontact_queue")
    assert "No contact is due." in words(client.get(due).content.decode())

    new = reverse("casework:recontact_new", args=[case.code])
    assert new in client.get(chapter).content.decode()
    client.get(new)
    typed = {"channel": "telephone", "how": "Marta, mornings", "on": days_ago(4), "until": days_ago(-100)}
    assert client.post(new, {"once": str(uuid4()), **typed}).status_code == 302
    page = words(client.get(due).content.decode())
    assert "First contact after the arrival: Telephone" in page
    assert "overdue" in page
    assert "Marta" not in page

    contact = reverse("casework:recontact_contact", args=[case.code, gone.pk])
    assert contact in client.get(chapter).content.decode()
    typed = {"channel": "visit", "safe_time": "on", "result": "well", "on": days_ago(0), "words": ""}
    answer = client.post(contact, {"once": str(uuid4()), **typed})
    assert answer.status_code == 422
    assert "The consent names this channel." in words(answer.content.decode())
    assert client.post(contact, {"once": str(uuid4()), **typed, "channel": "telephone"}).status_code == 302
    assert FollowUp.objects.get().step == 0

    one = Recontact.objects.get()
    withdraw = reverse("casework:recontact_withdraw", args=[case.code, one.pk])
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw, {"once": str(uuid4()), "on": days_ago(0)}).status_code == 302
    assert "No contact is due." in words(client.get(due).content.decode())

    stranger = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert stranger.get(contact).status_code == 404
    assert stranger.get(new).status_code == 404
    assert case.code not in words(stranger.get(due).content.decode())
    other = CaseFactory(actor=case_manager)
    assert client.get(reverse("casework:recontact_withdraw", args=[other.code, one.pk])).status_code == 404
