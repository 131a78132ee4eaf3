"""The custody of one's own body's keys, as a custodian or its administrator sees it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from fener.network.services.custody import at_work
from fener.trust.actor import Actor
from fener.trust.custody import custodians, notices, printed, recovery, rotation
from fener.trust.errors import Refused
from fener.trust.models import (
    AccountRecovery,
    Custodian,
    CustodyNotice,
    Keeper,
    KeeperMember,
    KeyRotation,
    OrganisationCode,
    User,
)

SHOWN_NOTICES = 30


@dataclass(frozen=True)
class Told:
    """One thing that custodians were told, as a sentence."""

    text: str
    at: datetime
    seen_by: tuple[str, ...]


@dataclass(frozen=True)
class Custody:
    """Everything on the page of keys and custodians."""

    custodians: list[Custodian]
    may_be_named: list[User]
    recoveries: list[AccountRecovery]
    code: OrganisationCode | None
    keeper: Keeper
    running: KeyRotation | None
    latest: KeyRotation | None
    # Holds the key and is not at work any more.
    still_hold: list[User]
    told: list[Told]
    custodian: bool

    @property
    def missing(self) -> int:
        """How many custodians are missing for two to approve."""
        return max(0, custodians.LEAST - len(self.custodians))

    @property
    def one_more(self) -> bool:
        """Two are there: then neither can be let back in by two others."""
        return len(self.custodians) == custodians.LEAST


def custody(actor: Actor) -> Custody:
    """Raises Refused for everybody but custodians and the body's administrators."""
    keeper_id = custodians.require(actor, "custody.read")
    is_one = custodians.is_custodian(actor)
    holders = [
        row.user for row in KeeperMember.objects.filter(keeper_id=keeper_id).select_related("user").order_by("pk")
    ]
    working = at_work(keeper_id)
    living = set(custodians.custodians_of(keeper_id).values_list("pk", flat=True))
    named = Custodian.objects.filter(keeper_id=keeper_id, user_id__in=living).select_related("user", "named_by")
    return Custody(
        custodians=list(named.order_by("user__full_name")),
        may_be_named=[one for one in holders if one.pk in working - living - {actor.user_id}],
        recoveries=list(recovery.open_for(actor)),
        code=printed.code_of(keeper_id),
        keeper=Keeper.objects.get(pk=keeper_id),
        running=rotation.running(keeper_id),
        latest=rotation.latest(keeper_id),
        still_hold=[one for one in holders if one.pk not in working],
        told=sentences(notices.all_of(keeper_id)[:SHOWN_NOTICES], names_of_seen=True) if is_one else [],
        custodian=is_one,
    )


def recovery_for(actor: Actor, pk: UUID) -> AccountRecovery:
    """One that waits for custodians. Raises Refused, the same for one that is over or not theirs."""
    custodians.require(actor, "custody.recovery.approve")
    found = next((one for one in recovery.open_for(actor) if one.pk == pk), None)
    if found is None:
        raise Refused(act="custody.recovery.approve", hidden=True)
    return found


def unseen(actor: Actor) -> list[Told]:
    """What this custodian has not seen yet, newest first."""
    return sentences(notices.unseen(actor))


def sentences(found: Iterable[CustodyNotice], *, names_of_seen: bool = False) -> list[Told]:
    """Notices in words."""
    rows = list(found)
    whom = User.objects.in_bulk({one.subject_id for one in rows if one.subject_type == "user" and one.subject_id})
    return [
        Told(
            text=_sentence(one, whom),
            at=one.at,
            seen_by=tuple(seen.user.full_name for seen in one.seen.all()) if names_of_seen else (),
        )
        for one in rows
    ]


def _sentence(notice: CustodyNotice, people: dict[UUID, User]) -> str:
    words = notices.WORDS.get(notice.act)
    about = people.get(notice.subject_id) if notice.subject_id else None
    names = {
        "by": notice.by.full_name if notice.by else _("Somebody who was not signed in"),
        "whom": about.full_name if about else _("somebody"),
    }
    return str(words) % names if words else _("%(by)s: %(act)s") % {**names, "act": notice.act}
