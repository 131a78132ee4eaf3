"""JU-05: a charge, penalty or arrest of the person opens a review, and is a violation until it is resolved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.chapters.safety.punishments import lines
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.incident import Incident
from fener.casework.models.safety.punishment import Punishment
from fener.casework.selectors.worklist import Task, today
from fener.casework.services.safety.incidents import incident_follow_up
from fener.casework.services.safety.punishments import RECORD, PunishmentTerms, open_review, resolve_review
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.safety import ago
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def punished(actor: Actor, case: Case, days: int = 3, act: str = "illegal_stay", penalty: str = "fine") -> Punishment:
    terms = PunishmentTerms(
        act=act, penalty=penalty, by="court", happened_on=ago(days), words="Number 4 of Judge Perić."
    )
    return open_review(actor=actor, case=case, terms=terms)


def tasks(actor: Actor) -> list[Task]:
    return [task for task in today(actor) if task.kind == RECORD]


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


def test_ju_05_each_penalty_for_each_linked_act_opens_a_review_and_a_violation(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    penalties, acts = vocabulary("penalty_kind").codes(), vocabulary("linked_act").codes()
    for number, act in enumerate(acts):
        punished(case_manager, case, act=act, penalty=penalties[number % len(penalties)])
    assert Punishment.objects.filter(case=case, state="open").count() == len(acts)
    assert Incident.objects.filter(case=case, right="punished", state="open").count() == len(acts)
    kept = CaseLine.objects.filter(case=case, record=RECORD)
    assert {(one.what, one.about) for one in kept} == {(one.what, one.about) for one in lines(case)}


def test_ju_05_a_review_that_is_late_rings_for_worker_and_co_ordinator_until_it_is_resolved(
    case_manager: Actor, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    row = punished(case_manager, case)
    assert row.due_on >= ago(-5)
    assert tasks(co_ordinator) == []
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        for actor in (case_manager, co_ordinator):
            (task,) = tasks(actor)
            assert task.overdue(timezone.now())
            assert "a violation until it is resolved" in str(task.text)
        resolve_review(actor=case_manager, punishment=row, step="withdraw", on=timezone.localdate())
        assert tasks(case_manager) == tasks(co_ordinator) == []
        with pytest.raises(AlreadyDone):
            resolve_review(actor=case_manager, punishment=row, step="withdraw", on=timezone.localdate())


@pytest.mark.parametrize(
    ("step", "result"), [("withdraw", "put_right"), ("annul", "put_right"), ("not_linked", "answered")]
)
def test_ju_05_only_what_takes_it_away_ends_the_violation(case_manager: Actor, step: str, result: str) -> None:
    row = punished(case_manager, CaseFactory(actor=case_manager))
    for wrong, on in (("forget", ago(0)), (step, ago(4)), (step, ago(-1))):
        with pytest.raises(InvalidInput):
            resolve_review(actor=case_manager, punishment=row, step=wrong, on=on, words="Dropped.")
    if step == "not_linked":
        with pytest.raises(InvalidInput):
            resolve_review(actor=case_manager, punishment=row, step=step, on=ago(0))
    resolve_review(actor=case_manager, punishment=row, step=step, on=ago(0), words="Dropped.")
    assert Incident.objects.get(pk=row.incident_id).result == result


def test_ju_05_it_is_for_whoever_is_presumed_or_identified(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager, potential=True)
    with pytest.raises(InvalidInput):
        punished(case_manager, case)
    assert not Incident.objects.exists()


def test_ju_05_the_co_ordinator_reads_what_was_done_and_not_for_what(
    case_manager: Actor, co_ordinator: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    form = reverse("casework:punishment_new", args=[case.code])
    typed = {
        "once": str(uuid4()), "penalty": "fine", "act": "illegal_stay", "by": "court",
        "happened_on": ago(2).isoformat(), "words": "Number 4 of Judge Perić.",
    }  # fmt: skip
    assert client.post(form, typed).status_code == 302
    row = Punishment.objects.get(case=case)
    chapter, end = (
        reverse("casework:chapter", args=[case.code, "safety"]),
        reverse("casework:punishment_resolve", args=[case.code, row.pk]),
    )
    assert "For: Staying without permission." in words(client.get(chapter).content.decode())
    node = signed_in(co_ordinator).get(chapter).content.decode()
    assert "Fined (" in words(node)
    for hidden in ("Staying", "Perić", "/words/", end):
        assert hidden not in node
    assert signed_in(mechanism.shelter.actor(Role.CASE_MANAGER)).get(end).status_code == 404
    assert client.post(end, {"once": str(uuid4()), "step": "withdraw", "on": ago(0).isoformat()}).status_code == 302
    for actor in (co_ordinator, mechanism.shelter.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            punished(actor, case)


def test_ju_05_the_violation_is_not_settled_beside_the_review(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = punished(case_manager, case)
    incident = Incident.objects.get(pk=row.incident_id)
    incident.case = case
    for result in ("put_right", "answered"):
        with pytest.raises(InvalidInput) as refused:
            incident_follow_up(actor=case_manager, incident=incident, result=result, on=ago(0))
        assert set(refused.value.errors) == {"result"}
    assert (
        incident_follow_up(actor=case_manager, incident=incident, result="before_court", on=ago(0)).state == "waiting"
    )
    resolve_review(actor=case_manager, punishment=row, step="withdraw", on=ago(0))
    incident.refresh_from_db()
    assert incident.state == "settled"
