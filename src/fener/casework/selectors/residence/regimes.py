"""Residence regimes of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.residence.regime import RegimeFact, RegimeStay
from fener.trust.errors import Refused


def regimes(reader: Reader) -> list[RegimeStay]:
    """The regimes of a case with their changes of path, open ones first. Two queries. Raises Refused."""
    access.require(reader.actor, "regime.read", reader.found)
    rows = RegimeStay.objects.filter(case=reader.case).prefetch_related("path_changes").order_by("starts_on", "pk")
    return sorted(rows, key=lambda row: row.ended_on is not None)


def facts(reader: Reader) -> list[RegimeFact]:
    """What is known of conditions, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "regime.read", reader.found)
    return list(RegimeFact.objects.filter(case=reader.case).order_by("-on", "-recorded_at"))


def regime_of(case: Case, pk: UUID, act: str) -> RegimeStay:
    """One regime of a case on which ``act`` was allowed. Raises Refused, hidden."""
    found = RegimeStay.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
