"""CH-11: placing a child in detention, with offenders or outside child quarters is refused; a shelter comes first."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.children.placement import ChildPlacement
from fener.casework.services.children.placements import PlacementTerms, place_child
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import child
from tests.factories.network import Mechanism


def placed(actor: Actor, case: Case, kind: str = "foster_family", **more: Any) -> ChildPlacement:
    terms: dict[str, Any] = {"kind": kind, "since": timezone.now(), "offered_first": True, **more}
    return place_child(actor=actor, case=case, terms=PlacementTerms(**terms))


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        ("detention", {"not_in_detention", "child_quarters"}),
        ("with_offenders", {"not_with_offenders", "child_quarters"}),
        ("adult_shelter", {"child_quarters"}),
        ("institution", {"child_quarters"}),
    ],
)
def test_ch_11_a_child_is_never_placed_there(case_manager: Actor, kind: str, missing: set[str]) -> None:
    case = child(case_manager)
    with pytest.raises(GateClosed) as refused:
        placed(case_manager, case, kind, family_first=True)
    assert {one.code for one in refused.value.result.missing} == missing
    assert refused.value.result.override is None
    assert not ChildPlacement.objects.filter(case=case).exists()


def test_ch_11_a_specialised_shelter_is_offered_first(case_manager: Actor) -> None:
    case = child(case_manager)
    with pytest.raises(GateClosed) as refused:
        placed(case_manager, case, offered_first=False)
    assert {one.code for one in refused.value.result.missing} == {"specialised_shelter_offered_first"}
    placed(case_manager, case, "specialised_shelter", offered_first=False)
    placed(case_manager, case, none_exists=True, offered_first=False)
    assert ChildPlacement.objects.get(case=case, until__isnull=True).kind == "foster_family"


def test_ch_12_an_institution_comes_after_a_family(case_manager: Actor) -> None:
    case = child(case_manager)
    with pytest.raises(InvalidInput):
        placed(case_manager, case, "institution", quarters=True)
    placed(case_manager, case, "institution", quarters=True, family_first=True)


def test_ch_11_the_database_too_holds_no_child_in_detention(case_manager: Actor) -> None:
    row = placed(case_manager, child(case_manager))
    row.kind = "detention"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_ch_11_it_is_for_children_where_the_file_is_kept(case_manager: Actor, mechanism: Mechanism) -> None:
    with pytest.raises(InvalidInput):
        placed(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(Refused):
        placed(mechanism.shelter.actor(Role.CASE_MANAGER), child(case_manager))
