"""The data of casework, one file per aggregate."""

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
