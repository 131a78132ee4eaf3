"""The family: the person's yes or no, its end, and what was done under it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.children.guardians import DayForm
from fener.casework.forms.reintegration import family as forms
from fener.casework.selectors.reintegration.family import agreement_of
from fener.casework.services.reintegration import family as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """The person says yes or no."""
    case = case_for(request, code, "family_contact.agree")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.ask(
            actor=request.actor,
            case=case,
            agreed=data["agreed"] == "yes",
            relative=data["relative"],
            on=data["on"],
        ),
        form=forms.AskForm,
        act="family_contact.agree",
        part=Compartment.CONTACT,
        title=_("May somebody get in touch with the family?"),
        lead=_(
            "Only if the person wants it, and only with the relative they name. "
            "A no ends each yes before it; help goes on."
        ),
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person no longer wants it."""
    case = case_for(request, code, "family_contact.end")
    row = agreement_of(case, pk, "family_contact.end")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.end_agreement(actor=request.actor, agreement=row, on=data["on"]),
        form=DayForm,
        act="family_contact.end",
        about=row.pk,
        title=_("Since which day does the person no longer want it?"),
        lead=_("From then on nobody gets in touch. No reason is needed."),
    )


@staff
def support(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A contact, or help for the family."""
    case = case_for(request, code, "family_contact.record")
    row = agreement_of(case, pk, "family_contact.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_support(actor=request.actor, agreement=row, **data),
        form=forms.SupportForm,
        act="family_contact.record",
        about=row.pk,
        title=_("What was done with the family?"),
        lead=_("A contact, or help that the family has for itself. It says nothing that the person did not allow."),
    )
