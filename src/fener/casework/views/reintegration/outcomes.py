"""What became of the person, and why a case failed."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.reintegration import outcomes as forms
from fener.casework.services.reintegration import outcomes as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """An outcome at an interval."""
    case = case_for(request, code, "outcome.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_outcome(actor=request.actor, case=case, terms=forms.terms_of(data)),
        form=forms.OutcomeForm,
        act="outcome.record",
        title=_("How does the person live now?"),
        lead=_("In plain categories, and in the person's own judgement. What nobody knows is “not known”."),
    )


@staff
def failure(request: StaffRequest, code: str) -> HttpResponse:
    """The cause of a failed case."""
    case = case_for(request, code, "failure.tag")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.tag_failure(actor=request.actor, case=case, **data),
        form=forms.FailureForm,
        act="failure.tag",
        title=_("Why did the case fail?"),
        lead=_("Not the person failed: say what bodies did not do. Causes are counted, without the case."),
    )
