"""Agreements: the list, one with its parties, clauses, terms and sharing rules, and each step of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.network.forms.map.agreements import (
    AgreementForm,
    ClauseForm,
    FlagForm,
    ReturnTermsForm,
    SharingForm,
    TermsForm,
)
from fener.network.forms.map.fields import DayForm
from fener.network.models import Agreement
from fener.network.selectors import agreements as selectors
from fener.network.services import agreements as services
from fener.network.views.map import agreements_shown as shown
from fener.network.views.map.common import lists, map_form, may, page, table
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

HERE = "network:agreements"
DRAFT = "network.agreement.draft"


def _url(agreement: Agreement) -> str:
    return reverse("network:agreement", args=[agreement.pk])


@staff
@require_GET
def agreements(request: StaffRequest) -> HttpResponse:
    """Every agreement, and what is wrong with them."""
    found, today = list(selectors.agreements(request.actor)), timezone.localdate()
    rows = [
        {
            "title": {"text": one.title, "href": _url(one), "sub": str(one.get_kind_display())},
            "parties": [party.organisation.short_name for party in one.parties.all() if not party.left_on],
            "status": shown.status_tag(one, today),
            "since": one.in_force_since or "–",
            "until": one.ended_on or one.ends_on or "–",
        }
        for one in found
    ]
    columns = [("title", _("Agreement")), ("parties", _("Between")), ("status", _("Status")),
               ("since", _("In force since")), ("until", _("Until"))]  # fmt: skip
    context = {
        "findings": shown.findings(found, today),
        "waiting": [{"text": one.title, "href": _url(one)} for one in selectors.waiting_for(request.actor)]
        if may(request, "network.agreement.confirm", request.actor.keeper_id)
        else [],
        "table": table(_("Agreements"), columns, rows, _("No agreement is recorded yet.")),
        "may_draft": may(request, DRAFT),
    }
    return page(request, "agreements", context, here=HERE)


@staff
@require_GET
def agreement(request: StaffRequest, agreement: int) -> HttpResponse:
    """One agreement in full."""
    found = selectors.agreement(request.actor, agreement)
    context = {"one": found, **shown.agreement_context(request, found, timezone.localdate())}
    return page(request, "agreement", context, here="")


@staff
def draft(request: StaffRequest) -> HttpResponse:
    """A new text with its parties."""
    others = selectors.agreements(request.actor).filter(status=Agreement.Status.IN_FORCE)
    form = AgreementForm(request.POST or None, agreements=others, **lists(request))

    def run(data: Mapping[str, Any]) -> None:
        services.draft_agreement(actor=request.actor, drafted_on=timezone.localdate(), **data)

    return map_form(
        request,
        form=form,
        act=DRAFT,
        run=run,
        title=_("Draft an agreement"),
        lead=_("It binds nobody before each party has confirmed it and it is put in force."),
        back=reverse(HERE),
        submit=_("Save the draft"),
    )


@staff
def change(request: StaffRequest, agreement: int) -> HttpResponse:
    """Words and data-protection terms of a draft."""
    found = selectors.agreement(request.actor, agreement)
    form = TermsForm(request.POST or None, agreement=found)

    def run(data: Mapping[str, Any]) -> None:
        services.change_agreement(
            actor=request.actor, agreement=found, title=data["title"], aim=data["aim"], ends_on=data["ends_on"],
            said=form.said(),
        )  # fmt: skip

    return map_form(
        request, form=form, act=DRAFT, run=run, title=_("Change the text and the data-protection terms"),
        eyebrow=found.title, lead=shown.asks_again(), back=_url(found),
    )  # fmt: skip


@staff
def return_terms(request: StaffRequest, agreement: int) -> HttpResponse:
    """What a draft says about return and readmission."""
    found = selectors.agreement(request.actor, agreement)
    return map_form(
        request,
        form=ReturnTermsForm(request.POST or None, terms=selectors.return_terms(request.actor, found)),
        act=DRAFT,
        run=lambda data: services.set_return_terms(actor=request.actor, agreement=found, **data),
        title=_("What does it say about return?"),
        eyebrow=found.title,
        lead=shown.asks_again(),
        back=_url(found),
    )


@staff
def clause(request: StaffRequest, agreement: int) -> HttpResponse:
    """A clause of a draft."""
    found = selectors.agreement(request.actor, agreement)
    return map_form(
        request,
        form=ClauseForm(request.POST or None),
        act=DRAFT,
        run=lambda data: services.add_clause(actor=request.actor, agreement=found, **data),
        title=_("Add a clause"),
        eyebrow=found.title,
        lead=shown.asks_again(),
        back=_url(found),
    )


@staff
def flag(request: StaffRequest, agreement: int, clause: int) -> HttpResponse:
    """A party says that a clause would make it hand over data or people."""
    found = selectors.agreement(request.actor, agreement)
    one = selectors.clause(request.actor, found, clause)
    if selectors.own_party(request.actor, found) is None:
        raise Refused(act="network.agreement.flag")

    def run(data: Mapping[str, Any]) -> None:
        services.flag_clause(actor=request.actor, clause=one, on=timezone.localdate(), reason=data["reason"])

    return map_form(
        request,
        form=FlagForm(request.POST or None),
        act="network.agreement.flag",
        organisation=request.actor.keeper_id,
        run=run,
        title=_("Flag clause %(number)s") % {"number": one.number},
        eyebrow=found.title,
        lead=_("From now on it takes no effect here. Everybody who reads the agreement sees that, and why."),
        back=_url(found),
        submit=_("Flag it"),
    )


@staff
def sharing(request: StaffRequest, agreement: int) -> HttpResponse:
    """A data-sharing rule of a draft."""
    found = selectors.agreement(request.actor, agreement)
    form = SharingForm(request.POST or None, **lists(request))
    bound = [party.organisation_id for party in found.parties.all() if not party.left_on]
    for name in ("giver", "receiver"):
        field: Any = form.fields[name]
        field.queryset = field.queryset.filter(pk__in=bound)
    return map_form(
        request,
        form=form,
        act=DRAFT,
        run=lambda data: services.add_sharing_rule(actor=request.actor, agreement=found, **data),
        title=_("Add a data-sharing rule"),
        eyebrow=found.title,
        lead=_(
            "It narrows what the two bodies may give each other. The person's consent is always asked for as well; no "
            "rule replaces it."
        ),
        back=_url(found),
    )


@staff
def remove_rule(request: StaffRequest, agreement: int, rule: int) -> HttpResponse:
    """Take a rule out of a draft."""
    found = selectors.agreement(request.actor, agreement)
    one = selectors.rule(request.actor, found, rule)

    def run(_data: Mapping[str, Any]) -> None:
        services.remove_sharing_rule(actor=request.actor, rule=one)

    return map_form(
        request,
        form=_nothing(request),
        act=DRAFT,
        run=run,
        title=_("Take out a data-sharing rule"),
        eyebrow=found.title,
        lead=shown.rule_sentence(one),
        back=_url(found),
        submit=_("Take it out"),
    )


def _nothing(request: StaffRequest) -> forms.Form:
    return forms.Form(request.POST if request.method == "POST" else None)


@staff
def confirm(request: StaffRequest, agreement: int) -> HttpResponse:
    """The reader's body confirms the text as it stands."""
    found = selectors.agreement(request.actor, agreement)
    if selectors.own_party(request.actor, found) is None:
        raise Refused(act="network.agreement.confirm")
    form = forms.Form(request.POST if request.method == "POST" else None)
    form.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=found.version)

    def run(data: Mapping[str, Any]) -> None:
        services.confirm_agreement(
            actor=request.actor, agreement=found, on=timezone.localdate(), version=data["version"]
        )

    return map_form(
        request,
        form=form,
        act="network.agreement.confirm",
        organisation=request.actor.keeper_id,
        run=run,
        title=_("Confirm the agreement for our body"),
        eyebrow=found.title,
        lead=_("You confirm the text as it stands on its page now. If anybody changes it, you are asked again."),
        back=_url(found),
        submit=_("We confirm it"),
    )


@staff
def start(request: StaffRequest, agreement: int) -> HttpResponse:
    """Put in force, through the gate."""
    found = selectors.agreement(request.actor, agreement)
    return map_form(
        request,
        form=DayForm(request.POST or None, label=_("First day")),
        act="network.agreement.start",
        run=lambda data: services.start_agreement(actor=request.actor, agreement=found, on=data["until"]),
        title=_("Put the agreement in force"),
        eyebrow=found.title,
        lead=_("From that day its duties count in the matrix and its data-sharing rules are enforced."),
        back=_url(found),
        submit=_("Put it in force"),
    )


@staff
def end(request: StaffRequest, agreement: int) -> HttpResponse:
    """The last day."""
    found = selectors.agreement(request.actor, agreement)
    return map_form(
        request,
        form=DayForm(request.POST or None),
        act="network.agreement.end",
        run=lambda data: services.end_agreement(actor=request.actor, agreement=found, on=data["until"]),
        title=_("End the agreement"),
        eyebrow=found.title,
        lead=_("Its duties and its limits end with it. Consents stay as the persons gave them."),
        back=_url(found),
        submit=_("End it"),
        danger=True,
    )
