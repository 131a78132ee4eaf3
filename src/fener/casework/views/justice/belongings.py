"""What stays behind: wages, belongings, papers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.justice.belongings import LeftForm, LeftStepForm
from fener.casework.models.justice.claim import Claim
from fener.casework.selectors.justice.belongings import left_of
from fener.casework.services.justice import belongings as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """What stays behind."""
    case = case_for(request, code, "belonging.record")
    services.require_reader(request.actor, "belonging.record")
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.record_left(actor=request.actor, case=case, terms=services.LeftTerms(**data))
        return back

    return record_form(
        request, case, form=LeftForm, act="belonging.record", run=run, back=back, part=Compartment.LEGAL,
        title=_("What stays behind?"),
        lead=_("Before any move there is time to collect it. What stays becomes a claim, which no journey ends."),
    )  # fmt: skip


@staff
def step(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What became of it."""
    case = case_for(request, code, "belonging.advance")
    services.require_reader(request.actor, "belonging.advance")
    left, back = left_of(case, pk, "belonging.advance"), chapter_url(case, services.RECORD)
    form = partial(LeftStepForm, state=left.state, claims=Claim.objects.filter(case=case).order_by("-claimed_on", "pk"))

    def run(data: Mapping[str, Any]) -> str:
        services.advance(actor=request.actor, left=left, **data)
        return back

    return record_form(
        request, case, form=form, act="belonging.advance", about=left.pk, run=run, back=back, part=Compartment.LEGAL,
        title=_("What became of it?"), lead=_("Also after the person has left: nothing of it ends with a journey."),
    )  # fmt: skip
