"""A form that arrives after nobody was at the keyboard: the password first, and nothing that was typed is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fener.casework.domain.codes import alias_label
from fener.casework.models import Case
from fener.trust import session
from fener.trust.roles import Role
from tests.factories.casework import IDENTITY, CaseFactory
from tests.factories.network import PASSWORD, Mechanism
from tests.trust.people import Person
from tests.trust.test_session import seen, sign_in


@pytest.fixture
def idle(client: Client, mira: Person, settings: Any) -> Iterator[Client]:
    """A browser at which nobody did anything for too long."""
    with time_machine.travel("2026-03-10 12:00:00+00:00", tick=False) as clock:
        sign_in(client)
        seen(client)
        clock.shift(60 * settings.FENER_IDLE_MINUTES + 1)
        yield client


def hidden(page: str) -> dict[str, str]:
    """The fields that the page gives back to the browser."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return {name: html.unescape(value) for name, value in found}


@pytest.mark.urls("tests.trust.urls")
def test_nothing_is_carried_out_before_the_password(idle: Client) -> None:
    answer = idle.post("/work/?a=1", {"words": 'one "and" two', "many": ["1", "2"]})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert 'action="/work/?a=1"' in page
    assert page.count('name="many"') == 2
    assert hidden(page)["words"] == 'one "and" two'
    assert session.SEALED not in idle.session


@pytest.mark.urls("tests.trust.urls")
def test_with_the_password_the_form_goes_on_as_it_was(idle: Client) -> None:
    idle.post("/work/", {"words": "typed"})
    wrong = idle.post("/work/", {"words": "typed", "fener-idle-password": "wrong"})
    assert wrong.status_code == 403
    assert hidden(wrong.content.decode())["words"] == "typed"
    right = idle.post("/work/", {"words": "typed", "fener-idle-password": PASSWORD})
    assert right.json()["unlocked"] is True
    assert seen(idle)["unlocked"] is True


@pytest.mark.urls("tests.trust.urls")
def test_a_password_that_was_typed_is_not_given_back(idle: Client) -> None:
    page = idle.post("/work/", {"old_password": "secret-one", "new_password": "secret-two"}).content.decode()
    assert "secret-one" not in page
    assert "secret-two" not in page


@pytest.mark.urls("tests.trust.urls")
def test_the_password_is_not_looked_at_without_the_mark_of_our_own_page(mira: Person, settings: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    with time_machine.travel("2026-03-10 12:00:00+00:00", tick=False) as clock:
        client.get("/account/login/")
        token = client.cookies["fener_csrf"].value
        told = {"login": "mira", "password": PASSWORD, "csrfmiddlewaretoken": token}
        assert client.post("/account/login/", told).status_code == 302
        clock.shift(60 * settings.FENER_IDLE_MINUTES + 1)
        assert client.post("/work/", {"fener-idle-password": PASSWORD}).status_code == 403
        assert client.get("/work/").status_code == 302  # still locked


def test_a_form_with_a_mistake_shows_no_unsealed_fact_after_an_idle_time(
    mechanism: Mechanism, signed_in: Callable[..., Client], today: date
) -> None:
    manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    case: Case = CaseFactory(actor=manager)
    client = signed_in(manager)
    opened = reverse("casework:compartment_open", args=[case.code, "identity"])
    changed = reverse("casework:case_facts", args=[case.code])
    mistake = {"once": "", "version": "nonsense"}
    shown = client.post(changed, mistake)
    assert (shown.status_code, alias_label(case.alias) in shown.content.decode()) == (422, True)
    with time_machine.travel(f"{today} 14:00:00+01:00", tick=False):
        for address, sent in ((opened, {}), (changed, mistake)):
            answer = client.post(address, sent)
            page = answer.content.decode()
            assert answer.status_code == 403
            assert IDENTITY["first_name"] not in page
            assert alias_label(case.alias) not in page
        mended = client.post(changed, {**mistake, "fener-idle-password": PASSWORD})
        assert mended.status_code == 422  # the page itself, with its mistake
        assert alias_label(case.alias) in mended.content.decode()
