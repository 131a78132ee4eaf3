"""A person's lawyer, what they were told, and statements."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.chapters.children.drawing import day
from fener.casework.forms.children.guardians import DayForm
from fener.casework.forms.justice import statements as forms
from fener.casework.selectors.justice import statements as selectors
from fener.casework.services.justice import advice, statements
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def mandate(request: StaffRequest, code: str) -> HttpResponse:
    """A lawyer acts for the person."""
    case = case_for(request, code, "legal_mandate.record")
    return enter(
        request,
        case,
        advice.RECORD,
        lambda data: advice.record_mandate(
            actor=request.actor,
            case=case,
            alone=data["alone"] == "yes",
            competent=data["competent"] == "yes",
            since=data["since"],
            words=data["words"],
        ),
        form=forms.MandateForm,
        act="legal_mandate.record",
        title=_("Which lawyer acts for the person?"),
        lead=_("Advice counts before a statement if the lawyer acts for the person alone and is trained for it."),
        part=Compartment.LEGAL,
    )


@staff
def mandate_end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The lawyer acts for the person no longer."""
    case = case_for(request, code, "legal_mandate.end")
    row = selectors.mandate_of(case, pk, "legal_mandate.end")
    return enter(
        request,
        case,
        advice.RECORD,
        lambda data: advice.end_mandate(actor=request.actor, mandate=row, on=data["on"]),
        form=DayForm,
        act="legal_mandate.end",
        about=row.pk,
        title=_("Does this lawyer act for the person no longer?"),
        lead=_("From %(day)s.") % {"day": day(row.since)},
    )


@staff
def told(request: StaffRequest, code: str) -> HttpResponse:
    """What the person was told before a statement."""
    case = case_for(request, code, "legal_advice.record")
    return enter(
        request,
        case,
        advice.RECORD,
        lambda data: advice.record_told(actor=request.actor, case=case, terms=forms.told_of(data)),
        form=partial(forms.ToldForm, lawyers=selectors.lawyers(request.actor, case)),
        act="legal_advice.record",
        title=_("What was the person told?"),
        lead=_("It counts in a language that the person understands, or through an interpreter."),
        part=Compartment.LEGAL,
    )


@staff
def statement(request: StaffRequest, code: str) -> HttpResponse:
    """A statement was given."""
    case = case_for(request, code, "statement.record")
    return enter(
        request,
        case,
        statements.RECORD,
        lambda data: statements.record_statement(actor=request.actor, case=case, terms=forms.statement_of(data)),
        form=forms.StatementForm,
        act="statement.record",
        title=_("Which statement was given?"),
        lead=_("Help depends on no statement. What was said is not written here."),
        part=Compartment.LEGAL,
    )


@staff
def opinion(request: StaffRequest, code: str) -> HttpResponse:
    """What guardian or prosecutor thinks of a child's testimony."""
    case = case_for(request, code, "statement.weigh")
    return enter(
        request,
        case,
        statements.RECORD,
        lambda data: statements.record_opinion(
            actor=request.actor, case=case, **{**data, "favours": data["favours"] == "yes"}
        ),
        form=forms.OpinionForm,
        act="statement.weigh",
        title=_("Is it in the child's best interests to testify?"),
        lead=_("Guardian and prosecutor each weigh it. The latest opinion of each counts."),
        part=Compartment.LEGAL,
    )


@staff
def procedure(request: StaffRequest, code: str) -> HttpResponse:
    """A procedure fit for a child."""
    case = case_for(request, code, "statement.adapt")
    return enter(
        request,
        case,
        statements.RECORD,
        lambda data: statements.set_procedure(actor=request.actor, case=case, terms=forms.procedure_of(data)),
        form=forms.ProcedureForm,
        act="statement.adapt",
        title=_("How is the child heard?"),
        lead=_("Who asks, where, how often, and recorded once. The latest one counts."),
        part=Compartment.LEGAL,
    )
