"""The family: in touch only on the person's own word, and with help of its own (rules RI-04, AS-04)."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.decision import About
from fener.casework.models.reintegration.family import FamilyAgreement, FamilySupport
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, carry_out_on, check_code, check_day, keep, raise_any
from fener.casework.services.children.decisions import view_on
from fener.casework.services.children.standing import guardian_answers
from fener.casework.services.facts import lock_case
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

RECORD = "reintegration.family"


@transaction.atomic
def ask(*, actor: Actor, case: Case, agreed: bool, relative: str, on: date) -> FamilyAgreement:
    """The person said yes or no to contact with this relative. A no ends every yes before it, as nothing shows
    here whom each was about, and help goes on.

    Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "family_contact.agree", case)
    errors: Errors = {}
    check_day(errors, "on", on)
    if not relative.strip():
        errors["relative"] = _("Write down which relative, and how to reach them safely.")
    raise_any(errors)
    lock_case(case)
    if not agreed:
        _end_living(case, on)
    made = FamilyAgreement(
        case=case, agreed=agreed, by_guardian=case.treated_as_child, on=on, recorded_by_id=access.user_id(actor)
    )
    made.relative = seal_words(
        actor=actor,
        case=case,
        slot=f"relative:{made.pk}",
        words=relative,
        also_for=[actor.keeper_id],
        compartment=Compartment.CONTACT,
    )
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "family_contact.agree", case, made.pk, "family_agreement", agreed=agreed, on=on)
    return made


@transaction.atomic
def end_agreement(*, actor: Actor, agreement: FamilyAgreement, on: date) -> FamilyAgreement:
    """The person no longer wants it: from that day nobody gets in touch. Raises Refused, InvalidInput, AlreadyDone."""
    access.require_on_case(actor, "family_contact.end", agreement.case)
    current = FamilyAgreement.objects.get(pk=agreement.pk)
    carry_out_on(current, "ended_on", on, not_before=current.on)
    lines.refresh(agreement.case, RECORD)
    keep(actor, "family_contact.end", agreement.case, current.pk, "family_agreement", on=on)
    return current


@transaction.atomic
def record_support(*, actor: Actor, agreement: FamilyAgreement, kind: str, on: date, words: str = "") -> FamilySupport:
    """Somebody was in touch, or the family was helped (gate family_contact). Raises Refused, GateClosed, InvalidInput.

    The agreement proves it: of that day, naming the relative, for a child with a guardian and the child's own view.
    """
    case = agreement.case
    access.require_on_case(actor, "family_contact.record", case)
    current = FamilyAgreement.objects.get(pk=agreement.pk)
    errors: Errors = {}
    check_code(errors, "kind", kind, "family_support")
    check_day(errors, "on", on)
    raise_any(errors)
    child, lives = case.treated_as_child, lives_on(current, on)
    view = view_on(case, About.FAMILY, on) if child else None
    facts = {
        "person_agreed": lives and not child and not current.by_guardian,
        "guardian_agreed": lives and child and guardian_answers(case, on),
        "child_heard": view is not None and view.heard,
        "names_relative": lives and current.relative_id is not None,
    }
    require_open("family_contact", facts, actor=actor, case=case)
    made = FamilySupport(agreement=current, kind=kind, on=on, recorded_by_id=access.user_id(actor))
    made.words = seal_words(
        actor=actor, case=case, slot=f"family_support:{made.pk}", words=words, also_for=[actor.keeper_id]
    )
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "family_contact.record", case, made.pk, "family_support", kind=kind, on=on)
    return made


def no_since(case: Case, agreed_on: date, on: date) -> bool:
    """Whether the person said no to contact on the day of a yes or after it, and it stood on ``on``."""
    later = FamilyAgreement.objects.filter(case=case, agreed=False, on__gte=agreed_on, on__lte=on)
    return later.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on)).exists()


def _end_living(case: Case, on: date) -> None:
    FamilyAgreement.objects.filter(case=case, agreed=True, ended_on__isnull=True, on__lte=on).update(ended_on=on)


def lives_on(agreement: FamilyAgreement, on: date) -> bool:
    """Whether the person's yes stood on that day."""
    return agreement.agreed and agreement.on <= on and (agreement.ended_on is None or on < agreement.ended_on)
