"""Gates: an act is refused until every condition is known to be met."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.gates import (
    ALREADY_OPEN,
    NO_LEGAL_BASIS,
    NO_OVERRIDE,
    NO_REASON,
    NOT_YOUR_ROLE,
    PROTECTED,
    SECOND_PERSON,
    check,
    check_gates,
    gate_codes,
    gate_facts,
    gates_pack,
    override_refused,
)
from fener.norms.packs import PackError, load_packs
from fener.trust.roles import Role
from tests.norms.rules_made_up import with_pack

# Every act of the pathway's table, and those that this issue adds.
PATHWAY = {
    "removal",
    "voluntary_return",
    "child_departure",
    "departure_after_test",
    "statement",
    "disclosure",
    "child_placement",
    "locking_in",
    "restriction",
    "shelter_time_limit",
    "end_guardianship",
    "voluntary_child",
    "end_assistance",
    "share_status",
    "return_disclosure",
    "reintegration_identity",
    "sum_overlapping",
    "trend_measures",
    "close_screening",
    "open_case",
    "assessment",
    "status_decision",
    "downgrade",
    "start_service",
    "start_plan",
    "referral_offer",
    "agreement_in_force",
    "adverse_step",
    "file_as_irregular",
    "departure",
    "close_journey",
    "end_protection",
    "testimony_date",
    "close_operation",
    "child_decision",
    "returned_child_placement",
    "durable_solution",
    "launch_enterprise",
    "recontact",
    "family_tracing",
    "family_contact",
    "admission",
    "decide_against_interest",
    "end_by_term",
    "require_examination",
    "charge_the_person",
}
NEVER = {"locking_in", "share_status", "end_by_term", "require_examination", "charge_the_person"}
ALL_MET = "all met"


def everything(code: str, answer: bool | None) -> dict[str, bool | None]:
    return dict.fromkeys(gate_facts(code), answer)


@st.composite
def gate_and_facts(draw: st.DrawFn) -> tuple[str, dict[str, bool | None]]:
    code = draw(st.sampled_from(gate_codes()))
    return code, {name: draw(st.sampled_from([True, False, None])) for name in gate_facts(code)}


def test_every_gate_of_the_pathway_is_there() -> None:
    assert set(gate_codes()) == PATHWAY


@pytest.mark.parametrize("code", sorted(PATHWAY))
def test_a_gate_about_which_nothing_is_known_is_closed(code: str) -> None:
    assert not check(code, {}).open
    assert not check(code, everything(code, None)).open


@pytest.mark.parametrize("code", sorted(PATHWAY - NEVER))
def test_a_gate_opens_when_everything_is_met(code: str) -> None:
    result = check(code, everything(code, True))
    assert result.open
    assert not result.missing


@pytest.mark.parametrize("code", sorted(NEVER))
def test_what_is_never_allowed_stays_closed_whatever_is_said(code: str) -> None:
    result = check(code, everything(code, True))
    assert not result.open
    assert result.never
    assert result.override is None
    assert result.incident


@pytest.mark.parametrize("code", PROTECTED)
def test_the_protected_gates_have_no_override_and_leave_an_incident(code: str) -> None:
    result = check(code, {})
    assert result.override is None
    assert result.incident
    refused = override_refused(result, roles=list(Role), legal_basis="Law", reason="Order", confirmed_by_second=True)
    assert refused == NO_OVERRIDE


@pytest.mark.parametrize("code", PROTECTED)
def test_a_pack_that_gives_a_protected_gate_an_override_is_refused(code: str) -> None:
    override = {"roles": ["case_manager"], "persons": 2, "visible_to": ["person"], "conditions": []}
    packs = load_packs()
    bad = with_pack(packs, "gates", "gates", **{code: {**gates_pack().data[code], "override": override}})
    with pytest.raises(PackError, match="can have no override"):
        check_gates(bad)


def test_a_gate_without_a_condition_is_refused_as_a_pack() -> None:
    removal = {**gates_pack().data["removal"], "conditions": []}
    with pytest.raises(PackError, match="always be open"):
        check_gates(with_pack(load_packs(), "gates", "gates", removal=removal))


def test_a_misspelt_fact_is_noticed() -> None:
    with pytest.raises(KeyError, match="screening_recordet"):
        check("removal", {"screening_recordet": True})
    with pytest.raises(KeyError):
        check("no_such_gate", {})


def test_a_closed_gate_says_what_is_missing_and_what_to_do() -> None:
    result = check("removal", {"screening_recorded": True, "no_recovery_period_runs": False})
    assert [(c.code, c.met) for c in result.missing] == [("no_recovery_period_runs", False)]
    assert result.missing[0].next
    assert result.source


def test_every_condition_of_every_gate_says_what_to_do_next() -> None:
    for code in gate_codes():
        assert all(c.next for c in check(code, {}).conditions)


def test_an_override_needs_role_legal_basis_reason_and_the_second_person() -> None:
    result = check("disclosure", {})

    def why_not(**given: Any) -> str | None:
        terms = {"roles": ["case_manager"], "legal_basis": "Article 5", "reason": "Danger", "confirmed_by_second": True}
        return override_refused(result, **{**terms, **given})

    assert why_not() is None
    assert why_not(roles=["statistician"]) == NOT_YOUR_ROLE
    assert why_not(legal_basis=" ") == NO_LEGAL_BASIS
    assert why_not(reason="") == NO_REASON
    assert why_not(confirmed_by_second=False) == SECOND_PERSON


def test_an_open_gate_needs_no_override() -> None:
    result = check("disclosure", everything("disclosure", True))
    assert override_refused(result, roles=[], legal_basis="", reason="", confirmed_by_second=False) == ALREADY_OPEN


def test_every_override_is_seen_by_the_person_and_the_co_ordinator() -> None:
    for code in gate_codes():
        override = check(code, {}).override
        if override is not None:
            assert {"person", "mechanism_coordinator"} <= set(override.visible_to)
            assert override.legal_basis
            assert {Role(role) for role in override.roles}


def test_an_adult_needs_no_guardian_for_a_statement_and_a_child_needs_two_opinions() -> None:
    told = {"legal_advice_given": True, "consequences_told": True, "right_to_refuse_told": True}
    known = {**told, "prosecution_is_not_compulsory": True}
    assert check("statement", {**known, "is_adult": True}).open
    child = check("statement", {**known, "is_adult": False})
    assert {c.code for c in child.missing} == {
        "guardian_judged_best_interests",
        "prosecutor_judged_best_interests",
        "adapted_procedure_set",
    }
    assert not check("statement", {**known, "is_adult": None}).open, "an unknown age is treated as a child's"


def test_guardianship_ends_with_a_durable_solution_or_at_eighteen_with_a_plan() -> None:
    assert check("end_guardianship", {"durable_solution_carried_out": True}).open
    assert check("end_guardianship", {"is_adult": True, "leaving_care_plan": True}).open
    assert not check("end_guardianship", {"is_adult": True}).open


def test_on_the_italian_social_path_both_warnings_come_before_the_statement() -> None:
    told = {"legal_advice_given": True, "consequences_told": True, "right_to_refuse_told": True, "is_adult": True}
    assert {c.code for c in check("statement", told).missing} == {"compulsory_prosecution_told", "may_be_asked_told"}
    assert check("statement", {**told, "compulsory_prosecution_told": True, "may_be_asked_told": True}).open


def test_protection_ends_by_the_danger_and_never_by_the_calendar_of_a_court() -> None:
    assert not check("end_protection", {"danger_reviewed": True, "danger_has_passed": False}).open
    assert not check("end_protection", {"danger_has_passed": True}).open, "nobody has looked"
    assert check("end_protection", {"danger_reviewed": True, "danger_has_passed": True}).open
    wish = {"danger_reviewed": True, "danger_has_passed": False, "own_wish_to_end": True}
    assert check("end_protection", {**wish, "is_adult": True}).open
    assert not check("end_protection", wish).open, "a child's wish alone ends no protection"


def test_a_relative_in_danger_is_part_of_the_plan_before_a_date_is_set() -> None:
    assert not check("testimony_date", {"plan_for_witness_in_force": True}).open
    assert check("testimony_date", {"plan_for_witness_in_force": True, "no_family_at_risk": True}).open


def test_a_child_may_be_unheard_only_with_the_reason() -> None:
    assert not check("child_decision", {"best_interests_reasoned": True}).open
    assert check("child_decision", {"best_interests_reasoned": True, "why_not_heard_recorded": True}).open


def test_an_institution_comes_after_a_family_unless_the_family_is_not_in_the_childs_interests() -> None:
    known = {"criteria_recorded": True, "best_interests_reasoned": True, "child_heard": True}
    assert not check("durable_solution", known).open
    assert check("durable_solution", {**known, "family_not_in_childs_interests": True}).open


def test_a_departure_without_a_named_receiver_passes_only_as_a_counted_exception() -> None:
    result = check(
        "departure", {"risk_assessment_done": True, "plan_for_afterwards": True, "nothing_left_behind": True}
    )
    assert [c.code for c in result.missing] == ["receiving_provider_named"]
    assert result.override is not None
    assert result.override.persons == 2


def test_a_resident_who_wants_to_leave_is_never_held_back() -> None:
    assert check("shelter_time_limit", {"own_wish_to_leave": True}).open
    assert not check("shelter_time_limit", {"own_wish_to_leave": False}).open


@settings(deadline=None)  # the first call loads packs and holidays
@given(gate_and_facts())
def test_unknown_never_opens_a_gate(drawn: tuple[str, dict[str, bool | None]]) -> None:
    """Whatever opens with unknown facts also opens when every unknown turns out to be no."""
    code, facts = drawn
    if check(code, facts).open:
        assert check(code, {name: bool(answer) for name, answer in facts.items()}).open


@settings(deadline=None)  # the first call loads packs and holidays
@given(gate_and_facts(), st.data())
def test_one_more_met_fact_never_closes_a_gate(drawn: tuple[str, dict[str, bool | None]], data: st.DataObject) -> None:
    code, facts = drawn
    if facts and check(code, facts).open:
        name = data.draw(st.sampled_from(sorted(facts)))
        assert check(code, {**facts, name: True}).open


@settings(deadline=None)  # the first call loads packs and holidays
@given(gate_and_facts())
def test_a_result_can_be_written_as_json_and_cites_its_rule(drawn: tuple[str, dict[str, bool | None]]) -> None:
    result = check(*drawn)
    written = json.loads(json.dumps(result.to_json()))
    assert written["rule"] == f"gates/{drawn[0]}"
    assert written["version"]
    assert written["source"]
    assert {c["met"] for c in written["conditions"]} <= {"yes", "no", "unknown"}
