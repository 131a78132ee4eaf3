"""Opening a case: on agreement, pseudonymous, sealed for one organisation."""

from __future__ import annotations

from typing import Any

import pytest

from fener.casework.domain import codes
from fener.casework.models import Case, CaseAccess
from fener.casework.selectors import cases
from fener.casework.services import compartments
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.models import AuditEntry, ItemGrant, SealedItem
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.factories.casework import IDENTITY, CaseFactory, keep_terms, told_everything
from tests.factories.network import Mechanism


def test_a_case_is_a_random_code_and_a_neutral_word(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    assert codes.FORM.fullmatch(case.code)
    assert case.alias in codes.ALIASES
    assert not set("AEIOU") & set(case.code)


def test_a_code_is_found_however_it_was_typed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    typed = f" {case.code.replace('-', ' ').lower().replace('0', 'o')} "
    assert cases.get(case_manager, typed) == (case, Relationship.ASSIGNED)


def test_compartments_are_sealed_for_the_own_organisation_alone(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    grants = ItemGrant.objects.filter(item__subject_id=case.pk)
    assert {grant.keeper_id for grant in grants} == {mechanism.ngo.organisation.pk}
    assert {item.compartment for item in SealedItem.objects.all()} == {"identity", "contact", "narrative"}
    opened = compartments.open_compartment(
        actor=case_manager, case=case, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP
    )
    assert opened == IDENTITY


def test_what_was_done_is_in_the_chain_of_the_case(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    acts = AuditEntry.objects.filter(chain__kind="case", chain__chain_id=case.pk).values_list("act", flat=True)
    assert list(acts)[:3] == ["case.open", "information.record", "consent.give"]
    assert "clock.start" in acts
    assert "Ilić" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.CASE_MANAGER])
def test_only_a_case_manager_opens_a_case(mechanism: Mechanism, role: Role) -> None:
    with pytest.raises(Refused):
        CaseFactory(actor=mechanism.ngo.actor(role), empty=True)
    assert not CaseAccess.objects.exists()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("status", {"status": "identified"}),
        ("language", {"language": " "}),
        ("origin", {"origin": "rumour"}),
        ("gender", {"facts": {"gender": "unheard of"}}),
        ("age_at_contact", {"facts": {"age_at_contact": "many"}}),
        ("birth_date", {"compartments": {"identity": {"birth_date": "tomorrow"}}}),
        ("birth_date", {"compartments": {"identity": {"birth_date": "2031-01-01"}}}),
        ("age_at_contact", {"compartments": {"identity": {"birth_date": "2012-01-01"}}}),
    ],
)
def test_a_wrong_answer_is_named_and_nothing_is_half_written(
    case_manager: Actor, field: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput) as refused:
        CaseFactory(actor=case_manager, **changes)
    assert field in refused.value.errors
    assert not Case.objects.unscoped(reason="test").exists()
    assert not SealedItem.objects.exists()


def test_without_agreement_no_case_is_opened_for_a_child_who_agrees_alone(case_manager: Actor) -> None:
    with pytest.raises(GateClosed) as closed:
        CaseFactory(actor=case_manager, child=True, keep_consent=keep_terms())
    assert closed.value.result.gate == "open_case"


def test_a_date_of_birth_makes_a_child_even_where_no_age_was_given(case_manager: Actor) -> None:
    case = CaseFactory(
        actor=case_manager,
        facts={},
        keep_consent=keep_terms(giver="guardian", child_assent=True),
        compartments={"identity": {"birth_date": "2011-05-01"}},
    )
    assert case.treated_as_child
    assert case.age_at_contact == 14


def test_the_opener_must_say_what_was_told(case_manager: Actor) -> None:
    with pytest.raises(InvalidInput) as refused:
        CaseFactory(actor=case_manager, information=told_everything(items=()))
    assert "items" in refused.value.errors
