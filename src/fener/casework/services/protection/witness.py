"""Witness protection: a case disappears for everybody but the persons named for it, and comes back likewise (WP-10).

One person proposes, with a legal basis and a reason, and names the second; only the second sees the proposal. With the
second's yes, in one transaction: the case gets a new code and a new alias (what was written down before leads nowhere),
its words leave every name index, open offers are withdrawn, bodies of which nobody is named lose their keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import codes
from fener.casework.models import Case, CaseAccess, ProtectedAccess, ProtectionStep, Referral
from fener.casework.services import clocks
from fener.casework.services.access import items_of, open_referrals, try_hand_key
from fener.casework.services.cases import free_code
from fener.casework.services.compartments import main_item, names_in
from fener.casework.services.notes import seal_words
from fener.casework.services.protection.common import keep, works_there
from fener.casework.services.referral_disclosure import take_back
from fener.network.models import Membership
from fener.trust import search, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import SealedItem, User
from fener.trust.purposes import Purpose
from fener.trust.roles import Role

if TYPE_CHECKING:
    from fener.trust.errors import Text

LEAST_KEEPERS = 2  # two can decide together; three are better, so that one may be away
Kind = ProtectionStep.Kind


@transaction.atomic
def propose(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    second: User,
    legal_basis: str,
    reason: str,
    keepers: Iterable[User] = (),
    at: datetime | None = None,
) -> ProtectionStep:
    """Ask a named colleague to put the case under witness protection, or (``kind`` release) to take it out.

    ``keepers``: who shall see it besides the two signers; ignored for a release. Nothing changes before the second says
    yes. Raises InvalidInput by field, Refused, Locked (the reason is sealed for the organisation that keeps the case).
    """
    at = at or timezone.now()
    access.require_on_case(actor, "protection.propose", case, at=at)
    current = Case.objects.unscoped(reason="the case in hand, locked").select_for_update().get(pk=case.pk)
    named = list({user.pk: user for user in keepers}.values())
    _check(actor, current, kind=kind, second=second, named=named, legal_basis=legal_basis, reason=reason, at=at)
    step = ProtectionStep(
        case=current, kind=kind, legal_basis=legal_basis.strip(), proposed_by_id=access.user_id(actor), proposed_at=at,
        second=second, keepers=sorted({str(actor.user_id), str(second.pk), *(str(user.pk) for user in named)}),
    )  # fmt: skip
    sealed = seal_words(
        actor=actor, case=current, slot=f"protection:{step.pk}", words=reason, compartment=Compartment.LEGAL
    )
    if sealed is None:
        raise InvalidInput({"reason": _("Say why.")})
    step.reason = sealed
    step.save(force_insert=True)
    keep(actor, "protection.propose", current.pk, {"kind": kind, "second": second.pk, "keepers": step.keepers})
    return step


def _check(
    actor: Actor, case: Case, *, kind: str, second: User, named: list[User], legal_basis: str, reason: str, at: datetime
) -> None:
    errors: dict[str, Text] = {}
    if kind not in Kind.values or case.protected is (kind == Kind.PROTECT):
        errors[""] = _("This is so already. Look at the case again.")
    elif ProtectionStep.objects.filter(case=case, answered_at__isnull=True).exists():
        errors[""] = _("A colleague has been asked already, and has not answered yet.")
    if not legal_basis.strip():
        errors["legal_basis"] = _("Name the law and the article, or the decision that this rests on.")
    if not reason.strip():
        errors["reason"] = _("Say why.")
    if second.pk == actor.user_id:
        errors["second"] = _("The second person has to be somebody else.")
    elif not _may_sign(second, case, kind, at):
        errors["second"] = _("Choose a case manager of your organisation who may see this case.")
    if any(not works_there(user, case) or _cannot_be_named(user, case) for user in named):
        errors["keepers"] = _("Choose people who work with persons at your organisation and may be told of this case.")
    if errors:
        raise InvalidInput(errors)


def _may_sign(user: User, case: Case, kind: str, at: datetime) -> bool:
    if not works_there(user, case, frozenset({Role.CASE_MANAGER})) or _cannot_be_named(user, case):
        return False
    return kind == Kind.PROTECT or named_now(case, at).filter(user=user).exists()


def _cannot_be_named(user: User, case: Case) -> bool:
    return not access.may_be_chosen(case, user_id=user.pk)


def named_now(case: Case, at: datetime) -> Any:
    """The rows of those who are named for a protected case at that moment."""
    rows = ProtectedAccess.objects.filter(case=case, ended_at__isnull=True)
    return rows.filter(until__isnull=True) | rows.filter(until__gt=at)


def keepers_of(case: Case, at: datetime) -> Any:
    """The keepers: named without an end, so that what somebody was let see for a time lets them decide nothing."""
    return ProtectedAccess.objects.filter(case=case, ended_at__isnull=True, until__isnull=True, user__is_active=True)


@transaction.atomic
def answer(*, actor: Actor, step: ProtectionStep, yes: bool, at: datetime | None = None) -> ProtectionStep:
    """The second person's answer; a yes carries it out. Raises Refused (looks absent for anybody else), AlreadyDone,
    Locked (a release lays keys and names ready again)."""
    at = at or timezone.now()
    found = ProtectionStep.objects.select_for_update().select_related("case").filter(pk=step.pk).first()
    if found is None or found.second_id != actor.user_id:
        raise Refused(act="protection.confirm")
    case = Case.objects.unscoped(reason="the case in hand, locked").select_for_update().get(pk=found.case_id)
    access.require_on_case(actor, "protection.confirm", case, at=at)
    if found.answered_at is not None:
        raise AlreadyDone(str(found.pk), _("This was already answered."))
    found.answered_at, found.confirmed = at, yes
    found.save(update_fields=["answered_at", "confirmed"])
    if yes and found.kind == Kind.PROTECT:
        _protect(actor, case, found, at)
    elif yes:
        _release(actor, case, at)
    keep(actor, "protection.confirm" if yes else "protection.decline", case.pk, {"kind": found.kind})
    found.case = case
    return found


@transaction.atomic
def withdraw_proposal(*, actor: Actor, step: ProtectionStep, at: datetime | None = None) -> None:
    """Whoever proposed it takes it back before it was answered. Raises Refused."""
    at = at or timezone.now()
    access.require_on_case(actor, "protection.propose", step.case, at=at)
    open_step = ProtectionStep.objects.filter(pk=step.pk, proposed_by_id=actor.user_id, answered_at__isnull=True)
    if open_step.update(answered_at=at, confirmed=False):
        keep(actor, "protection.withdraw", step.case_id, {"kind": step.kind})


def _protect(actor: Actor, case: Case, step: ProtectionStep, at: datetime) -> None:
    users = User.objects.filter(pk__in=step.keepers, is_active=True)
    chosen = [user for user in users if not _cannot_be_named(user, case)]
    # Those who are named first: from the next line on nobody else sees the case, the database's own rules included.
    ProtectedAccess.objects.bulk_create(ProtectedAccess(case=case, user=user, since=at) for user in chosen)
    case.protected = True
    _rename(case)
    case.save(update_fields=["protected", "code", "alias", "version"])
    search.forget(subject_id=case.pk)
    waiting = Referral.objects.unscoped(reason="offers of a case that disappears").filter(case=case)
    for referral in list(waiting.filter(state=Referral.State.OFFERED)):
        _withdraw_offer(actor, referral, at)
    _take_keys(actor, case, {user.pk for user in chosen})
    clocks.refresh_next_due(case)


def _withdraw_offer(actor: Actor, referral: Referral, at: datetime) -> None:
    """A desk sees nothing of it any more and could not answer; it is offered again when the case can be named."""
    referral.state, referral.preview = Referral.State.WITHDRAWN, {}
    referral.save(update_fields=["state", "preview"])
    take_back(actor=actor, referral=referral, at=at)
    keep(actor, "referral.withdraw", referral.case_id, {"because": "protected"}, about=("referral", referral.pk))


def _take_keys(actor: Actor, case: Case, named: set[Any]) -> None:
    """Bodies of which nobody is named lose their keys; their accepted referrals wait, unseen."""
    others = CaseAccess.objects.filter(case=case, relationship=CaseAccess.Relationship.REFERRED_TO)
    keepers = Membership.objects.filter(user__in=named, until__isnull=True).values("organisation_id")
    for row in others.exclude(organisation_id__in=keepers):
        for item in SealedItem.objects.filter(subject_id=case.pk, grants__keeper_id=row.organisation_id):
            vault.revoke(actor=actor, item=item, keeper_id=row.organisation_id)


def _release(actor: Actor, case: Case, at: datetime) -> None:
    """As it was, under another code: what was known of the protected one leads nowhere either."""
    case.protected = False
    _rename(case)
    case.save(update_fields=["protected", "code", "alias", "version"])
    ProtectedAccess.objects.filter(case=case, ended_at__isnull=True).update(ended_at=at)
    give_keys_again(actor=actor, case=case, at=at)
    item = main_item(case, Compartment.IDENTITY)
    if item is not None:  # found by name again in the own organisation
        search.index(
            actor=actor,
            subject_id=case.pk,
            names=names_in(vault.open_item(actor=actor, item=item, purpose=Purpose.KEEP)),
        )


def give_keys_again(*, actor: Actor, case: Case, at: datetime, organisation_id: Any = None) -> None:
    """The keys that living, accepted referrals name, for bodies that lost them while the case was protected."""
    for referral in open_referrals(case, at=at, to=organisation_id):
        if referral.state != Referral.State.ACCEPTED:
            continue
        for item in items_of(referral):
            try_hand_key(actor=actor, referral=referral, item=item)


def _rename(case: Case) -> None:
    case.code, case.alias, case.version = free_code(), codes.new_alias({case.alias}), case.version + 1


@transaction.atomic
def leave(*, actor: Actor, case: Case, at: datetime | None = None) -> None:
    """A person named for it needs to see it no longer. Raises InvalidInput where two keepers would not stay."""
    at = at or timezone.now()
    access.require_on_case(actor, "protected.leave", case, at=at)
    Case.objects.unscoped(reason="the case in hand, locked").select_for_update().get(pk=case.pk)
    mine = ProtectedAccess.objects.filter(case=case, user_id=access.user_id(actor), ended_at__isnull=True).first()
    if mine is None:
        raise Refused(act="protected.leave")
    if mine.until is None and keepers_of(case, at).count() <= LEAST_KEEPERS:
        raise InvalidInput({"": _("Two keepers have to stay. Name somebody else first, or take it out of protection.")})
    mine.ended_at = at
    mine.save(update_fields=["ended_at"])
    keep(actor, "protected.leave", case.pk, {})
