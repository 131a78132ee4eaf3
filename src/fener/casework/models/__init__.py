"""The data of casework, one file per aggregate.

What a chapter of the case keeps stands in a package of its own beside this file (``models/safety/promise.py``), is
found here, and is imported from there.
"""

from fener.casework.models.assistance import Need, Plan, PlanItem, ServiceRecord
from fener.casework.models.attachment import Attachment
from fener.casework.models.case import AgeDispute, Case, CaseAccess, CaseAssignment, InformationGiven
from fener.casework.models.clock import Clock
from fener.casework.models.identification import Assessment, RefusalOfHelp, ReviewRequest, StatusDecision
from fener.casework.models.protection import (
    GlassBreak,
    OpeningRequest,
    OpeningVote,
    ProtectedAccess,
    ProtectionStep,
    SecondPerson,
    SensitiveMark,
    ShutOut,
)
from fener.casework.models.referral import Referral
from fener.trust.finding import inside

__all__ = [
    "AgeDispute",
    "Assessment",
    "Attachment",
    "Case",
    "CaseAccess",
    "CaseAssignment",
    "Clock",
    "GlassBreak",
    "InformationGiven",
    "Need",
    "OpeningRequest",
    "OpeningVote",
    "Plan",
    "PlanItem",
    "ProtectedAccess",
    "ProtectionStep",
    "Referral",
    "RefusalOfHelp",
    "ReviewRequest",
    "SecondPerson",
    "SensitiveMark",
    "ServiceRecord",
    "ShutOut",
    "StatusDecision",
]

FOUND = tuple(module.__name__ for module in inside(__name__))  # Django learns of every model by this
