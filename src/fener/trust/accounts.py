"""Accounts and the keys behind them: the only code that makes, wraps and hands on private keys.

Whose organisation an account belongs to is the network's matter, which therefore decides who may hand on or take away
a keeper's key; what these services guarantee is that a key is only ever handed on by somebody who holds it, that
nothing is left without a keeper, and that every change is in the audit.

Recovery here is by the code that was printed when the account was made. Recovery through the organisation (two
custodians, or its own printed code) is in ``custody``; it ends in ``start_anew``.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from dataclasses import dataclass, field
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.trust import audit, keepers, keys, policy
from fener.trust.actor import SYSTEM, Actor
from fener.trust.errors import InvalidInput, Locked, Refused
from fener.trust.keepers import LAST_MEMBER as LAST_MEMBER
from fener.trust.keepers import add_member_key as add_member_key
from fener.trust.keepers import create_keeper as create_keeper
from fener.trust.keepers import is_last_holder as is_last_holder
from fener.trust.keepers import make_keeper as make_keeper
from fener.trust.keepers import remove_member_key as remove_member_key
from fener.trust.models import KeeperMember, User
from fener.trust.policy import Relationship as R
from fener.trust.signing_in import browsers

NODE = audit.NODE
USERNAME_FORM = re.compile(r"[a-z0-9][a-z0-9._-]{1,58}[a-z0-9]")
ONLY_BY_OWN_CODE = _(
    "This person alone can open what another organisation keeps. Only their own printed code lets them back in without "
    "losing it."
)


@dataclass(frozen=True)
class NewAccount:
    """A new account and the code that recovers it. The code is shown once and stored nowhere."""

    user: User
    recovery_code: str = field(repr=False)


@transaction.atomic
def create_user(
    *,
    actor: Actor,
    username: str,
    full_name: str,
    password: str,
    language: str = "",
) -> NewAccount:
    """Make an account with its key pair. It opens nothing until somebody hands a keeper's key on to it.

    Raises Refused, InvalidInput (user name taken or ill-formed, weak password).
    """
    if not actor.is_system:
        _require_any(actor, "account.create", R.SAME_ORGANISATION, R.NODE)
    name = clean_username(username)
    user = User(
        id=uuid.uuid4(),
        username=name,
        full_name=full_name.strip(),
        language=language,
    )
    errors = {}
    if not user.full_name:
        errors["full_name"] = _("Enter the name that colleagues know this person by.")
    if User.objects.filter(username=name).exists():
        errors["username"] = _("This user name is taken. Choose another.")
    if errors:
        raise InvalidInput(errors)
    _check_password(password, user, field="password")
    private = keys.PrivateKey.generate()
    user.public_key = private.public().raw
    code = _wrap_by_new_code(user, private)
    _wrap_by_password(user, private, password)
    user.save(force_insert=True)
    audit.record(actor=actor, act="account.create", chain=NODE, subject_type="user", subject_id=user.id)
    return NewAccount(user=user, recovery_code=code)


@transaction.atomic
def change_password(*, actor: Actor, user: User, old_password: str, new_password: str, new_keys: bool = False) -> str:
    """Wrap the private key anew under the new password. One's own only (Refused); raises InvalidInput.

    With ``new_keys`` the account gets another key pair, and whatever led to a keeper's key is sealed to it: somebody
    who copied the old private key, or the printed code with a dump, opens nothing that is sealed from then on. Returns
    the new recovery code then, else "".
    """
    if actor.user_id != user.pk:
        raise Refused(act="account.change_own")
    user = User.objects.select_for_update().get(pk=user.pk)
    private = open_private_key(user, old_password)
    if private is None:
        raise InvalidInput({"old_password": _("This is not your current password.")})
    _check_password(new_password, user, field="new_password")
    if old_password == new_password:
        raise InvalidInput({"new_password": _("This is the same password. Choose another one.")})
    code = ""
    if new_keys:
        private, code = _exchange_keys(user, private)
    _wrap_by_password(user, private, new_password)
    user.save()
    detail = {"new_keys": new_keys}
    audit.record(
        actor=actor, act="account.change_own", chain=NODE, subject_type="user", subject_id=user.id, detail=detail
    )
    return code


def _exchange_keys(user: User, old: keys.PrivateKey) -> tuple[keys.PrivateKey, str]:
    """A new key pair on ``user`` (not stored yet), its printed code, and every keeper's key sealed to it."""
    new = keys.PrivateKey.generate()
    user.public_key = new.public().raw
    for member in KeeperMember.objects.select_for_update().filter(user=user).order_by("pk"):
        place = keys.member_context(member.keeper_id, user.pk)
        try:
            keeper_key = keys.open_sealed(old, bytes(member.sealed_private_key), bound_to=place)
        except keys.DoesNotOpen:
            continue  # it opened nothing before, and opens nothing now
        member.sealed_private_key = keys.seal_to(user.public_key, keeper_key, bound_to=place)
        member.save(update_fields=["sealed_private_key"])
    return new, _wrap_by_new_code(user, new)


