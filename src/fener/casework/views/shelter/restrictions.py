"""Restrictions of a resident: a new one, a review, the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.forms.shelter.restrictions import EndForm, RestrictionForm, ReviewForm, terms_of
from fener.casework.selectors.colleagues import colleagues
from fener.casework.selectors.shelter.restrictions import restriction_of
from fener.casework.selectors.shelter.stays import stay_of
from fener.casework.services.shelter import restrictions as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff


@staff
def new(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A resident is restricted."""
    act = "stay_restriction.record"
    case = case_for(request, code, act)
    stay = stay_of(request.actor, case, pk, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_restriction(actor=request.actor, stay=stay, terms=terms_of(data)),
        form=partial(RestrictionForm, people=colleagues(request.actor, timezone.localdate())),
        act=act,
        about=stay.pk,
        title=_("A restriction"),
        lead=_("Nobody is ever locked in. Everything else needs a ground, somebody who decided it, and an end."),
        part=Compartment.LEGAL,
    )


@staff
def review(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A restriction is looked at again."""
    return _on_one(
        request,
        code,
        pk,
        "stay_restriction.review",
        services.review_restriction,
        ReviewForm,
        title=_("The restriction was looked at again"),
        lead=_("Ask the person again. Where it is not needed any more, record its end."),
    )


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A restriction has ended."""
    return _on_one(
        request,
        code,
        pk,
        "stay_restriction.end",
        services.end_restriction,
        EndForm,
        title=_("When did the restriction end?"),
        lead=_("It never lasts longer than its last day."),
    )


def _on_one(
    request: StaffRequest,
    code: str,
    pk: UUID,
    act: str,
    do: Callable[..., object],
    form: type[forms.Form],
    **words: Any,
) -> HttpResponse:
    case = case_for(request, code, act)
    row = restriction_of(request.actor, case, pk, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: do(actor=request.actor, restriction=row, **data),
        form=form,
        act=act,
        about=row.pk,
        **words,
    )
