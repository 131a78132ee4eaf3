"""Invitations and leaving, as the tables of the design system take them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.network import access, selectors
from fener.network.handovers import handovers
from fener.network.models import Membership, Organisation
from fener.network.services import leaving
from fener.trust import accounts
from fener.trust.actor import Actor
from fener.trust.models import KeeperMember
from fener.trust.roles import Role


def invitations_table(actor: Actor, body: Organisation | None) -> dict[str, Any] | None:
    """Invitations that nobody took up yet; None where there are none, or for whom they are none of their business."""
    rows = []
    for one in selectors.open_invitations(actor, body):
        gone = selectors.has_run_out(one)
        href = reverse("network:revoke_invitation", args=[one.pk])
        rows.append(
            {
                "name": {"text": one.full_name, "sub": str(one.body.get("short_name", ""))},
                "roles": [str(role.label) for role in Role if role in one.roles],
                "until": {"tag": _("ran out"), "kind": "plain"} if gone else {"when": one.expires_at},
                "by": one.made_by.full_name if one.made_by else _("the node"),
                "act": {"text": _("Take back"), "href": href, "about": one.full_name},
            }
        )
    if not rows:
        return None
    return {
        "caption": _("Invitations that nobody has used yet"),
        "columns": [
            {"key": "name", "label": _("Name")},
            {"key": "roles", "label": _("Roles")},
            {"key": "until", "label": _("Can be used until")},
            {"key": "by", "label": _("Invited by")},
            {"key": "act", "label": _("Change")},
        ],
        "rows": [{"cells": one} for one in rows],
        "empty": "",
    }


def leaving_context(actor: Actor, membership: Membership) -> dict[str, Any]:
    """What follows from somebody's last day, what is left to hand over, and what could not be done."""
    body, user, until = membership.organisation, membership.user, membership.until
    holds = KeeperMember.objects.filter(keeper_id=body.pk, user=user).exists()
    over = until is not None and until < timezone.localdate()
    return {
        "member": membership,
        "body": body,
        "until": until,
        "over": over,
        "done": membership.left_at,
        "holds": holds,
        "stuck": over and holds and accounts.is_last_holder(keeper_id=body.pk, user=user),
        "handovers": list(handovers(actor, membership)),
        "desks": leaving.desks_left_alone(body, until) if until is not None else [],
        "may_change": access.may(actor, "network.member.end", body.pk),
    }
