"""The plan with the person: drawn up, decided by them, changed in versions, left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.plan import AgreementForm, PlanForm
from fener.casework.forms.services import DayForm
from fener.casework.models import Case, Plan
from fener.casework.services import plans as services
from fener.casework.views.common import case_for, case_form, case_url
from fener.network import selectors as network
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused


def _plan_of(case: Case, pk: UUID, act: str) -> Plan:
    plan = case.plans.filter(pk=pk).first()
    if plan is None:
        raise Refused(act=act)
    plan.case = case
    return plan


def _form(request: StaffRequest, case: Case, before: Plan | None) -> PlanForm:
    needs = list(case.needs.filter(met_on=None).order_by("-urgent", "recorded_on"))
    services_known = network.services(request.actor).filter(kind__in={need.kind for need in needs})
    return PlanForm(request.POST or None, needs=needs, services=services_known, before=before)


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A first version. It starts nothing: the person decides about it."""
    case = case_for(request, code, "plan.draw_up")
    form = _form(request, case, None)

    def run(data: Mapping[str, Any]) -> str:
        services.draw_up_plan(actor=request.actor, case=case, goals=data["goals"], lines=form.lines())
        return case_url(case, "plan")

    return case_form(
        request,
        case,
        form=form,
        act="plan.draw_up",
        run=run,
        title=_("Draw up a plan with the person"),
        lead=_("It is a proposal until the person agrees. Help that has begun does not wait for it."),
        submit=_("Save the plan"),
    )


@staff
def change(request: StaffRequest, code: str) -> HttpResponse:
    """A new version; the one agreed before stays in force until the person agrees to this one."""
    case = case_for(request, code, "plan.change")
    form = _form(request, case, case.plans.prefetch_related("items").order_by("-number").first())

    def run(data: Mapping[str, Any]) -> str:
        wish = data.get("at_persons_wish") != "no"
        services.change_plan(
            actor=request.actor, case=case, goals=data["goals"], lines=form.lines(), at_persons_wish=wish
        )
        return case_url(case, "plan")

    return case_form(
        request,
        case,
        form=form,
        act="plan.change",
        run=run,
        title=_("Change the plan"),
        lead=_(
            "This becomes a new version. The earlier one stays in force until the person agrees, and readable after."
        ),
        submit=_("Save the new version"),
    )


@staff
def agree(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What the person decided about a version."""
    case = case_for(request, code, "plan.agree")
    plan = _plan_of(case, pk, "plan.agree")

    def run(data: Mapping[str, Any]) -> str:
        services.record_agreement(actor=request.actor, plan=plan, agreed=data["agreed"] == "yes", on=data["on"])
        return case_url(case, "plan")

    return case_form(
        request,
        case,
        form=AgreementForm(request.POST or None),
        act=f"plan.agree:{pk}",
        run=run,
        title=_("What does the person decide about version %(number)s?") % {"number": plan.number},
        lead=_("Go through it line by line, in the person's language, and give time."),
        submit=_("Save the decision"),
    )


@staff
def leave(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person leaves the plan; services go on."""
    case = case_for(request, code, "plan.leave")
    plan = _plan_of(case, pk, "plan.leave")

    def run(data: Mapping[str, Any]) -> str:
        services.leave_plan(actor=request.actor, plan=plan, on=data["on"])
        return case_url(case, "plan")

    return case_form(
        request,
        case,
        form=DayForm(request.POST or None),
        act=f"plan.leave:{pk}",
        run=run,
        title=_("The person leaves the plan"),
        lead=_("Nothing else ends: every service goes on until the person leaves that one."),
        submit=_("Save"),
    )
