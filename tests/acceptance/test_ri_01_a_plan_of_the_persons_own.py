"""RI-01, RI-02: the plan starts from the person, is agreed and kept in versions; what is economic alone stands out."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.plan import ReintegrationPlan
from fener.casework.services.children.guardians import record_conflict
from fener.casework.services.reintegration import plan as services
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded, heard
from tests.factories.network import Mechanism
from tests.factories.reintegration import agreed, days_ago, drawn_up, entered
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def stands(case: Case) -> set[str]:
    return set(CaseLine.objects.filter(case=case, record=services.RECORD).values_list("what", flat=True))


def test_ri_01_a_plan_starts_from_each_basis_in_sealed_words(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    made = drawn_up(case_manager, case)
    starts = list(made.starts.all())
    assert {one.basis for one in starts} == {"condition", "family", "education", "skills", "wishes"}
    assert all(one.words_id for one in starts)
    with pytest.raises(InvalidInput):
        drawn_up(case_manager, case, starts={"wishes": "To sew."})


def test_ri_01_only_the_person_puts_a_version_in_force_and_earlier_ones_stay(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed):  # nobody asked what the person needs
        services.decide(actor=case_manager, plan=drawn_up(case_manager, case), agreed=True, on=days_ago(0))
    first = agreed(case_manager, case)
    second = drawn_up(case_manager, case)
    assert services.in_force(case, days_ago(0)) == first
    services.decide(actor=case_manager, plan=second, agreed=True, on=days_ago(0))
    assert services.in_force(case, days_ago(0)) == second
    assert ReintegrationPlan.objects.filter(case=case).count() == 3
    with pytest.raises(AlreadyDone):
        services.decide(actor=case_manager, plan=second, agreed=False, on=days_ago(0))


def test_ri_01_nothing_begins_on_a_plan_before_the_person_agreed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case, ago=3)
    with pytest.raises(InvalidInput):
        entered(case_manager, case, on=days_ago(4))


def test_ri_01_a_milestone_is_due_until_it_is_reached(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case)
    with pytest.raises(InvalidInput):
        entered(case_manager, case, kind="milestone")
    row = entered(case_manager, case, kind="milestone", due_on=days_ago(-30))
    assert CaseLine.objects.get(case=case, what="milestone").due is not None
    services.finish_entry(actor=case_manager, entry=row, on=days_ago(0))
    assert "milestone" not in stands(case)


def test_ri_02_work_before_therapy_or_alone_stands_on_the_case(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case, ago=9)
    entered(case_manager, case, on=days_ago(5))
    assert {"before_therapy", "no_psychosocial"} <= stands(case)
    entered(case_manager, case, line="psychological", kind="counselling", therapy=True, on=days_ago(6))
    assert not {"before_therapy", "no_psychosocial"} & stands(case)


def test_ri_01_the_pages_lead_from_the_case_and_tell_strangers_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    agreed(case_manager, case)
    new = reverse("casework:reintegration_entry_new", args=[case.code])
    chapter = reverse("casework:chapter", args=[case.code, "reintegration"])
    assert new in client.get(chapter).content.decode()
    typed = {"line": "work", "kind": "enrolment", "on": days_ago(0), "words": "At the bakery of Ana"}
    assert client.post(new, {"once": str(uuid4()), **typed}).status_code == 302
    page = words(client.get(chapter).content.decode())
    assert "Work: Enrolment" in page
    assert "Ana" not in page
    other = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert signed_in(other).get(new).status_code == 404
    with pytest.raises(Refused):
        entered(other, case)


def test_ri_01_for_a_child_the_guardian_answers_and_its_own_view_is_recorded(case_manager: Actor) -> None:
    case = child(case_manager)
    with pytest.raises(InvalidInput, match="own view"):
        agreed(case_manager, case)
    heard(case_manager, case, about="solution", on=days_ago(3))  # before this version was drawn up
    with pytest.raises(InvalidInput, match="own view"):
        agreed(case_manager, case)
    heard(case_manager, case, about="solution", on=days_ago(0))
    with pytest.raises(GateClosed):  # nobody answers for the child
        agreed(case_manager, case)
    guardian = guarded(case_manager, case, since=days_ago(9))
    assert agreed(case_manager, case).by_guardian
    record_conflict(actor=case_manager, guardianship=guardian, kind="other", on=days_ago(0))
    with pytest.raises(GateClosed):
        agreed(case_manager, case)
