"""The duty matrix: findings in words first, then the matrix, then what was before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.network.forms.map.agreements import DutyForm
from fener.network.forms.map.fields import DayForm
from fener.network.models import Agreement, Duty, Organisation
from fener.network.selectors import agreements as agreement_selectors
from fener.network.selectors import duties as selectors
from fener.network.selectors.duties import Matrix, counts_on
from fener.network.services import duties as services
from fener.network.views.map.common import finding, lists, map_form, may, page, period, table
from fener.norms.duties import Finding
from fener.norms.duties import duties as pack
from fener.trust.decorators import StaffRequest, staff

HERE = "network:duties"


@staff
@require_GET
def matrix(request: StaffRequest) -> HttpResponse:
    """The matrix of today, or of ``?on=`` a day."""
    on = _day(request.GET.get("on", "")) or timezone.localdate()
    found, today = selectors.matrix(request.actor, on), timezone.localdate()
    can = may(request, "network.duty.record")
    told = list(zip(found.findings, findings_in_words(found), strict=True))
    context = {
        "on": on,
        "past": on != today,
        "findings": [words for one, words in told if one.code != "standard"],
        "standard": [words for one, words in told if one.code == "standard"],
        "table": _matrix_table(found, can=can and on == today),
        "confirm": [_to_confirm(one) for one in _waiting(request, found)],
        "history": _history(request),
        "may_record": can,
        "version": found.pack.version,
        "source": list(found.pack.source),
    }
    return page(request, "duties", context, here=HERE)


def _day(raw: str) -> Any:
    try:
        return parse_date(raw)
    except ValueError:
        return None


def findings_in_words(found: Matrix) -> list[dict[str, Any]]:
    """What is wrong with the matrix, the worst first: each a sentence with the stage and the bodies."""
    return [_in_words(found, one) for one in found.findings]


def _in_words(found: Matrix, one: Finding) -> dict[str, Any]:
    stage = found.pack.stage(one.stage)
    names = ", ".join(body.short_name for body in found.names(one))
    kinds = ", ".join(str(Organisation.Sector(sector).label) for sector in one.sectors)
    values = {"stage": _(stage.label), "bodies": names, "sectors": kinds}
    sentences = {
        "no_accountable": _("%(stage)s: nobody is accountable."),
        "two_accountable": _("%(stage)s: more than one body is accountable: %(bodies)s. There has to be exactly one."),
        "not_active": _("%(stage)s: a duty lies with a body that is not active any more: %(bodies)s."),
        "no_basis": _("%(stage)s: a duty rests on no law and no agreement: %(bodies)s."),
        "one_sector": _("%(stage)s: one sector alone does the work (%(sectors)s)."),
        "no_state": _("%(stage)s: the state takes no part; it is left to %(bodies)s. The state answers for it."),
        "not_in_force": _("%(stage)s: a duty waits for an agreement to bind, or for a yes: %(bodies)s."),
        "standard": _("%(stage)s: by the standard these take part, and none has a duty: %(sectors)s."),
    }  # fmt: skip
    if one.code == "standard":  # told with its reason and source, and why it is asked
        duty = next(duty for duty in stage.standard if duty.sectors == one.sectors)
        why = {"rule": "duties/referral_mechanism", "version": found.pack.version, "source": duty.source}
        return finding(sentences["standard"] % values, kind="soon", why={**why, "text": _(duty.text)})
    kind = "soon" if one.code in ("not_in_force", "one_sector") else "overdue"
    return finding(sentences[one.code] % values, kind=kind)


def _matrix_table(found: Matrix, *, can: bool) -> Any:
    roles = [(role.value, str(role.label)) for role in Duty.Role]
    rows = [
        {
            "stage": _(row.stage.label),
            **{role: [_entry(duty, found, can=can) for duty in row.by(role)] or "" for role, _label in roles},
        }
        for row in found.stages
    ]
    return table(_("Who has which duty"), [("stage", _("Stage")), *roles], rows, _("The pack has no stage."))


def _entry(duty: Duty, found: Matrix, *, can: bool) -> dict[str, Any]:
    basis = duty.legal_basis or (duty.agreement.title if duty.agreement else _("no basis"))
    sub = f"{duty.what} ({basis})"
    if duty.within_hours:
        sub += " " + _("within %(hours)s h") % {"hours": duty.within_hours}
    if not duty.organisation.active_on(found.on):
        sub += " · " + _("not active")
    elif not counts_on(duty, found.on):
        sub += " · " + _("does not bind")
    shown: dict[str, Any] = {"text": duty.organisation.short_name, "sub": sub}
    if can:
        shown |= {"href": reverse("network:duty_end", args=[duty.pk]), "about": _("end this duty")}
    return shown


def _waiting(request: StaffRequest, found: Matrix) -> list[Duty]:
    """Duties that were carried over to the reader's own body and wait for its yes."""
    own = request.actor.keeper_id
    rows = [duty for row in found.stages for duty in row.duties if duty.organisation_id == own]
    return [duty for duty in rows if duty.awaits_confirmation and may(request, "network.duty.confirm", own)]


def _to_confirm(duty: Duty) -> dict[str, Any]:
    return {"what": duty.what, "href": reverse("network:duty_confirm", args=[duty.pk])}


def _history(request: StaffRequest) -> Any:
    stages = {stage.code: stage.label for stage in pack().stages}
    rows = [
        {
            "stage": _(stages.get(duty.stage, duty.stage)),
            "body": duty.organisation.short_name,
            "role": str(duty.get_role_display()),
            "what": duty.what,
            "period": period(duty.since, duty.until),
        }
        for duty in selectors.history(request.actor)[:100]
    ]
    columns = [("stage", _("Stage")), ("body", _("Body")), ("role", _("Role")), ("what", _("What")),
               ("period", _("From, until"))]  # fmt: skip
    return table(_("Duties that ended"), columns, rows, _("No duty has ended yet."))


@staff
def record(request: StaffRequest) -> HttpResponse:
    """A duty, with its law or agreement."""
    agreements = agreement_selectors.agreements(request.actor).exclude(status=Agreement.Status.ENDED)
    form = DutyForm(
        request.POST or None,
        agreements=agreements,
        initial={"stage": request.GET.get("stage", ""), "agreement": request.GET.get("agreement", "")},
        **lists(request),
    )
    return map_form(
        request,
        form=form,
        act="network.duty.record",
        run=lambda data: services.record_duty(actor=request.actor, **data),
        title=_("Record a duty"),
        lead=_("At each stage exactly one body is accountable; others work, are asked or are told."),
        back=reverse(HERE),
    )


@staff
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """The last day of a duty."""
    duty = selectors.duty(request.actor, pk)
    return map_form(
        request,
        form=DayForm(request.POST or None),
        act="network.duty.end",
        run=lambda data: services.end_duty(actor=request.actor, duty=duty, until=data["until"]),
        title=_("End a duty"),
        eyebrow=duty.organisation.short_name,
        lead=duty.what,
        back=reverse(HERE),
        submit=_("End the duty"),
    )


@staff
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """A successor takes on a duty of the body that ended."""
    duty = selectors.duty(request.actor, pk)

    def run(_data: Mapping[str, Any]) -> None:
        services.confirm_duty(actor=request.actor, duty=duty)

    return map_form(
        request,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act="network.duty.confirm",
        organisation=duty.organisation,
        run=run,
        title=_("Take on a duty"),
        eyebrow=duty.organisation.short_name,
        lead=duty.what,
        back=reverse(HERE),
        submit=_("We take it on"),
    )
