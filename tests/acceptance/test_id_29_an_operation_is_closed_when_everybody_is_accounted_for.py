"""ID-29: an operation cannot be closed before everybody met is accounted for and its record is filled in."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fener.casework.models.justice.operation import Operation, OperationPerson
from fener.casework.selectors.justice.operations import operations as listed
from fener.casework.selectors.justice.operations import yield_of
from fener.casework.services.justice import operations
from fener.norms.path.checklists import checklist
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words


@pytest.fixture
def officer(mechanism: Mechanism) -> Actor:
    return mechanism.police.actor(Role.FRONTLINE_OFFICER)


def begun(actor: Actor, kind: str = "raid") -> Operation:
    return operations.begin(actor=actor, kind=kind, on=days_ago(3))


def numbers(actor: Actor, one: Operation, **changes: Any) -> Operation:
    said: dict[str, Any] = {
        "premises": 2, "checked": 20, "met": 3, "before": "no", "times_before": None, **changes,
    }  # fmt: skip
    return operations.set_numbers(actor=actor, operation=one, **said)


def rights(actor: Actor, one: Operation, said: str = "no") -> Operation:
    answers = {item.code: said for item in checklist("operation_rights").items}
    return operations.answer_rights(actor=actor, operation=one, answers=answers)


def lacks(actor: Actor, one: Operation) -> set[str]:
    with pytest.raises(GateClosed) as closed:
        operations.close(actor=actor, operation=one, on=days_ago(0))
    return {each.code for each in closed.value.result.missing}


@pytest.mark.parametrize("kind", ["raid", "labour_inspection", "readmission_flight", "detention_visit"])
def test_id_29_each_part_has_to_be_filled_in(officer: Actor, kind: str) -> None:
    one = begun(officer, kind)
    every = {
        "everybody_accounted_for", "rights_checklist_filled", "yield_recorded", "repeat_premises_recorded",
        "evaluation_recorded",
    }  # fmt: skip
    assert lacks(officer, one) == every
    numbers(officer, one)
    assert lacks(officer, one) == every - {"yield_recorded", "repeat_premises_recorded"}
    rights(officer, one)  # a no is an answer, too
    operations.evaluate(actor=officer, operation=one, lessons=["known_beforehand"])
    assert lacks(officer, one) == {"everybody_accounted_for"}
    for counted in ({"screened": 2}, {"screened": 2, "not_known": 1}, {"screened": 2, "detained": 2}):
        operations.account_for(actor=officer, operation=one, outcomes=counted)
        assert lacks(officer, one) == {"everybody_accounted_for"}
    operations.account_for(actor=officer, operation=one, outcomes={"screened": 1, "identified": 1, "removed": 1})
    assert operations.close(actor=officer, operation=one, on=days_ago(0)).closed_on == days_ago(0)
    with pytest.raises(AlreadyDone):
        operations.account_for(actor=officer, operation=one, outcomes={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Operation.objects.filter(pk=one.pk).update(met=None)


def test_id_29_nobody_met_is_accounted_for_too(officer: Actor) -> None:
    one = numbers(officer, begun(officer), met=0, checked=0, premises=0)
    assert operations.missing_people(one) == 0
    assert "everybody_accounted_for" not in lacks(officer, one)


def test_id_29_the_yield_is_by_premises_and_by_person_checked(officer: Actor) -> None:
    one = numbers(officer, begun(officer), premises=4, checked=10)
    counted = operations.account_for(actor=officer, operation=one, outcomes={"identified": 1, "referred": 1, "fled": 1})
    found = yield_of(counted)
    assert found is not None
    assert (found.by_premises, found.by_person) == (Fraction(1, 2), Fraction(1, 5))
    assert yield_of(begun(officer)) is None
    for wrong in ({"met": 11}, {"before": ""}, {"before": "yes"}, {"times_before": 2}, {"premises": -1}):
        with pytest.raises(InvalidInput):
            numbers(officer, begun(officer), **{"checked": 10, **wrong})


def test_id_29_somebody_with_a_case_counts_by_its_code(case_manager: Actor, mechanism: Mechanism) -> None:
    one, case = numbers(case_manager, begun(case_manager), met=1), CaseFactory(actor=case_manager)
    operations.add_case(actor=case_manager, operation=one, case=case, outcome="not_known")
    assert "everybody_accounted_for" in lacks(case_manager, one)
    operations.add_case(actor=case_manager, operation=one, case=case, outcome="identified")
    assert OperationPerson.objects.count() == 1
    assert "everybody_accounted_for" not in lacks(case_manager, one)
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused):
        operations.add_case(actor=stranger, operation=begun(stranger), case=case, outcome="screened")


def test_id_29_each_body_keeps_its_own_and_the_co_ordinator_reads_all(
    officer: Actor, case_manager: Actor, mechanism: Mechanism
) -> None:
    one = begun(officer)
    assert list(listed(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))) == [one]
    assert not listed(case_manager).exists()
    for act in (
        lambda: numbers(case_manager, one),
        lambda: begun(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)),
        lambda: listed(mechanism.shelter.actor(Role.SHELTER_WORKER)),
    ):
        with pytest.raises(Refused):
            act()


def test_id_29_its_pages(officer: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]) -> None:
    client, node = signed_in(officer), signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert "No operation is recorded" in words(client.get(reverse("casework:operations")).content.decode())
    typed = {"once": "4c9a4a8e-1111-4222-8333-944445555671", "kind": "raid", "on": days_ago(1).isoformat()}
    page = client.post(reverse("casework:operation_new"), typed)["Location"]
    one = Operation.objects.get()
    assert "Look the premises up" in words(client.get(page).content.decode())
    for part in ("numbers", "people", "case", "rights", "evaluation", "close"):
        path = reverse("casework:operation_part", args=[one.pk, part])
        assert client.get(path).status_code == 200
        assert node.get(path).status_code in (403, 404)
    typed = {"once": "4c9a4a8e-1111-4222-8333-944445555672", "on": days_ago(0).isoformat()}
    closed = client.post(reverse("casework:operation_part", args=[one.pk, "close"]), typed)
    assert closed.status_code == 422
    numbers(officer, one)
    read = words(node.get(page).content.decode())
    assert "3 people are not accounted for" in read
    assert node.get(reverse("casework:operations")).status_code == 200
