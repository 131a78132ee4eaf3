"""To whom the rows of casework belong: what ``access.py`` and ``models/hiding.py`` say, in SQL (see ``trust.fence``).

A test compares them with the predicate and the querysets for every role and relationship.
"""

from __future__ import annotations

from fener.casework.access import LIST
from fener.network.models import Organisation
from fener.trust.fence import (
    AT,
    KEEPER,
    TODAY,
    USER,
    Rule,
    asks_for_itself,
    either,
    keeper_in,
    may,
    sql,
    through,
    user_in,
)
from fener.trust.policy import Relationship

SAME, NODE = Relationship.SAME_ORGANISATION, Relationship.NODE
REACHES = (
    *((LIST, each) for each in (NODE, SAME, Relationship.ASSIGNED, Relationship.GUARDIAN, Relationship.REFERRED_TO)),
    ("board.read", NODE),
    ("referral.list", SAME),
    ("desk.read", SAME),
    ("service_desk.read", SAME),
)

# Each of these sets is asked for once in a statement, and only where an earlier word did not decide. They look at every
# row (``asks_for_itself``), so that no policy asks a table whose policy asks back, and planning stays short.
# models/hiding.py: for whom a case is absent whatever their rights are.
HIDDEN = f"""
SELECT s.case_id FROM casework_shutout s
 WHERE s.ended_at IS NULL AND (s.user_id = {USER} OR s.organisation_id = {KEEPER})
UNION ALL
SELECT c.id FROM casework_case c
 WHERE c.protected AND NOT EXISTS (
   SELECT 1 FROM casework_protectedaccess p
    WHERE p.case_id = c.id AND p.user_id = {USER} AND p.ended_at IS NULL AND (p.until IS NULL OR p.until > {AT}))
"""  # noqa: S608 (constants)
IMMIGRATION = (
    f"(SELECT EXISTS (SELECT 1 FROM network_organisation o WHERE o.keeper_id = {KEEPER}"  # noqa: S608 (constants)
    f" AND o.sector = '{Organisation.Sector.IMMIGRATION.value}'))"
)
# access.live_access: what others gave to read, on a ground that is alive.
LENT = f"""
SELECT a.case_id FROM casework_caseaccess a
  LEFT JOIN trust_consent k ON k.id = a.consent_id
  LEFT JOIN trust_disclosureoverride d ON d.id = a.override_id
 WHERE a.organisation_id = {KEEPER} AND a.relationship = 'referred_to' AND (
   (k.withdrawn_at IS NULL AND k.given_on <= {TODAY} AND k.until >= {TODAY})
   OR (NOT {IMMIGRATION} AND d.confirmed_at IS NOT NULL AND d.until >= {TODAY}))
"""  # noqa: S608 (constants)
# models/scopes.carried_by.
CARRIED = f"""
SELECT g.case_id FROM casework_caseassignment g
  JOIN casework_caseaccess a ON a.case_id = g.case_id AND a.organisation_id = {KEEPER}
   AND a.relationship = 'same_organisation'
 WHERE g.user_id = {USER} AND g.until IS NULL AND NOT EXISTS (
   SELECT 1 FROM casework_leavecovercase l JOIN casework_leavecover v ON v.id = l.leave_id
    WHERE l.assignment_id = g.id AND v.until < {TODAY})
"""  # noqa: S608 (constants)
ANSWERING = f"""
SELECT r.case_id FROM casework_referral r
 WHERE r.to_organisation_id = {KEEPER} AND r.state IN ('offered', 'accepted')
   AND ({may("service_desk.read", SAME)} OR r.kind = 'assessment')
"""  # noqa: S608 (constants)
SHOWN = "{row}.id NOT IN (SELECT fener_hidden_cases())"
CARRIES = f"({may(LIST, Relationship.ASSIGNED)} OR {may(LIST, Relationship.GUARDIAN)})"
# CaseQuerySet.reachable_by, for a row of casework_case. That the organisation of a case is the one with the
# relationship "same organisation" is what CaseQuerySet.held_by_own relies on as well.
REACHED = f"""({SHOWN} AND (
    ({may(LIST, NODE)} AND NOT {{row}}.protected AND NOT {IMMIGRATION})
    OR ({{row}}.organisation_id = {KEEPER} AND {USER} IS NOT NULL AND (
      {may(LIST, SAME)} OR ({CARRIES} AND {{row}}.id IN (SELECT fener_carried_cases()))))
    OR ({may(LIST, Relationship.REFERRED_TO)} AND {USER} IS NOT NULL AND {{row}}.id IN (SELECT fener_lent_cases()))))"""
