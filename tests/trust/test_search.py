"""A keeper finds its own people under any spelling; nobody else finds anything, and the index tells nothing."""

from __future__ import annotations

import time
import uuid
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fener.trust import search
from fener.trust.errors import Locked, NotGranted
from fener.trust.models import AuditEntry, BlindToken, Keeper
from fener.trust.roles import NEVER_OPENS, Role
from tests.trust.people import Person


def put(person: Person, keeper: Keeper, *names: str, kind: str = "name") -> uuid.UUID:
    subject_id = uuid.uuid4()
    search.index(actor=person.at(keeper), subject_id=subject_id, names=names, kind=kind)
    return subject_id


@pytest.mark.parametrize("stored", ["Đorđević", "Djordjevic", "Ђорђевић", "Gjorgjević"])
def test_one_person_is_found_under_every_spelling(stored: str, mira: Person, ngo: Keeper) -> None:
    subject_id = put(mira, ngo, f"Vesna {stored}")
    for asked in ["Đorđević", "Djordjevic", "Ђорђевић", "Gjorgjević", "djordjevic vesna", "Весна"]:
        assert search.find(actor=mira.at(ngo), text=asked) == [subject_id], asked


def test_another_keeper_finds_nothing(mira: Person, arben: Person, ngo: Keeper, shelter: Keeper) -> None:
    put(mira, ngo, "Vesna Đorđević")
    assert search.find(actor=arben.at(shelter), text="Vesna Đorđević") == []
    with pytest.raises(NotGranted):  # nor by pretending to be the other
        search.find(actor=arben.at(ngo), text="Vesna Đorđević")


def test_without_keys_nobody_searches_or_indexes(mira: Person, ngo: Keeper) -> None:
    locked = mira.at(ngo, locked=True)
    with pytest.raises(Locked):
        search.find(actor=locked, text="Vesna")
    with pytest.raises(Locked):
        search.index(actor=locked, subject_id=uuid.uuid4(), names=["Vesna"])


@pytest.mark.parametrize("role", sorted(NEVER_OPENS))
def test_roles_that_never_open_do_not_search(role: Role, mira: Person, ngo: Keeper) -> None:
    with pytest.raises(NotGranted):
        search.find(actor=mira.at(ngo, role), text="Vesna")


def test_the_best_answer_comes_first(mira: Person, ngo: Keeper) -> None:
    loose = put(mira, ngo, "Mohamad Hasani")
    half = put(mira, ngo, "Muhamed Kola")
    exact = put(mira, ngo, "Muhamed Hasani")
    found = search.rank(actor=mira.at(ngo), text="Muhamed Hasani")
    assert [subject for subject, _score in found] == [exact, loose, half]
    assert found[0][1] == 1.0
    assert search.find(actor=mira.at(ngo), text="Muhamed Hasani", limit=1) == [exact]


def test_words_written_together_or_apart_and_in_any_order_are_found(mira: Person, ngo: Keeper) -> None:
    apart, together = put(mira, ngo, "Ana Marija Kovač"), put(mira, ngo, "Anamarija Horvat")
    assert set(search.find(actor=mira.at(ngo), text="Anamarija")) == {apart, together}
    assert set(search.find(actor=mira.at(ngo), text="Ana-Marija")) == {apart, together}
    assert search.find(actor=mira.at(ngo), text="Kovač Ana")[0] == apart


def test_every_name_of_a_person_leads_to_them_and_replaced_names_do_not(mira: Person, ngo: Keeper) -> None:
    subject_id = put(mira, ngo, "Vesna Kovač", "Besa")
    assert search.find(actor=mira.at(ngo), text="besa") == [subject_id]
    search.index(actor=mira.at(ngo), subject_id=subject_id, names=["Vesna Horvat"])
    assert search.find(actor=mira.at(ngo), text="besa") == []
    assert search.find(actor=mira.at(ngo), text="horvat") == [subject_id]
    search.forget(subject_id=subject_id)
    assert search.find(actor=mira.at(ngo), text="horvat") == []


def test_telephone_numbers_are_an_index_of_their_own(mira: Person, ngo: Keeper) -> None:
    subject_id = put(mira, ngo, "+381 64 123 45 67", kind="phone")
    assert search.find(actor=mira.at(ngo), text="064/123-4567", kind="phone") == [subject_id]
    assert search.find(actor=mira.at(ngo), text="064/123-4567") == []


@pytest.mark.parametrize("asked", ["", "  ", "—", "\u202e", "%", "' OR 1=1 --", "x" * 5000])
def test_odd_questions_find_nothing_and_break_nothing(asked: str, mira: Person, ngo: Keeper) -> None:
    put(mira, ngo, "Vesna Kovač")
    assert search.find(actor=mira.at(ngo), text=asked) == []


def test_the_index_alone_tells_nothing(mira: Person, arben: Person, ngo: Keeper, shelter: Keeper) -> None:
    first, second = put(mira, ngo, "Ana"), put(mira, ngo, "Ana Marija Kovač Petrović")
    search.index(actor=arben.at(shelter), subject_id=first, names=["Ana"])
    rows = list(BlindToken.objects.values_list("keeper_id", "subject_id", "kind", "token"))
    tokens = {keeper: {bytes(t) for k, _s, _kind, t in rows if k == keeper} for keeper in (ngo.pk, shelter.pk)}
    assert not tokens[ngo.pk] & tokens[shelter.pk]  # one name has other tokens at another keeper
    assert {kind for _k, _s, kind, _t in rows} == {"name"}
    assert all(len(token) == search.TOKEN_BYTES for *_rest, token in rows)
    counts = Counter(subject for keeper, subject, _kind, _t in rows if keeper == ngo.pk)
    assert all(count % search.FILL_TO == 0 for count in counts.values())
    for subject in (first, second):  # no order of words is left in the order of rows
        mine = [bytes(t) for k, s, _kind, t in rows if (k, s) == (ngo.pk, subject)]
        assert mine == sorted(mine)


def test_a_search_is_in_the_audit_as_a_number_without_its_words(mira: Person, ngo: Keeper) -> None:
    put(mira, ngo, "Vesna Kovač")
    search.find(actor=mira.at(ngo), text="Vesna")
    entry = AuditEntry.objects.get(act="name.search")
    assert entry.detail == {"answers": 1}
    assert entry.actor_id == mira.user.pk


def test_a_search_among_five_thousand_takes_few_queries_and_little_time(mira: Person, ngo: Keeper) -> None:
    subject_id = put(mira, ngo, "Vesna Đorđević")
    filler = [
        BlindToken(keeper=ngo, subject_id=uuid.UUID(int=n), kind="name", token=n.to_bytes(8) + bytes([t] * 8))
        for n in range(5000)
        for t in range(8)
    ]
    BlindToken.objects.bulk_create(filler, batch_size=5000)
    with CaptureQueriesContext(connection) as queries:
        began = time.perf_counter()
        assert search.find(actor=mira.at(ngo), text="Весна Djordjevic") == [subject_id]
        took = time.perf_counter() - began
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) <= 7
    assert took < 0.1
