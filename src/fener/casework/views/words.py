"""Sealed words beside a record (reasons, evidence, somebody's own words): opened on purpose, closed by themselves."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from fener.casework.domain.codes import alias_label
from fener.casework.selectors import cases
from fener.casework.selectors.words import sealed_words
from fener.casework.services import notes
from fener.casework.views.common import case_url
from fener.casework.views.compartments import OPEN_FOR
from fener.casework.views.protection.beside import by_two
from fener.trust.decorators import StaffRequest, staff

# What the words belong to, by the beginning of their slot.
TITLES = {
    "assessment": gettext_lazy("Words of an assessment"),
    "decision": gettext_lazy("Reasons of a decision"),
    "review": gettext_lazy("Reasons of a request for review"),
    "age": gettext_lazy("What a doubt about the age rests on"),
    "age_result": gettext_lazy("Reasons of a decision on the age"),
    "refusal": gettext_lazy("Why the person does not want it"),
    "need": gettext_lazy("The person's words about a need"),
    "plan": gettext_lazy("Goals of the plan"),
    "protection": gettext_lazy("Why a case is put under protection, or taken out"),
    "shut_out": gettext_lazy("Why somebody is shut out"),
}
ANCHORS = {"assessment": "assessments", "need": "needs", "plan": "plan"}


@staff
@require_POST
@by_two
def opened(request: StaffRequest, code: str, item: UUID) -> HttpResponse:
    """The words, shown once. The policy decides as for the compartment they belong to; the vault keeps the read."""
    case, _how = cases.get(request.actor, code)
    sealed = sealed_words(case, item)
    words = notes.open_words(actor=request.actor, case=case, item=sealed)
    kind = sealed.slot.partition(":")[0]
    shown = {
        "case": case,
        "alias": alias_label(case.alias),
        "title": TITLES.get(kind, _("The person's words")),
        "words": words,
        "back": case_url(case, ANCHORS.get(kind, "decisions")),
        "seconds": OPEN_FOR,
    }
    return render(request, "casework/opened.html", shown)
