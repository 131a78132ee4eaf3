"""CO-05: consent is withdrawn in one act, after which the recipient's next read is refused."""

from __future__ import annotations

from uuid import uuid4

import pytest

from fener.trust import consent as consents
from fener.trust import vault
from fener.trust.compartments import Compartment
from fener.trust.errors import NotGranted
from fener.trust.models import ItemGrant
from fener.trust.policy import Relationship
from tests.trust.files import give_consent, seal
from tests.trust.people import make_keeper, make_person

pytestmark = pytest.mark.django_db


def test_co_05_after_one_act_the_next_read_of_the_recipient_is_refused() -> None:
    mira, arben = make_person("mira"), make_person("arben")
    ngo, shelter = make_keeper(mira), make_keeper(arben)
    subject_id = uuid4()
    item = seal(mira.at(ngo), subject_id, Compartment.CONTACT, phone="+999 555 0101")
    consent = give_consent(mira.at(ngo), subject_id, shelter, [Compartment.CONTACT])
    vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=consent)
    read = vault.open_item(actor=arben.at(shelter), item=item, purpose="share_service")
    assert read == {"phone": "+999 555 0101"}

    consents.withdraw(actor=mira.at(ngo), relationship=Relationship.ASSIGNED, consent=consent)

    with pytest.raises(NotGranted):
        vault.open_item(actor=arben.at(shelter), item=item, purpose="share_service")
    assert not ItemGrant.objects.filter(keeper=shelter).exists()
    # The one whom the person trusted with it goes on helping.
    assert vault.open_item(actor=mira.at(ngo), item=item, purpose="keep") == read


def test_co_05_withdrawing_one_consent_leaves_the_others() -> None:
    mira, arben = make_person("mira"), make_person("arben")
    ngo, shelter = make_keeper(mira), make_keeper(arben)
    subject_id = uuid4()
    contact, legal = (seal(mira.at(ngo), subject_id, part) for part in (Compartment.CONTACT, Compartment.LEGAL))
    given = {}
    for item in (contact, legal):
        part = Compartment(item.compartment)
        given[part] = give_consent(mira.at(ngo), subject_id, shelter, [part])
        vault.grant(actor=mira.at(ngo), item=item, keeper_id=shelter.pk, consent=given[part])
    consents.withdraw(actor=mira.at(ngo), relationship=Relationship.ASSIGNED, consent=given[Compartment.CONTACT])
    with pytest.raises(NotGranted):
        vault.open_item(actor=arben.at(shelter), item=contact, purpose="share_service")
    assert vault.open_item(actor=arben.at(shelter), item=legal, purpose="share_service")
