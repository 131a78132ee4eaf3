"""JU-01: each charge with article, kind, the law of the day of the act, measures, stages, outcome and sentence."""

from __future__ import annotations

from typing import Any

import pytest

from fener.casework.models.justice.charge import Charge
from fener.casework.services.justice import charges
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry, SealedItem
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.justice import charged, decided
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago


def test_ju_01_a_law_that_came_after_the_act_or_had_ended_is_refused(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for law in ({"law_from": days_ago(399)}, {"law_from": days_ago(900), "law_until": days_ago(401)}):
        with pytest.raises(InvalidInput) as told:
            charged(case_manager, case, **law)
        assert list(told.value.errors) == ["law_from"]
    assert charged(case_manager, case, law_from=days_ago(400), law_until=days_ago(400)).least == 24
    assert Charge.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"article": "Ivan Horvat"}, "article"),
        ({"act_on": days_ago(-1)}, "act_on"),
        ({"kind": "weather"}, "kind"),
        ({"most": 12}, "most"),
        ({"law_from": None}, "law_from"),
        ({"costs": ("everything",)}, "costs"),
    ],
)
def test_ju_01_what_is_no_code_number_or_day_that_has_come_is_refused(
    case_manager: Actor, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as told:
        charged(case_manager, CaseFactory(actor=case_manager), **changes)
    assert field in told.value.errors


def test_ju_01_stages_rise_and_a_sentence_follows_a_conviction_alone(case_manager: Actor) -> None:
    charge = charged(case_manager, CaseFactory(actor=case_manager))
    charge = charges.reach_stage(actor=case_manager, charge=charge, stage="trial", on=days_ago(50))
    with pytest.raises(InvalidInput):
        charges.reach_stage(actor=case_manager, charge=charge, stage="indictment", on=days_ago(40))
    charge = charges.reach_stage(actor=case_manager, charge=charge, stage="indictment", on=days_ago(90))
    assert list(charge.stages) == ["indictment", "trial"]
    for wrong in ({"outcome": "acquitted"}, {"months": None}, {"sentence_kind": "fine"}, {"on": days_ago(401)}):
        with pytest.raises(InvalidInput):
            decided(case_manager, charge, **wrong)
    assert decided(case_manager, charge).sentence == 12


def test_ju_01_a_measure_without_the_recorded_consent_of_a_judge_stands_out(case_manager: Actor) -> None:
    charge = charged(case_manager, CaseFactory(actor=case_manager))
    asked = {"telephone": "yes", "search": "unknown", "undercover": "no", "financial": "no"}
    charge = charges.record_evidence(actor=case_manager, charge=charge, evidence=[], measures=asked)
    assert set(charges.without_judge(charge)) == {"search", "undercover"}


def test_ju_01_who_is_accused_is_sealed_and_in_no_act(case_manager: Actor) -> None:
    charge = charged(case_manager, CaseFactory(actor=case_manager))
    assert charge.words is not None
    assert b"Dragan" not in bytes(SealedItem.objects.get(pk=charge.words_id).ciphertext)
    assert "Dragan" not in repr(list(AuditEntry.objects.values()))
    assert "Dragan" not in repr(list(Charge.objects.values()))


def test_ju_01_nobody_but_who_works_with_the_file_records_or_reads_it(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    charge = charged(case_manager, case)
    for stranger in (
        mechanism.shelter.actor(Role.CASE_MANAGER),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
        mechanism.ngo.actor(Role.LAWYER),
    ):
        with pytest.raises(Refused):
            charged(stranger, case)
        with pytest.raises(Refused):
            charges.reach_stage(actor=stranger, charge=charge, stage="trial", on=days_ago(1))
