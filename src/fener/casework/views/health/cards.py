"""A card that opens care without a name: giving it, ending it, and the page where its code is typed (HE-05)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from fener.casework.domain.codes import alias_label
from fener.casework.forms.health.cards import CodeForm, EndForm, GiveForm, kinds
from fener.casework.selectors.health.cards import card_of
from fener.casework.services.health import cards as services
from fener.casework.services.health.cards import Opened
from fener.casework.views.common import case_for, case_url
from fener.casework.views.record_form import chapter_url, record_form
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.once import new_token
from fener.trust.policy import Relationship
from fener.trust.signing_in import attempts
from fener.trust.submitting import attempt


def _words(opens: tuple[str, ...] | list[str]) -> list[str]:
    return [text for code, text in kinds() if code in opens]


@staff
def give(request: StaffRequest, code: str) -> HttpResponse:
    """A new card: its code is on the page that follows, this once."""
    case = case_for(request, code, "health_card.give")
    form = GiveForm(request.POST or None)

    def run(data: Mapping[str, Any]) -> tuple[tuple[Any, str], str]:
        return services.give_card(actor=request.actor, case=case, **data), chapter_url(case, services.CARDS)

    if request.method == "POST":
        try:
            made = attempt(request, form=form, act=f"health_card.give:{case.code}", run=run)
        except AlreadyDone:
            again = {"again": request.path, "back": chapter_url(case, services.CARDS)}
            return render(request, "casework/health/card_made.html", again)
        if made is not None:
            card, shown = made
            context = {"code": shown, "opens": _words(card.opens), "until": card.until, "back": case_url(case)}
            return render(request, "casework/health/card.html", context)
    context = {
        "form": form,
        "token": request.POST.get("once") or new_token(),
        "case": case,
        "alias": alias_label(case.alias),
        "title": _("A card for care without a name"),
        "lead": _("Whoever shows it is asked for no name and no papers, and nobody tells the police."),
        "submit": _("Make the card"),
        "cancel": chapter_url(case, services.CARDS),
    }
    return render(request, "casework/form.html", context, status=422 if request.method == "POST" else 200)


@staff
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """It was lost, or is no longer wanted."""
    case = case_for(request, code, "health_card.end")
    card, back = card_of(case, pk, "health_card.end"), chapter_url(case, services.CARDS)

    def run(_data: Mapping[str, Any]) -> str:
        services.end_card(actor=request.actor, card=card)
        return back

    return record_form(
        request,
        case,
        form=EndForm,
        act="health_card.end",
        about=card.pk,
        run=run,
        title=_("End the card"),
        lead=_("From now on its code opens nothing."),
        back=back,
    )


@staff
def use(request: StaffRequest) -> HttpResponse:
    """The page where a health worker types the code. Wrong codes make the next one wait, longer each time."""
    policy.require(request.actor, "health_card.use", Relationship.SAME_ORGANISATION)
    form, opened = CodeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        name = f"health-card {request.actor.user_id}"
        wait = attempts.begin(name=name, source="")
        if wait:
            form.add_error("code", attempts.in_words(wait))
        else:
            opened = _opened(request, form)
            if opened is not None:
                attempts.passed(name=name, source="")
    context = {
        "form": form,
        "token": new_token(),
        "opened": opened,
        "opens": _words(opened.opens) if opened else [],
        "submit": _("See what it opens"),
    }
    wrong = request.method == "POST" and opened is None
    return render(request, "casework/health/card_use.html", context, status=422 if wrong else 200)


def _opened(request: StaffRequest, form: CodeForm) -> Opened | None:
    """What the code opens. A second click on the same page with the same code gets the same answer; with another code
    the page is not sent again, so that nobody guesses with it.
    """
    token = request.POST.get("once", "")

    def run(data: Mapping[str, Any]) -> tuple[Opened, str]:
        return services.use_card(actor=request.actor, code=data["code"]), services.sent_with(token, data["code"])

    try:
        return attempt(request, form=form, act="health_card.use", run=run)
    except AlreadyDone as done:
        try:
            if done.result == services.sent_with(token, form.cleaned_data["code"]):
                return services.look_again(actor=request.actor, code=form.cleaned_data["code"])
            form.add_error("code", _("This page was sent already. Type the code again."))
        except InvalidInput as error:  # it was ended between the clicks
            form.add_error("code", str(error.errors["code"]))
    return None
