"""AC-02: a right violated is an incident with criteria, by whom, when and follow-up, and the case says so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.models.safety.incident import Incident
from fener.casework.selectors.safety.incidents import Counted, counts
from fener.casework.selectors.worklist import Task, today
from fener.casework.services.person_copy import make_copy
from fener.casework.services.safety.incidents import IncidentTerms, incident_follow_up, incident_record
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.protection import protected


def violated(actor: Actor, case: Case, **changes: object) -> Incident:
    terms: dict[str, object] = {
        "right": "detained",
        "by": "police",
        "happened_on": timezone.localdate() - timedelta(days=2),
        **changes,
    }
    return incident_record(actor=actor, case=case, terms=IncidentTerms(**terms))  # type: ignore[arg-type]


def waiting(actor: Actor, days: int) -> list[Task]:
    at = timezone.now() + timedelta(days=days)
    return [task for task in today(actor, at) if task.kind == "safety.incidents"]


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


def test_ac_02_an_incident_says_which_right_by_whom_when_and_by_when_somebody_looks_at_it(
    case_manager: Actor,
) -> None:
    case = CaseFactory(actor=case_manager)
    incident = violated(case_manager, case, words="Sergeant Ilić kept her in a cell.")
    assert (incident.right, incident.by) == ("detained", "police")
    assert incident.words is not None
    assert incident.follow_up_on >= timezone.localdate() + timedelta(days=10)  # ten working days
    for wrong in (
        {"right": "happiness"},
        {"by": "Sergeant Ilić"},
        {"happened_on": timezone.localdate() + timedelta(days=1)},
    ):
        with pytest.raises(InvalidInput):
            violated(case_manager, case, **wrong)


def test_ac_02_follow_up_that_nobody_made_shows_to_the_worker_and_without_a_word_of_it_to_the_co_ordinator(
    case_manager: Actor, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    incident = violated(case_manager, case, words="Sergeant Ilić kept her in a cell.")
    left = (incident.follow_up_on - timezone.localdate()).days
    assert waiting(co_ordinator, left - 1) == []
    (mine,), (theirs,) = waiting(case_manager, left + 2), waiting(co_ordinator, left + 2)
    assert mine.overdue(timezone.now() + timedelta(days=left + 2))
    assert "Ilić" not in str(theirs.text)


def test_ac_02_a_complaint_about_it_goes_on_until_it_is_answered(case_manager: Actor) -> None:
    case, now = CaseFactory(actor=case_manager), timezone.localdate()
    incident = violated(case_manager, case)
    again = now + timedelta(days=40)
    gone_on = incident_follow_up(actor=case_manager, incident=incident, result="complaint_made", on=now, again_on=again)
    assert (gone_on.state, gone_on.follow_up_on) == ("waiting", again)
    assert waiting(case_manager, 41) != []
    incident_follow_up(actor=case_manager, incident=gone_on, result="answered", on=now)
    assert waiting(case_manager, 400) == []
    with pytest.raises(NotPossibleNow):
        incident_follow_up(actor=case_manager, incident=gone_on, result="put_right", on=now)


def test_ac_02_what_came_of_it_is_said_with_a_day_that_has_come(case_manager: Actor) -> None:
    incident, now = violated(case_manager, CaseFactory(actor=case_manager)), timezone.localdate()
    for result, on, again in (
        ("open", now, None),
        ("forgotten", now, None),
        ("put_right", now + timedelta(days=1), None),
        ("put_right", incident.happened_on - timedelta(days=1), None),
        ("before_court", now, now - timedelta(days=1)),
    ):
        with pytest.raises(InvalidInput):
            incident_follow_up(actor=case_manager, incident=incident, result=result, on=on, again_on=again)


def test_ac_02_the_person_reads_it_in_their_copy(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    violated(case_manager, case)
    copy = make_copy(actor=case_manager, case=case, language="en")
    (section,) = [one for one in copy.sections if one.code == "chapter.safety"]
    assert section.rows[0][0].words == "Right violated: Detained (Police)"


def test_ac_02_incidents_are_counted_by_right_and_by_kind_of_body(
    case_manager: Actor, co_ordinator: Actor, mechanism: Mechanism
) -> None:
    for _ in range(2):
        violated(case_manager, CaseFactory(actor=case_manager))
    hidden = CaseFactory(actor=case_manager)
    violated(case_manager, hidden)
    protected(hidden, case_manager, mechanism.ngo.actor(Role.CASE_MANAGER))
    assert counts(co_ordinator) == [Counted("detained", "police", 2, 0)]


def test_ac_02_only_who_keeps_the_file_records_an_incident(
    case_manager: Actor, mechanism: Mechanism, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    for actor in (co_ordinator, mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            violated(actor, case)
