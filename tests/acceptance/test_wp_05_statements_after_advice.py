"""WP-05: no statement until a lawyer advised, and consequences and the right to refuse were told."""

from __future__ import annotations

from typing import Any

import pytest

from fener.casework.models.justice.statement import Statement
from fener.casework.services.justice.advice import end_mandate
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.models import SealedItem
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.factories.statements import BEFORE, lawyer, stated, told


def missing(refused: Any) -> set[str]:
    return {condition.code for condition in refused.value.result.missing}


def test_wp_05_a_statement_is_refused_until_each_of_the_three_is_recorded(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as refused:
        stated(case_manager, case)
    assert missing(refused) == {"legal_advice_given", "consequences_told", "right_to_refuse_told"}
    who = lawyer(case_manager, case)
    for item, code in zip(BEFORE, ("legal_advice_given", "consequences_told", "right_to_refuse_told"), strict=True):
        with pytest.raises(GateClosed) as refused:
            stated(case_manager, case)
        assert code in missing(refused)
        told(case_manager, case, item, by=who)
    assert stated(case_manager, case).kind == "witness"


@pytest.mark.parametrize("lacking", [{"alone": False}, {"competent": False}])
def test_wp_05_advice_that_is_not_independent_or_not_competent_does_not_count(
    case_manager: Actor, lacking: dict[str, bool]
) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case, by=lawyer(case_manager, case, **lacking))
    with pytest.raises(GateClosed) as refused:
        stated(case_manager, case)
    assert missing(refused) == {"legal_advice_given"}
    told(case_manager, case, by=lawyer(case_manager, case), on=days_ago(10))
    assert stated(case_manager, case)


def test_wp_05_what_was_told_after_the_statement_does_not_count(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case, by=lawyer(case_manager, case), on=days_ago(4))
    with pytest.raises(GateClosed):
        stated(case_manager, case, on=days_ago(5))
    assert stated(case_manager, case, on=days_ago(4))


def test_wp_05_what_was_told_in_a_language_that_nobody_understood_does_not_count(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    who, other = lawyer(case_manager, case), "vi" if case.language != "vi" else "sr"
    told(case_manager, case, by=who, language=other)
    with pytest.raises(GateClosed):
        stated(case_manager, case)
    told(case_manager, case, by=who, language=other, interpreter="Minh")
    assert stated(case_manager, case)


def test_wp_05_advice_is_of_a_lawyer_who_acted_on_its_day(case_manager: Actor) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    who = end_mandate(actor=case_manager, mandate=lawyer(case_manager, case), on=days_ago(30))
    for on, by in ((days_ago(20), who), (days_ago(50), who), (days_ago(20), None)):
        with pytest.raises(InvalidInput) as refused:
            told(case_manager, case, by=by, on=on)
        assert list(refused.value.errors) == ["mandate"]
    with pytest.raises(InvalidInput):
        told(case_manager, other, by=who, on=days_ago(35))
    assert told(case_manager, case, by=who, on=days_ago(30)).mandate == who


def test_wp_05_what_was_said_is_not_kept_and_the_reference_is_sealed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case, by=lawyer(case_manager, case))
    row = stated(case_manager, case)
    item = SealedItem.objects.get(pk=row.reference_id)
    assert b"Kt 14" not in bytes(item.ciphertext)
    assert {field.name for field in Statement._meta.get_fields()} == {
        "id", "case", "kind", "to", "on", "reference", "recorded_by",
    }  # fmt: skip
    with pytest.raises(InvalidInput):
        stated(case_manager, case, on=days_ago(-1))


def test_wp_05_a_shelter_the_co_ordinator_and_strangers_take_no_statement(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    told(case_manager, case, by=lawyer(case_manager, case))
    for actor in (
        mechanism.ngo.actor(Role.SHELTER_WORKER),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
        mechanism.shelter.actor(Role.CASE_MANAGER),
    ):
        with pytest.raises(Refused):
            stated(actor, case)
