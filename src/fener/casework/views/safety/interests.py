"""Conflicts with the person's interest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.forms.safety.interests import AgainstForm, ConflictForm, DayForm
from fener.casework.models.safety.interest import InterestConflict
from fener.casework.selectors.safety.interests import conflict_of, is_for
from fener.casework.services.safety import interests as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

SETTLE = "interest.settle"
PREVAILS = gettext_lazy(
    "Until somebody decides otherwise by name and on a legal basis, the person's interest prevails."
)


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """An aim that stands against the person's interest."""
    case = case_for(request, code, "interest.record")
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.record_conflict(actor=request.actor, case=case, terms=services.ConflictTerms(**data))
        return back

    return record_form(
        request, case, form=ConflictForm, act="interest.record", run=run, back=back, part=Compartment.LEGAL,
        title=_("What stands against the person's interest?"), lead=PREVAILS,
    )  # fmt: skip


@staff
def prevails(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It ended as the person's interest asks."""
    title = _("The person's interest prevails")
    return _settle(request, code, pk, "prevails", DayForm, title, lambda row, data: services.person_prevails(
        actor=request.actor, conflict=row, **data
    ))  # fmt: skip


@staff
def against(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Somebody decided against it."""
    title = _("Who decided against the person's interest?")
    return _settle(request, code, pk, "against", AgainstForm, title, lambda row, data: services.decide_against(
        actor=request.actor, conflict=row, terms=services.AgainstTerms(**data)
    ))  # fmt: skip


@staff
def told(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person was told of a decision against them."""
    title = _("Did you tell the person who decided, on what, and what they can do about it?")
    return _settle(request, code, pk, "told", DayForm, title, lambda row, data: services.tell_person(
        actor=request.actor, conflict=row, **data
    ))  # fmt: skip


def _settle(
    request: StaffRequest,
    code: str,
    pk: UUID,
    step: str,
    form: type[forms.Form],
    title: str,
    does: Callable[[InterestConflict, Mapping[str, Any]], object],
) -> HttpResponse:
    case = case_for(request, code, SETTLE)
    row, back = conflict_of(case, pk, SETTLE), chapter_url(case, services.RECORD)
    if not is_for(request.actor, row.aim):
        raise Refused(act=SETTLE)

    def run(data: Mapping[str, Any]) -> str:
        does(row, data)
        return back

    return record_form(
        request, case, form=form, act=SETTLE, about=uuid5(row.pk, step), run=run, back=back, part=Compartment.LEGAL,
        title=title, lead=PREVAILS,
    )  # fmt: skip
