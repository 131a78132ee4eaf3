"""Trust's own acts: accounts, consent, overrides, the audit. Read with policy.py; rendered into docs/access.md."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import CASEWORK, Role

_MEETS_PEOPLE = frozenset(
    {Role.HELPLINE_OPERATOR, Role.FRONTLINE_OFFICER, Role.HEALTH_WORKER, Role.CASE_MANAGER, Role.SHELTER_WORKER}
)

_ADMINISTERS = frozenset({Role.SYSTEM_ADMIN, Role.ORGANISATION_ADMIN})

ROWS: list[Row] = [
    # -- consent ------------------------------------------------------------------------------------------------------
    Row(
        "consent.give",
        {Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.HEALTH_WORKER, Role.LAWYER},
        {R.ASSIGNED, R.SAME_ORGANISATION, R.REFERRED_TO},
        note="Recorded by whoever talks with the person.",
    ),
    Row("consent.give", {Role.GUARDIAN}, {R.GUARDIAN}, note="For the child, with the child's assent."),
    Row("consent.give", _MEETS_PEOPLE, {R.OWN}, note="At the first contact: in their own screening or call."),
    Row(
        "consent.withdraw",
        CASEWORK,
        {R.ASSIGNED, R.SAME_ORGANISATION, R.REFERRED_TO, R.GUARDIAN},
        note="Whoever hears it records it at once; it needs no reason and no second person.",
    ),
    Row("consent.withdraw", _MEETS_PEOPLE, {R.OWN}),
    # -- disclosure without consent -----------------------------------------------------------------------------------
    Row(
        "override.request",
        {Role.CASE_MANAGER},
        {R.ASSIGNED, R.SAME_ORGANISATION},
        note="Danger to life or a duty by law; legal basis, reason and a time limit.",
    ),
    Row(
        "override.confirm",
        {Role.CASE_MANAGER, Role.ORGANISATION_ADMIN},
        {R.ASSIGNED, R.SAME_ORGANISATION},
        note="A second person of the organisation that holds the file. Confirming opens nothing for the confirmer.",
    ),
    # -- audit --------------------------------------------------------------------------------------------------------
    Row("audit.read", {Role.AUDITOR}, {R.NODE, R.SAME_ORGANISATION}, note="The acts; never the cases."),
    # -- the node itself ----------------------------------------------------------------------------------------------
    Row("node.backup", {}, {R.NODE}, job=True, note="A command on the machine. Only custodians open what it writes."),
    Row("node.restore", {}, {R.NODE}, job=True, note="A command on the machine, into a clean place."),
    # -- accounts -----------------------------------------------------------------------------------------------------
    Row("account.create", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, elevated=True),
    Row(
        "account.create",
        {Role.SYSTEM_ADMIN},
        {R.NODE},
        elevated=True,
        note="The first account of an organisation; gives no key.",
    ),
    Row(
        "account.create_keeper",
        {Role.SYSTEM_ADMIN},
        {R.NODE},
        job=True,
        elevated=True,
        note="A body's keys go to its first member.",
    ),
    Row(
        "account.list",
        {Role.ORGANISATION_ADMIN, Role.CASE_MANAGER},
        {R.SAME_ORGANISATION},
        note="Colleagues, and who still waits for the key.",
    ),
    Row("account.list", {Role.SYSTEM_ADMIN}, {R.NODE}),
    Row("account.deactivate", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, elevated=True),
    Row("account.deactivate", {Role.SYSTEM_ADMIN}, {R.NODE}, elevated=True),
    Row("account.activate", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, elevated=True),
    Row("account.change_own", Role, {R.OWN}, note="Own password, language, second factor."),
    Row(
        "account.grant_key",
        {Role.CASE_MANAGER},
        {R.SAME_ORGANISATION},
        note="Somebody who can open passes the organisation's key on; the server's administrator cannot.",
    ),
    Row("account.grant_key", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, elevated=True),
    Row(
        "account.revoke_key",
        {Role.ORGANISATION_ADMIN},
        {R.SAME_ORGANISATION},
        elevated=True,
        note="Never the last person's.",
    ),
    # -- administration sessions --------------------------------------------------------------------------------------
    Row("administration.begin", _ADMINISTERS, {R.OWN}, note="A reason, a time, the password once more."),
    Row("administration.list", _ADMINISTERS, {R.OWN}, note="One's own."),
    Row("administration.list", Role, {R.CUSTODIAN}, note="Those of the own organisation."),
    Row("administration.list", {Role.AUDITOR}, {R.NODE}),
    # -- custody of a body's keys: whoever holds the key and is named; roles do not count ------------------------------
    Row("custody.read", Role, {R.CUSTODIAN}, note="What happened to the body's keys, and what waits."),
    Row(
        "custody.read", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, note="Sees who is named and what is missing."
    ),
    Row(
        "custody.custodian.name",
        {Role.ORGANISATION_ADMIN},
        {R.SAME_ORGANISATION},
        elevated=True,
        job=True,
        note="Only among those who hold the key already; every custodian is told.",
    ),
    Row("custody.recovery.file", Role, {R.CUSTODIAN, R.SAME_ORGANISATION}, note="For a colleague who asked."),
    Row("custody.recovery.approve", Role, {R.CUSTODIAN}, note="Two different ones, unlocked, never for oneself."),
    Row("custody.recovery.refuse", Role, {R.CUSTODIAN}, note="One is enough."),
    Row("custody.code.make", Role, {R.CUSTODIAN}, note="The organisation's printed code; the one before is destroyed."),
    Row("custody.rotation.begin", Role, {R.CUSTODIAN}, note="New keys for the organisation; the old ones end."),
    Row("custody.custodian.release", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, elevated=True),
]
