"""Who may reach a view at all: somebody who signed in. What they may see there is the policy's matter."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from fener.trust.actor import Actor

if TYPE_CHECKING:
    from fener.trust.keys import Keyring


class StaffRequest(HttpRequest):
    """A request of somebody who signed in, as the middleware leaves it."""

    actor: Actor
    keyring: Keyring | None


P = ParamSpec("P")


def staff(
    view: Callable[Concatenate[StaffRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Sends somebody who is not signed in to the sign-in page; nothing of the answer is kept by a browser or a proxy."""

    @wraps(view)
    def signed_in(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            # The address may be stale or hold a case's code: it is not carried along.
            return redirect_to_login("/", settings.LOGIN_URL)
        return view(cast(StaffRequest, request), *args, **kwargs)

    # never_cache: Cache-Control no-store, so that "back" after signing out shows nothing.
    return never_cache(signed_in)
