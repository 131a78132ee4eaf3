"""The open facts of a case: cleaned by norms, and what lists and gates ask for copied beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.services import clocks
from fener.casework.services.children import eighteen
from fener.norms import fields, gates
from fener.norms.fields import Problem
from fener.norms.packs import load_packs
from fener.norms.why import plain
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, StaleEdit

CHILD_CANNOT_AGREE = "child_cannot_agree"


@transaction.atomic
def update_facts(
    *,
    actor: Actor,
    case: Case,
    version: int,
    facts: Mapping[str, Any],
    birth_date: date | None = None,
    language: str | None = None,
    interpreter: str | None = None,
    at: datetime | None = None,
) -> Case:
    """Change some facts; those that are not named stay, an empty value takes a fact away.

    ``birth_date`` where the caller has the identity open. ``language`` (the person's own) and ``interpreter`` (who
    interprets for them, rule AS-07) stay as they are where they are None.
    Raises StaleEdit when the case is not at ``version`` any more, InvalidInput by field, GateClosed for a child
    recorded as having agreed (rule CH-02), Refused.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "case.facts.update", case, at=at)
    current = lock_case(case)
    if current.version != version:
        raise StaleEdit(current={"version": current.version, "facts": current.facts})
    before = current.facts
    current.facts = clean_facts({**before, **facts}, birth_date=birth_date, today=timezone.localdate(at))
    set_ages(current, birth_date=birth_date, today=timezone.localdate(at))
    changed = sorted(code for code in {*before, *current.facts} if before.get(code) != current.facts.get(code))
    for name, value in (("language", language), ("interpreter", interpreter)):
        if value is not None and value.strip() != getattr(current, name):
            setattr(current, name, value.strip())
            changed.append(name)
    current.version += 1
    current.save()
    clocks.ensure_guardian(actor=actor, case=current, at=at)
    if not current.treated_as_child:
        clocks.finish(actor=actor, clocks=clocks.running(current, clocks.GUARDIAN), reason="adult", at=at)
    clocks.refresh_next_due(current)
    audit.record(
        actor=actor,
        act="case.facts.update",
        chain=("case", current.pk),
        subject_type="case",
        subject_id=current.pk,
        detail={"fields": changed, "version": current.version},
    )
    return current


def fit_birth_date(*, actor: Actor, case: Case, birth_date: date, at: datetime) -> Case:
    """Hold the open facts against a date of birth that is about to be sealed, and copy the age that follows from it.

    So that a child is treated as one (CH-01, CH-02) from whichever side the age becomes known. Inside the caller's
    transaction; raises GateClosed for a child recorded as having agreed, InvalidInput under ``birth_date``.
    """
    current = lock_case(case)
    before = (current.age_at_contact, current.treated_as_child)
    today = timezone.localdate(at)
    try:
        current.facts = clean_facts(current.facts, birth_date=birth_date, today=today)
        set_ages(current, birth_date=birth_date, today=today)
        current.facts = clean_facts(current.facts, birth_date=birth_date, today=today)
    except InvalidInput as error:
        raise InvalidInput({"birth_date": next(iter(error.errors.values()), error.message)}) from error
    eighteen.follow_birth_date(current, birth_date)
    if (current.age_at_contact, current.treated_as_child) == before:
        return current
    current.version += 1
    current.save()
    clocks.ensure_guardian(actor=actor, case=current, at=at)
    if not current.treated_as_child:
        clocks.finish(actor=actor, clocks=clocks.running(current, clocks.GUARDIAN), reason="adult", at=at)
    clocks.refresh_next_due(current)
    audit.record(
        actor=actor,
        act="case.facts.update",
        chain=("case", current.pk),
        subject_type="case",
        subject_id=current.pk,
        detail={"fields": ["age_at_contact"], "version": current.version},
    )
    return current


def lock_case(case: Case) -> Case:
    """The row as it is now, ours until the transaction ends."""
    rows = Case.objects.unscoped(reason="one case, whose access was checked")
    current: Case = rows.select_for_update().get(pk=case.pk)
    return current


def clean_facts(raw: Mapping[str, Any], *, birth_date: date | None = None, today: date) -> dict[str, Any]:
    """Facts as they are stored (JSON values).

    Raises InvalidInput by field, GateClosed for a consenting child (CH-02).
    """
    # Somebody who is under 18 today was so at the first contact, also where no date of it is stated (rule CH-02).
    stated = bool(raw.get("contacted_on")) or birth_date is None
    dated = raw if stated else {**raw, "contacted_on": today}
    checked = fields.validate_facts(dated, birth_date=birth_date, today=today)
    if any(problem.code == CHILD_CANNOT_AGREE for problem in checked.errors.values()):
        raise GateClosed(gates.check("voluntary_child", {"is_adult": False}))
    if checked.errors:
        raise InvalidInput({code: say(problem) for code, problem in checked.errors.items()})
    cleaned: dict[str, Any] = plain(checked.cleaned)
    if not stated:
        del cleaned["contacted_on"]
    return cleaned


def say(problem: Problem) -> str:
    """A problem of norms in the reader's language."""
    text = now_gettext(problem.text)
    params = {
        key: now_gettext(value) if isinstance(value, str) and value else value for key, value in problem.params.items()
    }
    return text % params if params else text


def set_ages(case: Case, *, birth_date: date | None = None, today: date) -> None:
    """Copy the age and whether the person is treated as a child: under 18, or the age doubtful or disputed (rule
    CH-01).

    What somebody was at recruitment is another field (ID-24) and does not make an adult of today a child. Raises
    InvalidInput when an age and a date of birth contradict each other.
    """
    adult = int(load_packs().get("facts", "facts").data["adult_age"])
    age = case.facts.get("age_at_contact")
    if birth_date is not None:
        computed = fields.age_on(birth_date, eighteen.contact_day(case))
        if computed < 0:
            raise InvalidInput({"birth_date": _("This date lies after the first contact. Correct one of them.")})
        if age is not None and abs(age - computed) > 1:
            raise InvalidInput({"age_at_contact": _("The age and the date of birth do not fit. Correct one of them.")})
        age = case.facts["age_at_contact"] = computed
    case.age_at_contact = age
    doubtful = (
        case.facts.get("minor") in fields.CHILD_MARKS or case.facts.get("age_at_contact_certainty") == fields.DISPUTED
    )
    open_dispute = not case._state.adding and case.age_disputes.filter(decided_on__isnull=True).exists()
    case.treated_as_child = doubtful or open_dispute or (age is not None and age < adult)
