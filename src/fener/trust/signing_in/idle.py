"""A form that arrives after nobody was at the keyboard for a while: the password first, then the form as it was typed.

The page that asks holds what was typed in hidden fields, so that it lies in the browser and nowhere else. Sent with the
right password, the request goes on to its page as if nothing had been. Without it nothing is carried out, and nothing
is shown but what the browser itself has just sent.
"""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.utils.translation import gettext as _

from fener.trust import session
from fener.trust.account_forms import UnlockForm

PREFIX = "fener-idle"
CSRF = "csrfmiddlewaretoken"


def password_first(request: HttpRequest) -> HttpResponse | None:
    """The page that asks for the password; None: it came along and is right, the request may go on."""
    form = UnlockForm(request.POST if f"{PREFIX}-password" in request.POST else None, prefix=PREFIX)
    if form.is_bound and form.is_valid():
        # The check that Django makes before a view runs, made before the password is looked at.
        strange = CsrfViewMiddleware(_nothing).process_view(request, _nothing, (), {})
        if strange is not None:
            return strange
        if _fits(request, form):
            request.POST = _without_password(request)  # type: ignore[assignment]
            session.resume(request)
            return None
    return _page(request, form)


def _fits(request: HttpRequest, form: UnlockForm) -> bool:
    try:
        if get_adapter(request).reauthenticate(request.user, form.cleaned_data["password"]):
            return True
        form.add_error("password", _("This is not your password. Try again."))
    except ValidationError as error:  # too many attempts
        form.add_error(None, error)
    return False


def _page(request: HttpRequest, form: UnlockForm) -> HttpResponse:
    # Passwords are not given back to a page that somebody else may be looking at.
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name != CSRF and "password" not in name.casefold()
        for value in values
    ]
    context = {
        "form": form,
        "typed": typed,
        "files": bool(request.FILES),
        "to": request.get_full_path(),
        "method": request.method,
    }
    return render(request, "trust/idle.html", context, status=403)


def _without_password(request: HttpRequest) -> QueryDict:
    rest = request.POST.copy()
    rest.pop(f"{PREFIX}-password", None)
    rest._mutable = False
    return rest


def _nothing(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
