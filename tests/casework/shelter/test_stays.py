"""Two people at one stay or one place at the same moment; the register's form; the copy of the person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.children.guardians import record_conflict
from fener.casework.services.person_copy import make_copy
from fener.casework.services.shelter import of_a_child
from fener.casework.services.shelter.houses import HouseTerms, save_house
from fener.casework.services.shelter.stays import extend_stay, leave
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.casework.erasing import close, erased
from tests.casework.test_referral_race import _at_once
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded
from tests.factories.network import Mechanism
from tests.factories.shelter import admitted, ago, house

SignIn = Callable[[Actor], Client]


@pytest.fixture
def at_work(transactional_db: None) -> tuple[Mechanism, Actor, Case]:
    mechanism = Mechanism(since=date(2020, 1, 1))
    case_manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    return mechanism, case_manager, CaseFactory(actor=case_manager)


def test_two_workers_who_end_one_stay_at_once_end_it_once(at_work: tuple[Mechanism, Actor, Case]) -> None:
    mechanism, actor, case = at_work
    stay = admitted(actor, case, house(actor, mechanism.ngo))
    others = [mechanism.ngo.actor(Role.SHELTER_WORKER) for _each in range(2)]
    answers = _at_once(
        *(
            lambda who=who, how=how: leave(actor=who, stay=ShelterStay.objects.get(pk=stay.pk), reason=how, on=ago(0))
            for who, how in zip([actor, *others], ("own_wish", "family", "independent"), strict=True)
        )
    )
    (won,) = [each for each in answers if isinstance(each, ShelterStay)]
    assert sum(isinstance(each, AlreadyDone) for each in answers) == 2
    stay.refresh_from_db()
    assert stay.end_reason == won.end_reason
    assert AuditEntry.objects.filter(act="shelter_stay.end").count() == 1


def test_two_admissions_to_the_last_place_leave_one(at_work: tuple[Mechanism, Actor, Case]) -> None:
    mechanism, actor, case = at_work
    home = house(actor, mechanism.ngo, capacity=1)
    cases = [case, CaseFactory(actor=actor), CaseFactory(actor=actor)]
    answers = _at_once(*(lambda one=one: admitted(actor, one, home) for one in cases))
    assert sum(isinstance(each, ShelterStay) for each in answers) == 1
    assert sum(isinstance(each, InvalidInput) for each in answers) == 2
    assert ShelterStay.objects.count() == 1


def test_one_person_admitted_to_two_houses_at_once_stays_in_one(at_work: tuple[Mechanism, Actor, Case]) -> None:
    mechanism, actor, case = at_work
    homes = [house(actor, mechanism.ngo, name=name) for name in ("North", "South")]
    answers = _at_once(*(lambda home=home: admitted(actor, case, home) for home in homes))
    assert sum(isinstance(each, ShelterStay) for each in answers) == 1
    assert ShelterStay.objects.count() == 1


def test_a_place_is_free_again_when_somebody_has_left(case_manager: Actor, mechanism: Mechanism) -> None:
    home, case = house(case_manager, mechanism.ngo, capacity=1), CaseFactory(actor=case_manager)
    stay = admitted(case_manager, CaseFactory(actor=case_manager), home)
    with pytest.raises(InvalidInput, match="No place"):
        admitted(case_manager, case, home)
    leave(actor=case_manager, stay=stay, reason="own_wish", on=ago(0))
    admitted(case_manager, case, home)


def test_stays_of_one_person_do_not_overlap(case_manager: Actor, mechanism: Mechanism) -> None:
    home, case = house(case_manager, mechanism.ngo), CaseFactory(actor=case_manager)
    stay = admitted(case_manager, case, home)
    with pytest.raises(InvalidInput, match="staying"):
        admitted(case_manager, case, home)
    for day in (ago(4), ago(-1)):
        with pytest.raises(InvalidInput):
            leave(actor=case_manager, stay=stay, reason="own_wish", on=day)
    leave(actor=case_manager, stay=stay, reason="own_wish", on=ago(1))
    with pytest.raises(InvalidInput, match="another stay"):
        admitted(case_manager, case, home, since=ago(2))
    admitted(case_manager, case, home, since=ago(1))


def test_a_house_is_changed_from_what_stands_there(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    service = mechanism.ngo.service("shelter")
    terms = HouseTerms(
        kind="mother_and_child", funder="state", procurement="grant", cost_per_night=Decimal("31.50"), currency="EUR"
    )
    made, client = save_house(actor=case_manager, service=service, terms=terms), signed_in(case_manager)
    path = reverse("casework:shelter_change", args=[made.pk])
    initial = client.get(path).context["form"].initial
    assert {name: initial[name] for name in vars(terms)} == vars(terms)
    assert 'value="31.50"' in client.get(path).content.decode()
    typed = {"service": service.pk, **vars(terms), "cost_per_night": "35"}
    assert client.post(path, {"once": str(uuid4()), **typed}).status_code == 302
    assert Shelter.objects.get().cost_per_night == 35
    assert service not in client.get(reverse("casework:shelter_enter")).context["form"].fields["service"].queryset
    stranger = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    assert stranger.get(path).status_code == 404


def test_the_copy_says_how_the_stay_stands_and_never_in_which_house(case_manager: Actor, mechanism: Mechanism) -> None:
    home, case = house(case_manager, mechanism.ngo, name="House of the lime tree"), CaseFactory(actor=case_manager)
    extend_stay(actor=case_manager, stay=admitted(case_manager, case, home), until=ago(-200), reason="court")
    copy = repr(make_copy(actor=case_manager, case=case, language="en"))
    assert "In a shelter since" in copy
    assert "lime tree" not in copy
    assert str(home.pk) not in copy


def test_the_chapter_asks_the_same_few_questions_however_many_stays(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    home, case, client = house(case_manager, mechanism.ngo), CaseFactory(actor=case_manager), signed_in(case_manager)
    path, counts = reverse("casework:chapter", args=[case.code, "shelter"]), []
    client.get(path)
    for number in (1, 4):
        for _each in range(number):
            stay = admitted(case_manager, case, home, since=ago(0))
            extend_stay(actor=case_manager, stay=stay, until=ago(-200), reason="court")
            leave(actor=case_manager, stay=stay, reason="own_wish", on=ago(0))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_erased_file_holds_no_place_for_ever(case_manager: Actor, mechanism: Mechanism) -> None:
    home, gone = house(case_manager, mechanism.ngo, capacity=1), CaseFactory(actor=case_manager)
    admitted(case_manager, gone, home)
    close(case_manager, gone)
    with pytest.raises(InvalidInput, match="No place"):  # closed is not gone: the person may still sleep there
        admitted(case_manager, CaseFactory(actor=case_manager), home)
    erased(case_manager, gone, mechanism)
    admitted(case_manager, CaseFactory(actor=case_manager), home)


def test_whoever_has_an_interest_of_their_own_does_not_answer_for_a_child_who_is_admitted(
    case_manager: Actor,
) -> None:
    case = child(case_manager)
    guardian = guarded(case_manager, case, since=ago(9))
    assert of_a_child.has_guardian(case, ago(3))
    record_conflict(actor=case_manager, guardianship=guardian, kind="other", on=ago(2))
    assert not of_a_child.has_guardian(case, ago(1))


def test_an_interim_answers_until_there_is_a_guardian(case_manager: Actor, mechanism: Mechanism) -> None:
    case = child(case_manager)
    guarded(case_manager, case, kind="interim_ngo", organisation_id=mechanism.ngo.id, who="", since=ago(9))
    assert of_a_child.has_guardian(case, ago(3))
    assert not of_a_child.has_guardian(case, ago(10))


def test_no_night_counts_more_people_than_a_column_holds(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    home, client = house(case_manager, mechanism.ngo), signed_in(case_manager)
    typed = {"once": str(uuid4()), "on": ago(1), "residents": 3_000_000_000, "ineligible": 3_000_000_000}
    answer = client.post(reverse("casework:shelter_night", args=[home.pk]), typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"residents", "ineligible"}
