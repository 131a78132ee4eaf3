"""SH-08: a vacancy can be found and booked without its address, which stays in the most restricted compartment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.shelter.house import Shelter, ShelterRefusal
from fener.casework.models.shelter.place import PlaceRequest, PlaceSought
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.selectors.shelter.places import house_to_ask, vacancies
from fener.casework.services.notes import open_words
from fener.casework.services.person_copy import make_copy
from fener.casework.services.shelter.places import (
    accept_place,
    decline_place,
    forget_addresses,
    free_in,
    withdraw_place,
)
from fener.casework.services.shelter.stays import admit
from fener.network.models.directory import ServiceEntry
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, DomainError, InvalidInput, Refused
from fener.trust.models import SealedItem
from fener.trust.privacy import registry
from fener.trust.privacy.erasing import erase_rows
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.shelter import admission, admitted, asked_for_place, house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
ADDRESS = "Lime tree street 7, the green door"


@pytest.fixture
def keeper(mechanism: Mechanism) -> Actor:
    return mechanism.shelter.actor(Role.CASE_MANAGER)


@pytest.fixture
def home(keeper: Actor, mechanism: Mechanism) -> Shelter:
    made = house(keeper, mechanism.shelter, capacity=2, name="House of the lime tree", genders=["Feminine"], min_age=18)
    entry = {"province": "North", "areas": ["Old quarter"], "accessibility": "No steps at the green door"}
    ServiceEntry.objects.update_or_create(service=made.service, defaults=entry)
    return made


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


def test_sh_08_another_body_finds_a_free_place_by_kind_region_and_whom_it_takes(
    case_manager: Actor, home: Shelter, signed_in: SignIn
) -> None:
    (one,) = vacancies(case_manager)
    assert (one.kind, one.region, one.free, one.genders, one.min_age) == ("trafficking", "North", 2, ("Feminine",), 18)
    assert one.step_free
    fits: list[dict[str, Any]] = [
        {"gender": "Feminine"},
        {"region": "nor"},
        {"kind": "trafficking"},
        {"step_free": True},
    ]
    misses: list[dict[str, Any]] = [
        {"gender": "Masculine"},
        {"region": "South"},
        {"children": True},
        {"language": "ro"},
    ]
    assert all(vacancies(case_manager, each) for each in fits)
    assert not any(vacancies(case_manager, each) for each in misses)
    page = signed_in(case_manager).get(reverse("casework:shelter_vacancies")).content.decode()
    assert "North" in words(page)
    for hidden in ("lime tree", "Old quarter", "green door", home.organisation.short_name):
        assert hidden not in page


def test_sh_08_a_place_is_asked_for_held_and_slept_in_and_the_address_is_read_on_the_case_alone(
    case_manager: Actor, keeper: Actor, home: Shelter, case: Case, signed_in: SignIn
) -> None:
    client = signed_in(case_manager)
    listed = client.get(reverse("casework:places_for_case", args=[case.code])).content.decode()
    path = reverse("casework:place_ask", args=[case.code, home.pk])
    assert path in listed
    typed = {"gender": "Feminine", "age_band": "25-34", "children": "0", "language": "", "urgency": "now"}
    assert client.post(path, {"once": str(uuid4()), **typed}).status_code == 302
    row = PlaceRequest.objects.get()
    assert row.answer_due == row.asked_at + timedelta(hours=1)
    there = signed_in(keeper)
    seen = there.get(reverse("casework:place_requests")).content.decode()
    for hidden in (case.code, case.alias, str(case.pk)):
        assert hidden not in seen
    answer = reverse("casework:place_answer", args=[row.pk])
    given = {"once": str(uuid4()), "answer": "accept", "reason": "", "address": ADDRESS}
    assert there.post(answer, given).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.held_until) == ("accepted", timezone.now() + timedelta(hours=24))
    item = PlaceSought.objects.get().address
    assert item is not None
    assert (item.subject_id, item.compartment) == (case.pk, "location")
    assert open_words(actor=case_manager, case=case, item=item) == ADDRESS
    page = signed_in(case_manager).get(reverse("casework:chapter", args=[case.code, "shelter"])).content.decode()
    assert "Open where to bring the person" in page
    for hidden in ("Lime tree", "lime tree", "green door"):
        assert hidden not in page
    theirs = CaseFactory(actor=keeper)
    stay = admit(actor=keeper, case=theirs, shelter=home, terms=admission(since=timezone.localdate()), hold=row)
    row.refresh_from_db()
    assert (stay.shelter_id, row.state, free_in(home)) == (home.pk, "used", 1)


def test_sh_08_a_refusal_has_a_reason_that_counts(
    case_manager: Actor, keeper: Actor, home: Shelter, case: Case
) -> None:
    request = asked_for_place(case_manager, case, home).request
    with pytest.raises(InvalidInput):
        decline_place(actor=keeper, request=request, reason="")
    decline_place(actor=keeper, request=request, reason="with_children")
    assert ShelterRefusal.objects.get().reason == "with_children"
    with pytest.raises(AlreadyDone):
        accept_place(actor=keeper, request=request)
    (line,) = CaseLine.objects.filter(record="shelter.places")
    assert (line.what, line.due) == ("declined", None)


def test_sh_08_a_hold_ends_by_itself_and_takes_no_place_longer(
    case_manager: Actor, keeper: Actor, home: Shelter, case: Case
) -> None:
    row = accept_place(actor=keeper, request=asked_for_place(case_manager, case, home).request)
    assert free_in(home) == 1
    with pytest.raises(InvalidInput, match="asked already"):
        asked_for_place(case_manager, case, home)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert free_in(home) == 2
        with pytest.raises(InvalidInput, match="has passed"):
            admit(actor=keeper, case=CaseFactory(actor=keeper), shelter=home, terms=admission(), hold=row)
        asked_for_place(case_manager, case, home)


def test_sh_08_where_the_house_is_stands_on_no_paper_and_only_while_a_place_is_held(
    case_manager: Actor, keeper: Actor, home: Shelter, case: Case
) -> None:
    def told() -> bool:
        return SealedItem.objects.filter(slot__startswith="place:").exists()

    def held() -> PlaceSought:
        made = asked_for_place(case_manager, CaseFactory(actor=case_manager), home)
        accept_place(actor=keeper, request=made.request, address=ADDRESS)
        assert told()
        return made

    accept_place(actor=keeper, request=asked_for_place(case_manager, case, home).request, address=ADDRESS)
    assert "Lime tree" not in repr(make_copy(actor=case_manager, case=case, language="en"))
    assert forget_addresses(timezone.now()) == 0
    assert forget_addresses(timezone.now() + timedelta(hours=25)) == 1
    assert not told()
    withdraw_place(actor=case_manager, sought=held())
    assert not told()
    admit(actor=keeper, case=CaseFactory(actor=keeper), shelter=home, terms=admission(), hold=held().request)
    assert not told()


def test_sh_08_what_the_house_was_told_of_the_person_goes_with_the_file(
    case_manager: Actor, keeper: Actor, home: Shelter, case: Case
) -> None:
    asked = asked_for_place(case_manager, case, home, language="ro", step_free=True).request
    accept_place(actor=keeper, request=asked)
    assert erase_rows(registry.models()["casework.PlaceRequest"], [case.pk]) == 1
    asked.refresh_from_db()
    assert (asked.language, asked.step_free, asked.gender, asked.state) == ("", False, "Feminine", "accepted")
    assert (timezone.localdate(asked.asked_at).month, timezone.localdate(asked.asked_at).day) == (1, 1)


def test_sh_08_a_held_place_is_nobody_elses_and_what_is_given_back_is_free(
    case_manager: Actor, keeper: Actor, home: Shelter, case: Case
) -> None:
    sought = [asked_for_place(case_manager, each, home) for each in (case, CaseFactory(actor=case_manager))]
    for each in sought:
        accept_place(actor=keeper, request=each.request)
    assert not vacancies(case_manager)
    with pytest.raises(InvalidInput, match="No place"):
        admitted(keeper, CaseFactory(actor=keeper), home)
    with pytest.raises(Refused):  # a full house looks absent
        house_to_ask(case_manager, home.pk)
    withdraw_place(actor=case_manager, sought=sought[0])
    with pytest.raises(NotPossibleNow):
        withdraw_place(actor=case_manager, sought=sought[0])
    admitted(keeper, CaseFactory(actor=keeper), home)


def test_sh_08_others_neither_search_nor_answer_and_the_house_learns_no_case(
    case_manager: Actor, keeper: Actor, home: Shelter, case: Case, mechanism: Mechanism, signed_in: SignIn
) -> None:
    sought = asked_for_place(case_manager, case, home)
    for actor in (
        mechanism.police.actor(Role.FRONTLINE_OFFICER),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
    ):
        with pytest.raises(Refused):
            vacancies(actor)
    for actor in (case_manager, mechanism.social_work.actor(Role.CASE_MANAGER)):
        with pytest.raises(Refused):
            accept_place(actor=actor, request=sought.request)
        assert signed_in(actor).get(reverse("casework:place_answer", args=[sought.request_id])).status_code == 404
    with pytest.raises(Refused):
        withdraw_place(actor=keeper, sought=sought)
    accept_place(actor=keeper, request=sought.request, address=ADDRESS)
    assert SealedItem.objects.filter(slot__startswith="place:").count() == 1
    page = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)).get(
        reverse("casework:chapter", args=[case.code, "shelter"])
    )
    assert "Places that were asked for" not in page.content.decode()


def test_sh_08_the_last_place_is_held_once_whoever_asks_at_once(transactional_db: None) -> None:
    mechanism = Mechanism(since=date(2020, 1, 1))
    keepers = [mechanism.shelter.actor(Role.CASE_MANAGER) for _each in range(3)]
    asker = mechanism.ngo.actor(Role.CASE_MANAGER)
    home = house(keepers[0], mechanism.shelter, capacity=1)
    rows = [asked_for_place(asker, CaseFactory(actor=asker), home).request for _each in range(3)]
    walks_in = CaseFactory(actor=keepers[0])
    answers = _at_once(
        *(
            lambda who=who, row=row: accept_place(actor=who, request=row)
            for who, row in zip(keepers, rows, strict=True)
        ),
        lambda: admitted(keepers[0], walks_in, home),
    )
    assert sum(isinstance(each, PlaceRequest | ShelterStay) for each in answers) == 1
    assert sum(isinstance(each, InvalidInput) for each in answers) == 3
    assert free_in(home) == 0


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["ask", "accept", "decline", "withdraw", "use", "walk_in", "wait"]), max_size=9))
def test_sh_08_in_any_order_a_house_never_promises_more_places_than_it_has(
    case_manager: Actor, mechanism: Mechanism, acts: list[str]
) -> None:
    keeper = mechanism.shelter.actor(Role.CASE_MANAGER)
    home = house(keeper, mechanism.shelter, capacity=1, name=str(uuid4()))
    moment = timezone.now()

    def last(state: str) -> PlaceSought | None:
        return PlaceSought.objects.filter(request__shelter=home, request__state=state).first()

    for act in acts:
        with time_machine.travel(moment, tick=False), suppress(DomainError):
            if act == "wait":
                moment += timedelta(hours=25)
            elif act == "ask":
                asked_for_place(case_manager, CaseFactory(actor=case_manager, empty=True), home)
            elif act == "walk_in":
                admitted(keeper, CaseFactory(actor=keeper, empty=True), home)
            elif act in ("accept", "decline") and (one := last("asked")):
                if act == "accept":
                    accept_place(actor=keeper, request=one.request)
                else:
                    decline_place(actor=keeper, request=one.request, reason="full")
            elif act == "withdraw" and (one := last("accepted") or last("asked")):
                withdraw_place(actor=case_manager, sought=one)
            elif act == "use" and (one := last("accepted")):
                new = CaseFactory(actor=keeper, empty=True)
                admit(actor=keeper, case=new, shelter=home, terms=admission(), hold=one.request)
        with time_machine.travel(moment, tick=False):
            assert (free_in(home) or 0) >= 0


def test_sh_08_a_search_asks_the_same_few_questions_however_many_houses(
    case_manager: Actor, keeper: Actor, mechanism: Mechanism
) -> None:
    counts = []
    for number in (1, 6):
        for _each in range(number):
            house(keeper, mechanism.shelter, name=str(uuid4()))
        with CaptureQueriesContext(connection) as asked:
            assert vacancies(case_manager)
        counts.append(len(asked))
    assert counts[0] == counts[1]
