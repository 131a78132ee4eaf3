"""WP-03: a date for testimony is refused until a protection plan for witness and family is in force."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models.justice.hearing import Hearing
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.incident import Incident
from fener.casework.services.justice.hearings import record_held, settle_hearing
from fener.casework.services.justice.protected_dates import missing_on
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.hearings import hearing, hearing_terms, safe, stands
from tests.factories.interviews import in_days, planned
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.factories.safety import assessed, protected
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def test_wp_03_no_date_before_witness_and_family_are_protected(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as nothing:
        hearing(case_manager, case)
    assert nothing.value.result.gate == "testimony_date"
    assessed(case_manager, case, answers={"local_recruiters": "high", "family_threatened": "high"})
    for kind in ("safe_place", "local_recruiters_watched", "family_protected"):
        protected(case_manager, case, kind=kind)
    with pytest.raises(GateClosed) as family:  # a threat to relatives is answered for each of them
        hearing(case_manager, case)
    assert [one.code for one in family.value.result.missing] == ["plan_for_family_in_force"]
    assessed(case_manager, case, subject="parent", answers={"local_recruiters": "high"})
    for kind in ("move_elsewhere", "local_recruiters_watched"):
        protected(case_manager, case, kind=kind, subject="parent")
    assert hearing(case_manager, case).state == "set"


@pytest.mark.parametrize("purpose", ["court", "prosecution"])
def test_wp_03_an_interview_that_is_testimony_needs_it_as_well(case_manager: Actor, purpose: str) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as refused:
        planned(case_manager, case, purpose=purpose)
    assert refused.value.result.gate == "testimony_date"
    assert planned(case_manager, case, purpose="investigation").state == "planned"
    safe(case_manager, case)
    assert planned(case_manager, case, purpose=purpose).state == "planned"


def test_wp_03_a_plan_whose_review_has_lapsed_is_not_in_force(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    safe(case_manager, case, days=20)  # high: to be reviewed after seven days
    with pytest.raises(GateClosed):
        hearing(case_manager, case)
    assessed(case_manager, case, 0, answers={"local_recruiters": "high", "family_threatened": "none"})
    hearing(case_manager, case)


def test_wp_03_the_attempt_is_an_incident_and_the_page_says_what_is_missing(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    typed = {"once": str(uuid4()), "kind": "court", "set_by": "court", "on": in_days(9), "would_hurt": "unknown"}
    answer = client.post(reverse("casework:hearing_new", args=[case.code]), typed)
    assert answer.status_code in (409, 422)
    (kept,) = Incident.objects.all()
    assert (kept.gate, kept.attempt, kept.right) == ("testimony_date", True, "unprotected")
    safe(case_manager, case)
    path = reverse("casework:hearing_new", args=[case.code])
    assert client.post(path, {**typed, "once": str(uuid4())}).status_code == 302
    chapter = reverse("casework:chapter", args=[case.code, "justice"])
    assert "No protection plan" not in words(client.get(chapter).content.decode())
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert "No protection plan" in words(signed_in(case_manager).get(chapter).content.decode())


def test_wp_03_what_was_held_without_protection_all_the_same_is_an_incident_of_that_authority(
    case_manager: Actor,
) -> None:
    case = CaseFactory(actor=case_manager)
    row = record_held(actor=case_manager, case=case, terms=hearing_terms(on=days_ago(3), set_by="prosecutor"))
    assert row.missing == ["plan_for_witness_in_force", "plan_for_family_in_force"]
    (kept,) = Incident.objects.filter(case=case)
    assert (kept.by, kept.attempt, kept.happened_on, kept.gate) == (
        "prosecutor", False, days_ago(3), "testimony_date",
    )  # fmt: skip
    safe(case_manager, case)
    assert record_held(actor=case_manager, case=case, terms=hearing_terms(on=days_ago(1))).missing == []
    assert Incident.objects.filter(case=case).count() == 1


def test_wp_03_a_later_day_does_not_hide_that_it_was_held_without_protection(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    Hearing.objects.filter(pk=stands(case_manager, case).pk).update(on=days_ago(3))
    safe(case_manager, case, days=1)
    row = settle_hearing(actor=case_manager, hearing=Hearing.objects.get(), step="hold", on=days_ago(0))
    assert row.missing == ["plan_for_witness_in_force", "plan_for_family_in_force"]
    assert Incident.objects.filter(case=case, attempt=False).count() == 1


def test_wp_03_a_date_is_held_declined_or_called_off_once(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    safe(case_manager, case)
    row = hearing(case_manager, case, on=in_days(2))
    line = CaseLine.objects.get(record="justice.hearings")
    assert timezone.localdate(line.due) == in_days(2)
    with pytest.raises(InvalidInput):
        settle_hearing(actor=case_manager, hearing=row, step="hold", on=days_ago(0))  # it has not come
    with pytest.raises(InvalidInput):
        hearing(case_manager, case, on=in_days(2))
    settle_hearing(actor=case_manager, hearing=row, step="decline", on=days_ago(0))
    with pytest.raises(NotPossibleNow):
        settle_hearing(actor=case_manager, hearing=row, step="call_off", on=days_ago(0))
    assert CaseLine.objects.get(record="justice.hearings").due is None


def test_wp_03_a_shelter_worker_and_other_bodies_set_no_date(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    safe(case_manager, case)
    for actor in (
        mechanism.ngo.actor(Role.SHELTER_WORKER),
        mechanism.police.actor(Role.FRONTLINE_OFFICER),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
    ):
        with pytest.raises(Refused):
            hearing(actor, case)
    assert not Hearing.objects.exists()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["danger", "family", "place", "watched", "date", "interview"]), max_size=6))
def test_wp_03_in_any_order_no_date_stands_that_was_set_without_protection(
    case_manager: Actor, mechanism: Mechanism, acts: list[str]
) -> None:
    case = CaseFactory(actor=case_manager, empty=True)
    doing: dict[str, Callable[[], object]] = {
        "danger": lambda: assessed(
            case_manager, case, 0, answers={"local_recruiters": "high", "family_threatened": "none"}
        ),
        "family": lambda: assessed(case_manager, case, 0, subject="parent", answers={"local_recruiters": "high"}),
        "place": lambda: protected(case_manager, case, 0),
        "watched": lambda: protected(case_manager, case, 0, kind="local_recruiters_watched"),
        "date": lambda: hearing(case_manager, case),
        "interview": lambda: planned(case_manager, case, purpose="court"),
    }
    for act in acts:
        protected_before = not missing_on(case, days_ago(0))
        count = case.hearings.count() + case.interviews.count()
        with suppress(GateClosed, InvalidInput):
            doing[act]()
        if case.hearings.count() + case.interviews.count() > count:
            assert protected_before
