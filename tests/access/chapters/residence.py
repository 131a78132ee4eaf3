"""Residence: a regime with two paths, and a permit that waits."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.residence.case_type import CaseType
from fener.casework.services.residence import conditions, permits, regimes, reunions
from fener.trust.actor import Actor

OF = {
    "casework:regime": "regime",
    "casework:permit": "permit",
    "casework:imposed": "imposed",
    "casework:case_type": "case type",
    "casework:reunion": "reunion",
}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """Italy's social path since today."""
    today = timezone.localdate()
    stay = regimes.begin_regime(actor=holder, case=case, code="IT-18-social", starts_on=today)
    permit = permits.apply_for_permit(actor=holder, stay=stay, phase="permit", applicant="person", on=today)
    imposed = conditions.Imposed(what="permit", kind="programme", by="law", stands="law", source="Art. 18", since=today)
    condition = conditions.record_condition(actor=holder, case=case, imposed=imposed)
    reunion = reunions.ask_reunion(actor=holder, case=case, relative="sibling", on=today)
    kind = CaseType.objects.create(case=case, kind="at_risk", on=today, recorded_by_id=holder.user_id)
    return {"case type": kind, "reunion": reunion, "regime": stay, "permit": permit, "imposed": condition}
