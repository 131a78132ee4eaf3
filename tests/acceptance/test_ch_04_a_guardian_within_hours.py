"""CH-04: from the first suspicion that a child is concerned a guardian clock runs, and somebody answers by name."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.models import CaseAssignment, Clock
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.models.line import CaseLine
from fener.casework.selectors.board import country
from fener.casework.selectors.worklist import today
from fener.casework.services import ages, cases, clocks
from fener.casework.services.children.guardians import change_guardian, name_guardian, record_conflict
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import AuditEntry, User
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import DAY, child, guarded, guardian_terms
from tests.factories.network import Body, Mechanism

LATER = timedelta(hours=25)


def alarms(case: object) -> list[Clock]:
    return list(Clock.objects.filter(case=case, code=clocks.GUARDIAN, ended_at__isnull=True))


def test_ch_04_the_alarm_runs_in_hours_from_the_first_suspicion(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    ages.raise_dispute(actor=case_manager, case=case, evidence="He says sixteen.")
    (alarm,) = alarms(case)
    assert alarm.due_on == timezone.now() + timedelta(hours=24)
    late = [task for task in today(case_manager, timezone.now() + LATER) if task.kind == "clock"]
    assert any(task.overdue(timezone.now() + LATER) for task in late)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert case.code in {one.case_code for one in country(co_ordinator, at=timezone.now() + LATER).clocks}


def test_ch_04_until_the_appointment_a_named_body_or_lawyer_answers_and_the_alarm_runs_on(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = child(case_manager)
    with pytest.raises(InvalidInput):
        guarded(case_manager, case, kind="interim_ngo")  # which organisation?
    interim = guarded(case_manager, case, kind="interim_ngo", organisation_id=mechanism.other_ngo.id, who="")
    assert len(alarms(case)) == 1
    guarded(case_manager, case)
    assert alarms(case) == []
    interim.refresh_from_db()
    assert (interim.ended_on, Guardianship.objects.filter(case=case, ended_on__isnull=True).count()) == (DAY, 1)


def test_ch_04_nobody_clicks_the_alarm_away(case_manager: Actor) -> None:
    (alarm,) = alarms(child(case_manager))
    with pytest.raises(InvalidInput):
        clocks.end_clock(actor=case_manager, clock=alarm, reason="done")


def test_ch_04_a_change_names_the_next_one_and_back_to_an_interim_the_alarm_runs_again(case_manager: Actor) -> None:
    case = child(case_manager)
    first = guarded(case_manager, case)
    with pytest.raises(AlreadyDone):
        guarded(case_manager, case)
    with pytest.raises(InvalidInput):
        change_guardian(actor=case_manager, guardianship=first, reason="durable_solution", terms=guardian_terms())
    terms = guardian_terms(kind="interim_lawyer", who="Advocate Ana Kos")
    change_guardian(actor=case_manager, guardianship=first, reason="childs_wish", terms=terms)
    assert len(alarms(case)) == 1
    assert Guardianship.objects.get(pk=first.pk).end_reason == "childs_wish"


def test_ch_04_a_conflict_of_interest_is_urgent_until_another_one_is_named(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = child(case_manager)
    row = guarded(case_manager, case)
    record_conflict(actor=case_manager, guardianship=row, kind="relative", on=DAY)
    at = timezone.now() + LATER
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    for actor in (case_manager, co_ordinator):
        (task,) = [one for one in today(actor, at) if one.kind == "children.guardians"]
        assert task.overdue(at)
        assert "Jasna" not in str(task.text)
    change_guardian(actor=case_manager, guardianship=row, reason="conflict", terms=guardian_terms(who="Ivo Marić"))
    assert not CaseLine.objects.filter(case=case, what="conflict").exists()


def test_ch_04_a_name_is_sealed_and_stands_in_no_line_and_no_audit(case_manager: Actor) -> None:
    case = child(case_manager)
    row = guarded(case_manager, case)
    assert row.who is not None
    told = [*CaseLine.objects.filter(case=case).values_list("params", flat=True)]
    told += AuditEntry.objects.filter(act="guardian.record").values_list("detail", flat=True)
    assert told
    assert "Petrović" not in str(told)


def test_ch_04_guardians_are_for_children_and_named_where_the_file_is_kept(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    with pytest.raises(InvalidInput):
        guarded(case_manager, CaseFactory(actor=case_manager))
    for lacking in ({"legal_basis": " "}, {"kind": "aunt"}, {"who": ""}, {"until": DAY - timedelta(days=1)}):
        with pytest.raises(InvalidInput):
            guarded(case_manager, child(case_manager), **lacking)
    case = child(case_manager)
    for body in (mechanism.shelter, mechanism.co_ordination):
        with pytest.raises(Refused):
            name_guardian(actor=body.actor(Role.CASE_MANAGER), case=case, terms=guardian_terms())


def test_ch_04_whoever_is_replaced_carries_the_case_no_longer(case_manager: Actor, ngo: Body) -> None:
    case = child(case_manager)
    first, both = ngo.actor(Role.GUARDIAN), ngo.actor(Role.GUARDIAN, Role.CASE_MANAGER)
    for actor in (first, both):
        cases.assign(actor=case_manager, case=case, user=User.objects.get(pk=actor.user_id))
    row = guarded(case_manager, case, person_id=first.user_id)
    for one in (first, both):
        assert one.user_id in carriers(case)
        row = change_guardian(
            actor=case_manager,
            guardianship=row,
            reason="childs_wish",
            terms=guardian_terms(person_id=both.user_id if one is first else None),
        )
        assert (one.user_id in carriers(case)) is (one is both)  # who also works on it as a case manager goes on
    assert str(first.user_id) in str(AuditEntry.objects.filter(act="case.assign").latest("at").detail)


def carriers(case: object) -> set[object]:
    return set(CaseAssignment.objects.filter(case=case, until__isnull=True).values_list("user_id", flat=True))
