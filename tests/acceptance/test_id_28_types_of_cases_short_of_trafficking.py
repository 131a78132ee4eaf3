"""ID-28: exploitation, smuggled and irregular are types of their own with rights and referral, and no blame."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import fener.casework
from fener.casework.models.case import InformationGiven
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.case_type import CaseType
from fener.casework.services.residence import case_types
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput
from fener.trust.roles import Role
from tests.casework.paths import need_of
from tests.casework.paths import offered as referred
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words


def test_id_28_each_has_a_type_of_its_own(case_manager: Actor) -> None:
    assert {"exploitation", "smuggled", "irregular", "trafficking"} <= set(vocabulary("case_type").codes())
    case = CaseFactory(actor=case_manager)
    case_types.set_type(actor=case_manager, case=case, kind="exploitation", on=days_ago(0))
    case_types.set_type(actor=case_manager, case=case, kind="trafficking", on=days_ago(0))  # more is known now
    assert CaseLine.objects.get(case=case, record="residence.case_types").params["kind"] == "trafficking"


@pytest.mark.parametrize("kind", ["smuggled", "irregular"])
def test_id_28_nobody_is_filed_as_smuggled_or_irregular_before_a_screening(case_manager: Actor, kind: str) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as closed:
        case_types.set_type(actor=case_manager, case=case, kind=kind, on=days_ago(0))
    assert closed.value.result.gate == "file_as_irregular"
    assess(case_manager, case)
    assert case_types.set_type(actor=case_manager, case=case, kind=kind, on=days_ago(0)).kind == kind


def test_id_28_rights_are_told_before_and_a_referral_is_due(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    InformationGiven.objects.filter(case=case).update(told_on=days_ago(-1))
    with pytest.raises(InvalidInput):
        case_types.set_type(actor=case_manager, case=case, kind="exploitation", on=days_ago(0))
    InformationGiven.objects.filter(case=case).update(told_on=days_ago(0))
    row = case_types.set_type(actor=case_manager, case=case, kind="exploitation", on=days_ago(0))
    assert CaseLine.objects.get(case=case, record="residence.case_types").due is not None
    with pytest.raises(InvalidInput):
        case_types.record_offer(actor=case_manager, row=row, declined=False, on=days_ago(0))
    need_of(case_manager, case)
    referred(case_manager, mechanism.shelter, case)
    done = case_types.record_offer(actor=case_manager, row=row, declined=False, on=days_ago(0))
    assert CaseLine.objects.get(case=case, record="residence.case_types").due is None
    with pytest.raises(AlreadyDone):
        case_types.record_offer(actor=case_manager, row=done, declined=True, on=days_ago(0))


def test_id_28_nothing_that_decides_about_help_reads_the_type() -> None:
    own = {"case_type.py", "case_types.py"}
    for path in Path(fener.casework.__file__).parent.rglob("*.py"):
        if path.name in own or "migrations" in path.parts:
            continue
        names = {getattr(node, "id", getattr(node, "attr", "")) for node in ast.walk(ast.parse(path.read_text()))}
        assert not names & {"CaseType", "case_types"} or path.parent.name == "residence", path


def test_id_28_it_is_read_where_the_file_is_kept_alone(
    case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]
) -> None:
    case = CaseFactory(actor=case_manager)
    row, client = (
        CaseType.objects.create(case=case, kind="exploitation", on=days_ago(0), recorded_by_id=case_manager.user_id),
        signed_in(case_manager),
    )
    page = reverse("casework:chapter", args=[case.code, "residence"])
    assert "Exploitation short of trafficking" in words(client.get(page).content.decode())
    for path in ("casework:case_type_new", "casework:case_type_offered"):
        args = [case.code] if path.endswith("new") else [case.code, row.pk]
        assert client.get(reverse(path, args=args)).status_code == 200
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert node.get(page).status_code == 404
