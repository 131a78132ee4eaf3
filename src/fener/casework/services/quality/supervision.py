"""Supervision at set intervals, and an organisation's own limits of work (rules QM-01, QM-02)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.quality.work import Supervision, WorkLimits
from fener.casework.selectors.colleagues import colleagues
from fener.casework.services.children.common import Errors, check_code, check_day, raise_any
from fener.norms.clocks import due
from fener.norms.path.work import Limit, limits
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, Refused
from fener.trust.models import User
from fener.trust.policy import Relationship

CLOCK = "supervision"
LONGEST = 24 * 60
HUNDRED, YEAR = 100, 366


@transaction.atomic
def record_supervision(*, actor: Actor, worker: User, on: date, kind: str, minutes: int) -> Supervision:
    """A worker of the own body had supervision. Nothing about any case. Raises Refused, InvalidInput, AlreadyDone."""
    require_body(actor, "supervision.record")
    if not colleagues(actor, timezone.localdate()).filter(pk=worker.pk).exists():
        raise Refused(act="supervision.record")
    errors: Errors = {}
    check_code(errors, "kind", kind, "supervision_kind")
    check_day(errors, "on", on)
    if not 0 < minutes <= LONGEST:
        errors["minutes"] = _("Write the minutes, from 1 to 1440.")
    raise_any(errors)
    try:
        with transaction.atomic():
            made = Supervision.objects.create(
                organisation_id=actor.keeper_id,
                worker=worker,
                on=on,
                kind=kind,
                minutes=minutes,
                recorded_by_id=access.user_id(actor),
            )
    except IntegrityError:
        raise AlreadyDone(str(worker.pk), _("This supervision is recorded already.")) from None
    keep_of_body(actor, "supervision.record", made.pk, {"worker": worker.pk, "on": on, "kind": kind})
    return made


@transaction.atomic
def set_limits(
    *, actor: Actor, caseload: int | None, administration: int | None, supervision_days: int | None
) -> WorkLimits:
    """The organisation's own limits; None: the pack's. Raises Refused, InvalidInput."""
    require_body(actor, "work_limit.set")
    said = {"caseload": caseload, "administration": administration, "supervision_days": supervision_days}
    errors: Errors = {
        name: _("Enter a number above nought.") for name, value in said.items() if value is not None and value <= 0
    }
    if administration is not None and administration > HUNDRED:
        errors["administration"] = _("A share is at most a hundred percent.")
    if supervision_days is not None and supervision_days > YEAR:
        errors["supervision_days"] = _("Nobody goes without supervision for more than a year.")
    raise_any(errors)
    row, _new = WorkLimits.objects.update_or_create(organisation_id=actor.keeper_id, defaults=said)
    keep_of_body(actor, "work_limit.set", row.pk, said)
    return row


def limits_of(row: WorkLimits | None) -> dict[str, Limit]:
    """The limits of an organisation: its own, where it set one, or the pack's."""
    own = {name: getattr(row, name) for name in ("caseload", "administration")} if row else {}
    return limits({name: value for name, value in own.items() if value is not None})


def due_after(last: date, row: WorkLimits | None) -> date:
    """The day by which the next supervision is due, by the organisation's interval or the pack's."""
    if row is not None and row.supervision_days is not None:
        return last + timedelta(days=row.supervision_days)
    end = due(CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=last).end
    if end is None:
        raise LookupError(CLOCK)
    return timezone.localdate(end) if isinstance(end, datetime) else end


def require_body(actor: Actor, act: str) -> None:
    """Of the own body alone. Raises Refused."""
    if actor.keeper_id is None:
        raise Refused(act=act)
    policy.require(actor, act, Relationship.SAME_ORGANISATION)


def keep_of_body(actor: Actor, act: str, row: UUID, detail: dict[str, Any]) -> None:
    """The entry of the audit on the work of a body: ids of workers, days, codes, counts; never a case."""
    if actor.keeper_id is None:
        raise Refused(act=act)
    audit.record(
        actor=actor, act=act, chain=("keeper", actor.keeper_id), subject_type="work", subject_id=row, detail=detail
    )  # fmt: skip
