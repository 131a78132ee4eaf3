"""Doubts about age: from the first moment the person is treated as a child, until somebody decides (rule CH-01)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import AgeDispute, Case
from fener.casework.services import clocks
from fener.casework.services.facts import lock_case, set_ages
from fener.casework.services.notes import seal_words
from fener.network.mandates import require_function
from fener.norms.packs import load_packs
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput


@transaction.atomic
def raise_dispute(
    *, actor: Actor, case: Case, evidence: str = "", raised_on: date | None = None, at: datetime | None = None
) -> AgeDispute:
    """Record a doubt about the age, with what it rests on (sealed). The person counts as a child from this moment.

    Starts the alarm for a guardian. Raises AlreadyDone while a dispute is open, Refused.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "age.dispute", case, at=at)
    current = lock_case(case)
    if current.age_disputes.filter(decided_on__isnull=True).exists():
        raise AlreadyDone(
            str(case.pk), _("The age is disputed already. Until it is decided the person counts as a child.")
        )
    dispute = AgeDispute.objects.create(
        case=current, raised_on=raised_on or timezone.localdate(at), raised_by_id=access.user_id(actor)
    )
    dispute.evidence = seal_words(
        actor=actor, case=current, slot=f"age:{dispute.pk}", words=evidence, also_for=[actor.keeper_id]
    )
    dispute.save(update_fields=["evidence"])
    current.treated_as_child, current.version = True, current.version + 1
    current.save(update_fields=["treated_as_child", "version"])
    clocks.ensure_guardian(actor=actor, case=current, at=at)
    clocks.refresh_next_due(current)
    _keep(actor, "age.dispute", dispute, {})
    _mirror(case, current)
    return dispute


@transaction.atomic
def decide_dispute(
    *,
    actor: Actor,
    dispute: AgeDispute,
    result: str,
    reasons: str,
    age_at_contact: int | None = None,
    certainty: str = "assessed",
    decided_on: date | None = None,
    at: datetime | None = None,
) -> AgeDispute:
    """Decide a dispute, with reasons (sealed). ``age_at_contact``: the age that follows, where it differs from the
    recorded.

    Raises InvalidInput (no reasons; an adult under 18), AlreadyDone, Refused. Needs the mandate to assess.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "age.decide", dispute.case, at=at)
    on = decided_on or timezone.localdate(at)
    require_function(actor=actor, function="assess", on=on)
    dispute = AgeDispute.objects.select_for_update().get(pk=dispute.pk)
    if dispute.decided_on is not None:
        raise AlreadyDone(str(dispute.pk), _("This was decided already."))
    current = lock_case(dispute.case)
    _check(current, result=result, reasons=reasons, age=age_at_contact, on=on, dispute=dispute)
    dispute.result, dispute.decided_on, dispute.decided_by_id = result, on, actor.user_id
    dispute.age = age_at_contact
    dispute.result_reasons = seal_words(
        actor=actor, case=current, slot=f"age_result:{dispute.pk}", words=reasons, also_for=[actor.keeper_id]
    )
    dispute.save()
    _apply(current, result=result, age=age_at_contact, certainty=certainty, today=timezone.localdate(at))
    if result == AgeDispute.Result.ADULT:
        clocks.finish(actor=actor, clocks=clocks.running(current, clocks.GUARDIAN), reason="adult", at=at)
    clocks.refresh_next_due(current)
    _keep(actor, "age.decide", dispute, {"result": result})
    return dispute


def _check(case: Case, *, result: str, reasons: str, age: int | None, on: date, dispute: AgeDispute) -> None:
    adult = int(load_packs().get("facts", "facts").data["adult_age"])
    errors: dict[str, Any] = {}
    if result not in AgeDispute.Result.values:
        errors["result"] = _("Choose child or adult.")
    if not reasons.strip():
        errors["reasons"] = _("Write what the decision rests on.")
    if on < dispute.raised_on:
        errors["decided_on"] = _("It cannot be decided before it was raised.")
    known = age if age is not None else case.age_at_contact
    if result == AgeDispute.Result.ADULT and known is not None and known < adult:
        errors["age_at_contact"] = _("The recorded age is under 18. Give the age that follows from the decision.")
    if result == AgeDispute.Result.CHILD and age is not None and age >= adult:
        errors["age_at_contact"] = _("A child is under 18.")
    if errors:
        raise InvalidInput(errors)


def _apply(case: Case, *, result: str, age: int | None, certainty: str, today: date) -> None:
    """The result goes into the facts; a child whose age stays open is marked as one."""
    adult = result == AgeDispute.Result.ADULT
    facts = {**case.facts, "minor": "adult" if adult else "child"}
    if age is not None:
        facts |= {"age_at_contact": age, "age_at_contact_certainty": certainty}
    elif adult and facts.get("age_at_contact_certainty") == "disputed":
        facts["age_at_contact_certainty"] = certainty
    elif not adult and (case.age_at_contact or 0) >= int(load_packs().get("facts", "facts").data["adult_age"]):
        # The recorded age was wrong and no other one is known: unknown is said, not guessed.
        facts.pop("age_at_contact", None)
        facts.pop("age_at_contact_certainty", None)
    case.facts = facts
    set_ages(case, today=today)
    case.version += 1
    case.save()


def _mirror(case: Case, current: Case) -> None:
    """The caller's object tells what the database holds."""
    case.treated_as_child, case.version, case.next_due = current.treated_as_child, current.version, current.next_due


def _keep(actor: Actor, act: str, dispute: AgeDispute, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor, act=act, chain=("case", dispute.case_id), subject_type="case", subject_id=dispute.case_id,
        detail={"dispute": dispute.pk, **detail},
    )  # fmt: skip
