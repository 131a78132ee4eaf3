"""Figures of the whole node: every figure that is counted has a place, its definition beside it, and names nobody."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.selectors.justice.compensation import sums
from fener.casework.services.reintegration import outcomes
from fener.casework.services.safety.incidents import IncidentTerms, incident_record
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.factories import justice
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.reintegration import agreed, begun, days_ago, left, living, programme
from tests.factories.shelter import house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.fixture
def node(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


def one_of_each(actor: Actor, mechanism: Mechanism) -> Case:
    """A case in each of the figures."""
    case = CaseFactory(actor=actor)
    left(actor, case, house(actor, mechanism.ngo))
    bad = living(areas={"work": "no_work"}, reasons=["stigma"])
    outcomes.record_outcome(actor=actor, case=case, terms=bad)
    outcomes.tag_failure(actor=actor, case=case, cause="no_monitoring", on=days_ago(0))
    agreed(actor, case, ago=400)
    begun(actor, case, programme(actor, "job"))
    justice.told(actor, case)
    justice.paid(actor, justice.awarded(actor, justice.claimed(actor, case)), "300.00")
    justice.owed(actor, case)
    incident_record(
        actor=actor, case=case, terms=IncidentTerms(right="locked_in", by="police", happened_on=days_ago(1))
    )
    return case


def test_each_figure_has_its_numbers_and_says_what_it_counts(
    case_manager: Actor, mechanism: Mechanism, node: Actor, signed_in: SignIn
) -> None:
    page = reverse("casework:figures")
    empty = words(signed_in(node).get(page).content.decode())
    assert "No outcome is recorded yet." in empty
    assert "No incident is recorded." in empty
    case = one_of_each(case_manager, mechanism)
    shown = words(signed_in(node).get(page).content.decode())
    for text in (
        "Outcomes, 12 months after",
        "of 1 who can be judged; still in the programme: 0; not known: 0",
        "Feels safe and was not trafficked again.",
        "Stigma or rejection",
        "Nobody watched",
        "Selected",
        "Lesser charges",
        "300 EUR",
        "Currencies are never added",
    ):
        assert text in shown, text
    assert case.code not in shown
    assert case.alias not in shown


def test_what_is_protected_is_in_no_figure(case_manager: Actor, mechanism: Mechanism, node: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    justice.told(case_manager, case)
    justice.paid(case_manager, justice.awarded(case_manager, justice.claimed(case_manager, case)), "300.00")
    assert [(one.currency, one.awarded, one.paid) for one in sums(node)] == [
        ("EUR", Decimal("1000.00"), Decimal("300.00"))
    ]
    Case.objects.unscoped(reason="a test").filter(pk=case.pk).update(protected=True)
    assert sums(node) == []
    with pytest.raises(Refused):
        sums(case_manager)


def test_only_the_co_ordination_reads_them_in_a_fixed_number_of_queries(
    case_manager: Actor, mechanism: Mechanism, node: Actor, signed_in: SignIn
) -> None:
    page, client = reverse("casework:figures"), signed_in(node)
    assert signed_in(case_manager).get(page).status_code == 404

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(page).status_code == 200
        return len(found)

    one_of_each(case_manager, mechanism)
    first = asked()
    for _each in range(2):
        another = CaseFactory(actor=case_manager)
        left(case_manager, another, house(case_manager, mechanism.ngo))
        outcomes.record_outcome(actor=case_manager, case=another, terms=living())
        outcomes.tag_failure(actor=case_manager, case=another, cause="no_monitoring", on=days_ago(0))
    assert asked() == first
