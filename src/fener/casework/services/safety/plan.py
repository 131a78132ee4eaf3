"""The safety plan: measures of protection, which end only through the gate ``end_protection`` (WP-01, WP-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.safety.measure_states import END, MEASURE
from fener.casework.models import Case
from fener.casework.models.safety.risk import ProtectionMeasure, RiskAssessment
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.casework.services.safety.risks import PLAN, check_subject
from fener.casework.services.safety.standing import PERSON, end_facts
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import SealedItem


@dataclass(frozen=True, kw_only=True)
class MeasureTerms:
    """One measure: for whom, what, on which side of the border, since when. ``words``: who does what, sealed."""

    kind: str
    since: date
    subject: str = PERSON
    which: int = 1
    side: str = ProtectionMeasure.Side.HERE
    words: str = ""


@transaction.atomic
def begin_measure(*, actor: Actor, case: Case, terms: MeasureTerms) -> ProtectionMeasure:
    """Protect somebody in one way, from a day on and without an end. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "protection_measure.record", case)
    errors: Errors = {}
    check_subject(errors, terms.subject, terms.which)
    check_code(errors, "kind", terms.kind, "protection_measure")
    check_day(errors, "since", terms.since)
    if terms.side not in ProtectionMeasure.Side.values:
        errors["side"] = CHOOSE
    raise_any(errors)
    lock_case(case)
    made = ProtectionMeasure(
        case=case,
        subject=terms.subject,
        which=terms.which,
        kind=terms.kind,
        side=terms.side,
        since=terms.since,
        recorded_by_id=access.user_id(actor),
    )
    same = ProtectionMeasure.objects.filter(
        case=case, subject=made.subject, which=made.which, kind=made.kind, side=made.side, state=MEASURE.start
    )
    if same.exists():
        raise InvalidInput({"kind": _("This measure runs already.")})
    made.words = _sealed(actor, made, "", terms.words)
    made.save(force_insert=True)
    lines.refresh(case, PLAN)
    keep(
        actor, "protection_measure.record", case, made.pk, "protection_measure",
        kind=made.kind, whose=made.subject, side=made.side, since=made.since,
    )  # fmt: skip
    return made


@transaction.atomic
def end_measure(
    *, actor: Actor, measure: ProtectionMeasure, on: date, own_wish: bool = False, words: str = ""
) -> ProtectionMeasure:
    """End a measure: after a review that finds no danger any more, or by an adult person's own wish after a review.

    The end of proceedings or a border ends nothing. Raises Refused, InvalidInput, AlreadyDone, GateClosed.
    """
    case = measure.case
    access.require_on_case(actor, "protection_measure.end", case)
    lock_case(case)
    current = ProtectionMeasure.objects.get(pk=measure.pk)
    current.case = case
    if current.state != MEASURE.start:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.since)
    if RiskAssessment.objects.filter(case=case, assessed_on__gt=on).exists():
        errors["on"] = _("A later assessment stands. Choose its day or a later one.")
    if own_wish and not words.strip():
        errors["words"] = _("Write what the person said, in their own words.")
    raise_any(errors)
    facts = end_facts(case, (current.subject, current.which), since=current.since, on=on, wish=own_wish)
    require_open("end_protection", facts, actor=actor, case=case)
    current.state, current.ended_on = MEASURE.step(current.state, END).to, on
    wish = facts["own_wish_to_end"]
    current.ended_by = ProtectionMeasure.Ended.WISH if wish else ProtectionMeasure.Ended.PASSED
    current.end_words = _sealed(actor, current, ":end", words)
    current.save(update_fields=["state", "ended_on", "ended_by", "end_words"])
    lines.refresh(case, PLAN)
    keep(
        actor, "protection_measure.end", case, current.pk, "protection_measure",
        kind=current.kind, on=on, by=current.ended_by,
    )  # fmt: skip
    return current


def _sealed(actor: Actor, row: ProtectionMeasure, end: str, words: str) -> SealedItem | None:
    return seal_words(
        actor=actor,
        case=row.case,
        slot=f"protection_measure:{row.pk}{end}",
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
