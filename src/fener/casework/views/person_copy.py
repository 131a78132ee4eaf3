"""The copy for the person: asked for on purpose, handed over at once, kept nowhere."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fener.casework.domain.codes import alias_label
from fener.casework.forms.privacy import CopyForm
from fener.casework.models import Case
from fener.casework.person_copy.content import PersonCopy
from fener.casework.person_copy.paper import pdf_of
from fener.casework.services.person_copy import make_copy
from fener.casework.views.common import case_for, case_url
from fener.trust.decorators import StaffRequest, staff
from fener.trust.once import new_token
from fener.trust.submitting import attempt


@staff
def person_copy(request: StaffRequest, code: str) -> HttpResponse:
    """The form; sent, the copy itself. No browser and no proxy keeps it, and the program writes it nowhere."""
    case = case_for(request, code, "person_copy.export")
    form = CopyForm(request.POST or None, initial={"form": "page", "language": _language_of(case)})

    def run(data: Any) -> tuple[PersonCopy, str]:
        copy = make_copy(
            actor=request.actor, case=case, language=data["language"], leave_out=frozenset(data["leave_out"])
        )
        return copy, case_url(case, "known")

    copy = attempt(request, form=form, act=f"person_copy:{case.code}", run=run) if request.method == "POST" else None
    if copy is not None:
        return _handed_over(request, copy, form.cleaned_data["form"])
    context = {
        "case": case,
        "alias": alias_label(case.alias),
        "form": form,
        "token": request.POST.get("once") or new_token(),
        "title": _("A copy for the person"),
        "lead": _("Everything that is kept about them, with who has known what. Make it when they ask for it."),
        "submit": _("Make the copy"),
        "cancel": case_url(case, "known"),
        "notes": [
            {
                "kind": "danger",
                "title": _("Paper can be found"),
                "text": _("Ask where the person will keep it. They can also read it here with you and leave it."),
            }
        ],
    }
    return render(request, "casework/form.html", context, status=422 if request.method == "POST" else 200)


def _language_of(case: Case) -> str:
    """The person's language where the program has it; else the reader's."""
    known = [code for code, _name in settings.LANGUAGES]
    return case.language if case.language in known else translation.get_language() or settings.LANGUAGE_CODE


def _handed_over(request: StaffRequest, copy: PersonCopy, form: str) -> HttpResponse:
    if form == "json":
        body = json.dumps(copy.to_json(), ensure_ascii=False, indent=2).encode()
        return _file(body, "application/json", "copy.json")
    with translation.override(copy.language):
        day = date_format(copy.made_on)
        if form == "pdf":
            return _file(pdf_of(copy, day=day), "application/pdf", "copy.pdf")
        answer = render(request, "casework/person_copy.html", {"copy": copy, "day": day})
    answer["Cache-Control"] = "no-store, private"
    return answer


def _file(body: bytes, mime: str, name: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=mime)
    # The name of the file says nothing: neither whose it is nor of what.
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store, private"
    return answer
