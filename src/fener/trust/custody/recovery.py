"""A forgotten password, got over by two custodians of the organisation. Never by the administrator.

Somebody files it: the person, on a public page that answers everybody alike, or a colleague. Two custodians, neither of
them the person, approve while they are unlocked; each is shown a code of their own, once, and hands it over face to
face. With both codes the person sets a new password. Nothing of the old private key is recovered: the account gets a
new pair of keys, and the old password, browsers and second steps are gone.

What carries the organisation's key across: each approval makes a key pair whose private half is wrapped under that
custodian's code. The second custodian seals the organisation's key to both, one inside the other, so that it takes both
codes to open. Neither the database nor one custodian's code opens it. What this cannot change is said in
docs/decisions/0018-custody.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import accounts, audit, keys
from fener.trust.actor import ANONYMOUS, Actor
from fener.trust.custody import custodians
from fener.trust.custody.notices import notify_custodians
from fener.trust.errors import InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import AccountRecovery, KeeperMember, RecoveryApproval, User

NEEDED = 2
OPEN_FOR = timedelta(days=3)
# After a refusal strangers cannot ask again at once; a colleague can.
QUIET_AFTER_REFUSAL = timedelta(days=1)
CODE_GROUPS = 5  # 100 bits, under Argon2id: short enough to write down and type
Ended = AccountRecovery.Ended


@transaction.atomic
def ask(*, user: User, keeper_id: UUID) -> AccountRecovery | None:
    """The person asks, signed in nowhere. None where one is open or was just refused: the page says the same always."""
    now = timezone.now()
    _close_expired(user, now)
    quiet = AccountRecovery.objects.filter(user=user, ended=Ended.REFUSED, ended_at__gt=now - QUIET_AFTER_REFUSAL)
    if AccountRecovery.objects.filter(user=user, ended_at=None).exists() or quiet.exists():
        return None
    return _file(ANONYMOUS, user, keeper_id, now)


@transaction.atomic
def file(*, actor: Actor, user: User) -> AccountRecovery:
    """A colleague files it for somebody who asked them; whether that is a colleague is the caller's to check.

    Raises Refused; InvalidInput for oneself and where one is open already.
    """
    keeper_id = custodians.require(actor, "custody.recovery.file")
    now = timezone.now()
    _close_expired(user, now)
    if actor.user_id == user.pk:
        raise InvalidInput({"": _("You are signed in: change your own password instead.")})
    if AccountRecovery.objects.filter(user=user, ended_at=None).exists():
        raise InvalidInput({"": _("This is under way already. It waits for two custodians.")})
    return _file(actor, user, keeper_id, now)


@transaction.atomic
def approve(*, actor: Actor, recovery_id: UUID) -> str:
    """One custodian's part; the code that only this custodian is shown, this once, to hand over face to face.

    Raises Refused, Locked, NotGranted; InvalidInput for the person themselves, a second approval by the same custodian,
    and one that is not open any more.
    """
    recovery = _open_one(actor, "custody.recovery.approve", recovery_id)
    if actor.keyring is None or actor.user_id is None:
        raise Locked
    if recovery.user_id == actor.user_id:
        raise InvalidInput({"": _("Nobody approves their own. Two colleagues do.")})
    given = list(recovery.approvals.order_by("pk"))
    if any(one.custodian_id == actor.user_id for one in given):
        raise InvalidInput({"": _("You have approved already. It takes a second custodian.")})
    if len(given) >= NEEDED:
        raise InvalidInput({"": _("Two custodians have approved already.")})
    try:
        keeper_private = actor.keyring.keeper_private(recovery.keeper_id)
    except keys.DoesNotOpen as error:
        raise NotGranted from error
    mine, code = _new_half(recovery, actor.user_id)
    if given and KeeperMember.objects.filter(keeper_id=recovery.keeper_id, user_id=recovery.user_id).exists():
        inner = keys.seal_to(bytes(mine.public_key), keeper_private.raw, bound_to=_place(recovery, "inner"))
        recovery.sealed_keeper_key = keys.seal_to(bytes(given[0].public_key), inner, bound_to=_place(recovery, "outer"))
        recovery.save(update_fields=["sealed_keeper_key"])
    _tell(actor, "custody.recovery.approve", recovery, {"approvals": len(given) + 1})
    return code


@transaction.atomic
def refuse(*, actor: Actor, recovery_id: UUID) -> None:
    """A custodian says no; one is enough. Raises Refused, InvalidInput."""
    recovery = _open_one(actor, "custody.recovery.refuse", recovery_id)
    _end(recovery, Ended.REFUSED, timezone.now())
    _tell(actor, "custody.recovery.refuse", recovery, {})


@transaction.atomic
def stop(*, actor: Actor) -> bool:
    """The person is signed in after all, and did not ask for it or needs it no more. False if none was open."""
    if actor.user_id is None:
        return False
    recovery = AccountRecovery.objects.filter(user_id=actor.user_id, ended_at=None).first()
    if recovery is None:
        return False
    _end(recovery, Ended.STOPPED, timezone.now())
    _tell(actor, "custody.recovery.stop", recovery, {})
    return True


def complete(*, username: str, codes: Sequence[str], new_password: str) -> accounts.NewAccount:
    """The person sets a new password with the codes of both custodians, in any order; the new recovery code.

    Raises InvalidInput, with one message whatever does not fit. Takes as long for a name that nobody has.
    """
    recovery = AccountRecovery.objects.filter(
        user__username=accounts.folded(username), user__is_active=True, ended_at=None, expires_at__gt=timezone.now()
    ).first()
    halves = _open_halves(recovery, codes)
    if recovery is None or halves is None:
        raise InvalidInput({"": _("The user name and the two codes do not fit together. Check all three.")})
    # The slow part is over; no writer has waited for it.
    with transaction.atomic():
        return _let_in(recovery.pk, halves, new_password)


def _let_in(recovery_id: UUID, halves: list[keys.PrivateKey], new_password: str) -> accounts.NewAccount:
    recovery = AccountRecovery.objects.select_for_update().get(pk=recovery_id)
    if recovery.ended_at is not None:
        raise InvalidInput({"": _("This is not open any more. If it is still needed, file it again.")})
    user = User.objects.select_for_update().get(pk=recovery.user_id)
    # Between the approvals and this moment the way to the key may have been taken, or the person may have left.
    holds = KeeperMember.objects.filter(keeper_id=recovery.keeper_id, user=user).exists()
    private = _carried(recovery, halves) if holds else None
    approved = [str(one.custodian_id) for one in recovery.approvals.order_by("pk")]
    code = accounts.start_anew(user, new_password, keeper_id=recovery.keeper_id, keeper_private=private)
    _end(recovery, Ended.DONE, timezone.now())
    _tell(Actor(user.pk, keeper_id=recovery.keeper_id), "account.recover", recovery, {"approved_by": approved})
    return accounts.NewAccount(user=user, recovery_code=code)


def open_for(actor: Actor) -> QuerySet[AccountRecovery]:
    """What waits for the custodians of the actor's own body, the oldest first. Nothing for everybody else."""
    if actor.keeper_id is None or not custodians.may(actor, "custody.recovery.approve"):
        return AccountRecovery.objects.none()
    found = AccountRecovery.objects.filter(keeper_id=actor.keeper_id, ended_at=None, expires_at__gt=timezone.now())
    return found.select_related("user", "filed_by").prefetch_related("approvals__custodian").order_by("filed_at")


