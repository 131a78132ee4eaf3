"""What the pages of a body share: the body, its address, one way to show a form, and what is shown once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from fener.network import access, selectors
from fener.network.models import Organisation
from fener.network.services import Invited
from fener.trust.decorators import StaffRequest
from fener.trust.submitting import form_page

Run = Callable[[Mapping[str, Any]], str]


def body_for(request: StaffRequest, body: UUID, act: str) -> Organisation:
    """The body, for somebody who may do this to it. Raises Refused."""
    found = selectors.body(request.actor, body)
    access.require(request.actor, act, body)
    return found


def body_url(request: StaffRequest, body: Organisation, part: str = "") -> str:
    """Where the pages of a body begin for this reader: their own, or one of the network's."""
    own = not access.may(request.actor, "network.organisation.create")
    address = reverse("network:own") if own else reverse("network:body", args=[body.pk])
    return f"{address}#{part}" if part else address


def network_form(
    request: StaffRequest,
    *,
    form: forms.Form,
    act: str,
    run: Run,
    title: str,
    cancel: str,
    eyebrow: str = "",
    lead: str = "",
    submit: str = "",
    danger: bool = False,
    notes: tuple[Mapping[str, str], ...] = (),
) -> HttpResponse:
    """One form on a page of its own."""
    context = {"title": title, "eyebrow": eyebrow, "lead": lead, "notes": notes, "cancel": cancel, "danger": danger}
    return form_page(
        request, template="network/form.html", form=form, act=act, run=run, context={**context, "submit": submit}
    )


def shown_once(request: StaffRequest, invited: Invited, back: str) -> HttpResponse:
    """The one page that shows an invitation's code. It is kept nowhere; the page is not stored."""
    return render(request, "network/invited.html", {"invited": invited, "one": invited.invitation, "back": back})


def handing_over() -> dict[str, str]:
    """What has to be understood before an invitation is made."""
    return {
        "kind": "info",
        "title": _("The next page shows a code, once"),
        "text": _(
            "Hand it over on paper or read it out to the person. With it they choose a user name and a password of "
            "their own, which nobody else ever sees. It works once, for a few days, and you can take it back."
        ),
    }
