"""CH-19: a special procedure names every institution's part in a child's case."""

from __future__ import annotations

from fener.casework.models.children.guardianship import ChildPart
from fener.trust.actor import Actor
from tests.acceptance.test_ch_06_one_person_is_accountable import part
from tests.factories.children import child
from tests.factories.network import Mechanism


def test_ch_19_every_institutions_part_is_named(case_manager: Actor, mechanism: Mechanism) -> None:
    case = child(case_manager)
    wanted = {"child_protection": mechanism.social_work, "legal": mechanism.other_ngo, "shelter": mechanism.shelter}
    for code, body in wanted.items():
        part(case_manager, case, code, body)
    held = ChildPart.objects.filter(case=case, until__isnull=True)
    assert {one.part: one.organisation for one in held} == {code: body.organisation for code, body in wanted.items()}
