"""NC-04: conflicts are logged; the person's interest prevails unless somebody named decides on a legal basis."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fener.casework.chapters.finding import records
from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.interest import InterestConflict
from fener.casework.services.person_copy import make_copy
from fener.casework.services.safety import interests
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.interests import against, conflict
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words


@pytest.mark.parametrize(
    ("lacks", "missing"),
    [
        ({"name": " "}, "decision_maker_named"),
        ({"decided_by": ""}, "decision_maker_named"),
        ({"reasons": ""}, "decision_maker_named"),
        ({"basis": ""}, "legal_basis_named"),
        ({"basis": "none_named"}, "legal_basis_named"),
    ],
)
def test_nc_04_nobody_decides_against_the_person_without_name_and_legal_basis(
    case_manager: Actor, lacks: dict[str, str], missing: str
) -> None:
    row = conflict(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(GateClosed) as closed:
        interests.decide_against(actor=case_manager, conflict=row, terms=against(**lacks))
    assert {one.code for one in closed.value.result.missing} == {missing}
    row.refresh_from_db()
    assert row.result == "open"
    with pytest.raises(IntegrityError), transaction.atomic():
        InterestConflict.objects.filter(pk=row.pk).update(result="decided_against")


def test_nc_04_the_log_says_whose_aim_it_was_and_how_it_ended(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = conflict(case_manager, case)
    (line,) = CaseLine.objects.filter(case=case, record="safety.interests")
    assert (line.what, line.for_node) == ("open", True)
    assert line.due is not None
    decided = interests.decide_against(actor=case_manager, conflict=row, terms=against())
    line = CaseLine.objects.get(case=case, record="safety.interests")
    (new,) = records()["safety.interests"].lines(case)
    assert (line.what, line.due, line.urgent) == ("decided_against", new.due, True)  # the person is to be told
    interests.tell_person(actor=case_manager, conflict=decided, on=days_ago(1))
    assert CaseLine.objects.get(case=case, record="safety.interests").due is None
    back = interests.person_prevails(actor=case_manager, conflict=decided, on=days_ago(0))
    assert back.result == "person_prevails"
    with pytest.raises(NotPossibleNow):
        interests.decide_against(actor=case_manager, conflict=back, terms=against(on=days_ago(0)))
    kept = [one.detail["result"] for one in AuditEntry.objects.filter(act__startswith="interest.").order_by("seq")]
    assert kept == ["open", "decided_against", "decided_against", "person_prevails"]
    assert "Petrova" not in str([one.detail for one in AuditEntry.objects.all()])
    assert "An early interview" in str(make_copy(actor=case_manager, case=case, language="en"))


def test_nc_04_a_conflict_is_recorded_with_both_interests_and_a_day(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for wrong in ({"words": " "}, {"arisen_on": days_ago(-1)}, {"aim": "whatever"}, {"by": "me"}):
        with pytest.raises(InvalidInput):
            conflict(case_manager, case, **wrong)
    row = conflict(case_manager, case)
    with pytest.raises(InvalidInput):
        interests.decide_against(actor=case_manager, conflict=row, terms=against(on=days_ago(7)))
    with pytest.raises(InvalidInput):
        interests.tell_person(actor=case_manager, conflict=row, on=days_ago(0))


def test_nc_04_its_pages(case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]) -> None:
    case = CaseFactory(actor=case_manager)
    row, client = conflict(case_manager, case), signed_in(case_manager)
    page = reverse("casework:chapter", args=[case.code, "safety"])
    assert "prevails until somebody decides otherwise" in words(client.get(page).content.decode())
    path = reverse("casework:interest_against", args=[case.code, row.pk])
    typed = {"once": "4c9a4a8e-1111-4222-8333-944445555669", "decided_by": "police", "on": days_ago(1).isoformat()}
    answer = client.post(path, typed)
    assert answer.status_code == 422
    assert "The legal basis is named." in words(answer.content.decode())
    interests.decide_against(actor=case_manager, conflict=row, terms=against())
    for name in ("interest_prevails", "interest_told"):
        assert client.get(reverse(f"casework:{name}", args=[case.code, row.pk])).status_code == 200
    assert "Decided by: Prosecution" in words(client.get(page).content.decode())
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    read = words(node.get(page).content.decode())
    assert "An early interview" in read
    assert "Decided by: Prosecution" not in read
    assert "/interests/" not in node.get(page).content.decode()
