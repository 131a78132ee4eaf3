"""What the pages of the network show, as the tables of the design system take it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.network import access, selectors
from fener.network.models import Desk, Mandate, Membership, Organisation, Service
from fener.network.selectors import Colleague
from fener.network.views.shown_people import invitations_table
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.once import new_token
from fener.trust.roles import MEETS_PEOPLE


def bodies_table(bodies: Iterable[Organisation]) -> dict[str, Any]:
    """One line a body."""
    rows = [
        {
            "cells": {
                "name": {
                    "text": body.name,
                    "href": reverse("network:body", args=[body.pk]),
                    "sub": str(body.get_sector_display()),
                },
                "mandates": [str(m.get_function_display()) for m in body.mandates.all()],
                "desks": [desk.name for desk in body.desks.all()],
                "services": [_(catalogue().label(service.kind)) for service in body.services.all()],
                "people": len(body.memberships.all()),
            }
        }
        for body in bodies
    ]
    return {
        "caption": _("Bodies of the mechanism"),
        "caption_hidden": True,
        "columns": [
            {"key": "name", "label": _("Body")},
            {"key": "mandates", "label": _("Mandates")},
            {"key": "desks", "label": _("Desks")},
            {"key": "services", "label": _("Services")},
            {"key": "people", "label": _("People"), "number": True},
        ],
        "rows": rows,
        "empty": _("No body is registered yet."),
    }


def body_context(actor: Actor, body: Organisation) -> dict[str, Any]:
    """Everything about one body, with what this reader may change."""
    people = selectors.colleagues(actor, body)
    acts = {
        "mandate": "network.mandate.give",
        "desk": "network.desk.create",
        "service": "network.service.create",
    }
    may = {name: access.may(actor, act, body.pk) for name, act in acts.items()}
    may["member"] = access.may(actor, "network.member.add", body.pk) or access.may(actor, "network.node_role.give")
    return {
        "body": body,
        "facts": _facts(body),
        "may": may,
        "people": _table(
            _("People"), _people_columns(), [_person(actor, one) for one in people], _("Nobody works here yet.")
        ),
        "waiting": [_waits(one) for one in people if one.waits_for_key] if _hands_on(actor, body) else [],
        "invitations": invitations_table(actor, body),
        "mandates": _table(
            _("Mandates"),
            _mandate_columns(),
            [_mandate(actor, one) for one in body.mandates.all()],
            _("No mandate yet."),
        ),
        "desks": _table(
            _("Desks"),
            _desk_columns(),
            [_desk(one, may["desk"]) for one in selectors.all_desks(actor, body)],
            _("No desk yet."),
        ),
        "services": _table(
            _("Services"),
            _service_columns(),
            [_service(one, may["service"]) for one in body.services.select_related("desk")],
            _("No service yet."),
        ),
    }


def _waits(one: Colleague) -> dict[str, Any]:
    return {"user": one.user, "membership": one.membership, "token": new_token()}


def member_context(actor: Actor, membership: Membership) -> dict[str, Any]:
    """One person at work in a body, and the acts that this reader may do."""
    one = next(c for c in selectors.colleagues(actor, membership.organisation) if c.membership.pk == membership.pk)
    user = one.user
    rows = [
        {"key": _("User name"), "value": user.username},
        {"key": _("Roles"), "value": [str(role.label) for role in one.roles]},
        {"key": _("At work here from"), "value": membership.since},
        {"key": _("Last day"), "value": membership.until or _("until further notice")},
        {"key": _("Account"), "value": _account_state(one)},
        {"key": _("The organisation's key"), "value": _key_state(one)},
    ]
    return {"member": one, "body": membership.organisation, "rows": rows, "acts": _acts(actor, one)}


def _acts(actor: Actor, one: Colleague) -> list[dict[str, str]]:
    body, pk = one.membership.organisation_id, one.membership.pk
    # Roles for the mechanism as a whole do not stand beside work with people: there is nothing to give then.
    node = access.may(actor, "network.node_role.give") and not set(one.roles) & MEETS_PEOPLE
    roles = access.may(actor, "network.member.change", body) or node
    self_ = actor.user_id == one.user.pk
    ends = access.may(actor, "network.member.end", body)
    offered = (
        ("hand_on_key", _("Hand the key on"), one.waits_for_key and access.may(actor, "account.grant_key", body)),
        ("change_roles", _("Change the roles"), roles),
        ("end_membership", _("Say when the work here ends"), ends),
        ("leaving", _("What leaving leaves to do"), bool(one.membership.until) and ends),
        (
            "file_recovery",
            _("Let back in after a forgotten password"),
            not self_ and one.at_work and actor.keeper_id == body,
        ),
        ("take_key", _("Take the key away"), one.holds_key and access.may(actor, "account.revoke_key", body)),
        (
            "close_account",
            _("Close the account"),
            not self_ and one.user.is_active and access.may(actor, "account.deactivate", body),
        ),
        (
            "open_account",
            _("Open the account again"),
            not one.user.is_active and access.may(actor, "account.activate", body),
        ),
    )
    return [{"text": text, "href": reverse(f"network:{name}", args=[body, pk])} for name, text, may in offered if may]


def _hands_on(actor: Actor, body: Organisation) -> bool:
    return access.may(actor, "account.grant_key", body.pk)


def _facts(body: Organisation) -> list[dict[str, Any]]:
    languages = vocabulary("languages")
    return [
        {"key": _("Kind of body"), "value": str(body.get_sector_display())},
        {"key": _("Country"), "value": {"country": body.country}},
        {
            "key": _("Languages spoken there"),
            "value": ", ".join(_(languages.label(c)) if c in languages else c for c in body.languages),
        },
        {
            "key": _("Its staff are trained to recognise trafficking"),
            "value": _("yes") if body.trained_assessor else _("no"),
        },
    ]


def _table(caption: str, columns: list[dict[str, Any]], cells: list[dict[str, Any]], empty: str) -> dict[str, Any]:
    return {
        "caption": caption,
        "caption_hidden": True,
        "columns": columns,
        "rows": [{"cells": one} for one in cells],
        "empty": empty,
    }


def _people_columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("Name")},
        {"key": "roles", "label": _("Roles")},
        {"key": "period", "label": _("At work here")},
        {"key": "key", "label": _("The organisation's key")},
    ]


def _person(actor: Actor, one: Colleague) -> dict[str, Any]:
    place = one.membership
    return {
        "name": {
            "text": one.user.full_name,
            "href": reverse("network:member", args=[place.organisation_id, place.pk]),
            "sub": one.user.username,
        },
        "roles": [str(role.label) for role in one.roles],
        "period": _period(place.since, place.until),
        "key": _account_state(one) if not one.user.is_active else _key_state(one),
    }


def _account_state(one: Colleague) -> Mapping[str, Any] | str:
    if not one.user.is_active:
        return {"tag": _("account closed"), "kind": "refused"}
    return _("open")


def _key_state(one: Colleague) -> Mapping[str, Any] | str:
    if one.holds_key:
        return {"tag": _("holds it"), "kind": "done"}
    if one.waits_for_key:
        return {"tag": _("waits for a colleague to hand it on"), "kind": "soon"}
    return _("none")


def _mandate_columns() -> list[dict[str, Any]]:
    return [
        {"key": "function", "label": _("May")},
        {"key": "basis", "label": _("Legal basis")},
        {"key": "period", "label": _("Period")},
        {"key": "act", "label": _("Change")},
    ]


def _mandate(actor: Actor, one: Mandate) -> dict[str, Any]:
    today = timezone.localdate()
    ends = (one.until is None or one.until >= today) and access.may(actor, "network.mandate.end", one.organisation_id)
    act: Mapping[str, Any] | str = "–"
    if ends:
        href = reverse("network:end_mandate", args=[one.organisation_id, one.pk])
        act = {"text": _("End"), "href": href, "about": str(one.get_function_display())}
    return {
        "function": str(one.get_function_display()),
        "basis": one.legal_basis,
        "period": _period(one.since, one.until),
        "act": act,
    }


def _desk_columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("Desk")},
        {"key": "receives", "label": _("Receives")},
        {"key": "next", "label": _("Unanswered, it goes on to")},
        {"key": "state", "label": _("State")},
    ]


def _desk(one: Desk, may: bool) -> dict[str, Any]:
    href = reverse("network:change_desk", args=[one.organisation_id, one.pk])
    return {
        "name": {"text": one.name, "href": href} if may else one.name,
        "receives": [str(Desk.Receives(kind).label) for kind in one.receives],
        "next": str(one.escalates_to) if one.escalates_to else _("nobody"),
        "state": {"tag": _("open"), "kind": "done"} if one.open else {"tag": _("closed"), "kind": "plain"},
    }


def _service_columns() -> list[dict[str, Any]]:
    return [
        {"key": "name", "label": _("Service")},
        {"key": "desk", "label": _("Desk")},
        {"key": "places", "label": _("Places"), "number": True},
        {"key": "whom", "label": _("For whom")},
        {"key": "state", "label": _("State")},
    ]


def _service(one: Service, may: bool) -> dict[str, Any]:
    href = reverse("network:change_service", args=[one.organisation_id, one.pk])
    kind = _(catalogue().label(one.kind))
    return {
        "name": {"text": one.name, "sub": kind, **({"href": href} if may else {})},
        "desk": one.desk.name,
        "places": _("not limited") if one.capacity is None else one.capacity,
        "whom": whom(one),
        "state": {"tag": _("offered"), "kind": "done"} if one.active else {"tag": _("ended"), "kind": "plain"},
    }


def whom(one: Service) -> list[str]:
    genders = vocabulary("gender")
    said = [_(genders.label(code)) if code in genders else code for code in one.genders]
    if one.min_age is not None and one.max_age is not None:
        said.append(_("%(low)s to %(high)s years") % {"low": one.min_age, "high": one.max_age})
    elif one.min_age is not None:
        said.append(_("from %(low)s years") % {"low": one.min_age})
    elif one.max_age is not None:
        said.append(_("up to %(high)s years") % {"high": one.max_age})
    return said or [_("everybody")]


def _period(since: Any, until: Any) -> list[Any]:
    return [since] if until is None else [since, {"text": _("until"), "sub": ""}, until]
