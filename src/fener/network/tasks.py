"""What the map asks of somebody today. The worklist is casework's, above this room; it takes these as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fener.network import access
from fener.network.models import ContactPoint
from fener.network.selectors import agreements, coordination
from fener.trust.actor import Actor

MOST = 20


@dataclass(frozen=True)
class MapTask:
    """One thing to do. ``due``: the day in whose course it is due; None: when there is time.

    A telephone number that nobody checked for a year is due today and not a year ago: persons who wait come first.
    """

    due: date | None
    text: str
    url_name: str
    args: tuple[Any, ...]
    kind: str


def _contact_words(contact: ContactPoint) -> str:
    if contact.verified_on is None:
        return _("Call or write, and say whether it is right: %(name)s (never verified)") % {"name": contact.name}
    return _("Call or write, and say whether it is right: %(name)s (last verified on %(day)s)") % {
        "name": contact.name,
        "day": date_format(contact.verified_on),
    }


def tasks(actor: Actor, today: date) -> Iterator[MapTask]:
    """Stale contact points (all for the co-ordinator, else one's own body's), agreements that wait for a yes."""
    node = access.may(actor, "network.contact.verify")
    own = actor.keeper_id is not None and access.may(actor, "network.contact.verify", actor.keeper_id)
    if node or own:
        stale = coordination.stale_contacts(actor, today)
        if not node:
            stale = stale.filter(organisation_id=actor.keeper_id)
        for contact in stale[:MOST]:
            yield MapTask(today, _contact_words(contact), "network:contacts", (), "contact")
    if actor.keeper_id is not None and access.may(actor, "network.agreement.confirm", actor.keeper_id):
        for one in agreements.waiting_for(actor)[:MOST]:
            text = _("Read an agreement, and confirm it for your body: %(title)s") % {"title": one.title}
            yield MapTask(None, text, "network:agreement", (one.pk,), "agreement")