def own(actor: Actor) -> AccountRecovery | None:
    """Whether somebody asked that the actor's own account be recovered."""
    if actor.user_id is None:
        return None
    return AccountRecovery.objects.filter(user_id=actor.user_id, ended_at=None, expires_at__gt=timezone.now()).first()


def without_hand_over(keeper_id: UUID) -> None:
    """The keeper's keys were exchanged: what was sealed for open recoveries is of no use, and is deleted.

    The person can still be let back in, and then waits for a colleague to hand the new key on.
    """
    AccountRecovery.objects.filter(keeper_id=keeper_id).update(sealed_keeper_key=None)


def _file(actor: Actor, user: User, keeper_id: UUID, now: datetime) -> AccountRecovery:
    recovery = AccountRecovery.objects.create(
        keeper_id=keeper_id, user=user, filed_at=now, filed_by_id=actor.user_id, expires_at=now + OPEN_FOR
    )
    _tell(actor, "custody.recovery.file", recovery, {})
    return recovery


def _open_one(actor: Actor, act: str, recovery_id: UUID) -> AccountRecovery:
    keeper_id = custodians.require(actor, act)
    recovery = AccountRecovery.objects.select_for_update().filter(pk=recovery_id, keeper_id=keeper_id).first()
    if recovery is None:
        raise Refused(act=act)
    if recovery.ended_at is not None or recovery.expires_at <= timezone.now():
        raise InvalidInput({"": _("This is not open any more. If it is still needed, file it again.")})
    return recovery


