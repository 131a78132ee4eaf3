"""Screening, one question a page: large buttons, back, save, and a way out to "danger now" on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fener.contact import selectors
from fener.contact.forms import DeclineForm, NeedsForm, OfferForm, OnePageForm, RightsForm, StartForm
from fener.contact.models import Screening
from fener.contact.services import offers, screenings
from fener.network import selectors as network
from fener.network.models import Desk, Organisation
from fener.norms import screening as sets
from fener.norms.packs import load_packs
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
USUAL: dict[str, str] = {
    Organisation.Sector.POLICE: "police",
    Organisation.Sector.BORDER: "border",
    Organisation.Sector.LABOUR_INSPECTION: "labour_inspection",
    Organisation.Sector.HEALTH: "health",
    Organisation.Sector.SCHOOL: "school",
}


def _at(name: str, screening: Screening, **more: Any) -> str:
    return reverse(f"contact:{name}", kwargs={"pk": screening.pk, **more})


def _where_next(screening: Screening) -> str:
    """The page on which this screening goes on: it is the same after a dropped line, a second tab or a night."""
    if not screening.immediate_needs:
        return _at("screening_needs", screening)
    if screening.state == Screening.State.SUGGESTED:
        return _at("screening_result", screening)
    if not screenings.is_current(screening):
        return _at("screening_renewed", screening)
    pack = screenings.set_of(screening)
    if pack.data["layout"] == "one_page":
        return _at("screening_page", screening)
    following = sets.next_question(pack, screening.answers)
    return (
        _at("screening_question", screening, question=following.id)
        if following
        else _at("screening_answers", screening)
    )


def _to_end(request: StaffRequest, pk: UUID, act: str) -> Screening:
    """The screening that this form ends. A second click on the same page is led to where the first one went."""
    try:
        return selectors.open_screening(request.actor, pk)
    except Refused:
        if request.method == "POST" and request.POST.get("once"):
            with once(actor=request.actor, token=request.POST["once"], act=act):
                raise  # never carried out: absent
        raise


@staff
def start(request: StaffRequest) -> HttpResponse:
    """Choose the questions; open screenings can be taken up again."""
    mine = network.own_organisation(request.actor)
    form = StartForm(
        request.POST or None, initial={"setting": USUAL.get(mine.sector, "outreach") if mine else "", "person": "adult"}
    )

    def run(data: Mapping[str, Any]) -> str:
        pack = sets.screening_set(data["setting"], child=data["person"] == "child")
        return _at(
            "screening_needs",
            screenings.start_screening(actor=request.actor, set_id=pack.id, at=timezone.now()),
        )

    titles = {pack.id: pack.title for pack in load_packs().of_kind("screening_set").values()}
    waiting = [
        {
            "href": _at("screening", open_one),
            "title": titles.get(open_one.set_id, ""),
            "since": open_one.started_at,
            "danger": open_one.danger_now,
        }
        for open_one in selectors.open_screenings(request.actor)[:20]
    ]
    return form_page(
        request,
        template="contact/screening_start.html",
        form=form,
        act="screening.start",
        run=run,
        context={"waiting": waiting},
    )


@staff
@require_GET
def resume(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Go on where it was left."""
    return redirect(_where_next(selectors.open_screening(request.actor, pk)))


