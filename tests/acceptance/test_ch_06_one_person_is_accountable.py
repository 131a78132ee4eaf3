"""CH-06: each child has exactly one accountable person, child protection is a party, and split duties have a name."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fener.casework.models import Case
from fener.casework.models.children.guardianship import ChildPart
from fener.casework.models.line import CaseLine
from fener.casework.services.children.parts import PartTerms, end_part, flags_of, name_part
from fener.norms.path.flags import codes_of
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.roles import Role
from tests.factories.children import DAY, child
from tests.factories.network import Body, Mechanism


def part(actor: Actor, case: Case, code: str, body: Body, **more: Any) -> ChildPart:
    terms = PartTerms(part=code, organisation_id=body.organisation.pk, since=DAY, **more)
    return name_part(actor=actor, case=case, terms=terms)


def missing(case: Case) -> set[str]:
    return set(codes_of(flags_of(list(ChildPart.objects.filter(case=case)))))


def test_ch_06_exactly_one_person_is_accountable(case_manager: Actor, ngo: Body) -> None:
    case = child(case_manager)
    assert "not_one_accountable" in missing(case)
    with pytest.raises(InvalidInput):
        part(case_manager, case, "accountable", ngo)  # a body is no person
    first = part(case_manager, case, "accountable", ngo, person_id=case_manager.user_id)
    other = ngo.actor(Role.CASE_MANAGER)
    part(case_manager, case, "accountable", ngo, person_id=other.user_id)
    first.refresh_from_db()
    assert first.until == DAY
    assert "not_one_accountable" not in missing(case)
    assert ChildPart.objects.filter(case=case, part="accountable", until__isnull=True).count() == 1


def test_ch_06_the_database_too_holds_one_accountable_person(case_manager: Actor, ngo: Body) -> None:
    row = part(case_manager, child(case_manager), "accountable", ngo, person_id=case_manager.user_id)
    row.pk, row._state.adding = ChildPart._meta.pk.get_default(), True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_ch_06_a_child_is_never_left_without_the_accountable_person(case_manager: Actor, ngo: Body) -> None:
    row = part(case_manager, child(case_manager), "accountable", ngo, person_id=case_manager.user_id)
    with pytest.raises(InvalidInput):
        end_part(actor=case_manager, part=row, on=DAY)


def test_ch_06_the_child_protection_body_is_a_party(case_manager: Actor, mechanism: Mechanism) -> None:
    case = child(case_manager)
    with pytest.raises(InvalidInput):
        part(case_manager, case, "child_protection", mechanism.police)
    assert "no_protection_body" in missing(case)
    part(case_manager, case, "child_protection", mechanism.social_work)
    assert "no_protection_body" not in missing(case)


def test_ch_06_split_duties_have_a_name_and_the_gap_is_said(case_manager: Actor, mechanism: Mechanism) -> None:
    case = child(case_manager)
    for code in ("legal", "psychosocial", "residence", "health", "school"):
        part(case_manager, case, code, mechanism.other_ngo)
    assert "duty_unnamed" in missing(case)
    shelter = part(case_manager, case, "shelter", mechanism.shelter)
    assert "duty_unnamed" not in missing(case)
    (line,) = CaseLine.objects.filter(case=case, record="children.parts")
    assert line.params["named"] == 6
    assert line.urgent  # nobody is accountable yet
    end_part(actor=case_manager, part=shelter, on=DAY)
    assert "duty_unnamed" in missing(case)
