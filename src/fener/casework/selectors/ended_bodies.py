"""What the end of a body means in cases: counts for everybody, and for the sender of each open referral a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fener.casework.models import Case, Referral
from fener.casework.selectors.worklist import LONGEST, Task, provide
from fener.network.models import Organisation
from fener.network.selectors.succession import Consequence
from fener.network.selectors.succession import provide as provide_counts
from fener.network.tasks import tasks
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship

OPEN = (Referral.State.OFFERED, Referral.State.ACCEPTED)


def counts(actor: Actor, organisation: Organisation) -> Iterable[Consequence]:
    """Referrals that wait or run there, and files that the body keeps. Protected cases are in no count, nor those from
    which the reader is shut out.
    """
    referrals = Referral.objects.for_figures(actor, reason="how many referrals the end of a body touches")
    cases = Case.objects.for_figures(actor, reason="how many files the end of a body touches")
    return [
        Consequence(_("referrals that wait for its answer"),
                    referrals.filter(to_organisation=organisation, state=Referral.State.OFFERED).count()),
        Consequence(_("referrals that run there"),
                    referrals.filter(to_organisation=organisation, state=Referral.State.ACCEPTED).count()),
        Consequence(_("files that it keeps and has to close or hand over with the person's consent"),
                    cases.filter(organisation=organisation, state__in=[Case.State.ACTIVE, Case.State.FOLLOW_UP])
                    .count()),
    ]  # fmt: skip


def _ask_anew(actor: Actor, at: datetime) -> Iterator[Task]:
    """Open referrals of the actor's organisation to a body that has ended: the person is asked about another one."""
    if actor.keeper_id is None or not policy.decide(actor, "referral.offer", Relationship.SAME_ORGANISATION):
        return
    rows = Referral.objects.for_actor(actor).filter(
        from_organisation_id=actor.keeper_id,
        state__in=OPEN,
        to_organisation__active_until__lt=timezone.localdate(at),
    )
    rows = rows.select_related("to_organisation__succession__successor", "case")
    for referral in rows.order_by("offered_at")[:LONGEST]:
        yield Task(at, _words(referral), "casework:referral", (referral.pk,), "ended_body", referral.case.code)


def _words(referral: Referral) -> str:
    ended = referral.to_organisation
    succession = getattr(ended, "succession", None)
    if succession is not None and succession.successor is not None:
        return _now("%(ended)s has ended: ask the person about %(successor)s") % {
            "ended": ended.short_name, "successor": succession.successor.short_name,
        }  # fmt: skip
    return _now("%(ended)s has ended: ask the person about another body") % {"ended": ended.short_name}


def _of_the_map(actor: Actor, at: datetime) -> Iterator[Task]:
    """Contact points to verify and agreements to confirm, as the network says them."""
    for one in tasks(actor, timezone.localdate(at)):
        due = timezone.make_aware(datetime.combine(one.due, time(23, 59, 59))) if one.due else None
        yield Task(due, one.text, one.url_name, one.args, one.kind)


def register() -> None:
    """Called once by the room's ``AppConfig.ready``."""
    provide("casework.ended_bodies", _ask_anew)
    provide("network.map", _of_the_map)
    provide_counts("casework", counts)
