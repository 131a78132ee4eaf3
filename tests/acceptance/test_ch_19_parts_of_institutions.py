"""CH-19: a special procedure names every institution's part in a child's case."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from fener.casework.access import relationships
from fener.casework.chapters.contract import Reader
from fener.casework.models import StatusDecision
from fener.casework.models.children.guardianship import ChildPart
from fener.casework.selectors.children.care import days_to_identification
from fener.trust.actor import Actor
from tests.acceptance.test_ch_06_one_person_is_accountable import part
from tests.factories.children import DAY, child, guarded
from tests.factories.network import Mechanism


def test_ch_19_every_institutions_part_is_named(case_manager: Actor, mechanism: Mechanism) -> None:
    case = child(case_manager)
    wanted = {"child_protection": mechanism.social_work, "legal": mechanism.other_ngo, "shelter": mechanism.shelter}
    for code, body in wanted.items():
        part(case_manager, case, code, body)
    held = ChildPart.objects.filter(case=case, until__isnull=True)
    assert {one.part: one.organisation for one in held} == {code: body.organisation for code, body in wanted.items()}


def test_ch_19_the_time_from_the_first_contact_to_the_identification_is_measured(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = child(case_manager)
    reader = Reader(case_manager, case, relationships(case_manager, case), timezone.now())
    assert days_to_identification(reader) is None
    case.opened_on = DAY - timedelta(days=12)
    body = mechanism.decider
    StatusDecision.objects.create(
        case=case,
        status="identified",
        previous_status="presumed",
        organisation=body.organisation,
        decided_by_id=case_manager.user_id,
        mandate=body.mandate("decide_status"),
        legal_basis="Act, article 5",
        criteria_version="1",
        decided_on=DAY,
        reasons=guarded(case_manager, case).who,
    )
    assert days_to_identification(reader) == 12
