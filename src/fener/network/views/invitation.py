"""Taking an invitation up: the code, then user name and password, then the recovery code, once.

The code is typed, never part of an address. Whoever typed a right one has half an hour for the next page.
"""

from __future__ import annotations

import time
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fener.network import services
from fener.network.forms.people import CodeForm, TakeUpForm
from fener.network.models import Invitation
from fener.trust.errors import InvalidInput
from fener.trust.signing_in import attempts, organisations

IN_SESSION = "fener_invitation"  # [id, until when the next page is open]
OPEN_SECONDS = 30 * 60


@sensitive_post_parameters()
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Type the code. Every code that does not open gets the same answer, after the same work."""
    if request.user.is_authenticated:
        return render(request, "network/invitation_signed_in.html")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        source = attempts.source_of(request)
        wait = attempts.begin(name="", source=source)
        if wait:
            form.add_error(None, attempts.in_words(wait))
        else:
            try:
                found = services.find(code=form.cleaned_data["code"], at=timezone.now())
            except InvalidInput as error:
                form.add_error("code", str(error.errors["code"]))
            else:
                attempts.passed(name="", source=source)
                request.session.cycle_key()
                request.session[IN_SESSION] = [str(found.pk), int(time.time()) + OPEN_SECONDS]
                return redirect("network:take_up_invitation")
    return render(request, "network/invitation.html", {"form": form}, status=422 if request.method == "POST" else 200)


@sensitive_post_parameters()
@never_cache
def take_up(request: HttpRequest) -> HttpResponse:
    """Choose user name and password; the account is made and its holder signed in."""
    found = _of(request)
    if found is None or request.user.is_authenticated:
        return redirect("network:invitation")
    form = TakeUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.take_up(
                invitation_id=found.pk,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["new_password"],
                language=request.LANGUAGE_CODE,
            )
        except InvalidInput as error:
            for name, text in error.errors.items():
                field = {"password": "new_password"}.get(name, name)
                form.add_error(field if field in form.fields else None, str(text))
        else:
            del request.session[IN_SESSION]
            return _welcome(request, taken, form.cleaned_data["new_password"])
    context = {"form": form, "one": found, "body": found.organisation or found.body}
    return render(request, "network/take_up.html", context, status=422 if request.method == "POST" else 200)


def _welcome(request: HttpRequest, taken: services.TakenUp, password: str) -> HttpResponse:
    user = taken.membership.user
    credentials = {"username": user.username, "password": password}
    try:
        if get_adapter(request).authenticate(request, **credentials) is not None:
            perform_password_login(request, credentials, Login(user=user))
    except ValidationError:  # this place has to wait: the account is made, and its holder signs in later
        pass
    offered = organisations.offered_by(taken.membership.organisation_id)
    context = {"taken": taken, "body": taken.membership.organisation, "organisation_sign_in": offered}
    return render(request, "network/taken_up.html", context)


def _of(request: HttpRequest) -> Invitation | None:
    kept, until = request.session.get(IN_SESSION) or ("", 0)
    if not kept or until < time.time():
        return None
    found = Invitation.objects.select_related("organisation").filter(pk=UUID(kept)).first()
    return found if found is not None and services.living(found, timezone.now()) else None
