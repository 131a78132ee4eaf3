"""HE-05: a code on a card opens urgent, specialist and maternity care without identity and without the police."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fener.casework.domain.health.card_code import LENGTH, SIGNS, canonical, check_sign, new_code
from fener.casework.models import Case
from fener.casework.models.health.card import HealthCard
from fener.casework.services.health import cards
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


def given_to(actor: Actor, case: Case, *, days: int = 30) -> tuple[HealthCard, str]:
    until = timezone.localdate() + timedelta(days=days)
    return cards.give_card(actor=actor, case=case, opens=["urgent", "maternity"], until=until)


@given(st.text(SIGNS, min_size=LENGTH, max_size=LENGTH), st.integers(0, LENGTH), st.sampled_from(SIGNS))
def test_he_05_one_wrong_sign_shows(signs: str, place: int, other: str) -> None:
    whole = signs + check_sign(signs)
    assert canonical(whole) == whole
    if whole[place] != other:
        assert canonical(whole[:place] + other + whole[place + 1 :]) == ""


def test_he_05_a_code_is_read_as_people_type_it() -> None:
    code = new_code()
    assert canonical(f" {code.lower().replace('0', 'o').replace('1', 'l')} ") == code.replace("-", "")


def test_he_05_the_code_opens_kinds_of_care_and_says_nothing_else(
    mechanism: Mechanism, case_manager: Actor, case: Case
) -> None:
    card, code = given_to(case_manager, case)
    doctor = mechanism.health.actor(Role.HEALTH_WORKER)
    opened = cards.use_card(actor=doctor, code=code.lower())
    assert vars(opened) == {"opens": ("urgent", "maternity"), "until": card.until}
    entry = AuditEntry.objects.get(act="health_card.use")
    assert (entry.chain.chain_id, entry.actor_id) == (doctor.keeper_id, doctor.user_id)
    assert (entry.subject_id, entry.detail) == (None, {})  # neither the card nor the case is named


def test_he_05_the_code_is_kept_nowhere(case_manager: Actor, case: Case) -> None:
    card, code = given_to(case_manager, case)
    assert canonical(code) not in str(HealthCard.objects.filter(pk=card.pk).values().get())


def test_he_05_a_new_card_ends_the_one_before_and_a_lost_one_opens_nothing(
    mechanism: Mechanism, case_manager: Actor, case: Case
) -> None:
    doctor = mechanism.health.actor(Role.HEALTH_WORKER)
    _first, old = given_to(case_manager, case)
    second, new = given_to(case_manager, case)
    said = set()
    for code in (old, "nonsense", new_code()):
        with pytest.raises(InvalidInput) as refused:
            cards.use_card(actor=doctor, code=code)
        said.add(str(refused.value.errors))
    assert len(said) == 1
    assert cards.use_card(actor=doctor, code=new).opens == ("urgent", "maternity")
    cards.end_card(actor=case_manager, card=second)
    with pytest.raises(InvalidInput):
        cards.use_card(actor=doctor, code=new)


@pytest.mark.parametrize("role", [Role.FRONTLINE_OFFICER, Role.LAW_ENFORCEMENT_LIAISON, Role.CASE_MANAGER])
def test_he_05_nobody_but_a_health_worker_types_a_code(
    mechanism: Mechanism, case_manager: Actor, case: Case, role: Role
) -> None:
    _card, code = given_to(case_manager, case)
    with pytest.raises(Refused):
        cards.use_card(actor=mechanism.police.actor(role), code=code)
