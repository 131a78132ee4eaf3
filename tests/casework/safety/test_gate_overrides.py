"""An override asked for on the page of a closed gate, answered by two co-ordinators, and the pages that count it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Clock
from fener.casework.models.safety.gate_override import GateOverride
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.overrides import agreed, asked
from tests.factories.returns import announced, assessed, days_ago, prepared, ready_child
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def post(client: Client, path: str, **typed: Any) -> Any:
    return client.post(path, {"once": str(uuid4()), **typed})


def test_from_the_closed_gate_to_the_act_that_it_let_pass(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    Clock.objects.filter(case=case).update(ended_at="2026-01-01T00:00Z", end_reason="ran_out")
    removal = prepared(case_manager, assessed(case_manager, announced(case_manager, case)))
    step = at("journey_step", case.code, removal.pk, "carry_out")
    closed = post(client, step, on=days_ago(0).isoformat())
    assert closed.status_code == 422
    (asking,) = re.findall(r'href="([^"]+/overrides/new/[^"]+)"', closed.content.decode())
    assert words(client.get(asking).content.decode()).count("screening") >= 1
    typed = {"basis": "court_order", "reason": "Judge Lukić", "until": timezone.localdate().isoformat()}
    assert post(client, asking, **typed).status_code == 302
    override = GateOverride.objects.get()

    for _each in range(2):
        co_ordinator = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
        answer = at("gate_override_answer", case.code, override.pk)
        assert answer in co_ordinator.get(at("chapter", case.code, "safety")).content.decode()
        page = co_ordinator.get(answer).content.decode()
        assert "Lukić" not in page
        assert "An order of a court" in page
        assert post(co_ordinator, answer, answer="yes").status_code == 302
    assert post(client, step, on=days_ago(0).isoformat()).status_code == 302
    removal.refresh_from_db()
    assert (removal.state, removal.despite) == ("under_way", ["removal.screening_recorded"])
    assert "Override of a gate" in words(client.get(at("case", case.code)).content.decode())


def test_a_gate_that_nobody_passes_offers_no_override(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager, child=True), signed_in(case_manager)
    journey = ready_child(case_manager, case)
    closed = post(client, at("journey_step", case.code, journey.pk, "depart"), on=days_ago(0).isoformat())
    assert closed.status_code == 422
    assert "/overrides/new/" not in closed.content.decode()
    for gate, missing in (("child_departure", "child_heard"), ("weather", "rain"), ("departure", "rain")):
        path = at("gate_override_ask", case.code, gate, journey.pk, missing)
        assert client.get(path).status_code == 404


def test_whoever_asked_takes_it_back_also_after_it_was_agreed(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    co_ordinators = [mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR) for _each in range(2)]
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    chapter = at("chapter", case.code, "safety")
    for waits in (True, False):
        override = asked(case_manager, case) if waits else agreed(case_manager, case, *co_ordinators)
        address = at("gate_override_answer", case.code, override.pk)
        assert address in client.get(chapter).content.decode()
        page = client.get(address).content.decode()
        assert ('value="no"' in page, 'value="yes"' in page) == (True, False)
        assert post(client, address, answer="yes").status_code == 422
        assert post(client, address, answer="no").status_code == 302
        override.refresh_from_db()
        assert override.state == "turned_down"
        assert address not in client.get(chapter).content.decode()


def test_to_others_an_override_looks_absent(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    override = asked(case_manager, case)
    answer = at("gate_override_answer", case.code, override.pk)
    assert signed_in(mechanism.shelter.actor(Role.CASE_MANAGER)).get(answer).status_code == 404
    co_ordinator = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert co_ordinator.get(at("gate_override_answer", other.code, override.pk)).status_code == 404
    assert co_ordinator.get(at("gate_override_ask", case.code, "departure", case.pk, "x")).status_code == 403
    assert signed_in(case_manager).get(at("gate_overrides")).status_code == 404


def test_the_co_ordinators_list_names_no_case_and_asks_the_same_few_questions(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    client = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    path = at("gate_overrides")
    assert "No gate was overridden." in words(client.get(path).content.decode())
    counts = []
    for _each in range(3):
        case = CaseFactory(actor=case_manager)
        asked(case_manager, case)
        asked(case_manager, case, gate="removal", conditions=["screening_recorded"])
        with CaptureQueriesContext(connection) as queries:
            page = client.get(path).content.decode()
        counts.append(len(queries))
        assert case.code not in page
        assert str(case.pk) not in page
    assert counts[0] == counts[-1]
    rows = client.get(path, {"gate": "removal"}).content.decode()
    assert len(re.findall("waits for somebody", rows)) == 3
