"""Somebody leaves: one act with the last day; what follows from it is carried out when that day is over.

Sessions end, the body's key is taken away, the link with the body's own sign-in and invitations that nobody took up yet
go (a code in a pocket must not lead back in), and an account that belongs nowhere any more is closed. ``fener tick``
carries out what is due; from the day after the last one the person acts for nobody in any case (``actor_for``).
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import Desk, Invitation, Membership, Organisation
from fener.network.services.people import check_not_last, in_force, keep
from fener.trust import accounts
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import KeeperMember
from fener.trust.roles import MEETS_PEOPLE, Role
from fener.trust.signing_in import organisations


@transaction.atomic
def end_membership(*, actor: Actor, membership: Membership, until: date | None) -> Membership:
    """Say somebody's last day; None: they stay after all. A day that is over is carried out at once.

    Raises Refused; InvalidInput for the last administrator and for the last person who can open what the body keeps.
    """
    access.require(actor, "network.member.end", membership.organisation_id)
    current = Membership.objects.select_for_update().select_related("organisation", "user").get(pk=membership.pk)
    if until is not None:
        _check_may_leave(current, until)
    current.until, current.left_at = until, None
    current.save(update_fields=["until", "left_at"])
    keep(actor, "network.member.end", current, {"until": until.isoformat() if until else None})
    if until is not None and until < timezone.localdate():
        carry_out(current, at=timezone.now())
    return current


def due(at: datetime) -> list[Membership]:
    """Whose last day is over and whose leaving was not carried out yet."""
    over = Membership.objects.filter(until__lt=timezone.localdate(at), left_at__isnull=True)
    return list(over.select_related("organisation", "user").order_by("until", "pk"))


def carry_out_due(at: datetime) -> int:
    """Carry out every leaving that is due; how many. For the timer; running it twice does nothing more."""
    return sum(carry_out(one, at=at) for one in due(at))


@transaction.atomic
def carry_out(membership: Membership, *, at: datetime) -> bool:
    """End the sessions, take the key, close an account that belongs nowhere. False while the key cannot be taken yet:
    they would be the last to hold it. Their sessions end and they act for nobody all the same.
    """
    current = Membership.objects.select_for_update().select_related("user").get(pk=membership.pk)
    if current.left_at is not None or current.until is None:
        return False
    user, keeper_id = current.user, current.organisation_id
    accounts.end_sessions(user)
    organisations.forget(user)
    Invitation.objects.filter(made_by=user, used_at=None, revoked_at=None).update(revoked_at=at, full_name="")
    if KeeperMember.objects.filter(keeper_id=keeper_id, user=user).exists():
        if accounts.is_last_holder(keeper_id=keeper_id, user=user):
            return False
        accounts.remove_member_key(actor=SYSTEM, keeper_id=keeper_id, user=user)
    if user.is_active and not _works_somewhere(current, at):
        accounts.close_departed(user=user)
    current.left_at = at
    current.save(update_fields=["left_at"])
    keep(SYSTEM, "network.member.left", current, {})
    return True


def desks_left_alone(organisation: Organisation, on: date) -> list[Desk]:
    """The open desks of a body in which, after that day, nobody works with people any more: empty, or all of them."""
    stays = [
        one
        for one in organisation.memberships.filter(user__is_active=True).filter(Q(until__isnull=True) | Q(until__gt=on))
        if set(one.roles) & {role.value for role in MEETS_PEOPLE}
    ]
    return [] if stays else list(Desk.objects.filter(organisation=organisation, open=True).order_by("name"))


def _check_may_leave(current: Membership, until: date) -> None:
    if until < current.since:
        raise InvalidInput({"until": _("It cannot end before it began. Choose that day or a later one.")})
    for role in (Role.ORGANISATION_ADMIN, Role.SYSTEM_ADMIN):
        if role in current.roles:
            check_not_last(current, role)
    leaving = Membership.objects.filter(organisation_id=current.organisation_id, until__isnull=False)
    gone = leaving.exclude(pk=current.pk).values_list("user_id", flat=True)
    if accounts.is_last_holder(keeper_id=current.organisation_id, user=current.user, without=gone):
        raise InvalidInput({"": accounts.LAST_MEMBER})


def _works_somewhere(left: Membership, at: datetime) -> bool:
    today = timezone.localdate(at)
    others = Membership.objects.filter(user_id=left.user_id).exclude(pk=left.pk)
    return any(in_force(one, today) or one.since > today for one in others)
