"""What the pages of custody show, as the tables of the design system take it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fener.network import access
from fener.network.selectors.custody import Custody
from fener.trust.actor import Actor
from fener.trust.custody import custodians, recovery
from fener.trust.models import AccountRecovery, Custodian


def page(actor: Actor, found: Custody) -> dict[str, Any]:
    """Everything on the page of keys and custodians."""
    may = {
        "name": custodians.may(actor, "custody.custodian.name"),
        "release": custodians.may(actor, "custody.custodian.release"),
        "work": found.custodian,
    }
    return {
        "custody": found,
        "back": reverse("network:own" if access.may(actor, "account.list", actor.keeper_id) else "network:account"),
        "may": may,
        "people": {
            "caption": _("Custodians"),
            "caption_hidden": True,
            "columns": [
                {"key": "name", "label": _("Name")},
                {"key": "since", "label": _("Since")},
                {"key": "by", "label": _("Named by")},
                *([{"key": "act", "label": _("Change")}] if may["release"] else []),
            ],
            "rows": [{"cells": _custodian(one)} for one in found.custodians],
            "empty": _("Nobody is named yet."),
        },
        "waiting": [_waiting(one) for one in found.recoveries],
        "told": {
            "caption": _("What custodians were told"),
            "caption_hidden": True,
            "columns": [
                {"key": "at", "label": _("When")},
                {"key": "text", "label": _("What")},
                {"key": "seen", "label": _("Seen by")},
            ],
            "rows": [
                {"cells": {"at": one.at, "text": one.text, "seen": list(one.seen_by) or "–"}} for one in found.told
            ],
            "empty": _("Nothing happened yet."),
        },
    }


def recovery_page(actor: Actor, found: AccountRecovery) -> dict[str, Any]:
    """One colleague who wants to be let back in."""
    given = list(found.approvals.all())
    return {
        "person": found.user,
        "rows": [
            {"key": _("User name"), "value": found.user.username},
            {"key": _("Asked"), "value": found.filed_at},
            {
                "key": _("Asked by"),
                "value": found.filed_by.full_name if found.filed_by else _("the person, on the page for this"),
            },
            {"key": _("Ends by itself"), "value": found.expires_at},
            {"key": _("Approved by"), "value": [one.custodian.full_name for one in given] or _("nobody yet")},
        ],
        "own": found.user_id == actor.user_id,
        "given": any(one.custodian_id == actor.user_id for one in given),
        "full": len(given) >= recovery.NEEDED,
        "refuse": reverse("network:custody_refuse", args=[found.pk]),
    }


def exchange_page(found: Custody) -> dict[str, Any]:
    """How far the exchange of keys is, or what it would bring."""
    running = found.running
    done = running.done + running.unreadable if running else 0
    return {
        "running": running,
        # What came in meanwhile is sealed to the new key already, so that the total may never be reached.
        "done": min(done, running.total) if running else 0,
        "latest": found.latest,
        "due": found.keeper.rotation_due_since,
        "still_hold": [one.full_name for one in found.still_hold],
        "code": found.code,
    }


def _custodian(one: Custodian) -> dict[str, Any]:
    return {
        "name": one.user.full_name,
        "since": one.since.date(),
        "by": one.named_by.full_name if one.named_by else _("the set-up of this node"),
        "act": {
            "text": _("Release"),
            "href": reverse("network:custody_release", args=[one.user_id]),
            "about": one.user.full_name,
        },
    }


def _waiting(one: AccountRecovery) -> dict[str, Any]:
    given = len(one.approvals.all())
    return {
        "text": _("%(name)s forgot the password") % {"name": one.user.full_name},
        "note": ngettext("%(count)d of 2 custodians approved", "%(count)d of 2 custodians approved", given)
        % {"count": given},
        "href": reverse("network:custody_recovery", args=[one.pk]),
        "due": one.expires_at,
    }
