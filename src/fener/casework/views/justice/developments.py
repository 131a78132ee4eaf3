"""Developments: the person's wish, something that happened, that the person was told."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework.chapters.children.drawing import label
from fener.casework.forms.justice.developments import DevelopmentForm, TellForm, WishForm
from fener.casework.selectors.justice.developments import development_of, is_for
from fener.casework.services.justice import developments as services
from fener.casework.views.children.common import enter
from fener.casework.views.common import case_for
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused


@staff
def wish(request: StaffRequest, code: str) -> HttpResponse:
    """Whether the person wants to be told, and how."""
    act = "telling_wish.record"
    case = case_for(request, code, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_wish(actor=request.actor, case=case, **{**data, "wants": data["wants"] == "yes"}),
        form=WishForm,
        act=act,
        title=_("Does the person want to be told?"),
        lead=_("Whoever does not want to be told is not told. They may change their mind at any time."),
        part=Compartment.LEGAL,
    )


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Something happened in the proceedings."""
    act = "development.record"
    case = case_for(request, code, act)
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.record_development(
            actor=request.actor, case=case, terms=services.DevelopmentTerms(**data)
        ),
        form=DevelopmentForm,
        act=act,
        title=_("What happened in the proceedings?"),
        lead=_("The person is told in time, through the channel that they chose. A release comes first."),
        part=Compartment.LEGAL,
    )


@staff
def tell(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The person was told."""
    act = "development.tell"
    case = case_for(request, code, act)
    row = development_of(case, pk, act)
    if not is_for(request.actor, row.kind):
        raise Refused(act=act)
    wanted = services.wish_of(case)
    channel = wanted.channel if wanted else ""
    said = _("They chose: %(channel)s.") % {"channel": label("safe_channel", channel)} if channel else ""
    return enter(
        request,
        case,
        services.RECORD,
        lambda data: services.tell_person(actor=request.actor, development=row, **data),
        form=partial(_tell_form, channel),
        act=act,
        about=row.pk,
        title=_("The person was told"),
        lead=f"{label('development_kind', row.kind)}. {said}",
    )


def _tell_form(channel: str, *args: Any, **kwargs: Any) -> TellForm:
    return TellForm(*args, **(kwargs or ({} if args else {"initial": {"channel": channel, "at": timezone.now()}})))
