"""Promises of a case, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.safety.promise import Promise
from fener.trust.errors import Refused


def promises(reader: Reader) -> list[Promise]:
    """The promises of a case, the next due first. One query. Raises Refused."""
    access.require(reader.actor, "promise.list", reader.found)
    return list(Promise.objects.filter(case=reader.case).select_related("recorded_by").order_by("due_on", "made_on"))


def promise_of(case: Case, pk: UUID, act: str) -> Promise:
    """One promise of a case on which ``act`` was allowed. Raises Refused, hidden: that of another case looks absent."""
    found = Promise.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
