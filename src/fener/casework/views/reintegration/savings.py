"""The savings book: money put in, money taken out, a correction."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.access import user_id
from fener.casework.forms.reintegration import savings as forms
from fener.casework.selectors.colleagues import colleagues
from fener.casework.selectors.reintegration import savings as selectors
from fener.casework.services.reintegration import savings as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.decorators import StaffRequest, staff
from fener.trust.models import User


def _witnesses(request: StaffRequest) -> QuerySet[User]:
    return colleagues(request.actor, timezone.localdate()).exclude(pk=user_id(request.actor))


@staff
def put_in(request: StaffRequest, code: str) -> HttpResponse:
    """A wage, or money to be kept."""
    case = case_for(request, code, "savings.put_in")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.put_in(actor=request.actor, case=case, **data),
        form=forms.InForm,
        act="savings.put_in",
        title=_("What is put into the person's savings?"),
        lead=_("It is the person's own money, in a book of their own. It is never put together with anybody else's."),
    )


@staff
def take_out(request: StaffRequest, code: str) -> HttpResponse:
    """Money that the person takes."""
    case = case_for(request, code, "savings.take_out")
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.take_out(actor=request.actor, case=case, terms=forms.terms_of(data)),
        form=partial(forms.OutForm, people=_witnesses(request)),
        act="savings.take_out",
        title=_("What does the person take out?"),
        lead=_("It is theirs whenever they want it. They confirm each time that they have it."),
    )


@staff
def correct(request: StaffRequest, code: str) -> HttpResponse:
    """A counter-entry."""
    case = case_for(request, code, "savings.correct")

    def do(data: Mapping[str, Any]) -> object:
        entry = selectors.entry_of(case, data["entry"].pk, "savings.correct")
        more = {name: value for name, value in data.items() if name != "entry"}
        return services.correct(actor=request.actor, entry=entry, **more)

    return enter(
        request,
        case,
        services.RECORD,
        do,
        form=partial(forms.CorrectForm, entries=selectors.entries_to_correct(case), people=_witnesses(request)),
        act="savings.correct",
        title=_("Which entry is wrong?"),
        lead=_(
            "The entry stays as it was written, and a second one beside it puts it right. The person has to see it."
        ),
    )
