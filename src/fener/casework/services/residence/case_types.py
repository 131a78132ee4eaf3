"""Types of cases short of trafficking: screened first, told their rights, offered a referral (rule ID-28)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Assessment, Case, Referral, ServiceRecord
from fener.casework.models.case import InformationGiven
from fener.casework.models.residence.case_type import CaseType
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.gated import require_open
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone
from fener.trust.standing import node_level

RECORD = "residence.case_types"
SCREENED_FIRST = frozenset({"smuggled", "irregular"})  # nobody is filed as such before a screening


@transaction.atomic
def set_type(*, actor: Actor, case: Case, kind: str, on: date) -> CaseType:
    """From that day the case is worked on as this; gate ``file_as_irregular``. Rights were told before.

    Raises Refused, GateClosed, InvalidInput.
    """
    access.require_on_case(actor, "case_type.record", case)
    lock_case(case)
    last = CaseType.objects.filter(case=case).order_by("-turn").first()
    errors: Errors = {}
    check_code(errors, "kind", kind, "case_type")
    check_day(errors, "on", on, not_before=last.on if last else None)
    if not InformationGiven.objects.filter(case=case, told_on__lte=on).exists():
        errors["on"] = _("By that day the person had not been told their rights. Tell them first.")
    raise_any(errors)
    if kind in SCREENED_FIRST:
        require_open("file_as_irregular", {"screening_recorded": _screened(case, on)}, actor=actor, case=case)
    made = CaseType.objects.create(
        case=case, kind=kind, on=on, turn=last.turn + 1 if last else 1, recorded_by_id=access.user_id(actor)
    )
    return _finish(actor, made, "set")


@transaction.atomic
def record_offer(*, actor: Actor, row: CaseType, declined: bool, on: date) -> CaseType:
    """A referral or a service was offered, which a record of it shows; or the person wants none.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    case = row.case
    access.require_on_case(actor, "case_type.record", case)
    lock_case(case)
    current = CaseType.objects.get(pk=row.pk)
    current.case = case
    if current.offered_on is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.on)
    if not declined and not _offered(case, on):
        errors["on"] = _("No referral and no service of that day or before is recorded. Offer one first.")
    raise_any(errors)
    current.offered_on, current.declined = on, declined
    current.save(update_fields=["offered_on", "declined"])
    return _finish(actor, current, "offer")


@node_level(reason="whether somebody was screened or helped counts, whichever body did it")
def _offered(case: Case, on: date) -> bool:
    referred = Referral.objects.unscoped(reason="whether one was offered").filter(case=case, offered_at__date__lte=on)
    return referred.exists() or ServiceRecord.objects.filter(case=case, offered_on__lte=on).exists()


@node_level(reason="whether somebody was screened or helped counts, whichever body did it")
def _screened(case: Case, on: date) -> bool:
    return Assessment.objects.filter(case=case, by_person=False, assessed_on__lte=on).exists()


def _finish(actor: Actor, row: CaseType, step: str) -> CaseType:
    lines.refresh(row.case, RECORD)
    keep(actor, "case_type.record", row.case, row.pk, "case_type", step=step, what=row.kind, declined=row.declined)
    return row
