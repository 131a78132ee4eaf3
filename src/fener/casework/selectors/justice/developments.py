"""Developments of a case and the person's wish to be told, as somebody may read them."""

from __future__ import annotations

from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import Case
from fener.casework.models.justice.development import Development, TellingWish
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import Refused


def developments(reader: Reader) -> list[Development]:
    """The developments of a case that are for this reader, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "development.list", reader.found)
    rows = Development.objects.filter(case=reader.case).select_related("told_by")
    return [row for row in rows if is_for(reader.actor, row.kind)]


def is_for(actor: Actor, kind: str) -> bool:
    """Who works in a house learns of what may put the person in danger; of the proceedings nothing else."""
    return kind in vocabulary("development_kind").in_group("danger") or access.follows_proceedings(actor)


def wish(reader: Reader) -> TellingWish | None:
    """The person's latest word on being told. One query. Raises Refused."""
    access.require(reader.actor, "development.list", reader.found)
    return TellingWish.objects.filter(case=reader.case).order_by("-turn").first()


def development_of(case: Case, pk: UUID, act: str) -> Development:
    """One development of this case. Raises Refused, hidden: another case's looks absent."""
    found = Development.objects.filter(case=case, pk=pk).first()
    if found is None:
        raise Refused(act=act)
    found.case = case
    return found
