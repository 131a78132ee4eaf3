"""A person's way through a programme: the beginning, and each step."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.reintegration import programmes as forms
from fener.casework.selectors.reintegration import programmes as selectors
from fener.casework.services.reintegration import participation as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """The person begins in a programme."""
    case = case_for(request, code, "pipeline.begin")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.begin(actor=request.actor, case=case, **data),
        form=partial(forms.BeginForm, programmes=selectors.programmes(request.actor)),
        act="pipeline.begin",
        title=_("In which programme does the person begin?"),
        lead=_(
            "The programme is told nothing from here. A programme that is missing is entered in the register first."
        ),
    )


@staff
def step(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The next step."""
    case = case_for(request, code, "pipeline.advance")
    row = selectors.participation_of(case, pk, "pipeline.advance")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.advance(actor=request.actor, participation=row, **data),
        form=partial(forms.StepForm, possible=services.next_of(row)),
        act="pipeline.advance",
        about=row.pk,
        title=_("Which step did the person reach?"),
        lead=_("Somebody who leaves is counted as such, and can begin again."),
    )
