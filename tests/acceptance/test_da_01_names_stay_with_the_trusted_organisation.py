"""DA-01: names stay with the organisation that the person trusted; the co-ordinator sees pseudonymous facts only."""

from __future__ import annotations

import pytest

from fener.casework.selectors import cases
from fener.casework.selectors.file import file
from fener.casework.services import compartments
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NotGranted, Refused
from fener.trust.policy import Relationship
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


def test_da_01_the_co_ordinator_sees_codes_facts_and_clocks_of_the_country(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert list(cases.visible(co_ordinator)) == [case]
    shown = file(co_ordinator, case.code)
    assert shown.relationship is Relationship.NODE
    assert shown.facts["age_at_contact"] == 34
    assert [c.code for c in shown.clocks] == ["recovery_reflection"]
    assert not shown.in_full
    assert (shown.consents, shown.assessments, shown.compartments, shown.assignments) == ((), (), (), ())


@pytest.mark.parametrize("compartment", Compartment)
@pytest.mark.parametrize(
    "role",
    [
        Role.MECHANISM_COORDINATOR,
        Role.STATISTICIAN,
        Role.AUDITOR,
        Role.ORGANISATION_ADMIN,
        Role.SYSTEM_ADMIN,
        Role.LAW_ENFORCEMENT_LIAISON,
    ],
)
def test_da_01_no_such_role_opens_anything_not_even_in_the_trusted_organisation(
    case_manager: Actor, mechanism: Mechanism, role: Role, compartment: Compartment
) -> None:
    case = CaseFactory(actor=case_manager)
    for body in (mechanism.co_ordination, mechanism.ngo):
        with pytest.raises((Refused, NotGranted)):
            compartments.open_compartment(actor=body.actor(role), case=case, compartment=compartment, purpose="keep")


def test_da_01_another_organisation_does_not_learn_that_the_case_exists(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    stranger = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    assert not cases.visible(stranger).exists()
    assert cases.search(stranger, "Ilić") == []
    with pytest.raises(Refused) as theirs:
        cases.get(stranger, case.code)
    with pytest.raises(Refused) as absent:
        cases.get(stranger, "0000-0000")
    assert (str(theirs.value), theirs.value.hidden) == (str(absent.value), absent.value.hidden)
    assert theirs.value.hidden
