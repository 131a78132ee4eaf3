"""Charges and owed outcomes, as somebody may read them; and two figures over the node that name no case."""

from __future__ import annotations

from collections import Counter
from datetime import date
from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Assessment, Case
from fener.casework.models.justice.charge import Charge, OwedOutcome
from fener.casework.services.justice.charges import as_norms, trafficking
from fener.norms.answers import Finding, any_found
from fener.norms.path.charges import Share, below_range_share, lesser_share, trafficking_matches
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship
from fener.trust.standing import node_level

LOOK = "counts of charges; they name no case"


def charges(reader: Reader) -> list[Charge]:
    """The charges of a case, the latest act first. One query. Raises Refused."""
    access.require(reader.actor, "charge.list", reader.found)
    return list(Charge.objects.filter(case=reader.case).order_by("-act_on", "pk"))


def matches(reader: Reader) -> Finding:
    """Whether the elements of trafficking are found in this case. One query. Raises Refused."""
    access.require(reader.actor, "charge.list", reader.found)
    return trafficking(reader.case)


def outcomes(reader: Reader) -> list[OwedOutcome]:
    """What is owed and what was answered, the oldest first. One query. Raises Refused."""
    access.require(reader.actor, "owed_outcome.list", reader.found)
    return list(OwedOutcome.objects.filter(case=reader.case).order_by("due_on", "pk"))


def charge_of(case: Case, pk: UUID, act: str) -> Charge:
    """One charge of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = Charge.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


def outcome_of(case: Case, pk: UUID, act: str) -> OwedOutcome:
    """One owed outcome of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = OwedOutcome.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found


@node_level(reason=LOOK)
def shares(actor: Actor) -> tuple[Share, Share]:
    """Of charges where the elements match those for a lesser offence; of sentences those below the law (JU-02).

    Two queries. Raises Refused.
    """
    policy.require(actor, "board.read", Relationship.NODE)
    rows = list(Charge.objects.filter(case__in=Case.objects.for_figures(actor, reason=LOOK)).select_related("case"))
    assessed: dict[UUID, list[dict[str, dict[str, str]]]] = {}
    for case_id, answer in Assessment.objects.filter(
        by_person=False, case__in={row.case_id for row in rows}
    ).values_list("case_id", "qualification"):
        assessed.setdefault(case_id, []).append(answer)
    judged = [
        (
            as_norms(row),
            any_found(
                trafficking_matches(answer.get("elements", {}), child=row.case.treated_as_child)
                for answer in assessed.get(row.case_id, [])
            ),
        )
        for row in rows
    ]
    return lesser_share(judged), below_range_share(charge for charge, _matches in judged)


@node_level(reason=LOOK)
def missing_outcomes(actor: Actor, on: date) -> dict[str, int]:
    """How many outcomes each office owes whose day has passed (rule JU-03). One query. Raises Refused."""
    policy.require(actor, "board.read", Relationship.NODE)
    late = OwedOutcome.objects.filter(
        answered_on__isnull=True, due_on__lt=on, case__in=Case.objects.for_figures(actor, reason=LOOK)
    )
    return dict(Counter(late.order_by().values_list("office", flat=True)))
