"""The data of the network, one file per aggregate."""

from fener.network.models.bodies import Mandate, Membership, Organisation
from fener.network.models.directory import OpeningHours, ServiceEntry, ServicePhone
from fener.network.models.services import Desk, Service

__all__ = [
    "Desk",
    "Mandate",
    "Membership",
    "OpeningHours",
    "Organisation",
    "Service",
    "ServiceEntry",
    "ServicePhone",
]
