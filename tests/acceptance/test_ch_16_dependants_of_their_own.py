"""CH-16: children of victims and other dependants have needs, papers and a plan of their own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fener.casework.models import Case
from fener.casework.models.children.care import Dependant
from fener.casework.models.line import CaseLine
from fener.casework.services.children.dependants import DependantTerms, add_dependant, end_dependence, plan_for
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY, child
from tests.factories.network import Mechanism


def depends(actor: Actor, case: Case, **changes: Any) -> Dependant:
    terms: dict[str, Any] = {
        "kind": "child",
        "under_18": True,
        "papers": "missing",
        "since": DAY,
        "who": "Lana Kos",
        "needs": "A kindergarten, and her teeth.",
        **changes,
    }
    return add_dependant(actor=actor, case=case, terms=DependantTerms(**terms))


def test_ch_16_needs_papers_and_a_plan_are_their_own(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = depends(case_manager, case)
    assert CaseLine.objects.get(case=case, what="dependant").urgent  # no plan yet
    later = DAY + timedelta(days=30)
    plan_for(actor=case_manager, dependant=row, papers="given", review_on=later, words="Starts on Monday.", on=DAY)
    row = Dependant.objects.get(pk=row.pk)
    assert row.who is not None
    assert row.needs is not None
    assert row.plan is not None
    assert (row.papers, row.review_on) == ("given", later)
    line = CaseLine.objects.get(case=case, what="dependant")
    assert not line.urgent
    assert line.due is not None


def test_ch_16_the_name_is_sealed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    depends(case_manager, case)
    told = [*CaseLine.objects.filter(case=case).values_list("params", flat=True)]
    told += AuditEntry.objects.values_list("detail", flat=True)
    assert "Lana" not in str(told)
    assert "teeth" not in str(told)


def test_ch_16_of_adults_and_of_children(case_manager: Actor) -> None:
    for case in (CaseFactory(actor=case_manager), child(case_manager)):
        row = depends(case_manager, case)
        end_dependence(actor=case_manager, dependant=row, on=DAY)
        assert not CaseLine.objects.filter(case=case, what="dependant").exists()


def test_ch_16_nobody_without_a_name_and_needs(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    for lacking in ({"who": " "}, {"needs": ""}, {"kind": "luggage"}, {"papers": "some"}):
        with pytest.raises(InvalidInput):
            depends(case_manager, case, **lacking)
    with pytest.raises(Refused):
        depends(mechanism.shelter.actor(Role.CASE_MANAGER), case)
