"""Screenings of returnees as somebody may read them, and how many of those returned were screened."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fener.casework import access
from fener.casework.chapters.contract import Reader
from fener.casework.models import hiding
from fener.casework.models.returns.journey import Journey
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.standing import node_level


def departed(reader: Reader) -> list[Journey]:
    """Journeys of a case that began, each with its screening, the latest first. One query. Raises Refused."""
    access.require(reader.actor, "return_screening.list", reader.found)
    found = Journey.objects.filter(case=reader.case, departed_on__isnull=False)
    return list(found.select_related("screening").order_by("-departed_on", "pk"))


@dataclass(frozen=True)
class Screened:
    """Of people returned in one way or under one agreement: how many were screened, and how it ended for the others."""

    key: str  # code of return_type, or the agreement's id
    returned: int
    screened: int
    refused: int
    gone: int

    @property
    def without(self) -> int:
        """Of whom no outcome is recorded."""
        return self.returned - self.screened - self.refused - self.gone


@dataclass(frozen=True)
class ScreenedAgainstReturned:
    """By kind of return and, apart from it, by agreement. Kinds are never merged."""

    by_kind: tuple[Screened, ...]
    by_agreement: tuple[Screened, ...]


@node_level(reason="totals; they name no case")
def screened_against_returned(actor: Actor) -> ScreenedAgainstReturned:
    """How many of those returned were screened by the common protocol (RT-09, ID-30). One query. Raises Refused."""
    policy.require(actor, "returns_figures.read", Relationship.NODE)
    found = Journey.objects.filter(departed_on__isnull=False, case__protected=False)
    kinds: dict[str, list[str]] = defaultdict(list)
    agreements: dict[str, list[str]] = defaultdict(list)
    rows: Iterable[tuple[str, UUID | int | None, str | None]] = (
        found.exclude(hiding.shut_out(actor, "case"))
        .order_by("kind", "agreement__title", "agreement_id")
        .values_list("kind", "agreement_id", "screening__outcome")
    )
    for kind, agreement, outcome in rows:
        kinds[kind].append(outcome or "")
        if agreement is not None:
            agreements[str(agreement)].append(outcome or "")
    return ScreenedAgainstReturned(tuple(map(_row, kinds.items())), tuple(map(_row, agreements.items())))


def _row(item: tuple[str, list[str]]) -> Screened:
    key, outcomes = item
    count = Counter(outcomes)
    return Screened(key, len(outcomes), count["screened"], count["refused"], count["gone"])
