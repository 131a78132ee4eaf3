"""Decisions on status: by whoever has the mandate, with reasons, told to the person, open to review (rules ID-18 to
ID-22).

A decision changes a word on the case and nothing else: it closes no case, ends no service and no running period.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Assessment, Case, Clock, ReviewRequest, StatusDecision
from fener.casework.services import clocks
from fener.casework.services.assessments import considered_by_default, criteria_version, independent
from fener.casework.services.facts import lock_case
from fener.casework.services.information import InformationTerms, require_told
from fener.casework.services.notes import seal_words
from fener.network.mandates import has_function
from fener.network.models import Mandate
from fener.norms import gates
from fener.norms.packs import load_packs
from fener.norms.status import StatusError, ladder
from fener.norms.vocab import vocabulary
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.standing import node_level

# What the jurisdictions call it differs; either mandate decides (packs ``jurisdictions``: identify, decide_status).
DECIDING = ("decide_status", "identify")


@node_level(reason="whoever assesses or decides weighs all that was assessed")
@transaction.atomic
def decide_status(
    *,
    actor: Actor,
    case: Case,
    status: str,
    legal_basis: str,
    reasons: str,
    alternative: str = "",
    evidence: Sequence[str] = (),
    considered: Iterable[Assessment] | None = None,
    decided_on: date | None = None,
    review_told: bool = False,
    told: InformationTerms | None = None,
    at: datetime | None = None,
) -> StatusDecision:
    """Decide on the status of a case. ``considered`` None: every assessment that stands in it.

    Refused without the mandate on that day, and while police are the only assessor (gate ``status_decision``). A
    downgrade needs, besides, evidence and that the person was told of the review (gate ``downgrade``, rule ID-09);
    ``alternative`` is the concept named instead (pack ``concepts``). ``told``: when and in which language the person
    was told. Raises GateClosed, InvalidInput, Refused.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "status.decide", case, at=at)
    return _decide(
        actor=actor, case=case, new=status, legal_basis=legal_basis, reasons=reasons,
        alternative=alternative, evidence=evidence, considered=considered, decided_on=decided_on,
        review_told=review_told, told=told, at=at,
    )  # fmt: skip


def _decide(
    *,
    actor: Actor,
    case: Case,
    new: str,
    legal_basis: str,
    reasons: str,
    alternative: str,
    evidence: Sequence[str],
    considered: Iterable[Assessment] | None,
    decided_on: date | None,
    review_told: bool,
    told: InformationTerms | None,
    at: datetime,
    review_of: StatusDecision | None = None,
) -> StatusDecision:
    current = lock_case(case)
    on = decided_on or timezone.localdate(at)
    weighed = list(considered) if considered is not None else list(considered_by_default(current))
    mandate = _mandate(actor, on)
    require_told(current, before="decision")
    downgrade = _check_step(current, new, on=on, today=timezone.localdate(at), review_of=review_of)
    _check_words(alternative, evidence, weighed, current)
    criteria = criteria_version()  # of the packs: nothing that somebody typed
    _check_gates(
        legal_basis=legal_basis, reasons=reasons, criteria=criteria, weighed=weighed, downgrade=downgrade,
        evidence=evidence, review_told=review_told,
    )  # fmt: skip
    decision = StatusDecision(
        id=uuid.uuid4(),
        case=current,
        status=new,
        previous_status=current.status,
        organisation_id=actor.keeper_id,
        decided_by_id=access.user_id(actor),
        mandate=mandate,
        legal_basis=legal_basis.strip(),
        criteria_version=criteria,
        decided_on=on,
        is_downgrade=downgrade,
        alternative=alternative,
        evidence=sorted(set(evidence)),
        review_of=review_of,
    )
    decision.reasons = seal_words(  # type: ignore[assignment]  # the gate has seen that there are some
        actor=actor, case=current, slot=f"decision:{decision.pk}", words=reasons, also_for=[actor.keeper_id]
    )
    decision.save(force_insert=True)
    decision.considered.set(weighed)
    _keep(actor, "status.decide", decision, weighed)
    current.status, current.version = new, current.version + 1
    current.save(update_fields=["status", "version"])
    if told is not None:
        _tell(actor, decision, told, at)
    if new in ("presumed", "identified"):
        clocks.ensure_recovery(actor=actor, case=current, at=at)
    clocks.refresh_next_due(current)
    case.status, case.version, case.next_due = current.status, current.version, current.next_due
    return decision


