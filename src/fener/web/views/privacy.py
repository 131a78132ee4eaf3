"""Two pages from one declaration: what is kept about people, for everybody; the register of processing, for a few."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.selectors.erasures import own_periods
from fener.casework.services.person_copy import rights
from fener.norms.fields import compartment_fields, compartment_label
from fener.trust import policy
from fener.trust.decorators import StaffRequest, staff
from fener.trust.policy import Relationship
from fener.trust.privacy import register, registry
from fener.trust.privacy.declaration import PURPOSES, Whose
from fener.trust.privacy.register import Activity

FORMATS: dict[str, tuple[str, Callable[[Iterable[Activity]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", register.to_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", register.to_xlsx),
    "json": ("application/json", register.to_json),
}


def _sealed() -> list[dict[str, Any]]:
    """The sealed parts in plain words: what, why, and what is left out of the copy because it is somebody else's."""
    parts = []
    for part in dict.fromkeys(spec.compartment for spec in compartment_fields()):
        specs = compartment_fields(part)
        parts.append(
            {
                "title": _(compartment_label(part)),
                "fields": [
                    {
                        "label": _(spec.label),
                        "third": registry.of_field(spec).whose is Whose.THIRD,
                        "why": spec.intimate,
                    }
                    for spec in specs
                ],
                "why": ", ".join(str(PURPOSES[code]) for code in register.needs_of(part)),
            }
        )
    return parts


def _open() -> list[str]:
    """What is kept without a name, so that help can be arranged: the tables that are about the person."""
    mine = {"casework", "contact"}
    found = []
    for label, about in registry.models().items():
        if label.split(".")[0] in mine and about.personal and any(o.exported for o in about.personal.values()):
            found.append(str(about.what))
    return found


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    """Who keeps what about a person, why, how long, what they can ask for, and whom. Needs no account."""
    basis = register.basis_words("victims")
    context = {
        "sealed": _sealed(),
        "open": _open(),
        "rights": rights(),
        "basis": basis,
        "kept": register.period_words("case_file"),
        "first": register.period_words("first_contact"),
        "grace": settings.FENER_ERASURE_GRACE_DAYS,
    }
    return render(request, "web/privacy.html", context)


def _require(request: StaffRequest) -> bool:
    """Whether the actor reads it for the whole node (True) or for their own organisation. Raises Refused."""
    if policy.decide(request.actor, "register.read", Relationship.NODE):
        return True
    policy.require(request.actor, "register.read", Relationship.SAME_ORGANISATION)
    return False


def _activities(request: StaffRequest) -> list[Activity]:
    whole = _require(request)
    return register.activities({} if whole else own_periods(request.actor))


@staff
@require_GET
def register_page(request: StaffRequest) -> HttpResponse:
    """The register, one table or sealed part after another."""
    columns = [{"key": key, "label": _(label)} for key, label in register.COLUMNS if key not in ("activity", "field")]
    tables = [
        {
            "title": each.title[:1].upper() + each.title[1:],
            "table": {
                "caption": each.title,
                "caption_hidden": True,
                "columns": columns,
                "rows": [{"cells": {c["key"]: getattr(line, c["key"]) for c in columns}} for line in each.lines],
                "empty": "",
            },
        }
        for each in _activities(request)
    ]
    files = [{"name": kind.upper(), "href": reverse("web:register_file", args=[kind])} for kind in FORMATS]
    return render(request, "web/register.html", {"tables": tables, "files": files})


@staff
@require_GET
def register_file(request: StaffRequest, kind: str) -> HttpResponse:
    """The register as a file. It holds declarations, and nothing about anybody."""
    if kind not in FORMATS:
        raise Http404
    mime, write = FORMATS[kind]
    answer = HttpResponse(write(_activities(request)), content_type=mime)
    answer["Content-Disposition"] = f'attachment; filename="register.{kind}"'
    return answer
