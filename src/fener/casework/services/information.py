"""What the person was told: items, language, interpreter, date, and the version of the texts (rule CO-01)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import told
from fener.casework.models import Case, InformationGiven
from fener.norms import gates
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput


@dataclass(frozen=True)
class InformationTerms:
    """One telling. ``items`` are codes of the pack ``rights_information``; ``told_on`` None: on the day of the act."""

    items: Sequence[str]
    language: str
    interpreter: str = ""
    told_on: date | None = None
    pack_version: str = ""


@transaction.atomic
def record_information(
    *, actor: Actor, case: Case, terms: InformationTerms, at: datetime | None = None
) -> InformationGiven:
    """Record what the person was told. Raises InvalidInput (unknown item, no language, a date to come), Refused."""
    at = at or timezone.now()
    access.require_on_case(actor, "information.record", case, at=at)
    return keep(actor=actor, case=case, terms=terms, on=timezone.localdate(at))


def keep(*, actor: Actor, case: Case, terms: InformationTerms, on: date) -> InformationGiven:
    """Store a telling as a part of an act whose own policy was checked; inside its transaction."""
    told_on = terms.told_on or on
    problems = problems_of(terms, on=on)
    if problems:
        raise InvalidInput(problems)
    row = InformationGiven.objects.create(
        case=case,
        items=[code for code in told.items() if code in set(terms.items)],
        pack_version=terms.pack_version or told.version(),
        language=terms.language.strip(),
        interpreter=terms.interpreter.strip(),
        told_on=told_on,
        told_by_id=access.user_id(actor),
    )
    audit.record(
        actor=actor,
        act="information.record",
        chain=("case", case.pk),
        subject_type="case",
        subject_id=case.pk,
        detail={"items": row.items, "version": row.pack_version, "language": row.language, "told_on": told_on},
    )
    return row


def problems_of(terms: InformationTerms, *, on: date) -> dict[str, Any]:
    """What is wrong with a telling, by field; empty when nothing is."""
    problems: dict[str, Any] = {}
    unknown = sorted(set(terms.items) - set(told.items()))
    if unknown:
        problems["items"] = _("There is no such point: %(codes)s.") % {"codes": ", ".join(unknown)}
    elif not terms.items:
        problems["items"] = _("Say what the person was told. Without it nothing can be agreed to.")
    if not terms.language.strip():
        problems["information_language"] = _("Say in which language it was told.")
    if terms.told_on is not None and terms.told_on > on:
        problems["told_on"] = _("This date lies in the future.")
    return problems


def require_told(case: Case, *, before: str = "assessment") -> gates.GateResult:
    """Before an assessment or a decision: everything on its list was told, in a language of the person (rule CO-01).

    Raises GateClosed, naming what is missing.
    """
    rows = list(case.information_given.all())
    known = {code for row in rows for code in row.items}
    spoken = spoken_by(case)
    result = gates.check(
        "assessment",
        {
            "information_told": set(told.needed(before, child=case.treated_as_child)) <= known,
            "language_understood": any(row.language in spoken or row.interpreter for row in rows),
            "telling_recorded": bool(rows),
        },
    )
    if not result.open:
        raise GateClosed(result)
    return result


def spoken_by(case: Case) -> set[str]:
    """The languages that the person understands, as codes."""
    told = (case.facts.get(code) for code in ("primary_language", "secondary_language"))
    return {case.language, *(str(code) for code in told if code)}
