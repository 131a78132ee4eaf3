"""Who co-ordinates, what is vacant, what the structure lacks; contact points and which of them are stale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from fener.network import access
from fener.network.models import ContactPoint, CoordinationBody, CoordinationPost
from fener.network.models.common import holding
from fener.norms.duties import duties
from fener.norms.structures import Held, Lack, lacks, structures
from fener.trust.actor import Actor
from fener.trust.errors import Refused

READ = "map.read"


@dataclass(frozen=True)
class Structure:
    """The co-ordination bodies of a day and what is lacking."""

    on: date
    bodies: tuple[CoordinationBody, ...]
    lacks: tuple[Lack, ...]


def co_ordination(actor: Actor, on: date | None = None) -> Structure:
    """The structure of a day (today by default). Raises Refused."""
    access.require(actor, READ)
    on = on or timezone.localdate()
    found = CoordinationBody.objects.filter(holding(on)).select_related("host", "area", "parent")
    bodies = tuple(found.prefetch_related("posts", "members", "meetings__present", "contact_points"))
    order = {kind.code: place for place, kind in enumerate(structures().kinds)}
    bodies = tuple(sorted(bodies, key=lambda body: (order.get(body.kind, len(order)), body.name)))
    return Structure(on, bodies, tuple(lacks([_held(body, on) for body in bodies], on=on, state=duties().state)))


def _held(body: CoordinationBody, on: date) -> Held:
    posts = [post for post in body.posts.all() if post.holds_on(on)]
    met = [meeting.held_on for meeting in body.meetings.all() if meeting.held_on <= on]
    return Held(
        kind=body.kind,
        body=body.pk,
        rank=body.rank,
        full_time=body.full_time_staff,
        powers=bool(body.powers.strip()),
        posts=len(posts),
        vacant=sum(post.vacant for post in posts),
        child_specialist=body.led_by_child_specialist,
        part_of=body.parent.kind if body.parent else "",
        sectors=tuple(member.sector for member in body.members.all()),
        last_met=max(met, default=None),
    )


def co_ordination_body(actor: Actor, pk: int) -> CoordinationBody:
    """One of them. Raises Refused, the same for one that does not exist."""
    access.require(actor, READ)
    found = CoordinationBody.objects.filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


def post(actor: Actor, pk: int) -> CoordinationPost:
    """One post. Raises Refused, the same for one that does not exist."""
    access.require(actor, READ)
    found = CoordinationPost.objects.select_related("body").filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


def contacts(actor: Actor) -> QuerySet[ContactPoint]:
    """Contact points in use. Raises Refused."""
    access.require(actor, READ)
    return ContactPoint.objects.filter(closed_on=None).select_related("organisation", "coordination", "area")


def contact(actor: Actor, pk: int) -> ContactPoint:
    """One of them. Raises Refused, the same for one that does not exist."""
    found = contacts(actor).filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


def stale_contacts(actor: Actor, on: date) -> QuerySet[ContactPoint]:
    """Those that nobody verified, or too long ago, the longest first. Raises Refused."""
    days = structures().contact_days
    limit = date.fromordinal(on.toordinal() - days)
    stale = contacts(actor).filter(Q(verified_on__isnull=True) | Q(verified_on__lte=limit))
    return stale.order_by("verified_on", "name", "pk")
