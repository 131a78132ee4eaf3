"""A body ends; another may take over. What protects goes on at once, what obliges waits for a yes, keys never move.

A person consented to a body and to no other: nothing that the ended body could open becomes readable to its successor.
Offers and consents are counted and shown, and are asked for anew.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Agreement, AgreementParty, Desk, Duty, Organisation, SharingRule, Succession
from fener.network.models.common import holding
from fener.network.services.bodies import check, keep
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput


@transaction.atomic
def end_organisation(
    *, actor: Actor, organisation: Organisation, last_day: date, legal_basis: str, successor: Organisation | None = None
) -> Succession:
    """End a body on ``last_day``. Its desks close and point to the successor's; duties and agreements are carried.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    access.require(actor, "network.succession.record", organisation.pk)
    current = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Succession.objects.filter(organisation=current).exists():
        raise AlreadyDone
    _check(current, successor, last_day)
    made = Succession(organisation=current, successor=successor, last_day=last_day, legal_basis=legal_basis.strip())
    check(made)
    made.save()
    current.active_until = last_day
    current.save(update_fields=["active_until"])
    counts = {
        "desks": _redirect_desks(current, successor),
        "mandates": _end_mandates(current, last_day),
        "duties": _carry_duties(current, successor, last_day),
        "agreements": _carry_agreements(current, successor, last_day),
    }
    detail = {"successor": successor.pk if successor else None, "last_day": last_day.isoformat(), **counts}
    keep(actor, "network.succession.record", current.pk, detail)
    return made


def _check(ended: Organisation, successor: Organisation | None, last_day: date) -> None:
    if successor is None:
        return
    if successor.pk == ended.pk:
        raise InvalidInput({"successor": _("A body does not succeed itself. Choose another, or none.")})
    if not successor.active_on(last_day + timedelta(days=1)):
        raise InvalidInput({"successor": _("That body is not active on the day after. Choose another, or none.")})


def _redirect_desks(ended: Organisation, successor: Organisation | None) -> int:
    """Closed desks name the one that now receives the same; what waits at them stays and is listed."""
    following = list(Desk.objects.filter(organisation=successor, open=True)) if successor else []
    desks = list(Desk.objects.select_for_update().filter(organisation=ended, open=True))
    for desk in desks:
        desk.open = False
        desk.redirects_to = next((one for one in following if set(one.receives) & set(desk.receives)), None)
        desk.save(update_fields=["open", "redirects_to"])
    return len(desks)


def _end_mandates(ended: Organisation, last_day: date) -> int:
    """A mandate is given by law to a body; the successor's is recorded from its own law, never inherited here."""
    return ended.mandates.filter(holding(last_day), since__lte=last_day).update(until=last_day)


def _carry_duties(ended: Organisation, successor: Organisation | None, last_day: date) -> int:
    """Duties end with the body; the successor's await its confirmation, and until then leave a gap that is told."""
    held = list(Duty.objects.select_for_update().filter(holding(last_day), organisation=ended))
    for duty in held:
        before, duty.until = duty.until, last_day
        duty.save(update_fields=["until"])
        if successor is None or before == last_day:
            continue
        Duty.objects.create(
            stage=duty.stage, organisation=successor, role=duty.role, what=duty.what, legal_basis=duty.legal_basis,
            agreement=duty.agreement, trigger=duty.trigger, act=duty.act, within_hours=duty.within_hours,
            towards=duty.towards if duty.towards_id != successor.pk else None, since=last_day + timedelta(days=1),
            until=before, carried_from=duty, awaits_confirmation=True,
        )  # fmt: skip
    if successor is not None:
        Duty.objects.filter(holding(last_day), towards=ended).exclude(organisation=successor).update(towards=successor)
    return len(held)


def _carry_agreements(ended: Organisation, successor: Organisation | None, last_day: date) -> int:
    """The successor becomes a party that has not confirmed; limits on data hold for it at once, since they protect."""
    living = (Agreement.Status.DRAFT, Agreement.Status.SIGNED, Agreement.Status.IN_FORCE)
    parties = AgreementParty.objects.select_for_update().filter(
        organisation=ended, left_on=None, agreement__status__in=living
    )
    carried = list(parties.select_related("agreement"))
    for party in carried:
        party.left_on = last_day
        party.save(update_fields=["left_on"])
        if successor is None:
            continue
        AgreementParty.objects.get_or_create(
            agreement=party.agreement, organisation=successor, defaults={"succeeds": party}
        )
        _carry_rules(party.agreement, ended, successor)
    return len(carried)


def _carry_rules(agreement: Agreement, ended: Organisation, successor: Organisation) -> None:
    for rule in agreement.sharing_rules.all():
        giver = successor.pk if rule.giver_id == ended.pk else rule.giver_id
        receiver = successor.pk if rule.receiver_id == ended.pk else rule.receiver_id
        if giver == receiver or (giver, receiver) == (rule.giver_id, rule.receiver_id):
            continue
        SharingRule.objects.create(
            agreement=agreement, giver_id=giver, receiver_id=receiver, compartments=rule.compartments,
            purpose=rule.purpose, until=rule.until, onward=rule.onward, carried_from=rule,
        )  # fmt: skip
