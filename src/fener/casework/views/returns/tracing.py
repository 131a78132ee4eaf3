"""Looking for the family."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.returns.tracing import FamilyContactForm, SearchEndForm, SearchForm
from fener.casework.selectors.returns.tracing import search_of
from fener.casework.services.returns import tracing as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff

ACT = "tracing.record"


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Who is looked for."""
    case = case_for(request, code, ACT)
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.start_search(actor=request.actor, case=case, terms=services.SearchTerms(**data))
        return back

    return record_form(
        request, case, form=SearchForm, act=ACT, run=run, back=back, part=Compartment.CONTACT,
        title=_("Who is looked for?"),
        lead=_("Nobody is told where the person is. Whoever is found learns nothing before the person says so."),
    )  # fmt: skip


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """How the search stands."""
    case = case_for(request, code, ACT)
    search, back = search_of(case, pk, ACT), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.end_search(actor=request.actor, search=search, **data)
        return back

    return record_form(
        request, case, form=partial(SearchEndForm, state=search.state), act=ACT, about=search.pk, run=run, back=back,
        title=_("How does the search stand?"), lead=_("Tell the person first, and ask what they want."),
    )  # fmt: skip


@staff
def contact(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Somebody who was found is told something."""
    case = case_for(request, code, ACT)
    search, back = search_of(case, pk, ACT), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.contact_family(actor=request.actor, search=search, **data)
        return back

    return record_form(
        request, case, form=FamilyContactForm, act=ACT, about=uuid5(search.pk, "contact"), run=run, back=back,
        title=_("The relative was told"), lead=_("Only as the person agreed, for this relative alone."),
    )  # fmt: skip
