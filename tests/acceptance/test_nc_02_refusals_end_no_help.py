"""NC-02: help that ends because somebody refuses to testify or to return is refused, and the attempt is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from fener.casework.domain import closing
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.incident import Incident
from fener.casework.services.cases import close_case
from fener.casework.services.safety.incidents import keep_attempt
from fener.norms import gates
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from tests.factories.casework import CaseFactory

SignIn = Callable[[Actor], Client]


def try_to_close(client: Client, case: Case, reason: str) -> int:
    sent = {"version": case.version, "reason": reason, "state": "Closed"}
    answer = client.post(
        f"/api/v1/cases/{case.code}/close",
        json.dumps(sent),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    return int(answer.status_code)


@pytest.mark.parametrize("reason", sorted(closing.FORBIDDEN))
def test_nc_02_the_attempt_is_refused_and_stands_on_the_case_as_an_incident(
    reason: str, case_manager: Actor, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    assert try_to_close(signed_in(case_manager), case, reason) == 409
    case.refresh_from_db()
    assert case.state == Case.State.ACTIVE
    kept = Incident.objects.get(case=case)
    assert (kept.gate, kept.right, kept.by) == ("end_assistance", "help_made_conditional", "own_organisation")
    assert kept.attempt
    line = CaseLine.objects.get(case=case, record="safety.incidents")
    assert line.what == "attempt"
    assert line.due is not None  # somebody looks at it
    assert line.for_node


def test_nc_02_the_same_attempt_on_the_same_day_is_kept_once(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    for reason in ("refuses_to_testify", "refuses_to_return", "refuses_to_testify"):
        assert try_to_close(client, case, reason) == 409
    assert Incident.objects.filter(case=case).count() == 1


def test_nc_02_an_end_that_the_person_wants_is_no_incident(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    assert try_to_close(signed_in(case_manager), case, "own_wish") == 200
    assert not Incident.objects.exists()


def test_nc_02_a_gate_that_says_nothing_of_incidents_leaves_none(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    quiet = next(code for code in gates.gate_codes() if not gates.check(code, {}).incident)
    assert keep_attempt(case_manager, GateClosed(gates.check(quiet, {}), about=case.pk)) is None
    assert keep_attempt(case_manager, GateClosed(gates.check("end_assistance", {}))) is None  # on no case
    assert not Incident.objects.exists()


def test_nc_02_the_refusal_itself_says_that_nobody_can_override_it(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as refused:
        close_case(actor=case_manager, case=case, version=case.version, reason="refuses_to_testify")
    assert refused.value.result.override is None
    assert refused.value.about == case.pk
