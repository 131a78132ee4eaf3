"""What every page gets: the menu (``menu.py``), the time, and whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from fener.trust.actor import ANONYMOUS
from fener.web import menu
from fener.web.demo.mechanism import read_accounts


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of ``web/base.html``. Costs no query; ``demo_accounts`` reads its file where a page asks for it."""
    actor = getattr(request, "actor", ANONYMOUS)
    # What is refused before anybody is known (a form from elsewhere) has a page too.
    user = getattr(request, "user", None)
    return {
        "nav": menu.places(actor, request.path) if actor.user_id is not None else [],
        "who": user.get_full_name() if user and user.is_authenticated else "",
        "now": timezone.now(),
        "demo": settings.FENER_DEMO,
        "demo_accounts": read_accounts,
        "actor": actor,
        "administration": getattr(request, "administration", None),
    }
