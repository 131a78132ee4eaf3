"""Promises made to a person: recording one, what became of it, telling the person that it is late."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from fener.casework.forms.safety.promises import PromiseForm, SettleForm, ToldForm, terms_of
from fener.casework.selectors.safety.promises import promise_of
from fener.casework.services.safety import promises as services
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """What was promised, by whom, for when."""
    case = case_for(request, code, "promise.record")
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.record_promise(actor=request.actor, case=case, terms=terms_of(data))
        return back

    return record_form(
        request,
        case,
        form=PromiseForm,
        act="promise.record",
        run=run,
        title=_("What was promised to the person?"),
        lead=_("An official's promise is answered for: if its day passes, you and the co-ordinator see it."),
        part=Compartment.LEGAL,
        back=back,
    )


@staff
def settle(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What became of a promise."""
    case = case_for(request, code, "promise.settle")
    promise, back = promise_of(case, pk, "promise.settle"), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.settle_promise(actor=request.actor, promise=promise, step=data["step"], on=data["on"])
        return back

    return record_form(
        request,
        case,
        form=partial(SettleForm, state=promise.state),
        act="promise.settle",
        about=promise.pk,
        run=run,
        title=_("What became of the promise?"),
        lead=_("%(by)s promised %(what)s.") % {"by": promise.get_by_display(), "what": promise.get_kind_display()},
        back=back,
    )


@staff
def tell(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person was told that a promise is overdue, or broken."""
    case = case_for(request, code, "promise.tell")
    promise, back = promise_of(case, pk, "promise.tell"), chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.tell_person(actor=request.actor, promise=promise, on=data["on"])
        return back

    return record_form(
        request,
        case,
        form=ToldForm,
        act="promise.tell",
        about=promise.pk,
        run=run,
        title=_("Did you tell the person?"),
        lead=_("%(by)s promised %(what)s.") % {"by": promise.get_by_display(), "what": promise.get_kind_display()},
        back=back,
    )
