"""Cases, their compartments, assessments and decisions: who may do what, in which relationship to the case.

Read with ``trust/policy.py``. What the table cannot say stands in the services: mandates (rule ID-19), living consents
(CO-03) and gates. The mechanism's co-ordinator reads facts and clocks of every case and opens nothing (DA-01).
Police and other front-line officers never see a case: they assess a *referral* that their desk accepted, and of it they
read the parts that it names.
"""

from __future__ import annotations

from fener.trust.compartments import Compartment as C
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import CASEWORK, Role

HOLDER = frozenset({R.ASSIGNED, R.SAME_ORGANISATION})
TEAM = HOLDER | {R.REFERRED_TO}
# A specialist works on the persons who were brought to them, and does not browse the organisation's files.
BROUGHT = frozenset({R.ASSIGNED, R.REFERRED_TO, R.GUARDIAN})
OFFICERS = frozenset({Role.FRONTLINE_OFFICER})

_SEES: tuple[tuple[set[Role], frozenset[R]], ...] = (
    ({Role.CASE_MANAGER, Role.SHELTER_WORKER}, TEAM),
    ({Role.HEALTH_WORKER, Role.LAWYER, Role.GUARDIAN}, BROUGHT),
)

_READING = [
    *(Row(act, roles, how) for act in ("case.list", "case.read", "case_file.read") for roles, how in _SEES),
    Row("case.list", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="Code, facts and clocks of the country; no names."),
    Row("case.read", {Role.MECHANISM_COORDINATOR}, {R.NODE}, note="Facts and clocks; not the file."),
    Row(
        "case.search",
        {Role.CASE_MANAGER, Role.SHELTER_WORKER},
        {R.SAME_ORGANISATION},
        note="By name, over the own organisation's blind index alone.",
    ),
    Row("who_knows.read", {Role.CASE_MANAGER}, HOLDER, note="To show it to the person: who knew what, when, why."),
    Row("who_knows.read", {Role.LAWYER, Role.GUARDIAN}, {R.ASSIGNED, R.GUARDIAN}),
]

_CASE = [
    Row(
        "case.open",
        {Role.CASE_MANAGER},
        {R.SAME_ORGANISATION},
        note="For the own organisation, on the person's consent.",
    ),
    Row("case.facts.update", {Role.CASE_MANAGER}, HOLDER),
    Row("case.assign", {Role.CASE_MANAGER}, HOLDER),
    Row("case.close", {Role.CASE_MANAGER}, HOLDER),
]

# act compartment.open: who reads which compartment. A grant that is alive must exist as well; the vault looks.
_OPENS: tuple[tuple[set[C], set[Role], frozenset[R], str], ...] = (
    ({C.IDENTITY, C.CONTACT, C.NARRATIVE, C.LEGAL, C.LOCATION}, {Role.CASE_MANAGER}, TEAM, ""),
    ({C.IDENTITY, C.CONTACT, C.LOCATION}, {Role.SHELTER_WORKER}, TEAM, ""),
    ({C.NARRATIVE}, {Role.SHELTER_WORKER}, BROUGHT, "What happened is told to those who work with the person."),
    ({C.HEALTH}, {Role.HEALTH_WORKER}, BROUGHT, "Rule HE-02: its own role, also where the file is kept."),
    ({C.IDENTITY, C.CONTACT}, {Role.HEALTH_WORKER}, BROUGHT, ""),
    ({C.IDENTITY, C.CONTACT, C.NARRATIVE, C.LEGAL}, {Role.LAWYER}, BROUGHT, ""),
    ({C.IDENTITY, C.CONTACT, C.LEGAL, C.LOCATION}, {Role.GUARDIAN}, BROUGHT, ""),
)
_WRITES: tuple[tuple[set[C], set[Role], frozenset[R]], ...] = (
    (set(C), {Role.CASE_MANAGER}, HOLDER),
    ({C.CONTACT, C.LOCATION}, {Role.SHELTER_WORKER}, HOLDER),
    ({C.HEALTH}, {Role.HEALTH_WORKER}, frozenset({R.ASSIGNED})),
    ({C.LEGAL}, {Role.LAWYER}, frozenset({R.ASSIGNED})),
)
_COMPARTMENTS = [
    *(Row("compartment.open", roles, how, compartments=parts, note=note) for parts, roles, how, note in _OPENS),
    *(Row("compartment.save", roles, how, compartments=parts) for parts, roles, how in _WRITES),
    Row(
        "referral_part.open",
        OFFICERS,
        {R.REFERRED_TO},
        compartments=set(C) - {C.HEALTH},
        note="What the person agreed that an assessor reads, named by the accepted referral; ends with the outcome.",
    ),
]

_IDENTIFICATION = [
    Row("information.record", CASEWORK, TEAM | {R.GUARDIAN}, note="What the person was told, by whoever told it."),
    Row(
        "assessment.record",
        {Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.HEALTH_WORKER},
        HOLDER,
        note="With the mandate to assess.",
    ),
    Row(
        "assessment.record",
        OFFICERS | {Role.CASE_MANAGER, Role.SHELTER_WORKER, Role.HEALTH_WORKER, Role.LAWYER},
        {R.REFERRED_TO},
        note="On a referral for an assessment or a decision that the desk accepted; with the mandate to assess.",
    ),
    Row("own_view.record", CASEWORK, TEAM | {R.GUARDIAN}, note="The person's own words, by whoever heard them."),
    Row("own_view.record", OFFICERS, {R.REFERRED_TO}),
    Row("status.decide", {Role.CASE_MANAGER}, TEAM, note="With the mandate to decide, and never on police alone."),
    Row("status.tell", CASEWORK, TEAM | {R.GUARDIAN}, note="That the decision was told, in which language."),
    Row("review.request", CASEWORK, TEAM | {R.GUARDIAN}, note="For the person; needs nobody's leave."),
    Row("review.answer", {Role.CASE_MANAGER}, TEAM, note="With the mandate, by somebody else than the first decider."),
    Row("age.dispute", CASEWORK, TEAM | {R.GUARDIAN}, note="Any doubt counts at once: presume a child."),
    Row("age.decide", {Role.CASE_MANAGER}, TEAM, note="With the mandate to assess."),
    Row("refusal.record", CASEWORK, TEAM | {R.GUARDIAN}),
    Row("clock.start", {Role.CASE_MANAGER}, HOLDER, job=True),
    Row("clock.extend", {Role.CASE_MANAGER}, HOLDER),
    Row("clock.end", {Role.CASE_MANAGER}, HOLDER, job=True),
]

ROWS: tuple[Row, ...] = (*_READING, *_CASE, *_COMPARTMENTS, *_IDENTIFICATION)