@node_level(reason="whoever assesses or decides weighs all that was assessed")
@transaction.atomic
def record_told(
    *, actor: Actor, decision: StatusDecision, told: InformationTerms, at: datetime | None = None
) -> StatusDecision:
    """Record that the decision was told to the person, when, in which language, through whom.

    Raises InvalidInput, Refused.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "status.tell", decision.case, at=at)
    _tell(actor, decision, told, at)
    return decision


@node_level(reason="whoever assesses or decides weighs all that was assessed")
@transaction.atomic
def request_review(
    *,
    actor: Actor,
    decision: StatusDecision,
    reasons: str = "",
    kind: str = ReviewRequest.Kind.REVIEW,
    asked_by_person: bool = True,
    requested_on: date | None = None,
    at: datetime | None = None,
) -> ReviewRequest:
    """Ask for a decision to be looked at again. Every decision can be; reasons are welcome and not needed.

    Starts the clock of the answer. Raises InvalidInput, AlreadyDone while one is open, Refused.
    """
    at = at or timezone.now()
    case = decision.case
    access.require_on_case(actor, "review.request", case, at=at)
    if kind not in ReviewRequest.Kind.values:
        raise InvalidInput({"kind": _("Choose review or appeal.")})
    if decision.review_requests.filter(outcome__isnull=True, kind=kind).exists():
        raise AlreadyDone(str(decision.pk), _("This was asked for already and waits for an answer."))
    request = ReviewRequest(
        id=uuid.uuid4(),
        decision=decision,
        kind=kind,
        asked_by_person=asked_by_person,
        requested_on=requested_on or timezone.localdate(at),
        recorded_by_id=access.user_id(actor),
    )
    request.reasons = seal_words(
        actor=actor, case=case, slot=f"review:{request.pk}", words=reasons, also_for=[decision.organisation_id]
    )
    request.save(force_insert=True)
    clocks.begin(actor=actor, case=case, code=clocks.REVIEW, at=at, subject_type="review", subject_id=request.pk)
    clocks.refresh_next_due(case)
    audit.record(
        actor=actor, act="review.request", chain=("case", case.pk), subject_type="review", subject_id=request.pk,
        detail={"decision": decision.pk, "kind": kind, "by_person": asked_by_person},
    )  # fmt: skip
    return request


@node_level(reason="whoever assesses or decides weighs all that was assessed")
@transaction.atomic
def answer_review(
    *,
    actor: Actor,
    request: ReviewRequest,
    status: str,
    legal_basis: str,
    reasons: str,
    alternative: str = "",
    evidence: Sequence[str] = (),
    considered: Iterable[Assessment] | None = None,
    decided_on: date | None = None,
    review_told: bool = False,
    told: InformationTerms | None = None,
    at: datetime | None = None,
) -> StatusDecision:
    """Answer a review by a new decision that points at the first one, which stays. By another person than its author.

    Raises as :func:`decide_status`, AlreadyDone for one that was answered.
    """
    at = at or timezone.now()
    case, first = request.decision.case, request.decision
    access.require_on_case(actor, "review.answer", case, at=at)
    request = ReviewRequest.objects.select_for_update().get(pk=request.pk)
    if request.outcome_id is not None:
        raise AlreadyDone(str(request.outcome_id), _("This was answered already."))
    if actor.user_id == first.decided_by_id:
        raise Refused(_("Somebody else than the first decider has to answer."), act="review.answer", hidden=False)
    decision = _decide(
        actor=actor, case=case, new=status, legal_basis=legal_basis, reasons=reasons,
        alternative=alternative, evidence=evidence, considered=considered, decided_on=decided_on,
        review_told=review_told, told=told, at=at, review_of=first,
    )  # fmt: skip
    request.outcome = decision
    request.save(update_fields=["outcome"])
    waiting = Clock.objects.filter(case=case, subject_type="review", subject_id=request.pk, ended_at__isnull=True)
    clocks.finish(actor=actor, clocks=waiting, reason="done", at=at)
    clocks.refresh_next_due(case)
    audit.record(
        actor=actor, act="review.answer", chain=("case", case.pk), subject_type="review", subject_id=request.pk,
        detail={"decision": decision.pk, "changed": decision.status != first.status},
    )  # fmt: skip
    return decision


def _mandate(actor: Actor, on: date) -> Mandate:
    for function in DECIDING:
        found = has_function(organisation_id=actor.keeper_id, function=function, on=on) if actor.keeper_id else None
        if found is not None:
            return found
    raise Refused(
        _(
            "Your organisation has no mandate to decide on a status on this day. "
            "Refer the case to the body that has it."
        ),
        act="status.decide",
        hidden=False,
    )


def _check_step(case: Case, new: str, *, on: date, today: date, review_of: StatusDecision | None) -> bool:
    """Whether the step is a downgrade. The same status again is an answer to a review, and to nothing else."""
    if on > today or on < case.opened_on:
        raise InvalidInput({"decided_on": _("The decision's date lies between the opening of the case and today.")})
    if new == case.status and review_of is not None:
        return False
    try:
        return ladder().step(case.status, new).downgrade
    except StatusError:
        raise InvalidInput({"status": _("This status cannot follow the present one.")}) from None


def _check_words(alternative: str, evidence: Sequence[str], weighed: Iterable[Assessment], case: Case) -> None:
    errors: dict[str, Any] = {}
    if alternative and alternative not in load_packs().get("concepts", "told_apart").data["concepts"]:
        errors["alternative"] = _("Choose what it is called instead from the list.")
    kinds = vocabulary("evidence_type")
    if any(code not in kinds for code in evidence):
        errors["evidence"] = _("Choose the evidence from the list.")
    if any(assessment.case_id != case.pk for assessment in weighed):
        errors["considered"] = _("Choose assessments of this case.")
    if errors:
        raise InvalidInput(errors)


def _check_gates(
    *,
    legal_basis: str,
    reasons: str,
    criteria: str,
    weighed: list[Assessment],
    downgrade: bool,
    evidence: Sequence[str],
    review_told: bool,
) -> None:
    result = gates.check(
        "status_decision",
        {
            "has_mandate": True,
            "assessed_by_other_than_police": bool(independent(weighed)),
            "legal_basis_named": bool(legal_basis.strip()),
            "criteria_named": bool(criteria),
            "reasons_given": bool(reasons.strip()),
        },
    )
    if not result.open:
        raise GateClosed(result)
    if not downgrade:
        return
    result = gates.check(
        "downgrade",
        {
            "decision_maker_named": True,
            "reason_given": bool(reasons.strip()),
            "evidence_given": bool(evidence),
            "dated": True,
            "review_told": review_told,
        },
    )
    if not result.open:
        raise GateClosed(result)


def _tell(actor: Actor, decision: StatusDecision, told: InformationTerms, at: datetime) -> None:
    told_on = told.told_on or timezone.localdate(at)
    errors: dict[str, Any] = {}
    if not told.language.strip():
        errors["told_language"] = _("Say in which language it was told.")
    if not decision.decided_on <= told_on <= timezone.localdate(at):
        errors["told_on"] = _("It was told between the day of the decision and today.")
    if errors:
        raise InvalidInput(errors)
    decision.told_on, decision.told_language = told_on, told.language.strip()
    decision.told_interpreter = told.interpreter.strip()
    decision.save(update_fields=["told_on", "told_language", "told_interpreter"])
    audit.record(
        actor=actor, act="status.tell", chain=("case", decision.case_id), subject_type="decision",
        subject_id=decision.pk, detail={"told_on": told_on, "language": decision.told_language},
    )  # fmt: skip


def _keep(actor: Actor, act: str, decision: StatusDecision, weighed: list[Assessment]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", decision.case_id),
        subject_type="decision",
        subject_id=decision.pk,
        detail={
            "from": decision.previous_status,
            "to": decision.status,
            "downgrade": decision.is_downgrade,
            "alternative": decision.alternative,
            "evidence": decision.evidence,
            "mandate": decision.mandate_id,
            "criteria": decision.criteria_version,
            "considered": [assessment.pk for assessment in weighed],
            "review_of": decision.review_of_id,
        },
    )
