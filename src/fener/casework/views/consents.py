"""Consents: recorded as the sentence that was read out first, withdrawn in one act that says what it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fener.casework.domain.codes import alias_label
from fener.casework.forms.consents import ConsentForm
from fener.casework.models import Case
from fener.casework.selectors import file as files
from fener.casework.selectors.file import CaseFile, ConsentShown
from fener.casework.services import consents as services
from fener.casework.views.common import case_for, case_form, case_url
from fener.network import selectors as network
from fener.network.agreements import Limit, sharing_limit
from fener.norms import texts
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import NotGranted
from fener.trust.once import new_token
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose


@staff
def new(request: StaffRequest, code: str) -> HttpResponse:
    """Two steps: the parts of the sentence, then the whole sentence to be read out, and only then it is recorded."""
    case = case_for(request, code, "consent.give")
    form = ConsentForm(
        request.POST or None,
        case=case,
        organisations=network.organisations(request.actor),
        initial={name: request.GET[name] for name in ("recipient", "purpose") if name in request.GET},
    )
    asked = {"confirmed", "change"} & set(request.POST)
    if request.method == "POST" and not asked and form.is_valid():
        return _confirm(request, case, form)
    if "change" in request.POST and form.is_valid():
        return render(request, "casework/form.html", {**_words(case), "form": form, "token": new_token()})

    def run(_data: Mapping[str, Any]) -> str:
        services.record_consent(actor=request.actor, case=case, **form.terms())
        # A referral that waits for this sentence goes on where it stopped.
        back = request.GET.get("next", "")
        own = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
        return back if own else case_url(case, "agreed")

    words = {name: value for name, value in _words(case).items() if name not in ("case", "alias")}
    return case_form(request, case, form=form, act="consent.give", run=run, **words)


def _words(case: Case) -> dict[str, Any]:
    return {
        "case": case,
        "alias": alias_label(case.alias),
        "title": _("Record what the person agrees to"),
        "lead": _("The next page shows the whole sentence. Read it out before you record it."),
        "submit": _("Show the sentence"),
        "cancel": case_url(case, "agreed"),
    }


def _confirm(request: StaffRequest, case: Case, form: ConsentForm) -> HttpResponse:
    """The whole sentence with its plain words; the answers travel along as hidden fields.

    What an agreement does not allow is said before anything is read out to the person.
    """
    limit = _limit(case, form)
    if limit is not None and not limit.allowed:
        form.add_error(limit.field, str(limit.text))
        return render(request, "casework/form.html", {**_words(case), "form": form, "token": new_token()}, status=422)
    purpose = form.cleaned_data["purpose"]
    try:
        text: texts.ConsentText | None = texts.consent_text(purpose)
    except KeyError:
        text = None
    hidden = [(name, value) for name, values in request.POST.lists() if name in form.fields for value in values]
    context = {
        **_words(case),
        "title": _("This is what will be recorded"),
        "sentence": form.sentence(),
        "text": text,
        "hidden": hidden,
        "agreement": limit.text if limit is not None else "",
        "token": new_token(),
    }
    return render(request, "casework/consent_confirm.html", context)


def _limit(case: Case, form: ConsentForm) -> Limit | None:
    """What agreements say about it; None where nothing goes to another body. The service asks again."""
    data = form.cleaned_data
    if data["recipient"].pk == case.organisation_id:
        return None
    return sharing_limit(
        giver=case.organisation_id, receiver=data["recipient"].pk, compartments=data["compartments"],
        purpose=data["purpose"], on=timezone.localdate(), until=data["until"],
    )  # fmt: skip


def _one(file: CaseFile, pk: UUID) -> ConsentShown:
    found = next((one for one in file.consents if one.consent.pk == pk), None)
    if found is None:
        raise NotGranted
    return found


@staff
def withdraw(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """One act, no reason asked. The page says what it does, and that what was read cannot be unread."""
    case = case_for(request, code, "consent.withdraw")
    file = files.file(request.actor, code)
    one = _one(file, pk)
    keep = one.consent.purpose == Purpose.KEEP

    def run(_data: Mapping[str, Any]) -> str:
        services.withdraw(actor=request.actor, consent=one.consent)
        if file.relationship is Relationship.REFERRED_TO:
            return reverse("casework:cases")  # with the sentence the case itself is gone for a recipient
        return reverse("casework:consent", args=[case.code, pk])

    return case_form(
        request,
        case,
        form=forms.Form(request.POST if request.method == "POST" else None),
        act="consent.withdraw",
        run=run,
        title=_("Withdraw what was agreed"),
        template="casework/consent_withdraw.html",
        context={"one": one, "keep": keep, "consequence": services.KEEP_WITHDRAWN if keep else services.CANNOT_UNREAD},
        submit=_("Withdraw it now"),
        danger=True,
    )


@staff
@require_GET
def withdrawn(request: StaffRequest, code: str, pk: UUID) -> HttpResponse:
    """A sentence as it stands: whether it holds, and who still sees the case on another one."""
    file = files.file(request.actor, code)
    one = _one(file, pk)
    keep = one.consent.purpose == Purpose.KEEP
    same = [other for other in file.consents if other.live and other.consent.recipient_id == one.consent.recipient_id]
    context = {
        "case": file.case,
        "alias": alias_label(file.case.alias),
        "one": one,
        "consequence": services.KEEP_WITHDRAWN if keep else services.CANNOT_UNREAD,
        "still": [other.sentence for other in same if other.consent.pk != pk],
        "back": case_url(file.case, "agreed"),
    }
    return render(request, "casework/consent.html", context)
