"""AS-06: no fee or payment by the assisted person for housing, care or legal help."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django import forms
from django.db import models
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from fener.casework.forms.shelter.stays import AdmissionForm, ExitPlanForm, ExtensionForm, LeavingForm
from fener.casework.models.shelter.stay import ShelterStay, StayExtension
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.norms.gates import check
from fener.norms.path.money import PAYERS_REFUSED, fee_flag
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import AuditEntry
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.shelter import admitted, ago, house


@given(st.sampled_from(sorted(PAYERS_REFUSED)), st.decimals(min_value="0.01", max_value=10_000, places=2))
def test_as_06_any_amount_of_the_person_or_their_family_is_flagged(payer: str, amount: Decimal) -> None:
    assert fee_flag(payer=payer, amount=amount) is not None


def test_as_06_charging_the_person_is_refused_always() -> None:
    result = check("charge_the_person", {})
    assert result.never
    assert result.override is None
    assert result.incident


def test_as_06_no_list_of_who_pays_for_a_shelter_names_the_person_or_their_family() -> None:
    assert not PAYERS_REFUSED & set(vocabulary("funder_kind").codes())


def test_as_06_neither_a_stay_nor_its_forms_have_a_place_for_a_sum(
    case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]
) -> None:
    for model in (ShelterStay, StayExtension):
        assert not [each for each in model._meta.fields if isinstance(each, models.DecimalField | models.FloatField)]
    for form in (AdmissionForm, ExtensionForm, ExitPlanForm, LeavingForm):
        fields = form.base_fields.values()
        assert not [each for each in fields if isinstance(each, forms.DecimalField | forms.IntegerField)]
    home, case = house(case_manager, mechanism.ngo), CaseFactory(actor=case_manager)
    stay = admitted(case_manager, case, home)
    path = reverse("casework:stay_leave", args=[case.code, stay.pk])
    typed = {"once": str(uuid4()), "reason": "own_wish", "on": ago(0).isoformat(), "fee": "40", "payer": "person"}
    assert signed_in(case_manager).post(path, typed).status_code == 302
    assert "40" not in repr(AuditEntry.objects.get(act="shelter_stay.end").detail)


def test_as_06_a_house_that_the_resident_pays_for_cannot_stand_in_the_register(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    for payer in sorted(PAYERS_REFUSED):
        terms = HouseTerms(kind="trafficking", funder=payer, procurement="grant")
        with pytest.raises(InvalidInput):
            save_house(actor=case_manager, service=mechanism.ngo.service("shelter", name=payer), terms=terms)
