"""Gives each request its actor, once; services and selectors take nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.network.selectors import actor_for
from fener.trust import elevation, fence, standing
from fener.trust.actor import ANONYMOUS


class ActorMiddleware:
    """Sets ``request.actor``: the signed-in user as a member of their organisation today, else somebody unknown.

    From here on the database is asked for that actor alone (``trust.fence``).
    """

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
        self._administration(request)
        with standing.standing_as(fence.standing_of(request.actor)):  # type: ignore[attr-defined]
            return self.get_response(request)

    @staticmethod
    def _administration(request: HttpRequest) -> None:
        """The administration session that runs in this browser: on the actor for services, on the request for pages."""
        request.administration = None  # type: ignore[attr-defined]
        if not hasattr(request, "session") or elevation.IN_SESSION not in request.session:
            return
        running = elevation.running_in(request, at=timezone.now())
        request.administration = running  # type: ignore[attr-defined]
        if running is not None:
            request.actor = replace(request.actor, elevation=running.pk)  # type: ignore[attr-defined]
        elif request.user.is_authenticated:
            messages.info(request, _("Your administration session is over. Begin another one if you need it."))
