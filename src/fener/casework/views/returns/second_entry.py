"""Second entries after a removal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.returns.second_entry import AnsweredForm, CameBackForm
from fener.casework.selectors.returns.journeys import journey_of
from fener.casework.selectors.returns.second_entry import second_entry_of
from fener.casework.services.returns import second_entry as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

ACT = "second_entry.record"


@staff
def came_back(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person is here again after a removal."""
    case = case_for(request, code, ACT)
    removal, back = journey_of(case, pk, ACT), chapter_url(case, services.RECORD)
    if not removal.removal or removal.departed_on is None:
        raise Refused(act=ACT)

    def run(data: Mapping[str, Any]) -> str:
        services.came_back(actor=request.actor, removal=removal, on=data["on"])
        return back

    return record_form(
        request, case, form=CameBackForm, act=ACT, about=removal.pk, run=run, back=back,
        title=_("The person is here again"),
        lead=_("Coming back is no offence here. It says that the removal did not protect; help is offered anew."),
    )  # fmt: skip


@staff
def answer(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Whoever carries the case talked with the person about it."""
    case = case_for(request, code, ACT)
    entry, back = second_entry_of(case, pk, ACT), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.answer(actor=request.actor, entry=entry, on=data["on"])
        return back

    return record_form(
        request, case, form=AnsweredForm, act=ACT, about=entry.pk, run=run, back=back,
        title=_("Did you talk with the person about the second entry?"),
        lead=_("What happened after the removal, who threatens them, which help they want now; another screening."),
    )  # fmt: skip
