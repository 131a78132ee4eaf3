"""The data of trust, one file per aggregate."""

from fener.trust.models.accounts import Keeper, KeeperMember, User
from fener.trust.models.audit import AuditChain, AuditEntry, AuditRoot, AuditRootLeaf
from fener.trust.models.consent import Consent, DisclosureOverride
from fener.trust.models.custody import (
    AccountRecovery,
    Custodian,
    CustodyNotice,
    CustodyNoticeSeen,
    KeyRotation,
    OrganisationCode,
    RecoveryApproval,
)
from fener.trust.models.elevation import AdministrationSession
from fener.trust.models.files import SealedFile
from fener.trust.models.once import SubmittedForm
from fener.trust.models.privacy import Erasure, RetentionPeriod
from fener.trust.models.runs import JobRun
from fener.trust.models.search import BlindToken
from fener.trust.models.shared import SharedValue
from fener.trust.models.signing_in import Attempts, BrowserSession
from fener.trust.models.vault import ItemGrant, SealedItem

__all__ = [
    "AccountRecovery",
    "AdministrationSession",
    "Attempts",
    "AuditChain",
    "AuditEntry",
    "AuditRoot",
    "AuditRootLeaf",
    "BlindToken",
    "BrowserSession",
    "Consent",
    "Custodian",
    "CustodyNotice",
    "CustodyNoticeSeen",
    "DisclosureOverride",
    "Erasure",
    "ItemGrant",
    "JobRun",
    "Keeper",
    "KeeperMember",
    "KeyRotation",
    "OrganisationCode",
    "RecoveryApproval",
    "RetentionPeriod",
    "SealedFile",
    "SealedItem",
    "SharedValue",
    "SubmittedForm",
    "User",
]
