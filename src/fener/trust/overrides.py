"""Disclosure without consent (rule CO-03): legal basis, reason, two persons, a time limit; counted, never hidden.

Whether a confirmed one is alive, and what it covers, is asked where all grounds are: ``trust/consent.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.consent import clean_compartments
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import DisclosureOverride
from fener.trust.policy import Relationship, require

if TYPE_CHECKING:
    from fener.trust.errors import Text

DEFAULT_OVERRIDE_DAYS = 30


def request_override(
    *,
    actor: Actor,
    relationship: Relationship,
    subject_id: UUID,
    recipient_id: UUID,
    compartments: Iterable[Compartment | str],
    legal_basis: str,
    reason: str,
    until: date,
) -> DisclosureOverride:
    """Ask for a disclosure without consent. It opens nothing until a second person confirms it.

    ``reason`` names no person and tells no story: it is not sealed. Raises Refused, InvalidInput.
    """
    require(actor, "override.request", relationship)
    if actor.keeper_id is None or actor.user_id is None:
        raise InvalidInput({"": _("Only a member of an organisation can ask for this.")})
    errors: dict[str, Text] = {}
    parts = clean_compartments(compartments, errors)
    if not legal_basis.strip():
        errors["legal_basis"] = _("Name the law and the article that obliges or allows you.")
    if not reason.strip():
        errors["reason"] = _("Say why the person's consent cannot be waited for. Name nobody here.")
    today, limit = timezone.localdate(), getattr(settings, "FENER_OVERRIDE_MAX_DAYS", DEFAULT_OVERRIDE_DAYS)
    if not today <= until <= today + timedelta(days=limit):
        errors["until"] = _("Choose a date from today on, at most %(days)s days ahead.") % {"days": limit}
    if recipient_id == actor.keeper_id:
        errors["recipient"] = _("Choose another organisation as recipient.")
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        override = DisclosureOverride.objects.create(
            subject_id=subject_id,
            holder_id=actor.keeper_id,
            recipient_id=recipient_id,
            compartments=parts,
            legal_basis=legal_basis.strip(),
            reason=reason.strip(),
            until=until,
            requested_by_id=actor.user_id,
        )
        _keep(actor, "override.request", override, "done")
    return override


def confirm_override(*, actor: Actor, relationship: Relationship, override: DisclosureOverride) -> DisclosureOverride:
    """The second person's yes: another member of the organisation that holds the file. Raises Refused, InvalidInput."""
    require(actor, "override.confirm", relationship)
    with transaction.atomic():
        current = DisclosureOverride.objects.select_for_update().get(pk=override.pk)
        if current.confirmed_at is not None:
            raise AlreadyDone(str(current.pk), _("This was already confirmed."))
        if actor.user_id is None or actor.user_id == current.requested_by_id:
            raise InvalidInput({"": _("A second person must confirm this: ask a colleague.")})
        if actor.keeper_id != current.holder_id:
            raise InvalidInput({"": _("Only the organisation that holds the file can confirm this.")})
        if current.until < timezone.localdate():
            raise InvalidInput({"": _("The time of this request has passed. Make a new one.")})
        current.confirmed_at, current.confirmed_by_id = timezone.now(), actor.user_id
        current.save(update_fields=["confirmed_at", "confirmed_by"])
        _keep(actor, "override.confirm", current, "overridden")
    return current


def _keep(actor: Actor, act: str, override: DisclosureOverride, outcome: str) -> None:
    """On the case's chain and on the holder's, whose custodians see it at once. The reason stays in the row."""
    for chain in (("case", override.subject_id), ("keeper", override.holder_id)):
        audit.record(
            actor=actor,
            act=act,
            chain=chain,
            subject_type="override",
            subject_id=override.pk,
            outcome=outcome,
            detail={
                "case": override.subject_id,
                "recipient": override.recipient_id,
                "compartments": override.compartments,
                "until": override.until,
            },
        )
