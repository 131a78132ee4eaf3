"""The only code that changes the network: bodies with what they may do and offer, and the people at work in them."""

from fener.network.services.bodies import create_organisation, end_mandate, give_mandate
from fener.network.services.invitations import Invited, TakenUp, find, invite, invite_body, living, revoke, take_up
from fener.network.services.leaving import end_membership
from fener.network.services.people import (
    add_member,
    change_roles,
    hand_on_key,
    set_account_active,
    take_key,
)
from fener.network.services.services import change_desk, change_service, create_desk, create_service

__all__ = [
    "Invited",
    "TakenUp",
    "add_member",
    "change_desk",
    "change_roles",
    "change_service",
    "create_desk",
    "create_organisation",
    "create_service",
    "end_mandate",
    "end_membership",
    "find",
    "give_mandate",
    "hand_on_key",
    "invite",
    "invite_body",
    "living",
    "revoke",
    "set_account_active",
    "take_key",
    "take_up",
]
