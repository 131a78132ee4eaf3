"""Proof 5 for the keys: consent withdrawn, the recipient's next read is refused, also by direct use of the keys.

The recipient here is not the program but somebody with everything that the recipient ever had: their unlocked private
key, and a copy of the database from before and from after. Pages and the API have their own tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from fener.trust import consent as consents
from fener.trust import vault
from fener.trust.compartments import Compartment
from fener.trust.errors import NotGranted
from fener.trust.models import Consent, ItemGrant, Keeper, SealedItem
from fener.trust.policy import Relationship
from tests.trust.files import give_consent, seal
from tests.trust.people import Person, make_keeper, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.proof]


@dataclass
class Shared:
    """Mira's NGO shared a number with Arben's shelter, on the person's consent."""

    mira: Person
    ngo: Keeper
    arben: Person
    shelter: Keeper
    item: SealedItem
    consent: Consent

    @property
    def row(self) -> ItemGrant:
        """The shelter's way to the number."""
        return ItemGrant.objects.select_related("item").get(item=self.item, keeper=self.shelter)

    def withdraw(self) -> None:
        consents.withdraw(actor=self.mira.at(self.ngo), relationship=Relationship.ASSIGNED, consent=self.consent)

    def data_key(self, row: ItemGrant) -> bytes:
        """Straight from a row, with nothing but the shelter's private key: no service, no check."""
        return vault._data_key(row.item, row, self.arben.keyring.keeper_keys(self.shelter.pk))

    def read_by_service(self) -> object:
        return vault.open_item(actor=self.arben.at(self.shelter), item=self.item, purpose="share_service")


@pytest.fixture
def shared(db: None) -> Shared:
    mira, arben = make_person("mira"), make_person("arben")
    ngo, shelter = make_keeper(mira), make_keeper(arben)
    subject_id = uuid4()
    item = seal(mira.at(ngo), subject_id, Compartment.CONTACT, phone="first number")
    consent = give_consent(mira.at(ngo), subject_id, shelter, [Compartment.CONTACT])
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    return Shared(mira, ngo, arben, shelter, item, consent)


def test_before_the_withdrawal_the_keys_open_it_so_that_this_proof_can_fail(shared: Shared) -> None:
    assert vault._decrypt(shared.item, shared.data_key(shared.row)) == {"phone": "first number"}
    assert shared.read_by_service() == {"phone": "first number"}


def test_after_the_withdrawal_no_row_leads_the_recipient_to_a_key(shared: Shared) -> None:
    shared.withdraw()
    assert not ItemGrant.objects.filter(keeper=shared.shelter).exists()
    left = list(ItemGrant.objects.select_related("item"))
    assert left, "the holder still has a key"
    for row in left:
        with pytest.raises(NotGranted):
            shared.data_key(row)
    with pytest.raises(NotGranted):
        shared.read_by_service()


def test_a_key_that_the_recipient_copied_before_does_not_open_what_is_written_after(shared: Shared) -> None:
    copied = shared.data_key(shared.row)
    shared.withdraw()
    holder = shared.mira.at(shared.ngo)
    after = vault.rewrite(actor=holder, item=shared.item, content={"phone": "new number"})
    with pytest.raises(NotGranted):
        vault._decrypt(after, copied)
    assert vault.open_item(actor=holder, item=after, purpose="keep") == {"phone": "new number"}


def test_a_row_put_back_from_a_copy_of_the_database_is_refused_by_the_dead_consent(shared: Shared) -> None:
    row = shared.row
    shared.withdraw()
    row.save(force_insert=True)
    with pytest.raises(NotGranted):
        shared.read_by_service()


def test_withdrawal_and_loss_of_the_key_are_one_transaction(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(vault, "revoke_consent", broken)
    with pytest.raises(RuntimeError):
        shared.withdraw()
    assert Consent.objects.get(pk=shared.consent.pk).withdrawn_at is None
    assert shared.row.pk
