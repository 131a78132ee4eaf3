"""Pages around one's own account: unlock, change the password, get back in with the printed code."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from fener.trust import accounts, session
from fener.trust.account_forms import ChangePasswordForm, RecoverForm, UnlockForm
from fener.trust.actor import Actor
from fener.trust.decorators import StaffRequest, staff
from fener.trust.errors import InvalidInput
from fener.trust.models import User
from fener.trust.signing_in import attempts, browsers, organisations


@sensitive_post_parameters()
@staff
def unlock(request: HttpRequest) -> HttpResponse:
    """The password once more: the keys were put away after a while, or this person came in without their password."""
    target = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None) or not target.startswith("/"):
        target = "/"
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if get_adapter(request).reauthenticate(request.user, form.cleaned_data["password"]):
                session.resume(request)
                return redirect(target)
            form.add_error("password", _("This is not your password. Try again."))
        except ValidationError as error:  # too many attempts
            form.add_error(None, error)
    idle = bool(request.session.get(session.IDLE))
    return _page(request, "trust/unlock.html", form, next=target, idle=idle)


@sensitive_post_parameters()
@staff
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password for the same key. Other browsers are signed out; this one stays.

    The old one is counted like an attempt to sign in: a session alone must not be enough to guess it.
    """
    form = ChangePasswordForm(request.POST or None)
    user = User.objects.get(username=request.user.get_username())
    who: dict[str, Any] = {"name": user.username, "source": attempts.source_of(request)}
    wait = attempts.begin(**who) if request.method == "POST" and form.is_valid() else None
    if wait:
        form.add_error(None, attempts.in_words(wait))
    elif wait is not None:
        try:
            code = accounts.change_password(
                actor=Actor(user_id=user.pk, username=user.username),
                user=user,
                old_password=form.cleaned_data["old_password"],
                new_password=form.cleaned_data["new_password"],
                new_keys=form.cleaned_data["new_keys"],
            )
        except InvalidInput as error:
            if "old_password" not in error.errors:  # it was right; the new one was not good enough
                attempts.passed(**who)
            _tell(form, error)
        else:
            attempts.passed(**who)
            user.refresh_from_db()
            if code:
                session.unlock(request, user, form.cleaned_data["new_password"])
            accounts.end_sessions(user, but=request.session.session_key)
            update_session_auth_hash(request, user)
            messages.success(request, _("Your password is changed. Other browsers that were signed in are signed out."))
            return render(request, "trust/new_keys.html", {"code": code}) if code else redirect("/")
    return _page(request, "account/password_change.html", form)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """The language of the pages: of this browser, and of everything that somebody who signed in sees from now on."""
    code = request.POST.get("language", "")
    user = request.user
    if isinstance(user, User) and code in dict(settings.LANGUAGES):
        accounts.change_language(actor=Actor(user_id=user.pk, username=user.username), user=user, language=code)
    return set_language(request)


@sensitive_post_parameters()
@never_cache
def recover(request: HttpRequest) -> HttpResponse:
    """Back in with the printed code. The code is used up; the one that takes its place is shown once."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        who = {"name": form.cleaned_data["username"], "source": attempts.source_of(request)}
        wait = attempts.begin(**who)
        if wait:
            form.add_error(None, attempts.in_words(wait))
        else:
            try:
                account = accounts.reset_with_recovery_code(
                    username=form.cleaned_data["username"],
                    code=form.cleaned_data["code"],
                    new_password=form.cleaned_data["new_password"],
                )
            except InvalidInput as error:
                if "code" not in error.errors:  # the code was right; the new password was not good enough
                    attempts.passed(**who)
                _tell(form, error)
            else:
                attempts.passed(**who)
                accounts.end_sessions(account.user)
                return render(request, "trust/recovery_code.html", {"code": account.recovery_code})
    return _page(request, "trust/recover.html", form)


@staff
@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    user = _own_account(request)
    found = browsers.browsers(user, this=request.session.session_key)
    return render(request, "trust/sessions.html", {"browsers": found, "others": len(found) > 1})


@staff
@require_POST
def end_session(request: HttpRequest, browser: int) -> HttpResponse:
    """Sign oneself out of another browser."""
    if browsers.end(_own_account(request), browser):
        messages.success(request, _("That browser is signed out. Its next page asks for the password."))
    return redirect("account_sessions")


@staff
@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """Sign oneself out everywhere else."""
    browsers.end_all(_own_account(request), but=request.session.session_key)
    messages.success(request, _("All other browsers are signed out. You are signed in here alone."))
    return redirect("account_sessions")


@staff
@require_GET
def organisation_sign_in(request: StaffRequest) -> HttpResponse:
    """Whether one may sign in with the organisation's own account, and the link between the two."""
    context = {"offered": organisations.own(request.actor), "links": organisations.links(_own_account(request))}
    return render(request, "trust/organisation_sign_in.html", context)


@staff
@require_POST
def unlink_organisation(request: StaffRequest) -> HttpResponse:
    """Take the link away."""
    if organisations.unlink(actor=request.actor, user=_own_account(request)):
        messages.success(request, _("Done. Your organisation's account no longer opens yours."))
    return redirect("account_organisation_sign_in")


def _own_account(request: HttpRequest) -> User:
    return User.objects.get(username=request.user.get_username())


def _page(request: HttpRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if request.method == "POST" else 200)


def _tell(form: forms.Form, error: InvalidInput) -> None:
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
