"""HE-02: health data is a compartment with its own role and its own consent, and is in no case export."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils import timezone

from fener.trust import consent as consents
from fener.trust import vault
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS, Compartment
from fener.trust.errors import NeedsConsent, NotGranted
from fener.trust.policy import Relationship, Row, expand, is_reading
from fener.trust.purposes import Purpose
from fener.trust.roles import OPENS_HEALTH, Role
from tests.trust.files import give_consent, seal
from tests.trust.people import make_keeper, make_person

pytestmark = pytest.mark.django_db


def test_he_02_only_the_health_role_reads_the_health_compartment() -> None:
    readers = {
        cell.role
        for cell in expand()
        if cell.allowed and cell.compartment is Compartment.HEALTH and is_reading(cell.act, compartment=True)
    }
    assert readers <= {Role.HEALTH_WORKER} == OPENS_HEALTH


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HEALTH_WORKER}))
def test_he_02_no_row_can_let_another_role_read_it(role: Role) -> None:
    with pytest.raises(ValueError, match="open"):
        Row("compartment.open", {role}, {Relationship.ASSIGNED}, {Compartment.HEALTH})


def test_he_02_a_consent_that_does_not_name_health_does_not_open_it() -> None:
    mira, doctor = make_person("mira"), make_person("doctor")
    ngo, clinic = make_keeper(mira), make_keeper(doctor)
    subject_id = uuid4()
    item = seal(mira.at(ngo), subject_id, Compartment.HEALTH, text="asthma")
    everything_else = [c for c in Compartment if c is not Compartment.HEALTH]
    without = give_consent(mira.at(ngo), subject_id, clinic, everything_else)

    def ground() -> object:
        return consents.ground_for(
            subject_id=subject_id,
            recipient_id=clinic.pk,
            purpose=Purpose.SHARE_SERVICE,
            compartments=[Compartment.HEALTH],
            on=timezone.now(),
        )

    with pytest.raises(NeedsConsent):
        ground()
    with pytest.raises(NotGranted):
        vault.grant(actor=mira.at(ngo), item=item, keeper_id=clinic.pk, consent=without)
    named = give_consent(mira.at(ngo), subject_id, clinic, [Compartment.HEALTH])
    assert ground() == named
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=clinic.pk, consent=named)
    actor = doctor.at(clinic, Role.HEALTH_WORKER)
    assert vault.open_item(actor=actor, item=item, purpose="share_service") == {"text": "asthma"}


def test_he_02_health_is_in_no_list_of_what_may_be_exported() -> None:
    assert frozenset(Compartment) - EXPORTABLE_COMPARTMENTS == {Compartment.HEALTH}
