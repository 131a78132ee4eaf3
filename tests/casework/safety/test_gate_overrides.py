"""An override asked for on the page of a closed gate, answered by two co-ordinators, and the pages that count it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fener.casework.chapters.children.drawing import day
from fener.casework.models import CaseAssignment, Clock
from fener.casework.models.safety.gate_override import ClosedGate, GateOverride
from fener.casework.selectors.safety.gate_overrides import counted, overrides_by_gate
from fener.casework.services.person_copy import make_copy
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.overrides import agreed, asked, closed
from tests.factories.returns import announced, assessed, days_ago, prepared, ready_child
from tests.factories.shelter import house
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
    assert re.fullmatch(rf"/cases/{case.code}/safety/overrides/new/[0-9a-f-]{{36}}/", asking)  # it names nothing
    asked_for = words(client.get(asking).content.decode())
    assert asked_for.count("screening") >= 1
    assert "Deportation" in asked_for
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
        assert f"Deportation, {day(days_ago(0))}" in words(page)
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
    assert not ClosedGate.objects.exists()
    assert client.get(at("gate_override_ask", case.code, journey.pk)).status_code == 404


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
    refused = closed(case_manager, case)
    asking = at("gate_override_ask", case.code, refused.pk)
    assert co_ordinator.get(asking).status_code == 403
    assert signed_in(mechanism.ngo.actor(Role.CASE_MANAGER)).get(asking).status_code == 404  # it was not their act
    assert signed_in(case_manager).get(asking).status_code == 200
    assert signed_in(case_manager).get(at("gate_override_ask", other.code, refused.pk)).status_code == 404
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


def test_a_gate_closed_twice_for_one_act_is_kept_once(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    Clock.objects.filter(case=case).update(ended_at="2026-01-01T00:00Z", end_reason="ran_out")
    removal = prepared(case_manager, assessed(case_manager, announced(case_manager, case)))
    for _each in range(2):
        post(client, at("journey_step", case.code, removal.pk, "carry_out"), on=days_ago(0).isoformat())
    kept = ClosedGate.objects.get()
    assert (kept.gate, kept.about, kept.kind, kept.day) == (
        "removal",
        removal.pk,
        "return_type:deportation",
        days_ago(0),
    )


def test_where_something_is_missing_that_nobody_may_pass_no_override_is_offered(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client, home = CaseFactory(actor=case_manager), signed_in(case_manager), house(case_manager, mechanism.ngo)
    typed = {
        "shelter": home.pk,
        "ground": "presumed",
        "reason": "danger",
        "since": days_ago(0).isoformat(),
        "decided_by": "nobody",
        "sees_self_so": "unknown",
    }
    said = ["rules_explained", "right_to_leave_told"]
    refused = post(client, at("stay_new", case.code), **typed, said=said)
    assert refused.status_code == 422
    assert "/overrides/new/" not in refused.content.decode()  # somebody asked about testimony for the admission
    offered = post(client, at("stay_new", case.code), **typed, said=[*said, "testimony_not_asked"])
    assert "/overrides/new/" in offered.content.decode()


class TestOfHealth:
    """An override before a departure that tells of a test: outside health nothing tells of it."""

    TELLING = ("tested", "results were given", "Counselling", "departure_after_test", "results_delivered")

    @pytest.fixture
    def override(self, case_manager: Actor) -> GateOverride:
        case = CaseFactory(actor=case_manager)
        gate = {"gate": "departure_after_test", "conditions": ["results_delivered", "counselling_given"]}
        return asked(case_manager, case, **gate)

    def test_its_pages_say_a_departure(self, case_manager: Actor, signed_in: SignIn, override: GateOverride) -> None:
        client, code = signed_in(case_manager), override.case.code
        pages = [
            at("case", code),
            at("chapter", code, "safety"),
            at("gate_override_answer", code, override.pk),
            at("gate_override_ask", code, ClosedGate.objects.get().pk),
        ]
        for path in pages:
            page = client.get(path).content.decode()
            assert [telling for telling in self.TELLING if telling in page] == []
        chapter = words(client.get(pages[1]).content.decode())
        assert "Something is due before the departure" in chapter

    def test_the_co_ordinator_sees_nothing_of_it_not_even_a_count(
        self, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, override: GateOverride
    ) -> None:
        co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
        client, code = signed_in(co_ordinator), override.case.code
        assert client.get(at("gate_override_answer", code, override.pk)).status_code == 404
        for path in (at("chapter", code, "safety"), at("case", code), reverse("web:today")):
            assert "Override of a gate" not in words(client.get(path).content.decode())
        GateOverride.objects.filter(pk=override.pk).update(
            state="agreed", agreed_on=days_ago(0), first_by=co_ordinator.user_id
        )
        assert list(counted(co_ordinator)) == []
        assert overrides_by_gate(co_ordinator) == {}

    def test_the_copy_and_the_audit_hold_nothing_of_it(self, case_manager: Actor, override: GateOverride) -> None:
        copy = repr(make_copy(actor=case_manager, case=override.case, language="en"))
        assert "Override" not in copy
        assert "Lukić" not in copy
        for entry in AuditEntry.objects.filter(subject_type="gate_override"):
            assert entry.detail["gate"] == "departure"
        assert override.words is not None
        assert override.words.compartment == "health"

    def test_a_health_worker_reads_what_it_is_about(
        self, mechanism: Mechanism, signed_in: SignIn, override: GateOverride
    ) -> None:
        worker = mechanism.ngo.actor(Role.HEALTH_WORKER)
        CaseAssignment.objects.create(case=override.case, user_id=worker.user_id)
        page = words(
            signed_in(worker).get(at("gate_override_answer", override.case.code, override.pk)).content.decode()
        )
        assert "The results were given to the person" in page
