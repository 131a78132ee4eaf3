"""Gives each request its actor, once; services and selectors take nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fener.network.selectors import actor_for
from fener.trust.actor import ANONYMOUS


class ActorMiddleware:
    """Sets ``request.actor``: the signed-in user as a member of their organisation today, else somebody unknown."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = getattr(request, "user", None)
        keyring = getattr(request, "keyring", None)
        request.actor = (  # type: ignore[attr-defined]
            actor_for(user=user, keyring=keyring, on=timezone.localdate())
            if user is not None and user.is_authenticated
            else ANONYMOUS
        )
        return self.get_response(request)
