"""Opening a case, giving it to a worker, closing it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import closing, codes
from fener.casework.models import Case, CaseAccess, CaseAssignment, Clock
from fener.casework.models.quality.work import LeaveCoverCase
from fener.casework.services import clocks, compartments, consents, information
from fener.casework.services.consents import ConsentTerms
from fener.casework.services.endings import refuse_terms
from fener.casework.services.facts import clean_facts, lock_case, set_ages, update_facts
from fener.casework.services.information import InformationTerms
from fener.casework.services.returns.recontact import end_by_death
from fener.network.models import Membership, Organisation
from fener.norms import gates
from fener.trust import audit, pace, policy
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput, Refused, StaleEdit
from fener.trust.models import Consent, User
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.roles import CASEWORK, Role
from fener.trust.standing import node_level

__all__ = [
    "ConsentTerms",
    "InformationTerms",
    "assign",
    "close_case",
    "open_case",
    "reopen_case",
    "unassign",
    "update_facts",
]

# A screening or a call may say more by itself; nobody is identified by opening a case (rule ID-13).
STARTING_STATUSES = ("potential", "presumed")
ORIGINS = ("direct", "intake", "import")


@transaction.atomic
def open_case(
    *,
    actor: Actor,
    facts: Mapping[str, Any],
    language: str,
    keep_consent: ConsentTerms,
    information: InformationTerms,
    compartments: Mapping[Compartment, Mapping[str, Any]] | None = None,
    interpreter: str = "",
    origin: str = "direct",
    origin_id: UUID | None = None,
    status: str = "presumed",
    at: datetime | None = None,
) -> Case:
    """Open a case in the actor's organisation, on the person's own agreement that it is kept. No police contact is
    asked.

    The code is drawn at random; what could name somebody is sealed for this organisation alone. Presumed status
    starts the recovery period at once; a child starts the alarm for a guardian. Raises InvalidInput by field,
    GateClosed (no agreement to keep; a child recorded as having agreed), Refused.
    """
    at = at or timezone.now()
    organisation = _own_organisation(actor)
    today = timezone.localdate(at)
    sealed = _clean_compartments(compartments or {}, today)
    birth = sealed.get(Compartment.IDENTITY, {}).get("birth_date")
    birth_date = date.fromisoformat(birth) if birth else None
    _check_form(language=language, status=status, origin=origin, told=information, today=today)
    case = Case(
        id=uuid.uuid4(),
        code=free_code(),
        alias=codes.new_alias(_aliases_in_use(organisation)),
        organisation=organisation,
        status=status,
        facts=clean_facts(facts, birth_date=birth_date, today=today),
        language=language.strip(),
        interpreter=interpreter.strip(),
        opened_on=today,
        opened_by_id=access.user_id(actor),
        origin=origin,
        origin_id=origin_id,
    )
    set_ages(case, birth_date=birth_date, today=today)
    _require_agreement(case, keep_consent)
    case.save(force_insert=True)
    CaseAccess.objects.create(
        case=case, organisation=organisation, relationship=CaseAccess.Relationship.SAME_ORGANISATION
    )
    CaseAssignment.objects.create(case=case, user_id=access.user_id(actor))
    pace.note(actor=actor, pace=pace.Pace.NEW_CASES)
    audit.record(
        actor=actor,
        act="case.open",
        chain=("case", case.pk),
        subject_type="case",
        subject_id=case.pk,
        detail={"status": status, "origin": origin, "child": case.treated_as_child},
    )
    _fill(actor=actor, case=case, keep_consent=keep_consent, told=information, sealed=sealed, at=at)
    return case


def _fill(
    *,
    actor: Actor,
    case: Case,
    keep_consent: ConsentTerms,
    told: InformationTerms,
    sealed: Mapping[Compartment, Mapping[str, Any]],
    at: datetime,
) -> None:
    """What a new case holds from its first moment: what was told, the sentence, the compartments, the clocks."""
    information.keep(actor=actor, case=case, terms=told, on=timezone.localdate(at))
    consents.give(actor=actor, case=case, relationship=Relationship.ASSIGNED, purpose=Purpose.KEEP, terms=keep_consent)
    for part, content in sealed.items():
        compartments.seal_first(actor=actor, case=case, part=part, content=content)
    if case.status == "presumed":
        clocks.ensure_recovery(actor=actor, case=case, at=at)
    clocks.ensure_guardian(actor=actor, case=case, at=at)
    clocks.refresh_next_due(case)


def _own_organisation(actor: Actor) -> Organisation:
    policy.require(actor, "case.open", Relationship.SAME_ORGANISATION)
    organisation = Organisation.objects.filter(pk=actor.keeper_id).first() if actor.keeper_id else None
    if organisation is None:
        raise Refused(act="case.open")
    return organisation


def _clean_compartments(raw: Mapping[Compartment, Mapping[str, Any]], today: date) -> dict[Compartment, dict[str, Any]]:
    return {
        Compartment(part): compartments.clean_content(Compartment(part), content, today=today)
        for part, content in raw.items()
        if content
    }


def _check_form(*, language: str, status: str, origin: str, told: InformationTerms, today: date) -> None:
    errors: dict[str, Any] = dict(information.problems_of(told, on=today))
    if not language.strip():
        errors["language"] = _("Say which language the person speaks.")
    if status not in STARTING_STATUSES:
        errors["status"] = _(
            "A case opens as potential or presumed. Anything else is decided by whoever has the mandate."
        )
    if origin not in ORIGINS:
        errors["origin"] = _("Say where the case comes from.")
    if errors:
        raise InvalidInput(errors)


def _require_agreement(case: Case, terms: ConsentTerms) -> None:
    guardian = terms.giver == Consent.Giver.GUARDIAN
    result = gates.check(
        "open_case",
        {
            "person_agreed": not guardian and not case.treated_as_child,
            "guardian_agreed": guardian,
            "child_heard": bool(terms.child_assent),
        },
    )
    if not result.open:
        raise GateClosed(result)


def _aliases_in_use(organisation: Organisation) -> set[str]:
    open_ones = Case.objects.unscoped(reason="words in use in the own organisation").filter(
        organisation=organisation, state__in=[Case.State.ACTIVE, Case.State.FOLLOW_UP]
    )
    return set(open_ones.order_by().values_list("alias", flat=True).distinct())


def free_code() -> str:
    for _attempt in range(20):
        code = codes.new_code()
        with node_level(reason="a code is unique in the node, also among cases that nobody here sees"):
            taken = Case.objects.unscoped(reason="is this code free").filter(code=code).exists()
        if not taken:
            return code
    raise RuntimeError("no free case code found")  # 39 bits: only a broken random source gets here


@transaction.atomic
def assign(*, actor: Actor, case: Case, user: User, at: datetime | None = None) -> CaseAssignment:
    """Give the case to a worker of the organisation that keeps it. Raises InvalidInput for anybody else, Refused."""
    at = at or timezone.now()
    access.require_on_case(actor, "case.assign", case, at=at)
    if not _works_there(user, case, timezone.localdate(at)):
        raise InvalidInput(
            {"user": _("Choose somebody who works with people at the organisation that keeps the case.")}
        )
    access.require_free(case, field="user", user_id=user.pk)
    assignment, new = CaseAssignment.objects.get_or_create(case=case, user=user, until=None)
    # What somebody stood in for is their own from now on: the end of the cover does not take it back.
    if LeaveCoverCase.objects.filter(assignment=assignment).delete()[0] or new:
        _keep(actor, "case.assign", case, {"user": user.pk})
    return assignment


@transaction.atomic
def unassign(*, actor: Actor, case: Case, user: User, at: datetime | None = None) -> None:
    """Take the case from a worker. Raises Refused."""
    at = at or timezone.now()
    access.require_on_case(actor, "case.assign", case, at=at)
    if CaseAssignment.objects.filter(case=case, user=user, until__isnull=True).update(until=at):
        _keep(actor, "case.assign", case, {"user": user.pk, "until": at})


def _works_there(user: User, case: Case, on: date) -> bool:
    membership = Membership.objects.filter(user=user, organisation_id=case.organisation_id, since__lte=on).first()
    if membership is None or (membership.until is not None and membership.until < on):
        return False
    return bool({Role(role) for role in membership.roles} & CASEWORK)


@transaction.atomic
def close_case(
    *,
    actor: Actor,
    case: Case,
    version: int,
    reason: str,
    state: str = Case.State.CLOSED,
    at: datetime | None = None,
) -> Case:
    """Close a case, with a reason of ``domain.closing``; a file that is closed can be opened again.

    Raises GateClosed when the reason is that the person refuses to testify, to return, to join or to attend
    something, or that a term is over: help never ends by that. StaleEdit, InvalidInput, Refused.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "case.close", case, at=at)
    if state not in (Case.State.CLOSED, Case.State.CLOSED_REFERRED, Case.State.FOLLOW_UP):
        raise InvalidInput({"state": _("Choose how it is closed.")})
    refuse_terms(actor, case, reason)
    if reason not in {**closing.REASONS, **closing.IMPORTED, **closing.FORBIDDEN}:
        raise InvalidInput({"reason": _("Choose a reason from the list.")})
    result = gates.check(
        "end_assistance",
        {"own_wish_to_end": reason in closing.OWN_WISH, "reason_is_no_refusal": reason not in closing.FORBIDDEN},
    )
    if not result.open:
        raise GateClosed(result, about=case.pk)
    current = lock_case(case)
    if current.version != version:
        raise StaleEdit(current={"version": current.version, "state": current.state})
    current.state, current.close_reason, current.version = state, reason, current.version + 1
    current.closed_on = None if state == Case.State.FOLLOW_UP else timezone.localdate(at)
    current.save()
    _keep(actor, "case.close", current, {"state": state, "reason": reason})
    if reason == closing.DIED:
        end_by_death(actor=actor, case=current, on=timezone.localdate(at))
    if current.closed_on:  # reminders end; a period that is the person's right runs on
        running = Clock.objects.filter(case=current, ended_at__isnull=True, blocks_removal=False)
        clocks.finish(actor=actor, clocks=running, reason="case_closed", at=at)
    clocks.refresh_next_due(current)
    return current


@transaction.atomic
def reopen_case(*, actor: Actor, case: Case, version: int, at: datetime | None = None) -> Case:
    """Open a closed case again: the offer stays, whatever the reason was. Raises StaleEdit, InvalidInput, Refused."""
    at = at or timezone.now()
    access.require_on_case(actor, "case.close", case, at=at)
    current = lock_case(case)
    if current.version != version:
        raise StaleEdit(current={"version": current.version, "state": current.state})
    if current.state == Case.State.ACTIVE:
        raise InvalidInput({"": _("This case is open.")})
    was, current.state, current.close_reason, current.closed_on = current.state, Case.State.ACTIVE, "", None
    current.version += 1
    current.save()
    _keep(actor, "case.reopen", current, {"was": was})
    clocks.ensure_guardian(actor=actor, case=current, at=at)
    clocks.refresh_next_due(current)
    return current


def _keep(actor: Actor, act: str, case: Case, detail: Mapping[str, Any]) -> None:
    audit.record(actor=actor, act=act, chain=("case", case.pk), subject_type="case", subject_id=case.pk, detail=detail)
