"""Proof 6: after an erasure no key opens the old ciphertexts; the counts and the record of who did what stay.

The attacker has the unlocked keyrings of everybody who ever could open the file, as they were before, and the database
as it is now. What a copy of the database from *before* still opens is shown as well, because it is so: a backup is
sealed to the custodians, and is gone when its time is over (docs/decisions/0020-personal-data.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from fener.casework.models import Case, Need, Referral, ServiceRecord
from fener.casework.selectors.board import country
from fener.casework.services.compartments import open_compartment
from fener.trust import audit, keys, search, vault
from fener.trust.actor import Actor
from fener.trust.errors import DomainError, NotGranted
from fener.trust.models import BlindToken, Consent, ItemGrant, SealedItem
from fener.trust.privacy import erasures, ledger
from fener.trust.roles import Role
from tests.casework.erasing import PLANTED, erased, full_file
from tests.factories.network import Mechanism

pytestmark = [pytest.mark.django_db, pytest.mark.proof]


@dataclass
class Before:
    """The file, everybody's unlocked keys, and a copy of the sealed rows."""

    case: Case
    actors: list[Actor]
    items: list[SealedItem] = field(default_factory=list)
    grants: list[ItemGrant] = field(default_factory=list)

    def copy(self) -> Before:
        self.items = list(SealedItem.objects.filter(subject_id=self.case.pk))
        self.grants = list(ItemGrant.objects.filter(item__subject_id=self.case.pk).select_related("item", "keeper"))
        return self


@pytest.fixture
def before(mechanism: Mechanism, tmp_path: Any, settings: Any) -> Before:
    settings.FENER_HOME = tmp_path
    manager = mechanism.ngo.actor(Role.CASE_MANAGER)
    case = full_file(manager, mechanism)
    health = mechanism.ngo.actor(Role.HEALTH_WORKER)
    shelter = mechanism.shelter.actor(Role.CASE_MANAGER)
    return Before(case, [manager, health, shelter]).copy()


def opened_by(actor: Actor, items: list[SealedItem], grants: list[ItemGrant]) -> list[dict[str, Any]]:
    """Everything that comes out by direct use of the keys: no service, no policy, no check of grounds."""
    assert actor.keyring is not None
    assert actor.keeper_id is not None
    private = actor.keyring.keeper_keys(actor.keeper_id)
    found = []
    for item in items:
        for grant in grants:
            try:
                found.append(vault._decrypt(item, vault._data_key(item, grant, private)))
            except (NotGranted, keys.DoesNotOpen, ValueError):
                continue
    return found


def test_before_it_the_keys_open_the_file_so_that_this_proof_can_fail(before: Before) -> None:
    words = str(opened_by(before.actors[0], before.items, before.grants))
    assert all(word in words for word in (PLANTED[0], PLANTED[1], PLANTED[2], PLANTED[4]))
    assert PLANTED[1] in str(opened_by(before.actors[2], before.items, before.grants)), "the shelter reads the name"


def test_no_key_of_anybody_opens_anything_afterwards(before: Before, mechanism: Mechanism) -> None:
    erased(before.actors[0], before.case, mechanism)
    now = list(ItemGrant.objects.select_related("item", "keeper"))
    for actor in before.actors:
        # The old ciphertexts with every key that is left, and what is left with them.
        assert opened_by(actor, before.items, now) == []
        assert opened_by(actor, list(SealedItem.objects.filter(subject_id=before.case.pk)), now) == []
    assert not ItemGrant.objects.filter(item__subject_id=before.case.pk).exists()
    assert {bytes(item.ciphertext) for item in SealedItem.objects.filter(subject_id=before.case.pk)} == {b""}


def test_the_services_refuse_too_and_no_search_finds_anybody(before: Before, mechanism: Mechanism) -> None:
    manager = before.actors[0]
    assert search.find(actor=manager, text=PLANTED[1]) == [before.case.pk]
    erased(manager, before.case, mechanism)
    with pytest.raises(DomainError):
        open_compartment(actor=manager, case=before.case, compartment="identity", purpose="keep")
    for item in before.items:
        with pytest.raises(NotGranted):
            vault.open_item(actor=manager, item=item, purpose="keep")
    assert search.find(actor=manager, text=PLANTED[1]) == []
    assert not BlindToken.objects.filter(subject_id=before.case.pk).exists()


