"""No date for testimony without protection for the witness and the family (rule WP-03, gate ``testimony_date``)."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services.gated import Facts, require_open
from fener.casework.services.safety.standing import plan_in_force
from fener.norms import gates
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor

GATE = "testimony_date"
GROUP = "testimony"  # of interview_purpose and of statement_kind: questions that are testimony


def needs_protection(code: str, vocabulary_id: str) -> bool:
    """Whether this purpose of an interview, or kind of statement, is testimony."""
    return code in vocabulary(vocabulary_id).in_group(GROUP)


def facts_for(case: Case, day: date) -> Facts:
    """Whether protection is in force on a day; for a day to come: as it stands today, as nobody knows more."""
    person, family, no_family_at_risk = plan_in_force(case, min(day, timezone.localdate()))
    return {
        "plan_for_witness_in_force": person,
        "plan_for_family_in_force": family,
        "no_family_at_risk": no_family_at_risk,
    }


def require_protection(actor: Actor, case: Case, day: date) -> None:
    """Go on only if the plan for witness and family is in force. Raises GateClosed; an attempt is an incident."""
    require_open(GATE, facts_for(case, day), actor=actor, case=case, day=day)


def missing_on(case: Case, day: date) -> list[str]:
    """The conditions that were not met on a day, by code."""
    return [one.code for one in gates.check(GATE, facts_for(case, day)).missing]
