"""First contacts that never became a file expire on a clock of their own; so do screenings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.contact.models import Intake, Screening
from fener.norms import retention
from fener.norms.why import plain
from fener.trust.models import Consent, Erasure, ItemGrant, RetentionPeriod
from fener.trust.privacy.kinds import Due, Kind


def contacts_of(case_id: UUID) -> set[UUID]:
    """The ids under which the words of the first contact are sealed that led to this file."""
    rows = Intake.objects.unscoped(reason="the first contact of a file that is erased").filter(case_id=case_id)
    return {screening or pk for pk, screening in rows.values_list("pk", "screening_id")}


def due(at: datetime) -> Iterable[Due]:
    """First contacts without a file, and screenings that led to none, whose time has run out."""
    today = timezone.localdate(at)
    intakes = Intake.objects.unscoped(reason="a job looks for first contacts whose time has run out")
    without = intakes.filter(case_id__isnull=True).exclude(state=Intake.State.OPENED).exclude(summary={})
    rows = without.order_by("sent_at").values_list("pk", "screening_id", "organisation_id", "sent_at")
    met = Screening.objects.unscoped(reason="a job looks for screenings whose time has run out")
    alone = met.filter(intake__isnull=True).exclude(answers={}).order_by("started_at")
    yield from _run_out("first_contact", ((screening or pk, body, sent) for pk, screening, body, sent in rows), today)
    yield from _run_out("screening", alone.values_list("pk", "organisation_id", "started_at"), today)


def _run_out(data_class: str, rows: Iterable[tuple[UUID, UUID, datetime]], today: date) -> Iterable[Due]:
    own = {
        row.holder_id: retention.Own(row.months, row.reason)
        for row in RetentionPeriod.objects.filter(data_class=data_class)
    }
    if not own and not retention.law(data_class, settings.FENER_JURISDICTION).known:
        return
    decided = set(Erasure.objects.filter(kind="contact", state__in=Erasure.OPEN).values_list("subject_id", flat=True))
    for subject, holder, began in rows:
        start = timezone.localdate(began)
        found = retention.due(data_class, start, jurisdiction=settings.FENER_JURISDICTION, own=own.get(holder))
        if found.is_due(today) and subject not in decided:
            steps = tuple((step.text, plain(step.params)) for step in found.why)
            yield Due(subject, holder, Erasure.Ground.RAN_OUT, steps)


def alive(subject_id: UUID) -> bool:
    """Whether somebody still holds a key to it, or what was answered or passed on is still there."""
    mine = Q(pk=subject_id) | Q(screening_id=subject_id)
    passed_on = Intake.objects.unscoped(reason="whether it is erased").filter(mine).exclude(summary={})
    answered = Screening.objects.unscoped(reason="whether it is erased").filter(pk=subject_id).exclude(answers={})
    return ItemGrant.objects.filter(item__subject_id=subject_id).exists() or passed_on.exists() or answered.exists()


def prepare(subject_id: UUID, at: datetime) -> None:
    """What is open is closed: nobody waits for an answer about somebody who is not there any more."""
    mine = Q(pk=subject_id) | Q(screening_id=subject_id)
    intakes = Intake.objects.unscoped(reason="one first contact that is erased").filter(mine)
    intakes.filter(state__in=[Intake.State.SENT, Intake.State.RECEIVED]).update(
        state=Intake.State.CLOSED, close_reason="not_reached"
    )
    met = Screening.objects.unscoped(reason="one screening that is erased").filter(pk=subject_id)
    met.exclude(state=Screening.State.CLOSED).update(state=Screening.State.CLOSED, closed_at=at)
    Consent.objects.filter(subject_id=subject_id, withdrawn_at__isnull=True).update(withdrawn_at=at)


KIND = Kind(
    code="contact",
    label=_("a first contact"),
    chain=lambda subject: ("case", subject),
    alive=alive,
    prepare=prepare,
    due=due,
)
