"""Dates for testimony: a new one, one that was held, what became of it, the confrontation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.children.common import ANSWER
from fener.casework.forms.justice.hearings import ConfrontationForm, HearingForm, HearingSettleForm, hearing_terms
from fener.casework.selectors.justice.hearings import hearing_of, proceedings
from fener.casework.services.justice import hearings as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A date for testimony that comes."""
    return _new(
        request,
        code,
        "hearing.set",
        services.set_hearing,
        title=_("A date for testimony"),
        lead=_("The person and the family are protected first. A date without protection is refused."),
    )


@staff
def held(request: StaffRequest, code: str) -> HttpResponse:
    """A testimony on a day that nobody set here."""
    return _new(
        request,
        code,
        "hearing.record",
        services.record_held,
        title=_("The person has testified"),
        lead=_("Without protection on that day it is kept as an incident."),
    )


def _new(request: StaffRequest, code: str, act: str, do: Callable[..., object], **words: Any) -> HttpResponse:
    case = case_for(request, code, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: do(actor=request.actor, case=case, terms=hearing_terms(data)),
        form=partial(HearingForm, charges=proceedings(case)),
        act=act,
        part=Compartment.LEGAL,
        **words,
    )


@staff
def settle(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What became of a date."""
    case = case_for(request, code, "hearing.settle")
    row = hearing_of(case, pk, "hearing.settle")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.settle_hearing(actor=request.actor, hearing=row, **data),
        form=HearingSettleForm,
        act="hearing.settle",
        about=row.pk,
        title=_("What became of the date for testimony?"),
        lead=_("Whoever does not testify loses no help."),
    )


@staff
def weigh(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Whether a confrontation would hurt again."""
    case = case_for(request, code, "hearing.weigh")
    row = hearing_of(case, pk, "hearing.weigh")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.weigh_confrontation(
            actor=request.actor, hearing=row, would_hurt=ANSWER[data["would_hurt"]]
        ),
        form=ConfrontationForm,
        act="hearing.weigh",
        about=row.pk,
        title=_("The confrontation"),
        lead=_("While it would hurt, or nobody knows, it is shown until a court grants a measure that avoids it."),
    )
