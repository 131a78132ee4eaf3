"""Agreed duties on a case: shown in words, and noted as kept where the file does not show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fener.casework.domain import agreed
from fener.casework.models import Case
from fener.casework.selectors.agreed import DutyOfCase, duties_of_case
from fener.casework.services.agreed import record_kept
from fener.casework.views.common import case_for, case_form, case_url
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import Refused

KINDS = {agreed.KEPT: "done", agreed.LATE: "soon", agreed.MISSED: "overdue", agreed.RUNNING: "plain"}


def lines(case: Case, *, may_note: bool) -> list[dict[str, Any]]:
    """The timed duties of a case for its page, those that were not kept first."""
    found = duties_of_case(case)
    order = [agreed.MISSED, agreed.LATE, agreed.RUNNING, agreed.KEPT]
    return [_line(case, one, may_note) for one in sorted(found, key=lambda one: order.index(one.state))]


def _line(case: Case, one: DutyOfCase, may_note: bool) -> dict[str, Any]:
    words = {
        agreed.KEPT: _("kept"),
        agreed.LATE: _("kept late"),
        agreed.MISSED: _("not kept"),
        agreed.RUNNING: _("still in time"),
    }
    until = _("until %(day)s") % {"day": date_format(one.due_on)}
    kept = _("done on %(day)s") % {"day": date_format(one.kept_on)} if one.kept_on else ""
    basis = one.duty.agreement.title if one.duty.agreement else one.duty.legal_basis
    open_one = one.kept_on is None
    return {
        "body": one.duty.organisation.short_name,
        "what": one.duty.what,
        "basis": basis,
        "until": until,
        "kept": kept,
        "tag": words[one.state],
        "kind": KINDS[one.state],
        "href": reverse("casework:duty_kept", args=[case.code, one.duty.pk]) if may_note and open_one else "",
    }


class KeptForm(forms.Form):
    """The day on which the duty was kept."""

    kept_on = forms.DateField(label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kept_on"].label = _("Done on")
        self.fields["kept_on"].initial = timezone.localdate()


@staff
def kept(request: StaffRequest, code: str, duty: int) -> HttpResponse:
    """Note that an agreed duty was kept."""
    case = case_for(request, code, "agreed_duty.record")
    one = next((each.duty for each in duties_of_case(case) if each.duty.pk == duty), None)
    if one is None:
        raise Refused(act="agreed_duty.record")

    def run(data: Mapping[str, Any]) -> str:
        record_kept(actor=request.actor, case=case, duty=one, kept_on=data["kept_on"])
        return case_url(case, "duties")

    return case_form(
        request, case, form=KeptForm(request.POST or None), act="agreed_duty.record", run=run,
        title=_("An agreed duty was kept"), lead=f"{one.organisation.short_name}: {one.what}",
    )  # fmt: skip
