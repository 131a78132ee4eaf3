"""A second entry after a removal is noticed under a pseudonym, across bodies, and nobody learns whose it was (RT-10).

Only who was removed has a pseudonym. What a match leaves: on the case of the second entry that there is something to
talk about, on the other nothing that anybody reads; the days between serve a figure. A case is looked up once, and the
audit keeps it: whoever types one name after the other would ask each time whether that person was removed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from fener.casework import access
from fener.casework.models import Case, ShutOut, hiding
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.second_entry import RemovalPseudonym, SecondEntry
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, carry_out_on, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.norms.path.justice import back_again_flag
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.pseudonyms import pseudonym
from fener.trust.standing import node_level

RECORD, PURPOSE, LOOK = "returns.second_entry", "second_entry", "second_entry.look"
CALLED = ("first_name", "second_name")


def token_of(identity: Mapping[str, Any]) -> bytes | None:
    """The pseudonym of what an identity document says. None without first name, family name and day of birth."""
    called, born = [str(identity.get(code) or "") for code in CALLED], identity.get("birth_date")
    if not all(called) or not born:
        return None
    day = born if isinstance(born, date) else date.fromisoformat(str(born))
    return pseudonym(PURPOSE, called=called, birth_date=day)


def identity_sealed(*, actor: Actor, case: Case, identity: Mapping[str, Any]) -> None:
    """Who somebody is was written: look for an earlier removal, once for each case, and keep the pseudonym of one that
    this case records. What an identity that was corrected since had brought up does not stay.

    Inside the transaction of that act. A protected case takes no part.
    """
    if case.protected:
        return
    token = token_of(identity)
    _drop_mistaken(actor, case, token)
    if token is None:
        return
    _look(actor, case, token)
    for removal in Journey.objects.filter(case=case, removal=True, departed_on__isnull=False):
        _keep_token(case, removal, token)


def removal_took_place(*, case: Case, removal: Journey, identity: Mapping[str, Any]) -> None:
    """Keep the pseudonym of somebody who was removed; without name and day of birth there is none."""
    token = None if case.protected else token_of(identity)
    if token is not None:
        _keep_token(case, removal, token)


@transaction.atomic
def came_back(*, actor: Actor, removal: Journey, on: date) -> SecondEntry:
    """The person of this same case is here again after a removal. The same day twice is one.

    Raises Refused, InvalidInput.
    """
    case = removal.case
    access.require_on_case(actor, "second_entry.record", case)
    if not removal.removal or removal.departed_on is None:
        raise Refused(act="second_entry.record")
    lock_case(case)
    errors: Errors = {}
    check_day(errors, "on", on, not_before=removal.departed_on)
    raise_any(errors)
    RemovalPseudonym.objects.filter(removal=removal, back_on__isnull=True).update(back_on=on)
    return _once(actor, SecondEntry(case=case, removal=removal, removed_on=removal.departed_on, entered_on=on))


@transaction.atomic
def answer(*, actor: Actor, entry: SecondEntry, on: date) -> SecondEntry:
    """Whoever carries the case talked with the person about it: dangers, help, another screening.

    Raises Refused, InvalidInput, AlreadyDone.
    """
    access.require_on_case(actor, "second_entry.record", entry.case)
    lock_case(entry.case)
    current = SecondEntry.objects.get(pk=entry.pk)
    carry_out_on(current, "answered_on", on, not_before=current.entered_on)
    lines.refresh(entry.case, RECORD)
    keep(actor, "second_entry.record", entry.case, current.pk, "second_entry", step="answered", on=on)
    return current


def _keep_token(case: Case, removal: Journey, token: bytes) -> None:
    if removal.departed_on is None:
        raise InvalidInput({})
    RemovalPseudonym.objects.update_or_create(
        removal=removal, defaults={"case": case, "token": token, "removed_on": removal.departed_on}
    )


@node_level(reason="a second entry is noticed across bodies, and nobody learns whose it was")
def _look(actor: Actor, case: Case, token: bytes) -> None:
    lock_case(case)
    if AuditEntry.objects.filter(chain__kind="case", chain__chain_id=case.pk, act=LOOK).exists():
        return
    keep(actor, LOOK, case, case.pk, "case")
    found = RemovalPseudonym.objects.filter(token=token, case__protected=False).exclude(
        _hidden(actor, case) | Q(case=case)
    )
    for row in found.select_for_update().order_by("removed_on", "pk"):
        if back_again_flag(removed_on=row.removed_on, entered_on=case.opened_on) is None:
            continue
        if row.back_on is None or case.opened_on < row.back_on:
            row.back_on = case.opened_on
            row.save(update_fields=["back_on"])
        _once(actor, SecondEntry(case=case, removed_on=row.removed_on, entered_on=case.opened_on))


def _hidden(actor: Actor, case: Case) -> Q:
    """The cases that the actor, their body or the body that keeps this case is shut out of: nothing is said of them."""
    bodies = ShutOut.objects.filter(organisation_id=case.organisation_id, ended_at__isnull=True)
    return hiding.shut_out(actor, "case") | Q(case__in=bodies.values("case_id"))


@node_level(reason="whether what was noticed is still about the person whom the case names now")
def _drop_mistaken(actor: Actor, case: Case, token: bytes | None) -> None:
    """Take away what nobody answered yet and what a mistyped identity had brought up."""
    for entry in SecondEntry.objects.filter(case=case, removal=None, answered_on=None):
        if token and RemovalPseudonym.objects.filter(token=token, removed_on=entry.removed_on).exists():
            continue
        keep(actor, "second_entry.notice", case, entry.pk, "second_entry", step="mistaken")
        entry.delete()
        lines.refresh(case, RECORD)


def _once(actor: Actor, entry: SecondEntry) -> SecondEntry:
    """One for each removal of a day, however often it is noticed; the row of the case is locked."""
    known = SecondEntry.objects.filter(case=entry.case, removed_on=entry.removed_on).first()
    if known is not None:
        return known
    entry.recorded_by_id = actor.user_id
    entry.save(force_insert=True)
    lines.refresh(entry.case, RECORD)
    # The case that a match came from is another body's: its days stand in no list and no audit of this one.
    days = {"days": (entry.entered_on - entry.removed_on).days} if entry.removal_id else {}
    keep(actor, "second_entry.notice", entry.case, entry.pk, "second_entry", **days)
    return entry
