"""Health on the path: an offer of care, an offer of a test, and each step of a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.domain.health import test_states as s
from fener.casework.forms.health import care as f
from fener.casework.selectors.health.care import test_of
from fener.casework.services.health import care as services
from fener.casework.services.health.before_departure import TESTS
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

if TYPE_CHECKING:
    from fener.trust.errors import Text

FREE: Text = gettext_lazy(
    "The person decides, and a no changes nothing else: no service, place, permit or journey depends on a test."
)


@dataclass(frozen=True)
class StepPage:
    """What the page of a step says and asks."""

    title: Text
    lead: Text = FREE
    form: type[forms.Form] = f.StepForm


_WAITS: Text = gettext_lazy("Until the result was given with counselling, a departure waits for it.")
STEPS: dict[str, StepPage] = {
    s.AGAIN: StepPage(gettext_lazy("The person asks for the test after all")),
    s.DECLINE: StepPage(gettext_lazy("The person does not want the test")),
    s.COUNSEL: StepPage(gettext_lazy("The person was counselled before the test")),
    s.TAKE: StepPage(gettext_lazy("The test was taken, at the person's wish"), _WAITS),
    s.RESULT: StepPage(gettext_lazy("The result is in"), _WAITS, f.ResultForm),
    s.DELIVER: StepPage(gettext_lazy("The result was given, with counselling"), "", f.DeliverForm),
    s.ALONE: StepPage(gettext_lazy("The result was given without counselling"), _WAITS),
    s.TREAT: StepPage(gettext_lazy("The person is treated"), ""),
    s.NO_NEED: StepPage(gettext_lazy("No treatment is needed"), ""),
    s.CONTINUE: StepPage(gettext_lazy("Treatment goes on elsewhere"), "", f.OnwardForm),
}


@staff
def new_offer(request: StaffRequest, code: str) -> HttpResponse:
    """Care that was offered, as it is at the stage."""
    case = case_for(request, code, services.ACT)
    back = chapter_url(case, TESTS)

    def run(data: Mapping[str, Any]) -> str:
        services.offer_care(actor=request.actor, case=case, **data)
        return back

    return record_form(
        request,
        case,
        form=f.CareForm,
        act=services.ACT,
        run=run,
        title=_("What care was offered?"),
        lead=_("What is offered differs by where the person is on the path."),
        part=Compartment.HEALTH,
        back=back,
    )


@staff
def new_test(request: StaffRequest, code: str) -> HttpResponse:
    """A test that was offered."""
    case = case_for(request, code, services.ACT)
    back = chapter_url(case, TESTS)

    def run(data: Mapping[str, Any]) -> str:
        services.offer_test(actor=request.actor, case=case, **data)
        return back

    return record_form(
        request,
        case,
        form=f.OfferTestForm,
        act=services.ACT,
        about=uuid5(case.pk, "health_test"),  # one act has several forms; each is left and found again by itself
        run=run,
        title=_("A test was offered"),
        lead=FREE,
        part=Compartment.HEALTH,
        back=back,
    )


@staff
def step(request: StaffRequest, code: str, pk: UUID, step: str) -> HttpResponse:
    """One step of a test."""
    page = STEPS.get(step)
    if page is None:
        raise Refused(act="health_test.list")
    case = case_for(request, code, services.ACT)
    test, back = test_of(request.actor, case, pk, services.ACT), chapter_url(case, TESTS)

    def run(data: Mapping[str, Any]) -> str:
        services.step_test(actor=request.actor, test=test, step=step, **data)
        return back

    return record_form(
        request,
        case,
        form=page.form,
        act=services.ACT,
        about=uuid5(test.pk, step),
        run=run,
        title=str(page.title),
        lead=page.lead,
        part=Compartment.HEALTH,
        back=back,
    )
