"""To whom the rows of casework belong: the words of ``access.py`` and ``models/hiding.py`` in SQL (see ``trust.fence``).

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

# models/hiding.py: for whom a case is absent whatever their rights are. Few cases; asked once for a statement.
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
    f"(SELECT EXISTS (SELECT 1 FROM network_organisation o WHERE o.keeper_id = {KEEPER}"
    f" AND o.sector = '{Organisation.Sector.IMMIGRATION.value}'))"
)
# access.live_access, for a row ``a`` of another organisation's access.
LIVING = f"""(
  EXISTS (SELECT 1 FROM trust_consent k WHERE k.id = a.consent_id
          AND k.withdrawn_at IS NULL AND k.given_on <= {TODAY} AND k.until >= {TODAY})
  OR (NOT {IMMIGRATION} AND EXISTS (SELECT 1 FROM trust_disclosureoverride k WHERE k.id = a.override_id
          AND k.confirmed_at IS NOT NULL AND k.until >= {TODAY})))"""  # noqa: S608 (constants)


def _access(condition: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM casework_caseaccess a WHERE a.case_id = {row}.id"  # noqa: S608 (constants)
        f" AND a.organisation_id = {KEEPER} AND {condition})"
    )


OWN = _access("a.relationship = 'same_organisation'")
CARRIED = (
    "EXISTS (SELECT 1 FROM casework_caseassignment g WHERE g.case_id = {row}.id"  # noqa: S608 (constants)
    f" AND g.user_id = {USER} AND g.until IS NULL)"
)
# CaseQuerySet.reachable_by, for a row of casework_case.
REACHED = f"""(
  {{row}}.id NOT IN (SELECT fener_hidden_cases()) AND (
    ({may(LIST, NODE)} AND NOT {{row}}.protected AND NOT {IMMIGRATION})
    OR ({KEEPER} IS NOT NULL AND {USER} IS NOT NULL AND (
      ({may(LIST, SAME)} AND {OWN})
      OR (({may(LIST, Relationship.ASSIGNED)} OR {may(LIST, Relationship.GUARDIAN)}) AND {OWN} AND {CARRIED})
      OR ({may(LIST, Relationship.REFERRED_TO)} AND {_access(f"a.relationship = 'referred_to' AND {LIVING}")})))))"""
# Whoever answers an offer works with its row, and the row points at the case: of the case's own rows, this one alone.
AT_A_DESK = (
    "({row}.id NOT IN (SELECT fener_hidden_cases()) AND EXISTS (SELECT 1 FROM casework_referral r"  # noqa: S608
    f" WHERE r.case_id = {{row}}.id AND r.to_organisation_id = {KEEPER} AND r.state IN ('offered', 'accepted')))"
)
# ReferralQuerySet, but for what hides a case, which is asked beside it.
ON_REFERRAL = f"""(
  {may("board.read", NODE)}
  OR ({{row}}.from_organisation_id = {KEEPER} AND {may("referral.list", SAME)})
  OR ({{row}}.to_organisation_id = {KEEPER} AND {may("desk.read", SAME)}
      AND ({may("service_desk.read", SAME)} OR {{row}}.kind = 'assessment')))"""


def of_case(column: str = "case_id") -> Rule:
    """Whoever reaches the case sees the row. ``column`` holds the case's id (of a subject that is no case: nothing)."""
    return sql(
        f"EXISTS (SELECT 1 FROM casework_case c WHERE c.id = {{row}}.{column}"  # noqa: S608 (constants)
        f" AND {REACHED.replace('{row}', 'c')})"
    )


def reaches_case(column: str = "case_id") -> Rule:
    """The same by a function, for the tables that the rule of a case itself asks."""
    return sql(f"fener_reaches_case({{row}}.{column})")


FUNCTIONS = (
    asks_for_itself("fener_hidden_cases", "", "SETOF uuid", HIDDEN),
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
    "casework.CaseAccess": either(keeper_in("organisation"), reaches_case()),
    "casework.CaseAssignment": either(user_in("user"), reaches_case()),
    "casework.InformationGiven": either(user_in("told_by"), of_case()),
    "casework.AgeDispute": of_case(),
    "casework.Need": of_case(),
    "casework.Plan": of_case(),
    "casework.PlanItem": through("plan"),
    "casework.ServiceRecord": either(keeper_in("provider"), of_case()),
    "casework.Clock": of_case(),
    "casework.Assessment": either(keeper_in("organisation"), of_case()),
    "casework.StatusDecision": either(keeper_in("organisation"), of_case()),
    "casework.ReviewRequest": through("decision"),
    "casework.RefusalOfHelp": of_case(),
    "casework.Referral": sql(
        f"({{row}}.case_id NOT IN (SELECT fener_hidden_cases()) AND {ON_REFERRAL}) OR fener_reaches_case({{row}}.case_id)"
    ),
    "casework.ProtectionStep": of_case(),
    "casework.ProtectedAccess": either(user_in("user"), reaches_case()),
    "casework.OpeningRequest": either(user_in("requested_by"), keeper_in("organisation"), of_case()),
    "casework.OpeningVote": either(user_in("user"), through("request")),
    "casework.ShutOut": either(user_in("user"), keeper_in("organisation"), reaches_case()),
    "casework.SensitiveMark": of_case(),
    "casework.SecondPerson": either(user_in("asked_by"), of_case()),
    "casework.GlassBreak": either(user_in("user"), keeper_in("organisation"), of_case()),
    "trust.Consent": reaches_case("subject_id"),
    "trust.DisclosureOverride": reaches_case("subject_id"),
    "trust.SealedItem": of_case("subject_id"),
    "trust.ItemGrant": sql("fener_reaches_item({row}.item_id)"),
}
EXEMPT: dict[str, str] = {}
