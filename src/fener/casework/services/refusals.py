"""A refusal of identification or help.

Kept with the person's own reason, proves nothing, the offer stays (rule ID-23).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case, RefusalOfHelp
from fener.casework.services.notes import seal_words
from fener.norms.services_catalogue import catalogue
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

if TYPE_CHECKING:
    from fener.trust.errors import Text

IDENTIFICATION, ALL_HELP = "identification", "all_help"
OF: dict[str, Text] = {IDENTIFICATION: _("being identified"), ALL_HELP: _("all help")}
# Reasons in the person's own terms; none of them says anything about what happened to them.
REASONS: dict[str, Text] = {
    "fear": _("is afraid of what follows"),
    "wants_home": _("wants to go home or on"),
    "other_plans": _("has other plans"),
    "no_trust": _("does not trust us yet"),
    "does_not_see_it_so": _("does not see it that way"),
    "not_what_is_needed": _("it is not what the person needs"),
    "family": _("because of family"),
    "not_said": _("does not want to say why"),
    "other": _("another reason, in the person's words"),
}


@transaction.atomic
def record_refusal(
    *,
    actor: Actor,
    case: Case,
    of: str,
    reason: str = "not_said",
    words: str = "",
    refused_on: date | None = None,
    at: datetime | None = None,
) -> RefusalOfHelp:
    """Record what the person does not want, and why in their own words (sealed). Nothing else changes: no status, no
    service.

    ``of``: ``identification``, ``all_help`` or a kind of the service catalogue. Raises InvalidInput, Refused.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "refusal.record", case, at=at)
    on = refused_on or timezone.localdate(at)
    errors: dict[str, Any] = {}
    if of not in OF and of not in catalogue().codes():
        errors["of"] = _("Choose what the person does not want.")
    if reason not in REASONS:
        errors["reason"] = _("Choose the person's reason, or that it was not said.")
    if on > timezone.localdate(at):
        errors["refused_on"] = _("This date lies in the future.")
    if errors:
        raise InvalidInput(errors)
    row = RefusalOfHelp.objects.create(
        case=case, of=of, reason_code=reason, refused_on=on, recorded_by_id=access.user_id(actor)
    )
    row.reason = seal_words(actor=actor, case=case, slot=f"refusal:{row.pk}", words=words, also_for=[actor.keeper_id])
    row.save(update_fields=["reason"])
    audit.record(
        actor=actor, act="refusal.record", chain=("case", case.pk), subject_type="case", subject_id=case.pk,
        detail={"of": of, "reason": reason},
    )  # fmt: skip
    return row
