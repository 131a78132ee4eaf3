"""Erasing a file: proposed at the person's word or by the clock; what ends with it; what stands against it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case, Clock, Referral, ReviewRequest
from fener.casework.models.scopes import CaseQuerySet
from fener.casework.services.facts import lock_case
from fener.norms import retention
from fener.norms.why import gettext_noop, plain
from fener.trust import audit, policy
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import AlreadyDone, InvalidInput, NotGranted, Refused
from fener.trust.models import Consent, Erasure, Keeper, RetentionPeriod
from fener.trust.policy import Relationship
from fener.trust.privacy import erasures
from fener.trust.privacy.erasures import HOLDS
from fener.trust.privacy.kinds import Due, Hold, Kind
from fener.trust.purposes import Purpose

CASE = "case"
CLOSED = (Case.State.CLOSED, Case.State.CLOSED_REFERRED)


def propose_erasure(*, actor: Actor, case: Case, ground: str, at: datetime | None = None) -> Erasure:
    """Propose to erase a file because the person asked, or took their consent back. Raises AlreadyDone, Refused."""
    at = at or timezone.now()
    relationship = access.require_on_case(actor, "erasure.propose", case, at=at)
    return erasures.propose(
        actor=actor,
        kind=CASE,
        subject_id=case.pk,
        holder_id=case.organisation_id,
        ground=ground,
        relationship=relationship,
        at=at,
    )


def propose_by_withdrawal(*, actor: Actor, case: Case, at: datetime) -> Erasure | None:
    """The person took back that the file is kept: propose its erasure, whoever wrote that down. None: open already."""
    found = access.relationships(actor, case, at=at)
    by = actor if access.allowed(actor, "erasure.propose", found) else SYSTEM
    try:
        return erasures.propose(
            actor=by,
            kind=CASE,
            subject_id=case.pk,
            holder_id=case.organisation_id,
            ground=Erasure.Ground.WITHDRAWN,
            relationship=access.allowed(actor, "erasure.propose", found) or Relationship.NONE,
            at=at,
        )
    except AlreadyDone:
        return None


def approve_erasure(*, actor: Actor, erasure: Erasure, at: datetime | None = None) -> Erasure:
    """Agree to it as another person. Raises InvalidInput while something stands against it, Refused, AlreadyDone."""
    at = at or timezone.now()
    how = standing(actor, erasure, "erasure.review", at=at)
    return erasures.approve(actor=actor, erasure=erasure, relationship=how, at=at)


def refuse_erasure(
    *, actor: Actor, erasure: Erasure, hold: str, look_again_on: date, at: datetime | None = None
) -> Erasure:
    """Not now, with the reason and the day on which it is proposed again. Raises InvalidInput, Refused, AlreadyDone."""
    at = at or timezone.now()
    how = standing(actor, erasure, "erasure.review", at=at)
    return erasures.refuse(
        actor=actor, erasure=erasure, relationship=how, hold=hold, look_again_on=look_again_on, at=at
    )


def stop_erasure(*, actor: Actor, erasure: Erasure, because: str, at: datetime | None = None) -> Erasure:
    """Stop it before its day. Raises InvalidInput, Refused, AlreadyDone."""
    at = at or timezone.now()
    how = standing(actor, erasure, "erasure.stop", at=at)
    return erasures.stop(actor=actor, erasure=erasure, relationship=how, because=because, at=at)


def standing(actor: Actor, erasure: Erasure, act: str, *, at: datetime | None = None) -> Relationship:
    """In which relationship the actor may do this with an erasure; a file's own rules (who is shut out) hold.

    Raises Refused, NotGranted.
    """
    if erasure.kind == CASE:
        case = Case.objects.unscoped(reason="the case of an erasure; access is checked next").filter(
            pk=erasure.subject_id
        )
        found = case.first()
        if found is None:
            raise NotGranted
        return access.require_on_case(actor, act, found, at=at)
    mine = actor.keeper_id is not None and actor.keeper_id == erasure.holder_id
    found = {Relationship.SAME_ORGANISATION if mine else Relationship.NONE}
    return access.require(actor, "first_contact.review_erasure", found)


def set_period(
    *, actor: Actor, data_class: str, months: int, reason: str, at: datetime | None = None
) -> RetentionPeriod:
    """How long the actor's organisation keeps a class of data, by its own rule and with its reason.

    Raises InvalidInput by field (a class that is never erased, a length outside the law's), Refused.
    """
    at = at or timezone.now()
    policy.require(actor, "retention.set", Relationship.SAME_ORGANISATION)
    known = retention.classes().get(data_class)
    problem = retention.problem_of(months, data_class, jurisdiction=settings.FENER_JURISDICTION)
    errors = {}
    if known is None or not known.erases:
        errors["data_class"] = _("Nothing of this kind is erased by a period.")
    if not 1 <= months <= 600:
        errors["months"] = _("Give a number of months from 1 to 600.")
    elif problem is not None:
        errors["months"] = _(problem.text) % dict(problem.params)  # type: ignore[assignment]
    if not reason.strip():
        errors["reason"] = _("Say why: whoever asks for their rights reads it.")
    if errors:
        raise InvalidInput(errors)
    holder = Keeper.objects.filter(pk=actor.keeper_id).first() if actor.keeper_id else None
    if holder is None:
        raise Refused(act="retention.set")
    with transaction.atomic():
        row, _new = RetentionPeriod.objects.update_or_create(
            holder=holder,
            data_class=data_class,
            defaults={
                "months": months,
                "reason": reason.strip()[:300],
                "set_at": at,
                "set_by_id": access.user_id(actor),
            },
        )
        audit.record(
            actor=actor,
            act="retention.set",
            chain=("keeper", row.holder_id),
            subject_type="retention",
            subject_id=None,
            detail={"class": data_class, "months": months},
        )
    return row


# -- what trust asks about this kind of file --------------------------------------------------------------------------


def alive(subject_id: UUID) -> bool:
    """Whether there is a file that was not erased: an erased one has no word to speak of it by."""
    return _rows("whether it is erased").filter(pk=subject_id).exclude(alias="").exists()


def holds(subject_id: UUID) -> tuple[Hold, ...]:
    """A review or an appeal that is not decided: the person may need what is in the file."""
    undecided = ReviewRequest.objects.filter(decision__case_id=subject_id, outcome__isnull=True).exists()
    return (Hold("review", HOLDS["review"]),) if undecided else ()


def prepare(subject_id: UUID, at: datetime) -> None:
    """Offers and clocks end, sentences count no more, the file is closed. In the erasure's transaction."""
    case = _rows("one case that is erased").filter(pk=subject_id).first()
    if case is None:
        return
    current = lock_case(case)
    Clock.objects.filter(case=current, ended_at__isnull=True).update(ended_at=at, end_reason="erased")
    referrals = Referral.objects.unscoped(reason="open referrals of a case that is erased").filter(case=current)
    referrals.filter(state=Referral.State.OFFERED).update(state=Referral.State.WITHDRAWN)
    # It was accepted, and counts as such; nobody works on it any more.
    referrals.filter(state=Referral.State.ACCEPTED).update(state=Referral.State.ENDED, outcome_at=at)
    Consent.objects.filter(subject_id=subject_id, withdrawn_at__isnull=True).update(withdrawn_at=at)
    if current.state not in CLOSED:
        current.state, current.close_reason = Case.State.CLOSED, "erased"
    current.closed_on = current.closed_on or timezone.localdate(at)
    current.save(update_fields=["state", "close_reason", "closed_on"])


def due(at: datetime) -> Iterable[Due]:
    """Files whose period has run out, and files that no living consent lets anybody keep."""
    today = timezone.localdate(at)
    yield from _run_out(today)
    keeps = Consent.objects.filter(subject_id=OuterRef("pk"), purpose=Purpose.KEEP)
    living = keeps.filter(withdrawn_at__isnull=True, given_on__lte=today, until__gte=today)
    lapsed = _undecided().filter(Exists(keeps), ~Exists(living))
    for pk, holder in lapsed.order_by("opened_on").values_list("pk", "organisation_id"):
        yield Due(pk, holder, Erasure.Ground.NO_CONSENT, ((NO_LIVING_CONSENT, {}),))


NO_LIVING_CONSENT = gettext_noop("No sentence of the person lets anybody keep this file any more.")


def _run_out(today: date) -> Iterable[Due]:
    own = {
        row.holder_id: retention.Own(row.months, row.reason)
        for row in RetentionPeriod.objects.filter(data_class="case_file")
    }
    closed = _undecided().filter(state__in=CLOSED, closed_on__isnull=False)
    if not retention.law("case_file", settings.FENER_JURISDICTION).known:
        closed = closed.filter(organisation_id__in=list(own))
    for pk, holder, closed_on in closed.order_by("closed_on").values_list("pk", "organisation_id", "closed_on"):
        if closed_on is None:
            continue
        found = retention.due("case_file", closed_on, jurisdiction=settings.FENER_JURISDICTION, own=own.get(holder))
        if found.is_due(today):
            steps = tuple((step.text, plain(step.params)) for step in found.why)
            yield Due(pk, holder, Erasure.Ground.RAN_OUT, steps)


def _undecided() -> CaseQuerySet:
    """Files that are not erased, and of which no erasure is being decided."""
    open_ones = Erasure.objects.filter(subject_id=OuterRef("pk"), state__in=Erasure.OPEN)
    return _rows("a job looks for files whose time has run out").exclude(alias="").filter(~Exists(open_ones))


def _rows(reason: str) -> CaseQuerySet:
    rows: CaseQuerySet = Case.objects.unscoped(reason=reason)
    return rows


KIND = Kind(
    code=CASE,
    label=_("a file"),
    chain=lambda subject: ("case", subject),
    alive=alive,
    prepare=prepare,
    due=due,
    holds=holds,
)
