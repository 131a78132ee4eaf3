"""Pages around one's own account: unlock, change the password, get back in with the printed code."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
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
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from fener.trust import accounts, session
from fener.trust.account_forms import ChangePasswordForm, RecoverForm, UnlockForm
from fener.trust.actor import Actor
from fener.trust.decorators import staff
from fener.trust.errors import InvalidInput
from fener.trust.models import User


@sensitive_post_parameters()
@staff
def unlock(request: HttpRequest) -> HttpResponse:
    """The password once more: the keys were put away after a while, or this browser never had them."""
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
    return _page(request, "trust/unlock.html", form, next=target)


@sensitive_post_parameters()
@staff
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password for the same key. Other browsers are signed out; this one stays."""
    form = ChangePasswordForm(request.POST or None)
    user = User.objects.get(username=request.user.get_username())
    if request.method == "POST" and form.is_valid():
        try:
            code = accounts.change_password(
                actor=Actor(user_id=user.pk, username=user.username),
                user=user,
                old_password=form.cleaned_data["old_password"],
                new_password=form.cleaned_data["new_password"],
            )
        except InvalidInput as error:
            _tell(form, error)
        else:
            user.refresh_from_db()
            update_session_auth_hash(request, user)
            if code:
                return render(request, "trust/first_code.html", {"code": code})
            messages.success(request, _("Your password is changed. Other browsers that were signed in are signed out."))
            return redirect("/")
    return _page(request, "account/password_change.html", form, first=user.must_change_password)


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
    if request.method == "POST":
        if not ratelimit.consume(
            request, action="reset_password", key=request.POST.get("username", "")[:60].casefold()
        ):
            too_many: HttpResponse = ratelimit.respond_429(request)
            return too_many
        if form.is_valid():
            try:
                account = accounts.reset_with_recovery_code(
                    username=form.cleaned_data["username"],
                    code=form.cleaned_data["code"],
                    new_password=form.cleaned_data["new_password"],
                )
            except InvalidInput as error:
                _tell(form, error)
            else:
                return render(request, "trust/recovery_code.html", {"code": account.recovery_code})
    return _page(request, "trust/recover.html", form)


def _page(request: HttpRequest, template: str, form: forms.Form, **context: object) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if request.method == "POST" else 200)


def _tell(form: forms.Form, error: InvalidInput) -> None:
    for field, text in error.errors.items():
        form.add_error(field if field in form.fields else None, str(text))
