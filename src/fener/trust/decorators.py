"""Who may reach a view at all: somebody who signed in. What they may see there is the policy's matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def staff(view: View[P]) -> View[P]:
    """Sends somebody who is not signed in to the sign-in page; nothing of the answer is kept by a browser or a proxy."""

    @wraps(view)
    def signed_in(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            # The address may be stale or hold a case's code: it is not carried along.
            return redirect_to_login("/", settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    # never_cache: Cache-Control no-store, so that "back" after signing out shows nothing.
    return never_cache(signed_in)
