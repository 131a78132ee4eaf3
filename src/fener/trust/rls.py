"""To whom the rows of trust belong (see ``trust.fence``)."""

from __future__ import annotations

from fener.trust.fence import KEEPER, either, keeper_in, sql, through, user_in

REACHES = ()

# Rooms that know what a subject is add to these: a case's holder sees what was agreed and sealed in its case.
RULES = {
    "trust.Consent": keeper_in("holder", "recipient"),
    "trust.DisclosureOverride": keeper_in("holder", "recipient"),
    "trust.SealedItem": sql(
        f"EXISTS (SELECT 1 FROM trust_itemgrant g WHERE g.item_id = {{row}}.id AND g.keeper_id = {KEEPER})"  # noqa: S608
    ),
    "trust.ItemGrant": keeper_in("keeper"),
    "trust.BlindToken": keeper_in("keeper"),
    "trust.Erasure": either(keeper_in("holder"), user_in("proposed_by", "reviewed_by")),
    "trust.CustodyNotice": either(keeper_in("keeper"), user_in("by")),
    "trust.CustodyNoticeSeen": either(user_in("user"), through("notice")),
}
EXEMPT = {
    "trust.SealedFile": "random names and rounded sizes; what is swept must be seen whole, or a living file would go",
    "trust.KeeperMember": "keys of staff, each sealed to its own person; read to sign in, before anybody is somebody",
    "trust.Custodian": "who of the staff keeps an organisation's keys; everybody of it may know",
    "trust.AccountRecovery": "keys of staff; asked for by somebody who cannot sign in",
    "trust.OrganisationCode": "an organisation's own key under its printed code, asked for before anybody is somebody",
    "trust.KeyRotation": "counts of keys sealed anew; no person",
    "trust.AdministrationSession": "what administrators announce before they act, for everybody to see",
    "trust.RetentionPeriod": "an organisation's own rules; no person",
    "trust.AuditEntry": "only added, under triggers and chains; acts of people without access are written there too",
    "trust.AuditChain": "lengths and hashes; every writer of an audit entry must find its chain",
    "trust.AuditRootLeaf": "lengths and hashes, for the day's root",
    "trust.SubmittedForm": "random tokens of forms, and where they led",
    "trust.BrowserSession": "sign-ins of staff; read before anybody is somebody",
}
