"""Co-ordination bodies, their posts and meetings (rule BO-03). A post is held by an office; nobody is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import CoordinationBody, CoordinationMeeting, CoordinationPost, Organisation
from fener.network.services.bodies import check
from fener.network.services.common import check_period, end_row, keep_on_node
from fener.norms.structures import structures
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput

ACT = "network.co_ordination.change"


@transaction.atomic
def record_body(*, actor: Actor, members: Iterable[Organisation] = (), **fields: Any) -> CoordinationBody:
    """Record a co-ordinator, group, focal point or committee. ``fields`` are those of the model.

    Raises Refused, InvalidInput.
    """
    access.require(actor, ACT)
    body = CoordinationBody(**fields)
    _save(actor, body, members)
    return body


@transaction.atomic
def change_body(
    *, actor: Actor, body: CoordinationBody, members: Iterable[Organisation] = (), **fields: Any
) -> CoordinationBody:
    """Change what is recorded of a co-ordination body. Raises Refused, InvalidInput."""
    access.require(actor, ACT)
    current = CoordinationBody.objects.select_for_update().get(pk=body.pk)
    for name, value in fields.items():
        setattr(current, name, value)
    _save(actor, current, members)
    return current


@transaction.atomic
def record_post(
    *,
    actor: Actor,
    body: CoordinationBody,
    title: str,
    since: date,
    office: str = "",
    full_time: bool = False,
    vacant_since: date | None = None,
) -> CoordinationPost:
    """A post of a body. Without an office it is vacant from the beginning. Raises Refused, InvalidInput."""
    access.require(actor, ACT)
    post = CoordinationPost(body=body, title=title.strip(), since=since)
    _fill(post, office, full_time, vacant_since)
    keep_on_node(actor, ACT, "post", {"body": body.pk, "post": post.pk, "vacant": post.vacant})
    return post


@transaction.atomic
def change_post(
    *, actor: Actor, post: CoordinationPost, office: str, full_time: bool, vacant_since: date | None
) -> CoordinationPost:
    """Who holds a post now, or since when nobody does. Raises Refused, InvalidInput."""
    access.require(actor, ACT)
    current = CoordinationPost.objects.select_for_update().get(pk=post.pk)
    _fill(current, office, full_time, vacant_since)
    keep_on_node(actor, ACT, "post", {"body": current.body_id, "post": current.pk, "vacant": current.vacant})
    return current


@transaction.atomic
def record_meeting(
    *, actor: Actor, body: CoordinationBody, held_on: date, present: Iterable[Organisation] = (), decided: str = ""
) -> CoordinationMeeting:
    """That it met. No case is told and nobody named. Raises Refused, InvalidInput."""
    access.require(actor, ACT)
    meeting = CoordinationMeeting(body=body, held_on=held_on, decided=decided.strip())
    check(meeting)
    meeting.save()
    meeting.present.set(list(present))
    keep_on_node(actor, ACT, "meeting", {"body": body.pk, "on": held_on.isoformat()})
    return meeting


@transaction.atomic
def end_body(*, actor: Actor, body: CoordinationBody, until: date) -> CoordinationBody:
    """Its last day. Raises Refused, InvalidInput."""
    return end_row(actor=actor, act=ACT, row=body, until=until)


def _save(actor: Actor, body: CoordinationBody, members: Iterable[Organisation]) -> None:
    known = structures()
    errors = {}
    if body.kind not in {kind.code for kind in known.kinds}:
        errors["kind"] = _("Choose a kind from the list.")
    if body.rank and body.rank not in known.ranks:
        errors["rank"] = _("Choose a rank from the list.")
    if body.parent_id is not None and body.parent_id == body.pk:
        errors["parent"] = _("It cannot be a part of itself.")
    if errors:
        raise InvalidInput(errors)
    check_period(body.since, body.until)
    check(body)
    body.save()
    body.members.set(list(members))
    keep_on_node(actor, ACT, "co_ordination", {"body": body.pk, "kind": body.kind})


def _fill(post: CoordinationPost, office: str, full_time: bool, vacant_since: date | None) -> None:
    post.office, post.full_time = office.strip(), full_time
    post.vacant_since = vacant_since
    if not post.office and vacant_since is None:
        post.vacant_since = post.since
    check(post)
    post.save()
