"""Who does what for a child: one accountable person, child protection, each duty with a name (CH-06, CH-19)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.guardianship import ChildPart
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_day, keep, raise_any, require_child
from fener.network.models import Organisation
from fener.norms.path.children import accountability_flags
from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone

RECORD = "children.parts"


@dataclass(frozen=True, kw_only=True)
class PartTerms:
    """A part (``accountable``, ``child_protection`` or a code of ``child_duty``) and whose it is from ``since`` on."""

    part: str
    organisation_id: UUID
    since: date
    person_id: UUID | None = None


@transaction.atomic
def name_part(*, actor: Actor, case: Case, terms: PartTerms) -> ChildPart:
    """Name who has a part. Whoever had it before has it no longer, so that each part is one body's, and the whole one
    person's. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "child_part.record", case)
    require_child(case)
    before = ChildPart.objects.filter(case=case, part=terms.part, until__isnull=True).first()
    _check(case, terms, before)
    if before is not None:
        before.until = terms.since
        before.save(update_fields=["until"])
    made = ChildPart.objects.create(
        case=case,
        part=terms.part,
        organisation_id=terms.organisation_id,
        person_id=terms.person_id,
        since=terms.since,
        recorded_by_id=access.user_id(actor),
    )
    lines.refresh(case, RECORD)
    keep(actor, "child_part.record", case, made.pk, "child_part", part=terms.part, body=terms.organisation_id)
    return made


@transaction.atomic
def end_part(*, actor: Actor, part: ChildPart, on: date) -> ChildPart:
    """A body has its part no longer. Not for the accountable person, whom only another one follows."""
    access.require_on_case(actor, "child_part.end", part.case)
    current = ChildPart.objects.get(pk=part.pk)
    if current.until is not None:
        raise AlreadyDone(str(current.pk), _("This has ended already."))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.since)
    if current.part == ChildPart.ACCOUNTABLE:
        errors["on"] = _("Name the next accountable person instead: a child is never without one.")
    raise_any(errors)
    current.until = on
    current.save(update_fields=["until"])
    lines.refresh(part.case, RECORD)
    keep(actor, "child_part.end", part.case, current.pk, "child_part", part=current.part, on=on)
    return current


def flags_of(parts: list[ChildPart]) -> tuple[Flag, ...]:
    """What is missing among the parts that are held now (rule CH-06)."""
    held = [one for one in parts if one.until is None]
    named = {one.part for one in held}
    return accountability_flags(
        accountable=sum(one.part == ChildPart.ACCOUNTABLE for one in held),
        protection_body_is_party=ChildPart.CHILD_PROTECTION in named,
        duties={code: code in named for code in vocabulary("child_duty").codes(deprecated=False)},
    )


def _check(case: Case, terms: PartTerms, before: ChildPart | None) -> None:
    errors: Errors = {}
    whole = (ChildPart.ACCOUNTABLE, ChildPart.CHILD_PROTECTION)
    if terms.part not in whole and terms.part not in vocabulary("child_duty"):
        errors["part"] = CHOOSE
    check_day(errors, "since", terms.since, not_before=before.since if before else None)
    body = Organisation.objects.filter(pk=terms.organisation_id).first()
    if body is None:
        errors["organisation"] = _("Choose the organisation.")
    elif terms.part == ChildPart.CHILD_PROTECTION and body.sector != Organisation.Sector.SOCIAL_WORK:
        errors["organisation"] = _("Choose a body of social work: it protects children by law.")
    if terms.part == ChildPart.ACCOUNTABLE and terms.person_id is None:
        errors["person"] = _("Name the person.")
    raise_any(errors)
    access.require_free(case, field="organisation", organisation_id=terms.organisation_id)
    if terms.person_id is not None:
        access.require_free(case, field="person", user_id=terms.person_id)
