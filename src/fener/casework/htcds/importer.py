"""Drafts become cases, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from fener.casework.htcds.drafts import Draft, Report, Terms
from fener.casework.htcds.workbook import Problem
from fener.casework.models import Case
from fener.casework.services import cases
from fener.casework.services.consents import ConsentTerms
from fener.casework.services.information import InformationTerms
from fener.norms.htcds import htcds_mapping
from fener.trust import audit, policy, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import DomainError, GateClosed, InvalidInput
from fener.trust.models import Consent
from fener.trust.policy import Relationship

SLOT = "htcds"  # what another system recorded and Fener has no record of its own for, sealed as it came
# con_Consent of the standard says that the person was told what happens with their data; nothing more is claimed.
TOLD = ("who_will_know",)


class NotImported(DomainError):
    """The file has errors; nothing was written. The report lists them."""

    message = "The file has errors; nothing was imported."


def run(
    report: Report,
    *,
    actor: Actor,
    terms: Terms,
    at: datetime | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Open a case for each draft in one transaction; their codes stand in the report.

    With any error nothing is opened: raises NotImported (the report says where), Refused, Locked.
    """
    policy.require(actor, "case.import", Relationship.SAME_ORGANISATION)
    if report.errors:
        raise NotImported
    at = at or timezone.now()
    codes: list[str] = []
    with transaction.atomic():
        for done, draft in enumerate(report.drafts, start=1):
            try:
                codes.append(_open(draft, actor=actor, terms=terms, at=at).code)
            except (InvalidInput, GateClosed) as error:
                report.problems.extend(_problems(draft, error))
                raise NotImported from error
            progress(done, len(report.drafts))
        audit.record(
            actor=actor,
            act="case.import",
            chain=("keeper", actor.keeper_id) if actor.keeper_id else audit.NODE,
            subject_type="workbook",
            subject_id=None,
            detail={"standard": "HTCDS 2.0", "cases": len(codes)},
        )
    report.codes = codes
    return report


def _problems(draft: Draft, error: InvalidInput | GateClosed) -> list[Problem]:
    """What a service refused although the dry run saw nothing, at the columns that it names."""
    names = {column.code: column.name for column in htcds_mapping().columns}
    if isinstance(error, InvalidInput):
        told = {names.get(code, code): str(text) for code, text in error.errors.items()}
    else:
        told = {"": " ".join(c.text for c in error.result.conditions if c.met is not True) or str(error)}
    return [Problem(draft.row.sheet, draft.row.number, place, text) for place, text in told.items()]


def _open(draft: Draft, *, actor: Actor, terms: Terms, at: datetime) -> Case:
    guardian = draft.guardian_agreed(terms)
    told_in = draft.told_in(terms)
    case = cases.open_case(
        actor=actor,
        facts=draft.facts,
        language=draft.keep.spoken or draft.facts.get("primary_language") or told_in,
        interpreter=draft.keep.interpreter,
        keep_consent=ConsentTerms(
            until=draft.kept_until(terms),
            language=told_in,
            interpreter=draft.keep.interpreter,
            giver=Consent.Giver.GUARDIAN if guardian else Consent.Giver.PERSON,
            child_assent=True if guardian else None,
        ),
        information=InformationTerms(items=TOLD, language=told_in, interpreter=draft.keep.interpreter),
        compartments=draft.sealed,
        origin="import",
        status=draft.keep.status or draft.status,
        at=at,
    )
    if draft.elsewhere:
        _keep_elsewhere(actor, case, draft.elsewhere)
    if draft.state != Case.State.ACTIVE:
        case = cases.close_case(
            actor=actor, case=case, version=case.version, reason="closed_elsewhere", state=draft.state, at=at
        )
    return case


def _keep_elsewhere(actor: Actor, case: Case, content: Mapping[str, Any]) -> None:
    vault.seal(
        actor=actor,
        subject_id=case.pk,
        compartment=Compartment.NARRATIVE,
        slot=SLOT,
        content=content,
        for_keepers=[case.organisation_id],
    )
