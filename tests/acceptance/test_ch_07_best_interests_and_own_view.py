"""CH-07: no decision on a child is stored without best-interests reasons and the child's own view, or why not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fener.casework.models import Case
from fener.casework.models.children.decision import ChildDecision
from fener.casework.models.line import CaseLine
from fener.casework.services.children.decisions import DecisionTerms, record_decision, record_view
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY, child, heard
from tests.factories.network import Mechanism

PANEL = ("child_protection", "health")


def decided(actor: Actor, case: Case, **changes: Any) -> ChildDecision:
    terms: dict[str, Any] = {"about": "school", "decided_on": DAY, "panel": PANEL, "words": "School, as he asked."}
    return record_decision(actor=actor, case=case, terms=DecisionTerms(**{**terms, **changes}))


def test_ch_07_nothing_is_decided_before_the_child_was_heard_on_this_question(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="health")
    with pytest.raises(GateClosed) as refused:
        decided(case_manager, case)
    assert {one.code for one in refused.value.result.missing} == {"childs_view"}
    heard(case_manager, case, about="school")
    assert decided(case_manager, case).view.heard


def test_ch_07_why_a_child_could_not_be_heard_is_an_answer_and_has_to_be_said(case_manager: Actor) -> None:
    case = child(case_manager)
    with pytest.raises(InvalidInput):
        record_view(actor=case_manager, case=case, about="school", heard=False, on=DAY, words=" ")
    heard(case_manager, case, about="school", heard=False)
    assert not decided(case_manager, case).view.heard


def test_ch_07_without_reasons_the_gate_refuses(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="school")
    with pytest.raises(GateClosed) as refused:
        decided(case_manager, case, words=" ")
    assert {one.code for one in refused.value.result.missing} == {"best_interests_reasoned"}
    assert not ChildDecision.objects.filter(case=case).exists()


def test_ch_07_a_view_from_after_the_decision_does_not_count(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="school")
    with pytest.raises(GateClosed):
        decided(case_manager, case, decided_on=DAY - timedelta(days=1))


def test_ch_07_a_panel_is_more_than_one_and_child_protection_sits_on_it(case_manager: Actor) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="school")
    for panel in (("child_protection",), ("health", "ngo"), ("child_protection", "neighbour")):
        with pytest.raises(InvalidInput):
            decided(case_manager, case, panel=panel)


def test_ch_07_reasons_and_words_are_sealed(case_manager: Actor, mechanism: Mechanism) -> None:
    case = child(case_manager)
    heard(case_manager, case, about="school", words="I want to be a baker.")
    assert decided(case_manager, case).words is not None
    told = [*CaseLine.objects.filter(case=case).values_list("params", flat=True)]
    told += AuditEntry.objects.values_list("detail", flat=True)
    assert "baker" not in str(told)
    for body in (mechanism.shelter, mechanism.co_ordination):
        with pytest.raises(Refused):
            decided(body.actor(Role.CASE_MANAGER), case)


def test_ch_07_it_is_for_children(case_manager: Actor) -> None:
    with pytest.raises(InvalidInput):
        heard(case_manager, CaseFactory(actor=case_manager), about="school")