@staff
def needs(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Before any question: what is offered at once (rule AS-10)."""
    screening = selectors.open_screening(request.actor, pk)
    form = NeedsForm(request.POST or None, initial=screening.immediate_needs)

    def run(data: Mapping[str, Any]) -> str:
        return _where_next(screenings.record_immediate_needs(actor=request.actor, screening=screening, needs=data))

    return form_page(
        request,
        template="contact/screening_needs.html",
        form=form,
        act=f"screening.needs:{pk}",
        run=run,
        context={"screening": screening},
    )


@staff
def question(request: StaffRequest, pk: UUID, question: str) -> HttpResponse:
    """One question. Each answer is stored before the next one is shown; going back changes it."""
    screening = selectors.open_screening(request.actor, pk)
    if not screening.immediate_needs or not screenings.is_current(screening):
        return redirect(_where_next(screening))
    pack = screenings.set_of(screening)
    asked = {one.id: one for one in sets.questions(pack)}
    if question not in asked:
        return redirect(_where_next(screening))
    if request.method == "POST":
        screenings.answer_question(
            actor=request.actor, screening=screening, question_id=question, answer=request.POST.get("answer", "")
        )
        return HttpResponseRedirect(_where_next(screening))
    applying = [one for one in asked.values() if one.id in screening.answers or one.id == question]
    earlier = [one.id for one in applying[: next(i for i, one in enumerate(applying) if one.id == question)]]
    return render(
        request,
        "contact/screening_question.html",
        {
            "screening": screening,
            "question": asked[question],
            "given": screening.answers.get(question, ""),
            "progress": sets.progress(pack, screening.answers),
            "place": len(earlier) + 1,
            "back": _at("screening_question", screening, question=earlier[-1])
            if earlier
            else _at("screening_needs", screening),
            # For a line that drops: the questions still to come, so that asking can go on and answers wait in the tab.
            "ahead": [one for one in asked.values() if one.id not in screening.answers and one.id != question],
            "finishing": all(one.id in screening.answers for one in asked.values()),
        },
    )


@staff
def one_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A set whose questions stand on one page (health service, rule HE-06)."""
    screening = selectors.open_screening(request.actor, pk)
    if not screening.immediate_needs or not screenings.is_current(screening):
        return redirect(_where_next(screening))
    pack = screenings.set_of(screening)
    form = OnePageForm(request.POST or None, set_pack=pack, initial=screening.answers)

    def run(data: Mapping[str, Any]) -> str:
        screenings.answer_all(actor=request.actor, screening=screening, answers=data)
        screenings.finish_screening(actor=request.actor, screening=screening, at=timezone.now())
        return _at("screening_result", screening)

    return form_page(
        request,
        template="contact/screening_page.html",
        form=form,
        act=f"screening.page:{pk}",
        run=run,
        context={"screening": screening, "intro": pack.data["intro"]},
    )


@staff
def answers(request: StaffRequest, pk: UUID) -> HttpResponse:
    """All answers before the end; each can be changed. The button asks norms what they suggest."""
    screening = selectors.open_screening(request.actor, pk)
    if not screening.immediate_needs or not screenings.is_current(screening):
        return redirect(_where_next(screening))
    if request.method == "POST":
        screenings.finish_screening(actor=request.actor, screening=screening, at=timezone.now())
        return HttpResponseRedirect(_at("screening_result", screening))
    rows = [
        {
            "key": _(one.text),
            "value": _said(screening.answers.get(one.id, "")),
            "actions": [
                {
                    "text": _("Change"),
                    "href": _at("screening_question", screening, question=one.id),
                    "about": _(one.text),
                }
            ],
        }
        for one in sets.questions(screenings.set_of(screening))
    ]
    return render(request, "contact/screening_answers.html", {"screening": screening, "rows": rows})


@staff
@require_GET
def renewed(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The questions were renewed while this screening was open: its answers stay as they are, help can be offered."""
    screening = selectors.open_screening(request.actor, pk)
    if screenings.is_current(screening):
        return redirect(_where_next(screening))
    return render(request, "contact/screening_renewed.html", {"screening": screening, **_closing(screening)})


def _closing(screening: Screening) -> dict[str, Any]:
    """Whether this page offers to close without an offer, and the token for it."""
    return {"may_close": offers.may_close(screening), "token": new_token()}


def _said(answer: str) -> str:
    return {"yes": _("Yes"), "no": _("No"), "unknown": _("Not known")}.get(answer, _("not asked"))


def _by_rule(reasons: list[dict[str, str]], texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """One entry for each rule that holds, in the suggestion's order, with the answers that made it hold."""
    found: dict[str, dict[str, Any]] = {}
    for reason in reasons:
        rule = found.setdefault(reason["rule"], {**reason, "signs": [], "sources": []})
        asked = texts.get(reason["question"], "")
        rule["signs"].append({"indicator": reason["indicator"], "asked": asked, "said": _said(reason["answer"])})
        rule["sources"] += [one for one in reason["source"].split("; ") if one not in rule["sources"]]
    return list(found.values())


@staff
def danger(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Danger now: what to do first. The screening waits."""
    screening = selectors.open_screening(request.actor, pk)
    if request.method == "POST":
        screenings.raise_alarm(actor=request.actor, screening=screening)
        return HttpResponseRedirect(_at("screening_danger", screening))
    number = load_packs().get("jurisdiction", settings.FENER_JURISDICTION).data["emergency_number"]
    return render(
        request,
        "contact/screening_danger.html",
        {
            "screening": screening,
            "next": _at("screening", screening),
            "number": "" if number == "unknown" else number,
        },
    )


@staff
@require_GET
def result(request: StaffRequest, pk: UUID) -> HttpResponse:
    """What the answers suggest and why, with rule and source; then the rights card."""
    screening = selectors.open_screening(request.actor, pk)
    if not screening.finished_at:
        return redirect(_where_next(screening))
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
            **_closing(screening),
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
        return _at("screening_offer", screening)

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
        return redirect(_at("screening_rights", screening))
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
