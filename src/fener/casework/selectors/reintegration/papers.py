"""Papers and entitlements of a case, as somebody may read them."""

from __future__ import annotations

from datetime import date

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case, ServiceRecord
from fener.casework.models.reintegration.papers import PaperState
from fener.casework.services.reintegration.papers import standing
from fener.norms.services_catalogue import catalogue


def papers(reader: Reader) -> list[PaperState]:
    """Every entry, the oldest first. One query. Raises Refused."""
    access.require(reader.actor, "papers.list", reader.found)
    return list(PaperState.objects.filter(case=reader.case))


def help_with_papers(reader: Reader) -> list[ServiceRecord]:
    """Services that were offered for papers, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "papers.list", reader.found)
    kinds = [kind.code for kind in catalogue().services if kind.group == "documents"]
    return list(ServiceRecord.objects.filter(case=reader.case, kind__in=kinds).order_by("-offered_on", "pk"))


def states_on(case: Case, on: date) -> dict[str, str]:
    """How each line stands, for the form of somebody who may change it. One query."""
    return {item: row.state for item, row in standing(PaperState.objects.filter(case=case, on__lte=on)).items()}
