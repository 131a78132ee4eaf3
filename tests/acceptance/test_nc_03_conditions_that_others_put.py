"""NC-03: what a law or a provider puts on a permit or a service stands with its source, is flagged, ends no care."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case, Clock, Need, ServiceRecord
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.condition import ImposedCondition
from fener.casework.services.residence import conditions
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

DAY = date(2026, 3, 1)
COURSE = {"what": "service", "kind": "course", "by": "provider", "stands": "rules", "source": "House rules, point 4"}


def put(actor: Actor, case: Case, **other: str) -> ImposedCondition:
    imposed = conditions.Imposed(**{**COURSE, **other}, since=DAY)
    return conditions.record_condition(actor=actor, case=case, imposed=imposed)


def care(case: Case) -> list[object]:
    """What the person has: the case, its state and status, needs, services and running periods."""
    rows = Case.objects.unscoped(reason="test").filter(pk=case.pk).values_list("state", "status", "closed_on")
    return [
        list(rows),
        list(Clock.objects.filter(case=case).values_list("pk", "due_on", "ended_at")),
        list(Need.objects.filter(case=case).values_list("pk", "met_on")),
        list(ServiceRecord.objects.filter(case=case).values_list("pk", "state")),
    ]


@pytest.mark.parametrize("kind", vocabulary("condition_kind").codes(deprecated=False))
@pytest.mark.parametrize("by", ["law", "provider"])
def test_nc_03_no_condition_and_no_refusal_of_one_ends_care(case_manager: Actor, kind: str, by: str) -> None:
    case = CaseFactory(actor=case_manager)
    before = care(case)
    row = put(case_manager, case, kind=kind, by=by)
    line = CaseLine.objects.get(case=case, record=conditions.RECORD)
    assert (line.urgent, line.shown, line.params) == (True, True, {"kind": kind, "what": "service", "by": by})
    conditions.refuse_condition(actor=case_manager, condition=row, on=DAY)
    assert CaseLine.objects.get(case=case, record=conditions.RECORD).urgent
    conditions.lift_condition(actor=case_manager, condition=row, on=DAY)
    assert not CaseLine.objects.filter(case=case, record=conditions.RECORD, shown=True).exists()
    assert care(case) == before


def test_nc_03_it_is_recorded_with_its_source_or_not_at_all(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for wrong in ({"source": " "}, {"kind": "nothing"}, {"by": "nobody"}, {"stands": ""}, {"what": "help"}):
        with pytest.raises(InvalidInput):
            put(case_manager, case, **wrong)
    row = put(case_manager, case)
    assert row.source.compartment == "legal"
    for act in (conditions.refuse_condition, conditions.lift_condition):
        for on in (DAY - timedelta(days=1), date(2026, 3, 3)):
            with pytest.raises(InvalidInput):
                act(actor=case_manager, condition=row, on=on)
        act(actor=case_manager, condition=row, on=DAY)
        with pytest.raises(AlreadyDone):
            act(actor=case_manager, condition=row, on=DAY)


def test_nc_03_the_case_shows_it_flagged_and_without_the_source(
    case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    new = reverse("casework:imposed_new", args=[case.code])
    assert client.post(new, {"once": str(uuid4()), **COURSE, "since": "2026-03-01"}).status_code == 302
    page = words(client.get(reverse("casework:chapter", args=[case.code, "residence"])).content.decode())
    assert "Attending a course" in page
    assert "No care, service or running period ends by it" in page
    assert "point 4" not in page
    assert "No care ends by it" in words(client.get(reverse("casework:case", args=[case.code])).content.decode())
    row = ImposedCondition.objects.get(case=case)
    stranger = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    for name in ("imposed_refuse", "imposed_lift"):
        assert client.get(reverse(f"casework:{name}", args=[case.code, row.pk])).status_code == 200
        assert stranger.get(reverse(f"casework:{name}", args=[case.code, row.pk])).status_code == 404