def everything() -> Iterator[tuple[str, str]]:
    """Each row of each table of the product as text."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model._meta.label, str(row)


def test_no_planted_word_and_no_alias_or_code_is_left_in_any_row(before: Before, mechanism: Mechanism) -> None:
    needles = (*PLANTED, before.case.code, before.case.alias)
    assert any(needle in text for _table, text in everything() for needle in needles), "the search can find them"
    erased(before.actors[0], before.case, mechanism)
    assert [(table, needle) for table, text in everything() for needle in needles if needle in text] == []


def test_what_is_left_is_coarse(before: Before, mechanism: Mechanism) -> None:
    erased(before.actors[0], before.case, mechanism)
    left = Case.objects.unscoped(reason="what is left").get(pk=before.case.pk)
    assert left.facts == {
        "gender": "Feminine",
        "citizenships": ["MD"],
        "contacted_on_year": "2026",
        "age_at_contact_band": "25-34",
        "exploitation": ["ForcedLabour"],
    }
    assert (left.opened_on.month, left.opened_on.day) == (1, 1)
    assert (left.alias, left.language, left.interpreter, left.age_at_contact) == ("", "", "", None)
    assert {(c.language, c.interpreter) for c in Consent.objects.filter(subject_id=left.pk)} == {("", "")}
    for need in Need.objects.filter(case=left):
        assert (need.recorded_on.month, need.recorded_on.day) == (1, 1)
    assert {r.preview for r in Referral.objects.unscoped(reason="left").filter(case=left) if r.preview} == set()


def test_the_counts_stay(before: Before, mechanism: Mechanism) -> None:
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    was = country(co_ordinator)
    services = ServiceRecord.objects.count()
    erased(before.actors[0], before.case, mechanism)
    now = country(co_ordinator)
    assert (now.cases, now.statuses, sum(now.states.values())) == (was.cases, was.statuses, sum(was.states.values()))
    assert [stage.count for stage in now.funnel] == [stage.count for stage in was.funnel]
    assert ServiceRecord.objects.count() == services


def test_how_long_an_answer_took_stays_and_on_which_day_it_was_does_not(before: Before, mechanism: Mechanism) -> None:
    referrals = Referral.objects.unscoped(reason="one referral").filter(case=before.case)
    offered, answered = referrals.values_list("offered_at", "answered_at").get()
    referrals.update(answered_at=offered + timedelta(hours=5))
    erased(before.actors[0], before.case, mechanism)
    begins, ends = referrals.values_list("offered_at", "answered_at").get()
    assert ends - begins == timedelta(hours=5)
    assert timezone.localtime(begins).timetuple()[:5] == (2026, 1, 1, 0, 0)
    assert answered is not None


def test_the_record_of_who_did_what_is_whole(before: Before, mechanism: Mechanism) -> None:
    erased(before.actors[0], before.case, mechanism)
    assert audit.verify_database() == []


def test_nobody_of_any_organisation_sees_the_file_any_more(before: Before, mechanism: Mechanism) -> None:
    erased(before.actors[0], before.case, mechanism)
    for actor in before.actors:
        assert list(Case.objects.for_actor(actor)) == []


def test_a_copy_from_before_opens_with_the_keys_of_then_and_that_is_why_backups_expire(
    before: Before, mechanism: Mechanism
) -> None:
    """As it is: whoever has a copy from before, the key of that copy, and a worker's unlocked key reads it."""
    erased(before.actors[0], before.case, mechanism)
    assert PLANTED[0] in str(opened_by(before.actors[0], before.items, before.grants))
    stranger = mechanism.social_work.actor(Role.CASE_MANAGER)
    assert opened_by(stranger, before.items, before.grants) == []


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_from_before_brings_nobody_back(before: Before, mechanism: Mechanism) -> None:
    """The list of what was erased lies outside the database: the next run erases again what came back."""
    done = erased(before.actors[0], before.case, mechanism)
    assert set(ledger.read()) == {before.case.pk}
    # The copy from before is put back: the row says nothing of an erasure, the keys are there again.
    done.delete()
    SealedItem.objects.bulk_update(before.items, ["ciphertext"])
    ItemGrant.objects.bulk_create(before.grants)
    Case.objects.unscoped(reason="a restored row").filter(pk=before.case.pk).update(alias=before.case.alias)
    assert PLANTED[0] in str(opened_by(before.actors[0], before.items, before.grants))
    assert erasures.carry_out_due(timezone.now() + timedelta(days=40)) == 1
    assert not ItemGrant.objects.filter(item__subject_id=before.case.pk).exists()
    assert erasures.carry_out_due(timezone.now() + timedelta(days=41)) == 0, "and once only"
