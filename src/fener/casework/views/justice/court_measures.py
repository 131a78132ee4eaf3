"""Measures that a court is asked for: a new one, and what became of it."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.chapters.children.drawing import label
from fener.casework.forms.justice.hearings import MeasureForm, MeasureSettleForm, measure_terms
from fener.casework.selectors.justice.hearings import court_measure_of, proceedings
from fener.casework.services.justice import court_measures as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A court is asked for a measure."""
    act = "court_measure.ask"
    case = case_for(request, code, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.ask_measure(actor=request.actor, case=case, terms=measure_terms(data)),
        form=partial(MeasureForm, charges=proceedings(case)),
        act=act,
        title=_("A measure that a court is asked for"),
        lead=_("What spares the person from being hurt again. The answer of the court is recorded too."),
        part=Compartment.LEGAL,
    )


@staff
def settle(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What the court decided, or that it was carried out."""
    act = "court_measure.settle"
    case = case_for(request, code, act)
    row = court_measure_of(case, pk, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.settle_measure(actor=request.actor, measure=row, **data),
        form=partial(MeasureSettleForm, state=row.state),
        act=act,
        about=row.pk,
        title=_("What became of the measure?"),
        lead=label("court_measure", row.kind),
    )
