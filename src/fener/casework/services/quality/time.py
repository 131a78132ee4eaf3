"""Where a worker's time goes, by kind and week: typed once, by the worker (rule QM-01)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.quality.work import WorkTime
from fener.casework.services.children.common import CHOOSE, Errors, raise_any
from fener.casework.services.quality.supervision import keep_of_body
from fener.norms.vocab import vocabulary
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship

LIST = "working_time"
WEEK = 7 * 24 * 60  # minutes


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@transaction.atomic
def record_week(*, actor: Actor, week: date, minutes: Mapping[str, int]) -> None:
    """The own time of one week by kind; written again it replaces what stood. Raises Refused, InvalidInput."""
    policy.require(actor, "own_work.record", Relationship.OWN)
    if actor.keeper_id is None:
        raise Refused(act="own_work.record")
    errors: Errors = {}
    if monday(week) > timezone.localdate():
        errors["week"] = _("This week has not come yet.")
    for kind, amount in minutes.items():
        if kind not in vocabulary(LIST):
            errors[""] = CHOOSE
        elif not 0 <= amount <= WEEK:
            errors[kind] = _("A week has no more hours.")
    if sum(minutes.values()) > WEEK:
        errors[""] = _("A week has no more hours.")
    raise_any(errors)
    who, begins = access.user_id(actor), monday(week)
    for kind, amount in sorted(minutes.items()):
        WorkTime.objects.update_or_create(
            organisation_id=actor.keeper_id, worker_id=who, week=begins, kind=kind, defaults={"minutes": amount}
        )
    keep_of_body(actor, "own_work.record", who, {"week": begins, "kinds": len(minutes)})
