"""Care and tests as the services make them, step by step."""

from __future__ import annotations

from typing import Any

from fener.casework.domain.health import test_states as s
from fener.casework.models import Case
from fener.casework.models.health.care import HealthTest
from fener.casework.services import cases
from fener.casework.services.health import care
from fener.trust.actor import Actor
from fener.trust.models import User
from fener.trust.roles import Role
from tests.factories.network import Body
from tests.factories.returns import days_ago


def health_worker(manager: Actor, body: Body, case: Case) -> Actor:
    """A health worker of the body that keeps the case, to whom the person was brought."""
    actor = body.actor(Role.HEALTH_WORKER)
    cases.assign(actor=manager, case=case, user=User.objects.get(pk=actor.user_id))
    return actor


def offered(actor: Actor, case: Case, *, ago: int = 30) -> HealthTest:
    return care.offer_test(actor=actor, case=case, stage="stay", what="A blood test.", on=days_ago(ago))


def stepped(actor: Actor, test: HealthTest, *steps: str, ago: int) -> HealthTest:
    """These steps, all on one day."""
    for step in steps:
        terms: dict[str, Any] = {"words": "In words." if step in (s.RESULT, s.CONTINUE) else ""}
        terms |= {"counselling": "given"} if step == s.DELIVER else {}
        test = care.step_test(actor=actor, test=test, step=step, on=days_ago(ago), **terms)
    return test


def taken(actor: Actor, case: Case, *, ago: int = 25) -> HealthTest:
    return stepped(actor, offered(actor, case), s.COUNSEL, s.TAKE, ago=ago)


def delivered(actor: Actor, case: Case, *, ago: int = 20) -> HealthTest:
    return stepped(actor, taken(actor, case), s.RESULT, s.DELIVER, ago=ago)
