"""The sealed compartments of a case: opened on purpose, closed by themselves, changed only from what is current."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fener.casework import access
from fener.casework.domain.codes import alias_label
from fener.casework.forms.compartments import CompartmentForm
from fener.casework.models import Case
from fener.casework.selectors import cases
from fener.casework.services import compartments as services
from fener.casework.services.reading import record_shown
from fener.casework.views import shown
from fener.casework.views.common import case_for, case_form, case_url
from fener.casework.views.protection.beside import by_two
from fener.norms.fields import compartment_fields
from fener.trust.compartments import Compartment
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import StaleEdit
from fener.trust.once import new_token
from fener.trust.purposes import Purpose

OPEN_FOR = 300  # seconds after which an opened page closes by itself


def part_named(name: str) -> Compartment:
    """The compartment of an address; one that does not exist is an absent page."""
    try:
        return Compartment(name)
    except ValueError:
        raise Http404 from None


@staff
@require_POST
@by_two
def opened(request: StaffRequest, code: str, part: str) -> HttpResponse:
    """What is sealed, shown once. The opening is kept with its purpose; no browser and no proxy keeps the page."""
    wanted = part_named(part)
    case, _how = cases.get(request.actor, code)
    purpose, show = request.POST.get("purpose", ""), request.POST.get("show", "")
    content = services.open_compartment(actor=request.actor, case=case, compartment=wanted, purpose=purpose)
    specs = compartment_fields(wanted.value)
    if show in {spec.code for spec in specs}:
        record_shown(actor=request.actor, case=case, compartment=wanted, field=show)
    return render(
        request,
        "casework/opened.html",
        {
            "case": case,
            "alias": alias_label(case.alias),
            "title": wanted.label,
            "rows": shown.content_rows(specs, content, covered=True, show=show),
            "purpose": purpose,
            "edit_href": _edit_href(request, case, wanted),
            "back": case_url(case, "sealed"),
            "seconds": OPEN_FOR,
        },
    )


def _edit_href(request: StaffRequest, case: Case, part: Compartment) -> str:
    found = access.relationships(request.actor, case)
    if access.allowed(request.actor, "compartment.save", found, compartment=part) is None:
        return ""
    return reverse("casework:compartment_edit", args=[case.code, part.value])


@staff
@by_two
def edit(request: StaffRequest, code: str, part: str) -> HttpResponse:
    """Write what is sealed. Something that was written before is opened first, which is an act of its own (POST).

    When somebody else saved meanwhile, what is current stands beside what was typed, and the next save is over that.
    """
    wanted = part_named(part)
    case = case_for(request, code, "compartment.save", compartment=wanted)
    item = services.main_item(case, wanted)
    version = item.version if item else 0
    if request.method == "POST" and "begin" in request.POST:
        content = services.open_compartment(actor=request.actor, case=case, compartment=wanted, purpose=Purpose.KEEP)
        return _begin(request, case, wanted, CompartmentForm(part=wanted, initial=content), version)
    if request.method != "POST":
        if version and _reads(request, case, wanted):
            return render(request, "casework/compartment_begin.html", _words(case, wanted))
        return _begin(request, case, wanted, CompartmentForm(part=wanted), version)
    return _save(request, case, wanted)


def _reads(request: StaffRequest, case: Case, part: Compartment) -> bool:
    found = access.relationships(request.actor, case)
    return access.allowed(request.actor, "compartment.open", found, compartment=part) is not None


def _words(case: Case, part: Compartment) -> dict[str, Any]:
    return {
        "case": case,
        "alias": alias_label(case.alias),
        "title": _("Sealed: %(part)s") % {"part": part.label},
        "cancel": case_url(case, "sealed"),
    }


def _begin(request: StaffRequest, case: Case, part: Compartment, form: CompartmentForm, version: int) -> HttpResponse:
    blind = version > 0 and not form.initial
    context = {
        **_words(case, part),
        "form": form,
        "token": new_token(),
        "version": version,
        "notes": [_blind()] if blind and not _reads(request, case, part) else [],
        "submit": _("Seal"),
    }
    return render(request, "casework/compartment_edit.html", context)


def _blind() -> dict[str, str]:
    return {
        "kind": "danger",
        "title": _("You cannot read what is there"),
        "text": _("What you seal takes its place. Ask whoever reads it before you write."),
    }


def _save(request: StaffRequest, case: Case, part: Compartment) -> HttpResponse:
    form = CompartmentForm(request.POST, part=part)
    typed = request.POST.get("version", "")
    context: dict[str, Any] = {"version": int(typed) if typed.isdigit() else 0}

    def run(_data: Mapping[str, Any]) -> str:
        try:
            services.save_compartment(
                actor=request.actor, case=case, compartment=part, version=context["version"], content=form.content()
            )
        except StaleEdit as stale:
            current = stale.current or {}
            context["version"] = current.get("version", 0)
            context["current"] = shown.content_rows(compartment_fields(part.value), current.get("content") or {})
            context["stale"] = True
            raise
        return case_url(case, "sealed")

    words = _words(case, part)
    title = words.pop("title")
    return case_form(
        request,
        case,
        form=form,
        act=f"compartment.save:{part}",
        run=run,
        title=title,
        template="casework/compartment_edit.html",
        context=context,
        submit=_("Seal"),
    )
