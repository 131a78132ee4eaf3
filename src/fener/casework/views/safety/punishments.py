"""Pages of reviews of non-punishment."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.safety.punishments import PunishmentForm, ResolveForm
from fener.casework.selectors.safety.punishments import punishment_of
from fener.casework.services.safety import punishments as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """The person was charged, fined, arrested."""
    case = case_for(request, code, "punishment.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.open_review(actor=request.actor, case=case, terms=services.PunishmentTerms(**data)),
        form=PunishmentForm,
        act="punishment.record",
        title=_("Was the person charged, fined or arrested?"),
        lead=_("Nobody is punished for what they were made to do. It is reviewed, and is a violation until resolved."),
        part=Compartment.LEGAL,
    )


@staff
def resolve(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It ended."""
    case = case_for(request, code, "punishment.resolve")
    row = punishment_of(case, pk, "punishment.resolve")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.resolve_review(actor=request.actor, punishment=row, **data),
        form=ResolveForm,
        act="punishment.resolve",
        about=row.pk,
        title=_("How did it end for the person?"),
        lead=_("Until it is withdrawn, annulled, or found not to be linked, it counts as a violation."),
        part=Compartment.LEGAL,
    )
