"""Incidents: recording one, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework import access
from fener.casework.chapters.children.drawing import day
from fener.casework.chapters.safety.words import label
from fener.casework.domain.safety.incident_states import of_proceedings
from fener.casework.forms.safety.incidents import FollowUpForm, IncidentForm, terms_of
from fener.casework.selectors.safety.incidents import incident_of
from fener.casework.services.safety import incidents as services
from fener.casework.services.safety.common import last_day
from fener.casework.views.common import case_for
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Which right was violated, by whom, when."""
    case = case_for(request, code, "incident.record")
    back = chapter_url(case, services.RECORD)

    def run(data: Mapping[str, Any]) -> str:
        services.incident_record(actor=request.actor, case=case, terms=terms_of(data))
        return back

    return record_form(
        request,
        case,
        form=IncidentForm,
        act="incident.record",
        run=run,
        title=_("Which right was violated?"),
        lead=_("Somebody looks at what came of it by %(day)s; if nobody does, the co-ordinator sees it.")
        % {"day": day(last_day(services.CLOCK, timezone.localdate()))},
        part=Compartment.LEGAL,
        back=back,
    )


@staff
def follow_up(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What came of an incident."""
    case = case_for(request, code, "incident.follow_up")
    incident, back = incident_of(case, pk, "incident.follow_up"), chapter_url(case, services.RECORD)
    if of_proceedings(incident.right, incident.gate) and not access.follows_proceedings(request.actor):
        raise Refused(act="incident.follow_up")

    def run(data: Mapping[str, Any]) -> str:
        services.incident_follow_up(actor=request.actor, incident=incident, **data)
        return back

    return record_form(
        request,
        case,
        form=FollowUpForm,
        act="incident.follow_up",
        about=incident.pk,
        run=run,
        title=_("What came of the incident?"),
        lead=f"{label('right_violated', incident.right)}. {label('incident_author', incident.by)}.",
        part=Compartment.LEGAL,
        back=back,
    )
