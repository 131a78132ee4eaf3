"""Whoever walks through files is told of, and told so; nobody's work on cases is stopped."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from fener.trust import accounts, pace, search, vault
from fener.trust.actor import ANONYMOUS, SYSTEM
from fener.trust.compartments import Compartment
from fener.trust.custody import notices
from fener.trust.errors import TooFast
from fener.trust.models import AuditEntry, Custodian, Keeper
from fener.trust.pace import Pace
from tests.trust.people import Person, make_person

pytestmark = pytest.mark.django_db
NOON = datetime.fromisoformat("2026-03-02T12:10:00+00:00")


@pytest.fixture(autouse=True)
def clock(mira: Person) -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOON, tick=False) as found:
        yield found


@pytest.fixture(autouse=True)
def low_limits(settings: Any) -> None:
    settings.FENER_PACE_CASES, settings.FENER_PACE_SEARCHES, settings.FENER_PACE_EXPORTS = 3, 3, 2


@pytest.fixture
def vera(mira: Person, ngo: Keeper) -> Person:
    """A colleague who is custodian."""
    found = make_person("vera")
    accounts.add_member_key(actor=mira.at(ngo), keeper_id=ngo.pk, user=found.user)
    Custodian.objects.create(keeper=ngo, user=found.user, since=timezone.now() - timedelta(days=1))
    return found


def look(person: Person, keeper: Keeper, times: int = 1, *, at: uuid.UUID | None = None) -> None:
    for _each in range(times):
        with transaction.atomic():
            pace.note(actor=person.at(keeper), pace=Pace.CASES, subject_id=at or uuid.uuid4())


def kept(pace_: Pace) -> list[dict[str, int]]:
    return [entry.detail for entry in AuditEntry.objects.filter(act=pace_.value).order_by("pk")]


def test_a_list_that_is_read_through_is_told_to_custodians_and_kept_and_not_stopped(
    mira: Person, vera: Person, ngo: Keeper
) -> None:
    look(mira, ngo, 2)
    assert kept(Pace.CASES) == []
    assert not notices.unseen(vera.at(ngo)).exists()
    look(mira, ngo, 5)  # nothing is refused
    assert kept(Pace.CASES) == [{"count": 3, "hours": 1}, {"count": 6, "hours": 1}]
    assert [told.act for told in notices.unseen(vera.at(ngo))] == ["pace.cases", "pace.cases"]
    assert not notices.unseen(mira.at(ngo)).exists()
    entry = AuditEntry.objects.filter(act="pace.cases").first()
    assert entry is not None
    assert (entry.actor_id, entry.subject_id, entry.chain.chain_id) == (mira.user.pk, mira.user.pk, ngo.pk)


def test_the_same_case_counts_once_however_often(mira: Person, ngo: Keeper) -> None:
    look(mira, ngo, 50, at=uuid.uuid4())
    look(mira, ngo, 1)
    assert kept(Pace.CASES) == []


def test_each_person_is_counted_alone_and_each_hour_anew_but_a_day_adds_up(
    mira: Person, arben: Person, ngo: Keeper, shelter: Keeper, clock: time_machine.Coordinates
) -> None:
    look(mira, ngo, 2)
    look(arben, shelter, 2)
    assert kept(Pace.CASES) == []
    for hour in range(1, 6):
        clock.move_to(NOON + timedelta(hours=hour))
        look(mira, ngo, 2)
    assert kept(Pace.CASES) == [{"count": 12, "hours": 24}]


def test_opening_what_is_sealed_counts_whoever_asks_for_it(mira: Person, ngo: Keeper, vera: Person) -> None:
    items = [
        vault.seal(
            actor=mira.at(ngo),
            subject_id=uuid.uuid4(),
            compartment=Compartment.IDENTITY,
            content={"name": "Ana"},
            for_keepers=[ngo.pk],
        )
        for _each in range(3)
    ]
    for item in items:
        vault.open_item(actor=mira.at(ngo), item=item, purpose="keep")
    assert kept(Pace.CASES) == [{"count": 3, "hours": 1}]


def test_searches_beyond_the_limit_wait_and_say_for_how_long(
    mira: Person, ngo: Keeper, vera: Person, clock: time_machine.Coordinates
) -> None:
    for _each in range(3):
        search.find(actor=mira.at(ngo), text="Ana")
    assert [told.act for told in notices.unseen(vera.at(ngo))] == ["pace.searches"]
    with pytest.raises(TooFast, match="50 minutes"):
        search.find(actor=mira.at(ngo), text="Ana")
    assert search.find(actor=vera.at(ngo), text="Ana") == []  # a colleague can
    clock.move_to(NOON + timedelta(minutes=50))
    search.find(actor=mira.at(ngo), text="Ana")
    assert AuditEntry.objects.filter(act="name.search").count() == 5  # the one that waited was not made


def test_exports_wait_for_the_next_day(mira: Person, ngo: Keeper, clock: time_machine.Coordinates) -> None:
    for _each in range(2):
        pace.note(actor=mira.at(ngo), pace=Pace.EXPORTS)
    with pytest.raises(TooFast, match="12 hours"):
        pace.note(actor=mira.at(ngo), pace=Pace.EXPORTS)
    clock.move_to(NOON + timedelta(hours=12))
    pace.note(actor=mira.at(ngo), pace=Pace.EXPORTS)


def test_the_person_is_told_in_words_once_it_is_much_and_only_inside_a_page(mira: Person, ngo: Keeper) -> None:
    said: list[str] = []
    look(mira, ngo, 3)
    with pace.told_through(said.append):
        look(mira, ngo)
        look(mira, ngo, at=uuid.UUID(int=1))
        look(mira, ngo, at=uuid.UUID(int=1))
    look(mira, ngo)
    assert len(said) == 2
    assert "custodians are told" in said[0]
    assert "Nothing is stopped" in said[0]


def test_the_program_itself_and_strangers_are_not_counted() -> None:
    for actor in (SYSTEM, ANONYMOUS):
        for _each in range(5):
            pace.note(actor=actor, pace=Pace.EXPORTS)
    assert kept(Pace.EXPORTS) == []


def test_no_id_of_a_case_lies_in_the_cache(mira: Person, ngo: Keeper, monkeypatch: pytest.MonkeyPatch) -> None:
    stored: list[str] = []
    monkeypatch.setattr(pace.cache, "set", lambda key, value, timeout: stored.append(f"{key} {value}"))
    case = uuid.uuid4()
    look(mira, ngo, at=case)
    assert stored
    assert not any(str(case) in one or case.hex[:10] in one for one in stored)


@pytest.mark.parametrize("each", list(Pace))
def test_every_pace_has_a_limit_and_words_for_custodians_and_whatever_waits_says_so(each: Pace) -> None:
    assert each.value in notices.WORDS
    assert all(limit.most > 0 for limit in pace.LIMITS[each])
    waits = any(limit.waits for limit in pace.LIMITS[each])
    assert waits == (each in pace._WAITS)
    assert waits == (each in {Pace.SEARCHES, Pace.EXPORTS}), "work on cases is never stopped"


@given(count=st.integers(1, 5000), most=st.integers(1, 500))
def test_nobody_is_told_of_before_the_limit_and_rarely_after_it(count: int, most: int) -> None:
    told = [one for one in range(1, count + 1) if pace._is_told_at(one, most)]
    assert all(one >= most for one in told)
    assert bool(told) == (count >= most)
    assert len(told) <= (count // most).bit_length()
