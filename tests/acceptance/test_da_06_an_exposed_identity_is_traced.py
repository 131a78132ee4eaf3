"""DA-06: an exposed identity can be traced through the log of reads; the trace names no person of a case."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.selectors import exposure
from fener.casework.services import compartments
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry, Custodian, User
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Body, Mechanism

SignIn = Callable[..., Client]


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


def custodian_of(body: Body) -> Actor:
    actor = body.actor(Role.CASE_MANAGER)
    Custodian.objects.create(keeper_id=body.organisation.pk, user_id=actor.user_id, since=timezone.now())
    return actor


def read(actor: Actor, case: Case, part: Compartment) -> None:
    compartments.open_compartment(actor=actor, case=case, compartment=part, purpose=Purpose.KEEP)


def trace(actor: Actor, code: str, part: str = "", days: int = 0) -> list[tuple[str, tuple[str, ...]]]:
    day = timezone.localdate()
    found = exposure.readers(actor, code=code, compartment=part, since=day - timedelta(days=days), until=day)
    return [(line.person, line.parts) for line in found if line.act == "opened it"]


def name(actor: Actor) -> str:
    return User.objects.get(pk=actor.user_id).full_name


def test_da_06_who_opened_that_part_in_that_time_is_listed(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    colleague, custodian = mechanism.ngo.actor(Role.CASE_MANAGER), custodian_of(mechanism.ngo)
    read(case_manager, case, Compartment.IDENTITY)
    read(colleague, case, Compartment.NARRATIVE)
    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        read(colleague, case, Compartment.IDENTITY)
        auditor = mechanism.co_ordination.actor(Role.AUDITOR)
        for tracer in (custodian, auditor):
            assert trace(tracer, case.code, "identity", days=5) == [
                (name(case_manager), ("identity",)),
                (name(colleague), ("identity",)),
            ]
            assert trace(tracer, case.code, "identity") == [(name(colleague), ("identity",))]
        assert (name(colleague), ("narrative",)) in trace(custodian, case.code, days=5)


def test_da_06_the_trace_is_an_act_that_is_kept(case: Case, mechanism: Mechanism) -> None:
    trace(custodian_of(mechanism.ngo), case.code, "identity")
    chains = AuditEntry.objects.filter(act="exposure.read").values_list("chain__kind", flat=True)
    assert sorted(chains) == ["case", "keeper"]


def test_da_06_only_the_keeping_bodys_custodian_and_the_auditor_trace(case: Case, mechanism: Mechanism) -> None:
    read_in = custodian_of(mechanism.shelter)
    assert trace(read_in, case.code) == [] == trace(read_in, "7F3K-9Q2M")
    for role in set(Role) - {Role.AUDITOR}:
        with pytest.raises(Refused):
            trace(mechanism.ngo.actor(role), case.code)
    with pytest.raises(InvalidInput):
        trace(custodian_of(mechanism.ngo), case.code, days=400)


def test_da_06_the_file_is_safe_for_a_spreadsheet_and_holds_nothing_of_the_person(
    case: Case, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    User.objects.filter(pk=case_manager.user_id).update(full_name='=HYPERLINK("https://evil.example";"x")')
    read(case_manager, case, Compartment.IDENTITY)
    day = timezone.localdate().isoformat()
    browser = signed_in(mechanism.co_ordination.actor(Role.AUDITOR))
    asked = {"code": case.code, "compartment": "identity", "since": day, "until": day}
    answer = browser.post("/readers/", {**asked, "csv": "1"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 2
    assert rows[1][1].startswith("'=HYPERLINK")
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(exposure.FORMULA)
    page = browser.post("/readers/", asked).content.decode()
    for words in (answer.content.decode("utf-8-sig"), page):
        assert "Đorđe" not in words
        assert "+381601234567" not in words
    assert browser.get("/readers/").status_code == 200
    assert signed_in(case_manager).get("/readers/").status_code == 404
