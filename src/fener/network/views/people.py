"""The people of a body: their accounts, roles and the body's key. Whoever runs the node may not hand a key on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.network import access, selectors, services
from fener.network.forms.people import InviteForm, LeavingForm, RolesForm, SureForm
from fener.network.models import Membership, Organisation
from fener.network.views.common import body_for, body_url, handing_over, network_form, shown_once
from fener.network.views.shown import body_context, member_context
from fener.network.views.shown_people import leaving_context
from fener.trust.actor import Actor
from fener.trust.custody import custodians
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.once import new_token
from fener.trust.roles import FOR_THE_NODE, Role
from fener.trust.submitting import attempt


@staff
@require_GET
def own(request: StaffRequest) -> HttpResponse:
    """My organisation: who is at work here, who waits for the key, what we offer."""
    found = selectors.body(request.actor, request.actor.keeper_id)
    more = {"own": True, "custody": custodians.may(request.actor, "custody.read")}
    return render(request, "network/body.html", {**body_context(request.actor, found), **more})


def may_give(actor: Actor, act: str, body: Organisation) -> list[Role]:
    """The roles that this reader can give somebody of that body."""
    node = access.may(actor, "network.node_role.give")
    local = access.may(actor, act, body.pk)
    return [role for role in Role if (node if role in FOR_THE_NODE else local)]


@staff
def add(request: StaffRequest, body: UUID) -> HttpResponse:
    """An invitation for somebody new. Their account opens nothing before a colleague hands the key on."""
    found = body_for(request, body, "account.create")
    form = InviteForm(request.POST or None, roles=may_give(request.actor, "network.member.add", found))
    back = body_url(request, found, "people")

    def run(data: Mapping[str, Any]) -> tuple[services.Invited, str]:
        return services.invite(actor=request.actor, organisation=found, **data), back

    if request.method == "POST":
        told = attempt(request, form=form, act="network.add_member", run=run)
        if told is not None:
            return shown_once(request, told, back)
    node_only = not access.may(request.actor, "network.member.add", found.pk)
    context = {
        "lead": _("You give roles for the mechanism as a whole. The organisation adds its other people itself.")
        if node_only
        else _("The account opens nothing before somebody who holds the organisation's key hands it on."),
        "form": form,
        "token": request.POST.get("once") or new_token(),
        "title": _("Invite somebody to %(body)s") % {"body": found.short_name},
        "notes": [handing_over()],
        "cancel": back,
        "submit": _("Make the invitation"),
    }
    return render(request, "network/form.html", context, status=422 if request.method == "POST" else 200)


@staff
def revoke_invitation(request: StaffRequest, invitation: UUID) -> HttpResponse:
    """Take an invitation back."""
    found = selectors.invitation(request.actor, invitation)
    back = body_url(request, found.organisation, "people") if found.organisation else reverse("network:bodies")

    def run(_data: Mapping[str, Any]) -> str:
        services.revoke(actor=request.actor, invitation=found)
        messages.success(request, _("Done. The code of this invitation opens nothing any more."))
        return back

    return network_form(
        request,
        form=SureForm(request.POST or None),
        act="network.revoke_invitation",
        run=run,
        title=_("Take the invitation back"),
        eyebrow=found.full_name,
        lead=_("Its code opens nothing from then on. You can invite this person again."),
        cancel=back,
        submit=_("Take the invitation back"),
        danger=True,
    )


def _member(request: StaffRequest, body: UUID, pk: int) -> Membership:
    found = selectors.colleague(request.actor, pk)
    if found.organisation_id != body:
        raise Refused(act="account.list")
    return found


@staff
@require_GET
def member(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """One person at work in a body, and what one may change."""
    found = _member(request, body, pk)
    context = member_context(request.actor, found)
    return render(request, "network/member.html", {**context, "back": body_url(request, found.organisation, "people")})


def _member_url(membership: Membership) -> str:
    return reverse("network:member", args=[membership.organisation_id, membership.pk])


@staff
def change_roles(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """What kind of work somebody does."""
    found = _member(request, body, pk)
    roles = may_give(request.actor, "network.member.change", found.organisation)
    if not roles:
        access.require(request.actor, "network.member.change", body)
    form = RolesForm(request.POST or None, membership=found, roles=roles)

    def run(data: Mapping[str, Any]) -> str:
        services.change_roles(actor=request.actor, membership=found, roles=form.wanted())
        return _member_url(found)

    return network_form(
        request,
        form=form,
        act="network.change_roles",
        run=run,
        title=_("Change the roles"),
        eyebrow=found.user.full_name,
        lead=_("A role says what somebody may do. It opens nothing sealed: for that they need the organisation's key."),
        cancel=_member_url(found),
    )


@staff
def end(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """Somebody leaves."""
    found = _member(request, body, pk)
    access.require(request.actor, "network.member.end", body)

    def run(data: Mapping[str, Any]) -> str:
        services.end_membership(actor=request.actor, membership=found, until=data["until"])
        return reverse("network:leaving", args=[body, pk])

    return network_form(
        request,
        form=LeavingForm(request.POST or None, membership=found),
        act="network.end_membership",
        run=run,
        title=_("Say when the work here ends"),
        eyebrow=found.user.full_name,
        lead=_(
            "When the last day is over, this person is signed out everywhere, the organisation's key is taken from "
            "them, and an account that belongs nowhere any more is closed. The next page says what is left to do."
        ),
        cancel=_member_url(found),
        submit=_("Set the last day"),
    )


@staff
@require_GET
def leaving(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """What is left to do when somebody leaves. Looking needs no administration session."""
    found = _member(request, body, pk)
    if not access.may(request.actor, "network.member.end", body):
        raise Refused(act="network.member.end")
    context = {**leaving_context(request.actor, found), "back": _member_url(found)}
    return render(request, "network/leaving.html", context)


def _sure(
    request: StaffRequest, found: Membership, *, act: str, run: Callable[[], None], done: str, title: str, **more: Any
) -> HttpResponse:
    def carried(_data: Mapping[str, Any]) -> str:
        run()
        messages.success(request, done)
        return _member_url(found)

    form = SureForm(request.POST or None)
    eyebrow, cancel = found.user.full_name, _member_url(found)
    return network_form(
        request, form=form, act=act, run=carried, title=title, eyebrow=eyebrow, cancel=cancel, submit=title, **more
    )


@staff
def hand_on_key(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """A colleague who holds the key lets somebody else open what the organisation keeps."""
    found = _member(request, body, pk)
    access.require(request.actor, "account.grant_key", body)
    return _sure(
        request,
        found,
        act="network.hand_on_key",
        run=lambda: services.hand_on_key(actor=request.actor, membership=found),
        done=_("Done. From now on this person opens what their roles allow."),
        title=_("Hand the key on"),
        lead=_(
            "With the key this person can open what your organisation keeps sealed, as far as their roles go. Be sure "
            "that the account is really theirs: ask them, face to face or by voice, whether it was they who used the "
            "invitation."
        ),
    )


@staff
def take_key(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """Somebody opens nothing of the organisation any more."""
    found = _member(request, body, pk)
    access.require(request.actor, "account.revoke_key", body)
    return _sure(
        request,
        found,
        act="network.take_key",
        run=lambda: services.take_key(actor=request.actor, membership=found),
        done=_("Done. This person opens nothing of your organisation any more."),
        title=_("Take the key away"),
        lead=_("What this person has already read cannot be unread. You can hand the key on to them again."),
        danger=True,
    )


@staff
def close_account(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """Somebody is signed out everywhere and cannot sign in."""
    found = _member(request, body, pk)
    access.require(request.actor, "account.deactivate", body)
    return _sure(
        request,
        found,
        act="network.close_account",
        run=lambda: services.set_account_active(actor=request.actor, membership=found, active=False),
        done=_("Done. This person is signed out everywhere and cannot sign in."),
        title=_("Close the account"),
        lead=_("This person is signed out everywhere at once and cannot sign in. What they wrote stays."),
        danger=True,
    )


@staff
def open_account(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """Somebody can sign in again."""
    found = _member(request, body, pk)
    access.require(request.actor, "account.activate", body)
    return _sure(
        request,
        found,
        act="network.open_account",
        run=lambda: services.set_account_active(actor=request.actor, membership=found, active=True),
        done=_("Done. This person can sign in again with their own password."),
        title=_("Open the account again"),
        lead=_("This person can sign in again with the password that they had."),
    )
