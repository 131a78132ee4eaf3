"""Charges: a new one, its stages, evidence and outcome; and what an office owes."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.justice import charges as forms
from fener.casework.selectors.justice.charges import charge_of, outcome_of
from fener.casework.services.justice import charges as services
from fener.casework.services.justice import outcomes as owed_services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A charge and the law of the day of the act."""
    case = case_for(request, code, "charge.record")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_charge(actor=request.actor, case=case, terms=forms.terms_of(data)),
        form=forms.ChargeForm,
        act="charge.record",
        title=_("What are they charged with?"),
        lead=_("As the person knows it. Nobody can search here for who is accused."),
        part=Compartment.LEGAL,
    )


@staff
def stage(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A stage of the proceedings."""
    case = case_for(request, code, "charge.advance")
    charge = charge_of(case, pk, "charge.advance")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.reach_stage(actor=request.actor, charge=charge, stage=data["stage"], on=data["on"]),
        form=forms.StageForm,
        act="charge.advance",
        about=uuid5(charge.pk, "stage"),  # one act has two forms; each is left and found again by itself
        title=_("How far are the proceedings?"),
        lead=_("A stage that was recorded before takes the new day."),
    )


@staff
def evidence(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What a charge rests on."""
    case = case_for(request, code, "charge.advance")
    charge = charge_of(case, pk, "charge.advance")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_evidence(
            actor=request.actor, charge=charge, evidence=data["evidence"], measures=forms.measures_of(data)
        ),
        form=partial(forms.EvidenceForm, charge=charge),
        act="charge.advance",
        about=uuid5(charge.pk, "evidence"),
        title=_("What does the charge rest on?"),
        lead=_("A charge that rests on the person's testimony alone is flagged, so that other evidence is sought."),
    )


@staff
def decide(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The outcome."""
    case = case_for(request, code, "charge.decide")
    charge = charge_of(case, pk, "charge.decide")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.decide_charge(actor=request.actor, charge=charge, decided=forms.decided_of(data)),
        form=forms.DecideForm,
        act="charge.decide",
        about=charge.pk,
        title=_("What became of the charge?"),
        lead=_("A lesser offence, or a sentence below the law, is flagged with its reason."),
    )


@staff
def give(request: StaffRequest, code: str) -> HttpResponse:
    """An office was given the case."""
    case = case_for(request, code, "owed_outcome.record")
    return enter(
        request,
        case,
        owed_services.RECORD,
        lambda data: owed_services.give_case(actor=request.actor, case=case, **data),
        form=forms.GiveForm,
        act="owed_outcome.record",
        title=_("Which office was given the case?"),
        lead=_("It owes an outcome by a date. What is missing then is shown to you and to the co-ordinator."),
    )


@staff
def answer(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What the office said."""
    case = case_for(request, code, "owed_outcome.answer")
    owed = outcome_of(case, pk, "owed_outcome.answer")
    return enter(
        request,
        case,
        owed_services.RECORD,
        lambda data: owed_services.answer_outcome(actor=request.actor, owed=owed, **data),
        form=forms.AnswerForm,
        act="owed_outcome.answer",
        about=owed.pk,
        title=_("What did the office answer?"),
        lead=_("That it still goes on is no outcome."),
    )
