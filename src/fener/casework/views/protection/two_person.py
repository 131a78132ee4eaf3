"""What is opened by two: marking it, asking a colleague, and the colleague's answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.casework import access
from fener.casework.domain.codes import alias_label
from fener.casework.forms.protection import AnswerForm, SensitiveForm
from fener.casework.models import SecondPerson
from fener.casework.selectors import cases, protected_place
from fener.casework.services.protection import two_person
from fener.casework.views.common import case_for, case_form, case_url
from fener.casework.views.protection.beside import ALL, by_two
from fener.casework.views.protection.words import part_label
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused
from fener.trust.purposes import Purpose
from fener.trust.submitting import form_page


@staff
@by_two
def sensitive(request: StaffRequest, code: str) -> HttpResponse:
    """Which parts are opened by two. To take a mark away, somebody has to stand beside as well."""
    case = case_for(request, code, "sensitive.mark")
    marked = two_person.marks_of(case)
    form = SensitiveForm(request.POST or None, initial={"parts": [one or ALL for one in marked]})

    def run(data: Mapping[str, Any]) -> str:
        wanted = {"" if one == ALL else one for one in data["parts"]}
        for part in sorted(wanted - marked):
            two_person.mark(actor=request.actor, case=case, compartment=part)
        for part in sorted(marked - wanted):
            two_person.unmark(actor=request.actor, case=case, compartment=part)
        return case_url(case, "sealed")

    return case_form(
        request,
        case,
        form=form,
        act="sensitive.mark",
        run=run,
        title=_("What is opened by two"),
        lead=_("A colleague says yes before one of these parts opens. Both names are kept, and the person can see it."),
    )


def beside_url(code: str, part: str) -> str:
    """Where one asks for a second person."""
    return reverse("casework:second_ask", args=[code, part or ALL])


@staff
def ask(request: StaffRequest, code: str, part: str) -> HttpResponse:
    """Ask a colleague, see whether they answered, and open. Works by loading the page again, without any script."""
    case, _how = cases.get(request.actor, code)
    compartment = "" if part == ALL else part
    if compartment and compartment not in set(Compartment):
        raise Refused(act="compartment.open")
    found = access.relationships(request.actor, case)
    if compartment:
        access.require(request.actor, "compartment.open", found, compartment=compartment)
    access.require(request.actor, "second_person.ask", found)
    if request.method == "POST":
        two_person.ask(actor=request.actor, case=case, compartment=compartment)
        return HttpResponseRedirect(beside_url(case.code, compartment))
    now = timezone.now()
    last = two_person.last_of(request.actor, case, compartment)
    return render(
        request,
        "casework/protection/ask.html",
        {
            "now": now,
            "case": case,
            "alias": alias_label(case.alias),
            "title": part_label(compartment),
            "part": part,
            "last": last,
            "state": _state(last, now),
            "open_href": reverse("casework:compartment_open", args=[case.code, compartment]) if compartment else "",
            "unmark_href": reverse("casework:sensitive", args=[case.code]),
            "purpose": Purpose.KEEP.value,
            "glass_href": reverse("casework:glass", args=[case.code]),
            "back": case_url(case, "sealed"),
        },
    )


def _state(last: SecondPerson | None, now: Any) -> str:
    if last is None:
        return "none"
    if last.answered_at is None:
        return "waits" if last.ask_until > now else "none"
    if not last.confirmed:
        return "no"
    return "yes" if last.open_until and last.open_until > now else "none"


@staff
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The colleague says yes or no. A yes opens nothing for them."""
    found = protected_place.second_person(request.actor, pk, timezone.now())

    def run(data: Mapping[str, Any]) -> str:
        two_person.answer(actor=request.actor, row=found, yes=data["answer"] == "yes")
        return reverse("web:today")

    return form_page(
        request,
        template="casework/form.html",
        form=AnswerForm(request.POST or None),
        act=f"second_person.confirm:{pk}",
        run=run,
        context={
            "title": _("Stand beside an opening?"),
            "case": found.case,
            "alias": alias_label(found.case.alias),
            "lead": _("%(name)s wants to open: %(part)s. Ask why before you say yes. You see nothing of it yourself.")
            % {"name": found.asked_by.full_name, "part": part_label(found.compartment)},
            "submit": _("Answer"),
            "cancel": reverse("web:today"),
        },
    )
