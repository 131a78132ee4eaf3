"""SH-04: a time limit ends no stay without an exit plan; the resident's own wish to leave is never refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.models.returns.journey import Journey
from fener.casework.models.safety.incident import Incident
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.returns import removals
from fener.casework.services.shelter.stays import leave, plan_exit
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.returns import announced, asked
from tests.factories.shelter import admitted, ago, house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
PLAN = "A room at her sister's, the bakery, and Mira calls on Mondays."


@pytest.fixture
def stay(case_manager: Actor, mechanism: Mechanism) -> ShelterStay:
    home = house(case_manager, mechanism.ngo)
    return admitted(case_manager, CaseFactory(actor=case_manager), home, since=ago(90), until=ago(2))


def planned(actor: Actor, stay: ShelterStay, on: date, to: str = "rented") -> ShelterStay:
    return plan_exit(actor=actor, stay=stay, to=to, on=on, words=PLAN)


def test_sh_04_the_limit_ends_nothing_before_there_is_an_exit_plan(case_manager: Actor, stay: ShelterStay) -> None:
    with pytest.raises(GateClosed):
        leave(actor=case_manager, stay=stay, reason="time_limit", on=ago(1))
    planned(case_manager, stay, ago(0))
    with pytest.raises(GateClosed):  # the plan is of a later day than the end
        leave(actor=case_manager, stay=stay, reason="time_limit", on=ago(1))
    assert leave(actor=case_manager, stay=stay, reason="time_limit", on=ago(0)).ended_on == ago(0)


def test_sh_04_neither_the_street_nor_nowhere_nor_empty_words_are_a_plan(
    case_manager: Actor, stay: ShelterStay
) -> None:
    for to, told in (("street", PLAN), ("unknown", PLAN), ("rented", "  ")):
        with pytest.raises(InvalidInput):
            plan_exit(actor=case_manager, stay=stay, to=to, on=ago(1), words=told)


def test_sh_04_the_own_wish_to_leave_needs_nothing(case_manager: Actor, stay: ShelterStay) -> None:
    assert leave(actor=case_manager, stay=stay, reason="own_wish", on=ago(0)).end_reason == "own_wish"


def test_sh_04_a_limit_that_is_not_reached_is_no_reason(case_manager: Actor, stay: ShelterStay) -> None:
    planned(case_manager, stay, ago(20))
    with pytest.raises(InvalidInput):
        leave(actor=case_manager, stay=stay, reason="time_limit", on=ago(3))


def test_sh_04_the_plan_is_sealed_and_the_gate_is_told_on_the_page(
    case_manager: Actor, stay: ShelterStay, signed_in: SignIn
) -> None:
    client, code = signed_in(case_manager), stay.case.code
    path, plan = (reverse(f"casework:{name}", args=[code, stay.pk]) for name in ("stay_leave", "stay_plan"))
    typed = {"reason": "time_limit", "on": ago(0).isoformat()}
    refused = client.post(path, {"once": str(uuid4()), **typed})
    assert refused.status_code in (409, 422)
    assert "An exit plan exists" in words(refused.content.decode())
    form = {"once": str(uuid4()), "to": "rented", "on": ago(1).isoformat(), "words": PLAN}
    assert client.post(plan, form).status_code == 302
    page = client.get(reverse("casework:chapter", args=[code, "shelter"])).content.decode()
    assert "Open the exit plan" in page
    assert "bakery" not in page
    assert client.post(path, {"once": str(uuid4()), **typed}).status_code == 302


def test_sh_04_after_the_limit_no_other_word_for_the_end_passes_the_plan_by(
    case_manager: Actor, stay: ShelterStay
) -> None:
    for reason in ("family", "independent", "other_shelter", "own_flat_supported"):
        with pytest.raises(GateClosed):
            leave(actor=case_manager, stay=stay, reason=reason, on=ago(0))
    planned(case_manager, stay, ago(0))
    assert leave(actor=case_manager, stay=stay, reason="family", on=ago(0)).end_reason == "family"


def test_sh_04_before_the_limit_somebody_moves_to_the_family_without_a_plan(
    case_manager: Actor, stay: ShelterStay
) -> None:
    assert leave(actor=case_manager, stay=stay, reason="family", on=ago(3)).end_reason == "family"


def test_sh_04_a_return_ends_a_stay_only_with_the_record_of_that_journey(
    case_manager: Actor, stay: ShelterStay
) -> None:
    for reason in ("return", "third_country"):
        with pytest.raises(InvalidInput) as refused:
            leave(actor=case_manager, stay=stay, reason=reason, on=ago(0))
        assert list(refused.value.errors) == ["reason"]
    journey = asked(case_manager, stay.case)
    with pytest.raises(InvalidInput):  # asked for is not departed
        leave(actor=case_manager, stay=stay, reason="return", on=ago(0))
    removals.leave(actor=case_manager, journey=journey, on=ago(1))
    with pytest.raises(InvalidInput):
        leave(actor=case_manager, stay=stay, reason="return", on=ago(2))
    assert leave(actor=case_manager, stay=stay, reason="return", on=ago(1)).end_reason == "return"


def test_sh_04_a_removal_is_no_return(case_manager: Actor, stay: ShelterStay) -> None:
    journey = announced(case_manager, stay.case)
    Journey.objects.filter(pk=journey.pk).update(state="under_way", departed_on=ago(1))
    with pytest.raises(InvalidInput):
        leave(actor=case_manager, stay=stay, reason="return", on=ago(0))


def test_sh_04_who_was_taken_away_is_an_incident_by_who_decided_it(case_manager: Actor, stay: ShelterStay) -> None:
    with pytest.raises(InvalidInput) as refused:
        leave(actor=case_manager, stay=stay, reason="removed", on=ago(0))
    assert list(refused.value.errors) == ["taken_by"]
    assert not Incident.objects.exists()
    leave(actor=case_manager, stay=stay, reason="removed", on=ago(0), taken_by="police")
    incident = Incident.objects.get(case=stay.case)
    assert (incident.right, incident.by, incident.happened_on) == ("taken_from_shelter", "police", ago(0))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["plan", *vocabulary("stay_exit").codes()]), max_size=4))
def test_sh_04_whatever_is_tried_in_any_order_no_stay_ends_at_its_limit_without_a_plan(
    case_manager: Actor, mechanism: Mechanism, acts: list[str]
) -> None:
    home = house(case_manager, mechanism.ngo, capacity=None, name=str(uuid4()))
    made = admitted(case_manager, CaseFactory(actor=case_manager, empty=True), home, since=ago(90), until=ago(2))
    for act in acts:
        with suppress(AlreadyDone, GateClosed, InvalidInput):
            if act == "plan":
                planned(case_manager, made, ago(0))
            else:
                leave(actor=case_manager, stay=made, reason=act, on=ago(0), taken_by="police")
    made.refresh_from_db()
    assert made.end_reason not in vocabulary("stay_exit").in_group("journey")  # none is recorded
    assert made.end_reason not in vocabulary("stay_exit").in_group("needs_plan") or made.exit_plan_on is not None
    assert Incident.objects.filter(case=made.case, right="taken_from_shelter").exists() == (
        made.end_reason == "removed"
    )
    if acts[:1] == ["own_wish"]:
        assert made.end_reason == "own_wish"
