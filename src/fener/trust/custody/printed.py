"""The organisation's recovery code: printed once, kept in a safe, for the day on which nobody else can get in.

The code wraps the organisation's private key under Argon2id; what is stored is the ciphertext. With it a member sets a
new password without any custodian, so it is worth as much as two of them. Making a new one destroys the one before, and
so do using it and exchanging the organisation's keys. Each of these is audited and shown to all custodians at once.

A code that a custodian made opens nothing before ``WAITS`` is over: else one custodian alone could make it, take over a
colleague's account with it the same minute, and be the second person of everything that takes two. Until then any other
custodian sees the notice and makes it worthless by making another. The code of ``fener init`` is nobody's and is
good at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from fener.trust import accounts, audit, keys
from fener.trust.actor import Actor
from fener.trust.custody import custodians
from fener.trust.custody.notices import notify_custodians
from fener.trust.errors import InvalidInput, Locked, NotGranted
from fener.trust.models import Keeper, OrganisationCode, User

WAITS: Final = timedelta(hours=72)


@transaction.atomic
def make_code(*, actor: Actor) -> str:
    """A new code, shown this once; the one before opens nothing any more. Raises Refused, Locked, NotGranted."""
    keeper_id = custodians.require(actor, "custody.code.make")
    if actor.keyring is None:
        raise Locked
    try:
        private = actor.keyring.keeper_private(keeper_id)
    except keys.DoesNotOpen as error:
        raise NotGranted from error
    return _make(actor, keeper_id, private)


@transaction.atomic
def create_keeper_with_code(*, actor: Actor, first_member: User) -> tuple[Keeper, str]:
    """A body's keys together with its printed code (``fener init``). Whoever sets up *another* body does not get to see
    a code that opens it: there the first custodian makes it."""
    keeper, private = accounts.make_keeper(actor=actor, first_member=first_member)
    return keeper, _make(actor, keeper.pk, private)


def recover_with_code(
    *, user: User | None, keeper_id: UUID | None, code: str, new_password: str
) -> accounts.NewAccount:
    """A member sets a new password with the organisation's code, which is used up. Returns the account's new code.

    Whether that person is at work in the body is the caller's to check; None for nobody. Raises InvalidInput, with one
    message whatever does not fit.
    """
    private = _open(keeper_id, code)
    if user is None or keeper_id is None or private is None:
        raise InvalidInput({"": _("The user name and the organisation's code do not fit together. Check both.")})
    _require_old_enough(keeper_id)
    # The slow part is over; no writer has waited for it.
    with transaction.atomic():
        return _let_in(user, keeper_id, private, new_password)


def _let_in(user: User, keeper_id: UUID, private: keys.PrivateKey, new_password: str) -> accounts.NewAccount:
    user = User.objects.select_for_update().get(pk=user.pk)
    keeper = Keeper.objects.select_for_update().get(pk=keeper_id)
    if private.public().raw != bytes(keeper.public_key) or not destroy(keeper_id):
        raise InvalidInput({"": _("This code was used or replaced a moment ago.")})
    own = accounts.start_anew(user, new_password, keeper_id=keeper_id, keeper_private=private)
    # A copy of the database and that sheet of paper would still open what the key of now opens.
    Keeper.objects.filter(pk=keeper_id, rotation_due_since=None).update(rotation_due_since=timezone.now())
    _tell(Actor(user.pk, keeper_id=keeper_id), "custody.code.use", keeper_id, {"user": str(user.pk)})
    return accounts.NewAccount(user=user, recovery_code=own)


def code_of(keeper_id: UUID) -> OrganisationCode | None:
    """When the code that is valid now was made, and by whom."""
    return OrganisationCode.objects.filter(keeper_id=keeper_id).select_related("made_by").first()


def good_from(row: OrganisationCode) -> datetime:
    """From when the code opens: at once when nobody made it (``fener init``), else when custodians could see it."""
    return row.made_at if row.made_by_id is None else row.made_at + WAITS


def _require_old_enough(keeper_id: UUID) -> None:
    row = code_of(keeper_id)
    if row is not None and good_from(row) > timezone.now():
        moment = date_format(timezone.localtime(good_from(row)), "DATETIME_FORMAT")
        raise InvalidInput(
            {"": _("This code is new. It opens from %(moment)s on, so that every custodian can see it first.")
             % {"moment": moment}}
        )  # fmt: skip


def destroy(keeper_id: UUID) -> bool:
    """The organisation's keys were exchanged: the code wraps a key that is gone."""
    return bool(OrganisationCode.objects.filter(keeper_id=keeper_id).delete()[0])


def _make(actor: Actor, keeper_id: UUID, private: keys.PrivateKey) -> str:
    code = keys.new_recovery_code()
    wrapped, parameters = keys.wrap(keys.typed_recovery_code(code), private.raw, bound_to=_place(keeper_id))
    _row, made = OrganisationCode.objects.update_or_create(
        keeper_id=keeper_id,
        defaults={
            "wrapped_private_key": wrapped,
            "parameters": parameters,
            "made_at": timezone.now(),
            "made_by_id": actor.user_id,
        },
    )
    _tell(actor, "custody.code.make", keeper_id, {"first": made})
    return code


def _open(keeper_id: UUID | None, code: str) -> keys.PrivateKey | None:
    typed = keys.typed_recovery_code(code)
    row = OrganisationCode.objects.filter(keeper_id=keeper_id).first() if keeper_id else None
    if row is None:
        keys.wrap(typed, b"", bound_to=b"")  # as long as a real try, so that names cannot be guessed by the clock
        return None
    try:
        raw = keys.unwrap(typed, bytes(row.wrapped_private_key), row.parameters, bound_to=_place(row.keeper_id))
    except keys.DoesNotOpen:
        return None
    return keys.PrivateKey(raw)


def _place(keeper_id: UUID) -> bytes:
    return keys.context("fener", "organisation-code", keeper_id)


def _tell(actor: Actor, act: str, keeper_id: UUID, detail: dict[str, Any]) -> None:
    told: dict[str, Any] = {"subject_type": "keeper", "subject_id": keeper_id, "detail": detail}
    audit.record(actor=actor, act=act, chain=("keeper", keeper_id), **told)
    notify_custodians(actor=actor, keeper_id=keeper_id, act=act, **told)
