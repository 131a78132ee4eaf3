"""WP-07: the person is told of developments and of a suspect's release in time, through the channel they chose."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.models.justice.development import Development
from fener.casework.models.line import CaseLine
from fener.casework.services.person_copy import make_copy
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.casework import CaseFactory
from tests.factories.hearings import happened, told_of, wishes
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


@pytest.mark.parametrize(("kind", "hours"), [("release", 4), ("flight", 4)])
def test_wp_07_a_release_is_told_within_hours_and_urgent(
    case_manager: Actor, case: Case, kind: str, hours: int
) -> None:
    row = happened(case_manager, case, kind)
    assert row.tell_by == row.happened_at + timedelta(hours=hours)
    line = CaseLine.objects.get(record="justice.developments")
    assert (line.due, line.urgent, line.for_node) == (row.tell_by, True, True)


def test_wp_07_other_developments_are_told_within_working_days(case_manager: Actor, case: Case) -> None:
    row = happened(case_manager, case)
    assert timezone.localdate(row.tell_by) == days_ago(-7)  # five working days after a Monday
    assert not CaseLine.objects.get(record="justice.developments").urgent


def test_wp_07_told_when_by_whom_and_only_as_the_person_chose(case_manager: Actor, case: Case) -> None:
    row = happened(case_manager, case, "release")
    with pytest.raises(InvalidInput, match="Record first"):
        told_of(case_manager, row)
    wishes(case_manager, case, channel="visit")
    with pytest.raises(InvalidInput, match="another channel"):
        told_of(case_manager, row, channel="letter")
    for minutes in (61, -1):
        with pytest.raises(InvalidInput):
            told_of(case_manager, row, channel="visit", minutes=minutes)
    told = told_of(case_manager, row, channel="visit")
    assert (told.told_at, told.told_by_id, told.channel) == (timezone.now(), case_manager.user_id, "visit")
    assert CaseLine.objects.get(record="justice.developments").due is None
    with pytest.raises(AlreadyDone):
        told_of(case_manager, row, channel="visit")


def test_wp_07_whoever_does_not_want_to_be_told_is_not_told_until_they_say_otherwise(
    case_manager: Actor, case: Case
) -> None:
    waiting = happened(case_manager, case, "release")
    wishes(case_manager, case, wants=False)
    later = happened(case_manager, case, "flight")
    for row in (waiting, later):
        row.refresh_from_db()
        assert row.state == "not_wanted"
        with pytest.raises(NotPossibleNow):
            told_of(case_manager, row)
    assert not CaseLine.objects.filter(record="justice.developments", due__isnull=False).exists()
    assert "suspect was released" not in repr(make_copy(actor=case_manager, case=case, language="en"))
    wishes(case_manager, case)
    assert told_of(case_manager, waiting).state == "told"
    assert Development.objects.get(pk=later.pk).state == "waiting"


def test_wp_07_what_was_not_told_in_time_is_seen_by_the_co_ordinator_without_a_name(
    case_manager: Actor, case: Case, mechanism: Mechanism, signed_in: SignIn
) -> None:
    happened(case_manager, case, "release", words="Dragan left prison.")
    wishes(case_manager, case)
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    client = signed_in(node)
    assert "was released" not in words(client.get(reverse("web:today")).content.decode())
    with time_machine.travel(timezone.now() + timedelta(hours=5), tick=False):
        client = signed_in(node)
        assert "A suspect was released" in words(client.get(reverse("web:today")).content.decode())
        page = words(client.get(reverse("casework:chapter", args=[case.code, "justice"])).content.decode())
    assert "overdue" in page
    for hidden in ("Dragan", "Telephone", "wants to be told", "Open what"):
        assert hidden not in page


def test_wp_07_the_pages_carry_it_out(case_manager: Actor, case: Case, signed_in: SignIn) -> None:
    client = signed_in(case_manager)
    chapter = reverse("casework:chapter", args=[case.code, "justice"])
    assert "Nobody asked whether" in words(client.get(chapter).content.decode())
    asked = {"wants": "yes", "channel": "letter", "how": "Only to the aunt", "since": days_ago(0)}
    assert (
        client.post(reverse("casework:telling_wish", args=[case.code]), {"once": str(uuid4()), **asked}).status_code
        == 302
    )
    now = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    new = {"once": str(uuid4()), "kind": "judgement", "happened_at": now, "words": "Five years"}
    assert client.post(reverse("casework:development_new", args=[case.code]), new).status_code == 302
    tell = reverse("casework:development_tell", args=[case.code, Development.objects.get().pk])
    assert "They chose: Letter." in words(client.get(tell).content.decode())
    assert client.post(tell, {"once": str(uuid4()), "channel": "letter", "at": now}).status_code == 302
    page = words(client.get(chapter).content.decode())
    assert "through: Letter." in page
    for sealed in ("Five years", "aunt"):
        assert sealed not in page


def test_wp_07_others_neither_record_nor_tell(case_manager: Actor, case: Case, mechanism: Mechanism) -> None:
    row = happened(case_manager, case)
    for actor in (
        mechanism.police.actor(Role.FRONTLINE_OFFICER),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
        mechanism.shelter.actor(Role.SHELTER_WORKER),
    ):
        for act in (lambda who: happened(who, case), lambda who: told_of(who, row), lambda who: wishes(who, case)):
            with pytest.raises(Refused):
                act(actor)


def test_wp_07_two_who_tell_at_once_tell_once(transactional_db: None) -> None:
    mechanism = Mechanism(since=date(2020, 1, 1))
    actors = [mechanism.ngo.actor(Role.CASE_MANAGER) for _each in range(3)]
    case = CaseFactory(actor=actors[0])
    row = happened(actors[0], case)
    wishes(actors[0], case)
    answers = _at_once(*(lambda who=who: told_of(who, Development.objects.get(pk=row.pk)) for who in actors))
    assert sum(isinstance(each, Development) for each in answers) == 1
    assert sum(isinstance(each, AlreadyDone) for each in answers) == 2
    assert AuditEntry.objects.filter(act="development.tell").count() == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.sampled_from(["yes", "no", "new", "tell"]), max_size=7))
def test_wp_07_in_any_order_nobody_is_told_against_their_wish_and_nothing_is_forgotten(
    case_manager: Actor, mechanism: Mechanism, acts: list[str]
) -> None:
    case = CaseFactory(actor=case_manager, empty=True)
    wants: bool | None = None
    for act in acts:
        if act == "new":
            happened(case_manager, case)
        elif act in ("yes", "no"):
            wants = act == "yes"
            wishes(case_manager, case, wants=wants)
        elif (row := case.developments.exclude(state="told").first()) is not None:
            with suppress(InvalidInput, NotPossibleNow):
                assert told_of(case_manager, row).state == "told"
                assert wants is True
        expected = "not_wanted" if wants is False else "waiting"
        assert set(case.developments.exclude(state="told").values_list("state", flat=True)) <= {expected}
        due = CaseLine.objects.filter(case=case, record="justice.developments", due__isnull=False).count()
        assert due == case.developments.filter(state="waiting").count()
