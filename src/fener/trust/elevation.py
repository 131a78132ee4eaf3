"""Administrators without rights, until they say why: administration sessions.

A role that administers allows nothing by itself where its row in the policy table is ``elevated``. The person begins a
session: a reason in words, a time that ends by itself, and the password (or the code of the second step) once more. It
belongs to one sign-in: its id lies in that browser's session, and ``network.middleware`` puts it on the actor. What is
done meanwhile carries the id in the audit. Work with cases is refused to the same sign-in as long as it runs.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.signals import user_logged_out
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import accounts, audit, policy
from fener.trust.actor import Actor
from fener.trust.custody import custodians
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AdministrationSession, AuditEntry, User
from fener.trust.policy import Relationship as R

IN_SESSION = "fener_administration"  # in the browser's session: the id
DEFAULT_MINUTES, MOST_MINUTES = 30, 120
LEAST_REASON = 8
_CODE = re.compile(r"\d{6}")


@transaction.atomic
def begin(*, actor: Actor, reason: str, minutes: int = DEFAULT_MINUTES, proof: str) -> AdministrationSession:
    """Begin a session for this sign-in. ``proof``: the password, or the code that the authenticator shows now.

    Raises Refused; InvalidInput for a missing reason, a time out of bounds, or a proof that does not fit. Whoever
    calls this counts the attempts.
    """
    policy.require(actor, "administration.begin", R.OWN)
    if actor.user_id is None:
        raise Refused(act="administration.begin")
    errors: dict[str, Any] = {}
    if len(reason.strip()) < LEAST_REASON:
        errors["reason"] = _("Say in a few words what you are about to do, and why.")
    if not 1 <= minutes <= MOST_MINUTES:
        errors["minutes"] = _("Choose a time of at most two hours.")
    if errors:
        raise InvalidInput(errors)
    user = User.objects.get(pk=actor.user_id)
    if not _proves(user, proof):
        raise InvalidInput({"proof": _("This is neither your password nor the code of your second step. Try again.")})
    if actor.elevation is not None:
        end(actor=actor)
    now = timezone.now()
    session = AdministrationSession.objects.create(
        user=user,
        keeper_id=actor.keeper_id,
        reason=reason.strip()[:300],
        begun_at=now,
        ends_at=now + timedelta(minutes=minutes),
    )
    _record(actor, "administration.begin", session, {"minutes": minutes})
    return session


@transaction.atomic
def end(*, actor: Actor) -> None:
    """End the session that runs in this sign-in. Nothing happens when none does."""
    if actor.elevation is None or actor.user_id is None:
        return
    now = timezone.now()
    running = AdministrationSession.objects.filter(pk=actor.elevation, user_id=actor.user_id, ended_at=None)
    for session in running.filter(ends_at__gt=now).select_for_update():
        session.ended_at = now
        session.save(update_fields=["ended_at"])
        _record(actor, "administration.end", session, {})


def current(*, user_id: UUID, session_id: str | UUID, at: datetime) -> AdministrationSession | None:
    """The session of that person with that id, if it runs at that moment."""
    try:
        found = AdministrationSession.objects.filter(pk=UUID(str(session_id)), user_id=user_id)
    except ValueError:
        return None
    return found.filter(ended_at=None, begun_at__lte=at, ends_at__gt=at).first()


def running_in(request: HttpRequest, *, at: datetime) -> AdministrationSession | None:
    """The session that runs in this browser. One that is over is forgotten here."""
    kept = request.session.get(IN_SESSION)
    if kept is None or request.user.pk is None:
        return None
    found = current(user_id=request.user.pk, session_id=kept, at=at)
    if found is None:
        del request.session[IN_SESSION]
    return found


def sessions(actor: Actor) -> QuerySet[AdministrationSession]:
    """The sessions that this reader may know of, newest first: the auditor's every one, a custodian's those of the own
    body, everybody's own. Raises Refused for whoever never has any."""
    found = AdministrationSession.objects.select_related("user", "keeper__organisation").order_by("-begun_at", "pk")
    if policy.decide(actor, "administration.list", R.NODE):
        return found
    custodian = actor.keeper_id is not None and custodians.is_custodian(actor)
    if actor.keeper_id is not None and custodian and policy.decide(actor, "administration.list", R.CUSTODIAN):
        return found.filter(keeper_id=actor.keeper_id)
    policy.require(actor, "administration.list", R.OWN)
    if actor.user_id is None:
        raise Refused(act="administration.list")
    return found.filter(user_id=actor.user_id)


def acts_of(actor: Actor, session_id: UUID) -> tuple[AdministrationSession, QuerySet[AuditEntry]]:
    """One session and what was done in it, in the order in which it was done. Raises Refused, the same for none."""
    session = sessions(actor).filter(pk=session_id).first()
    if session is None:
        raise Refused(act="administration.list")
    until = session.ended_at or session.ends_at
    entries = AuditEntry.objects.filter(
        actor_id=session.user_id, at__gte=session.begun_at, at__lte=until, detail__session=str(session.pk)
    )
    return session, entries.select_related("chain").order_by("at", "pk")


def _proves(user: User, proof: str) -> bool:
    # Passwords have twelve characters or more, so that six digits are a code.
    typed = proof.strip().replace(" ", "")
    if _CODE.fullmatch(typed):
        factor = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()
        return factor is not None and bool(TOTP(factor).validate_code(typed))
    return accounts.open_private_key(user, proof) is not None


def _record(actor: Actor, act: str, session: AdministrationSession, detail: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", actor.keeper_id) if actor.keeper_id else audit.NODE,
        subject_type="administration",
        subject_id=session.pk,
        detail={"session": str(session.pk), **detail},
    )


def _on_logout(sender: Any, request: HttpRequest | None, user: User | None, **_kwargs: Any) -> None:
    actor = getattr(request, "actor", None)
    if actor is not None and actor.elevation is not None:
        end(actor=actor)


def connect() -> None:
    """Called once when the app is ready: signing out ends the session too."""
    user_logged_out.connect(_on_logout, dispatch_uid="fener.trust.elevation.logout")
