"""The desk where first contacts arrive: received in time, opened on purpose, closed with a reason that counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from fener.casework.models import Case
from fener.contact import selectors, tasks
from fener.contact.models import Intake
from fener.contact.services import intakes, screenings
from fener.trust import vault
from fener.trust.actor import SYSTEM, Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import AuditEntry, ItemGrant
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.conftest import NOW
from tests.factories.casework import keep_terms, told_everything
from tests.factories.contact import REACH, finished, flagged, ready, sent
from tests.factories.network import Mechanism, locked


@pytest.fixture
def inspector(mechanism: Mechanism) -> Actor:
    return mechanism.inspection.actor(Role.FRONTLINE_OFFICER)


@pytest.fixture
def intake(mechanism: Mechanism, inspector: Actor) -> Intake:
    return sent(inspector, mechanism.ngo)


def case_terms(**changes: Any) -> dict[str, Any]:
    return {
        "facts": {"age_at_contact": 34, "age_at_contact_certainty": "stated"},
        "language": "sr",
        "keep_consent": keep_terms(),
        "information": told_everything(),
        "compartments": {Compartment.IDENTITY: {"first_name": "Đorđe"}},
        **changes,
    }


def test_a_call_is_due_within_hours_and_within_one_in_danger(mechanism: Mechanism, inspector: Actor) -> None:
    calm = sent(inspector, mechanism.ngo, ready(inspector, signs={"papers-kept": "yes"}))
    danger = ready(inspector)
    screenings.raise_alarm(actor=inspector, screening=danger)
    urgent = sent(inspector, mechanism.ngo, danger)
    assert (calm.urgent, calm.answer_due) == (False, NOW + timedelta(hours=4))
    assert (urgent.urgent, urgent.answer_due) == (True, NOW + timedelta(hours=1))


def test_the_sender_sees_that_it_was_received_and_nothing_more(
    mechanism: Mechanism, inspector: Actor, intake: Intake, case_manager: Actor
) -> None:
    before = selectors.receipts(inspector)[0]
    assert (before.code, before.received_at, before.desk) == (intake.code, None, "Lighthouse (invented)")
    intakes.receive_intake(actor=case_manager, intake=intake, at=timezone.now())
    received = selectors.receipts(inspector)[0]
    assert received.received_at == NOW
    intakes.open_case_from_intake(actor=case_manager, intake=intake, **case_terms())
    assert selectors.receipts(inspector)[0] == received
    assert set(vars(received)) == {"code", "sent_at", "received_at", "desk"}
    with pytest.raises(Refused):
        selectors.intake(inspector, intake.code)


def test_receipts_are_the_senders_alone(mechanism: Mechanism, intake: Intake) -> None:
    assert selectors.receipts(mechanism.inspection.actor(Role.FRONTLINE_OFFICER)) == []


def test_receiving_twice_changes_nothing(mechanism: Mechanism, intake: Intake, case_manager: Actor) -> None:
    colleague = mechanism.ngo.actor(Role.HELPLINE_OPERATOR)
    intakes.receive_intake(actor=case_manager, intake=intake, at=NOW)
    intakes.receive_intake(actor=colleague, intake=intake, at=NOW + timedelta(hours=1))
    intake.refresh_from_db()
    assert (intake.received_by_id, intake.received_at) == (case_manager.user_id, NOW)
    assert AuditEntry.objects.filter(act="intake.receive").count() == 1


def test_another_organisations_desk_does_not_see_it(mechanism: Mechanism, intake: Intake) -> None:
    stranger = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    assert list(selectors.intakes(stranger)) == []
    with pytest.raises(Refused):
        selectors.intake(stranger, intake.code)
    for act in (intakes.open_contact, intakes.receive_intake, intakes.close_intake, intakes.open_case_from_intake):
        terms: dict[str, Any] = {
            intakes.receive_intake: {"at": NOW},
            intakes.close_intake: {"reason": "no_sign"},
            intakes.open_case_from_intake: case_terms(),
        }.get(act, {})
        with pytest.raises(Refused):
            act(actor=stranger, intake=intake, **terms)


def test_a_locked_session_opens_no_contact(intake: Intake, case_manager: Actor) -> None:
    with pytest.raises(Locked):
        intakes.open_contact(actor=locked(case_manager), intake=intake)


def test_opening_the_contact_is_in_the_audit_without_its_content(intake: Intake, case_manager: Actor) -> None:
    intakes.open_contact(actor=case_manager, intake=intake)
    entry = AuditEntry.objects.get(act="item.open")
    assert (entry.actor_id, entry.chain.chain_id) == (case_manager.user_id, intake.screening_id)
    assert REACH["number"] not in str(entry.detail)


def test_a_case_opens_once_on_what_the_person_agreed_to(intake: Intake, case_manager: Actor) -> None:
    case = intakes.open_case_from_intake(actor=case_manager, intake=intake, **case_terms())
    intake.refresh_from_db()
    assert (intake.state, intake.case_id) == (Intake.State.OPENED, case.pk)
    assert (case.origin, case.origin_id) == ("intake", intake.pk)
    with pytest.raises(AlreadyDone):
        intakes.open_case_from_intake(actor=case_manager, intake=intake, **case_terms())
    assert Case.objects.unscoped(reason="counting").count() == 1


def test_a_case_that_cannot_be_opened_leaves_the_first_contact_as_it_was(intake: Intake, case_manager: Actor) -> None:
    with pytest.raises(InvalidInput):
        intakes.open_case_from_intake(
            actor=case_manager, intake=intake, **case_terms(keep_consent=keep_terms(language=""))
        )
    intake.refresh_from_db()
    assert intake.state == Intake.State.SENT


def test_closing_takes_a_reason_and_destroys_the_way_to_the_person(intake: Intake, case_manager: Actor) -> None:
    with pytest.raises(InvalidInput):
        intakes.close_intake(actor=case_manager, intake=intake, reason="no time")
    intakes.close_intake(actor=case_manager, intake=intake, reason="does_not_wish")
    assert (intake.state, intake.close_reason) == (Intake.State.CLOSED, "does_not_wish")
    with pytest.raises(NotGranted):
        intakes.open_contact(actor=case_manager, intake=intake)
    with pytest.raises(AlreadyDone):
        intakes.close_intake(actor=case_manager, intake=intake, reason="no_sign")
    with pytest.raises(InvalidInput, match="closed without a case"):
        intakes.open_case_from_intake(actor=case_manager, intake=intake, **case_terms())


def test_today_lists_what_waits_and_what_was_not_finished(
    mechanism: Mechanism, inspector: Actor, intake: Intake, case_manager: Actor
) -> None:
    assert [task.args for task in tasks.first_contacts(case_manager, NOW)] == [(intake.code,)]
    assert list(tasks.own_screenings(inspector, NOW)) == []
    open_one = finished(inspector)
    assert [task.args for task in tasks.own_screenings(inspector, NOW)] == [(open_one.pk,)]
    intakes.close_intake(actor=case_manager, intake=intake, reason="no_sign")
    assert list(tasks.first_contacts(case_manager, NOW)) == []
    assert list(tasks.first_contacts(SYSTEM, NOW)) == []


def test_the_co_ordinator_sees_what_nobody_took_on_by_code_alone(
    mechanism: Mechanism, intake: Intake, case_manager: Actor
) -> None:
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert list(selectors.overdue_for_node(co_ordinator, NOW)) == []
    late = NOW + timedelta(hours=5)
    assert [one.code for one in selectors.overdue_for_node(co_ordinator, late)] == [intake.code]
    assert len(list(tasks.overdue_calls(co_ordinator, late))) == 1
    with pytest.raises(Refused):
        selectors.intake(co_ordinator, intake.code)
    with pytest.raises(Refused):
        intakes.open_contact(actor=co_ordinator, intake=intake)
    with pytest.raises(Refused):
        selectors.overdue_for_node(case_manager, late)


def test_a_suspicion_says_something(mechanism: Mechanism, inspector: Actor) -> None:
    with pytest.raises(InvalidInput, match="what you noticed"):
        flagged(inspector, mechanism.ngo, words={}, signs=[])


def test_a_suspicion_about_a_child_is_urgent(mechanism: Mechanism, inspector: Actor) -> None:
    assert flagged(inspector, mechanism.ngo, about_child=True).urgent


def test_a_sign_is_one_of_the_list(mechanism: Mechanism, inspector: Actor) -> None:
    with pytest.raises(InvalidInput) as refused:
        flagged(inspector, mechanism.ngo, signs=["untreated_injury", "looks foreign"])
    assert "signs" in refused.value.errors


def test_what_somebody_flagged_can_be_opened_by_the_receiving_organisation_alone(
    mechanism: Mechanism, inspector: Actor, case_manager: Actor
) -> None:
    flag = flagged(inspector, mechanism.ngo)
    assert list(ItemGrant.objects.values_list("keeper_id", flat=True)) == [mechanism.ngo.id]
    assert "employer" in intakes.open_contact(actor=case_manager, intake=flag)["words"]
    assert flag.sealed is not None
    with pytest.raises(NotGranted):
        vault.open_item(actor=inspector, item=flag.sealed, purpose=Purpose.SHARE_SERVICE)
