"""Who co-ordinates, and how everybody is reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fener.network import access
from fener.network.forms.map.structure import ContactForm, CoordinationForm, MeetingForm, PostForm
from fener.network.models import ContactPoint, CoordinationBody, CoordinationPost
from fener.network.selectors import coordination as selectors
from fener.network.selectors import own_organisation
from fener.network.services import contacts as contact_services
from fener.network.services import coordination as services
from fener.network.views.map import structure_shown as shown
from fener.network.views.map.common import lists, map_form, may, page
from fener.trust.decorators import StaffRequest, staff
from fener.trust.once import new_token
from fener.trust.submitting import carry_out

ACT = "network.co_ordination.change"
HERE, CONTACTS = "network:coordination", "network:contacts"


@staff
@require_GET
def coordination(request: StaffRequest) -> HttpResponse:
    """The national structure: what it lacks, then each body with its posts."""
    found, can = selectors.co_ordination(request.actor), may(request, ACT)
    context = {
        "findings": shown.lacks_in_words(found),
        "bodies": [shown.body_card(one, found.on, can=can) for one in found.bodies],
        "may_change": can,
    }
    return page(request, "coordination", context, here=HERE)


def _known(request: StaffRequest) -> Any:
    return CoordinationBody.objects.filter(pk__in=[one.pk for one in selectors.co_ordination(request.actor).bodies])


@staff
def add(request: StaffRequest) -> HttpResponse:
    """A co-ordinator, group, focal point or committee."""
    form = CoordinationForm(
        request.POST or None, bodies_known=_known(request), initial={"kind": request.GET.get("kind", "")},
        **lists(request),
    )  # fmt: skip
    return map_form(
        request,
        form=form,
        act=ACT,
        run=lambda data: services.record_body(actor=request.actor, **data),
        title=_("Record a co-ordination body"),
        lead=_("Offices and powers. Nobody is named."),
        back=reverse(HERE),
    )


@staff
def change(request: StaffRequest, pk: int) -> HttpResponse:
    """What is recorded of it."""
    body = selectors.co_ordination_body(request.actor, pk)
    form = CoordinationForm(request.POST or None, bodies_known=_known(request), body=body, **lists(request))
    return map_form(
        request,
        form=form,
        act=ACT,
        run=lambda data: services.change_body(actor=request.actor, body=body, **data),
        title=_("Change a co-ordination body"),
        eyebrow=body.name,
        back=reverse(HERE),
    )


@staff
def add_post(request: StaffRequest, pk: int) -> HttpResponse:
    """A post and its office."""
    body = selectors.co_ordination_body(request.actor, pk)
    return map_form(
        request,
        form=PostForm(request.POST or None),
        act=ACT,
        run=lambda data: services.record_post(actor=request.actor, body=body, **data),
        title=_("Add a post"),
        eyebrow=body.name,
        lead=_("A post is held by an office. Nobody is named."),
        back=reverse(HERE),
    )


@staff
def change_post(request: StaffRequest, pk: int) -> HttpResponse:
    """Who holds a post now, or since when nobody does."""
    post: CoordinationPost = selectors.post(request.actor, pk)
    return map_form(
        request,
        form=PostForm(request.POST or None, post=post),
        act=ACT,
        run=lambda data: services.change_post(actor=request.actor, post=post, **data),
        title=_("Who holds the post: %(post)s") % {"post": post.title},
        eyebrow=post.body.name,
        back=reverse(HERE),
    )


@staff
def add_meeting(request: StaffRequest, pk: int) -> HttpResponse:
    """That it met."""
    body = selectors.co_ordination_body(request.actor, pk)
    return map_form(
        request,
        form=MeetingForm(request.POST or None, **lists(request)),
        act=ACT,
        run=lambda data: services.record_meeting(actor=request.actor, body=body, **data),
        title=_("Record a meeting"),
        eyebrow=body.name,
        back=reverse(HERE),
    )


@staff
@require_GET
def contacts(request: StaffRequest) -> HttpResponse:
    """How everybody is reached; what nobody checked for long comes first."""
    today = timezone.localdate()
    stale = {one.pk for one in selectors.stale_contacts(request.actor, today)}
    found = sorted(selectors.contacts(request.actor), key=lambda one: (one.pk not in stale, one.name.casefold()))
    own = request.actor.keeper_id
    context = {
        "contacts": [shown.contact_card(request, one, one.pk in stale) for one in found],
        "stale": len(stale),
        "may_add": may(request, "network.contact.change", own),
        "why": shown.contact_why(),
        "token": new_token(),
        "missing": shown.without_contact(request),
    }
    return page(request, "contacts", context, here=CONTACTS)


def _contact_form(request: StaffRequest, contact: ContactPoint | None = None) -> ContactForm:
    node = access.may(request.actor, "network.contact.change")
    own = None if node else own_organisation(request.actor)
    return ContactForm(request.POST or None, bodies_known=_known(request), contact=contact, own=own, **lists(request))


@staff
def add_contact(request: StaffRequest) -> HttpResponse:
    """A contact point."""

    def run(data: Mapping[str, Any]) -> None:
        fields = dict(data)
        verified = timezone.localdate() if fields.pop("verified") else None
        contact_services.record_contact(actor=request.actor, verified_on=verified, **fields)

    return map_form(
        request,
        form=_contact_form(request),
        act="network.contact.change",
        organisation=request.actor.keeper_id,
        run=run,
        title=_("Add a contact point"),
        lead=_("Offices, telephone and e-mail. No address, and no name of a person."),
        back=reverse(CONTACTS),
    )


@staff
def change_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """Change a contact point."""
    contact = selectors.contact(request.actor, pk)
    return map_form(
        request,
        form=_contact_form(request, contact),
        act="network.contact.change",
        organisation=contact.organisation_id,
        run=lambda data: contact_services.change_contact(actor=request.actor, contact=contact, **data),
        title=_("Change a contact point"),
        eyebrow=contact.name,
        lead=_("A new number or address has to be verified again."),
        back=reverse(CONTACTS),
    )


@staff
def close_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """A contact point that is not used any more."""
    contact = selectors.contact(request.actor, pk)

    def run(_data: Mapping[str, Any]) -> None:
        contact_services.close_contact(actor=request.actor, contact=contact, on=timezone.localdate())

    return map_form(
        request,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act="network.contact.change",
        organisation=contact.organisation_id,
        run=run,
        title=_("This is not used any more"),
        eyebrow=contact.name,
        back=reverse(CONTACTS),
        submit=_("Close it"),
    )


@staff
@require_POST
def verify_contact(request: StaffRequest, pk: int) -> HttpResponse:
    """One tap: somebody called or wrote today, and it is right."""
    contact = selectors.contact(request.actor, pk)
    access.require(request.actor, "network.contact.verify", contact.organisation_id)

    def run(_data: Mapping[str, Any]) -> str:
        contact_services.verify_contact(actor=request.actor, contact=contact, on=timezone.localdate())
        return reverse(CONTACTS) + f"#contact-{contact.pk}"

    done = carry_out(request, form=forms.Form(request.POST), act=f"network.contact.verify.{pk}", run=run)
    return done if done is not None else contacts(request)
