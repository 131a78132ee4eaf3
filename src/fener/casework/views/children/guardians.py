"""Who answers for a child: naming, change, conflict, end; parts of bodies; how many children each guardian has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.forms.children import guardians as forms
from fener.casework.selectors.children import guardians as selectors
from fener.casework.services.children import guardians, parts
from fener.casework.views.children.common import enter, with_people
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """A guardian, or who answers until there is one."""
    case = case_for(request, code, "guardian.record")
    return enter(
        request,
        case,
        guardians.RECORD,
        lambda data: guardians.name_guardian(actor=request.actor, case=case, terms=forms.terms_of(data)),
        form=with_people(request, forms.GuardianForm),
        act="guardian.record",
        title=_("Who answers for the child?"),
        lead=_("Until a guardian is appointed, an organisation or a lawyer answers by name. The alarm runs on."),
        part=Compartment.LEGAL,
    )


@staff
def change(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Another one answers for the child."""
    case = case_for(request, code, "guardian.change")
    row = selectors.guardianship_of(case, pk, "guardian.change")
    return enter(
        request,
        case,
        guardians.RECORD,
        lambda data: guardians.change_guardian(
            actor=request.actor, guardianship=row, reason=data["reason"], terms=forms.terms_of(data)
        ),
        form=with_people(request, forms.ChangeForm),
        act="guardian.change",
        about=row.pk,
        title=_("Who answers for the child from now on?"),
        lead=_("The next one is named at once: a child is never without somebody who answers."),
        part=Compartment.LEGAL,
    )


@staff
def flag(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A conflict of interest of whoever answers for the child."""
    case = case_for(request, code, "guardian.flag")
    row = selectors.guardianship_of(case, pk, "guardian.flag")
    return enter(
        request,
        case,
        guardians.RECORD,
        lambda data: guardians.record_conflict(actor=request.actor, guardianship=row, kind=data["kind"], on=data["on"]),
        form=forms.ConflictForm,
        act="guardian.flag",
        about=row.pk,
        title=_("Does an interest of their own stand against the child's?"),
        lead=_("You and the co-ordinator see it until another guardian is named."),
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The end of a guardianship, for good."""
    case = case_for(request, code, "guardian.end")
    row = selectors.guardianship_of(case, pk, "guardian.end")
    return enter(
        request,
        case,
        guardians.RECORD,
        lambda data: guardians.end_guardianship(
            actor=request.actor, guardianship=row, reason=data["reason"], on=data["on"]
        ),
        form=forms.EndForm,
        act="guardian.end",
        about=row.pk,
        title=_("Why does the guardianship end?"),
        lead=_("It ends when the durable solution is carried out, or at 18 with a plan for leaving care."),
    )


@staff
def part_new(request: StaffRequest, code: str) -> HttpResponse:
    """Who has which part in the child's case."""
    case = case_for(request, code, "child_part.record")

    def do(data: dict[str, object]) -> None:
        body, person = data["organisation"], data["person"]
        terms = parts.PartTerms(
            part=str(data["part"]),
            organisation_id=body.pk,  # type: ignore[attr-defined]
            person_id=person.pk if person else None,  # type: ignore[attr-defined]
            since=data["since"],  # type: ignore[arg-type]
        )
        parts.name_part(actor=request.actor, case=case, terms=terms)

    return enter(
        request,
        case,
        parts.RECORD,
        do,  # type: ignore[arg-type]
        form=with_people(request, forms.PartForm),
        act="child_part.record",
        title=_("Who has which part?"),
        lead=_("Each part is one body's. Whoever had it before has it no longer."),
    )


@staff
def part_end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A body has its part no longer."""
    case = case_for(request, code, "child_part.end")
    row = selectors.part_of(case, pk, "child_part.end")
    return enter(
        request,
        case,
        parts.RECORD,
        lambda data: parts.end_part(actor=request.actor, part=row, on=data["on"]),
        form=forms.DayForm,
        act="child_part.end",
        about=row.pk,
        title=_("Does the body have this part no longer?"),
        lead=row.organisation.name,
    )


@staff
@require_GET
def load(request: StaffRequest) -> HttpResponse:
    """How many children each guardian has."""
    rows = [{"cells": _cells(one)} for one in selectors.caseload(request.actor)]
    table = {
        "caption": _("Children for each guardian"),
        "caption_hidden": True,
        "columns": [
            {"key": "guardian", "label": _("Guardian")},
            {"key": "body", "label": _("Body")},
            {"key": "children", "label": _("Children"), "number": True},
            {"key": "conflict", "label": _("Conflict of interest")},
        ],
        "rows": rows,
        "sort": "",
        "empty": _("No guardian is recorded."),
    }
    return render(request, "casework/children/load.html", {"table": table})


def _cells(one: selectors.Load) -> dict[str, Any]:
    return {
        "guardian": one.name or _("Without an account"),
        "body": one.body or "—",
        "children": one.children,
        "conflict": {"tag": _("Yes"), "kind": "overdue"} if one.conflicts else _("No"),
    }
