"""Health on the pages of a case: its own role reads it; others learn that something is due, and nothing of what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.access import relationships
from fener.casework.chapters.finding import records
from fener.casework.models import Case
from fener.casework.models.health.care import CareOffer, HealthTest
from fener.casework.models.line import CaseLine
from fener.casework.selectors.lines import on_case
from fener.casework.services.person_copy import make_copy
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory, shared_with
from tests.factories.health import health_worker, stepped, taken
from tests.factories.network import Body, Mechanism
from tests.factories.returns import ready
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
NEUTRAL = "something is due before the departure"


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


@pytest.fixture
def doctor(case_manager: Actor, ngo: Body, case: Case) -> Actor:
    return health_worker(case_manager, ngo, case)


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def chapter(client: Client, case: Case) -> str:
    answer = client.get(at("chapter", case.code, "health"))
    assert answer.status_code == 200, words(answer.content.decode())[:400]
    return words(answer.content.decode())


def test_a_test_is_recorded_step_by_step_and_its_words_open_for_the_health_worker(
    doctor: Actor, case: Case, signed_in: SignIn
) -> None:
    client, once = signed_in(doctor), {"once": str(uuid4())}
    typed = {**once, "stage": "stay", "what": "A blood test.", "on": "2026-02-20"}
    for _twice in range(2):
        assert client.post(at("health_test_new", case.code), typed).status_code == 302
    test = HealthTest.objects.get()
    for step, more in (
        ("counsel", {}),
        ("take", {}),
        ("result", {"words": "All is well."}),
        ("deliver", {"counselling": "given"}),
    ):
        told = {"once": str(uuid4()), "on": "2026-02-21", **more}
        assert client.post(at("health_test_step", case.code, test.pk, step), told).status_code == 302
    page = chapter(client, case)
    assert "Result delivered with counselling" in page
    assert "blood" not in page
    opened = client.post(at("words_open", case.code, test.what_id))
    assert "A blood test." in opened.content.decode()


def test_care_is_offered_as_the_stage_has_it(doctor: Actor, case: Case, signed_in: SignIn) -> None:
    client = signed_in(doctor)
    typed = {"stage": "outreach", "offer": "hospital", "on": "2026-02-20", "words": "Not now."}
    answer = client.post(at("care_offer_new", case.code), {"once": str(uuid4()), **typed})
    assert "That is not offered at this stage." in words(answer.content.decode())
    typed["stage"] = "arrival"
    assert client.post(at("care_offer_new", case.code), {"once": str(uuid4()), **typed}).status_code == 302
    assert CareOffer.objects.get().offer == "hospital"
    assert "Hospital" in chapter(client, case)


def test_a_case_manager_reads_that_something_is_due_and_nothing_of_what(
    case_manager: Actor, doctor: Actor, case: Case, signed_in: SignIn
) -> None:
    test = taken(doctor, case)
    ready(case_manager, case)
    client = signed_in(case_manager)
    for page in (chapter(client, case), words(client.get(at("case", case.code)).content.decode())):
        assert NEUTRAL in page
        assert not [word for word in ("Taken", "Test offered", "A result is to be given") if word in page]
    assert client.get(at("health_test_new", case.code)).status_code in (403, 404)
    assert client.get(at("health_test_step", case.code, test.pk, "result")).status_code in (403, 404)
    assert client.post(at("words_open", case.code, test.what_id)).status_code in (403, 404)
    kept = CaseLine.objects.filter(case=case, record__startswith="health.")
    told = {line.record: line.params for line in kept}
    assert told == {"health.tests": {"bodies": [str(doctor.keeper_id)]}, "health.departure": {}}


def lines_of(actor: Actor, case: Case) -> list[CaseLine]:
    return [line for shown in on_case(actor, case, relationships(actor, case)) for line in shown.lines]


def test_to_the_co_ordinator_there_is_nothing_of_health(
    case_manager: Actor, doctor: Actor, case: Case, mechanism: Mechanism, signed_in: SignIn
) -> None:
    taken(doctor, case)
    ready(case_manager, case)
    client = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert client.get(at("chapter", case.code, "health")).status_code == 404
    assert NEUTRAL not in words(client.get(at("case", case.code)).content.decode())


def test_a_clinic_reads_the_tests_that_were_given_to_it_alone(
    case_manager: Actor, doctor: Actor, case: Case, mechanism: Mechanism, signed_in: SignIn
) -> None:
    test = taken(doctor, case)
    shared_with(case_manager, case, mechanism.health, Compartment.IDENTITY)
    clinic = mechanism.health.actor(Role.HEALTH_WORKER)
    client = signed_in(clinic)
    assert "Test offered" not in chapter(client, case)
    owed = "A result is to be given"
    assert owed not in chapter(client, case)
    assert owed not in words(client.get(at("case", case.code)).content.decode())
    assert lines_of(clinic, case) == []
    assert [line.about for line in lines_of(doctor, case)] == [test.pk]
    assert client.get(at("health_test_step", case.code, test.pk, "result")).status_code == 404
    own = taken(clinic, case)
    assert [line.about for line in lines_of(clinic, case)] == [own.pk]
    assert chapter(client, case).count("Test offered on") >= 1


def test_no_copy_says_that_there_was_a_test(case_manager: Actor, doctor: Actor, case: Case) -> None:
    stepped(doctor, taken(doctor, case), "result", ago=5)
    copy = make_copy(actor=case_manager, case=case, language="en")
    assert "casework.HealthTest" not in {section.code for section in copy.sections}
    told = str(copy.to_json())
    assert not [text for text in ("A result is to be given", "In words.", "blood test", "health.tests") if text in told]


def test_the_lines_are_what_the_rows_say(case_manager: Actor, doctor: Actor, case: Case) -> None:
    test = taken(doctor, case)
    ready(case_manager, case)
    for step in ("result", "deliver", "treat"):
        test = stepped(doctor, test, step, ago=5)
        for code in ("health.tests", "health.departure"):
            told = [(new.what, new.about, new.due) for new in records()[code].lines(case)]
            kept = CaseLine.objects.filter(case=case, record=code)
            assert [(line.what, line.about, line.due) for line in kept] == told
