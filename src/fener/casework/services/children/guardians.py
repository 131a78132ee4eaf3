"""Guardians of a child: who answers until the appointment, the appointment, a change, and an end by its gate alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case, CaseAssignment
from fener.casework.models.children.guardianship import Guardianship
from fener.casework.services import clocks, lines
from fener.casework.services.children import eighteen, standing
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any, require_child
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.network.models import Membership
from fener.norms.path.children import guardianship_ends
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.roles import CASEWORK, Role

RECORD = "children.guardians"
GUARDIAN, INTERIM_NGO = "guardian", "interim_ngo"
MET_ALONE = clocks.MET_ALONE


@dataclass(frozen=True, kw_only=True)
class GuardianTerms:
    """Who answers for the child: an account (``person``), a body, or ``who`` in words (name, address; sealed)."""

    kind: str
    mandate: str
    legal_basis: str
    since: date
    until: date | None = None
    organisation_id: UUID | None = None
    person_id: UUID | None = None
    who: str = ""


@transaction.atomic
def name_guardian(*, actor: Actor, case: Case, terms: GuardianTerms, at: datetime | None = None) -> Guardianship:
    """Name a guardian, or who answers for the child until there is one (rule CH-04).

    The alarm for a guardian ends with a guardian alone. An interim ends with the appointment. Raises Refused,
    InvalidInput, AlreadyDone while there is somebody whom only a change replaces.
    """
    access.require_on_case(actor, "guardian.record", case)
    require_child(case)
    _check(case, terms)
    before = Guardianship.objects.filter(case=case, ended_on__isnull=True).first()
    if before is not None:
        if before.kind == GUARDIAN or terms.kind != GUARDIAN:
            raise AlreadyDone(str(before.pk), _("Somebody answers for this child. Record a change instead."))
        if terms.since < before.since:
            raise InvalidInput({"since": _("This day lies before the beginning.")})
        before.ended_on = terms.since
        before.save(update_fields=["ended_on"])
        _let_go(actor, case, before, keeps=terms.person_id)
    return _begin(actor, case, terms, act="guardian.record", at=at or timezone.now())


@transaction.atomic
def change_guardian(
    *, actor: Actor, guardianship: Guardianship, reason: str, terms: GuardianTerms, at: datetime | None = None
) -> Guardianship:
    """Another one answers from ``terms.since``: the child is never without somebody (rule CH-04).

    ``reason``: what only changes the guardian (list ``guardian_end``). Raises Refused, InvalidInput, AlreadyDone.
    """
    case = guardianship.case
    access.require_on_case(actor, "guardian.change", case)
    current = _open(guardianship)
    errors: Errors = {}
    check_code(errors, "reason", reason, "guardian_end")
    if not errors and guardianship_ends(reason):
        errors["reason"] = _("This ends the guardianship and does not change it. Record the end instead.")
    check_day(errors, "since", terms.since, not_before=current.since)
    raise_any(errors)
    _check(case, terms)
    current.ended_on, current.end_reason = terms.since, reason
    current.save(update_fields=["ended_on", "end_reason"])
    _let_go(actor, case, current, keeps=terms.person_id)
    return _begin(actor, case, terms, act="guardian.change", at=at or timezone.now(), reason=reason)


@transaction.atomic
def record_conflict(*, actor: Actor, guardianship: Guardianship, kind: str, on: date) -> Guardianship:
    """Whoever answers for the child has an interest of their own: seen by all, until another one is named."""
    access.require_on_case(actor, "guardian.flag", guardianship.case)
    current = _open(guardianship)
    errors: Errors = {}
    check_code(errors, "kind", kind, "own_conflict")
    check_day(errors, "on", on, not_before=current.since)
    raise_any(errors)
    current.conflict, current.conflict_on = kind, on
    current.save(update_fields=["conflict", "conflict_on"])
    lines.refresh(guardianship.case, RECORD)
    keep(actor, "guardian.flag", guardianship.case, current.pk, "guardianship", conflict=kind, on=on)
    return current


@transaction.atomic
def end_guardianship(*, actor: Actor, guardianship: Guardianship, reason: str, on: date) -> Guardianship:
    """End it for good: the durable solution is carried out, or the person is 18 with a plan (gate; rule CH-05).

    Raises Refused, InvalidInput (a reason that only changes the guardian), GateClosed.
    """
    case = guardianship.case
    access.require_on_case(actor, "guardian.end", case)
    current = _open(guardianship)
    errors: Errors = {}
    check_code(errors, "reason", reason, "guardian_end")
    if not errors and not guardianship_ends(reason):
        errors["reason"] = _("This only changes the guardian: name the next one.")
    check_day(errors, "on", on, not_before=current.since)
    raise_any(errors)
    require_open("end_guardianship", end_facts(case, on), actor=actor, case=case)
    current.ended_on, current.end_reason = on, reason
    current.save(update_fields=["ended_on", "end_reason"])
    _let_go(actor, case, current)
    if not standing.solution_carried_out(case):  # 18 by the recorded day, and still a child in the facts: one is wrong
        clocks.ensure_guardian(actor=actor, case=case, at=timezone.now())
    lines.refresh(case, RECORD)
    keep(actor, "guardian.end", case, current.pk, "guardianship", reason=reason, on=on)
    return current


def end_facts(case: Case, on: date) -> Mapping[str, bool | None]:
    """What the gate ``end_guardianship`` asks for, from what is recorded."""
    return {
        "durable_solution_carried_out": standing.solution_carried_out(case),
        "is_adult": eighteen.is_adult(case, on),
        "leaving_care_plan": standing.leaving_plan_exists(case),
    }


def _begin(actor: Actor, case: Case, terms: GuardianTerms, *, act: str, at: datetime, reason: str = "") -> Guardianship:
    made = Guardianship(
        case=case,
        kind=terms.kind,
        mandate=terms.mandate,
        organisation_id=terms.organisation_id,
        person_id=terms.person_id,
        legal_basis=terms.legal_basis.strip(),
        since=terms.since,
        until=terms.until,
        recorded_by_id=access.user_id(actor),
    )
    made.who = seal_words(
        actor=actor,
        case=case,
        slot=f"guardian:{made.pk}",
        words=terms.who,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    made.save(force_insert=True)
    clocks.finish(actor=actor, clocks=clocks.running(case, MET_ALONE), reason="done", at=at)
    if terms.kind == GUARDIAN:
        clocks.finish(actor=actor, clocks=clocks.running(case, clocks.GUARDIAN), reason="done", at=at)
    else:
        clocks.ensure_guardian(actor=actor, case=case, at=at)
    lines.refresh(case, RECORD)
    keep(actor, act, case, made.pk, "guardianship", kind=terms.kind, mandate=terms.mandate, reason=reason)
    return made


def _let_go(actor: Actor, case: Case, row: Guardianship, *, keeps: UUID | None = None) -> None:
    """Whoever no longer answers carries the case no longer, unless they work on it in another role as well."""
    if row.person_id is None or row.person_id == keeps:
        return
    member = Membership.objects.filter(user_id=row.person_id, organisation_id=case.organisation_id).first()
    if member is None or {Role(role) for role in member.roles} & CASEWORK != {Role.GUARDIAN}:
        return
    at = timezone.now()
    if CaseAssignment.objects.filter(case=case, user_id=row.person_id, until__isnull=True).update(until=at):
        keep(actor, "case.assign", case, case.pk, "case", user=row.person_id, until=at)


def _open(guardianship: Guardianship) -> Guardianship:
    current = Guardianship.objects.get(pk=guardianship.pk)
    if current.ended_on is not None:
        raise AlreadyDone(str(current.pk), _("This has ended already."))
    current.case = guardianship.case
    return current


def _check(case: Case, terms: GuardianTerms) -> None:
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "guardian_kind")
    check_code(errors, "mandate", terms.mandate, "guardian_mandate")
    if not terms.legal_basis.strip():
        errors["legal_basis"] = _("Name the law, the decision or the agreement that it rests on.")
    check_day(errors, "since", terms.since)
    if terms.until is not None and terms.until < terms.since:
        errors["until"] = _("Choose the first day or a later one.")
    if not (terms.organisation_id or terms.person_id or terms.who.strip()):
        errors["who"] = _("Name who answers for the child: a body, an account or a name.")
    elif terms.kind == INTERIM_NGO and terms.organisation_id is None:
        errors["organisation"] = _("Choose the organisation.")
    elif terms.kind in _persons() and not (terms.person_id or terms.who.strip()):
        errors["who"] = _("Name the person.")
    raise_any(errors)
    if terms.organisation_id is not None:
        access.require_free(case, field="organisation", organisation_id=terms.organisation_id)
    if terms.person_id is not None:
        access.require_free(case, field="person", user_id=terms.person_id)


def _persons() -> frozenset[str]:
    """The kinds that are a person: everybody but an organisation."""
    return frozenset(vocabulary("guardian_kind").codes()) - {INTERIM_NGO}
