"""Who may reach a view at all: somebody who signed in. What they may see there is the policy's matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from fener.trust.actor import Actor

if TYPE_CHECKING:
    from fener.trust.keys import Keyring


class StaffRequest(HttpRequest):
    """A request of somebody who signed in, as the middleware leaves it."""

    actor: Actor
    keyring: Keyring | None


P = ParamSpec("P")
# What a form carries that nobody typed.
_MARKS = {"csrfmiddlewaretoken", "once"}


def staff(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Sends somebody who is not signed in to the sign-in page; nothing of the answer is kept by browser or proxy."""

    @wraps(view)
    def signed_in(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST" and set(request.POST) - _MARKS:
                # The session ended while somebody was writing: the page gives back what they typed.
                return render(request, "web/expired.html", status=403)
            # The address may be stale or hold a case's code: it is not carried along.
            return redirect_to_login("/", settings.LOGIN_URL)
        return view(cast(StaffRequest, request), *args, **kwargs)

    # never_cache: Cache-Control no-store, so that "back" after signing out shows nothing.
    return never_cache(signed_in)
