"""WP-12: a person in detention raises an alarm that counts the days until the transfer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.chapters.safety.detentions import lines
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.detention import Detention
from fener.casework.selectors.worklist import Task, today
from fener.casework.services.person_copy import make_copy
from fener.casework.services.safety.detentions import RECORD, end_detention, record_detention
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def held(actor: Actor, case: Case, days: int = 2) -> Detention:
    return record_detention(actor=actor, case=case, by="police", since=ago(days), words="Cells in Radnička street.")


def alarms(actor: Actor) -> list[Task]:
    return [task for task in today(actor) if task.kind == RECORD]


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


@pytest.mark.parametrize("days", [0, 2, 40])
def test_wp_12_it_rings_at_once_for_worker_and_co_ordinator_and_counts_the_days(
    case_manager: Actor, co_ordinator: Actor, days: int
) -> None:
    held(case_manager, CaseFactory(actor=case_manager), days)
    for actor in (case_manager, co_ordinator):
        (task,) = alarms(actor)
        assert task.overdue(timezone.now())
        assert f"day {days + 1}:" in str(task.text)
        assert "Radnička" not in str(task.text)


@pytest.mark.parametrize("step", ["transfer", "release"])
def test_wp_12_only_a_transfer_or_a_release_ends_it_once(case_manager: Actor, co_ordinator: Actor, step: str) -> None:
    case = CaseFactory(actor=case_manager)
    detention = held(case_manager, case)
    with pytest.raises(InvalidInput):
        end_detention(actor=case_manager, detention=detention, step="forget", on=ago(0))
    for day in (ago(3), ago(-1)):
        with pytest.raises(InvalidInput):
            end_detention(actor=case_manager, detention=detention, step=step, on=day)
    assert len(alarms(co_ordinator)) == 1
    end_detention(actor=case_manager, detention=detention, step=step, on=ago(0))
    assert alarms(case_manager) == alarms(co_ordinator) == []
    with pytest.raises(AlreadyDone):
        end_detention(actor=case_manager, detention=detention, step=step, on=ago(0))


def test_wp_12_nobody_is_held_twice_at_once_nor_from_a_day_to_come(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        held(case_manager, case, -1)
    first = held(case_manager, case)
    with pytest.raises(InvalidInput):
        held(case_manager, case)
    end_detention(actor=case_manager, detention=first, step="release", on=ago(1))
    with pytest.raises(InvalidInput):
        held(case_manager, case, 2)
    held(case_manager, case, 1)
    kept = CaseLine.objects.filter(case=case, record=RECORD).order_by("starts")
    assert [(one.what, one.about) for one in kept] == [(one.what, one.about) for one in lines(case)]
    assert [one.what for one in kept] == ["released", "held"]


def test_wp_12_the_place_is_sealed_and_the_co_ordinator_reads_office_and_days(
    case_manager: Actor, co_ordinator: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    typed = {"once": str(uuid4()), "by": "police", "since": ago(2).isoformat(), "words": "Cells in Radnička street."}
    form = reverse("casework:detention_new", args=[case.code])
    assert client.post(form, typed).status_code == 302
    detention = Detention.objects.get(case=case)
    assert detention.words is not None
    chapter = reverse("casework:chapter", args=[case.code, "safety"])
    assert "Days in detention: 3." in words(client.get(chapter).content.decode())
    node = signed_in(co_ordinator).get(chapter).content.decode()
    assert "Days in detention: 3." in words(node)
    assert "/words/" not in node
    end = reverse("casework:detention_end", args=[case.code, detention.pk])
    assert end in client.get(chapter).content.decode()
    assert end not in node
    assert signed_in(mechanism.shelter.actor(Role.CASE_MANAGER)).get(end).status_code == 404
    assert client.post(end, {"once": str(uuid4()), "step": "transfer", "on": ago(0).isoformat()}).status_code == 302
    assert "In detention" not in repr(make_copy(actor=case_manager, case=case, language="en"))


def test_wp_12_only_who_works_with_the_file_records_it(
    case_manager: Actor, co_ordinator: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    for actor in (co_ordinator, mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            held(actor, case)
