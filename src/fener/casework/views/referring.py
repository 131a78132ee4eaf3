"""The way to a referral, from the case: what is needed, who can do it, what they will be told. Three pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.forms.referrals import SendForm
from fener.casework.models import Case, Referral
from fener.casework.selectors import referrals as selectors
from fener.casework.selectors.assistance_view import parts_written
from fener.casework.services.referral_check import Check, check_referral, purpose_of
from fener.casework.services.referrals import offer_referral
from fener.casework.views.assistance_context import kind_label
from fener.casework.views.common import case_for, case_url
from fener.casework.views.referral_words import asked, conditions_shown, ground_in_words, parts_left_out
from fener.network import selectors as network
from fener.network.models import Desk, Service
from fener.network.selectors.directory import Found, entry_or_none
from fener.network.views import directory_shown
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.submitting import form_page

QUESTIONS = (Referral.Kind.ASSESSMENT, Referral.Kind.DECISION)


def _of_case(case: Case) -> dict[str, Any]:
    return {"case": case, "alias": alias_label(case.alias), "back": case_url(case, "referrals")}


@staff
@require_GET
def new(request: StaffRequest, code: str) -> HttpResponse:
    """What for? A need that the person named, or a question of status."""
    case = case_for(request, code, "referral.offer")
    needs = [
        {
            "text": kind_label(need.kind),
            "note": _("urgent") if need.urgent else "",
            "href": reverse("casework:referral_services", args=[case.code, need.pk]),
        }
        for need in case.needs.filter(met_on=None).order_by("-urgent", "recorded_on")
    ]
    questions = [
        {
            "text": asked(kind, ""),
            "note": note,
            "href": reverse("casework:referral_bodies", args=[case.code, kind.value]),
        }
        for kind, note in (
            (Referral.Kind.ASSESSMENT, _("Another body looks at it too; its view stands beside yours.")),
            (Referral.Kind.DECISION, _("By the body that has the mandate. Help does not wait for it.")),
        )
    ]
    context = {"needs": needs, "questions": questions, "new_need": reverse("casework:need_new", args=[case.code])}
    return render(request, "casework/referral_new.html", {**_of_case(case), **context})


@staff
@require_GET
def choose_service(request: StaffRequest, code: str, need: UUID) -> HttpResponse:
    """Who can do it: those that fit first, each with its places and conditions in words."""
    case = case_for(request, code, "referral.offer")
    wanted = case.needs.filter(pk=need).first()
    if wanted is None:
        raise Refused(act="referral.offer")
    found = selectors.next_services(request.actor, case=case, kind=wanted.kind, at=timezone.now())
    own = [service.name for service, _check in found if service.organisation_id == request.actor.keeper_id]
    choices = [
        _choice(
            title=service.name,
            body=service.organisation.name,
            check=check,
            href=reverse("casework:referral_send", args=[case.code, service.pk]),
            service=service,
        )
        for service, check in found
        if service.organisation_id != request.actor.keeper_id
    ]
    context = {
        "title": kind_label(wanted.kind),
        "choices": choices,
        "own": own,
        "offer_href": reverse("casework:service_offer", args=[case.code, wanted.pk]),
        "new_href": reverse("casework:referral_new", args=[case.code]),
    }
    return render(request, "casework/referral_choose.html", {**_of_case(case), **context})


@staff
@require_GET
def choose_body(request: StaffRequest, code: str, kind: str) -> HttpResponse:
    """Which body to ask for an assessment or a decision: those with an open desk for it, the mandate checked."""
    case, asked_for = case_for(request, code, "referral.offer"), _question(kind)
    choices = []
    for desk in network.desks(request.actor, receives=asked_for):
        if desk.organisation_id == request.actor.keeper_id:
            continue
        check = check_referral(actor=request.actor, case=case, kind=asked_for, desk=desk)
        href = reverse("casework:referral_ask", args=[case.code, asked_for, desk.pk])
        choices.append(_choice(title=desk.organisation.name, body=desk.name, check=check, href=href))
    choices.sort(key=lambda choice: not choice["possible"])
    context = {
        "title": asked(asked_for, ""),
        "choices": choices,
        "new_href": reverse("casework:referral_new", args=[case.code]),
    }
    return render(request, "casework/referral_choose.html", {**_of_case(case), **context})


def _question(kind: str) -> Referral.Kind:
    if kind not in QUESTIONS:
        raise Refused(act="referral.offer")
    return Referral.Kind(kind)


def _choice(*, title: str, body: str, check: Check, href: str, service: Service | None = None) -> dict[str, Any]:
    closed = [one for one in check.closed if one.code != "consent"]
    return {
        "title": title,
        "body": body,
        "about": _about(service) if service is not None else [],
        "possible": not closed,
        "agreed": check.ground is not None,
        "interpreter": check.interpreter_missing,
        "conditions": conditions_shown(check, without=("consent",)),
        "href": href,
    }


def _about(service: Service) -> list[str]:
    """Where it helps, and whether somebody is there now, as the directory says. It closes nothing."""
    one = Found(service, entry_or_none(service))
    when = directory_shown.open_tag(one, timezone.now())["tag"] if one.week.stated else _("hours not stated")
    return [part for part in (", ".join(one.areas), str(when)) if part]


@staff
def send(request: StaffRequest, code: str, service: int) -> HttpResponse:
    """The sentence, then the button: to the desk of a service."""
    case = case_for(request, code, "referral.offer")
    found = network.services(request.actor).filter(pk=service).first()
    if found is None:
        raise Refused(act="referral.offer")
    return _send(request, case, Referral.Kind.SERVICE, found, found.desk)


@staff
def ask(request: StaffRequest, code: str, kind: str, desk: int) -> HttpResponse:
    """The sentence, then the button: to the desk of a body that assesses or decides."""
    case, asked_for = case_for(request, code, "referral.offer"), _question(kind)
    found = network.desks(request.actor).filter(pk=desk).first()
    if found is None:
        raise Refused(act="referral.offer")
    return _send(request, case, asked_for, None, found)


def _send(request: StaffRequest, case: Case, kind: Referral.Kind, service: Service | None, desk: Desk) -> HttpResponse:
    check = check_referral(actor=request.actor, case=case, kind=kind, service=service, desk=desk)
    to = desk.organisation
    agreed = check.ground.compartments if check.ground is not None else []
    form = SendForm(request.POST or None, agreed=agreed, empty=set(agreed) - parts_written(case))

    def run(data: Mapping[str, Any]) -> str:
        sent = offer_referral(
            actor=request.actor,
            case=case,
            kind=kind,
            service=service,
            desk=desk,
            urgency=data["urgency"],
            compartments=data["compartments"],
        )
        return reverse("casework:referral", args=[sent.pk])

    context = {
        **_of_case(case),
        "to": to,
        "what": asked(kind, service.name if service else ""),
        "check": check,
        "conditions": conditions_shown(check, without=("consent",)),
        "closed": [one for one in check.closed if one.code != "consent"],
        "ground": ground_in_words(check.ground),
        "not_told": parts_left_out(agreed),
        "consent_href": _consent_href(request, case, kind, desk) if check.ground is None else "",
        "other": reverse("casework:referral_new", args=[case.code]),
    }
    place = f"{kind}:{service.pk if service else desk.pk}"
    return form_page(
        request,
        template="casework/referral_send.html",
        form=form,
        act=f"referral.offer:{case.code}:{place}",
        run=run,
        context=context,
    )


def _consent_href(request: StaffRequest, case: Case, kind: Referral.Kind, desk: Desk) -> str:
    """The page on which the consent is recorded, with recipient and purpose filled in, and the way back here."""
    preset = {
        "recipient": desk.organisation_id,
        "purpose": purpose_of(kind, desk.organisation).value,
        "next": request.path,
    }
    return f"{reverse('casework:consent_new', args=[case.code])}?{urlencode(preset)}"