@transaction.atomic
def change_language(*, actor: Actor, user: User, language: str) -> None:
    """The language that this person's pages are in, on every device; "" leaves it to the browser. One's own only."""
    if actor.user_id != user.pk:
        raise Refused(act="account.change_own")
    if language and language not in dict(settings.LANGUAGES):
        raise InvalidInput({"language": _("Choose a language from the list.")})
    User.objects.filter(pk=user.pk).update(language=language)
    detail = {"language": language}
    audit.record(
        actor=actor, act="account.change_own", chain=NODE, subject_type="user", subject_id=user.pk, detail=detail
    )


@transaction.atomic
def set_active(*, actor: Actor, relationship: R, user: User, active: bool) -> None:
    """Close an account, which ends its sessions at once, or open it again. Whom it belongs to is the caller's matter.

    Raises Refused; InvalidInput for one's own account, and for the last person who can open what a body keeps.
    """
    act = "account.activate" if active else "account.deactivate"
    policy.require(actor, act, relationship)
    if actor.user_id == user.pk:
        raise InvalidInput({"": _("Nobody closes their own account. Ask a colleague.")})
    current = User.objects.select_for_update().get(pk=user.pk)
    for keeper_id in KeeperMember.objects.filter(user=current).values_list("keeper_id", flat=True):
        others = KeeperMember.objects.filter(keeper_id=keeper_id, user__is_active=True).exclude(user=current)
        if not active and not others.exists():
            raise InvalidInput({"": LAST_MEMBER})
    current.is_active = active
    current.save(update_fields=["is_active"])
    if not active:
        end_sessions(current)
    audit.record(actor=actor, act=act, chain=NODE, subject_type="user", subject_id=user.pk)


def end_sessions(user: User, *, but: str | None = None) -> int:
    """Sign this person out everywhere (or everywhere but in the session with the key ``but``); from how many browsers.

    Takes effect at those browsers' next request. One indexed query, however many people are signed in.
    """
    return browsers.end_all(user, but=but)


@transaction.atomic
def reset_with_recovery_code(*, username: str, code: str, new_password: str) -> NewAccount:
    """Set a new password by the printed code, which is used up; returns the code that takes its place.

    Raises InvalidInput, with one message whether the name or the code is wrong.
    """
    user = User.objects.select_for_update().filter(username=folded(username), is_active=True).first()
    private = _open_by_code(user, code)
    if user is None or private is None:
        raise InvalidInput({"code": _("The user name and the recovery code do not fit together. Check both.")})
    _check_password(new_password, user, field="new_password")
    new_code = _wrap_by_new_code(user, private)
    _wrap_by_password(user, private, new_password)
    user.save()
    actor = Actor(user_id=user.id, username=user.username)
    audit.record(actor=actor, act="account.recover", chain=NODE, subject_type="user", subject_id=user.id)
    return NewAccount(user=user, recovery_code=new_code)


def start_anew(user: User, new_password: str, *, keeper_id: UUID, keeper_private: keys.PrivateKey | None) -> str:
    """A new key pair and password for an account whose old ones are lost; returns its new printed code.

    The old private key, browsers, second steps and links to other sign-ins are gone. With ``keeper_private`` the body's
    key is sealed to the new pair; every other way to a keeper's key led through the old one and is deleted. Raises
    InvalidInput for a weak password. Called inside the transaction of an act that was allowed and is recorded there.
    """
    _check_password(new_password, user, field="new_password")
    for other in (
        KeeperMember.objects.filter(user=user).exclude(keeper_id=keeper_id).values_list("keeper_id", flat=True)
    ):
        if is_last_holder(keeper_id=other, user=user):
            raise InvalidInput({"": ONLY_BY_OWN_CODE})
    private = keys.PrivateKey.generate()
    user.public_key = private.public().raw
    code = _wrap_by_new_code(user, private)
    _wrap_by_password(user, private, new_password)
    user.save()
    end_sessions(user)
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    KeeperMember.objects.filter(user=user).delete()
    if keeper_private is not None:
        keepers.hand_on(keeper_id, keeper_private, user)
    return code


