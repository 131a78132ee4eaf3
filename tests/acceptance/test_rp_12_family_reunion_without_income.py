"""RP-12: family reunion does not depend on income, and relatives in danger have protection of their own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.forms.residence.reunions import ReunionDecisionForm, ReunionForm
from fener.casework.models.residence.reunion import FamilyReunion
from fener.casework.models.safety.incident import Incident
from fener.casework.services.residence import reunions
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from tests.factories import safety
from tests.factories.casework import CaseFactory
from tests.factories.returns import days_ago
from tests.web.pages import words


def test_rp_12_income_is_asked_nowhere_and_a_refusal_for_it_is_an_incident(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    fields = {*ReunionForm.base_fields, *ReunionDecisionForm.base_fields}
    fields |= {field.name for field in FamilyReunion._meta.get_fields()}
    assert not {name for name in fields if "income" in name or "housing" in name or "sum" in name}
    asked = reunions.ask_reunion(actor=case_manager, case=case, relative="sibling", on=days_ago(9))
    for wrong in ({"granted": False}, {"granted": True, "reason": "papers"}, {"granted": False, "reason": "x"}):
        with pytest.raises(InvalidInput):
            reunions.decide_reunion(actor=case_manager, reunion=asked, on=days_ago(1), **wrong)  # type: ignore[arg-type]
    done = reunions.decide_reunion(actor=case_manager, reunion=asked, granted=False, reason="income", on=days_ago(1))
    incident = Incident.objects.get(case=case)
    assert (done.state, incident.by, incident.happened_on) == ("refused", "migration_authority", days_ago(1))
    with pytest.raises(AlreadyDone):
        reunions.decide_reunion(actor=case_manager, reunion=asked, granted=True, on=days_ago(0))


@pytest.mark.parametrize("reason", ["papers", ""])
def test_rp_12_another_refusal_and_a_yes_are_none(case_manager: Actor, reason: str) -> None:
    case = CaseFactory(actor=case_manager)
    asked = reunions.ask_reunion(actor=case_manager, case=case, relative="partner", on=days_ago(9))
    reunions.decide_reunion(actor=case_manager, reunion=asked, granted=not reason, reason=reason, on=days_ago(1))
    assert not Incident.objects.exists()
    for relative in ("person", "witness", "dog"):
        with pytest.raises(InvalidInput):
            reunions.ask_reunion(actor=case_manager, case=case, relative=relative, on=days_ago(9))


def test_rp_12_a_relative_in_danger_is_said_to_lack_a_plan_of_their_own(
    case_manager: Actor, signed_in: Callable[[Actor], Client]
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    reunion = reunions.ask_reunion(actor=case_manager, case=case, relative="sibling", on=days_ago(9))
    page = reverse("casework:chapter", args=[case.code, "residence"])
    assert "no plan of protection" not in words(client.get(page).content.decode())
    safety.assessed(case_manager, case, 2)
    safety.protected(case_manager, case, 2)  # the person's plan is none of the brother's
    safety.assessed(case_manager, case, 2, subject="sibling")
    assert "no plan of protection of their own" in words(client.get(page).content.decode())
    safety.protected(case_manager, case, 2, subject="sibling", kind="local_recruiters_watched")
    assert "Protected by a plan of their own" in words(client.get(page).content.decode())
    for name, args in (("reunion_new", [case.code]), ("reunion_decide", [case.code, reunion.pk])):
        assert client.get(reverse(f"casework:{name}", args=args)).status_code == 200
