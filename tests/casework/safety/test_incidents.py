"""Incidents on the pages of a case, and their lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fener.casework.chapters.safety.incidents import lines
from fener.casework.domain.safety.incident_states import RIGHT_OF_GATE
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.incident import Incident
from fener.casework.services.safety.incidents import IncidentTerms, incident_follow_up, incident_record, keep_attempt
from fener.norms import gates
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from fener.trust.roles import Role
from tests.casework.erasing import close, erased
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def violated(actor: Actor, case: Case, told: str = "") -> Incident:
    terms = IncidentTerms(right="detained", by="police", happened_on=timezone.localdate(), words=told)
    return incident_record(actor=actor, case=case, terms=terms)


def attempted(actor: Actor, case: Case, gate: str) -> Incident:
    kept = keep_attempt(actor, GateClosed(gates.check(gate, {}), about=case.pk))
    assert kept is not None
    return kept


def test_an_incident_is_recorded_from_the_chapter_and_followed_up_there(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    chapter = at("chapter", case.code, "safety")
    assert at("incident_new", case.code) in client.get(chapter).content.decode()
    typed = {
        "right": "detained",
        "by": "police",
        "happened_on": timezone.localdate().isoformat(),
        "words": "Sergeant Ilić",
    }
    assert client.post(at("incident_new", case.code), {"once": str(uuid4()), **typed}).status_code == 302
    page = words(client.get(chapter).content.decode())
    assert "Rights of this person were violated." in page
    assert "Ilić" not in page
    incident = Incident.objects.get()
    settle = {"result": "put_right", "on": timezone.localdate().isoformat()}
    address = at("incident_follow_up", case.code, incident.pk)
    assert client.post(address, {"once": str(uuid4()), **settle}).status_code == 302
    assert "Put right" in words(client.get(chapter).content.decode())
    assert address not in client.get(chapter).content.decode()


def test_an_attempt_that_was_refused_violated_nothing(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    attempted(case_manager, case, "end_assistance")
    page = words(signed_in(case_manager).get(at("chapter", case.code, "safety")).content.decode())
    assert "Ending or cutting assistance" in page
    assert "Rights of this person were violated." not in page


def test_the_co_ordinator_reads_right_kind_of_body_and_days_and_opens_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    violated(case_manager, case, "Sergeant Ilić")
    page = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)).get(at("chapter", case.code, "safety"))
    assert "Detained" in words(page.content.decode())
    assert "/words/" not in page.content.decode()
    assert "/follow-up/" not in page.content.decode()


def test_an_incident_of_another_case_looks_absent(case_manager: Actor, signed_in: SignIn) -> None:
    one, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    incident = violated(case_manager, one)
    assert signed_in(case_manager).get(at("incident_follow_up", other.code, incident.pk)).status_code == 404


def test_lines_say_what_the_rows_say_after_each_act(case_manager: Actor) -> None:
    case, now = CaseFactory(actor=case_manager), timezone.localdate()
    incident = violated(case_manager, case)
    attempted(case_manager, case, "end_assistance")
    attempted(case_manager, case, "departure")

    def compare() -> dict[Any, Any]:
        kept = {one.about: one for one in CaseLine.objects.filter(case=case, record="safety.incidents")}
        told = {one.about: one for one in lines(case)}
        assert {key: (one.what, one.params, one.due) for key, one in kept.items()} == {
            key: (one.what, one.params, one.due) for key, one in told.items()
        }
        return kept

    first = compare()
    assert sum(one.due is not None for one in first.values()) == 2  # a departure has an override: nobody waits
    later = now + timedelta(days=30)
    incident_follow_up(actor=case_manager, incident=incident, result="before_court", on=now, again_on=later)
    assert timezone.localdate(compare()[incident.pk].due) == later
    incident_follow_up(actor=case_manager, incident=incident, result="put_right", on=now)
    assert compare()[incident.pk].due is None


def test_a_step_that_goes_on_is_looked_at_within_a_year(case_manager: Actor) -> None:
    case, now = CaseFactory(actor=case_manager), timezone.localdate()
    incident = violated(case_manager, case)
    for far in (now + timedelta(days=367), date.max):
        with pytest.raises(InvalidInput):
            incident_follow_up(actor=case_manager, incident=incident, result="before_court", on=now, again_on=far)
    year = now + timedelta(days=366)
    told = incident_follow_up(actor=case_manager, incident=incident, result="before_court", on=now, again_on=year)
    assert told.follow_up_on == year


def test_every_gate_that_leaves_an_incident_names_a_right_of_the_list() -> None:
    leaving = {code for code in gates.gate_codes() if gates.check(code, {}).incident}
    assert leaving == set(RIGHT_OF_GATE)
    assert set(RIGHT_OF_GATE.values()) <= set(vocabulary("right_violated").codes())


def test_the_page_asks_the_same_few_questions_however_many_there_are(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    for _ in range(12):
        violated(case_manager, case)
    path = at("chapter", case.code, "safety")
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert len(asked) <= 18


def test_a_file_with_attempts_on_two_days_of_a_year_is_erased_and_they_still_count(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, day = CaseFactory(actor=case_manager), date(2026, 2, 3)
    for on in (day, day + timedelta(days=1)):
        Incident.objects.create(
            case=case, right="detained", by="police", gate="child_departure", attempt=True, happened_on=on,
            follow_up_on=on, recorded_on=on, recorded_by_id=case_manager.user_id,
        )  # fmt: skip
    close(case_manager, case)
    erased(case_manager, case, mechanism)
    left = Incident.objects.filter(case_id=case.pk)
    assert left.filter(attempt=True, happened_on=date(2026, 1, 1)).count() == 2
    assert {one.gate.partition("~")[0] for one in left} == {"child_departure"}
