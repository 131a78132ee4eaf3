"""AC-01: a gate is passed only by those whom it names, on a legal basis, for a reason, once; it shows, it counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework import access
from fener.casework.access import user_id
from fener.casework.models import Case, Clock
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.gate_override import GateOverride
from fener.casework.selectors.safety.gate_overrides import counted, overrides_by_gate
from fener.casework.selectors.worklist import today
from fener.casework.services.gated import require_open
from fener.casework.services.person_copy import make_copy
from fener.casework.services.returns import removals
from fener.casework.services.safety import gate_overrides
from fener.norms import gates
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, DomainError, GateClosed, InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.overrides import DEPARTURE, agreed, asked, closed
from tests.factories.protection import protected
from tests.factories.returns import announced, assessed, days_ago, prepared

NONE = [gate for gate in gates.gate_codes() if gate_overrides.rule_of(gate) is None]


@pytest.fixture
def two(mechanism: Mechanism) -> tuple[Actor, Actor]:
    body = mechanism.co_ordination
    return body.actor(Role.MECHANISM_COORDINATOR), body.actor(Role.MECHANISM_COORDINATOR)


def pass_gate(actor: Actor, case: Case, gate: str = "departure") -> bool:
    """Whether one act behind the gate goes through, with nothing of what it asks for known."""
    try:
        with transaction.atomic():
            require_open(gate, {}, actor=actor, case=case, about=case.pk, day=timezone.localdate())
    except GateClosed:
        return False
    return True


def test_ac_01_it_needs_a_basis_a_reason_and_near_days(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    far = timezone.localdate() + timedelta(days=400)
    lacks: tuple[dict[str, Any], ...] = (
        {"basis": ""},
        {"basis": "Law on foreigners"},
        {"reason": " "},
        {"until": days_ago(1)},
        {"until": far},
        {"conditions": []},
        {"conditions": ["weather"]},
    )
    for lacking in lacks:
        with pytest.raises(InvalidInput):
            asked(case_manager, case, **lacking)
    override = asked(case_manager, case)
    assert override.words is not None
    assert b"Luki" not in bytes(override.words.ciphertext)
    with pytest.raises(AlreadyDone):
        asked(case_manager, case)


def test_ac_01_only_conditions_that_the_gate_lists_are_passed(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    for gate, condition in (("admission", "testimony_not_asked"), ("voluntary_return", "own_decision")):
        rule = gate_overrides.rule_of(gate)
        assert rule is not None
        assert condition not in rule.conditions
        with pytest.raises(InvalidInput):
            asked(case_manager, case, gate=gate, conditions=[rule.conditions[0], condition])
        assert asked(case_manager, case, gate=gate, conditions=[rule.conditions[0]])


def test_ac_01_it_is_asked_for_what_was_closed_to_the_asker_on_this_case(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    for refused in (closed(case_manager, other), closed(mechanism.ngo.actor(Role.CASE_MANAGER), case)):
        with pytest.raises(Refused):
            asked(case_manager, case, closed=refused)
    override = asked(case_manager, case, day=days_ago(2), kind="return_type:deportation")
    assert (override.day, override.kind) == (days_ago(2), "return_type:deportation")


@pytest.mark.parametrize("gate", NONE)
def test_ac_01_a_gate_without_override_is_passed_by_nobody(case_manager: Actor, gate: str) -> None:
    case = CaseFactory(actor=case_manager)
    codes = [one.code for one in gates.check(gate, {}).conditions]
    with pytest.raises(InvalidInput):
        asked(case_manager, case, gate=gate, conditions=codes)
    GateOverride.objects.create(
        case=case,
        gate=gate,
        conditions=codes,
        about=case.pk,
        basis="law",
        state="agreed",
        asked_on=timezone.localdate(),
        until=timezone.localdate(),
        agreed_on=timezone.localdate(),
        asked_by_id=user_id(case_manager),
        asked_for_id=case_manager.keeper_id,
        first_by_id=case_manager.user_id,
    )
    assert not pass_gate(case_manager, case, gate)


def test_ac_01_two_different_persons_of_the_role_agree_and_never_the_one_who_asked(
    case_manager: Actor, two: tuple[Actor, Actor], mechanism: Mechanism
) -> None:
    case, (one, other) = CaseFactory(actor=case_manager), two
    override = asked(case_manager, case)
    for stranger in (case_manager, mechanism.ngo.actor(Role.CASE_MANAGER), mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            gate_overrides.agree(actor=stranger, override=override)
    gate_overrides.agree(actor=one, override=override)
    with pytest.raises(InvalidInput):
        gate_overrides.agree(actor=one, override=override)
    assert not pass_gate(case_manager, case)
    gate_overrides.agree(actor=other, override=override)
    override.refresh_from_db()
    assert (override.state, override.first_by_id, override.second_by_id) == ("agreed", one.user_id, other.user_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        GateOverride.objects.filter(pk=override.pk).update(second_by=one.user_id)


def test_ac_01_it_passes_one_act_and_is_used_up(case_manager: Actor, two: tuple[Actor, Actor]) -> None:
    case = CaseFactory(actor=case_manager)
    override = agreed(case_manager, case, *two)
    assert pass_gate(case_manager, case)
    assert not pass_gate(case_manager, case)
    override.refresh_from_db()
    assert override.state == "used"
    assert AuditEntry.objects.filter(act="gate_override.use", outcome="overridden").count() == 2


def test_ac_01_an_act_that_comes_to_nothing_uses_nothing_up(case_manager: Actor, two: tuple[Actor, Actor]) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case, *two)
    with transaction.atomic():
        require_open("departure", {}, actor=case_manager, case=case, about=case.pk, day=timezone.localdate())
        transaction.set_rollback(True)
    assert pass_gate(case_manager, case)


def test_ac_01_it_is_for_this_gate_this_row_and_these_conditions_alone(
    case_manager: Actor, two: tuple[Actor, Actor]
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    agreed(case_manager, case, *two, conditions=DEPARTURE[:2])
    assert not pass_gate(case_manager, case)  # two more are missing
    agreed(case_manager, case, *two, about=other.pk)
    assert not pass_gate(case_manager, case)
    assert not pass_gate(case_manager, other)
    agreed(case_manager, case, *two)
    assert not pass_gate(case_manager, case, "removal")
    assert pass_gate(case_manager, case)


def test_ac_01_what_was_done_without_it_is_not_made_good_afterwards(
    case_manager: Actor, two: tuple[Actor, Actor]
) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case, *two)
    for day in (days_ago(1), days_ago(-1)):
        with pytest.raises(GateClosed), transaction.atomic():
            require_open("departure", {}, actor=case_manager, case=case, about=case.pk, day=day)


def test_ac_01_a_removal_that_was_overridden_still_says_what_was_missing(
    case_manager: Actor, two: tuple[Actor, Actor]
) -> None:
    case = CaseFactory(actor=case_manager)
    Clock.objects.filter(case=case).update(ended_at="2026-01-01T00:00Z", end_reason="ran_out")
    removal = prepared(case_manager, assessed(case_manager, announced(case_manager, case)))
    terms = {"gate": "removal", "conditions": ["screening_recorded"]}
    agreed(case_manager, case, *two, **terms, about=case.pk)
    with pytest.raises(GateClosed) as closed:
        removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(0))
    assert closed.value.row == removal.pk
    agreed(case_manager, case, *two, **terms, about=removal.pk)
    gone = removals.carry_out_removal(actor=case_manager, journey=removal, on=days_ago(0))
    assert gone.despite == ["removal.screening_recorded"]


def test_ac_01_where_one_person_is_enough_it_is_never_the_one_who_asked(
    case_manager: Actor, mechanism: Mechanism, two: tuple[Actor, Actor]
) -> None:
    case = CaseFactory(actor=case_manager)
    one = {"gate": "start_service", "conditions": ["own_decision"], "basis": "danger_to_life"}
    override = asked(case_manager, case, **one)
    assert (override.state, override.first_by_id) == ("asked", None)
    assert [task.case_code for task in today(two[0], timezone.now()) if task.kind == "safety.overrides"] == [case.code]
    with pytest.raises(InvalidInput):
        gate_overrides.agree(actor=case_manager, override=override)
    assert not pass_gate(case_manager, case, "start_service")
    colleague = mechanism.ngo.actor(Role.CASE_MANAGER)
    assert gate_overrides.agree(actor=colleague, override=override).state == "agreed"
    assert pass_gate(case_manager, case, "start_service")


def test_ac_01_what_its_asker_alone_once_agreed_to_passes_nothing(case_manager: Actor) -> None:
    case, day = CaseFactory(actor=case_manager), timezone.localdate()
    override = asked(case_manager, case, gate="start_service", conditions=["own_decision"])
    GateOverride.objects.filter(pk=override.pk).update(state="agreed", first_by=case_manager.user_id, agreed_on=day)
    assert not pass_gate(case_manager, case, "start_service")


def test_ac_01_it_is_the_role_that_the_gate_names_that_has_the_right(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    asking = mechanism.ngo.actor(Role.CASE_MANAGER)
    override = asked(asking, case)
    # Named by the gate as a co-ordinator, whom only the mechanism's own relationship lets agree; the right in this
    # relationship comes from another role.
    both = replace(mechanism.ngo.actor(Role.SHELTER_WORKER), roles=frozenset({Role.SHELTER_WORKER, Role.HEALTH_WORKER}))
    assert access.allowed(both, "gate_override.agree", access.relationships(both, case)) is not None
    health = asked(asking, case, gate="departure_after_test", conditions=["results_delivered"])
    assert not gate_overrides.may_agree(both, case, "departure_after_test")  # a health worker must be assigned
    for each in (override, health):
        with pytest.raises(Refused):
            gate_overrides.agree(actor=both, override=each)


def test_ac_01_one_that_was_agreed_is_taken_back_by_whoever_asked_or_could_agree(
    case_manager: Actor, two: tuple[Actor, Actor], mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    for who in (case_manager, two[0]):
        override = agreed(case_manager, case, *two)
        with pytest.raises(Refused):
            gate_overrides.turn_down(actor=mechanism.ngo.actor(Role.CASE_MANAGER), override=override)
        assert gate_overrides.turn_down(actor=who, override=override).state == "turned_down"
        assert not pass_gate(case_manager, case)


@pytest.mark.parametrize("gate", sorted(set(gates.gate_codes()) - set(NONE)))
def test_ac_01_a_gate_with_override_is_asked_for_one_act_of_one_day(case_manager: Actor, gate: str) -> None:
    case = CaseFactory(actor=case_manager)
    for lacking in ({"about": case.pk}, {"day": timezone.localdate()}):
        with pytest.raises(ValueError, match=gate):
            require_open(gate, {}, actor=case_manager, case=case, **lacking)


def test_ac_01_the_co_ordinator_and_the_person_see_it(case_manager: Actor, two: tuple[Actor, Actor]) -> None:
    case = CaseFactory(actor=case_manager)
    override = asked(case_manager, case)
    (task,) = [one for one in today(two[0], timezone.now()) if one.kind == "safety.overrides"]
    assert task.case_code == case.code
    assert "Lukić" not in str(task.text)
    for each in two:
        gate_overrides.agree(actor=each, override=override)
    assert [one for one in today(two[0], timezone.now()) if one.kind == "safety.overrides"] == []
    line = CaseLine.objects.get(case=case, record="safety.overrides")
    assert (line.what, line.params, line.shown) == ("agreed", {"gate": "departure"}, True)
    copy = make_copy(actor=case_manager, case=case, language="en")
    (section,) = [one for one in copy.sections if one.code == "chapter.safety"]
    assert "Override of a gate" in repr(section)


def test_ac_01_each_is_counted_by_gate_and_body(
    case_manager: Actor, mechanism: Mechanism, two: tuple[Actor, Actor]
) -> None:
    case, hidden = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    agreed(case_manager, case, *two)
    assert pass_gate(case_manager, case)
    asked(case_manager, case)  # nobody agreed to this one
    agreed(case_manager, hidden, *two)
    protected(hidden, case_manager, mechanism.ngo.actor(Role.CASE_MANAGER))
    body = mechanism.ngo.organisation.short_name
    assert overrides_by_gate(two[0]) == {("departure", body): 1}
    assert {one.state for one in counted(two[0])} == {"asked", "used"}
    with pytest.raises(Refused):
        overrides_by_gate(case_manager)


def test_ac_01_whoever_asked_or_could_agree_turns_it_down_and_then_nobody_agrees(
    case_manager: Actor, two: tuple[Actor, Actor]
) -> None:
    case = CaseFactory(actor=case_manager)
    override = asked(case_manager, case)
    gate_overrides.agree(actor=two[0], override=override)
    gate_overrides.turn_down(actor=two[1], override=override)
    with pytest.raises(DomainError):
        gate_overrides.agree(actor=two[1], override=override)
    again = asked(case_manager, case)
    assert gate_overrides.turn_down(actor=case_manager, override=again).state == "turned_down"


STEPS = st.lists(st.sampled_from(["ask", "agree 0", "agree 1", "agree self", "no", "act", "assess"]), max_size=14)


@given(walk=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_ac_01_no_sequence_passes_a_gate_more_often_than_it_was_agreed(
    case_manager: Actor, two: tuple[Actor, Actor], walk: list[str]
) -> None:
    case, passed = CaseFactory(actor=case_manager), 0
    for step in walk:
        latest = GateOverride.objects.filter(case=case).order_by("-asked_on", "state").first()
        if latest is not None:
            latest.case = case
        try:
            with transaction.atomic():
                if step == "ask":
                    asked(case_manager, case)
                elif step == "act":
                    passed += pass_gate(case_manager, case)
                elif step == "assess":
                    assess(case_manager, case)
                elif latest is not None and step == "no":
                    gate_overrides.turn_down(actor=two[0], override=latest)
                elif latest is not None:
                    who = case_manager if step == "agree self" else two[int(step[-1])]
                    gate_overrides.agree(actor=who, override=latest)
        except DomainError:
            pass
        used = GateOverride.objects.filter(case=case, state="used")
        assert passed == used.count()
        assert not used.filter(second_by__isnull=True).exists()
        assert not pass_gate(case_manager, case, "child_departure")
