"""Interviews: planning one, how it was held, sharing earlier statements instead, and an end of the plan."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.chapters.children.drawing import day, label
from fener.casework.forms.justice import interviews as forms
from fener.casework.models import Case
from fener.casework.models.justice.interview import Interview
from fener.casework.selectors.children.guardians import bodies
from fener.casework.selectors.justice import interviews as selectors
from fener.casework.services.justice import interviews as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


def _before(request: StaffRequest, case: Case, purpose: str = "") -> list[dict[str, str]]:
    """What was asked before, above the form: it may answer the same."""
    told = [
        _("%(purpose)s (%(who)s, %(day)s)")
        % {
            "purpose": label("interview_purpose", one.purpose),
            "who": label("incident_author", one.asked_by),
            "day": day(one.settled_on) if one.settled_on else "",
        }
        for one in selectors.held_before(request.actor, case, purpose)
    ]
    return [{"kind": "info", "title": _("Held before"), "text": "; ".join(told) + "."}] if told else []


def _about(row: Interview) -> str:
    return f"{label('interview_purpose', row.purpose)}: {label('incident_author', row.asked_by)}."


@staff
def plan(request: StaffRequest, code: str) -> HttpResponse:
    """Somebody wants to question the person."""
    case = case_for(request, code, "interview.plan")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.plan_interview(actor=request.actor, case=case, terms=forms.terms_of(data), on=data["on"]),
        form=forms.PlanForm,
        act="interview.plan",
        title=_("Who wants to question the person?"),
        lead=_("Nobody is asked the same twice without a reason. Earlier statements are shared with consent instead."),
        notes=_before(request, case),
        part=Compartment.LEGAL,
    )


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """An interview that was held without a plan here."""
    case = case_for(request, code, "interview.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_interview(
            actor=request.actor, case=case, terms=forms.terms_of(data), held=forms.held_of(data)
        ),
        form=forms.HeldForm,
        act="interview.record",
        title=_("Which interview was held?"),
        lead=_("By whoever: each one counts. What was said is not written here."),
        notes=_before(request, case),
        part=Compartment.LEGAL,
    )


@staff
def hold(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """How a planned interview was held."""
    case = case_for(request, code, "interview.settle")
    row = selectors.interview_of(case, pk, "interview.settle")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.hold_interview(actor=request.actor, interview=row, held=forms.held_of(data)),
        form=forms.HoldForm,
        act="interview.settle",
        about=uuid5(row.pk, "held"),  # one act has two forms; each is left and found again by itself
        title=_("How was the interview held?"),
        lead=_about(row),
        notes=_before(request, case, row.purpose),
        part=Compartment.LEGAL,
    )


@staff
def spare(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Earlier statements go to the body instead."""
    case = case_for(request, code, "interview.spare")
    row = selectors.interview_of(case, pk, "interview.spare")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.spare_interview(
            actor=request.actor,
            interview=row,
            recipient_id=data["recipient"].pk,
            purpose=data["purpose"],
            on=data["on"],
        ),
        form=partial(forms.SpareForm, bodies=bodies(timezone.localdate())),
        act="interview.spare",
        about=row.pk,
        title=_("Were earlier statements shared instead?"),
        lead=_("Only with a consent of the person that names this body and this purpose."),
        notes=_before(request, case),
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A planned interview does not take place."""
    case = case_for(request, code, "interview.settle")
    row = selectors.interview_of(case, pk, "interview.settle")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.end_plan(actor=request.actor, interview=row, step=data["step"], on=data["on"]),
        form=forms.EndForm,
        act="interview.settle",
        about=uuid5(row.pk, "end"),
        title=_("Does the interview not take place?"),
        lead=_about(row),
    )
