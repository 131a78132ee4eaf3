"""A person's lawyer, and what the person was told before anybody takes a statement (rules WP-05, JU-06)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.justice.advice import LegalMandate, LegalTold
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.information import spoken_by
from fener.casework.services.justice.common import lock
from fener.casework.services.notes import seal_words
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone

RECORD = "justice.advice"


@dataclass(frozen=True, kw_only=True)
class ToldTerms:
    """What was told (``LegalTold.Item``), when and in which language. ``mandate_id``: whose advice it was."""

    items: Collection[str]
    on: date
    language: str
    interpreter: str = ""
    mandate_id: UUID | None = None


@transaction.atomic
def record_mandate(
    *, actor: Actor, case: Case, alone: bool, competent: bool, since: date, words: str = ""
) -> LegalMandate:
    """A lawyer acts for the person; the name is sealed. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "legal_mandate.record", case)
    errors: Errors = {}
    check_day(errors, "since", since)
    raise_any(errors)
    row = LegalMandate(
        case=case, alone=alone, competent=competent, since=since, recorded_by_id=access.user_id(actor)
    )  # fmt: skip
    row.words = seal_words(
        actor=actor,
        case=case,
        slot=f"legal_mandate:{row.pk}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    row.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "legal_mandate.record", case, row.pk, "legal_mandate", alone=alone, competent=competent)
    return row


@transaction.atomic
def end_mandate(*, actor: Actor, mandate: LegalMandate, on: date) -> LegalMandate:
    """The lawyer acts for the person no longer, after that day. Raises Refused, InvalidInput, AlreadyDone."""
    case = mandate.case
    access.require_on_case(actor, "legal_mandate.end", case)
    lock(case)
    row = LegalMandate.objects.get(pk=mandate.pk)
    if row.ended_on is not None:
        raise AlreadyDone(str(row.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=row.since)
    if LegalTold.objects.filter(mandate=row, on__gt=on).exists():
        errors["on"] = _("Advice of this lawyer is recorded for a later day.")
    raise_any(errors)
    row.ended_on = on
    row.save(update_fields=["ended_on"])
    lines.refresh(case, RECORD)
    keep(actor, "legal_mandate.end", case, row.pk, "legal_mandate", on=on)
    return row


@transaction.atomic
def record_told(*, actor: Actor, case: Case, terms: ToldTerms) -> LegalTold:
    """What the person was told; advice is that of a lawyer who acted on the day. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "legal_advice.record", case)
    lock(case)
    errors: Errors = {}
    check_day(errors, "on", terms.on)
    check_code(errors, "language", terms.language, "languages")
    if not terms.items or set(terms.items) - set(LegalTold.Item.values):
        errors["items"] = CHOOSE
    mandate = LegalMandate.objects.filter(case=case, pk=terms.mandate_id).first() if terms.mandate_id else None
    if LegalTold.Item.ADVICE in terms.items and mandate is None:
        errors["mandate"] = _("Say whose advice it was. Record the lawyer first.")
    elif mandate is not None and not covers(mandate, terms.on):
        errors["mandate"] = _("On that day this lawyer did not act for the person.")
    raise_any(errors)
    row = LegalTold.objects.create(
        case=case,
        items=sorted(set(terms.items)),
        on=terms.on,
        language=terms.language,
        interpreter=terms.interpreter.strip(),
        mandate=mandate if LegalTold.Item.ADVICE in terms.items else None,
        recorded_by_id=access.user_id(actor),
    )
    lines.refresh(case, RECORD)
    keep(actor, "legal_advice.record", case, row.pk, "legal_told", items=row.items, language=row.language, on=row.on)
    return row


def covers(mandate: LegalMandate, day: date) -> bool:
    """Whether the lawyer acted for the person on that day."""
    return mandate.since <= day and (mandate.ended_on is None or day <= mandate.ended_on)


def told_by(case: Case, day: date) -> frozenset[str]:
    """What the person had been told by that day, in a language of theirs or through an interpreter.

    Advice counts only of a lawyer who acted on its day, for the person alone, and is competent. One query.
    """
    spoken, found = spoken_by(case), set()
    for row in LegalTold.objects.filter(case=case, on__lte=day).select_related("mandate"):
        if row.language not in spoken and not row.interpreter:
            continue
        lawyer = row.mandate
        sound = lawyer is not None and lawyer.alone and lawyer.competent and covers(lawyer, row.on)
        found |= {item for item in row.items if item != LegalTold.Item.ADVICE or sound}
    return frozenset(found)
