"""Disclosure without consent: a legal basis, a reason, a time limit, two persons; visible and counted (rule CO-03).

Trust holds the rule; here the actor's relationship to the case is worked out. A confirmed override is a ground for a
referral like a consent: by itself it opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.services.reintegration.identity import refuse_name, refuse_status
from fener.network.models import Organisation
from fener.trust import overrides
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import DisclosureOverride


@transaction.atomic
def request_override(
    *,
    actor: Actor,
    case: Case,
    recipient: Organisation,
    compartments: Iterable[Compartment | str],
    legal_basis: str,
    reason: str,
    until: date,
    at: datetime | None = None,
) -> DisclosureOverride:
    """Ask for a disclosure that the law obliges to. Waits for a second person.

    Raises InvalidInput by field, GateClosed (to an employer or a school; who is in reintegration, to an authority),
    Refused.
    """
    relationship = access.require_on_case(actor, "override.request", case, at=at)
    access.require_free(case, field="recipient", organisation_id=recipient.pk)
    if access.works_on_immigration(recipient.pk):
        raise InvalidInput({"recipient": _("An immigration service learns of a case by the person's consent alone.")})
    parts = list(compartments)
    refuse_status(actor, case, recipient)
    refuse_name(actor, case, recipient, parts)
    return overrides.request_override(
        actor=actor,
        relationship=relationship,
        subject_id=case.pk,
        recipient_id=recipient.pk,
        compartments=parts,
        legal_basis=legal_basis,
        reason=reason,
        until=until,
    )


@transaction.atomic
def confirm_override(*, actor: Actor, override: DisclosureOverride, at: datetime | None = None) -> DisclosureOverride:
    """The second person's yes.

    Raises InvalidInput for the same person, AlreadyDone, Refused (hidden from strangers).
    """
    case = (
        Case.objects.unscoped(reason="the case of an override; access is checked next")
        .filter(pk=override.subject_id)
        .first()
    )
    if case is None:
        raise Refused(act="override.confirm")
    relationship = access.require_on_case(actor, "override.confirm", case, at=at)
    access.require_free(case, field="", organisation_id=override.recipient_id)
    recipient = Organisation.objects.get(pk=override.recipient_id)
    refuse_status(actor, case, recipient)
    refuse_name(actor, case, recipient, override.compartments)  # a plan may have been agreed to since it was asked
    return overrides.confirm_override(actor=actor, relationship=relationship, override=override)
