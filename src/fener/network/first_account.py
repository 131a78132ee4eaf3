"""What the network sets up beside a node's first account: the organisation that runs the node."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from fener.network import services
from fener.network.models import Organisation
from fener.trust import accounts
from fener.trust.actor import SYSTEM
from fener.trust.errors import InvalidInput
from fener.trust.models import User
from fener.trust.roles import Role


def set_up(*, user: User, organisation: str) -> None:
    """The organisation, under keys of its own, with its first member as administrator: who opens no case.

    Raises InvalidInput.
    """
    keeper = accounts.create_keeper(actor=SYSTEM, first_member=user)
    try:
        body = services.create_organisation(
            actor=SYSTEM,
            keeper=keeper,
            name=organisation.strip(),
            short_name=organisation.strip()[:40],
            sector=Organisation.Sector.MECHANISM,
            country=settings.FENER_JURISDICTION,
        )
    except ValidationError as error:
        raise InvalidInput({"organisation": "; ".join(error.messages)}) from error
    services.add_member(
        actor=SYSTEM,
        organisation=body,
        user=user,
        roles=[Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN],
        since=timezone.localdate(),
    )
