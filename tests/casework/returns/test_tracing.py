"""Looking for the family: only as the person decided, and whoever is found is told nothing without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fener.casework.models.line import CaseLine
from fener.casework.models.returns.tracing import FamilySearch
from fener.casework.services.children.decisions import DecisionTerms, record_decision
from fener.casework.services.returns import tracing
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput
from fener.trust.roles import Role
from tests.factories import children
from tests.factories import returns as made
from tests.factories.casework import CaseFactory
from tests.factories.interests import searched
from tests.factories.network import Mechanism
from tests.factories.reintegration import asked_about_family
from tests.web.pages import words

DAY = made.days_ago


def test_nobody_is_looked_for_against_the_persons_word(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as closed:
        searched(case_manager, case, agreed=False)
    assert closed.value.result.gate == "family_tracing"
    for wrong in ({"words": " "}, {"relative": "person"}, {"relative": "witness"}, {"by": "x"}, {"asked_on": DAY(-1)}):
        with pytest.raises(InvalidInput):
            searched(case_manager, case, **wrong)
    assert searched(case_manager, case).state == "running"


def test_of_a_child_a_guardian_the_child_and_a_panel_are_asked(case_manager: Actor) -> None:
    case = children.child(case_manager)

    def lacks() -> set[str]:
        with pytest.raises(GateClosed) as closed:
            searched(case_manager, case)
        return {one.code for one in closed.value.result.missing}

    assert lacks() == {"own_decision", "in_best_interests"}
    made.guarded(case_manager, case)
    assert lacks() == {"own_decision", "in_best_interests"}
    children.heard(case_manager, case, about="family", on=DAY(12))
    assert lacks() == {"in_best_interests"}
    panel = ("child_protection", "health")
    terms = DecisionTerms(about="family", decided_on=DAY(9), panel=panel, words="It is good for him.")
    record_decision(actor=case_manager, case=case, terms=terms)
    assert searched(case_manager, case).by_guardian


def test_found_is_not_told(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    search = searched(case_manager, case)

    def contact(*, agreed: bool = True, agreed_on: int = 3, on: int = 2) -> FamilySearch:
        return tracing.contact_family(
            actor=case_manager, search=search, agreed=agreed, agreed_on=DAY(agreed_on), on=DAY(on)
        )

    with pytest.raises(InvalidInput):
        contact()  # nobody was found
    tracing.end_search(actor=case_manager, search=search, step="find", on=DAY(4))
    with pytest.raises(GateClosed) as closed:
        contact(agreed=False)
    assert closed.value.result.gate == "family_contact"
    with pytest.raises(InvalidInput):
        contact(agreed_on=2, on=3)  # told before the person agreed
    assert contact().contacted_on == DAY(2)
    with pytest.raises(AlreadyDone):
        contact()
    with pytest.raises(IntegrityError), transaction.atomic():
        FamilySearch.objects.filter(pk=search.pk).update(agreed_on=DAY(1))
    line = CaseLine.objects.get(case=case, record="returns.tracing")
    assert line.params == {"state": "found", "relative": "sibling"}


def test_a_no_to_contact_is_a_no_to_whoever_was_found(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    search = searched(case_manager, case)
    tracing.end_search(actor=case_manager, search=search, step="find", on=DAY(4))
    asked_about_family(case_manager, case, agreed=False, on=DAY(2))
    with pytest.raises(GateClosed):
        tracing.contact_family(actor=case_manager, search=search, agreed=True, agreed_on=DAY(3), on=DAY(1))
    assert tracing.end_search(actor=case_manager, search=search, step="call_off", on=DAY(1)).state == "not_wanted"


def test_its_pages_and_who_reads_them(
    case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]
) -> None:
    case = CaseFactory(actor=case_manager)
    search, client = searched(case_manager, case), signed_in(case_manager)
    assert client.get(reverse("casework:tracing_new", args=[case.code])).status_code == 200
    for name in ("tracing_end", "tracing_contact"):
        assert client.get(reverse(f"casework:{name}", args=[case.code, search.pk])).status_code == 200
    page = reverse("casework:chapter", args=[case.code, "returns"])
    assert "Nobody of the family was told anything" in words(client.get(page).content.decode())
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert "tracing" not in node.get(page).content.decode()