# Whoever answers an offer works with its row, and the row points at the case: of the case's own rows, this one alone.
AT_A_DESK = f"({may('desk.read', SAME)} AND {SHOWN} AND {{row}}.id IN (SELECT fener_answering_cases()))"
# ReferralQuerySet.
ON_REFERRAL = f"""(({may("board.read", NODE)}
  OR ({{row}}.from_organisation_id = {KEEPER} AND {may("referral.list", SAME)})
  OR ({{row}}.to_organisation_id = {KEEPER} AND {may("desk.read", SAME)}
      AND ({may("service_desk.read", SAME)} OR {{row}}.kind = 'assessment')))
  AND {{row}}.case_id NOT IN (SELECT fener_hidden_cases()))"""


def of_case(column: str = "case_id") -> Rule:
    """Whoever reaches the case sees the row. ``column`` holds the case's id (of a subject that is no case: nothing)."""
    return sql(
        f"EXISTS (SELECT 1 FROM casework_case c WHERE c.id = {{row}}.{column}"  # noqa: S608 (constants)
        f" AND {REACHED.replace('{row}', 'c')})"
    )


FUNCTIONS = (
    asks_for_itself("fener_hidden_cases", "", "SETOF uuid", HIDDEN),
    asks_for_itself("fener_lent_cases", "", "SETOF uuid", LENT),
    asks_for_itself("fener_carried_cases", "", "SETOF uuid", CARRIED),
    asks_for_itself("fener_answering_cases", "", "SETOF uuid", ANSWERING),
    asks_for_itself(
        "fener_reaches_case",
        "wanted uuid",
        "boolean",
        "SELECT EXISTS (SELECT 1 FROM casework_case c WHERE c.id = wanted"  # noqa: S608 (constants)
        f" AND {REACHED.replace('{row}', 'c')})",
    ),
    asks_for_itself(
        "fener_reaches_item",
        "wanted uuid",
        "boolean",
        "SELECT EXISTS (SELECT 1 FROM trust_sealeditem i WHERE i.id = wanted AND fener_reaches_case(i.subject_id))",
    ),
)
RULES = {
    "casework.Case": sql(f"{REACHED} OR {AT_A_DESK}"),
    "casework.CaseAccess": either(keeper_in("organisation"), of_case()),
    "casework.CaseAssignment": either(user_in("user"), of_case()),
    "casework.InformationGiven": either(user_in("told_by"), of_case()),
    "casework.AgeDispute": of_case(),
    "casework.Attachment": of_case(),
    "casework.Need": of_case(),
    "casework.Plan": of_case(),
    "casework.PlanItem": through("plan"),
    "casework.ServiceRecord": either(keeper_in("provider"), of_case()),
    "casework.Clock": of_case(),
    "casework.Assessment": either(keeper_in("organisation"), of_case()),
    "casework.StatusDecision": either(keeper_in("organisation"), of_case()),
    "casework.ReviewRequest": through("decision"),
    "casework.RefusalOfHelp": of_case(),
    "casework.Referral": either(sql(ON_REFERRAL), of_case()),
    "casework.ProtectionStep": of_case(),
    "casework.ProtectedAccess": either(user_in("user"), of_case()),
    "casework.OpeningRequest": either(user_in("requested_by"), keeper_in("organisation"), of_case()),
    "casework.OpeningVote": either(user_in("user"), through("request")),
    "casework.ShutOut": either(user_in("user"), keeper_in("organisation"), of_case()),
    "casework.SensitiveMark": of_case(),
    "casework.SecondPerson": either(user_in("asked_by"), of_case()),
    "casework.GlassBreak": either(user_in("user"), keeper_in("organisation"), of_case()),
    "network.DutyKept": of_case("subject_id"),
    "trust.Consent": of_case("subject_id"),
    "trust.DisclosureOverride": of_case("subject_id"),
    "trust.SealedItem": of_case("subject_id"),
    "trust.ItemGrant": sql("fener_reaches_item({row}.item_id)"),
}
EXEMPT: dict[str, str] = {}
