"""CO-02: a consent says who lets whom do what with which compartments for which purpose until when, and how it was
told.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from fener.trust import consent as consents
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.models import Consent, Keeper
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from tests.trust.people import make_keeper, make_person

pytestmark = pytest.mark.django_db


def give(**changes: object) -> Consent:
    mira, arben = make_person("mira"), make_person("arben")
    holder, recipient = make_keeper(mira), make_keeper(arben)
    given = {
        "actor": mira.at(holder),
        "relationship": Relationship.ASSIGNED,
        "subject_id": uuid4(),
        "recipient_id": recipient.pk,
        "purpose": Purpose.SHARE_SERVICE,
        "compartments": [Compartment.IDENTITY, Compartment.CONTACT, Compartment.HEALTH],
        "until": timezone.localdate() + timedelta(days=60),
        "language": "sq",
        "interpreter": "Teuta Hoxha",
        "text_id": "share-service",
        "text_version": "1.2",
    }
    return consents.give(**{**given, **changes})  # type: ignore[arg-type]


def test_co_02_the_sentence_says_every_part_of_the_consent() -> None:
    consent = give()

    def name_of(keeper: Keeper) -> str:
        return "Safe House Jug" if keeper.pk == consent.recipient_id else "NGO Lasta"

    with translation.override("en"):
        text = consents.sentence(consent, name_of=name_of)
        for part in (
            "The person",  # who
            "lets Safe House Jug",  # whom
            "receive from NGO Lasta, and use,",  # do what
            "name and identity, contact details and health",  # with which compartments
            "so that a service can be given",  # for which purpose
            f"until {date_format(consent.until)}",
            "in Albanian",  # told in which language
            "the interpreter Teuta Hoxha",
            "wording 1.2",
            f"on {date_format(consent.given_on)}",
        ):
            assert part in text, f"{part!r} is missing in: {text}"


def test_co_02_a_guardian_s_consent_says_that_the_child_agreed() -> None:
    text = consents.sentence(give(giver="guardian", child=True, child_assent=True))
    assert text.startswith("The guardian, with the child's agreement, lets ")


def test_co_02_without_an_interpreter_the_sentence_says_so_and_a_withdrawal_is_in_it() -> None:
    consent = give(interpreter="")
    assert "without an interpreter" in consents.sentence(consent)
    assert "Withdrawn" not in consents.sentence(consent)
    consent.withdrawn_at = timezone.now()
    assert "Withdrawn on" in consents.sentence(consent)


@pytest.mark.parametrize("missing", ["language", "text_id", "text_version"])
def test_co_02_a_consent_without_one_of_its_parts_is_not_stored(missing: str) -> None:
    with pytest.raises(InvalidInput):
        give(**{missing: ""})
    with pytest.raises(InvalidInput):
        give(until=date(2000, 1, 1))
    assert not Consent.objects.exists()
