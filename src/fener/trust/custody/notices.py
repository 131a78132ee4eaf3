"""What custodians are told at once: shown to each of them on Today until that person has seen it.

A notice names an act and ids, and holds nothing else. The act itself is in the audit; a notice only brings it before
the eyes of those who watch. What an act is called in words stands in ``WORDS``; a room adds its own with ``describe``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.models import Custodian, CustodyNotice, CustodyNoticeSeen, KeeperMember

if TYPE_CHECKING:
    from fener.trust.errors import Text

# Act -> one sentence. "%(by)s" is who did it, "%(whom)s" whom it is about where that is somebody's account.
WORDS: dict[str, Text] = {
    "custody.custodian.name": _("%(by)s named %(whom)s as custodian."),
    "custody.custodian.release": _("%(by)s released %(whom)s from being custodian."),
    "custody.recovery.file": _(
        "Somebody asked that %(whom)s be let back in after a forgotten password. Approve it only if %(whom)s asked you "
        "face to face."
    ),
    "custody.recovery.approve": _("%(by)s approved that %(whom)s be let back in."),
    "custody.recovery.refuse": _("%(by)s refused to let %(whom)s back in."),
    "custody.recovery.stop": _("%(whom)s signed in and stopped their own recovery."),
    "account.recover": _("%(whom)s is back in, with new keys and a new password, by the codes of two custodians."),
    "custody.code.make": _("%(by)s made a new recovery code of the organisation. The one before is void."),
    "custody.code.use": _(
        "%(by)s got back in with the organisation's recovery code. It is used up: exchange the keys and make a new one."
    ),
    "custody.rotation.begin": _("%(by)s began to exchange the organisation's keys. The printed code is void."),
    "custody.rotation.finish": _("The organisation's keys are exchanged. The old key is destroyed."),
}


def describe(act: str, words: Text) -> None:
    """Give an act of another room its sentence. Called when the room is ready."""
    WORDS[act] = words


@transaction.atomic
def notify_custodians(
    *,
    actor: Actor,
    keeper_id: UUID,
    act: str,
    subject_type: str,
    subject_id: UUID | None,
    detail: Mapping[str, Any] | None = None,
) -> CustodyNotice:
    """Tell the custodians of a body what was done just now. Call it in the act's transaction.

    ``detail`` takes what an audit entry takes: codes, ids, dates, counts. Nobody needs to be custodian yet: who is
    named later sees what nobody has seen.
    """
    return CustodyNotice.objects.create(
        keeper_id=keeper_id,
        at=timezone.now(),
        by_id=actor.user_id,
        act=act,
        subject_type=subject_type,
        subject_id=subject_id,
        detail=audit.plain(detail or {}),
    )


def unseen(actor: Actor) -> QuerySet[CustodyNotice]:
    """What this custodian has not seen yet, newest first. Nothing for everybody else."""
    if actor.keeper_id is None or actor.user_id is None:
        return CustodyNotice.objects.none()
    own = Custodian.objects.filter(
        Exists(KeeperMember.objects.filter(keeper_id=OuterRef("keeper_id"), user_id=OuterRef("user_id"))),
        keeper_id=OuterRef("keeper_id"),
        user_id=actor.user_id,
        user__is_active=True,
    )
    seen = CustodyNoticeSeen.objects.filter(notice=OuterRef("pk"))
    since = own.filter(since__lte=OuterRef("at"))
    return (
        CustodyNotice.objects.filter(Exists(own), keeper_id=actor.keeper_id)
        .filter(Q(Exists(since)) | ~Q(Exists(seen)))
        .exclude(Exists(seen.filter(user_id=actor.user_id)))
        .exclude(by_id=actor.user_id, by__isnull=False)
        .select_related("by")
        .order_by("-at", "-pk")
    )


def all_of(keeper_id: UUID) -> QuerySet[CustodyNotice]:
    """Everything that a body's custodians were told, newest first. Who may read it is asked by the caller."""
    found = CustodyNotice.objects.filter(keeper_id=keeper_id)
    return found.select_related("by").prefetch_related("seen__user").order_by(F("at").desc(), "-pk")


@transaction.atomic
def mark_seen(*, actor: Actor, notice_id: int | None = None) -> int:
    """This custodian has seen one notice, or (None) all that were unseen; how many."""
    if actor.user_id is None:
        return 0
    found = unseen(actor)
    if notice_id is not None:
        found = found.filter(pk=notice_id)
    now = timezone.now()
    rows = [CustodyNoticeSeen(notice=one, user_id=actor.user_id, at=now) for one in found]
    CustodyNoticeSeen.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
