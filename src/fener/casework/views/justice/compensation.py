"""Compensation: the telling, a claim, and one form for each thing that becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django import forms as django_forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.justice import compensation as forms
from fener.casework.selectors.justice.compensation import claim_of
from fener.casework.services.justice import compensation as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

if TYPE_CHECKING:
    from fener.trust.errors import Text

Data = Mapping[str, Any]
Step = tuple[type[django_forms.Form], "Text", "Text", Callable[..., object]]
# The page of each step: form, title, lead, and what carries it out.
STEPS: dict[str, Step] = {
    "award": (
        forms.AwardForm,
        _("What was awarded?"),
        _("A later decision takes the place of an earlier one."),
        lambda data, **who: services.award_claim(**who, award=forms.award_of(data)),
    ),
    "payment": (
        forms.PaymentForm,
        _("What was paid?"),
        _("In the currency of the claim. What is outstanding is worked out from the payments."),
        lambda data, **who: services.record_payment(**who, **data),
    ),
    "refuse": (
        forms.OnForm,
        _("When was the claim refused?"),
        _("The other routes stay."),
        lambda data, **who: services.refuse_claim(**who, **data),
    ),
    "insolvent": (
        forms.OnForm,
        _("Since when is it known that the offender cannot pay?"),
        _("You are then reminded to claim from the fund."),
        lambda data, **who: services.find_insolvent(**who, **data),
    ),
}


@staff
def tell(request: StaffRequest, code: str) -> HttpResponse:
    """The person was told of every route."""
    case = case_for(request, code, "compensation.tell")
    return enter(
        request,
        case,
        services.ROUTES,
        lambda data: services.tell_routes(actor=request.actor, case=case, terms=forms.told_of(data)),
        form=forms.ToldForm,
        act="compensation.tell",
        title=str(_("Was the person told of every route to compensation?")),
        lead=_("Each route with its conditions, in a language that the person understands."),
        part=Compartment.LEGAL,
    )


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A claim."""
    case = case_for(request, code, "claim.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_claim(actor=request.actor, case=case, terms=forms.terms_of(data)),
        form=forms.ClaimForm,
        act="claim.record",
        title=str(_("What is claimed?")),
        lead=_("One claim for each route and currency. Sums of different currencies are never added."),
        part=Compartment.LEGAL,
    )


@staff
def step(request: StaffRequest, code: str, pk: UUID, step: str) -> HttpResponse:
    """One thing that became of a claim."""
    if step not in STEPS:
        raise Refused(act="claim.list")
    form, title, lead, run = STEPS[step]
    case = case_for(request, code, "claim.advance")
    claim = claim_of(case, pk, "claim.advance")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: run(data, actor=request.actor, claim=claim),
        form=form,
        act="claim.advance",
        about=uuid5(claim.pk, step),  # one act has several forms; each is left and found again by itself
        title=str(title),
        lead=lead,
        part=Compartment.LEGAL,
    )
