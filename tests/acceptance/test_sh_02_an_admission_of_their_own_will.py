"""SH-02: an admission records its ground and the person's own word, never asks about testimony, and marks misuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.forms.shelter.stays import AdmissionForm
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.children.placements import PlacementTerms, place_child
from fener.casework.services.shelter.stays import admission_to
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded, heard
from tests.factories.network import Mechanism
from tests.factories.overrides import agreed
from tests.factories.shelter import admitted, ago, house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.mark.parametrize(
    "missing",
    [
        {"rules_explained": False},
        {"right_to_leave_told": False},
        {"testimony_not_asked": False},
        {"decided_by": "nobody"},
        {"decided_by": "guardian"},
    ],
)
def test_sh_02_nobody_is_admitted_without_their_word_and_what_they_must_know(
    case_manager: Actor, mechanism: Mechanism, missing: dict[str, Any]
) -> None:
    case, home = CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo)
    with pytest.raises(GateClosed):
        admitted(case_manager, case, home, **missing)
    assert not ShelterStay.objects.exists()
    assert admitted(case_manager, case, home).ended_on is None


def test_sh_02_a_ground_of_the_list_and_a_night_that_has_come(case_manager: Actor, mechanism: Mechanism) -> None:
    case, home = CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo)
    for wrong in ({"ground": ""}, {"reason": "testimony"}, {"since": ago(-1)}, {"until": ago(9)}):
        with pytest.raises(InvalidInput):
            admitted(case_manager, case, home, **wrong)


def test_sh_02_housed_as_a_witness_or_against_their_own_view_is_marked(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, home = CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo)
    admitted(case_manager, case, home, ground="needed_as_witness", sees_self_so=False)
    other = CaseFactory(actor=case_manager)
    admitted(case_manager, other, home)
    client = signed_in(case_manager)
    page, plain = (
        words(client.get(reverse("casework:chapter", args=[each.code, "shelter"])).content.decode()).casefold()
        for each in (case, other)
    )
    for mark in ("because a witness is needed", "does not see themselves as trafficked"):
        assert mark in page
        assert mark not in plain


def test_sh_02_the_form_asks_nothing_about_testimony_and_carries_an_admission_out(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, home, client = CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo), signed_in(case_manager)
    assert "testimony" not in set(AdmissionForm.base_fields)
    path = reverse("casework:stay_new", args=[case.code])
    assert client.get(path).status_code == 200
    typed = {"shelter": home.pk, "ground": "own_need", "reason": "care", "since": ago(1).isoformat()}
    typed |= {"decided_by": "person", "sees_self_so": "unknown", "until": ""}
    assert client.post(path, {"once": str(uuid4()), **typed}).status_code == 422
    typed["said"] = ["rules_explained", "right_to_leave_told", "testimony_not_asked"]
    assert client.post(path, {"once": str(uuid4()), **typed}).status_code == 302
    assert ShelterStay.objects.get().ground == "own_need"


def test_sh_02_a_child_comes_with_guardian_own_view_and_a_place_with_quarters(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, home = child(case_manager), house(case_manager, mechanism.ngo, name="Children")
    adults = house(case_manager, mechanism.ngo, name="Adults", min_age=18)
    terms = {"decided_by": "guardian", "since": ago(0)}
    for prepare in (lambda: None, lambda: guarded(case_manager, case, since=ago(5))):
        prepare()
        with pytest.raises(GateClosed):
            admitted(case_manager, case, home, **terms)
    heard(case_manager, case, about="placement", on=ago(4))
    with pytest.raises(InvalidInput, match="placed"):
        admitted(case_manager, case, home, **terms)
    placement = PlacementTerms(kind="specialised_shelter", since=timezone.now(), offered_first=True)
    place_child(actor=case_manager, case=case, terms=placement)
    with pytest.raises(InvalidInput, match="adults"):
        admitted(case_manager, case, adults, **terms)
    with pytest.raises(GateClosed):
        admitted(case_manager, case, home, since=ago(0), decided_by="person")
    assert admitted(case_manager, case, home, **terms).decided_by == "guardian"


def test_sh_02_another_body_reads_and_records_nothing_and_the_co_ordinator_sees_no_house(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, home = CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo)
    stay = admitted(case_manager, case, home)
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    for actor in (node, mechanism.shelter.actor(Role.SHELTER_WORKER)):
        client = signed_in(actor)
        for name, args in (("stay_new", [case.code]), ("stay_leave", [case.code, stay.pk])):
            assert client.get(reverse(f"casework:{name}", args=args)).status_code in (403, 404)
        page = client.get(reverse("casework:chapter", args=[case.code, "shelter"]))
        assert home.service.name not in page.content.decode()
        with pytest.raises(Refused):
            admitted(actor, case, home)
    assert "shelter since" not in signed_in(node).get(reverse("casework:case", args=[case.code])).content.decode()


def test_sh_02_a_house_of_another_body_cannot_be_chosen(case_manager: Actor, mechanism: Mechanism) -> None:
    foreign = house(mechanism.shelter.actor(Role.SHELTER_WORKER), mechanism.shelter)
    with pytest.raises(InvalidInput):
        admitted(case_manager, CaseFactory(actor=case_manager), foreign)


def test_sh_02_an_override_is_for_one_house_from_its_day_on(case_manager: Actor, mechanism: Mechanism) -> None:
    case, home = CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo, name="North")
    other = house(case_manager, mechanism.ngo, name="South")
    mute = {"rules_explained": False, "since": ago(0)}
    terms = {"gate": "admission", "conditions": ["rules_explained"], "basis": "danger_to_life"}
    colleague = mechanism.ngo.actor(Role.SHELTER_WORKER)
    agreed(case_manager, case, colleague, **terms, about=case.pk)
    agreed(case_manager, case, colleague, **terms, about=admission_to(case, home))
    for house_of, when in ((other, ago(0)), (home, ago(1))):
        with pytest.raises(GateClosed):
            admitted(case_manager, case, house_of, **{**mute, "since": when})
    assert admitted(case_manager, case, home, **mute).shelter == home
