"""What the network sets up beside a node's first account: the organisation that runs the node."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from fener.network import services
from fener.network.models import Organisation
from fener.trust.actor import SYSTEM
from fener.trust.custody import custodians, printed
from fener.trust.errors import InvalidInput
from fener.trust.models import User
from fener.trust.roles import Role


def set_up(*, user: User, organisation: str) -> dict[str, str]:
    """The organisation, under keys of its own, with its first member as administrator: who opens no case.

    Returns what is shown once: the organisation's printed code, under what it is called.

    Raises InvalidInput.
    """
    keeper, code = printed.create_keeper_with_code(actor=SYSTEM, first_member=user)
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
    custodians.set_up_custodian(actor=SYSTEM, keeper_id=keeper.pk, user=user)
    return {"recovery code of the organisation": code}
