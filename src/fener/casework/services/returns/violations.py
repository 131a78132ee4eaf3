"""What was done against a person on a journey becomes an incident by itself (rules RT-05, CH-08, CH-09, AC-02)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fener.casework.models.returns.journey import Journey
from fener.casework.services.safety.incidents import IncidentTerms, incident_follows
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor

# Who decided a removal -> code of the list ``incident_author``.
AUTHORS = {
    Journey.Office.POLICE: "police",
    Journey.Office.BORDER: "border_guard",
    Journey.Office.MIGRATION: "migration_authority",
    Journey.Office.COURT: "court",
    Journey.Office.OTHER: "other",
}
# What was missing at the departure -> the right (list ``right_violated``); a condition before its gate.
RIGHTS = {
    "removal.screening_recorded": "removed_unscreened",
    "removal.no_recovery_period_runs": "removed_in_recovery",
    "child_departure": "child_sent_unassessed",
    "departure.belongings_settled": "belongings_lost",
    "departure": "unprotected",
    "departure_after_test": "result_not_delivered",
}
BY_WHOM = {"police_only": "police", "border_only": "border_guard"}
FORCED, BY_POLICE = "forced_return", "child_handed_over_by_police"


def of_removal(actor: Actor, removal: Journey, day: date) -> None:
    """A removal that took place: one incident for each right that it violated, with who decided it."""
    for right in dict.fromkeys(_rights(removal)):
        terms = IncidentTerms(right=right, by=AUTHORS[Journey.Office(removal.office)], happened_on=day)
        incident_follows(actor=actor, case=removal.case, terms=terms)


def of_hand_over(actor: Actor, journey: Journey, day: date) -> None:
    """A child was handed over to its family by police or border guard alone."""
    by = BY_WHOM.get(journey.hand_over, "other")
    incident_follows(actor=actor, case=journey.case, terms=IncidentTerms(right=BY_POLICE, by=by, happened_on=day))


def _rights(removal: Journey) -> Iterator[str]:
    for missing in removal.despite:
        right = RIGHTS.get(missing) or RIGHTS.get(missing.partition(".")[0])
        if right:
            yield right
    if removal.kind in vocabulary("return_type").in_group("forced"):
        yield FORCED
