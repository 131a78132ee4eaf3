"""Back in after a forgotten password, for somebody who is not signed in: through the organisation, never by mail.

The pages answer everybody alike, whether there is such an account or not. Attempts are counted like those of signing
in.
"""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fener.network.forms.custody import AskForm, OrganisationCodeForm, TwoCodesForm
from fener.network.services import custody
from fener.trust.accounts import NewAccount
from fener.trust.errors import InvalidInput
from fener.trust.signing_in import attempts


@never_cache
def ask(request: HttpRequest) -> HttpResponse:
    """Ask the custodians. Every name gets the same answer."""
    form = AskForm(request.POST or None)
    # Asking is no failed attempt of the person: it is counted by where it comes from alone.
    if request.method == "POST" and form.is_valid() and _not_too_often(request, form, name=""):
        custody.ask_for_recovery(username=form.cleaned_data["username"])
        return render(request, "network/forgotten_asked.html")
    return render(request, "network/forgotten.html", {"form": form}, status=422 if request.method == "POST" else 200)


@sensitive_post_parameters()
@never_cache
def codes(request: HttpRequest) -> HttpResponse:
    """A new password with the codes of two custodians."""
    form = TwoCodesForm(request.POST or None)

    def run() -> NewAccount:
        told = form.cleaned_data
        return custody.complete_recovery(
            username=told["username"], codes=[told["first"], told["second"]], new_password=told["new_password"]
        )

    lead = _("Both custodians gave you a code, face to face. With the two you choose a new password.")
    return _let_in(request, form, run, title=_("Set a new password with two codes"), lead=lead)


@sensitive_post_parameters()
@never_cache
def organisation_code(request: HttpRequest) -> HttpResponse:
    """A new password with the organisation's printed code, which is used up."""
    form = OrganisationCodeForm(request.POST or None)

    def run() -> NewAccount:
        told = form.cleaned_data
        return custody.recover_with_organisation_code(
            username=told["username"], code=told["code"], new_password=told["new_password"]
        )

    lead = _(
        "The sheet from the safe, for the day on which nobody else can get in. It works once, and all custodians see "
        "at once that it was used and for whom."
    )
    return _let_in(request, form, run, title=_("Set a new password with the organisation's code"), lead=lead)


def _let_in(
    request: HttpRequest, form: forms.Form, run: Callable[[], NewAccount], *, title: str, lead: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and _not_too_often(request, form):
        try:
            account = run()
        except InvalidInput as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, str(text))
        else:
            attempts.passed(name=form.cleaned_data["username"], source=attempts.source_of(request))
            return render(request, "trust/recovery_code.html", {"code": account.recovery_code})
    context = {"form": form, "title": title, "lead": lead}
    return render(request, "network/forgotten_codes.html", context, status=422 if request.method == "POST" else 200)


def _not_too_often(request: HttpRequest, form: forms.Form, *, name: str | None = None) -> bool:
    counted = form.cleaned_data["username"] if name is None else name
    wait = attempts.begin(name=counted, source=attempts.source_of(request))
    if wait:
        form.add_error(None, attempts.in_words(wait))
    return not wait
