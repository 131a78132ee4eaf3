"""The duty matrix: entries by the co-ordinator, each with its law or agreement (rules BO-01, BO-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Agreement, Duty, Organisation
from fener.network.models.common import holding
from fener.network.services.bodies import check
from fener.network.services.common import check_period, end_row, keep_on_node
from fener.norms.duties import duties as pack
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput


@transaction.atomic
def record_duty(
    *,
    actor: Actor,
    stage: str,
    organisation: Organisation,
    role: str,
    what: str,
    since: date,
    until: date | None = None,
    legal_basis: str = "",
    agreement: Agreement | None = None,
    trigger: str = "",
    act: str = "",
    towards: Organisation | None = None,
    within_hours: int | None = None,
) -> Duty:
    """Say which body has which duty at a stage. A second accountable body is recorded, and told as a finding.

    With ``trigger``, ``act`` and ``within_hours`` it is a timed duty that is looked for in cases. Raises Refused,
    InvalidInput.
    """
    access.require(actor, "network.duty.record")
    duty = Duty(
        stage=stage, organisation=organisation, role=role, what=what.strip(), since=since, until=until,
        legal_basis=legal_basis.strip(), agreement=agreement, trigger=trigger, act=act, towards=towards,
        within_hours=within_hours,
    )  # fmt: skip
    check_period(since, until)
    _check(duty)
    check(duty)
    duty.save()
    detail = {"duty": duty.pk, "stage": stage, "role": role, "body": organisation.pk, "agreement": duty.agreement_id}
    keep_on_node(actor, "network.duty.record", "duty", detail)
    return duty


@transaction.atomic
def end_duty(*, actor: Actor, duty: Duty, until: date) -> Duty:
    """Its last day. What was a duty until then stays readable. Raises Refused, InvalidInput."""
    return end_row(actor=actor, act="network.duty.end", row=duty, until=until)


@transaction.atomic
def confirm_duty(*, actor: Actor, duty: Duty) -> Duty:
    """The successor of a body that ended takes on a duty that was carried over. Raises Refused, AlreadyDone."""
    access.require(actor, "network.duty.confirm", duty.organisation_id)
    current = Duty.objects.select_for_update().get(pk=duty.pk)
    if not current.awaits_confirmation:
        raise AlreadyDone
    current.awaits_confirmation = False
    current.save(update_fields=["awaits_confirmation"])
    keep_on_node(actor, "network.duty.confirm", "duty", {"duty": current.pk, "body": current.organisation_id})
    return current


def _check(duty: Duty) -> None:
    known, errors = pack(), {}
    if duty.stage not in {stage.code for stage in known.stages}:
        errors["stage"] = _("Choose a stage from the list.")
    if not duty.what:
        errors["what"] = _("Say in a sentence what the body does at this stage.")
    if duty.agreement is not None and not duty.agreement.parties.filter(organisation=duty.organisation).exists():
        errors["agreement"] = _("This body is no party of that agreement. Choose one that binds it.")
    if duty.agreement is not None and duty.agreement.status == Agreement.Status.ENDED:
        errors["agreement"] = _("That agreement has ended. Choose one that binds now or will.")
    errors |= _timed(duty)
    if errors:
        raise InvalidInput(errors)
    same = Duty.objects.filter(holding(duty.since), stage=duty.stage, organisation=duty.organisation, role=duty.role)
    if same.filter(what=duty.what).exists():
        raise InvalidInput({"what": _("This body already has this duty at this stage.")})


def _timed(duty: Duty) -> dict[str, Any]:
    """A timed duty says what sets it off, what is to be done, to whom, and within how many hours: all or nothing."""
    known = pack()
    parts = (duty.trigger, duty.act, duty.within_hours)
    if not any(parts):
        return {"towards": _("Say what sets it off and how soon, or leave this empty.")} if duty.towards else {}
    errors: dict[str, Any] = {}
    if duty.trigger not in known.triggers:
        errors["trigger"] = _("Choose what sets this duty off.")
    if duty.act not in known.acts:
        errors["act"] = _("Choose what has to be done.")
    if not duty.within_hours:
        errors["within_hours"] = _("Say within how many hours.")
    if duty.act in known.acts and known.acts[duty.act].towards != (duty.towards is not None):
        errors["towards"] = (
            _("Choose the body that has to be called.")
            if known.acts[duty.act].towards
            else _("Leave this empty: this act is towards nobody.")
        )
    if duty.towards is not None and duty.towards == duty.organisation:
        errors["towards"] = _("A body does not call itself. Choose another.")
    return errors
