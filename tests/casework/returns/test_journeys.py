"""Journeys on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.chapters.finding import records
from fener.casework.models.line import CaseLine, FormDraft
from fener.casework.models.returns.journey import Journey
from fener.casework.services.person_copy import make_copy
from fener.casework.services.returns import removals
from fener.norms.alternatives import REQUIRED
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.factories import safety
from tests.factories.casework import CaseFactory
from tests.factories.children import child
from tests.factories.network import Mechanism
from tests.factories.returns import announced, asked, days_ago, guarded, ready, ready_child
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, words(answer.content.decode())[:800]
    return words(answer.content.decode())


def send(client: Client, path: str, **typed: Any) -> Any:
    return client.post(path, {"once": str(uuid4()), **typed})


def test_a_journey_is_walked_page_by_page(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    assert at("chapter", case.code, "returns") in client.get(at("case", case.code)).content.decode()
    new = at("journey_new", case.code)
    assert new in client.get(at("chapter", case.code, "returns")).content.decode()
    typed = {"kind": "assisted_voluntary", "country": "MD", "on": days_ago(20).isoformat(), "words": "To Ana."}
    assert send(client, new, **typed).status_code == 302
    one = Journey.objects.get()

    def step(name: str, ago: int, **more: Any) -> None:
        path = at("journey_step", case.code, one.pk, name)
        read(client.get(path))
        answer = send(client, path, on=days_ago(ago).isoformat(), **more)
        assert answer.status_code == 302, words(answer.content.decode())[:900]

    said = {f"alternative_{kind}": "not_wanted" for kind in REQUIRED}
    step("tell", 18, items=["rights", "options", "consequences"], language="ro", **said)
    safety.assessed(case_manager, case, 16, answers=safety.no_danger())
    step("assess", 15, allows="yes")
    step("decide", 12, words="I want to go.")
    prepared = {"papers": ["passport"], "escort": "none", "provider_elsewhere": "on", "plan": "The sisters' house."}
    step("prepare", 0, belongings="nothing_left_behind", tests="nothing_was_tested", **prepared)
    step("depart", 5)
    step("transit", 5)
    step("arrive", 4)
    step("confirm", 3, by="service")
    assert "Arrival confirmed" in read(client.get(at("case", case.code)))
    step("close", 2, reception="service")
    page = read(client.get(at("chapter", case.code, "returns")))
    assert "The person decided to go on" in page
    assert "sisters" not in page
    one.refresh_from_db()
    assert one.state == "received"


def test_a_closed_gate_is_said_condition_by_condition_and_the_incident_recorded(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    typed = {"kind": "deportation", "country": "MD", "office": "police", "basis": "none_named", "words": ""}
    assert send(client, at("removal_new", case.code), on=days_ago(2).isoformat(), **typed).status_code == 302
    path = at("journey_step", case.code, Journey.objects.get().pk, "carry_out")
    page = read(send(client, path, on=days_ago(1).isoformat()), 422)
    assert "A screening of this person is recorded." in page
    assert send(client, path, on=days_ago(1).isoformat(), happened="on").status_code == 302
    page = read(client.get(at("chapter", case.code, "returns")))
    assert "Decided by the police, on this basis: None was named." in page
    assert "A screening of this person is recorded." in page


def test_a_childs_forms_ask_for_the_child(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    guarded(case_manager, case)
    one = ready_child(case_manager, case)
    page = client.get(at("journey_step", case.code, one.pk, "protect"))
    assert "receiving authority" in read(page)
    assert "best_interests" not in page.content.decode()  # that is recorded under Children
    removals.depart(actor=case_manager, journey=one, on=days_ago(5))
    path = at("journey_step", case.code, one.pk, "confirm")
    typed = {"by": "family", "hand_over": "police_only", "on": days_ago(3).isoformat()}
    assert send(client, path, **typed).status_code == 302
    assert "Ask it to look after the child today" in read(client.get(at("chapter", case.code, "returns")))
    read(client.get(at("journey_step", case.code, one.pk, "answer")))


def test_two_forms_of_one_act_are_left_unfinished_apart(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    one = asked(case_manager, case)
    for name in ("tell", "assess"):
        send(client, at("journey_step", case.code, one.pk, name), leave="1", words="Left", interpreter="Left")
    assert FormDraft.objects.count() == 2
    assert "Left" in client.get(at("journey_step", case.code, one.pk, "tell")).content.decode()


def test_the_page_asks_the_same_few_questions_however_many_there_are(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    for _ in range(8):
        asked(case_manager, case)
    path = at("chapter", case.code, "returns")
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        read(client.get(path))
    assert len(queries) <= 22, [query["sql"][:150] for query in queries.captured_queries]


def test_to_a_stranger_it_looks_absent_and_a_journey_of_another_case_too(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    one, stranger = asked(case_manager, case), signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert stranger.get(at("chapter", case.code, "returns")).status_code == 404
    assert stranger.get(at("journey_step", case.code, one.pk, "tell")).status_code == 404
    client = signed_in(case_manager)
    assert client.get(at("journey_step", other.code, one.pk, "tell")).status_code == 404
    assert client.get(at("journey_step", case.code, one.pk, "fly")).status_code == 404


def test_the_co_ordinator_sees_a_removal_and_no_word(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    removals.carry_out_removal(
        actor=case_manager, journey=announced(case_manager, case, words="Anna"), on=days_ago(1), happened=True
    )
    page = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)).get(at("chapter", case.code, "returns"))
    assert "Deportation" in read(page)
    assert "/words/" not in page.content.decode()
    assert "/journeys/" not in page.content.decode()


def test_lines_and_the_copy_say_what_the_rows_say(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    removals.depart(actor=case_manager, journey=ready(case_manager, case), on=days_ago(5))
    (line,) = CaseLine.objects.filter(case=case, record="returns.journeys")
    (new,) = records()["returns.journeys"].lines(case)
    assert (line.what, line.params["state"], line.due) == (new.what, "under_way", new.due)
    copy = make_copy(actor=case_manager, case=case, language="en")
    (section,) = [one for one in copy.sections if one.code == "chapter.returns"]
    assert "Assisted and voluntary: Under way" in section.rows[0][0].words


def test_a_basis_that_was_written_before_there_was_a_list_is_still_read(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    Journey.objects.filter(pk=announced(case_manager, case).pk).update(basis="Law on foreigners, article 40")
    page = read(signed_in(case_manager).get(at("chapter", case.code, "returns")))
    assert "on this basis: Law on foreigners, article 40." in page