def _new_half(recovery: AccountRecovery, custodian_id: UUID) -> tuple[RecoveryApproval, str]:
    code = keys.new_recovery_code(CODE_GROUPS)
    private = keys.PrivateKey.generate()
    wrapped, parameters = keys.wrap(
        keys.typed_recovery_code(code), private.raw, bound_to=_place(recovery, "half", custodian_id)
    )
    half = RecoveryApproval.objects.create(
        recovery=recovery,
        custodian_id=custodian_id,
        at=timezone.now(),
        public_key=private.public().raw,
        wrapped_private_key=wrapped,
        parameters=parameters,
    )
    return half, code


def _open_halves(recovery: AccountRecovery | None, codes: Sequence[str]) -> list[keys.PrivateKey] | None:
    """The private halves in the order of the approvals, if each code opens another one."""
    typed = [keys.typed_recovery_code(code) for code in codes]
    given = list(recovery.approvals.order_by("pk")) if recovery is not None else []
    opened: dict[int, keys.PrivateKey] = {}
    for code in typed:
        for place in range(NEEDED):
            half = given[place] if len(given) == NEEDED else None
            private = _open_half(half, code)
            if private is not None:
                opened[place] = private
    return [opened[place] for place in range(NEEDED)] if len(opened) == NEEDED else None


def _open_half(half: RecoveryApproval | None, code: str) -> keys.PrivateKey | None:
    if half is None:
        keys.wrap(code, b"", bound_to=b"")  # as long as a real try, so that names cannot be guessed by the clock
        return None
    place = _place(half.recovery, "half", half.custodian_id)
    try:
        return keys.PrivateKey(keys.unwrap(code, bytes(half.wrapped_private_key), half.parameters, bound_to=place))
    except keys.DoesNotOpen:
        return None


def _carried(recovery: AccountRecovery, halves: list[keys.PrivateKey]) -> keys.PrivateKey | None:
    if recovery.sealed_keeper_key is None:
        return None
    inner = keys.open_sealed(halves[0], bytes(recovery.sealed_keeper_key), bound_to=_place(recovery, "outer"))
    return keys.PrivateKey(keys.open_sealed(halves[1], inner, bound_to=_place(recovery, "inner")))


def _place(recovery: AccountRecovery, *what: Any) -> bytes:
    return keys.context("fener", "recovery", recovery.pk, recovery.keeper_id, *what)


def _close_expired(user: User, now: datetime) -> None:
    for recovery in AccountRecovery.objects.filter(user=user, ended_at=None, expires_at__lte=now):
        _end(recovery, Ended.EXPIRED, now)


def _end(recovery: AccountRecovery, how: str, now: datetime) -> None:
    recovery.ended, recovery.ended_at, recovery.sealed_keeper_key = how, now, None
    recovery.save(update_fields=["ended", "ended_at", "sealed_keeper_key"])
    # Who approved stays in the audit; what could open anything is destroyed.
    recovery.approvals.all().delete()


def _tell(actor: Actor, act: str, recovery: AccountRecovery, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", recovery.keeper_id),
        subject_type="user",
        subject_id=recovery.user_id,
        detail={"recovery": str(recovery.pk), **detail},
    )
    notify_custodians(
        actor=actor,
        keeper_id=recovery.keeper_id,
        act=act,
        subject_type="user",
        subject_id=recovery.user_id,
        detail={"recovery": str(recovery.pk)},
    )
