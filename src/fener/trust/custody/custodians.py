"""Who the custodians of a body are. Which of its people may be named is the network's matter.

A custodian is somebody who holds the body's key anyway: being named opens nothing that was closed before. What it adds
is that this person is told what happens to keys, and that two of them together let a colleague back in.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.custody.notices import notify_custodians
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import Custodian, KeeperMember, User
from fener.trust.policy import Relationship as R

# Two approve a recovery, and neither is the person who forgot: with three, each of them can be let back in.
LEAST, WELL = 2, 3


def custodians_of(keeper_id: UUID) -> QuerySet[User]:
    """The people who watch over this body's keys now: named, with an open account, and holding the key."""
    holds = KeeperMember.objects.filter(keeper_id=keeper_id, user_id=OuterRef("pk"))
    return User.objects.filter(Exists(holds), is_active=True, custodies__keeper_id=keeper_id).order_by("full_name")


def is_custodian(actor: Actor) -> bool:
    """Whether the actor is a custodian of the body they act for."""
    if actor.keeper_id is None or actor.user_id is None:
        return False
    return custodians_of(actor.keeper_id).filter(pk=actor.user_id).exists()


def relationships(actor: Actor) -> tuple[R, ...]:
    """How the actor stands to the custody of their own body, the nearest first."""
    if actor.keeper_id is None:
        return (R.NONE,)
    return (R.CUSTODIAN, R.SAME_ORGANISATION) if is_custodian(actor) else (R.SAME_ORGANISATION,)


def may(actor: Actor, act: str) -> bool:
    """Whether the actor may do this in the custody of their own body, or could in an administration session."""
    return any(policy.decide(actor, act, one).possible for one in relationships(actor))


def require(actor: Actor, act: str) -> UUID:
    """The body whose custody it is: the actor's own. Raises Refused."""
    found = relationships(actor)
    if actor.keeper_id is None:
        raise Refused(act=act)
    if not any(policy.decide(actor, act, one).allowed for one in found):
        policy.require(actor, act, next((one for one in found if policy.decide(actor, act, one).possible), found[0]))
    return actor.keeper_id


@transaction.atomic
def name_custodian(*, actor: Actor, user: User) -> Custodian:
    """Name a colleague. Raises Refused; InvalidInput for oneself, and for somebody who does not hold the body's key.

    An administrator who named themselves would be one of the two whom recovery and protected cases take.
    """
    keeper_id = require(actor, "custody.custodian.name")
    if user.pk == actor.user_id:
        raise InvalidInput({"user_id": _("Nobody names themselves. Ask another administrator of your organisation.")})
    if not KeeperMember.objects.filter(keeper_id=keeper_id, user=user, user__is_active=True).exists():
        raise InvalidInput({"user": _("Only somebody who holds the organisation's key can be its custodian.")})
    found, made = Custodian.objects.get_or_create(
        keeper_id=keeper_id, user=user, defaults={"since": timezone.now(), "named_by_id": actor.user_id}
    )
    if made:
        _tell(actor, "custody.custodian.name", keeper_id, user)
    return found


@transaction.atomic
def set_up_custodian(*, actor: Actor, keeper_id: UUID, user: User) -> Custodian:
    """The first custodian of a body that the command line sets up. Raises Refused for everybody else."""
    policy.require(actor, "custody.custodian.name", R.NODE)
    found, _made = Custodian.objects.get_or_create(keeper_id=keeper_id, user=user, defaults={"since": timezone.now()})
    place: dict[str, Any] = {"chain": ("keeper", keeper_id), "subject_type": "user", "subject_id": user.pk}
    audit.record(actor=actor, act="custody.custodian.name", **place)
    return found


@transaction.atomic
def release_custodian(*, actor: Actor, user: User) -> None:
    """Somebody is custodian no longer. Those who remain are told, and so is the person. Raises Refused."""
    keeper_id = require(actor, "custody.custodian.release")
    if Custodian.objects.filter(keeper_id=keeper_id, user=user).exists():
        _tell(actor, "custody.custodian.release", keeper_id, user)
        Custodian.objects.filter(keeper_id=keeper_id, user=user).delete()


def _tell(actor: Actor, act: str, keeper_id: UUID, user: User) -> None:
    audit.record(actor=actor, act=act, chain=("keeper", keeper_id), subject_type="user", subject_id=user.pk)
    notify_custodians(actor=actor, keeper_id=keeper_id, act=act, subject_type="user", subject_id=user.pk, detail={})
