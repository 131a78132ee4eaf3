"""WP-06: each measure is recorded as asked, granted or refused, and a confrontation that would hurt is flagged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.models.justice.hearing import CourtMeasure
from fener.casework.models.line import CaseLine
from fener.casework.services.justice.hearings import settle_hearing, weigh_confrontation
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.hearings import answered, asked_court, hearing, safe
from tests.factories.justice import charged
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    safe(case_manager, made)
    return made


def flags(case: Case) -> int:
    return CaseLine.objects.filter(case=case, what="confrontation").count()


@pytest.mark.parametrize("kind", sorted(vocabulary("court_measure").codes()))
def test_wp_06_every_measure_is_asked_for_then_granted_or_refused_with_a_reason(
    case_manager: Actor, case: Case, kind: str
) -> None:
    granted = answered(case_manager, asked_court(case_manager, case, kind=kind), "grant")
    done = answered(case_manager, granted, "carry_out", ago=1)
    assert (done.state, done.decided_on, done.carried_out_on) == ("carried_out", days_ago(2), days_ago(1))
    refused = answered(case_manager, asked_court(case_manager, case, kind=kind), "refuse", reason="no_means")
    assert (refused.state, refused.reason) == ("refused", "no_means")
    with pytest.raises(NotPossibleNow):
        answered(case_manager, refused, "carry_out", ago=1)


def test_wp_06_a_refusal_without_reason_and_days_out_of_order_are_refused(case_manager: Actor, case: Case) -> None:
    row = asked_court(case_manager, case)
    for step, ago, reason in (("refuse", 2, ""), ("refuse", 2, "they are rude"), ("grant", 11, ""), ("grant", -1, "")):
        with pytest.raises(InvalidInput):
            answered(case_manager, row, step, ago=ago, reason=reason)
    with pytest.raises(InvalidInput):
        asked_court(case_manager, case, kind="curtain")
    with pytest.raises(InvalidInput):
        asked_court(case_manager, case, charge=charged(case_manager, CaseFactory(actor=case_manager)))
    assert CourtMeasure.objects.get().state == "asked"


@pytest.mark.parametrize("would_hurt", [True, None])
def test_wp_06_a_confrontation_that_would_hurt_is_flagged_until_a_measure_avoids_it(
    case_manager: Actor, case: Case, would_hurt: bool | None
) -> None:
    hearing(case_manager, case, would_hurt=would_hurt)
    (line,) = CaseLine.objects.filter(what="confrontation")
    assert line.urgent
    assert line.for_node
    row = asked_court(case_manager, case)
    assert flags(case) == 1  # asked for is not granted
    answered(case_manager, asked_court(case_manager, case, kind="support_person"), "grant")
    assert flags(case) == 1  # that one does not avoid it
    answered(case_manager, row, "grant")
    assert flags(case) == 0


def test_wp_06_a_measure_of_another_proceeding_avoids_nothing(case_manager: Actor, case: Case) -> None:
    one, other = charged(case_manager, case), charged(case_manager, case, kind="extortion")
    hearing(case_manager, case, would_hurt=True, charge=one)
    answered(case_manager, asked_court(case_manager, case, charge=other), "grant")
    assert flags(case) == 1
    answered(case_manager, asked_court(case_manager, case, charge=one), "grant")
    assert flags(case) == 0


def test_wp_06_no_flag_where_it_would_not_hurt_or_the_date_does_not_stand(case_manager: Actor, case: Case) -> None:
    row = hearing(case_manager, case, would_hurt=None)
    weigh_confrontation(actor=case_manager, hearing=row, would_hurt=False)
    assert flags(case) == 0
    weigh_confrontation(actor=case_manager, hearing=row, would_hurt=True)
    assert flags(case) == 1
    settle_hearing(actor=case_manager, hearing=row, step="call_off", on=days_ago(0))
    assert flags(case) == 0


def test_wp_06_the_flag_reaches_the_lawyer_and_the_co_ordinator_without_names(
    case_manager: Actor, case: Case, mechanism: Mechanism, signed_in: SignIn
) -> None:
    hearing(case_manager, case, would_hurt=True, words="Room 12, judge Ilić")
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        client = signed_in(node)
        assert "a confrontation may hurt" in words(client.get(reverse("web:today")).content.decode())
        seen = words(client.get(reverse("casework:chapter", args=[case.code, "justice"])).content.decode())
    assert "Dates for testimony" in seen
    assert "Measures of a court" not in seen
    for hidden in ("Ilić", "The day was named by", "Open the court"):
        assert hidden not in seen


def test_wp_06_the_form_records_it_and_others_are_refused(
    case_manager: Actor, case: Case, mechanism: Mechanism, signed_in: SignIn
) -> None:
    client = signed_in(case_manager)
    typed = {"once": str(uuid4()), "kind": "in_camera", "asked_by": "lawyer", "asked_on": days_ago(1), "words": "Kt 3"}
    assert client.post(reverse("casework:court_measure_new", args=[case.code]), typed).status_code == 302
    row = CourtMeasure.objects.get()
    path = reverse("casework:court_measure_settle", args=[case.code, row.pk])
    given = {"once": str(uuid4()), "step": "refuse", "reason": "defence", "on": days_ago(0)}
    assert client.post(path, given).status_code == 302
    page = words(client.get(reverse("casework:chapter", args=[case.code, "justice"])).content.decode())
    assert "Reason: Rights of the defence." in page
    for actor in (mechanism.ngo.actor(Role.SHELTER_WORKER), mechanism.police.actor(Role.FRONTLINE_OFFICER)):
        with pytest.raises(Refused):
            asked_court(actor, case)
        assert signed_in(actor).get(path).status_code in (403, 404)
