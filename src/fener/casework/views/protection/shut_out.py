"""Who is shut out of a case, and shutting somebody out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fener.casework.access import user_id
from fener.casework.forms.protection import ShutOutForm
from fener.casework.models import Case, ShutOut
from fener.casework.selectors.colleagues import colleagues
from fener.casework.services.protection import shut_out as services
from fener.casework.views import shown
from fener.casework.views.common import case_for, case_form
from fener.network import selectors as network
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import InvalidInput
from fener.trust.models import User


@staff
def shut_outs(request: StaffRequest, code: str) -> HttpResponse:
    """The list, and the form to add to it. It takes effect at once."""
    case = case_for(request, code, "shut_out.list")
    form = ShutOutForm(
        request.POST or None,
        organisations=network.organisations(request.actor).exclude(pk=case.organisation_id),
        colleagues=colleagues(request.actor, timezone.localdate()).exclude(pk=user_id(request.actor)),
    )
    address = reverse("casework:shut_outs", args=[case.code])

    def run(data: Mapping[str, Any]) -> str:
        services.shut_out(actor=request.actor, case=case, **_terms(data))
        return address

    return case_form(
        request,
        case,
        form=form,
        act="shut_out.set",
        run=run,
        template="casework/protection/shut_outs.html",
        title=_("Who is shut out of this case"),
        lead=_("For whoever is shut out the case is not there: no right, no referral and no consent opens it."),
        submit=_("Shut out, at once"),
        danger=True,
        context={"rows": [_row(case, row) for row in services.of_case(request.actor, case)]},
    )


def _terms(data: Mapping[str, Any]) -> dict[str, Any]:
    terms = {name: data[name] for name in ("organisation", "user", "why", "words")}
    if data["username"]:
        if terms["user"] is not None:
            raise InvalidInput({"username": _("Name one person or one body.")})
        terms["user"] = User.objects.filter(username__iexact=data["username"].strip()).first()
        if terms["user"] is None:
            raise InvalidInput({"username": _("Nobody has this user name.")})
    return terms


def _row(case: Case, row: ShutOut) -> dict[str, Any]:
    return {
        "id": row.pk,
        "who": row.organisation.name if row.organisation else row.user.full_name if row.user else "",
        "why": row.get_why_display(),
        "since": row.since,
        "by": row.set_by.full_name,
        "words_href": shown.words_link(case, row.words),
    }


@staff
@require_POST
def end(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """They may see again what their rights show them."""
    case = case_for(request, code, "shut_out.end")
    services.end(actor=request.actor, row=services.get(request.actor, case, pk))
    return HttpResponseRedirect(reverse("casework:shut_outs", args=[case.code]))
