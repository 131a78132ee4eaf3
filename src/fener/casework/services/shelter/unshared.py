"""A house records that a person left whose file is closed to it by now (rule SH-05): a day, and whose decision it was.

A consent that was withdrawn ends what the house reads; it does not make the house keep somebody in its books.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.selectors.shelter.unshared import CLOSED, resident
from fener.casework.services.children.common import CHOOSE, Errors, check_day, raise_any
from fener.casework.services.shelter.stays import end
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone
from fener.trust.standing import node_level

OWN = "own"  # of stay_exit: the person's own decision


@transaction.atomic
def leave_unshared(*, actor: Actor, pk: UUID, reason: str, on: date) -> None:
    """The person left a house of the own body, by their own decision. Nothing of the file is told.

    Raises Refused (hidden), InvalidInput, AlreadyDone (whoever keeps the case ended it).
    """
    act = "house_stay.end"
    access.user_id(actor)
    resident(actor, pk, act)
    with node_level(reason=CLOSED):
        access.take_turn(ShelterStay.objects.values_list("case_id", flat=True).get(pk=pk))
        current = ShelterStay.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)
        if current.ended_on is not None:
            raise AlreadyDone(str(current.pk), _("This stay has ended already."))
        errors: Errors = {}
        if reason not in vocabulary("stay_exit").in_group(OWN):
            errors["reason"] = CHOOSE
        check_day(errors, "on", on, not_before=current.since)
        raise_any(errors)
        end(actor, act, current, reason, on)
