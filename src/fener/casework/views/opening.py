"""Opening a case that came by no first contact: somebody stands at the door, or another body brought them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from fener.casework.domain.codes import alias_label
from fener.casework.forms.opening import OpenCaseForm
from fener.casework.selectors import cases as selectors
from fener.casework.services import cases
from fener.casework.views.common import case_url
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.submitting import form_page

# Going back and sending again is how one person gets two files; within this time the page asks first.
A_MOMENT_AGO = timedelta(minutes=15)


def _just_opened(request: StaffRequest) -> dict[str, str] | None:
    case = selectors.just_opened(request.actor, since=timezone.now() - A_MOMENT_AGO)
    return {"name": f"{alias_label(case.alias)} {case.code}", "href": case_url(case)} if case else None


@staff
def case_open(request: StaffRequest) -> HttpResponse:
    """Open a case with the person. One page in the order of the talk."""
    policy.require(request.actor, "case.open", Relationship.SAME_ORGANISATION)
    form = OpenCaseForm(request.POST or None)

    def run(_data: Mapping[str, Any]) -> str:
        return case_url(cases.open_case(actor=request.actor, **form.terms()))

    return form_page(
        request,
        template="casework/case_open.html",
        form=form,
        act="case.open",
        run=run,
        context={"back": reverse("casework:cases"), "from_code": "", "opened": _just_opened(request)},
    )