@transaction.atomic
def close_departed(*, user: User) -> None:
    """Close the account of somebody who works nowhere any more: they are signed out everywhere and stay out.

    For the job that carries leaving out; where they work is the network's matter.
    """
    User.objects.filter(pk=user.pk).update(is_active=False)
    end_sessions(user)
    audit.record(actor=SYSTEM, act="account.deactivate", chain=NODE, subject_type="user", subject_id=user.pk)


def open_private_key(user: User, password: str) -> keys.PrivateKey | None:
    """The user's private key, or None if the password does not fit."""
    bound_to = keys.user_key_context(user.id, "password")
    try:
        return keys.PrivateKey(
            keys.unwrap(password, bytes(user.wrapped_private_key), user.wrap_parameters, bound_to=bound_to)
        )
    except keys.DoesNotOpen:
        return None


def open_keyring(user: User, password: str) -> keys.Keyring:
    """A keyring straight from the password (commands, tests). Raises Locked if it does not fit."""
    private = open_private_key(user, password)
    if private is None:
        raise Locked
    return keyring_for(user.id, private)


def keyring_for(user_id: UUID, private: keys.PrivateKey) -> keys.Keyring:
    """The keyring of somebody whose private key is at hand."""
    return keys.Keyring(user_id, private, _find_entry)


def clean_username(typed: str) -> str:
    """The form in which a user name is stored. Raises InvalidInput."""
    name = folded(typed)
    if not USERNAME_FORM.fullmatch(name):
        raise InvalidInput(
            {
                "username": _(
                    "Use 3 to 60 small letters a-z, digits, dots, dashes; begin and end with a letter or digit."
                )
            }
        )
    return name


def _require_any(actor: Actor, act: str, *relationships: R) -> None:
    if not any(policy.decide(actor, act, relationship).allowed for relationship in relationships):
        possible = (one for one in relationships if policy.decide(actor, act, one).possible)
        policy.require(actor, act, next(possible, relationships[0]))


def folded(typed: str) -> str:
    """A user name as it is looked up: however it was typed."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _find_entry(keeper_id: UUID, user_id: UUID) -> keys.KeeperEntry | None:
    row = KeeperMember.objects.filter(keeper_id=keeper_id, user_id=user_id).select_related("keeper").first()
    if row is None:
        return None
    earlier = row.keeper.sealed_earlier_key
    return keys.KeeperEntry(
        bytes(row.sealed_private_key),
        bytes(row.keeper.sealed_index_key),
        row.keeper.key_generation,
        None if earlier is None else bytes(earlier),
    )


def _check_password(password: str, user: User, *, field: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise InvalidInput({field: " ".join(error.messages)}) from error


def _wrap_by_password(user: User, private: keys.PrivateKey, password: str) -> None:
    bound_to = keys.user_key_context(user.id, "password")
    user.wrapped_private_key, user.wrap_parameters = keys.wrap(password, private.raw, bound_to=bound_to)
    user.set_password(password)


def _wrap_by_new_code(user: User, private: keys.PrivateKey) -> str:
    code = keys.new_recovery_code()
    bound_to = keys.user_key_context(user.id, "recovery")
    user.recovery_wrapped_private_key, user.recovery_parameters = keys.wrap(
        keys.typed_recovery_code(code), private.raw, bound_to=bound_to
    )
    return code


def _open_by_code(user: User | None, code: str) -> keys.PrivateKey | None:
    typed = keys.typed_recovery_code(code)
    if user is None or not user.recovery_wrapped_private_key:
        keys.wrap(typed, b"", bound_to=b"")  # takes as long as a real try, so that names cannot be guessed by the clock
        return None
    bound_to = keys.user_key_context(user.id, "recovery")
    try:
        raw = keys.unwrap(typed, bytes(user.recovery_wrapped_private_key), user.recovery_parameters, bound_to=bound_to)
    except keys.DoesNotOpen:
        return None
    return keys.PrivateKey(raw)
