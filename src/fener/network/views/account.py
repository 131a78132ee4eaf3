"""One's own account: who one is here, the language of the pages, the password, the second step, the way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fener.network import selectors
from fener.trust import accounts, policy
from fener.trust.account_forms import AS_THE_BROWSER, LanguageForm
from fener.trust.custody import custodians
from fener.trust.decorators import StaffRequest, staff
from fener.trust.models import User
from fener.trust.policy import Relationship
from fener.trust.roles import Role
from fener.trust.signing_in import organisations
from fener.trust.submitting import form_page


@staff
def account(request: StaffRequest) -> HttpResponse:
    """Shows one's account; the form stores the language, for every device."""
    user = User.objects.get(username=request.user.get_username())
    form = LanguageForm(request.POST or None, initial={"language": user.language or AS_THE_BROWSER})

    def run(data: Mapping[str, Any]) -> str:
        accounts.change_language(actor=request.actor, user=user, language=chosen(data))
        return reverse("network:account")

    body = selectors.own_organisation(request.actor)
    roles = [str(role.label) for role in Role if role in request.actor.roles]
    rows = [
        {"key": _("Name"), "value": user.full_name},
        {"key": _("User name"), "value": user.username},
        {"key": _("Organisation"), "value": body.name if body else _("none today")},
        {"key": _("Roles"), "value": roles or _("none today")},
    ]
    context = {
        "rows": rows,
        "second_step": is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]),
        "organisation_sign_in": organisations.own(request.actor) or organisations.links(user),
        "custody": custodians.may(request.actor, "custody.read"),
        "colleagues": bool(policy.decide(request.actor, "account.list", Relationship.SAME_ORGANISATION)),
    }
    answer = form_page(
        request, template="network/account.html", form=form, act="account.language", run=run, context=context
    )
    if answer.status_code == 302:
        _in_this_browser(answer, chosen(form.cleaned_data))
    return answer


def chosen(data: Mapping[str, Any]) -> str:
    """The language's code; empty when the browser is to ask for it."""
    return "" if data["language"] == AS_THE_BROWSER else str(data["language"])


def _in_this_browser(answer: HttpResponse, language: str) -> None:
    """The sign-in page, which does not know who comes, speaks the same language from now on."""
    if not language:
        answer.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Strict")
    elif translation.check_for_language(language):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            samesite="Strict",
            secure=bool(settings.LANGUAGE_COOKIE_SECURE),
            httponly=True,
        )
