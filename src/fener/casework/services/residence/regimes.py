"""Residence regimes of a case: begun, ended, the path changed, conditions answered (rules RP-04 to RP-10)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.residence.regime import PathChange, RegimeFact, RegimeStay
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, check_day, keep, raise_any
from fener.norms.packs import load_packs
from fener.norms.regimes import regime_codes
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput

if TYPE_CHECKING:
    from fener.trust.errors import Text

RECORD = "residence.regimes"


@transaction.atomic
def begin_regime(*, actor: Actor, case: Case, code: str, starts_on: date) -> RegimeStay:
    """A regime applies since a day. Several may. Raises Refused, InvalidInput, AlreadyDone (the same one is open)."""
    access.require_on_case(actor, "regime.record", case)
    errors: dict[str, Text] = {}
    if code not in regime_codes():
        errors["code"] = CHOOSE
    check_day(errors, "starts_on", starts_on)
    raise_any(errors)
    same = RegimeStay.objects.filter(case=case, code=code, ended_on__isnull=True).first()
    if same is not None:
        raise AlreadyDone(str(same.pk))
    stay = RegimeStay.objects.create(
        case=case, code=code, starts_on=starts_on, recorded_by_id=access.user_id(actor)
    )  # fmt: skip
    lines.refresh(case, RECORD)
    keep(actor, "regime.record", case, stay.pk, "regime", code=code, starts=starts_on)
    return stay


@transaction.atomic
def end_regime(*, actor: Actor, stay: RegimeStay, on: date, reason: str) -> RegimeStay:
    """It applies no longer. Help, the recovery period and every other record stay. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "regime.end", stay.case)
    current = _open(stay)
    errors: dict[str, Text] = {}
    if reason not in RegimeStay.End.values:
        errors["reason"] = CHOOSE
    check_day(errors, "on", on, not_before=current.starts_on)
    raise_any(errors)
    current.ended_on, current.end_reason = on, reason
    current.save(update_fields=["ended_on", "end_reason"])
    lines.refresh(stay.case, RECORD)
    keep(actor, "regime.end", stay.case, current.pk, "regime", reason=reason)
    return current


@transaction.atomic
def change_path(*, actor: Actor, stay: RegimeStay, on: date) -> PathChange:
    """The person changes to the other path: no date moves, no right is lost (RP-06). Raises Refused, InvalidInput."""
    access.require_on_case(actor, "regime.change_path", stay.case)
    current = _open(stay)
    if not may_change_path(current.code):
        raise InvalidInput({"": _("This regime has one path.")})
    last = current.path_changes.order_by("-on").values_list("on", flat=True).first()
    errors: dict[str, Text] = {}
    check_day(errors, "on", on, not_before=current.starts_on)
    if last is not None and on <= last:
        errors["on"] = _("Choose a day after the change before it.")
    raise_any(errors)
    change = PathChange.objects.create(stay=current, on=on, recorded_by_id=access.user_id(actor))
    lines.refresh(stay.case, RECORD)
    keep(actor, "regime.change_path", stay.case, current.pk, "regime", on=on)
    return change


@transaction.atomic
def record_fact(*, actor: Actor, case: Case, fact: str, answer: str, on: date, says: str) -> RegimeFact:
    """What is known of a condition since a day, and who says so. It reads nothing into anything else (rule NC-01).

    Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "regime.answer", case)
    errors: dict[str, Text] = {}
    for field, value, known in (
        ("fact", fact, RegimeFact.Fact.values),
        ("answer", answer, RegimeFact.Answer.values),
        ("says", says, RegimeFact.Says.values),
    ):
        if value not in known:
            errors[field] = CHOOSE
    check_day(errors, "on", on)
    raise_any(errors)
    row = RegimeFact.objects.create(
        case=case, fact=fact, answer=answer, on=on, says=says, recorded_by_id=access.user_id(actor)
    )  # fmt: skip
    lines.refresh(case, RECORD)
    keep(actor, "regime.answer", case, row.pk, "regime_fact", fact=fact)  # the answer is not for the audit
    return row


def may_change_path(code: str) -> bool:
    """Whether a regime has another path."""
    pack = load_packs().of_kind("regime").get(code)
    return pack is not None and bool(pack.data.get("path_may_change_to"))


def _open(stay: RegimeStay) -> RegimeStay:
    current = RegimeStay.objects.get(pk=stay.pk)
    if current.ended_on is not None:
        raise AlreadyDone(str(current.pk))
    return current
