"""The data of trust, one file per aggregate."""

from fener.trust.models.accounts import Keeper, KeeperMember, User
from fener.trust.models.audit import AuditChain, AuditEntry, AuditRoot, AuditRootLeaf
from fener.trust.models.consent import Consent, DisclosureOverride
from fener.trust.models.once import SubmittedForm
from fener.trust.models.search import BlindToken
from fener.trust.models.vault import ItemGrant, SealedItem

__all__ = [
    "AuditChain",
    "AuditEntry",
    "AuditRoot",
    "AuditRootLeaf",
    "BlindToken",
    "Consent",
    "DisclosureOverride",
    "ItemGrant",
    "Keeper",
    "KeeperMember",
    "SealedItem",
    "SubmittedForm",
    "User",
]
