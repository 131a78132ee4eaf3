"""A named person or body is shut out of a case: for them it is absent, whatever role, referral or consent says (WP-11).

It takes effect in the transaction that sets it: referrals to the body are withdrawn, its keys and its access are taken,
a person is taken off the case. What hides the case from then on is ``models/hiding.py``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case, CaseAccess, CaseAssignment, ProtectedAccess, Referral, SecondPerson, ShutOut
from fener.casework.services import clocks
from fener.casework.services.notes import seal_words
from fener.casework.services.protection.common import keep
from fener.casework.services.referral_disclosure import take_back
from fener.network.models import Organisation
from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import SealedItem, User

if TYPE_CHECKING:
    from fener.trust.errors import Text


@transaction.atomic
def shut_out(
    *,
    actor: Actor,
    case: Case,
    why: str,
    user: User | None = None,
    organisation: Organisation | None = None,
    words: str = "",
    at: datetime | None = None,
) -> ShutOut:
    """Shut one person or one body out, at once. ``words`` are sealed for the organisation that keeps the case.

    Raises InvalidInput by field, Refused, Locked (for words).
    """
    at = at or timezone.now()
    access.require_on_case(actor, "shut_out.set", case, at=at)
    errors = _problems(actor, case, why, user, organisation)
    if errors:
        raise InvalidInput(errors)
    row = ShutOut(case=case, user=user, organisation=organisation, why=why, since=at, set_by_id=access.user_id(actor))
    row.words = seal_words(
        actor=actor, case=case, slot=f"shut_out:{row.pk}", words=words, compartment=Compartment.LEGAL
    )
    row.save(force_insert=True)
    if organisation is not None:
        _take_from_body(actor, case, organisation, at)
    if user is not None:
        _take_from_person(case, user, at)
    whom = {"organisation": organisation.pk} if organisation is not None else {"user": user.pk if user else None}
    keep(actor, "shut_out.set", case.pk, {**whom, "why": why}, about=("shut_out", row.pk))
    return row


def _problems(
    actor: Actor, case: Case, why: str, user: User | None, organisation: Organisation | None
) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    if (user is None) == (organisation is None):
        errors["organisation"] = _("Name one person or one body.")
    if why not in ShutOut.Why.values:
        errors["why"] = _("Choose a reason.")
    if organisation is not None and organisation.pk == case.organisation_id:
        errors["organisation"] = _("Your own organisation keeps the case. Shut out single colleagues instead.")
    if user is not None and user.pk == actor.user_id:
        errors["user"] = _("You cannot shut yourself out.")
    if not errors and not access.may_be_chosen(
        case, user_id=user.pk if user else None, organisation_id=organisation.pk if organisation else None
    ):
        errors[""] = _("They are shut out already.")
    return errors


def _take_from_body(actor: Actor, case: Case, organisation: Organisation, at: datetime) -> None:
    open_states = (Referral.State.OFFERED, Referral.State.ACCEPTED)
    found = Referral.objects.unscoped(reason="referrals to a body that is shut out").select_for_update()
    for referral in list(found.filter(case=case, to_organisation=organisation, state__in=open_states)):
        referral.state, referral.preview = Referral.State.WITHDRAWN, {}
        referral.save(update_fields=["state", "preview"])
        take_back(actor=actor, referral=referral, at=at)
        keep(actor, "referral.withdraw", case.pk, {"because": "shut_out"}, about=("referral", referral.pk))
    CaseAccess.objects.filter(
        case=case, organisation=organisation, relationship=CaseAccess.Relationship.REFERRED_TO
    ).delete()
    for item in SealedItem.objects.filter(subject_id=case.pk, grants__keeper_id=organisation.pk):
        vault.revoke(actor=actor, item=item, keeper_id=organisation.pk)
    clocks.refresh_next_due(case)


def _take_from_person(case: Case, user: User, at: datetime) -> None:
    CaseAssignment.objects.filter(case=case, user=user, until__isnull=True).update(until=at)
    ProtectedAccess.objects.filter(case=case, user=user, ended_at__isnull=True).update(ended_at=at)
    SecondPerson.objects.filter(case=case, asked_by=user, answered_at__isnull=True).update(
        answered_at=at, confirmed=False
    )


@transaction.atomic
def end(*, actor: Actor, row: ShutOut, at: datetime | None = None) -> ShutOut:
    """They may see again what role, referral and consent let them see; what was withdrawn stays so. Raises Refused."""
    at = at or timezone.now()
    access.require_on_case(actor, "shut_out.end", row.case, at=at)
    if ShutOut.objects.filter(pk=row.pk, ended_at__isnull=True).update(ended_at=at, ended_by_id=access.user_id(actor)):
        keep(actor, "shut_out.end", row.case_id, {}, about=("shut_out", row.pk))
    row.refresh_from_db()
    return row


def of_case(actor: Actor, case: Case) -> list[ShutOut]:
    """Who is shut out now, for those who may set it. Raises Refused."""
    access.require_on_case(actor, "shut_out.list", case)
    rows = ShutOut.objects.filter(case=case, ended_at__isnull=True)
    return list(rows.select_related("user", "organisation", "set_by", "words"))


def get(actor: Actor, case: Case, pk: UUID) -> ShutOut:
    """One of them. Raises Refused (looks absent)."""
    found = next((row for row in of_case(actor, case) if row.pk == pk), None)
    if found is None:
        raise Refused(act="shut_out.end")
    return found
