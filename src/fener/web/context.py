"""What every page gets: the menu that this actor can use, the time, and whether this is a demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.trust import policy
from fener.trust.actor import ANONYMOUS
from fener.trust.policy import Relationship
from fener.web.demo.mechanism import read_accounts

# (route, words, act, relationships in any of which the act must be allowed): the menu shows what the table allows.
MENU = (
    ("web:today", _("Today"), "worklist.read", Relationship.OWN),
    ("contact:screening_start", _("Screening"), "screening.start", Relationship.OWN),
    ("contact:receipts", _("Sent"), "receipt.list", Relationship.OWN),
    ("contact:intakes", _("First contacts"), "intake.list", Relationship.SAME_ORGANISATION),
    ("casework:desk", _("Referrals to us"), "desk.read", Relationship.SAME_ORGANISATION),
    ("casework:cases", _("Cases"), "case.list", Relationship.SAME_ORGANISATION, Relationship.NODE),
    ("casework:protected", _("Protected"), "protected.list", Relationship.OWN),
    ("casework:glass_start", _("Danger to life"), "glass.start", Relationship.OWN),
    ("web:search", _("Search"), "case.search", Relationship.SAME_ORGANISATION),
    ("web:board", _("The country"), "board.read", Relationship.NODE),
    ("web:audit", _("Acts"), "audit.read", Relationship.NODE),
    ("casework:erasures", _("Erasures"), "erasure.list", Relationship.SAME_ORGANISATION),
    ("web:register", _("Register"), "register.read", Relationship.NODE, Relationship.SAME_ORGANISATION),
    ("network:directory", _("Services"), "directory.read", Relationship.NODE),
    ("network:administration", _("Administration"), "administration.list", Relationship.OWN, Relationship.NODE),
    ("network:map", _("Who does what"), "map.read", Relationship.NODE),
    ("network:own", _("My organisation"), "account.list", Relationship.SAME_ORGANISATION),
    ("network:bodies", _("Network"), "network.organisation.create", Relationship.NODE),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of ``web/base.html``. Costs no query; ``demo_accounts`` reads its file where a page asks for it."""
    actor = getattr(request, "actor", ANONYMOUS)
    # What is refused before anybody is known (a form from elsewhere) has a page too.
    user = getattr(request, "user", None)
    match = request.resolver_match
    here = f"{match.namespace}:{match.url_name}" if match and match.namespace else ""
    nav = []
    if actor.user_id is not None:
        nav = [
            {"text": words, "href": reverse(route), "current": route == here}
            for route, words, act, *relationships in MENU
            if any(policy.decide(actor, act, how).possible for how in relationships)
        ]
    return {
        "nav": nav,
        "who": user.get_full_name() if user and user.is_authenticated else "",
        "now": timezone.now(),
        "demo": settings.FENER_DEMO,
        "demo_accounts": read_accounts,
        "actor": actor,
        "administration": getattr(request, "administration", None),
    }
