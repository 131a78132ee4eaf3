"""The data of the network, one file per aggregate."""

from fener.network.models.agreements import Agreement, AgreementParty, Clause, SharingRule
from fener.network.models.areas import Area, RiskArea
from fener.network.models.bodies import Mandate, Membership, Organisation
from fener.network.models.contacts import ContactPoint
from fener.network.models.coordination import CoordinationBody, CoordinationMeeting, CoordinationPost
from fener.network.models.coverage import CoverageEntry, MappedService
from fener.network.models.directory import OpeningHours, ServiceEntry, ServicePhone
from fener.network.models.duties import Duty, DutyKept
from fener.network.models.invitations import Invitation
from fener.network.models.return_terms import ReturnTerms
from fener.network.models.services import Desk, Service
from fener.network.models.succession import Succession

__all__ = [
    "Agreement",
    "AgreementParty",
    "Area",
    "Clause",
    "ContactPoint",
    "CoordinationBody",
    "CoordinationMeeting",
    "CoordinationPost",
    "CoverageEntry",
    "Desk",
    "Duty",
    "DutyKept",
    "Invitation",
    "Mandate",
    "MappedService",
    "Membership",
    "OpeningHours",
    "Organisation",
    "ReturnTerms",
    "RiskArea",
    "Service",
    "ServiceEntry",
    "ServicePhone",
    "SharingRule",
    "Succession",
]
