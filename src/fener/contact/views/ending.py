"""The end of a screening: what the answers suggest, the rights card, the offer, and the receipt that remains."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fener.contact import selectors
from fener.contact.forms import DeclineForm, OfferForm, RightsForm
from fener.contact.models import Screening
from fener.contact.services import offers, screenings
from fener.contact.views.places import at, where_next
from fener.network import selectors as network
from fener.network.models import Desk
from fener.norms.texts import consent_sentence, consent_text, rights_card
from fener.norms.vocab import vocabulary
from fener.trust import policy
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.once import new_token, once
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.submitting import form_page


# Which questions an organisation of a sector usually asks.
def _to_end(request: StaffRequest, pk: UUID, act: str) -> Screening:
    """The screening that this form ends. A second click on the same page is led to where the first one went."""
    try:
        return selectors.open_screening(request.actor, pk)
    except Refused:
        if request.method == "POST" and request.POST.get("once"):
            with once(actor=request.actor, token=request.POST["once"], act=act):
                raise  # never carried out: absent
        raise


def closing(screening: Screening) -> dict[str, Any]:
    """Whether this page offers to close without an offer, and the token for it."""
    return {"may_close": offers.may_close(screening), "token": new_token()}


def said(answer: str) -> str:
    return {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}.get(answer, _("not asked"))


def _by_rule(reasons: list[dict[str, str]], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """One entry for each rule that holds, in the suggestion's order, with the answers that made it hold.

    An answer is written out under the first rule that it bears; under later ones ``again`` says how many came before.
    """
    found: dict[str, dict[str, Any]] = {}
    written: dict[str, str] = {}
    for reason in reasons:
        rule = found.setdefault(reason["rule"], {**reason, "signs": [], "again": 0, "sources": []})
        asked = texts.get(reason["question"], "")
        rule["sources"] += [one for one in reason["source"].split("; ") if one not in rule["sources"]]
        if reason["question"] and written.setdefault(reason["question"], reason["rule"]) != reason["rule"]:
            rule["again"] += 1
            continue
        rule["signs"].append({"indicator": reason["indicator"], "asked": asked, "said": said(reason["answer"])})
    return list(found.values())


@staff
@require_GET
def result(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the answers suggest and why, with rule and source; then the rights card."""
    screening = selectors.open_screening(request.actor, pk)
    if not screening.finished_at:
        return redirect(where_next(screening))
    texts = screenings.asked_texts(screening)
    open_ones = [texts[one] for one in screening.suggestion["unanswered"] if one in texts]
    return render(
        request,
        "contact/screening_result.html",
        {
            "screening": screening,
            "suggestion": screening.suggestion,
            "reasons": _by_rule(screening.suggestion["reasons"], texts),
            "open": open_ones,
            **closing(screening),
        },
    )


@staff
def rights(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The rights card: read it out or show it; then record that it was told."""
    screening = selectors.open_screening(request.actor, pk)
    card = rights_card()
    form = RightsForm(request.POST or None, initial=screening.rights_told)

    def run(data: Mapping[str, Any]) -> str:
        screenings.record_rights_told(
            actor=request.actor,
            screening=screening,
            items=["rights_card"],
            version=card.version,
            language=data["language"],
            interpreter=data["interpreter"],
        )
        return at("screening_offer", screening)

    return form_page(
        request,
        template="contact/screening_rights.html",
        form=form,
        act=f"screening.rights:{pk}",
        run=run,
        context={"screening": screening, "card": card},
    )


@staff
def offer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The offer of a call by one organisation. What the person agrees to is sent, and nothing else."""
    act = f"screening.offer:{pk}"
    screening = _to_end(request, pk, act)
    if not screening.rights_told:
        return redirect(at("screening_rights", screening))
    desks = network.desks(request.actor, receives="intake").exclude(organisation_id=screening.organisation_id)
    form = OfferForm(request.POST or None, desks=desks, about_child=screening.about_child)

    def run(data: Mapping[str, Any]) -> str:
        offers.send_with_agreement(
            actor=request.actor,
            screening=screening,
            desk=data["desk"],
            contact=form.contact(),
            language=screening.language,
            interpreter=screening.interpreter,
            guardian=bool(data.get("guardian")),
            child_assent=data["agrees"] if screening.about_child else None,
            at=timezone.now(),
        )
        return reverse("contact:receipts") + "?sent=1"

    return form_page(
        request,
        template="contact/screening_offer.html",
        form=form,
        act=act,
        run=run,
        context={
            "screening": screening,
            "told": _consent_words(screening, desks),
            "may_close": offers.may_close(screening),
            "may_open_case": bool(policy.decide(request.actor, "case.open", Relationship.SAME_ORGANISATION)),
        },
    )


def _consent_words(screening: Screening, desks: QuerySet[Desk]) -> dict[str, str]:
    """What the person agrees to, as the sentence that is read out; it names the organisation where there is one."""
    names = {desk.organisation.name for desk in desks}
    text = consent_text(Purpose.SHARE_SERVICE)
    return {
        "sentence": consent_sentence(
            Purpose.SHARE_SERVICE,
            giver=_("The person"),
            recipient=names.pop() if len(names) == 1 else _("the organisation chosen above"),
            compartments=str(Compartment.CONTACT.label),
            until=date_format(offers.until(timezone.now())),
            language=_(vocabulary("languages").label(screening.language)),
            interpreter=screening.interpreter,
            translate=_,
        ),
        "plain": text.plain,
        "withdrawal": text.withdrawal,
        "no_effect": text.no_effect,
    }


@staff
def declined(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The person says no. The offer stays."""
    act = f"screening.declined:{pk}"
    screening = _to_end(request, pk, act)
    form = DeclineForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> str:
        offers.record_decline(actor=request.actor, screening=screening, reason=data["reason"], at=timezone.now())
        return reverse("contact:receipts") + "?declined=1"

    return form_page(
        request,
        template="contact/screening_declined.html",
        form=form,
        act=act,
        run=run,
        context={"screening": screening},
    )


@staff
@require_POST
def close(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Close without an offer; the gate says when that is refused (rule ID-27)."""
    act = f"screening.close:{pk}"
    screening = _to_end(request, pk, act)
    with once(actor=request.actor, token=request.POST.get("once", ""), act=act) as submission:
        offers.close_without_offer(actor=request.actor, screening=screening, at=timezone.now())
        submission.result = reverse("contact:receipts") + "?closed=1"
    return HttpResponseRedirect(submission.result)


@staff
@require_GET
def receipts(request: StaffRequest) -> HttpResponse:
    """What was sent on, and whether it was received. Nothing more."""
    rows = [
        {
            "cells": {
                "code": {"text": receipt.code},
                "desk": receipt.desk,
                "sent": receipt.sent_at,
                "state": {"tag": _("Received"), "kind": "done"}
                if receipt.received_at
                else {"tag": _("On its way"), "kind": "soon"},
            }
        }
        for receipt in selectors.receipts(request.actor)
    ]
    table = {
        "caption": _("What you sent on"),
        "columns": [
            {"key": "code", "label": _("Code")},
            {"key": "desk", "label": _("Sent to")},
            {"key": "sent", "label": _("Sent")},
            {"key": "state", "label": _("State")},
        ],
        "rows": rows,
        "empty": {
            "title": _("You have sent nothing on yet."),
            "href": reverse("contact:screening_start"),
            "label": _("Begin a screening"),
        },
    }
    told = next((word for word in ("sent", "declined", "closed") if word in request.GET), "")
    return render(request, "contact/receipts.html", {"table": table, "told": told})
