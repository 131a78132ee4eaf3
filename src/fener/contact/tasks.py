"""What of the first contact waits for somebody: calls to make, screenings to finish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from fener.casework.selectors.worklist import LONGEST, Task
from fener.contact.models import Intake, Screening
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship


def first_contacts(actor: Actor, at: datetime) -> Iterator[Task]:
    """Intakes at the own organisation's desks that nobody took on, and those without a case yet. One query."""
    if not policy.decide(actor, "intake.list", Relationship.SAME_ORGANISATION):
        return
    waiting = Intake.objects.for_actor(actor).filter(state__in=[Intake.State.SENT, Intake.State.RECEIVED])
    for intake in waiting.order_by("-urgent", "answer_due")[:LONGEST]:
        if intake.state == Intake.State.SENT:
            text = _("Take on a first contact: somebody waits for a call")
        else:
            text = _("Call, then open a case or close the first contact")
        yield Task(intake.answer_due, text, "contact:intake", (intake.code,), "intake", intake.code, intake.urgent)


def own_screenings(actor: Actor, at: datetime) -> Iterator[Task]:
    """Screenings that the actor began and did not close. One query."""
    if not policy.decide(actor, "screening.read", Relationship.OWN):
        return
    mine = Screening.objects.for_actor(actor).order_by("started_at")[:LONGEST]
    for screening in mine:
        text = _("Finish a screening") if screening.state == Screening.State.OPEN else _("Offer help after a screening")
        yield Task(None, text, "contact:screening", (screening.pk,), "screening", urgent=screening.danger_now)


def overdue_calls(actor: Actor, at: datetime) -> Iterator[Task]:
    """For the co-ordinator: first contacts that no desk took on in time. Codes and bodies, no content. One query."""
    if not policy.decide(actor, "intake.overdue.read", Relationship.NODE):
        return
    late = Intake.objects.unscoped(reason="the node's overdue answers; codes, bodies and times")
    rows = late.filter(state=Intake.State.SENT, answer_due__lt=at).select_related("organisation").order_by("answer_due")
    for intake in rows[:LONGEST]:
        text = _("%(body)s has not taken on a first contact") % {"body": intake.organisation.short_name}
        yield Task(intake.answer_due, text, "web:board", (), "intake_late", intake.code, intake.urgent)
