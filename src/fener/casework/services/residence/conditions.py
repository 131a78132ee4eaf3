"""Conditions on permits and services: recorded with their source, refused, lifted; no care ends by any (rule NC-03)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.residence.condition import ImposedCondition
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, carry_out_on, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.notes import seal_words
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

RECORD = "residence.conditions"


@dataclass(frozen=True, kw_only=True)
class Imposed:
    """A condition as it was put."""

    what: str
    kind: str
    by: str
    stands: str
    source: str
    since: date


@transaction.atomic
def record_condition(*, actor: Actor, case: Case, imposed: Imposed) -> ImposedCondition:
    """A condition with its source. Nothing else of the case changes. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "condition.record", case)
    errors = Errors()
    for field, value, known in (
        ("what", imposed.what, ImposedCondition.What.values),
        ("by", imposed.by, ImposedCondition.By.values),
        ("stands", imposed.stands, ImposedCondition.Stands.values),
    ):
        if value not in known:
            errors[field] = CHOOSE
    check_code(errors, "kind", imposed.kind, "condition_kind")
    check_day(errors, "since", imposed.since)
    if not imposed.source.strip():
        errors["source"] = _("Name the law, the paper or who said it.")
    raise_any(errors)
    row = ImposedCondition(
        id=uuid.uuid4(), case=case, what=imposed.what, kind=imposed.kind, by=imposed.by, stands=imposed.stands,
        since=imposed.since, recorded_by_id=access.user_id(actor),
    )  # fmt: skip
    sealed = seal_words(
        actor=actor, case=case, slot=f"condition:{row.pk}", words=imposed.source,
        also_for=[actor.keeper_id], compartment=Compartment.LEGAL,
    )  # fmt: skip
    row.source = sealed  # type: ignore[assignment]  # there are words: it was checked
    row.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "condition.record", case, row.pk, "condition", kind=row.kind, by=row.by)
    return row


@transaction.atomic
def refuse_condition(*, actor: Actor, condition: ImposedCondition, on: date) -> ImposedCondition:
    """The person refuses it. Care, services and periods go on. Raises Refused, InvalidInput, AlreadyDone."""
    return _on(actor, condition, "condition.refuse", "refused_on", on)


@transaction.atomic
def lift_condition(*, actor: Actor, condition: ImposedCondition, on: date) -> ImposedCondition:
    """Nobody puts it any longer. Raises Refused, InvalidInput, AlreadyDone."""
    return _on(actor, condition, "condition.lift", "lifted_on", on)


def _on(actor: Actor, condition: ImposedCondition, act: str, field: str, on: date) -> ImposedCondition:
    access.require_on_case(actor, act, condition.case)
    lock_case(condition.case)
    current = ImposedCondition.objects.get(pk=condition.pk)
    carry_out_on(current, field, on, not_before=current.since)
    lines.refresh(condition.case, RECORD)
    keep(actor, act, condition.case, current.pk, "condition", on=on)
    return current
