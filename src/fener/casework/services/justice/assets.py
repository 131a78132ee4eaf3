"""The ledger of confiscated assets: seized, confiscated, realised, and what reached a fund for victims (rule CP-04)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.justice.asset import AssetStep, SeizedAsset
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, raise_any
from fener.casework.services.justice.compensation import check_sum
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship

S = AssetStep.Step
# After which step each may come, and which ends it. A fund can be paid several times.
AFTER: dict[str, tuple[str, ...]] = {
    S.CONFISCATED: (),
    S.RETURNED: (),
    S.REALISED: (S.CONFISCATED,),
    S.FUND: (S.REALISED,),
}
NOT_WITH: dict[str, tuple[str, ...]] = {
    S.CONFISCATED: (S.RETURNED, S.CONFISCATED),
    S.RETURNED: (S.CONFISCATED, S.RETURNED),
    S.REALISED: (S.REALISED,),
    S.FUND: (),
}
WITH_SUM = frozenset({S.REALISED, S.FUND})


@transaction.atomic
def seize(*, actor: Actor, kind: str, currency: str, seized_on: date, value: Decimal | None = None) -> SeizedAsset:
    """Enter what was seized, in the ledger of the own body. Raises Refused, InvalidInput."""
    policy.require(actor, "asset.record", Relationship.SAME_ORGANISATION)
    errors: Errors = {}
    if kind not in SeizedAsset.Kind.values:
        errors["kind"] = CHOOSE
    check_code(errors, "currency", currency, "currency")
    check_day(errors, "seized_on", seized_on)
    if value is not None:
        check_sum(errors, "value", value)
    raise_any(errors)
    asset = SeizedAsset.objects.create(
        organisation_id=actor.keeper_id,
        kind=kind,
        currency=currency,
        value=value,
        seized_on=seized_on,
        recorded_by_id=access.user_id(actor),
    )
    _keep(actor, "asset.record", asset, {"kind": kind, "on": seized_on})
    return asset


@transaction.atomic
def record_step(*, actor: Actor, asset: SeizedAsset, step: str, on: date, amount: Decimal | None = None) -> AssetStep:
    """What became of an asset of the own body; no more reaches a fund than was realised. Raises InvalidInput."""
    if asset.organisation_id != actor.keeper_id:
        raise Refused(act="asset.advance")
    policy.require(actor, "asset.advance", Relationship.SAME_ORGANISATION)
    current = SeizedAsset.objects.select_for_update().get(pk=asset.pk)  # two people write one after the other
    done = list(current.steps.all())
    errors: Errors = {}
    if step not in possible(done):
        raise_any({"step": _("This does not follow from where it stands.")})
    check_day(errors, "on", on, not_before=max((one.on for one in done), default=current.seized_on))
    if step in WITH_SUM:
        _check_amount(errors, done, step, amount)
    elif amount is not None:
        errors["amount"] = _("There is a sum only when money moved.")
    raise_any(errors)
    made = AssetStep.objects.create(
        asset=current, step=step, on=on, amount=amount, recorded_by_id=access.user_id(actor)
    )
    _keep(actor, "asset.advance", current, {"step": step, "on": on})
    return made


def possible(done: Iterable[AssetStep]) -> list[str]:
    """What can come next."""
    steps = list(done)
    have = {one.step for one in steps}
    found = [step for step in S.values if set(AFTER[step]) <= have and not set(NOT_WITH[step]) & have]
    return [step for step in found if step != S.FUND or left(steps) > 0]


def total(steps: Iterable[AssetStep], step: str) -> Decimal:
    """The sum of one kind of step, in the currency of the asset."""
    return sum((one.amount or Decimal(0) for one in steps if one.step == step), Decimal("0.00"))


def left(steps: Iterable[AssetStep]) -> Decimal:
    """What was realised and has not reached a fund."""
    given = list(steps)
    return total(given, S.REALISED) - total(given, S.FUND)


def _check_amount(errors: Errors, done: list[AssetStep], step: str, amount: Decimal | None) -> None:
    if amount is None:
        errors["amount"] = _("Write the sum.")
        return
    check_sum(errors, "amount", amount)
    if "amount" not in errors and step == S.FUND and amount > left(done):
        errors["amount"] = _("This is more than what was realised and is left.")


def _keep(actor: Actor, act: str, asset: SeizedAsset, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", asset.organisation_id),
        subject_type="seized_asset",
        subject_id=asset.pk,
        detail=detail,
    )
