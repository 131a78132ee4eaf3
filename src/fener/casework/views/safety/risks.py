"""Pages of assessments of danger and of the safety plan."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.safety.risks import MeasureEndForm, MeasureForm, RiskForm, measure_terms, risk_of
from fener.casework.selectors.safety.risks import measure_of
from fener.casework.services.safety import plan, risks
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """What threatens the person, or a relative."""
    case = case_for(request, code, "risk.record")
    return enter(
        request,
        case,
        risks.RECORD,
        lambda data: risks.record_risk(actor=request.actor, case=case, terms=risk_of(data)),
        form=RiskForm,
        act="risk.record",
        title=_("Which dangers are there?"),
        lead=_(
            "For the person, and for each relative on their own. The highest danger sets the day of the next review."
        ),
        part=Compartment.LEGAL,
    )


@staff
def measure(request: StaffRequest, code: str) -> HttpResponse:
    """One measure of protection."""
    case = case_for(request, code, "protection_measure.record")
    return enter(
        request,
        case,
        risks.PLAN,
        lambda data: plan.begin_measure(actor=request.actor, case=case, terms=measure_terms(data)),
        form=MeasureForm,
        act="protection_measure.record",
        title=_("How is somebody protected?"),
        lead=_("A measure runs before, during and after proceedings and across the border. It has no day of expiry."),
        part=Compartment.LEGAL,
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A measure ends."""
    case = case_for(request, code, "protection_measure.end")
    row = measure_of(case, pk, "protection_measure.end")
    return enter(
        request,
        case,
        risks.PLAN,
        lambda data: plan.end_measure(
            actor=request.actor, measure=row, on=data["on"], own_wish=data["why"] == "wish", words=data["words"]
        ),
        form=MeasureEndForm,
        act="protection_measure.end",
        about=row.pk,
        title=_("Does this protection end?"),
        lead=_("It ends only after a recorded review of the danger. The end of proceedings or a border ends nothing."),
        part=Compartment.LEGAL,
    )
