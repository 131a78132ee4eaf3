"""The only code that changes the network: bodies with what they may do and offer, and the people at work in them."""

from fener.network.services.bodies import create_organisation, end_mandate, give_mandate
from fener.network.services.people import (
    FirstSignIn,
    add_account,
    add_member,
    change_roles,
    end_membership,
    hand_on_key,
    set_account_active,
    set_up_body,
    take_key,
)
from fener.network.services.services import change_desk, change_service, create_desk, create_service

__all__ = [
    "FirstSignIn",
    "add_account",
    "add_member",
    "change_desk",
    "change_roles",
    "change_service",
    "create_desk",
    "create_organisation",
    "create_service",
    "end_mandate",
    "end_membership",
    "give_mandate",
    "hand_on_key",
    "set_account_active",
    "set_up_body",
    "take_key",
]
