"""Operations are closed only when everybody met is accounted for and rights, yield and lessons are there (ID-29)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.justice.operation import Operation, OperationPerson
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.norms import gates
from fener.norms.gates import GateResult
from fener.norms.path.checklists import checklist, gaps
from fener.norms.vocab import vocabulary
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

RIGHTS, OUTCOMES, LESSONS = "operation_rights", "met_outcome", "operation_lesson"
FOUND = ("identified", "referred", "child_protection")
MOST = 100_000


@transaction.atomic
def begin(*, actor: Actor, kind: str, on: date) -> Operation:
    """An operation of the own body. Raises Refused, InvalidInput."""
    policy.require(actor, "operation.record", Relationship.SAME_ORGANISATION)
    errors: Errors = {}
    check_code(errors, "kind", kind, "operation_kind")
    check_day(errors, "on", on)
    raise_any(errors)
    made = Operation.objects.create(
        organisation_id=actor.keeper_id, kind=kind, on=on, recorded_by_id=access.user_id(actor)
    )
    _keep(actor, made, {"kind": kind, "on": on})
    return made


@transaction.atomic
def set_numbers(
    *, actor: Actor, operation: Operation, premises: int, checked: int, met: int, before: str, times_before: int | None
) -> Operation:
    """How much was checked, how many people were met, and whether it was the same premises again. Nought is a number.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    current = _changing(actor, operation)
    errors: Errors = {}
    for name, number in (("premises", premises), ("checked", checked), ("met", met)):
        if not 0 <= number <= MOST:
            errors[name] = _("Write a number from nought up.")
    if not errors and met > checked:
        errors["met"] = _("Nobody was met without being checked: correct one of the numbers.")
    if before not in Operation.Before.values:
        errors["before"] = CHOOSE
    elif (before == Operation.Before.YES) != bool(times_before):
        errors["times_before"] = _("Write how often, if they were checked before.")
    raise_any(errors)
    current.premises, current.checked, current.met = premises, checked, met
    current.before, current.times_before = before, times_before
    return _saved(actor, current, "numbers")


@transaction.atomic
def account_for(*, actor: Actor, operation: Operation, outcomes: Mapping[str, int]) -> Operation:
    """What became of those who have no case, as counts by outcome. Raises Refused, InvalidInput, AlreadyDone."""
    current = _changing(actor, operation)
    listed = vocabulary(OUTCOMES)
    errors: Errors = {
        f"outcome_{code}": _("Write a number from nought up.")
        for code, number in outcomes.items()
        if code not in listed or not 0 <= number <= MOST
    }
    raise_any(errors)
    current.outcomes = {code: number for code, number in outcomes.items() if number}
    return _saved(actor, current, "outcomes")


@transaction.atomic
def add_case(*, actor: Actor, operation: Operation, case: Case, outcome: str) -> OperationPerson:
    """Somebody who was met has a case that the actor works on; again: the outcome changes.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    access.require_on_case(actor, "operation.meet", case)
    current = _changing(actor, operation)
    errors: Errors = {}
    check_code(errors, "outcome", outcome, OUTCOMES)
    raise_any(errors)
    made, _new = OperationPerson.objects.update_or_create(
        operation=current, case=case, defaults={"outcome": outcome, "recorded_by_id": access.user_id(actor)}
    )
    keep(actor, "operation.meet", case, made.pk, "operation", outcome=outcome)
    return made


@transaction.atomic
def answer_rights(*, actor: Actor, operation: Operation, answers: Mapping[str, str]) -> Operation:
    """The checklist of rights, line by line. Raises Refused, InvalidInput, AlreadyDone."""
    current = _changing(actor, operation)
    known = checklist(RIGHTS)
    states, lines = vocabulary(known.states), {item.code for item in known.items}
    errors: Errors = {code: CHOOSE for code, said in answers.items() if code not in lines or said not in states}
    raise_any(errors)
    current.rights = {**current.rights, **answers}
    return _saved(actor, current, "rights")


@transaction.atomic
def evaluate(*, actor: Actor, operation: Operation, lessons: Collection[str]) -> Operation:
    """What the evaluation found. Raises Refused, InvalidInput, AlreadyDone."""
    current = _changing(actor, operation)
    errors: Errors = {}
    if not lessons or any(code not in vocabulary(LESSONS) for code in lessons):
        errors["lessons"] = CHOOSE
    raise_any(errors)
    current.lessons = sorted(set(lessons))
    return _saved(actor, current, "evaluation")


@transaction.atomic
def close(*, actor: Actor, operation: Operation, on: date) -> Operation:
    """Close the record; gate ``close_operation``. Raises Refused, GateClosed, InvalidInput, AlreadyDone."""
    current = _changing(actor, operation)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.on)
    raise_any(errors)
    result = check(current)
    if not result.open:
        raise GateClosed(result)
    current.closed_on = on
    return _saved(actor, current, "close")


def check(operation: Operation) -> GateResult:
    """What the gate says of it as it stands. Two queries at most."""
    return gates.check(
        "close_operation",
        {
            "everybody_accounted_for": missing_people(operation) == 0 and not _open(operation),
            "rights_checklist_filled": gaps(RIGHTS, operation.rights).filled,
            "yield_recorded": None not in (operation.premises, operation.checked, operation.met),
            "repeat_premises_recorded": operation.before in Operation.Before.values,
            "evaluation_recorded": bool(operation.lessons),
        },
    )


def missing_people(operation: Operation) -> int | None:
    """How many of those met have no outcome (below nought: too many have one); None while nobody counted them."""
    return None if operation.met is None else operation.met - sum(tally(operation).values())


@node_level(reason="how many there were counts, whoever may read the case")
def tally(operation: Operation) -> dict[str, int]:
    """People by outcome, those with a case included. One query."""
    found = {code: int(number) for code, number in operation.outcomes.items()}
    rows = OperationPerson.objects.filter(operation=operation).order_by().values("outcome").annotate(count=Count("pk"))
    for row in rows:
        found[row["outcome"]] = found.get(row["outcome"], 0) + row["count"]
    return found


def _open(operation: Operation) -> bool:
    return any(vocabulary(OUTCOMES).group(code) != "accounted" for code in tally(operation))


def _changing(actor: Actor, operation: Operation) -> Operation:
    policy.require(actor, "operation.record", Relationship.SAME_ORGANISATION)
    if operation.organisation_id != actor.keeper_id:
        raise Refused(act="operation.record")
    current = Operation.objects.select_for_update().get(pk=operation.pk)
    if current.closed_on is not None:
        raise AlreadyDone(str(current.pk), _("This record is closed."))
    return current


def _saved(actor: Actor, operation: Operation, step: str) -> Operation:
    operation.save()
    _keep(actor, operation, {"step": step})
    return operation


def _keep(actor: Actor, operation: Operation, detail: dict[str, Any]) -> None:
    keeper: UUID = operation.organisation_id
    audit.record(
        actor=actor, act="operation.record", chain=("keeper", keeper), subject_type="operation",
        subject_id=operation.pk, detail=detail,
    )  # fmt: skip
