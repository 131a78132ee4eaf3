"""A case goes under witness protection, or comes out again: one asks, another answers."""

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
from fener.casework.domain.codes import alias_label
from fener.casework.forms.protection import AnswerForm, ProtectForm, ReleaseForm
from fener.casework.models import Case, ProtectionStep
from fener.casework.selectors import protected_place
from fener.casework.selectors.colleagues import colleagues, managers
from fener.casework.services.protection import witness
from fener.casework.views import shown
from fener.casework.views.common import case_for, case_form, case_url
from fener.trust.decorators import StaffRequest, staff
from fener.trust.models import User
from fener.trust.submitting import form_page


@staff
def propose(request: StaffRequest, code: str) -> HttpResponse:
    """Ask a colleague. Until they say yes, nothing changes."""
    case = case_for(request, code, "protection.propose")
    others = managers(request.actor, timezone.localdate()).exclude(pk=user_id(request.actor))
    form: ProtectForm | ReleaseForm
    if case.protected:
        form = ReleaseForm(request.POST or None, managers=others.filter(pk__in=_keepers(case)))
    else:
        everybody = colleagues(request.actor, timezone.localdate()).exclude(pk=user_id(request.actor))
        form = ProtectForm(request.POST or None, managers=others, colleagues=everybody)
    kind = ProtectionStep.Kind.RELEASE if case.protected else ProtectionStep.Kind.PROTECT

    def run(data: Mapping[str, Any]) -> str:
        witness.propose(actor=request.actor, case=case, kind=kind, **data)
        return case_url(case)

    return case_form(
        request,
        case,
        form=form,
        act="protection.propose",
        run=run,
        template="casework/protection/propose.html",
        title=_("Take out of witness protection") if case.protected else _("Put under witness protection"),
        submit=_("Ask the second person"),
        danger=not case.protected,
        context={"keepers": _names(case), "protected": case.protected, "waits": _open_step(case)},
    )


def _keepers(case: Case) -> Any:
    return witness.keepers_of(case, timezone.now()).values("user_id")


def _names(case: Case) -> list[dict[str, Any]]:
    if not case.protected:
        return []
    rows = witness.named_now(case, timezone.now()).select_related("user").order_by("since")
    return [{"name": row.user.full_name, "until": row.until} for row in rows]


def _open_step(case: Case) -> ProtectionStep | None:
    found = ProtectionStep.objects.filter(case=case, answered_at__isnull=True)
    return found.select_related("second", "proposed_by").first()


@staff
def answer(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The second person looks at it and says yes or no."""
    step = protected_place.step(request.actor, pk)
    names = User.objects.filter(pk__in=step.keepers).order_by("full_name").values_list("full_name", flat=True)
    into = step.kind == ProtectionStep.Kind.PROTECT

    def run(data: Mapping[str, Any]) -> str:
        done = witness.answer(actor=request.actor, step=step, yes=data["answer"] == "yes")
        return reverse("casework:protected") if done.confirmed and into else case_url(done.case)

    return form_page(
        request,
        template="casework/protection/step.html",
        form=AnswerForm(request.POST or None),
        act=f"protection.confirm:{pk}",
        run=run,
        context={
            "title": _("Put under witness protection?") if into else _("Take out of witness protection?"),
            "case": step.case,
            "alias": alias_label(step.case.alias),
            "step": step,
            "into": into,
            "names": list(names),
            "reason_href": shown.words_link(step.case, step.reason),
            "submit": _("Answer"),
            "danger": True,
            "cancel": reverse("casework:protected"),
        },
    )


@staff
@require_POST
def withdraw(request: StaffRequest, code: str) -> HttpResponse:
    """Whoever asked takes it back before it was answered."""
    case = case_for(request, code, "protection.propose")
    step = _open_step(case)
    if step is not None:
        witness.withdraw_proposal(actor=request.actor, step=step)
    return HttpResponseRedirect(case_url(case))


@staff
@require_POST
def leave(request: StaffRequest, code: str) -> HttpResponse:
    """One of those who are named needs to see it no longer."""
    case = case_for(request, code, "protected.leave")
    witness.leave(actor=request.actor, case=case)
    return HttpResponseRedirect(reverse("casework:protected"))
