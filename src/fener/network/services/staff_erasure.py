"""What stays of the account of somebody who left: a random id in the record of acts, and nothing that names them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network.models import Membership
from fener.network.models.invitations import Invitation
from fener.norms import retention
from fener.norms.why import plain
from fener.trust import audit
from fener.trust.models import BrowserSession, Custodian, Erasure, KeeperMember, RetentionPeriod, SubmittedForm, User
from fener.trust.privacy.kinds import Due, Kind

GONE = "gone-"  # what a user name begins with when the person is not named any more


def due(at: datetime) -> Iterable[Due]:
    """Accounts of people whose last membership ended, when the period of the body they left last has run out."""
    today = timezone.localdate(at)
    own = {
        row.holder_id: retention.Own(row.months, row.reason)
        for row in RetentionPeriod.objects.filter(data_class="staff_account")
    }
    if not own and not retention.law("staff_account", settings.FENER_JURISDICTION).known:
        return
    working = Membership.objects.filter(Q(until__isnull=True) | Q(until__gte=today)).values("user_id")
    decided = Erasure.objects.filter(kind="account", state__in=Erasure.OPEN).values("subject_id")
    left = User.objects.exclude(username__startswith=GONE).exclude(pk__in=working).exclude(pk__in=decided)
    for user in left.filter(memberships__isnull=False).annotate(last=Max("memberships__until")).order_by("last", "pk"):
        last = user.memberships.order_by("-until", "-pk").first()
        if last is None or last.until is None:
            continue
        body = last.organisation_id
        found = retention.due("staff_account", last.until, jurisdiction=settings.FENER_JURISDICTION, own=own.get(body))
        if found.is_due(today):
            yield Due(
                user.pk, body, Erasure.Ground.RAN_OUT, tuple((step.text, plain(step.params)) for step in found.why)
            )


def alive(subject_id: UUID) -> bool:
    """Whether the account still names somebody."""
    return User.objects.filter(pk=subject_id).exclude(username__startswith=GONE).exists()


def prepare(subject_id: UUID, at: datetime) -> None:
    """Name, user name, keys and factors go; who did what stays as an id. In the erasure's transaction."""
    user = User.objects.select_for_update().filter(pk=subject_id).first()
    if user is None:
        return
    for rows in (KeeperMember, Custodian, BrowserSession, SubmittedForm, Authenticator, SocialAccount):
        rows._base_manager.filter(user=user).delete()
    Invitation.objects.filter(used_by=user).update(full_name="")
    user.username, user.full_name, user.language = f"{GONE}{secrets.token_hex(8)}", "", ""
    user.is_active, user.last_login = False, None
    user.public_key = user.wrapped_private_key = b""
    user.recovery_wrapped_private_key = None
    user.wrap_parameters = user.recovery_parameters = {}
    user.set_unusable_password()
    user.save()


KIND = Kind(
    code="account",
    label=_("the account of somebody who left"),
    chain=lambda _subject: audit.NODE,
    alive=alive,
    prepare=prepare,
    due=due,
)
