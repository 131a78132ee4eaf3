"""The network's tables are a directory: who does what, where. None of their rows is about a person whom it helps."""

from __future__ import annotations

from fener.trust.fence import Rule

REACHES = ()
RULES: dict[str, Rule] = {}
DIRECTORY = "the mechanism's directory: bodies, their duties and their staff; nobody whom they help"
EXEMPT = {
    f"network.{name}": DIRECTORY
    for name in (
        "Organisation", "Membership", "Mandate", "AgreementParty", "Clause", "SharingRule", "CoordinationBody",
        "CoordinationMeeting", "ContactPoint", "CoverageEntry", "MappedService", "Desk", "Service", "Duty",
        "Invitation", "Succession", "ReturnTerms",
    )
}  # fmt: skip
