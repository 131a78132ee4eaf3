"""Keys and custodians of one's own organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fener.network import selectors
from fener.network.forms.custody import CustodianForm
from fener.network.forms.people import SureForm
from fener.network.models import Membership
from fener.network.selectors import custody as reading
from fener.network.services import custody as writing
from fener.network.views import custody_shown
from fener.network.views.common import network_form
from fener.trust.custody import custodians, notices, printed, recovery, rotation
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.once import new_token
from fener.trust.submitting import attempt, form_page

# A page that goes on sealing answers within a few seconds; whoever watches taps again, or the page does it.
SECONDS_A_REQUEST = 4.0
GOING = "going"


def _page() -> str:
    return reverse("network:custody")


@staff
@require_GET
def custody(request: StaffRequest) -> HttpResponse:
    """Who watches over the keys, what waits for them, what is missing."""
    found = reading.custody(request.actor)
    return render(request, "network/custody.html", custody_shown.page(request.actor, found))


@staff
def name(request: StaffRequest) -> HttpResponse:
    """Name a custodian among those who hold the key."""
    custodians.require(request.actor, "custody.custodian.name")
    found = reading.custody(request.actor)
    form = CustodianForm(request.POST or None, people=found.may_be_named)

    def run(data: Mapping[str, Any]) -> str:
        writing.name_custodian(actor=request.actor, **data)
        return _page()

    nobody = {
        "kind": "soon",
        "title": _("Nobody is left to name"),
        "text": _("A custodian holds the organisation's key. Hand the key on to a colleague first."),
    }
    return network_form(
        request,
        form=form,
        act="custody.name",
        run=run,
        title=_("Name a custodian"),
        lead=_("Custodians are told what happens to keys, and two of them together let a colleague back in."),
        cancel=_page(),
        notes=() if found.may_be_named else (nobody,),
    )


@staff
def release(request: StaffRequest, user: UUID) -> HttpResponse:
    """Somebody is custodian no longer."""
    custodians.require(request.actor, "custody.custodian.release")
    found = next((one for one in reading.custody(request.actor).custodians if one.user_id == user), None)
    if found is None:
        raise Refused(act="custody.custodian.release")

    def run(_data: Mapping[str, Any]) -> str:
        writing.release_custodian(actor=request.actor, user_id=user)
        return _page()

    return network_form(
        request,
        form=SureForm(request.POST or None),
        act="custody.release",
        run=run,
        title=_("Release from being custodian"),
        eyebrow=found.user.full_name,
        lead=_("The other custodians are told. The organisation's key stays with this person until it is taken away."),
        cancel=_page(),
        danger=True,
    )


@staff
def recover(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One colleague who wants to be let back in: look at it and approve. The code is shown this once."""
    found = reading.recovery_for(request.actor, pk)
    form = SureForm(request.POST or None)
    if request.method == "POST":
        code = attempt(
            request, form=form, act="custody.approve",
            run=lambda _data: (recovery.approve(actor=request.actor, recovery_id=pk), _page()),
        )  # fmt: skip
        if code is not None:
            both = reading.recovery_for(request.actor, pk).approvals.count() >= recovery.NEEDED
            return render(request, "network/custody_half.html", {"code": code, "person": found.user, "both": both})
    context = custody_shown.recovery_page(request.actor, found)
    shown = {**context, "form": form, "token": request.POST.get("once") or new_token()}
    return render(request, "network/custody_recovery.html", shown, status=422 if request.method == "POST" else 200)


@staff
def refuse(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A custodian says no."""
    found = reading.recovery_for(request.actor, pk)

    def run(_data: Mapping[str, Any]) -> str:
        recovery.refuse(actor=request.actor, recovery_id=pk)
        return _page()

    return network_form(
        request,
        form=SureForm(request.POST or None),
        act="custody.refuse",
        run=run,
        title=_("Refuse"),
        eyebrow=found.user.full_name,
        lead=_("Nothing changes for this account, and codes that were shown already open nothing."),
        cancel=reverse("network:custody_recovery", args=[pk]),
        danger=True,
    )


@staff
def file(request: StaffRequest, body: UUID, pk: int) -> HttpResponse:
    """Somebody asked a colleague to be let back in."""
    found: Membership = selectors.colleague(request.actor, pk)
    if found.organisation_id != body or request.actor.keeper_id != body:
        raise Refused(act="custody.recovery.file")
    custodians.require(request.actor, "custody.recovery.file")
    back = reverse("network:member", args=[body, pk])

    def run(_data: Mapping[str, Any]) -> str:
        writing.file_recovery(actor=request.actor, membership=found)
        messages.success(request, _("The custodians are told. Two of them have to approve."))
        return back

    return network_form(
        request,
        form=SureForm(request.POST or None),
        act="custody.file",
        run=run,
        title=_("Ask the custodians to let somebody back in"),
        eyebrow=found.user.full_name,
        lead=_("Do this only if this person asked you face to face. It waits for two custodians, for three days."),
        cancel=back,
        submit=_("Ask the custodians"),
    )


@staff
def code(request: StaffRequest) -> HttpResponse:
    """A new printed code of the organisation: one sheet, shown once."""
    custodians.require(request.actor, "custody.code.make")
    form = SureForm(request.POST or None)
    if request.method == "POST":
        made = attempt(
            request, form=form, act="custody.code", run=lambda _data: (printed.make_code(actor=request.actor), _page())
        )
        if made is not None:
            sheet = {"code": made, "body": selectors.own_organisation(request.actor)}
            return render(request, "network/custody_sheet.html", sheet)
    context = {
        "form": form,
        "token": request.POST.get("once") or new_token(),
        "earlier": printed.code_of(custodians.require(request.actor, "custody.code.make")),
    }
    return render(request, "network/custody_code.html", context, status=422 if request.method == "POST" else 200)


@staff
def exchange(request: StaffRequest) -> HttpResponse:
    """New keys: begin, see how far it is, go on."""
    keeper_id = custodians.require(request.actor, "custody.rotation.begin")
    running = rotation.running(keeper_id)
    if running is not None and request.method == "POST":
        # Not through the token of a form, whose one transaction would hold everybody up: it may be repeated.
        rotation.go_on(actor=request.actor, rotation=running, seconds=SECONDS_A_REQUEST)
        return redirect(f"{reverse('network:custody_exchange')}?{GOING}=1")

    def run(_data: Mapping[str, Any]) -> str:
        writing.begin_rotation(actor=request.actor)
        return f"{reverse('network:custody_exchange')}?{GOING}=1"

    context = {**custody_shown.exchange_page(reading.custody(request.actor)), "going": GOING in request.GET}
    return form_page(
        request, template="network/custody_exchange.html", form=SureForm(request.POST or None),
        act="custody.exchange", run=run, context=context,
    )  # fmt: skip


@require_POST
@staff
def seen(request: StaffRequest) -> HttpResponseRedirect:
    """This custodian has seen what was told."""
    notices.mark_seen(actor=request.actor)
    return redirect("/")


@require_POST
@staff
def stop(request: StaffRequest) -> HttpResponseRedirect:
    """The person is in, and stops what others asked for in their name."""
    if recovery.stop(actor=request.actor):
        messages.success(request, _("It is stopped, and the custodians are told. Codes that were shown open nothing."))
    return redirect("/")
