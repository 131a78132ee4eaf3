"""Screening, one question a page: large buttons, back, save, and a way out to "danger now" on each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.contact import selectors
from fener.contact.forms import NeedsForm, OnePageForm, StartForm
from fener.contact.services import screenings
from fener.contact.views.ending import closing, said
from fener.contact.views.places import at, where_next
from fener.network import selectors as network
from fener.network.models import Organisation
from fener.norms import screening as sets
from fener.norms.packs import load_packs
from fener.trust.decorators import StaffRequest, staff
from fener.trust.submitting import form_page

# Which questions an organisation of a sector usually asks.
USUAL: dict[str, str] = {
    Organisation.Sector.POLICE: "police",
    Organisation.Sector.BORDER: "border",
    Organisation.Sector.LABOUR_INSPECTION: "labour_inspection",
    Organisation.Sector.HEALTH: "health",
    Organisation.Sector.SCHOOL: "school",
}


@staff
def start(request: StaffRequest) -> HttpResponse:
    """Choose the questions; open screenings can be taken up again."""
    mine = network.own_organisation(request.actor)
    form = StartForm(
        request.POST or None, initial={"setting": USUAL.get(mine.sector, "outreach") if mine else "", "person": "adult"}
    )

    def run(data: Mapping[str, Any]) -> str:
        pack = sets.screening_set(data["setting"], child=data["person"] == "child")
        return at(
            "screening_needs",
            screenings.start_screening(actor=request.actor, set_id=pack.id, at=timezone.now()),
        )

    titles = {pack.id: pack.title for pack in load_packs().of_kind("screening_set").values()}
    waiting = [
        {
            "href": at("screening", open_one),
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
    return redirect(where_next(selectors.open_screening(request.actor, pk)))


@staff
def needs(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Before any question: what is offered at once (rule AS-10)."""
    screening = selectors.open_screening(request.actor, pk)
    form = NeedsForm(request.POST or None, initial=screening.immediate_needs)

    def run(data: Mapping[str, Any]) -> str:
        return where_next(screenings.record_immediate_needs(actor=request.actor, screening=screening, needs=data))

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
        return redirect(where_next(screening))
    pack = screenings.set_of(screening)
    asked = {one.id: one for one in sets.questions(pack)}
    if question not in asked:
        return redirect(where_next(screening))
    if request.method == "POST":
        screenings.answer_question(
            actor=request.actor, screening=screening, question_id=question, answer=request.POST.get("answer", "")
        )
        return HttpResponseRedirect(where_next(screening))
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
            "back": at("screening_question", screening, question=earlier[-1])
            if earlier
            else at("screening_needs", screening),
            # For a line that drops: the questions still to come, so that asking can go on and answers wait in the tab.
            "ahead": [one for one in asked.values() if one.id not in screening.answers and one.id != question],
            "waiting_key": screenings.waiting_key(actor=request.actor, screening=screening),
            "finishing": all(one.id in screening.answers for one in asked.values()),
        },
    )


@staff
def one_page(request: StaffRequest, pk: UUID) -> HttpResponse:
    """A set whose questions stand on one page (health service, rule HE-06)."""
    screening = selectors.open_screening(request.actor, pk)
    if not screening.immediate_needs or not screenings.is_current(screening):
        return redirect(where_next(screening))
    pack = screenings.set_of(screening)
    form = OnePageForm(request.POST or None, set_pack=pack, initial=screening.answers)

    def run(data: Mapping[str, Any]) -> str:
        screenings.answer_all(actor=request.actor, screening=screening, answers=data)
        screenings.finish_screening(actor=request.actor, screening=screening, at=timezone.now())
        return at("screening_result", screening)

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
        return redirect(where_next(screening))
    if request.method == "POST":
        screenings.finish_screening(actor=request.actor, screening=screening, at=timezone.now())
        return HttpResponseRedirect(at("screening_result", screening))
    rows = [
        {
            "key": _(one.text),
            "value": said(screening.answers.get(one.id, "")),
            "actions": [
                {
                    "text": _("Change"),
                    "href": at("screening_question", screening, question=one.id),
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
        return redirect(where_next(screening))
    return render(request, "contact/screening_renewed.html", {"screening": screening, **closing(screening)})


@staff
def danger(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Danger now: what to do first. The screening waits."""
    screening = selectors.open_screening(request.actor, pk)
    if request.method == "POST":
        screenings.raise_alarm(actor=request.actor, screening=screening)
        return HttpResponseRedirect(at("screening_danger", screening))
    number = load_packs().get("jurisdiction", settings.FENER_JURISDICTION).data["emergency_number"]
    return render(
        request,
        "contact/screening_danger.html",
        {
            "screening": screening,
            "next": at("screening", screening),
            "number": "" if number == "unknown" else number,
        },
    )
