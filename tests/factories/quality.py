"""Supervision, time and covers as the services make them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.models.quality.work import Supervision
from fener.casework.services.quality.covers import Begun, begin_cover
from fener.casework.services.quality.supervision import record_supervision
from fener.trust.actor import Actor
from fener.trust.models import User
from tests.factories.returns import days_ago


def person(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def supervised(boss: Actor, worker: Actor, ago: int = 3, **changes: Any) -> Supervision:
    terms: dict[str, Any] = {"on": days_ago(ago), "kind": "individual", "minutes": 60, **changes}
    return record_supervision(actor=boss, worker=person(worker), **terms)


def covered(actor: Actor, worker: Actor, cover: Actor, days: int = 10) -> Begun:
    until = timezone.localdate() + timedelta(days=days)
    return begin_cover(actor=actor, worker=person(worker), cover=person(cover), until=until)
