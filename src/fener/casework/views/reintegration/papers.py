"""Papers and entitlements, all lines on one page."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.forms.reintegration import papers as forms
from fener.casework.selectors.reintegration.papers import states_on
from fener.casework.services.reintegration import papers as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.decorators import StaffRequest, staff


@staff
def record(request: StaffRequest, code: str) -> HttpResponse:
    """How every line stands."""
    case = case_for(request, code, "papers.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_papers(actor=request.actor, case=case, terms=forms.terms_of(data)),
        form=partial(forms.PapersForm, states=states_on(case, timezone.localdate())),
        act="papers.record",
        title=_("Which papers and entitlements does the person have?"),
        lead=_("Change what stands differently now. What was denied is kept with who denied it."),
    )
