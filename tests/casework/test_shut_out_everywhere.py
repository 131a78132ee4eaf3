"""Whoever is shut out of a case learns nothing of it beside the case either: no trace, no review, no row, no count."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.handovers import handover
from fener.casework.models import Case, CaseAssignment, GlassBreak
from fener.casework.selectors import board, exposure
from fener.casework.selectors.figures import response_times
from fener.casework.selectors.worklist import today
from fener.casework.services import compartments, erasure
from fener.casework.services.protection import break_glass, shut_out
from fener.network.models import Membership
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import Refused
from fener.trust.models import Custodian, DisclosureOverride, Erasure
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from fener.trust.selectors import audit_entries
from tests.casework.paths import need_of, offered
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.protection import protected, user_of


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


@pytest.fixture
def custodian(mechanism: Mechanism) -> Actor:
    actor = mechanism.ngo.actor(Role.CASE_MANAGER)
    Custodian.objects.create(keeper_id=mechanism.ngo.organisation.pk, user_id=actor.user_id, since=timezone.now())
    return actor


def keep_out(case_manager: Actor, case: Case, actor: Actor) -> None:
    shut_out.shut_out(actor=case_manager, case=case, user=user_of(actor), why="complicit")


def test_a_shut_out_tracer_gets_the_answer_of_a_code_that_is_not_there(
    case: Case, case_manager: Actor, custodian: Actor, mechanism: Mechanism
) -> None:
    compartments.open_compartment(actor=case_manager, case=case, compartment=Compartment.IDENTITY, purpose=Purpose.KEEP)
    day = timezone.localdate()
    for tracer in (custodian, mechanism.co_ordination.actor(Role.AUDITOR)):
        assert exposure.readers(tracer, code=case.code, since=day, until=day)
        keep_out(case_manager, case, tracer)
        assert exposure.readers(tracer, code=case.code, since=day, until=day) == []


def test_a_shut_out_custodian_neither_sees_nor_reviews_nor_reads_what_was_broken(
    case: Case, case_manager: Actor, custodian: Actor, mechanism: Mechanism
) -> None:
    row = break_glass.break_glass(
        actor=case_manager, case=case, compartment="identity", danger=GlassBreak.Danger.values[0], words="At the door."
    )
    assert break_glass.open_words(actor=custodian, row=row) == "At the door."
    keep_out(case_manager, case, custodian)
    assert break_glass.of_custodian(custodian) == [] == break_glass.of_custodian(custodian, pk=row.pk)
    assert "glass" not in {task.kind for task in today(custodian)}
    with pytest.raises(Refused):
        break_glass.open_words(actor=custodian, row=row)
    with pytest.raises(Refused):
        break_glass.review(actor=custodian, row=row, verdict="justified", follows="nothing")
    other = mechanism.ngo.actor(Role.CASE_MANAGER)
    Custodian.objects.create(keeper_id=mechanism.ngo.organisation.pk, user_id=other.user_id, since=timezone.now())
    assert break_glass.of_custodian(other) == [row]


def test_the_line_about_erasures_counts_what_its_list_shows(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    colleague, second = mechanism.ngo.actor(Role.CASE_MANAGER), mechanism.ngo.actor(Role.CASE_MANAGER)
    erasure.propose_erasure(actor=case_manager, case=case, ground=Erasure.Ground.ASKED)

    def told(actor: Actor) -> bool:
        return "erasure" in {task.kind for task in today(actor)}

    assert [told(colleague), told(second)] == [True, True]
    keep_out(case_manager, case, colleague)
    assert [told(colleague), told(second)] == [False, True]
    third = mechanism.ngo.actor(Role.CASE_MANAGER)
    assert told(third)
    protected(case, case_manager, second)
    assert [told(third), told(second)] == [False, False]


def test_the_board_of_somebody_shut_out_has_neither_row_nor_count_of_the_case(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    reader, another = (mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR) for _each in range(2))
    DisclosureOverride.objects.create(
        subject_id=case.pk, holder_id=case.organisation_id, recipient_id=mechanism.shelter.organisation.pk,
        compartments=["identity"], legal_basis="a law", requested_by_id=case_manager.user_id,
        requested_at=timezone.now(), until=timezone.localdate(),
    )  # fmt: skip
    later = timezone.now() + timedelta(days=900)
    keep_out(case_manager, case, reader)
    seen, hidden = board.country(another, later), board.country(reader, later)
    assert (case.code in repr(seen), case.code in repr(hidden)) == (True, False)
    assert (seen.cases, seen.overrides_total, seen.funnel[0].count) == (1, 1, 1)
    assert (hidden.cases, hidden.overrides_total, hidden.funnel[0].count, hidden.clocks_overdue) == (0, 0, 0, 0)
    assert not hidden.statuses


def test_an_auditor_who_is_shut_out_finds_no_act_on_the_case(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    auditor, another = (mechanism.co_ordination.actor(Role.AUDITOR) for _each in range(2))
    keep_out(case_manager, case, auditor)
    assert case.pk in {entry.chain.chain_id for entry in audit_entries(another)}
    found = audit_entries(auditor)
    assert case.pk not in {entry.chain.chain_id for entry in found} | {entry.subject_id for entry in found}


def test_whoever_is_shut_out_is_told_no_count_that_holds_the_case(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    leaver, reader = mechanism.ngo.actor(Role.CASE_MANAGER), mechanism.ngo.actor(Role.CASE_MANAGER)
    CaseAssignment.objects.create(case=case, user=user_of(leaver), since=timezone.now())
    place = Membership.objects.get(user_id=leaver.user_id)
    assert handover(reader, place).count == 1
    keep_out(case_manager, case, reader)
    assert handover(replace(reader), place).count == 0


def test_no_figure_of_a_reader_counts_a_case_from_which_they_are_shut_out(
    case: Case, case_manager: Actor, mechanism: Mechanism
) -> None:
    need_of(case_manager, case)
    offered(case_manager, mechanism.shelter, case)
    reader = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR, Role.STATISTICIAN)
    other = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR, Role.STATISTICIAN)
    at = timezone.now()
    since, until = at - timedelta(days=1), at + timedelta(days=1)

    def figures(actor: Actor) -> tuple[int, int, int]:
        shown = board.country(actor)
        times = response_times(actor, since=since, until=until)
        return shown.cases, sum(row.waiting for row in shown.answers), times.total.unanswered

    assert figures(reader) == (1, 1, 1)
    keep_out(case_manager, case, reader)
    assert figures(reader) == (0, 0, 0)
    assert figures(other) == (1, 1, 1)
