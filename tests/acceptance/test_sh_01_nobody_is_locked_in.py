"""SH-01: locking in is never allowed; a restriction needs ground, author, the person's answer, an end and a review."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.models.line import CaseLine
from fener.casework.models.safety.incident import Incident
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services.person_copy import make_copy
from fener.casework.services.shelter.restrictions import end_restriction, review_restriction
from fener.casework.services.shelter.stays import leave
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.models import User
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.shelter import admitted, ago, house, restricted
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.fixture
def stay(case_manager: Actor, mechanism: Mechanism) -> ShelterStay:
    return admitted(case_manager, CaseFactory(actor=case_manager), house(case_manager, mechanism.ngo))


@pytest.mark.parametrize(
    "missing",
    [
        {"ground": ""},
        {"words": "  "},
        {"ground": "agreed", "answer": "objects"},
        {"decided_by": None},
        {"answer": ""},
        {"until": None},
        {"review_on": None},
        {"locks_in": None},
        {"locks_in": True},
    ],
)
def test_sh_01_a_restriction_without_one_of_its_parts_is_refused(
    case_manager: Actor, stay: ShelterStay, missing: dict[str, Any]
) -> None:
    with pytest.raises(GateClosed):
        restricted(case_manager, stay, **missing)
    assert not StayRestriction.objects.exists()
    assert restricted(case_manager, stay).answer == "objects"


def test_sh_01_whoever_decided_it_works_in_the_house(
    case_manager: Actor, stay: ShelterStay, mechanism: Mechanism
) -> None:
    stranger = User.objects.get(pk=mechanism.police.actor(Role.FRONTLINE_OFFICER).user_id)
    with pytest.raises(GateClosed):
        restricted(case_manager, stay, decided_by=stranger)


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "locked_in"},
        {"since": ago(-1)},
        {"since": ago(30)},
        {"until": ago(2)},
        {"until": ago(-300)},
        {"review_on": ago(-11)},
    ],
)
def test_sh_01_kinds_of_the_list_and_days_within_the_stay(
    case_manager: Actor, stay: ShelterStay, wrong: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput):
        restricted(case_manager, stay, **wrong)


def test_sh_01_the_attempt_to_lock_somebody_in_is_an_incident(
    case_manager: Actor, stay: ShelterStay, signed_in: SignIn
) -> None:
    client, path = signed_in(case_manager), reverse("casework:stay_restrict", args=[stay.case.code, stay.pk])
    typed = {
        "kind": "going_out_alone", "ground": "danger_to_others", "words": "For their own safety", "answer": "silent",
        "decided_by": case_manager.user_id, "since": ago(0).isoformat(), "until": ago(-9).isoformat(),
        "review_on": ago(-5).isoformat(), "locks_in": "yes",
    }  # fmt: skip
    answer = client.post(path, {"once": str(uuid4()), **typed})
    assert answer.status_code in (409, 422)
    assert not StayRestriction.objects.exists()
    (kept,) = Incident.objects.all()
    assert (kept.right, kept.attempt, kept.gate) == ("locked_in", True, "locking_in")
    assert client.post(path, {"once": str(uuid4()), **typed, "locks_in": "no"}).status_code == 302
    page = words(client.get(reverse("casework:chapter", args=[stay.case.code, "shelter"])).content.decode())
    assert "Going out alone in force" in page
    assert "For their own safety" not in page


def test_sh_01_a_review_that_is_late_is_seen_by_the_house_and_the_co_ordinator(
    case_manager: Actor, stay: ShelterStay, mechanism: Mechanism, signed_in: SignIn
) -> None:
    one = restricted(case_manager, stay)
    (line,) = CaseLine.objects.filter(record="shelter.restrictions")
    assert line.for_node
    assert timezone.localdate(line.due) == one.review_on
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    with time_machine.travel(timezone.now() + timedelta(days=6), tick=False):
        for actor in (case_manager, node):
            page = words(signed_in(actor).get(reverse("web:today")).content.decode())
            assert "Restricted: Visitors" in page
        seen = words(
            signed_in(node).get(reverse("casework:chapter", args=[stay.case.code, "shelter"])).content.decode()
        )
        assert "review overdue" in seen
        for hidden in ("rule of the house", "objects", stay.shelter.service.name):
            assert hidden not in seen
        review_restriction(actor=case_manager, restriction=one, on=ago(0), answer="agrees", review_on=ago(-2))
    (line,) = CaseLine.objects.filter(record="shelter.restrictions")
    assert timezone.localdate(line.due) > one.review_on


def test_sh_01_a_review_stays_within_the_last_day_and_what_was_agreed_ends_with_the_agreement(
    case_manager: Actor, stay: ShelterStay
) -> None:
    one = restricted(case_manager, stay, ground="agreed", answer="agrees", words="")
    for on, answer, again in ((ago(0), "agrees", ago(-11)), (ago(0), "objects", ago(-3)), (ago(3), "agrees", ago(-3))):
        with pytest.raises(InvalidInput):
            review_restriction(actor=case_manager, restriction=one, on=on, answer=answer, review_on=again)
    assert end_restriction(actor=case_manager, restriction=one, on=ago(0)).ended_on == ago(0)
    with pytest.raises(AlreadyDone):
        end_restriction(actor=case_manager, restriction=one, on=ago(0))
    assert CaseLine.objects.get(record="shelter.restrictions").due is None


def test_sh_01_from_one_review_to_the_next_no_longer_than_the_clock_says(
    case_manager: Actor, stay: ShelterStay
) -> None:
    with pytest.raises(InvalidInput, match="Too late"):
        restricted(case_manager, stay, until=ago(-60), review_on=ago(-7))  # it began yesterday
    one = restricted(case_manager, stay, until=ago(-60), review_on=ago(-6))
    with pytest.raises(InvalidInput, match="Too late"):
        review_restriction(actor=case_manager, restriction=one, on=ago(0), answer="agrees", review_on=ago(-8))
    seen = review_restriction(actor=case_manager, restriction=one, on=ago(0), answer="agrees", review_on=ago(-7))
    assert seen.review_on == ago(-7)


def test_sh_01_whoever_leaves_is_not_restricted_any_more(case_manager: Actor, stay: ShelterStay) -> None:
    one = restricted(case_manager, stay)
    leave(actor=case_manager, stay=stay, reason="own_wish", on=ago(0))
    one.refresh_from_db()
    assert one.ended_on == ago(0)
    with pytest.raises(AlreadyDone):
        restricted(case_manager, stay)


def test_sh_01_the_person_reads_it_in_their_copy_and_no_other_body_writes_it(
    case_manager: Actor, stay: ShelterStay, mechanism: Mechanism
) -> None:
    restricted(case_manager, stay)
    with pytest.raises(InvalidInput, match="stands already"):
        restricted(case_manager, stay)
    with pytest.raises(Refused):
        restricted(mechanism.shelter.actor(Role.SHELTER_WORKER), stay)
    assert "Restricted: Visitors" in repr(make_copy(actor=case_manager, case=stay.case, language="en"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    tries=st.lists(
        st.fixed_dictionaries(
            {
                "kind": st.sampled_from(["visitors", "going_out_alone", "hours", "locked_in", "other"]),
                "ground": st.sampled_from(["", "law", "agreed", "danger_to_others"]),
                "words": st.sampled_from(["", "Article 5"]),
                "answer": st.sampled_from(["", "agrees", "objects"]),
                "locks_in": st.sampled_from([None, True, False]),
                "until": st.sampled_from([None, ago(-10)]),
                "review_on": st.sampled_from([None, ago(-5)]),
            }
        ),
        max_size=5,
    )
)
def test_sh_01_no_sequence_of_tries_locks_a_resident_in_or_restricts_without_ground(
    case_manager: Actor, mechanism: Mechanism, tries: list[dict[str, Any]]
) -> None:
    home = house(case_manager, mechanism.ngo, capacity=None, name=str(uuid4()))
    stay = admitted(case_manager, CaseFactory(actor=case_manager, empty=True), home)
    meant = {}
    days = {"until": ago(-10), "review_on": ago(-5)}
    for one in tries:
        dated = {name: one[name] and day for name, day in days.items()}  # "today" of the test, not of the import
        with suppress(GateClosed, InvalidInput):
            meant[restricted(case_manager, stay, **{**one, **dated}).pk] = one
    rows = StayRestriction.objects.filter(stay=stay)
    assert {row.pk for row in rows} == set(meant)
    for row in rows:
        assert meant[row.pk]["locks_in"] is False
        assert row.kind != "locked_in"
        assert row.ground_words_id if row.ground != "agreed" else row.answer == "agrees"
        assert row.answer
        assert row.decided_by_id
        assert row.since <= row.review_on <= row.until
