"""Files beside a case: the list, adding one, opening it on purpose, its clean copy, and the original with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fener.casework import access
from fener.casework.domain.codes import alias_label
from fener.casework.forms.attachments import AttachmentForm, OriginalForm, RemoveForm
from fener.casework.models import Attachment, Case
from fener.casework.selectors import attachments as selectors
from fener.casework.selectors import cases
from fener.casework.services import attachments as services
from fener.casework.views.common import case_for, case_form, case_url, may
from fener.casework.views.compartments import OPEN_FOR
from fener.casework.views.protection.beside import by_two
from fener.trust.decorators import StaffRequest, staff
from fener.trust.files.sealed import Opened
from fener.trust.purposes import Purpose

# A name that says nothing: what lies in somebody's folder of downloads is read by others.
NEUTRAL = {Attachment.Kind.PICTURE: "picture", Attachment.Kind.DOCUMENT: "document"}
# Whatever a browser makes of the content: no script, no form, no frame, no request.
SANDBOX = "default-src 'none'; sandbox; frame-ancestors 'none'"


def _list_url(case: Case) -> str:
    return reverse("casework:attachments", args=[case.code])


@staff
@require_GET
def attachments(request: StaffRequest, code: str) -> HttpResponse:
    """Kind, size and day of each file that the reader may open."""
    case = case_for(request, code, "attachment.list")
    found = selectors.attachments(request.actor, case)
    context = {
        "case": case,
        "alias": alias_label(case.alias),
        "back": case_url(case, "sealed"),
        "files": [_shown(one) for one in found],
        "may_add": bool(selectors.parts_for_new(request.actor, case)),
    }
    return render(request, "casework/attachments.html", context)


def _shown(one: selectors.Listed) -> dict[str, Any]:
    row = one.attachment
    return {
        "id": row.pk,
        "kind": row.get_kind_display(),
        "part": one.compartment.label,
        "size": filesizeformat(one.stored),
        "on": row.added_at,
        "by": row.added_by.full_name,
        "scan": {"text": row.get_scan_display(), "kind": "done" if row.scan == Attachment.Scan.CLEAN else "plain"},
        "open_href": reverse("casework:attachment", args=[row.case.code, row.pk]),
        "purposes": [(purpose.value, purpose.label) for purpose in one.purposes],
    }


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """One page, no script needed: choose a file, say what it belongs to, send."""
    case, _how = cases.get(request.actor, code)
    parts = selectors.parts_for_new(request.actor, case)
    if not parts:
        access.require_on_case(request.actor, "attachment.add", case, compartment="identity")
    form = AttachmentForm(request.POST or None, request.FILES or None, parts=parts)

    def run(data: Mapping[str, Any]) -> str:
        services.add_attachment(
            actor=request.actor,
            case=case,
            compartment=data["compartment"],
            looked=form.looked,
            name=data["file"].name,
            note=data["note"],
        )
        return _list_url(case)

    notes = [
        {
            "kind": "info",
            "title": _("What happens to it"),
            "text": _(
                "The file is sealed as it is, for it may be evidence. Beside it a clean copy is made, without the "
                "place where a picture was taken and without anything that acts. You will see that copy."
            ),
        }
    ]
    return case_form(
        request, case, form=form, act="attachment.add", run=run, title=_("Add a file"), submit=_("Seal the file"),
        context={"notes": notes, "cancel": _list_url(case)},
    )  # fmt: skip


@staff
@require_POST
@by_two
def opened(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """What the file is called and what it is, shown once; from here to its clean copy, and to the original."""
    case, row = _one(request, code, pk)
    purpose = request.POST.get("purpose", "")
    told = services.open_attachment(actor=request.actor, attachment=row, purpose=purpose)
    context = {
        "case": case,
        "alias": alias_label(case.alias),
        "title": row.get_kind_display(),
        "rows": _rows(row, told),
        "attachment": row,
        "purpose": purpose,
        "back": _list_url(case),
        "seconds": OPEN_FOR,
        "may_remove": may(
            request.actor, "attachment.remove", access.nearest(access.relationships(request.actor, case))
        ),
    }
    return render(request, "casework/attachment_opened.html", context)


def _rows(row: Attachment, told: Opened) -> list[dict[str, Any]]:
    about = told.about
    size = (
        ngettext("%(pages)d page", "%(pages)d pages", about["pages"]) % about
        if "pages" in about
        else f"{about['width']} × {about['height']}"
    )
    return [
        {"key": _("Name"), "value": told.name},
        {"key": _("Kind"), "value": [row.get_kind_display(), size]},
        {"key": _("What it is"), "value": told.note},
        {"key": _("Size"), "value": filesizeformat(told.size)},
        {"key": _("The original"), "value": filesizeformat(told.original_size)},
        {"key": _("Fingerprint of the original (SHA-256)"), "value": told.digest},
        {"key": _("Virus scanner"), "value": row.get_scan_display()},
    ]


def _one(request: StaffRequest, code: str, pk: UUID) -> tuple[Case, Attachment]:
    case, _how = cases.get(request.actor, code)
    return case, selectors.attachment(request.actor, case, pk)


@staff
@require_POST
@by_two
def clean(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The clean copy, as a file."""
    _case, row = _one(request, code, pk)
    told, content = services.clean_copy(actor=request.actor, attachment=row, purpose=request.POST.get("purpose", ""))
    return _handed_out(row, told, content, told.media)


@staff
@by_two
def original(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """The file as it came, for a reason that is kept."""
    case, row = _one(request, code, pk)
    access.require_on_case(request.actor, "attachment_original.open", case, compartment=row.item.compartment)
    purpose = request.GET.get("for", Purpose.KEEP.value)
    form = OriginalForm(request.POST or None, initial={"purpose": purpose})
    if request.method == "POST" and form.is_valid():
        told, content = services.original_of(
            actor=request.actor,
            attachment=row,
            purpose=form.cleaned_data["purpose"],
            reason=form.cleaned_data["reason"],
        )
        # No type that a program would open by itself.
        return _handed_out(row, told, content, "application/octet-stream")
    context = {
        "form": form,
        "case": case,
        "alias": alias_label(case.alias),
        "title": _("The original"),
        "lead": _(
            "It holds what the clean copy leaves out: where a picture was taken, and whatever it may do to a computer."
        ),
        "submit": _("Take the original out"),
        "danger": True,
        "cancel": _list_url(case),
    }
    return render(request, "casework/form.html", context, status=422 if request.method == "POST" else 200)


def _handed_out(row: Attachment, told: Opened, content: bytes, media: str) -> HttpResponse:
    """A file for the browser to put down: never shown inside a page of this program, kept by no cache."""
    answer = HttpResponse(content, content_type=media)
    name = f"{NEUTRAL[Attachment.Kind(row.kind)]}.{told.ending}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


@staff
def remove(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """Keys and ciphertexts go for good."""
    case, row = _one(request, code, pk)
    access.require_on_case(request.actor, "attachment.remove", case)

    def run(_data: Mapping[str, Any]) -> str:
        services.remove_attachment(actor=request.actor, attachment=row)
        return _list_url(case)

    return case_form(
        request, case, form=RemoveForm(request.POST or None), act=f"attachment.remove:{row.pk}", run=run,
        title=_("Remove the file for good"), danger=True, submit=_("Remove it"),
        lead=_("Its keys are destroyed: nobody opens it any more. That it was there stays on record."),
        context={"cancel": _list_url(case)},
    )  # fmt: skip
