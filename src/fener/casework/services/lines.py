"""Lines of a case, made anew from the rows of one kind of record. A part of the act that changed them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from fener.casework.chapters.finding import records
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.services import clocks
from fener.norms.why import plain
from fener.trust.standing import node_level

WHOLE = "the lines of a case, whoever acts on it"


@node_level(reason=WHOLE)
def refresh(case: Case, *codes: str) -> None:
    """Make the lines of these kinds of record (``safety.promises``) anew, and the case's next date.

    Inside the transaction of an act whose own policy was checked, as its last step but the audit.
    """
    CaseLine.objects.filter(case=case, record__in=codes).delete()
    CaseLine.objects.bulk_create(
        CaseLine(case=case, record=code, **{**vars(new), "params": _as_kept(new.params)})
        for code in codes
        for new in records()[code].lines(case)
    )
    clocks.refresh_next_due(case)


def _as_kept(params: Mapping[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, UUID) else plain(value) for key, value in params.items()}


def rebuild(case: Case) -> None:
    """All lines of a case, for an import or after the words of a chapter changed what it keeps."""
    refresh(case, *records())
