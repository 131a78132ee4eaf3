"""Bodies that ended and who took over. What follows in cases is counted by casework, which this room does not know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network import access
from fener.network.models import AgreementParty, Duty, Organisation, Succession
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.models import Consent

if TYPE_CHECKING:
    from fener.trust.errors import Text

READ = "map.read"


def successions(actor: Actor) -> QuerySet[Succession]:
    """Every body that ended. Raises Refused."""
    access.require(actor, READ)
    return Succession.objects.select_related("organisation", "successor")


def succession(actor: Actor, organisation: Organisation) -> Succession:
    """The end of one body. Raises Refused where it has not ended."""
    found = successions(actor).filter(organisation=organisation).first()
    if found is None:
        raise Refused(act=READ)
    return found


def active_organisation(actor: Actor, pk: UUID) -> Organisation:
    """A body by its id. Raises Refused, the same for one that does not exist."""
    access.require(actor, READ)
    found = Organisation.objects.filter(pk=pk).first()
    if found is None:
        raise Refused(act=READ)
    return found


def carried_duties(actor: Actor, found: Succession) -> QuerySet[Duty]:
    """Duties that the successor has to confirm, or confirmed. Raises Refused."""
    access.require(actor, READ)
    return Duty.objects.filter(carried_from__organisation=found.organisation).select_related("organisation")


def carried_parties(actor: Actor, found: Succession) -> QuerySet[AgreementParty]:
    """Agreements in which the successor stands for the ended body. Raises Refused."""
    access.require(actor, READ)
    return AgreementParty.objects.filter(succeeds__organisation=found.organisation).select_related("agreement")


@dataclass(frozen=True)
class Consequence:
    """Something that the end of a body touches: how many, never which."""

    text: Text
    count: int


Counts = Callable[[Actor, Organisation], Iterable[Consequence]]
_rooms: dict[str, Counts] = {}


def provide(name: str, counts: Counts) -> None:
    """A room above this one says what it knows of a body's end. Called by its ``AppConfig.ready``."""
    _rooms[name] = counts


def consequences(actor: Actor, organisation: Organisation) -> list[Consequence]:
    """What the end of a body touches, in counts: consents that name it, then what other rooms know. Raises Refused."""
    access.require(actor, READ)
    living = Consent.objects.filter(
        recipient_id=organisation.pk, withdrawn_at__isnull=True, until__gte=timezone.localdate()
    )
    own = [
        Consequence(_("consents that name this body"), living.count()),
        Consequence(_("desks that are open"), organisation.desks.filter(open=True).count()),
    ]
    return [*own, *(one for counts in _rooms.values() for one in counts(actor, organisation))]
