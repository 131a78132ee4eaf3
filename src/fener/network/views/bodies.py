"""Bodies: the list for whoever runs the node, and one body with its mandates, desks, services and people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.network import access, selectors, services
from fener.network.forms.bodies import BodyForm, DeskForm, MandateForm, ServiceForm
from fener.network.forms.people import LastDayForm
from fener.network.views.common import body_for, body_url, handing_over, network_form, shown_once
from fener.network.views.shown import bodies_table, body_context
from fener.network.views.shown_people import invitations_table
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.once import new_token
from fener.trust.roles import Role
from fener.trust.submitting import attempt


@staff
@require_GET
def bodies(request: StaffRequest) -> HttpResponse:
    """One line a body."""
    table = bodies_table(selectors.bodies(request.actor))
    waiting = invitations_table(request.actor, None)
    return render(request, "network/bodies.html", {"table": table, "invitations": waiting})


@staff
def add(request: StaffRequest) -> HttpResponse:
    """The invitation of a new body's first person; the body gets keys of its own when it is taken up."""
    access.require(request.actor, "network.organisation.create")
    roles = [role for role in Role if role is not Role.SYSTEM_ADMIN]
    form = BodyForm(request.POST or None, roles=roles, initial={"roles": [Role.ORGANISATION_ADMIN.value]})

    back = reverse("network:bodies")

    def run(data: Mapping[str, Any]) -> tuple[services.Invited, str]:
        invited = services.invite_body(
            actor=request.actor,
            body=form.body(),
            full_name=data["full_name"],
            roles=data["roles"],
            since=data["since"],
        )
        return invited, back

    if request.method == "POST":
        told = attempt(request, form=form, act="network.add_body", run=run)
        if told is not None:
            return shown_once(request, told, back)
    context = {"form": form, "token": request.POST.get("once") or new_token(), "note": handing_over()}
    return render(request, "network/add_body.html", context, status=422 if request.method == "POST" else 200)


@staff
@require_GET
def body(request: StaffRequest, body: UUID) -> HttpResponse:
    """One body, for whoever runs the node (its own people have the same page under their menu)."""
    found = selectors.body(request.actor, body)
    return render(request, "network/body.html", body_context(request.actor, found))


@staff
def give_mandate(request: StaffRequest, body: UUID) -> HttpResponse:
    """A function that the law or an agreement gives to the body."""
    found = body_for(request, body, "network.mandate.give")

    def run(data: Mapping[str, Any]) -> str:
        services.give_mandate(actor=request.actor, organisation=found, **data)
        return body_url(request, found, "mandates")

    return network_form(
        request,
        form=MandateForm(request.POST or None),
        act="network.give_mandate",
        run=run,
        title=_("Give a mandate"),
        eyebrow=found.short_name,
        lead=_("Referring, assessing, identifying, registering and deciding are separate mandates."),
        cancel=body_url(request, found, "mandates"),
    )


@staff
def end_mandate(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """The last day of a mandate."""
    found = body_for(request, body, "network.mandate.end")
    mandate = found.mandates.filter(pk=pk).first()
    if mandate is None:
        raise Refused(act="account.list")

    def run(data: Mapping[str, Any]) -> str:
        services.end_mandate(actor=request.actor, mandate=mandate, until=data["until"])
        return body_url(request, found, "mandates")

    return network_form(
        request,
        form=LastDayForm(request.POST or None),
        act="network.end_mandate",
        run=run,
        title=_("End the mandate to %(function)s") % {"function": mandate.get_function_display()},
        eyebrow=found.short_name,
        lead=_("What was decided under it stays decided. From the day after, the body can no longer do this here."),
        cancel=body_url(request, found, "mandates"),
        submit=_("End the mandate"),
    )


@staff
def add_desk(request: StaffRequest, body: UUID) -> HttpResponse:
    """A place where the body receives."""
    found = body_for(request, body, "network.desk.create")
    form = DeskForm(request.POST or None, desks=selectors.desks(request.actor))

    def run(data: Mapping[str, Any]) -> str:
        services.create_desk(
            actor=request.actor,
            organisation=found,
            name=data["name"],
            receives=data["receives"],
            escalates_to=form.following(),
        )
        return body_url(request, found, "desks")

    return network_form(
        request,
        form=form,
        act="network.add_desk",
        run=run,
        title=_("Open a desk"),
        eyebrow=found.short_name,
        lead=_("Referrals go to a desk and never to one person, so that somebody always answers."),
        cancel=body_url(request, found, "desks"),
        submit=_("Open the desk"),
    )


@staff
def change_desk(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """What a desk receives, who follows, and whether it is open."""
    found = body_for(request, body, "network.desk.change")
    desk = selectors.all_desks(request.actor, found).filter(pk=pk).first()
    if desk is None:
        raise Refused(act="account.list")
    form = DeskForm(request.POST or None, desks=selectors.all_desks(request.actor), desk=desk)

    def run(data: Mapping[str, Any]) -> str:
        services.change_desk(
            actor=request.actor,
            desk=desk,
            name=data["name"],
            receives=data["receives"],
            escalates_to=form.following(),
            is_open=data["open"],
        )
        return body_url(request, found, "desks")

    return network_form(
        request,
        form=form,
        act="network.change_desk",
        run=run,
        title=_("Change the desk"),
        eyebrow=found.short_name,
        cancel=body_url(request, found, "desks"),
    )


@staff
def add_service(request: StaffRequest, body: UUID) -> HttpResponse:
    """What the body offers, received by one of its desks."""
    found = body_for(request, body, "network.service.create")
    desks = selectors.all_desks(request.actor, found).filter(open=True)
    form = ServiceForm(request.POST or None, desks=desks)

    def run(data: Mapping[str, Any]) -> str:
        services.create_service(actor=request.actor, **form.limits())
        return body_url(request, found, "services")

    no_desk = {"kind": "soon", "title": _("Open a desk first"), "text": _("A service needs a desk that receives.")}
    return network_form(
        request,
        form=form,
        act="network.add_service",
        run=run,
        title=_("Add a service"),
        eyebrow=found.short_name,
        lead=_(
            "Nobody can be shut out for nationality, status or because they do not testify: there is no such limit."
        ),
        cancel=body_url(request, found, "services"),
        notes=() if form.desks else (no_desk,),
    )


@staff
def change_service(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """Places and limits of a service, or its end."""
    found = body_for(request, body, "network.service.change")
    service = found.services.select_related("desk").filter(pk=pk).first()
    if service is None:
        raise Refused(act="account.list")
    form = ServiceForm(request.POST or None, desks=selectors.all_desks(request.actor, found), service=service)

    def run(data: Mapping[str, Any]) -> str:
        services.change_service(actor=request.actor, service=service, **form.limits())
        return body_url(request, found, "services")

    return network_form(
        request,
        form=form,
        act="network.change_service",
        run=run,
        title=_("Change the service"),
        eyebrow=found.short_name,
        cancel=body_url(request, found, "services"),
    )
